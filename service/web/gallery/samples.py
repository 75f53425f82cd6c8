"""What the gallery shows: sample content, none of it real, but for the measures of Lillestrøm, which are its source's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from service.domain.calendars import Calendar
from service.web.due import due, groups
from service.web.i18n import language
from service.web.shell import Demo, Link, Shell, Who

NOW = datetime(2026, 4, 21, 12, 2, tzinfo=UTC)
"""Two minutes past two in Copenhagen, the day of the vote in reference/ui."""

NAMES = ("Indbakke", "Sager", "Møder", "Indkøbsmål", "Nøgletal", "Processer")
CALENDAR = Calendar("DK", "Europe/Copenhagen", {datetime(2026, 5, 14, tzinfo=UTC).date(): "Kristi himmelfartsdag"})


def shell(here: str) -> Shell:
    """The frame with everything in it."""
    keys = dict(zip(NAMES, "ismtnp", strict=True))
    return Shell(
        home=here,
        workspace="Partnerskab for Offentlige Grønne Indkøb",
        workspaces=(
            Link("Partnerskab for Offentlige Grønne Indkøb", here, current=True),
            Link("Lillestrøm kommune", f"{here}?lillestrom"),
        ),
        nav=tuple(Link(name, here, current=name == "Indbakke", key=keys[name]) for name in NAMES),
        who=Who("Eksempelby Kommune", "Styregruppe, medlem", sign_out=here, profile=here),
        accessibility=here,
        demo=Demo(
            now=NOW,
            clock_action=here,
            next=datetime(2026, 4, 21, 13, 0, tzinfo=UTC),
            persona_action=here,
            personas={
                "Partnerskabet": (("pogi.member", "Eksempelby Kommune, styregruppe"), ("pogi.sec", "Sekretariat"))
            },
            persona="pogi.member",
        ),
    )


def _at(month: int, day: int, hour: int = 0) -> datetime:
    """That hour of 2026 in Copenhagen's summer; hour 0 of the next day is the end of a day."""
    return datetime(2026, month, day, tzinfo=UTC) + timedelta(hours=hour - 2)


def _tasks() -> list[dict[str, Any]]:
    rows = [
        ("Svar følg eller forklar", _at(4, 19), "Legetøj, indkøbsmål E6", "Medlem", "mine", ""),
        ("Afgiv stemme", _at(4, 21, 15), "Arbejdstøj, indkøbsmål E1", "Styregruppe", "mine", ""),
        ("Kommentér referat", _at(4, 22), "Arbejdsgruppemøde, 7. april", "Arbejdsgruppe E4", "free", ""),
        ("Giv stemmeinstruks", _at(4, 24), "Kantinemad, indkøbsmål E2", "Medlem", "mine", ""),
        (
            "Besvar styregruppens tre bemærkninger",
            _at(4, 25),
            "Anlægsmaterialer E4, udkast sendt tilbage",
            "Arbejdsgruppe E4",
            "taken",
            "tovholder",
        ),
        ("Indmeld indkøbsdata for 2025", _at(5, 6), "Årlig opfølgning på effekter", "Medlem", "free", ""),
        ("Udpeg repræsentant", _at(5, 13), "Arbejdsgruppe for legetøj", "Medlem", "free", ""),
        ("Skriv bidrag til årsberetningen", None, "Årsberetning 2025", "Arbejdsgruppe E4", "taken", "tovholder"),
    ]
    return [
        {
            "title": title,
            "href": "#task",
            "due": due(at, NOW),
            "case": case,
            "role": role,
            "claim": claim,
            "who": who,
            "sample": True,
            "current": title == "Giv stemmeinstruks",
        }
        for title, at, case, role, claim, who in rows
    ]


TRACK = [
    ("Foreslået", "2025-03-11", "done"),
    ("Planlagt", "2025-06-02", "done"),
    ("Markeds\u00adafdækning", "2025-09-08", "done"),
    ("Udkast", "2025-11-24", "done"),
    ("Høring, medlemmer", "2026-01-05", "done"),
    ("Høring, branche", "2026-02-09", "done"),
    ("Endeligt forslag", "2026-03-30", "done"),
    ("Vedtaget", "2026-04-21", "done"),
    ("Afventer offentliggørelse", None, "now"),
    ("I kraft", None, ""),
]
VOTES = {
    "for": [
        "Eksempelby Kommune",
        "Prøvested Kommune",
        "Mønsterø Kommune",
        "Testrup Kommune",
        "Skitsevig Kommune",
        "Region Eksempel",
        "Styrelsen Eksempel",
    ],
    "against": ["Fiktivborg Kommune"],
    "neither": ["Vandselskab Eksempel"],
}
TIMELINE = [
    ("2026-04-28T07:12:00Z", "Sekretariatet tog opgaven Læs korrektur", False),
    ("2026-04-21T13:04:00Z", "Vedtaget 7–1–1. Version 1.0 er låst", True),
    ("2026-04-07", "Bilag låst og sendt til styregruppen", False),
    ("2026-03-30", "Arbejdsgruppen godkendte det endelige forslag", True),
]
MEASURES = [
    (1, "Det skal stilles relevante og forholdsmessige krav til miljømerkede produkter.", "skal", "L5"),
    (
        2,
        "Det skal stilles relevante og forholdsmessige klima – og miljøkrav knyttet til gjennomføringen av kontrakten.",
        "skal",
        "L6",
    ),
    (
        4,
        "Det skal stilles krav til at kommunens leverandører har relevante miljøsertifiseringer.",
        "skal",
        "L8",
    ),
]
GOAL = "1. Kommunen skal fremme bærekraftig bruk og forvaltning av ressurser gjennom sine innkjøp"
PAPERS = [
    ("Indkøbsmål E1, arbejdstøj, version 1.0", "PDF, 6 sider", True),
    ("Høringsnotat", "14 svar, 31 punkter, alle besvaret", False),
    ("Sekretariatets indstilling", "PDF, 2 sider", None),
]


def everything() -> dict[str, Any]:
    """What the page's template draws."""
    return {
        "groups": groups(_tasks(), lambda task: task["due"].tone),
        "dues": [
            due(at, NOW)
            for at in (
                _at(4, 19),
                _at(4, 21, 13),
                _at(4, 21, 15),
                _at(4, 22),
                _at(4, 24),
                _at(4, 29),
                _at(5, 6),
                _at(5, 13),
                datetime(2027, 1, 15, 23, tzinfo=UTC),
            )
        ],
        "in_working_days": due(_at(5, 23), NOW, CALENDAR),
        "debts": [
            {
                "role": "Sekretariat",
                "deed": "Læs korrektur og gør teksten tilgængelig",
                "note": "Taget 28. april",
                "due": due(_at(4, 24), NOW),
            },
            {
                "role": "Formandskab",
                "deed": "Frigiv til offentliggørelse",
                "note": "Venter på korrektur",
                "due": due(_at(5, 21), NOW),
                "href": "#owes",
            },
            {
                "role": "Medlemmer",
                "deed": "Svar følg eller forklar",
                "note": "9 opgaver oprettes, når målet er offentliggjort",
                "due_text": "60 arbejdsdage efter",
            },
        ],
        "track": [{"label": label, "at": at, "state": state} for label, at, state in TRACK],
        "votes": VOTES,
        "timeline": [{"at": at, "text": text, "decision": decision} for at, text, decision in TIMELINE],
        "goals": [
            {
                "goal": GOAL,
                "measures": [
                    {"number": number, "text": text, "strength": strength, "source": source}
                    for number, text, strength, source in MEASURES
                ],
            }
        ],
        "sample_goals": [
            {
                "goal": "Eksempel: et delmål med tiltak i gang",
                "measures": [
                    {"number": 1, "text": "Eksempel: i rute", "responsible": "Eksempelvik seksjon", "state": "green"},
                    {
                        "number": 2,
                        "text": "Eksempel: forsinket",
                        "responsible": "Eksempelvik seksjon",
                        "due": due(_at(4, 24), NOW),
                        "state": "amber",
                    },
                    {
                        "number": 3,
                        "text": "Eksempel: over frist",
                        "responsible": "Eksempelvik seksjon",
                        "due": due(_at(4, 19), NOW),
                        "state": "red",
                    },
                ],
            }
        ],
        "papers": [
            {"label": label, "href": "#papers", "note": note, "opened": opened} for label, note, opened in PAPERS
        ],
        "targets": [
            {
                "number": 1,
                "name": "Eksempel: arbejdstøj",
                "href": "#target",
                "status": "I kraft",
                "tone": "go",
                "version": "1.0",
                "known": "21. april 2026",
                "files": [("PDF", "#target"), ("JSON", "#target")],
            },
            {"number": 2, "name": "Eksempel: kantinemad", "href": "#target", "status": "Under udvikling"},
            {
                "number": 3,
                "name": "Eksempel: legetøj",
                "href": "#target",
                "status": "Udgået",
                "tone": "past",
                "version": "2.1",
                "note": "Lagt ind i andre mål",
            },
        ],
        "danish": language() == "da",
    }
