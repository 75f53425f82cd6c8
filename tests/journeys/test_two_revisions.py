"""Several cases about one target at once: only one makes a new version, and the others come to their end all the same."""

import re
from dataclasses import dataclass, replace

import pytest

from service.commands import cases, instances, tasks
from service.domain.errors import AnswersRefused
from service.identity.clockwork import fire_due
from service.queries import matters, targets
from service.queries.matters import View
from service.queries.tasks import inbox
from service.runtime.command import Call
from tests.app.browsing import Browser
from tests.app.copied import compared, places
from tests.app.house import House
from tests.app.records import desk, partnership, shipped
from tests.app.steering import at_the_discussion
from tests.app.visiting import visiting
from tests.diagrams import process
from tests.operations.test_targets import in_force, statuses, voted
from tests.support.covering import covers
from tests.web.reading import seen
from tests.web.sending import Form

PROPOSAL = {
    "kind": "revision",
    "title": "Eksempel: arbejdstøj",
    "category": "Tekstiler",
    "cpv": "18110000-3",
    "need": "Nye mærker.",
    "environmental_effect": "Mindre affald.",
    "supply_effect": "Flere leverandører.",
}


@dataclass(frozen=True)
class Work:
    """A target in force, the secretariat at its pages, and whoever owns the processes."""

    house: House
    target: str
    sec: Call
    anne: Browser
    owner: Call

    def begin(self, why: str | None = None) -> str:
        """A review of the target; gives its task to choose the path."""
        asked = {"target": self.target, "cause": "law"} | ({"again_reason": why} if why else {})
        started = instances.start(self.sec, "revision", asked, None)
        assert started["incident"] is None, started["incident"]
        return str(started["tasks"][0]["id"])

    def choose(self, task: str, path: str) -> None:
        done = tasks.complete(self.sec, task, {"path": path, "path_reason": "Derfor."})
        assert done["incident"] is None, done["incident"]

    def page(self, task: str) -> str:
        return self.anne.get(f"/pogi/tasks/{task}").text

    def open_task(self, activity: str, call: Call | None = None) -> str:
        """The task of that activity that waits, for the secretariat or whoever calls."""
        (found,) = (it["id"] for it in inbox((call or self.sec).actor, "roles")["tasks"] if it["activity"] == activity)
        return str(found)

    def case_of(self, task: str) -> str:
        found = re.search(r"/pogi/cases/([0-9a-f-]{36})", self.page(task))
        assert found
        return found[1]

    def listed(self) -> dict[str, str]:
        """Where the list of cases says that each is, by its name."""
        rows = re.findall(
            r'<a class="ds-link" href="[^"]+">([^<]+)</a>(.*?)</tr>', self.anne.get("/pogi/cases").text, re.DOTALL
        )
        return {name: seen(rest) for name, rest in rows}


@pytest.fixture
def work(house: House) -> Work:
    partnership(house)
    _, target = in_force(house)
    shipped(house, "decision-rules", "written-procedure", "steering-group-decision", "hearing", "publication")
    shipped(house, "editorial-adjustment", "working-group", "market-scan", "drafting", "adoption")
    shipped(house, "target-initiation", "target-lifecycle", "revision")
    sec = Call(house.person("sec", "pogi.sec").actor, house.ports)
    owner = Call(house.person("olga", "process.owner").actor, house.ports)
    return Work(house, target, sec, visiting(house, "anne", "pogi.sec"), owner)


def paths(page: str) -> list[str]:
    """The paths that the form offers."""
    return re.findall(r'name="/path"[^>]* value="([a-z]+)"', page)


def test_while_a_new_version_is_made_no_second_begins_and_the_task_says_which_case_makes_it(work: Work) -> None:
    first = work.begin()
    assert paths(work.page(first)) == ["editorial", "interim", "full", "retire", "none"]
    making = work.case_of(first)
    work.choose(first, "full")
    second = work.begin("Et mærke er ændret.")
    page = work.page(second)
    assert paths(page) == ["editorial", "interim", "none"]
    assert "En ny version er allerede ved at blive til i en anden sag." in seen(page)
    assert f'href="/pogi/cases/{making}">Revidering af et indkøbsmål: Eksempel: arbejdstøj, {work.target}</a>' in page
    for path in ("full", "retire"):
        with pytest.raises(AnswersRefused):
            tasks.complete(work.sec, second, {"path": path, "path_reason": "Derfor."})
    before = targets.target("pogi", work.target)["versions"][0]["review_on"]
    work.choose(second, "none")
    assert targets.target("pogi", work.target)["versions"][0]["review_on"] == before
    assert statuses(work.target) == ["under revision", "proposed"]


def test_a_choice_that_was_offered_before_another_case_began_is_refused_and_that_case_is_named(work: Work) -> None:
    first, second = work.begin(), work.begin("Et mærke er ændret.")
    sent = {"/path": "full", "/path_reason": "Markedet er ændret."}
    assert "full" in paths(work.page(second))
    making = work.case_of(first)
    work.choose(first, "full")
    for path in ("full", "retire"):
        refused = work.anne.post(f"/pogi/tasks/{second}/complete", sent | {"/path": path})
        assert refused.status_code == 422
        assert "En ny version er allerede ved at blive til i en anden sag." in seen(refused.text)
        assert f'href="/pogi/cases/{making}">' in refused.text
        assert "Markedet er ændret." in refused.text
        assert paths(refused.text) == ["editorial", "interim", "none"]
    cases.cancel(work.owner, making, "Markedet venter.")
    assert "full" in paths(work.page(second)), "nobody makes one any more"


@covers("P12", "P16", "P20")
def test_a_full_revision_that_members_demand_while_one_runs_stands_on_the_pages_of_both_cases(work: Work) -> None:
    first, second = work.begin(), work.begin("Et mærke er ændret.")
    making, adjusting = work.case_of(first), work.case_of(second)
    work.choose(second, "editorial")
    edit = work.open_task("Task_edit")
    written = dict(Form(work.page(edit)).sent.items()) | {"/adjustment_reason": "En ny prøvning."}
    sent = written | {"/requirements/1/evidence": "Prøvning efter EN 15797"}
    assert work.anne.post(f"/pogi/tasks/{edit}/complete", sent).status_code == 303
    chair = Call(work.house.person("chair", "pogi.chair").actor, work.house.ports)
    answers = {"approval": "approve", "approval_note": "Samme pligt."}
    assert tasks.complete(chair, work.open_task("Task_approve", chair), answers)["incident"] is None
    work.choose(first, "full")
    work.house.later(days=30)
    assert fire_due() == 1
    count, bodil = work.open_task("Task_objections"), visiting(work.house, "bodil", "pogi.sec")
    page = bodil.get(f"/pogi/tasks/{count}").text
    assert "En ny version er allerede ved at blive til i en anden sag." in seen(page)
    assert f'href="/pogi/cases/{making}">' in page
    demanded = {"/objectors": re.findall(r'name="/objectors"[^>]* value="([0-9a-f-]{36})"', page)[:2]}
    done = bodil.post(f"/pogi/tasks/{count}/complete", demanded, follow_redirects=True)
    assert f"Sagen er slut: Den er afgjort i Revidering af et indkøbsmål: Eksempel: arbejdstøj, {work.target}." in seen(
        done.text
    )
    over = bodil.get(f"/pogi/cases/{adjusting}").text
    assert "Afsluttet: Afgjort i en anden sag" in seen(over)
    assert f'Sagen er afgjort i en anden: <a class="ds-link" href="/pogi/cases/{making}">' in over
    running = bodil.get(f"/pogi/cases/{making}").text
    here = running.partition("Afgjort her")[2].partition("</section>")[0]
    assert f'href="/pogi/cases/{adjusting}">' in here
    assert "Opgør indsigelser" in seen(here)
    assert "Eksempelby Kommune" in seen(here), "who demanded it"
    assert "Prøvning efter EN 15797" in seen(here), "the adjustment that they refused"


@covers("P16")
def test_a_target_that_goes_out_waits_for_the_case_that_makes_its_new_version_and_says_who_can_stop_it(
    work: Work,
) -> None:
    first, second = work.begin(), work.begin("Ingen køber det.")
    making = work.case_of(first)
    work.choose(second, "retire")
    retire = work.open_task("Task_retire")
    assert "Den anden sag:" not in seen(work.page(retire))
    work.choose(first, "full")
    said = work.page(retire)
    assert "En ny version er ved at blive til i en anden sag." in seen(said)
    assert f'href="/pogi/cases/{making}">' in said
    decided = process("steering-group-decision").start(lane="pogi.sec").script("adopt", 'outcome = "adopted"').end()
    work.house.deploy({"steering-group-decision.bpmn": decided.bpmn()})
    voted(replace(desk(work.house), case_id=work.case_of(retire)), work.target, question="retire")
    answers = {"retirement": "retire", "retirement_reason": "Ingen køber det."}
    assert tasks.complete(work.sec, retire, answers)["incident"] is None
    settle = work.open_task("Task_pending")
    asks = seen(work.page(settle))
    assert "kan en procesejer eller en administrator standse med »Indstil sagen« på sagens side" in asks
    assert "Denne sag laver stadig en ny version: Revidering af et indkøbsmål: Eksempel: arbejdstøj" in asks
    early = work.anne.post(f"/pogi/tasks/{settle}/complete", {"/pending_note": "Vi har skrevet til Olga."})
    assert early.status_code == 422
    assert "Den anden sag laver stadig en ny version. Opgaven kan afsluttes, når den sag er slut" in seen(early.text)
    assert "Vi har skrevet til Olga." in early.text
    assert work.open_task("Task_pending") == settle, "it is the same task, with the deadline that it had"
    cases.cancel(work.owner, making, "Målet udgår.")
    assert "Ingen anden sag laver en ny version mere. Afslut opgaven, så udgår målet." in seen(work.page(settle))
    work.anne.post(f"/pogi/tasks/{settle}/complete", {"/pending_note": "Sagen er indstillet."})
    assert statuses(work.target)[0] == "retired"


def test_who_leads_the_meeting_reads_which_target_it_is_and_that_another_case_makes_a_new_version(house: House) -> None:
    found = at_the_discussion(house, target="1")
    _, target = in_force(house)
    assert target == "1"
    chair = visiting(house, "carl", "pogi.chair")
    address = f"/pogi/tasks/{found.task(found.chair, 'Task_discuss')}"
    before = seen(chair.get(address).text)
    assert "9 af 9 er mødt til punktet Eksempel: arbejdstøj" in before
    assert "En ny version af målet" not in before
    other = desk(house)
    other("targets.revise", target=target)
    now = chair.get(address).text
    assert "En ny version af målet er ved at blive til i en anden sag:" in seen(now)
    assert f'href="/pogi/cases/{other.case_id}">' in now
    chair.client.set_cookie("mandat_language", "nb")
    assert "En ny versjon av målet er i ferd med å bli til i en annen sak:" in seen(chair.get(address).text)
    chair.client.set_cookie("mandat_language", "en")
    assert "A new version of the target is being made in another case:" in seen(chair.get(address).text)


def test_a_review_of_a_target_that_goes_out_meanwhile_ends_without_an_incident(work: Work) -> None:
    waiting, adjusting = work.begin(), work.begin("Et mærke er ændret.")
    work.choose(adjusting, "editorial")
    other = desk(work.house)
    voted(other, work.target, question="retire")
    assert paths(work.page(waiting)) == ["editorial", "interim", "full", "retire", "none"]
    other("targets.retire", target=work.target)
    assert paths(work.page(waiting)) == ["gone"]
    with pytest.raises(AnswersRefused):
        tasks.complete(work.sec, waiting, {"path": "full", "path_reason": "Derfor."})
    work.choose(waiting, "gone")
    found = work.listed()
    assert "Afsluttet: Uændret" in found[f"Revidering af et indkøbsmål, {work.target}"]
    public = visiting(work.house, "gina").get("/pogi/maal").text
    assert "Udgået" in seen(public)
    assert work.target in seen(work.anne.get("/pogi/maal?status=retired").text)
    assert f"{work.target},Eksempel: arbejdstøj,Tekstiler,18110000-3,retired" in work.anne.get("/pogi/maal.csv").text
    proposal = work.anne.get("/pogi/start/target-lifecycle").text
    assert f'value="{work.target}"' not in proposal


def test_a_target_whose_new_version_is_made_is_not_proposed_for_revision_and_what_was_written_stays(work: Work) -> None:
    form = work.anne.get("/pogi/start/target-lifecycle").text
    assert f'<option value="{work.target}"' in form
    work.choose(work.begin(), "full")
    form = work.anne.get("/pogi/start/target-lifecycle").text
    assert f'<option value="{work.target}"' not in form
    assert "Et mål, som en anden sag allerede laver en ny version af, kan ikke vælges." in seen(form)
    sent = {f"/{name}": value for name, value in PROPOSAL.items()} | {"/revises": work.target}
    refused = work.anne.post("/pogi/start/target-lifecycle", sent)
    assert refused.status_code == 422
    assert "En ny version af dette mål er allerede ved at blive til" in seen(refused.text)
    assert "Nye mærker." in refused.text


def test_the_question_why_there_is_another_review_sees_a_revision_that_began_as_a_proposal(work: Work) -> None:
    started = instances.start(work.sec, "target-lifecycle", PROPOSAL | {"revises": work.target}, None)
    assert started["incident"] is None
    sent = {"/target": work.target, "/cause": "law"}
    asked = work.anne.post("/pogi/start/revision", sent)
    assert asked.status_code == 422
    assert "Skriv, hvorfor der skal en til" in seen(asked.text)
    assert started["case_id"] in asked.text
    assert work.anne.post("/pogi/start/revision", sent | {"/again_reason": "Loven."}).status_code == 303


def test_no_two_cases_are_called_the_same_and_each_that_is_over_says_how(work: Work) -> None:
    for _ in range(3):
        work.choose(work.begin(), "none")
    found = work.listed()
    names = [f"Revidering af et indkøbsmål, {work.target}{number}" for number in ("", " (2)", " (3)")]
    assert set(names) <= set(found)
    assert all("Afsluttet: Uændret" in found[name] for name in names)
    page = seen(work.anne.get(f"/pogi/cases/{matters.matters(work.sec.actor, 'da', View())['cases'][0]['id']}").text)
    assert "Afsluttet: Uændret" in page


def test_a_case_that_is_called_off_makes_its_version_no_more(work: Work) -> None:
    first = work.begin()
    case_id = work.case_of(first)
    work.choose(first, "full")
    cases.cancel(work.owner, case_id, "Markedet venter.")
    assert statuses(work.target) == ["in force", "withdrawn"]
    assert targets.target("pogi", work.target)["status"] == "in force"
    assert "Undervejs" not in work.anne.get("/pogi/maal").text
    assert "Afsluttet: indstillet" in seen(work.anne.get(f"/pogi/cases/{case_id}").text)
    second = work.begin()
    work.choose(second, "full")
    assert statuses(work.target) == ["under revision", "withdrawn", "proposed"]


def test_what_two_cases_do_to_one_target_at_one_moment_is_held_against_neither(work: Work) -> None:
    both = [work.begin(), work.begin("Et mærke er ændret.")]
    last, first = sorted(both, key=work.case_of)  # against the order in which their journals are read
    work.choose(first, "full")
    cases.cancel(work.owner, work.case_of(first), "Forkert mål.")
    work.choose(last, "full")
    assert statuses(work.target)[0] == "under revision"
    found = compared()
    assert ("target_versions", "status") not in places(found.differences), found.differences


def test_a_case_that_fails_at_its_first_move_has_a_name_and_says_why_in_the_readers_language(work: Work) -> None:
    work.choose(work.begin(), "full")
    asked = {"title": '"Eksempel"', "category": '"Tekstiler"', "kind": '"revision"', "revises": f'"{work.target}"'}
    drawing = process("again", name="Revidér igen").start(lane="pogi.sec").service("propose", "targets.propose", asked)
    work.house.deploy({"again.bpmn": drawing.end().bpmn()})
    failed = instances.start(work.sec, "again", {}, None)
    why = f"En ny version af {work.target} er allerede ved at blive til."
    assert "Revidér igen" in work.listed()
    case = seen(work.anne.get(f"/pogi/cases/{failed['case_id']}").text)
    assert f"Sagen venter på hjælp: {why}" in case
    mending = visiting(work.house, "otto", "process.owner")
    for path in ("/pogi/incidents", f"/pogi/incidents/{failed['incident']['id']}"):
        assert "Revidér igen" in seen(mending.get(path).text)
    assert why in seen(mending.get(path).text)
    english = work.anne
    english.client.set_cookie("mandat_language", "en")
    page = seen(english.get(f"/pogi/cases/{failed['case_id']}").text)
    assert f"The case waits for help: A new version of {work.target} is being made already." in page


def test_whoever_sent_what_stopped_the_case_reads_why_in_her_language(work: Work) -> None:
    work.choose(work.begin(), "full")
    asked = {"title": '"Eksempel"', "category": '"Tekstiler"', "kind": '"revision"', "revises": f'"{work.target}"'}
    drawing = process("again", name="Revidér igen").start(lane="pogi.sec").user("ask", name="Spørg", lane="pogi.sec")
    work.house.deploy({"again.bpmn": drawing.service("propose", "targets.propose", asked).end().bpmn()})
    instances.start(work.sec, "again", {}, None)
    (task,) = (it["id"] for it in inbox(work.sec.actor, "roles")["tasks"] if it["activity"] == "ask")
    work.anne.post(f"/pogi/tasks/{task}/complete")
    page = seen(work.page(task))
    assert f"Sagen kunne ikke gå videre: En ny version af {work.target} er allerede ved at blive til." in page
