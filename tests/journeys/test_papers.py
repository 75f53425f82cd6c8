"""What one person writes reaches the next: on the page of her task, in her form, on the page of the case, and nowhere else."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.domain.actors import operator
from service.domain.errors import AnswersRefused
from service.queries import papers, replay
from service.runtime.command import Call
from service.store import db
from tests.app import steering
from tests.app.browsing import Browser
from tests.app.erasing import erase
from tests.app.house import House, opened
from tests.app.records import representative
from tests.app.visiting import cookie_of, visiting
from tests.app.watched import Watched, watched
from tests.diagrams import files, process
from tests.web.reading import seen
from tests.web.sending import Form

NEED = "Arbejdstøj købes af alle medlemmer, og slidt tøj kasseres"


@pytest.fixture(scope="module")
def course(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """The target of the demonstration, when the steering group has to vote on it."""
    copy = shutil.copy(sqlite_template, tmp_path_factory.mktemp("papers"))
    with opened(f"sqlite:///{copy}", demo=True) as house:
        yield watched(house)


def lies(page: str) -> str:
    """What lies before whoever does the task of that page, folded papers left out."""
    return seen(page.partition('id="grounds"')[2].partition("<details")[0].partition("</section>")[0])


@pytest.mark.parametrize(
    ("activity", "before", "said"),
    [
        ("Task_screen", 0, [NEED, "Titel Eksempel: arbejdstøj"]),
        ("Task_recommend", 0, ["Intet andet mål dækker arbejdstøj.", NEED]),
        ("Task_terms", 0, ["Én arbejdsgruppe og tre møder."]),
        ("Task_nominate", 0, ["Arbejdstøj til drift, pleje og køkken."]),
        ("Task_compose", 0, ["Eksempelby Kommune Ja Tove Eksempel", "Leder et vaskeri."]),
        ("Task_accept", 0, ["Udkast til krav og anbefalinger med dokumentation.", "Testrup Kommune"]),
        ("Task_report", 1, ["Vask vejer tungere end indkøb.", "Tilbyder reparation på eget værksted.", "4.300.000"]),
        ("Task_comment", 0, ["Markedet kan levere tøj, der kan repareres"]),
        ("Task_approve", 1, ["Se også på kitler.", "Markedet kan levere tøj, der kan repareres"]),
        ("Task_draft", 0, ["Markedet kan levere tøj, der kan repareres"]),
        ("Task_comment", 2, ["a Krav Tøjet kan repareres på slidsteder. Kravspecifikation Leverandørens anvisning."]),
        ("Task_consolidate", 0, ["Prøvested Kommune Slidsteder bør nævnes."]),
        ("Task_quality", 0, ["Tøjet kan repareres på slidsteder.", "Længere levetid giver mindre affald."]),
        ("Task_answer", 0, ["Vægt tøjets levetid i tildelingen."]),
        ("Task_summarise", 0, ["Fiktivborg Kommune", "Reparation skal kunne ske uden for værkstedet."]),
        ("Task_points", 0, ["Reparation skal kunne ske uden for værkstedet."]),
        ("Task_note", 0, ["Anvisningen gælder begge steder."]),
        ("Task_revise_internal", 0, ["Ni svar; ét punkt er delvist fulgt."]),
        ("Task_record", 0, ["Tøjet kan repareres på slidsteder."]),
        ("Task_legal", 0, ["Kravet udelukker leverandører uden eget værksted."]),
        ("Task_check", 0, ["Vedtag målet.", "Tøjet kan repareres på slidsteder."]),
        ("Task_instruct", 0, ["Vedtag målet.", "Færre indkøb og mindre affald.", "Tøjet kan repareres på slidsteder."]),
        ("Task_agree_agenda", 2, ["Målet haster for to udbud i 2027.", "Vedtag målet.", "Tøjet kan repareres"]),
    ],
)
def test_everybody_has_before_her_what_she_needs(course: Watched, activity, before, said):
    shown = lies(course.pages[(activity, before)])
    for text in said:
        assert text in shown


def test_a_voter_has_the_requirements_the_recommendation_and_her_own_instruction(course: Watched):
    voter = course.browser("pogi.sg")
    page = voter.get(f"/pogi/tasks/{course.task('pogi.sg', 'Task_vote')}").text
    shown = lies(page)
    assert "a Krav Tøjet kan repareres på slidsteder. Kravspecifikation Leverandørens anvisning." in shown
    assert "b Anbefaling Vægt tøjets levetid i tildelingen." in shown
    assert "Skriv indstilling til styregruppen Sanne Eksempel, Sekretariat" in shown
    assert "Indstilling Vedtag målet. Virkningsnotat Færre indkøb og mindre affald." in shown
    assert "Giv stemmeinstruks Georg Eksempel, Godkendelse hos medlem, Eksempelby Kommune" in shown
    assert "Repræsentanten stemmer for" in shown
    assert "Prisen bekymrer." not in page, "what another member has told its representative is its own"
    other = course.browser("pogi.sg.fiktivborg")
    assert "Prisen bekymrer." in lies(other.get(f"/pogi/tasks/{course.task('pogi.sg.fiktivborg', 'Task_vote')}").text)


def test_the_form_of_who_redrafts_opens_with_every_requirement(course: Watched):
    for activity in ("Task_consolidate", "Task_revise_internal", "Task_revise_trade"):
        sent = Form(course.pages[(activity, 0)]).sent
        letters = {name: sent[name] for name in sent if name.endswith("/letter")}
        assert letters == {"/requirements/0/letter": "a", "/requirements/1/letter": "b"}
        assert sent["/requirements/1/text"] == "Vægt tøjets levetid i tildelingen."
        assert sent["/requirements/0/kind"] == "requirement"
    submitted = Form(course.pages[("Task_recommend", 1)]).sent
    assert submitted["/recommendation"] == "", "what was recommended to begin with is another recommendation"
    drafted = Form(course.pages[("Task_draft", 0)]).sent
    assert drafted["/environmental_effect"].startswith("Længere levetid giver mindre forbrug"), "of the proposal"


def test_who_composes_the_group_has_the_nominated_as_rows_and_who_answers_points_has_the_points(course: Watched):
    composing = Form(course.pages[("Task_compose", 0)]).sent
    nominees = {name: composing[name] for name in composing if name.endswith("/nominee")}
    assert sorted(nominees.values()) == [
        "Palle Eksempel", "Regin Eksempel", "Rita Eksempel", "Tove Eksempel", "Vibe Eksempel",
    ]  # fmt: skip
    assert composing["/seats/0/competence"] == "practice"
    assert composing["/seats/0/organisation"], "who nominated"
    points = Form(course.pages[("Task_points", 1)]).sent
    rows = [(points[f"/treatments/{row}/requirement"], points[f"/treatments/{row}/point"]) for row in (0, 1)]
    assert rows == [
        ("a", "Kravet udelukker leverandører uden eget værksted."), ("b", "Vægten bør være mindst ti procent."),
    ]  # fmt: skip
    assert "/treatments/2/point" not in points


def test_a_closed_item_shows_what_was_decided_then_and_not_what_an_earlier_one_was_decided_on(course: Watched):
    earlier = lies(course.pages[("Task_discuss", 0)])
    assert "Én arbejdsgruppe og tre møder." in earlier, "whether to begin is decided on the recommendation to begin"
    open_ = lies(course.pages[("Task_discuss", 1)])
    assert "Én arbejdsgruppe og tre møder." not in open_
    assert course.house is not None
    with db.reading() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT id FROM tasks WHERE activity_id = 'Task_discuss' ORDER BY closed_at"
        )
        _, establishment, *_ = [str(it) for it in rows.scalars()]
    closed = lies(course.browser("pogi.chair").get(f"/pogi/tasks/{establishment}").text)
    assert "Arbejdstøj til drift, pleje og køkken." in closed
    assert "Én arbejdsgruppe og tre møder." not in closed


def test_a_completed_task_tells_who_answered_what_and_asks_for_nothing(course: Watched):
    with db.reading() as session:
        task = (
            session.connection().exec_driver_sql("SELECT id FROM tasks WHERE activity_id = 'Task_compose'").scalar_one()
        )
    page = course.browser("auditor").get(f"/pogi/tasks/{task}").text
    said = seen(page)
    assert "Sanne Eksempel afsluttede opgaven" in said
    answered = seen(page.partition('id="answered"')[2].partition("</section>")[0])
    assert "Det, der blev svaret Sanne Eksempel, Sekretariat" in answered
    assert "Eksempelby Kommune Praksisnær viden" in answered, "as the form has it"
    for call in ("Det skal du gøre", "Derfor har du opgaven", "Det ligger foran dig", "Tag opgaven", "om 1"):
        assert call not in said, call
    assert "<form" not in page.partition('id="answered"')[2].partition("</main>")[0]


def test_the_rule_that_decided_is_told_in_words_and_not_in_codes(course: Watched):
    auditor = course.browser("auditor")
    listed = auditor.get("/pogi/decisions?kind=rule&rule=majority").text
    page = auditor.get(re.findall(r'<th scope="row"><div><a class="ds-link" href="([^"]+)"', listed)[0]).text
    said = seen(page)
    assert "Flertal regnes af flere for end imod" in said
    assert "0 eller mindre end »Beslutningsdygtighed« × »Stemmeberettigede«" in said
    assert "mere end »Stemmer imod«" in said
    assert "rules.sg" not in said and '"cast"' not in said
    assert 'title="0, &lt; rules.sg.quorum * entitled"' in page, "who wants the rule itself finds it"


def test_the_approver_of_a_measure_sees_the_responsible_and_the_deadline(course: Watched):
    shown = lies(course.pages[("Task_approve", 0)])
    assert "Ansvarlig Innkjøpsseksjonen Frist 1. desember 2026" in shown
    assert "Lige før" not in shown, "the municipality reads Norwegian"


def test_a_measure_and_the_case_that_was_given_another_name_lead_to_one_another(course: Watched):
    workspace, case = course.cases["tiltak-4"]
    keeper = course.browser("lill.proc.section", workspace)
    page = keeper.get(f"/{workspace}/cases/{case}").text
    (measure,) = set(re.findall(rf'href="(/{workspace}/handlingsplan/[0-9a-f-]+)"', page))
    assert f'href="/{workspace}/cases/{case}"' in keeper.get(measure).text.partition("<aside")[2]


def test_a_case_has_its_papers_with_who_wrote_them_and_when(course: Watched):
    _, case = course.cases["E1"]
    page = seen(course.browser("auditor").get(f"/pogi/cases/{case}").text)
    papers_ = page.partition("Sagens papirer")[2].partition("Afstemning")[0]
    assert "Krav og anbefalinger Ret efter branchehøring: Tove Eksempel, Tovholder" in papers_
    assert "a Krav Tøjet kan repareres på slidsteder." in papers_
    assert "Skriv høringsnotat Sanne Eksempel, Sekretariat" in papers_
    assert "Fem svar; én indsigelse er besvaret." in papers_


# --- sent back ------------------------------------------------------------------------------------------------------------


def enter(house: House, call: Call) -> Browser:
    visitor = visiting(house, f"guest-of-{call.actor.name.lower()}")
    visitor.hold(cookie_of(house, call.actor))
    return visitor


def test_the_chairs_message_reaches_the_secretariat_and_the_agenda_is_not_typed_again(house: House):
    item = steering.item(house)
    item.do(item.sec, "Task_agenda", {"meeting_on": "2026-04-21", "meeting": "spring"})
    item.do(item.chair, "Task_agree_agenda", {"agenda_approval": "return", "agenda_note": "Tag mødet i maj i stedet."})
    sec = enter(house, item.sec)
    task = item.task(item.sec, "Task_agenda")
    for address in (f"/pogi/tasks/{task}", "/pogi/inbox"):
        page = sec.get(address).text
        assert "Lige før dig Godkend dagsordenen Chair, " in seen(page)
        assert "Besked til sekretariatet Tag mødet i maj i stedet." in seen(page)
        assert Form(page, "m-form").sent["/meeting_on"] == "2026-04-21"
    saved = dict(Form(page, "m-form").sent.items()) | {"/meeting_on": "2026-05-12"}
    assert sec.post(f"/pogi/tasks/{task}/draft", saved).status_code == 303
    draft = sec.get(f"/pogi/tasks/{task}").text
    assert Form(draft).sent["/meeting_on"] == "2026-05-12", "what she has written comes before what the case has"


def test_who_comes_too_late_finds_what_she_wrote_to_copy_it(house: House):
    item = steering.item(house)
    task = item.task(item.sec, "Task_agenda")
    late = visiting(house, "late", "pogi.sec")
    item.do(item.sec, "Task_agenda", {"meeting_on": "2026-04-21", "meeting": "spring"})
    written = {"/meeting_on": "2026-04-22", "/meeting": "ordinary", "/exception": "Det haster.", "draft": "0"}
    page = late.post(f"/pogi/tasks/{task}/complete", written)
    assert page.status_code == 409
    text = seen(page.text)
    assert "Sec afsluttede opgaven" in text
    assert "Det, du skrev, blev ikke sendt. Det står nedenfor, så du kan kopiere det." in text
    assert "Det, du skrev Mødedato 22. april 2026" in text
    assert "Det haster." in text
    assert "/exception" not in page.text, "there is no form to send it with"
    assert "står stadig nedenfor" not in text


# --- votes ----------------------------------------------------------------------------------------------------------------


def test_while_a_ballot_is_open_nobody_but_the_voter_reads_the_vote(house: House):
    item = steering.at_the_vote(house)
    one, other = (item.voters[name] for name in ("Eksempelby Kommune", "Prøvested Kommune"))
    item.do(one, "Task_vote", {"vote": "against", "dissent": "Kravet er for dyrt."})
    (voted,) = [
        it for it in papers.of_case(one.actor, item.case_id, "da")["rounds"] if it["title"].text == "Afgiv stemme"
    ]
    assert [paper["answers"]["vote"] for paper in voted["papers"]] == ["against"], "she may read her own"

    rita = house.person("rita", "auditor")
    browsing = enter(house, Call(rita.actor, house.ports))
    instance = rita.get(f"/api/v1/cases/{item.case_id}").json["instances"][0]["id"]
    waiting, voted_in = item.task(other, "Task_vote"), voted["papers"][0]["task"]

    def told() -> str:
        journal = rita.get(f"/api/v1/instances/{instance}/journal?limit=500").text
        task = rita.get(f"/api/v1/tasks/{waiting}").text
        pages = [f"/pogi/cases/{item.case_id}", f"/pogi/cases/{item.case_id}/timeline", f"/pogi/tasks/{waiting}"]
        pages.append(f"/pogi/tasks/{voted_in}")
        return journal + task + "".join(seen(browsing.get(page).text) for page in pages)

    hidden = told()
    assert "Kravet er for dyrt." not in hidden
    assert not re.search(r'"vote": ?"against"', hidden)
    assert "Hvad stemmer jeres organisation? Imod" not in hidden
    assert "1 svar vises ikke for dig" in hidden, "that there is a vote is no secret"
    assert "Selve svaret vises ikke for dig" in hidden

    for call in list(item.voters.values())[1:]:
        item.do(call, "Task_vote", {"vote": "for"})
    after = told()
    assert "Mindretalsudtalelser Eksempelby Kommune Kravet er for dyrt." in after
    assert "Kravet er for dyrt." in after
    assert re.search(r'"vote": ?"against"', after)


def test_the_wording_of_an_amendment_is_voted_on_and_stands_in_the_record_of_the_decision(house: House):
    item = steering.at_the_discussion(house)
    amended = {"course": "vote", "amendment": "substantive"}
    with pytest.raises(AnswersRefused) as refused:
        item.do(item.chair, "Task_discuss", amended)
    assert [fault.pointer for fault in refused.value.faults] == ["/amendment_text"]
    item.do(item.chair, "Task_discuss", amended | {"amendment_text": "Overgangen forlænges til 2028."})
    one = item.voters["Eksempelby Kommune"]
    voting = lies(enter(house, one).get(f"/pogi/tasks/{item.task(one, 'Task_vote')}").text)
    assert "Overgangen forlænges til 2028." in voting
    for call in item.voters.values():
        item.do(call, "Task_vote", {"vote": "for"})
    page = seen(enter(house, item.sec).get(f"/pogi/cases/{item.case_id}").text)
    assert "Ændringsforslagets ordlyd Overgangen forlænges til 2028." in page.partition("Afstemning om")[2]


# --- who may not, and what is gone ---------------------------------------------------------------------------------------


def test_who_is_from_outside_reads_nothing_of_the_case(course: Watched):
    house, (_, case) = course.house, course.cases["E1"]
    assert house is not None
    with db.reading() as session:
        found = session.connection().exec_driver_sql(
            "SELECT id FROM organisations WHERE name = 'Brancheforening Eksempel'"
        )
        organisation = str(found.scalar_one())
    outside = representative(house, "outside", organisation, "member.officer")
    task = course.task("pogi.sg", "Task_vote")
    for path in (f"/api/v1/cases/{case}", f"/api/v1/tasks/{task}"):
        assert outside.get(path).status_code == 404, path
    assert outside.get("/api/v1/cases").json["cases"] == []
    visitor = visiting(house, "guest")
    visitor.hold(cookie_of(house, outside.actor))
    for path in (f"cases/{case}", f"cases/{case}/timeline", f"tasks/{task}", f"tasks/{task}/complete"):
        answer = visitor.post(f"/pogi/{path}") if path.endswith("complete") else visitor.get(f"/pogi/{path}")
        assert answer.status_code == 404, path
        assert "slidsteder" not in answer.text
    assert "arbejdstøj" not in visitor.get("/pogi/cases").text
    assert "Vedtag målet." not in visitor.get("/pogi/maal").text


def test_what_is_erased_says_so_and_the_case_still_replays(course: Watched):
    _, case = course.cases["E1"]
    auditor, voter = course.browser("auditor"), course.browser("pogi.sg")
    with db.reading() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT commitment, task_id FROM disclosures WHERE pointer = '/impact' ORDER BY sealed_at DESC"
        )
        commitment, task = next((str(it[0]), str(it[1])) for it in rows)
    assert course.house is not None
    erase(course.house, [commitment], "gdpr-17-1-b")
    gone = "Slettet"
    for page in (
        voter.get(f"/pogi/tasks/{course.task('pogi.sg', 'Task_vote')}").text,
        auditor.get(f"/pogi/cases/{case}").text,
        auditor.get(f"/pogi/tasks/{task}").text,
    ):
        assert f"Virkningsnotat {gone}" in seen(page)
        assert "samtykket blev trukket tilbage" in seen(page)
        assert "Færre indkøb" not in page
    found = replay.case(operator("pogi"), case)
    assert (found["difference"], found["not_replayed"], found["rows"]) == (None, None, [])


def test_programs_get_the_papers_of_a_task_opened(house: House):
    item = steering.item(house)
    item.do(item.sec, "Task_agenda", {"meeting_on": "2026-04-21", "meeting": "ordinary", "exception": "Det haster."})
    chair = house.person("second", "pogi.chair")
    page = chair.get(f"/api/v1/tasks/{item.task(item.chair, 'Task_agree_agenda')}").json
    (paper,) = page["papers"]["before"]
    assert paper["answers"]["exception"] == "Det haster."
    assert (paper["title"], paper["who"], paper["role"]) == ("Sæt punktet på dagsordenen", "Sec", "pogi.sec")
    item.do(item.chair, "Task_agree_agenda", {"agenda_approval": "return", "agenda_note": "Vent."})
    sent_back = chair.get(f"/api/v1/tasks/{item.task(item.sec, 'Task_agenda')}").json
    assert sent_back["papers"]["begun"] == {
        "meeting_on": "2026-04-21",
        "meeting": "ordinary",
        "exception": "Det haster.",
    }


def test_what_a_process_put_in_the_place_of_an_answer_is_shown_as_nobodys_and_never_as_a_code(house: House):
    outcome = {"type": "string", "title": "Indsigelsen", "oneOf": [{"const": "upheld", "title": "følges"}]}
    place = {
        "type": "string",
        "title": "Mødet",
        "oneOf": [{"const": key, "title": key.upper()} for key in ("in", "out")],
    }
    forms = {
        "legal": {"type": "object", "title": "Vurdering", "properties": {"outcome": outcome, "place": place}},
        "note": {
            "type": "object",
            "x-shows": ["outcome", "place", "made"],
            "properties": {"note": {"type": "string", "title": "Notat"}},
        },
    }
    drawing = (
        process("assessing")
        .start()
        .user("legal", lane="pogi.sec", form="legal")
        .script("reset", 'outcome = "none"\nplace = "out"\nmade = "raw"')
        .user("between", lane="pogi.sec")
        .user("note", lane="pogi.sec", form="note")
        .end()
    )
    house.deploy(files(drawing, forms=forms))
    sec = house.person("sec", "pogi.sec")
    assert sec.post("/api/v1/instances", {"definition": "assessing", "variables": {}}).status_code == 201
    for answers in ({"outcome": "upheld", "place": "in"}, {}):
        (task,) = sec.get("/api/v1/tasks?scope=roles").json["tasks"]
        assert sec.post(f"/api/v1/tasks/{task['id']}/complete", {"answers": answers}).status_code == 200
    (task,) = sec.get("/api/v1/tasks?scope=roles").json["tasks"]
    (shown,) = sec.get(f"/api/v1/tasks/{task['id']}").json["papers"]["grounds"]
    assert (shown["answers"], shown["who"], shown["title"]) == ({"place": "out"}, None, "Vurdering")
