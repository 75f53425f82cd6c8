"""One task: why it is hers, the form with her draft, what happens next, and what becomes of it."""

import json
import re

import pytest

from service.commands import accounts, documents, instances
from service.domain.actors import Actor
from service.identity import passwords
from service.runtime.command import Call
from tests.app import steering
from tests.app.browsing import PASSWORD, Browser, browser
from tests.app.house import House, gate, two_tasks
from tests.app.visiting import cookie_of, visiting
from tests.diagrams import files, process
from tests.support.repository import ROOT
from tests.web.reading import seen
from tests.web.sending import Form


def begin(house: House, key: str, **variables: str) -> tuple[str, str]:
    """Start a case; gives the case and its first task."""
    somebody = house.person(f"starter-{key}", "pogi.wg")
    started = instances.start(Call(somebody.actor, house.ports), key, variables, "2026-4")
    return str(started["case_id"]), str(started["tasks"][0]["id"])


@pytest.fixture
def anne(house: House) -> Browser:
    house.deploy(two_tasks())
    house.deploy(gate())
    return visiting(house, "anne", "pogi.sec")


@pytest.fixture
def carl(house: House, anne: Browser) -> tuple[Browser, str]:
    """The chair, and the vote that waits for him."""
    _, task = begin(house, "adoption")
    anne.post(f"/pogi/tasks/{task}/complete")
    carl = visiting(house, "carl", "pogi.chair")
    onward = carl.get("/pogi/inbox").text.split("/tasks/")[1][:36]
    return carl, onward


def test_it_says_why_what_for_and_what_happens_next(house: House):
    drawing = (
        process("letter")
        .start()
        .user(
            "write",
            name="Skriv brevet",
            lane="pogi.sec",
            documentation="P21, P30. Begge parter er enige.",
            instructions="Skriv til **{{ name }}** før {{ day }}.\n\n<script>alert(1)</script>",
        )
        .exclusive("Sent", name="Sendt?")
        .to("answer", when='answered = "x"', name="ja")
        .otherwise()
        .to("dropped", name="nej")
        .user("answer", name="Afvent svar", lane="pogi.chair", joined=False)
        .end("done", name="Svaret")
        .end("dropped", name="Opgivet", joined=False)
    )
    house.deploy({"letter.bpmn": drawing.bpmn()})
    anne = visiting(house, "anne", "pogi.sec")
    _, task = begin(house, "letter", name="Eksempelby", day="2026-04-21")
    page = anne.get(f"/pogi/tasks/{task}")
    text = seen(page.text)
    assert "Derfor har du opgaven Du har rollen pogi.sec. Begge parter er enige. Kilde P21 Kilde P30" in text
    assert "Skriv til Eksempelby før 21. april 2026." in text
    assert "<script>alert" not in page.text
    assert "Hvis »Sendt? ja«: Afvent svar" in text
    assert "Hvis »Sendt? nej«: denne del af sagen slutter: Opgivet" in text


def test_a_draft_is_kept_and_only_she_sees_it(house: House, carl: tuple[Browser, str]):
    chair, task = carl
    sent = dict(Form(chair.get(f"/pogi/tasks/{task}").text).sent.items()) | {"/remark": "Halvt færdig"}
    assert sent["draft"] == "0"
    kept = chair.post(f"/pogi/tasks/{task}/draft", sent)
    assert kept.headers["Location"] == f"/pogi/tasks/{task}#draft"
    page = chair.get(f"/pogi/tasks/{task}").text
    assert "Halvt færdig" in page
    assert "Kladde gemt kl. 09.00. Kun du kan se den." in page
    other = visiting(house, "dora", "pogi.chair")
    assert "Halvt færdig" not in other.get(f"/pogi/tasks/{task}").text

    by_itself = chair.client.post(
        f"/pogi/tasks/{task}/draft",
        data=dict(Form(page).sent.items()) | {"/remark": "Næsten"},
        headers={"HX-Request": "true"},
    )
    assert by_itself.status_code == 200
    assert 'name="draft" value="2"' in by_itself.text
    assert "<html" not in by_itself.text

    stale = chair.post(f"/pogi/tasks/{task}/draft", sent)
    assert stale.status_code == 409
    assert "Et andet af dine vinduer har gemt en nyere kladde" in stale.text
    assert "Halvt færdig" in stale.text, "what was typed still stands there"


def test_a_wrong_answer_comes_back_with_a_summary_a_right_one_goes_on(house: House, carl: tuple[Browser, str]):
    chair, task = carl
    wrong = chair.post(f"/pogi/tasks/{task}/complete", {"/remark": "x" * 2100, "draft": "0"})
    assert wrong.status_code == 422
    text = seen(wrong.text)
    assert "Ret 2 ting" in text
    assert "<title>Fejl:" in wrong.text
    assert "Baggrund og bilag" in text
    assert "x" * 2100 in wrong.text
    left = chair.get(f"/pogi/tasks/{task}").text
    assert "x" * 2100 in left, "who leaves the refusal finds again what she wrote"
    assert "Kladde gemt" in left
    right = chair.post(f"/pogi/tasks/{task}/complete", {"/vote": "for", "draft": "0"})
    assert right.status_code == 303
    receipt = chair.get(right.headers["Location"]).text
    assert "»vote« er afsluttet." in receipt
    assert "carl" not in right.headers["Location"]
    over = chair.get(f"/pogi/tasks/{task}").text
    assert "Carl afsluttede opgaven 05.01.2026 kl. 09.00." in over
    assert "/complete" not in over
    assert "er afsluttet" not in visiting(house, "x", "pogi.sec").get(f"/pogi/inbox?done={task}").text


def test_who_was_faster_is_named_and_what_was_typed_stays(house: House, carl: tuple[Browser, str]):
    chair, task = carl
    dora = visiting(house, "dora", "pogi.chair")
    chair.post(f"/pogi/tasks/{task}/claim")
    house.later(minutes=20)
    late = dora.post(f"/pogi/tasks/{task}/complete", {"/vote": "against", "/remark": "Nej tak", "draft": "0"})
    assert late.status_code == 409
    assert "Carl tog opgaven 05.01.2026 kl. 09.00." in late.text
    assert "Nej tak" in late.text
    chair.post(f"/pogi/tasks/{task}/complete", {"/vote": "for", "draft": "0"})
    later = dora.post(f"/pogi/tasks/{task}/complete", {"/vote": "against", "/remark": "Nej tak", "draft": "0"})
    assert later.status_code == 409
    assert "Carl afsluttede opgaven 05.01.2026 kl. 09.20." in later.text


def test_what_was_written_before_taking_or_putting_back_is_kept(house: House, carl: tuple[Browser, str]):
    chair, task = carl
    sent = dict(Form(chair.get(f"/pogi/tasks/{task}").text).sent.items()) | {"/remark": "Straks"}
    assert chair.post(f"/pogi/tasks/{task}/claim", sent).status_code == 303
    page = chair.get(f"/pogi/tasks/{task}").text
    assert ("Straks" in page, "Læg tilbage" in page, "Tag opgaven" in page) == (True, True, False)
    assert chair.post(f"/pogi/tasks/{task}/release", dict(Form(page).sent.items())).status_code == 303
    page = chair.get(f"/pogi/tasks/{task}").text
    assert ("Straks" in page, "Tag opgaven" in page) == (True, True)


def test_a_case_that_cannot_go_on_keeps_the_answers_and_says_so_kindly(house: House, anne: Browser):
    _, task = begin(house, "gate")
    failed = anne.post(f"/pogi/tasks/{task}/complete", {"draft": "0"})
    assert failed.headers["Location"] == f"/pogi/tasks/{task}"
    page = anne.get(failed.headers["Location"]).text
    assert "Sagen kunne ikke gå videre" in page
    assert "Dit svar af 05.01.2026 kl. 09.00 er gemt. Det står i formularen." in page
    assert anne.post(f"/pogi/tasks/{task}/complete", {"/share": "60", "draft": "0"}).headers["Location"].endswith(task)
    assert "»ask« er afsluttet" in anne.get(f"/pogi/inbox?done={task}").text


def test_what_she_may_not_see_is_not_there(house: House, carl: tuple[Browser, str]):
    _, task = carl
    stranger = visiting(house, "kari", "lill.owner", workspace="lillestrom")
    for path in (f"/pogi/tasks/{task}", f"/lillestrom/tasks/{task}", "/pogi/tasks/none"):
        assert stranger.get(path).status_code == 404, path
    for deed in ("complete", "draft", "claim", "release"):
        assert stranger.post(f"/pogi/tasks/{task}/{deed}").status_code == 404, deed
    reader = visiting(house, "rita", "pogi.wg")
    page = reader.get(f"/pogi/tasks/{task}").text
    assert "Den hører til rollen pogi.chair." in seen(page)
    assert "Afslut opgaven" not in page
    assert reader.post(f"/pogi/tasks/{task}/complete", {"/vote": "for"}).status_code == 403


def test_papers_are_handed_out_as_files_to_those_who_may_read_the_case(house: House, anne: Browser):
    case, task = begin(house, "adoption")
    paper = documents.add(house.operator(), "Indstilling.html", "text/html", b"<script>1</script>", case)["id"]
    assert "Indstilling.html" in anne.get(f"/pogi/tasks/{task}").text
    got = anne.get(f"/pogi/documents/{paper}")
    assert got.data == b"<script>1</script>"
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert visiting(house, "nora").get(f"/pogi/documents/{paper}").status_code == 404


def enter(house: House, actor: Actor, name: str) -> Browser:
    """The browser of somebody who is there already."""
    assert actor.person_id
    accounts.set_password(house.operator(), name, passwords.hashed(PASSWORD))
    found = browser(house)
    found.sign_in(name)
    return found


def test_a_vote_begins_empty_and_says_by_which_rules_it_counts(sqlite_house: House):
    house = sqlite_house
    item = steering.at_the_vote(house)
    voter = item.voters["Eksempelby Kommune"]
    task = item.task(voter, "Task_vote")
    page = enter(house, voter.actor, "sg0").get(f"/pogi/tasks/{task}")
    text = seen(page.text)
    assert "checked" not in page.text.partition("<form")[2].partition("</form>")[0].split("keys-on")[0]
    assert "Du handler for Eksempelby Kommune i rollen pogi.sg." in text
    assert "0 af 9 medlemmer" in text
    assert "Mindst 5 af 9 til stede Standardværdi, ikke fra kilden" in text
    assert "Flere for end imod Offentlig kilde" in text
    assert "Vi er inhabile og stemmer ikke" in text
    assert "Afgiv stemme</button>" in page.text
    item.vote("for")
    assert "1 af 9 medlemmer" in seen(enter(house, voter.actor, "sg0").get(f"/pogi/tasks/{task}").text)


@pytest.mark.parametrize("language", ["da", "nb", "en"])
def test_instructions_and_labels_are_in_the_readers_language(sqlite_house: House, language):
    house = sqlite_house
    item = steering.item(house)
    task = item.task(item.sec, "Task_agenda")
    page = enter(house, item.sec.actor, "sec")
    page.client.set_cookie("mandat_language", language)
    text = page.get(f"/pogi/tasks/{task}").text
    assert f'<html lang="{language}"' in text
    said = {"da": "Foreslå et møde til", "nb": "Foreslå et møte for", "en": "Propose a meeting for"}[language]
    assert said in text
    assert "Eksempel: arbejdstøj" in text
    assert {"da": "Sæt punktet på dagsordenen", "nb": "Sett saken på sakslisten", "en": "Put the item on the agenda"}[
        language
    ] in text


def test_a_voter_is_told_when_the_vote_closes_and_which_of_several_it_is(sqlite_house: House):
    item = steering.at_the_vote(sqlite_house)
    voter = item.voters["Eksempelby Kommune"]
    reader = browser(sqlite_house)
    reader.hold(cookie_of(sqlite_house, voter.actor))
    page = f"/pogi/tasks/{item.task(voter, 'Task_vote')}"
    for language, said in (
        ("da", "Afstemningen lukker Mandag 27. april"),
        ("nb", "Avstemningen lukkes Mandag 27. april"),
        ("en", "The vote closes Monday 27 April"),
    ):
        reader.client.set_cookie("mandat_language", language)
        assert said in seen(reader.get(page).text)
    reader.client.set_cookie("mandat_language", "da")
    assert "Tavshed er ingen stemme." in seen(reader.get(page).text)
    assert "Hvilken afstemning" not in seen(reader.get(page).text)
    case = seen(reader.get(f"/pogi/cases/{item.case_id}").text)
    assert "27. april" in case
    assert "28. april" not in case, "the clock ends the vote when that day is over: one closing day, on every page"


def test_a_contact_that_is_still_to_come_is_refused_and_nothing_that_was_typed_is_lost(sqlite_house: House):
    dialogue = json.loads((ROOT / "forms/market-scan/dialogue.schema.json").read_text())
    drawing = process("scan").start().user("log", form="dialogue", lane="pogi.sec").end()
    sqlite_house.deploy(files(drawing, forms={"dialogue": dialogue}))
    _, log = begin(sqlite_house, "scan")
    anne = visiting(sqlite_house, "anne", "pogi.sec")
    typed = {
        "/contacts/0/supplier": "Leverandør Eksempel A/S",
        "/contacts/0/contacted_on": "2026-01-06",
        "/contacts/0/summary": "Kan levere.",
    }
    refused = anne.post(f"/pogi/tasks/{log}/complete", typed)
    assert refused.status_code == 422
    assert "Dato: En kontakt ligger efter i dag. Skriv den dag, hvor den fandt sted." in seen(refused.text)
    sent = Form(refused.text).sent
    assert {name: sent[name] for name in typed} == typed
    held = anne.post(f"/pogi/tasks/{log}/complete", typed | {"/contacts/0/contacted_on": "2026-01-05"})
    assert held.status_code == 303


def test_what_is_wrong_with_one_row_is_told_at_that_row(sqlite_house: House):
    day = {"title": "Dag", "type": "string", "format": "date"}
    row = {"type": "object", "properties": {"what": {"title": "Hvad", "type": "string"}, "on": day}}
    form = {
        "type": "object",
        "properties": {"rows": {"title": "Kontakter", "type": "array", "items": row}},
        "x-checks": [
            {"that": "date(one.on) <= today()", "field": "/rows/*/on", "message": "Dagen ligger efter i dag."}
        ],
    }
    drawing = process("rows").start().user("log", form="log", lane="pogi.sec").end()
    sqlite_house.deploy(files(drawing, forms={"log": form}))
    _, log = begin(sqlite_house, "rows")
    anne = visiting(sqlite_house, "anne", "pogi.sec")
    typed = {f"/rows/{number}/what": "Møde" for number in range(3)}
    days = {"/rows/0/on": "2026-01-05", "/rows/1/on": "2026-01-06", "/rows/2/on": "2026-01-04"}
    refused = anne.post(f"/pogi/tasks/{log}/complete", typed | days)
    assert refused.status_code == 422
    ((target, line),) = re.findall(r'<a[^>]* href="#([^"]+)"[^>]*>([^<]*ligger efter i dag[^<]*)</a>', refused.text)
    assert line == "Dag, nr. 2: Dagen ligger efter i dag."
    assert f'id="{target}"' in refused.text
    assert 'name="/rows/1/on"' in re.findall(f'<[^>]*id="{target}"[^>]*>', refused.text)[0]


def test_a_task_that_was_completed_in_another_tab_is_not_told_to_be_free(sqlite_house: House):
    sqlite_house.deploy(two_tasks())
    anne = visiting(sqlite_house, "anne", "pogi.sec")
    _, task = begin(sqlite_house, "adoption")
    anne.post(f"/pogi/tasks/{task}/complete")
    beside = seen(anne.get(f"/pogi/inbox?task={task}").text.partition('id="beside"')[2])
    assert "Anne afsluttede opgaven" in beside
    assert "Ledig" not in beside.partition("Anne afsluttede")[0]


def test_after_a_task_comes_the_next_one_of_its_case_though_another_is_more_urgent(sqlite_house: House):
    drawing = (
        process("twice").start().user("first", name="Skriv", lane="pogi.sec").user("second", lane="pogi.sec").end()
    )
    sqlite_house.deploy(files(drawing))
    starter = Call(sqlite_house.person("starter", "pogi.sec").actor, sqlite_house.ports)
    begun = (instances.start(starter, "twice", {}, number) for number in ("2026-4", "2026-5"))
    older, newer = ((str(it["case_id"]), str(it["tasks"][0]["id"])) for it in begun)
    anne = visiting(sqlite_house, "anne", "pogi.sec")
    onward = anne.post(f"/pogi/tasks/{newer[1]}/complete").headers["Location"]
    page = anne.get(onward).text
    assert f"/pogi/cases/{newer[0]}" in page
    assert f"/pogi/tasks/{older[1]}" not in onward
    last = anne.post(f"{onward.partition('?')[0]}/complete").headers["Location"]
    assert f"/pogi/tasks/{older[1]}" in last, "nothing is left of that case"


@pytest.mark.parametrize(
    ("language", "refusal", "warning"),
    [
        ("da", "Mødedagen er ikke en arbejdsdag. Vælg en anden, eller skriv, hvorfor", "Dagen er ikke en arbejdsdag."),
        ("nb", "Møtedagen er ikke en arbeidsdag. Velg en annen, eller skriv hvorfor", "Dagen er ikke en arbeidsdag."),
        ("en", "The day of the meeting is not a working day. Choose another", "The day is not a working day."),
    ],
)
def test_a_meeting_on_a_day_off_is_asked_about_and_whoever_agrees_to_it_is_told(
    sqlite_house: House, language: str, refusal: str, warning: str
):
    item = steering.item(sqlite_house)
    anne, carl = visiting(sqlite_house, "anne", "pogi.sec"), visiting(sqlite_house, "carl", "pogi.chair")
    for reader in (anne, carl):
        reader.client.set_cookie("mandat_language", language)
    address = f"/pogi/tasks/{item.task(item.sec, 'Task_agenda')}/complete"
    saturday = {"/meeting_on": "2026-04-18", "/meeting": "spring"}
    refused = anne.post(address, saturday)
    assert refused.status_code == 422
    assert refusal in seen(refused.text)
    assert Form(refused.text).sent["/meeting_on"] == "2026-04-18"
    assert anne.post(address, saturday | {"/exception": "Alle kan kun den dag."}).status_code == 303
    agree = carl.get(f"/pogi/tasks/{item.task(item.chair, 'Task_agree_agenda')}").text
    assert warning in seen(agree)
    assert "Alle kan kun den dag." in seen(agree)
