"""A case step by step: who did what, where it stood, what was answered and which rule decided."""

import html
import re

import pytest

from service.commands import deployments, instances, tasks
from service.queries import bundles
from service.runtime.command import Call
from tests.app.browsing import Browser
from tests.app.house import House, gate
from tests.app.meeting import REMARK, files, prepared, started, waiting
from tests.app.visiting import visiting
from tests.diagrams import files as drawn_files
from tests.diagrams import on, process
from tests.web.reading import seen
from tests.web.test_processes import props, text


@pytest.fixture(scope="module")
def house(one_house: House) -> House:
    deployments.deploy(one_house.operator(), bundles.sent(files()), "Første udgave", True)
    return one_house


@pytest.fixture(scope="module")
def secretary(house: House):
    return house.person("anne", "pogi.sec", "pogi.chair").actor


@pytest.fixture(scope="module")
def case(house: House, secretary) -> str:
    """Called, prepared with too few, prepared again with enough, and voted on."""
    case_id = started(house, secretary)
    house.later(hours=2)
    prepared(house, secretary, case_id, present=3, kind="full", remark=REMARK)
    house.later(days=1)
    prepared(house, secretary, case_id, present=7, kind="full")
    house.later(days=2)
    tasks.complete(Call(secretary, house.ports), waiting(case_id), {})
    return case_id


@pytest.fixture(scope="module")
def auditor(house: House, case) -> Browser:
    """Signed in when all that has happened: sessions go by the same clock."""
    return visiting(house, "revisor", "auditor")


def at(auditor, case, step=None, **more):
    query = "&".join(f"{name}={value}" for name, value in ({"step": step} | more).items() if value is not None)
    page = auditor.get(f"/pogi/cases/{case}/timeline" + (f"?{query}" if query else ""))
    assert page.status_code == 200
    return page


def panel(page):
    """What the panel beside the drawing says."""
    found = re.search(r"<aside.*?</aside>", page.text, re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def test_every_step_says_who_did_what_when_and_what_came_of_it(auditor: Browser, case):
    said = text(at(auditor, case))
    assert "6 trin, fra 5. januar 2026 til 8. januar 2026" in said
    assert "1 05.01.2026 kl. 09.00 Anne Begyndte »Møde i styregruppen« Ny opgave til pogi.sec: »Forbered mødet«" in said
    assert "2 05.01.2026 kl. 11.00 Anne pogi.sec Tog »Forbered mødet«" in said
    assert "»Hvor mange skal møde?«: række 2 slog til »Nok til stede?«: nej, til »Forbered mødet«" in said
    assert "6 08.01.2026 kl. 11.40 Anne pogi.chair Afsluttede »Afgiv stemme« »Møde i styregruppen« er slut" in said


@pytest.mark.parametrize(
    ("step", "now", "done"),
    [
        (1, {"Prepare": 1}, {"Start"}),
        (2, {"Prepare": 1}, {"Start"}),
        (3, {"Prepare": 1}, {"Start", "Ask", "Enough", "No"}),
        (5, {"Vote": 1}, {"Start", "Prepare", "Ask", "Enough", "No", "Yes"}),
        (6, {}, {"Start", "Prepare", "Ask", "Enough", "Vote", "Adopted", "No", "Yes"}),
    ],
)
def test_the_drawing_shows_where_the_case_stood(auditor: Browser, case, step, now, done):
    page = at(auditor, case, step)
    given = props(page)
    flows = {"Flow_Start_Prepare", "Flow_Prepare_Ask", "Flow_Ask_Enough", "Flow_Vote_Adopted"}
    assert given["tokens"] == now
    assert given["now"] == list(now)
    assert set(given["done"]) - flows == done
    assert auditor.get(given["diagram"]).data == files()["meeting.bpmn"]


def test_the_same_stands_beside_it_as_text(auditor: Browser, case):
    assert "Mødet indkaldes passeret Forbered mødet Her nu" in text(at(auditor, case, 3))
    assert "Her nu" not in text(at(auditor, case, 6))


def test_answers_stand_on_the_form_of_that_day_and_sealed_ones_are_opened(auditor: Browser, case):
    page = at(auditor, case, 3)
    assert "Til stede 3 Mødets slags Fuldt møde Bemærkning Formanden kom for sent" in panel(page)
    assert "Kan slettes" in panel(page)


def test_the_row_that_fired_is_marked_in_the_table_of_that_day(auditor: Browser, case):
    page = at(auditor, case, 3)
    assert "Beslutningstabel: Krav til fremmøde" in panel(page)
    (row,) = re.findall(r'<tr class="m-hit">(.*?)</tr>', page.text.partition("Valg:")[0], re.DOTALL)
    assert "Ellers mere end halvdelen." in row
    assert "slog til" in row
    assert "Række 2 slog til." in panel(page)


def test_a_choice_shows_its_conditions_and_the_way_that_was_taken(auditor: Browser, case):
    assert "Valg: Nok til stede? Vej Betingelse Gælder Afgiv stemme present >= needed Nej" in panel(
        at(auditor, case, 3)
    )
    assert "Valgt: nej, til »Forbered mødet«" in panel(at(auditor, case, 3))
    assert "present >= needed Ja Valgt: til »Afgiv stemme«" in panel(at(auditor, case, 5))


def test_the_way_to_the_next_step_and_to_the_next_decision_has_an_address(auditor: Browser, case):
    page = at(auditor, case, 3)
    ways = dict(re.findall(r'data-go="([a-z-]+)" href="[^"]*step=(\d+)"', page.text))
    assert {name: ways[name] for name in ("previous", "next", "next-decision")} == {
        "previous": "2",
        "next": "4",
        "next-decision": "5",
    }
    assert "previous-decision" not in ways
    assert re.search(r'<input type="range"[^>]* name="step" min="1" max="6" value="3"', page.text)


@pytest.mark.parametrize("step", ["0", "-1", "99999", "x", "1.5", "9" * 400])
def test_a_step_that_there_is_not_is_not_another_one(case, auditor, step: str):
    for page in (f"timeline?step={step}", f"timeline/compare?step=1&with={step}"):
        answer = auditor.get(f"/pogi/cases/{case}/{page}")
        assert (answer.status_code, answer.headers.get("Location")) == (404, None)


def test_an_old_case_is_shown_in_the_version_that_it_ran_on(house: House, auditor: Browser, case):
    house.deploy(files("Noget ganske andet"))
    page = at(auditor, case, 1)
    assert "Diagrammet som tekst, version 1" in text(page)
    assert auditor.get(props(page)["diagram"]).data == files()["meeting.bpmn"]
    assert "Noget ganske andet" not in page.text


def test_a_table_that_was_changed_since_is_shown_as_it_was(house: House, auditor: Browser, case):
    changed = files() | {"rules.dmn": files()["rules.dmn"].replace(b"Ellers mere end halvdelen.", b"Ny regel.")}
    house.deploy(changed)
    assert "Ellers mere end halvdelen." in panel(at(auditor, case, 3))


def test_another_language_is_another_page_of_the_same_case(house: House, case):
    reader = visiting(house, "reader", "auditor")
    reader.client.set_cookie("mandat_language", "en")
    page = at(reader, case, 3)
    assert "Finished “Prepare the meeting”" in panel(page)
    assert '<span lang="da">Hvor mange skal møde?</span>' in page.text
    assert "Enough present?" in panel(page)


def test_a_called_process_is_a_part_of_the_case(house: House, auditor: Browser, secretary):
    inner = process("inner", name="Den inderste").start().user("Deep", name="Dybt nede", lane="pogi.sec").end()
    outer = process("outer", name="Den yderste").start().call("Call", "inner", name="Kald").end()
    house.deploy(drawn_files(outer, inner))
    case = instances.start(Call(secretary, house.ports), "outer", {}, None)["case_id"]
    page = at(auditor, case)
    assert props(page)["tokens"] == {"Call": 1}
    parts = re.findall(r'instance=([0-9a-f-]+)"[^>]*>(Den [a-zæøå]+)', html.unescape(page.text))
    assert [name for _, name in parts] == ["Den yderste", "Den inderste"]
    called = at(auditor, case, instance=parts[1][0])
    assert props(called)["tokens"] == {"Deep": 1}
    assert "Den yderste › Den inderste" in text(called), "and back to what called it"
    tasks.complete(Call(secretary, house.ports), waiting(case), {})
    assert "»Den inderste« er slut »Den yderste« er slut" in panel(at(auditor, case))


def test_what_a_step_changed_stands_beside_it_and_all_values_below(auditor: Browser, case):
    page = at(auditor, case, 5)
    assert "Hvad der blev ændret Til stede 3 derefter 7 Bemærkning Kan slettes derefter –" in panel(page)
    assert "Alle værdier på dette tidspunkt: 4 kind full needed 5 present 7 remark –" in text(page)


def test_what_changed_is_told_as_the_form_says_it_and_the_rest_folded(auditor: Browser, case):
    page = at(auditor, case, 3)
    told, _, own = page.text.partition('data-fold="own"')
    assert "Mødets slags" in told
    assert 'class="m-became">Fuldt møde</div>' in told
    assert "<code>kind</code>" not in told.partition("Hvad der blev ændret")[2]
    assert "Hvad processen selv holder rede på: 1" in text(page)
    assert "<code>needed</code>" in own


def test_the_tasks_of_that_moment_say_who_had_them(auditor: Browser, case):
    assert "Opgaver Forbered mødet Taget af Anne, pogi.sec" in text(at(auditor, case, 4))
    assert "Ingen havde en opgave i sagen." in text(at(auditor, case, 6))


def test_two_moments_are_compared_on_a_page_of_their_own(auditor: Browser, case):
    page = auditor.get(f"/pogi/cases/{case}/timeline/compare?step=3&with=5")
    said = text(page)
    assert page.status_code == 200
    assert "stod ved »Forbered mødet«" in said
    assert "står ved »Afgiv stemme«" in said
    assert "Til stede 3 derefter 7" in said
    assert auditor.get("/pogi/cases/nowhere/timeline/compare?step=1&with=2").status_code == 404


def test_an_address_of_a_moment_that_was_given_away_before_leads_there_still(auditor: Browser, case):
    older = auditor.get(f"/pogi/cases/{case}/timeline?at=3")
    assert "Trin 3 af 6" in text(older)
    assert panel(older) == panel(at(auditor, case, 3))


def test_a_step_that_could_not_be_made_says_so(house: House, auditor: Browser, secretary):
    house.deploy(gate())
    case = instances.start(Call(secretary, house.ports), "gate", {}, None)["case_id"]
    tasks.complete(Call(secretary, house.ports), waiting(case), {})
    assert "Tog »ask«" in panel(at(auditor, case)), "her answers wait, and the task is hers"
    assert "Besvarede »ask«: svaret er gemt, til sagen kan gå videre" in panel(at(auditor, case, 2))
    said = panel(at(auditor, case, 3))
    assert "Kunne ikke komme videre ved »enough«" in said
    assert "Trinnet kunne ikke tages." in said
    assert "share" in said
    assert props(at(auditor, case, 3))["tokens"] == {"ask": 1}


def test_the_record_can_be_checked_from_the_page(auditor: Browser, case):
    said = text(at(auditor, case, check=1))
    assert "Optegnelsen hænger sammen" in said
    assert "4 trin flyttede sagen og gav samme tilstand som dengang" in said
    assert "Ikke bevidnet udefra" in said


def test_nobody_from_elsewhere_sees_a_case(house: House, auditor: Browser, case):
    stranger = visiting(house, "stranger", "auditor", workspace="lillestrom")
    assert stranger.get(f"/pogi/cases/{case}/timeline").status_code == 404
    assert stranger.get(f"/lillestrom/cases/{case}/timeline").status_code == 404
    assert visiting(house, "nobody").get(f"/pogi/cases/{case}/timeline").status_code == 404
    assert auditor.get("/pogi/cases/not-a-case/timeline").status_code == 404


def test_no_engine_words_are_said(auditor: Browser, case):
    for step in range(1, 7):
        assert not re.search(
            r"\b(token|instans|gateway|engine|workflow|scope)", text(at(auditor, case, step)), re.IGNORECASE
        )


STAGES = ("proposed", "planned", "drafting")


def staged(house: House, actor) -> str:
    """A case that goes through three stages, a task in each, and on to the second again for good."""
    drawing = process("staged").start()
    for stage in (*STAGES, "planned"):
        drawing = drawing.user(f"Do_{len(drawing.bpmn())}", lane="pogi.sec", properties={"status": stage})
    house.deploy({"staged.bpmn": drawing.end().bpmn()})
    call = Call(actor, house.ports)
    begun = instances.start(call, "staged", {}, None)
    (task,) = begun["tasks"]
    for _ in STAGES:
        house.later(days=10)
        (task,) = tasks.complete(call, task["id"], {})["opened"]
    return str(begun["case_id"])


def folds(page) -> list[tuple[bool, str]]:
    """Every fold of the steps: whether it is open, and its summary."""
    found = re.findall(r"<details[^>]*m-phase[^>]*?( open)?><summary>(.*?)</summary>", page.text, re.DOTALL)
    return [(bool(state), " ".join(html.unescape(re.sub(r"<[^>]+>", " ", told)).split())) for state, told in found]


def test_the_steps_are_folded_by_stage_and_a_step_is_led_to_in_its_own_fold(house: House, secretary):
    case = staged(house, secretary)
    auditor = visiting(house, "folder", "auditor")
    said = folds(at(auditor, case))
    assert [(state, told.split(" ")[0]) for state, told in said] == [
        (False, "Foreslået"), (False, "Planlagt"), (True, "Udkast"),
    ]  # fmt: skip
    assert re.fullmatch(r"Foreslået 2 trin, \d+\. \w+ 2026 til \d+\. \w+ 2026", said[0][1])
    assert [state for state, _ in folds(at(auditor, case, 1))] == [True, False, False]
    assert (
        "aria-current"
        in at(auditor, case, 3).text.partition("m-phase")[2].partition(" open>")[2].partition("</table>")[0]
    )


def test_a_case_without_stages_is_not_folded(house: House, case):
    assert folds(at(visiting(house, "unfolder", "auditor"), case)) == []


def test_a_deadline_is_told_as_the_same_last_day_as_on_the_page_of_the_case(sqlite_house: House):
    drawing = (
        process("late").start().user("ask", lane="pogi.sec", properties={"dueDate": 'date("2026-10-15")'}).end()
        .boundary("closes", "ask", on('date("2026-10-16")')).end("closed")
    )  # fmt: skip
    sqlite_house.deploy({"late.bpmn": drawing.bpmn()})
    sec = sqlite_house.person("sec", "pogi.sec")
    case = instances.start(Call(sec.actor, sqlite_house.ports), "late", {}, None)["case_id"]
    reader = visiting(sqlite_house, "reader", "pogi.sec")
    page = seen(reader.get(f"/pogi/cases/{case}").text)
    steps = seen(reader.get(f"/pogi/cases/{case}/timeline").text)
    assert "Senest 15. oktober" in page
    assert "frist 15. oktober 2026" in steps
    assert "Venter til udgangen af 15.10.2026: »closes«" in steps
    assert "16. oktober" not in page + steps
    assert "16.10.2026" not in page + steps


def test_a_day_that_a_step_set_is_written_for_the_reader(house: House, secretary):
    day = {"title": "Spurgt den", "type": "string", "format": "date"}
    form = {"type": "object", "properties": {"asked_on": day}}
    drawing = process("asking").start().user("ask", lane="pogi.sec", form="ask").end()
    house.deploy(drawn_files(drawing, forms={"ask": form}))
    case_id = instances.start(Call(secretary, house.ports), "asking", {}, None)["case_id"]
    tasks.complete(Call(secretary, house.ports), waiting(case_id), {"asked_on": "2027-06-01"})
    reader = visiting(house, "laeser", "auditor")
    for language, said in (("da", "1. juni 2027"), ("nb", "1. juni 2027"), ("en", "1 June 2027")):
        reader.client.set_cookie("mandat_language", language)
        page = at(reader, case_id)
        assert said in text(page)
        assert "2027-06-01" not in seen(page.text), language
