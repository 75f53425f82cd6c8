"""A form with a field of every kind. Its texts are Danish, as a bundle's may be in a page of another language."""

from __future__ import annotations

import json
from typing import Any

from service.web.fields import Sheet
from service.web.i18n import language

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["vote", "reason", "number", "share", "meeting_on", "room", "remarks", "confirmed", "present"],
    "properties": {
        "case": {"title": "Sag", "type": "string", "readOnly": True, "default": "Arbejdstøj, indkøbsmål E1"},
        "vote": {
            "title": "Hvad stemmer Eksempelby Kommune?",
            "type": "string",
            "oneOf": [
                {
                    "const": "for",
                    "title": "For",
                    "description": "Forslaget vedtages i den form, der er låst i bilagene",
                },
                {
                    "const": "against",
                    "title": "Imod",
                    "description": "Forslaget bortfalder, og udkastet bliver i sagen",
                },
                {
                    "const": "abstain",
                    "title": "Hverken for eller imod",
                    "description": "Tæller med i fremmødet, ikke i flertallet",
                },
            ],
        },
        "interest": {
            "title": "Habilitet",
            "type": "string",
            "oneOf": [
                {"const": "none", "title": "Vi har ingen særlig interesse i sagen"},
                {"const": "recused", "title": "Vi er inhabile og stemmer ikke"},
            ],
        },
        "reason": {"title": "Begrundelse", "type": "string", "minLength": 10, "maxLength": 200},
        "contact": {"title": "E-mail til opfølgning", "type": "string", "format": "email"},
        "page": {"title": "Kilde på nettet", "type": "string", "format": "uri", "x-sealed": False},
        "number": {"title": "Antal aftaler", "type": "integer", "minimum": 1, "maximum": 2000},
        "share": {"title": "Andel af indkøbet, i procent", "type": "number", "minimum": 0, "maximum": 100},
        "meeting_on": {"title": "Mødedato", "type": "string", "format": "date"},
        "closes_at": {"title": "Afstemningen lukker", "type": "string", "format": "date-time"},
        "room": {
            "title": "Mødested",
            "type": "string",
            "enum": [f"Mødelokale {letter}" for letter in "ABCDEFG"],
        },
        "present": {
            "title": "Mødte medlemsorganisationer",
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "x-sealed": False},
        },
        "address": {
            "title": "Adresse",
            "type": "object",
            "properties": {
                "street": {"title": "Vej og nummer", "type": "string"},
                "town": {"title": "By", "type": "string", "x-sealed": False},
            },
        },
        "remarks": {
            "title": "Bemærkninger",
            "type": "array",
            "minItems": 1,
            "maxItems": 3,
            "items": {
                "type": "object",
                "required": ["remark"],
                "properties": {
                    "requirement": {"title": "Krav", "type": "string", "maxLength": 20, "x-sealed": False},
                    "remark": {"title": "Bemærkning", "type": "string", "minLength": 1, "maxLength": 2000},
                },
            },
        },
        "keywords": {"title": "Emneord", "type": "array", "items": {"type": "string", "x-sealed": False}},
        "paper": {"title": "Bilag", "type": "string", "format": "data-url"},
        "written": {"title": "Skal svaret sendes skriftligt?", "type": "boolean"},
        "confirmed": {"title": "Oplysningerne er rigtige", "type": "boolean", "const": True},
    },
    "allOf": [
        {
            "if": {"properties": {"vote": {"const": "against"}}, "required": ["vote"]},
            "then": {"properties": {"dissent": {"title": "Mindretalsudtalelse", "type": "string", "maxLength": 2000}}},
        },
        {
            "if": {"properties": {"interest": {"const": "recused"}}, "required": ["interest"]},
            "then": {"required": ["contact"]},
        },
    ],
}
UI: dict[str, Any] = {
    "ui:order": ["case", "vote", "dissent", "interest", "*"],
    "vote": {"ui:widget": "outline", "ui:help": "Jeres instruks fra 20. april er »for«."},
    "interest": {"ui:help": "Er du inhabil, afgives der ingen stemme. Begrundelsen kommer med i referatet."},
    "dissent": {"ui:help": "Står i referatet og i beslutningshistorikken."},
    "reason": {"ui:widget": "textarea"},
    "present": {
        "ui:widget": "checkboxes",
        "ui:help": "Suppleanter tæller for deres organisation.",
        "ui:options": {"optionsFrom": "ballot.voters", "optionValue": "organisation", "optionLabel": "name"},
    },
    "remarks": {
        "ui:help": "Hver bemærkning bliver en opgave i arbejdsgruppen.",
        "items": {"remark": {"ui:widget": "textarea", "ui:options": {"rows": 2}}},
    },
    "written": {"ui:widget": "radio"},
    "confirmed": {"ui:help": "Kan rettes, indtil opgaven er afsluttet."},
}
DATA = {
    "ballot": {
        "voters": [
            {"organisation": "o1", "name": "Eksempelby Kommune"},
            {"organisation": "o2", "name": "Prøvested Kommune"},
            {"organisation": "o3", "name": "Region Eksempel"},
        ]
    }
}
FILLED: dict[str, Any] = {
    "case": "Arbejdstøj, indkøbsmål E1",
    "vote": "against",
    "dissent": "Vi støtter kravet, men mener, at overgangsperioden er for kort.",
    "interest": "none",
    "reason": "Overgangsperioden er for kort for kontrakter, der først udløber i 2028.",
    "contact": "navn@example.org",
    "page": "https://example.org/kriterier",
    "number": 1200,
    "share": 12.5,
    "meeting_on": "2026-05-12",
    "closes_at": "2026-05-12T15:00:00+02:00",
    "room": "Mødelokale C",
    "present": ["o1", "o3"],
    "address": {"street": "Prøvevej 1", "town": "Eksempelby"},
    "remarks": [
        {"requirement": "B", "remark": "Kravet kan ikke dokumenteres i dag."},
        {"remark": "Fristen er for kort."},
    ],
    "keywords": ["arbejdstøj", "fibre"],
    "paper": "skitse.pdf",
    "written": True,
    "confirmed": True,
}
WRONG: dict[str, Any] = {
    "case": FILLED["case"],
    "interest": "recused",
    "reason": "For kort",
    "contact": "navn snabel-a example.org",
    "number": "cirka tolv",
    "share": 140,
    "meeting_on": "32.5.2026",
    "present": [],
    "remarks": [
        {"requirement": "Et krav, der er skrevet helt ud", "remark": "Fristen er for kort."},
        {"requirement": "C"},
    ],
    "confirmed": False,
}
CONTENT = json.dumps(SCHEMA).encode()


def sheet() -> Sheet:
    """The form for a reader of the language that is spoken."""
    return Sheet(SCHEMA, UI, source=None if language() == "da" else "da")
