"""A case that is closed to others: whoever may not read it finds nothing of it, and whoever may leaves an entry."""

import re
from dataclasses import replace

import pytest

from service.commands import access, accounts, documents, instances, tasks
from service.domain.access import AccessGroundUnknown, CaseNotClosedOff, ReadersMissing
from service.domain.errors import CaseNotFound, ProcessOwnerNeeded
from service.queries.accounts import bearer
from service.runtime.command import Call
from service.store import db, journal
from service.store.tables import RoleHolding
from tests.app.browsing import Browser, browser
from tests.app.house import START, House, Someone, gate, two_tasks
from tests.app.visiting import cookie_of
from tests.web.reading import seen

WORD = "Fortrolig leverandørsag"


@pytest.fixture
def sec(house: House) -> Someone:
    return house.person("sec", "pogi.sec")


@pytest.fixture
def hostile(house: House) -> Someone:
    """Who has a role here, and none of those that the case is for: she may take its second task."""
    return house.person("mallory", "pogi.chair")


@pytest.fixture
def case(house: House, sec: Someone, hostile: Someone) -> str:
    """A case of the secretariat's, closed to all others: the first task is done, the second waits for the chair."""
    house.deploy(two_tasks())
    started = instances.start(Call(sec.actor, house.ports), "adoption", {}, WORD)
    documents.add(Call(sec.actor, house.ports), "tilbud.txt", "text/plain", b"dear", started["case_id"])
    tasks.complete(Call(sec.actor, house.ports), started["tasks"][0]["id"], {})
    access.close_off(house.operator(), started["case_id"], "dk-ofl-30", ["pogi.sec"], "Tenders are in it.")
    return str(started["case_id"])


def at(house: House, someone: Someone) -> Browser:
    visitor = browser(house)
    visitor.hold(cookie_of(house, someone.actor))
    return visitor


def reads(case: str) -> list[str]:
    with db.reading() as session:
        return [it["data"]["what"] for it in journal.entries(session, "pogi", case) if it["kind"] == "case.read"]


def ids(case: str) -> dict[str, str]:
    with db.reading() as session:
        rows = session.connection()

        def first(statement: str) -> str:
            return str(rows.exec_driver_sql(statement).scalars().first())

        return {
            "case_id": case,
            "task_id": first("SELECT id FROM tasks WHERE state = 'open'"),
            "instance_id": first("SELECT id FROM instances"),
            "document_id": first("SELECT id FROM documents"),
        }


def test_a_hostile_reader_finds_nothing_of_it_anywhere(house: House, sec: Someone, hostile: Someone, case: str):
    page = at(house, hostile)
    here = ids(case)
    for path in (
        f"/pogi/cases/{case}",
        f"/pogi/cases/{case}/timeline",
        f"/pogi/cases/{case}/timeline?check",
        f"/pogi/cases/{case}/access",
        f"/pogi/documents/{here['document_id']}",
    ):
        assert page.get(path).status_code == 404, path
    for path in (f"/api/v1/cases/{case}", f"/api/v1/instances/{here['instance_id']}"):
        assert hostile.get(path).status_code == 404, path
    assert hostile.get(f"/api/v1/instances/{here['instance_id']}/journal").status_code == 404
    lists = (
        "/pogi/cases",
        "/pogi/inbox",
        "/pogi/inbox?scope=roles",
        f"/pogi/inbox?case={case}",
        "/pogi/cases?q=Fortrolig",
    )
    for path in (*lists, f"/pogi/tasks/{here['task_id']}", f"/pogi/inbox?task={here['task_id']}"):
        answer = page.get(path)
        assert answer.status_code == 200, path
        assert WORD not in answer.text, path
    for path in ("/api/v1/cases", "/api/v1/tasks?scope=all", f"/api/v1/tasks/{here['task_id']}"):
        answer = hostile.get(path)
        assert answer.status_code == 200 and WORD not in answer.text, path
    assert hostile.get("/api/v1/cases").json["cases"] == []
    assert here["task_id"] not in page.get("/pogi/inbox?q=Fortrolig").text, "nor does she find the task by its name"
    assert here["task_id"] in page.get("/pogi/inbox?q=vote").text, "but she can still do it"
    assert reads(case) == [], "what she was refused was not read"
    done = hostile.post(f"/api/v1/tasks/{here['task_id']}/complete", {"answers": {"vote": "for"}})
    assert done.status_code == 200


def test_what_is_not_hers_to_see_is_not_there_and_what_is_not_hers_to_do_says_so(house: House, sec: Someone):
    """404 for what she may not see, whatever she may do; 403 for what she sees and may not do."""
    house.deploy(gate())
    started = instances.start(Call(sec.actor, house.ports), "gate", {}, None)
    case, task = str(started["case_id"]), started["tasks"][0]["id"]
    stopped = tasks.complete(Call(sec.actor, house.ports), task, {})["incident"]["id"]
    chair, stranger = house.person("carl", "pogi.chair"), house.person("stranger")
    reason: dict[str, object] = {"reason": "x"}
    deeds: list[tuple[str, dict[str, object]]] = [
        (f"incidents/{stopped}/retry", {}),
        (f"incidents/{stopped}/skip", reason),
        (f"cases/{case}/suspend", reason),
        (f"cases/{case}/cancel", reason),
        (f"instances/{ids(case)['instance_id']}/migrate", {"version": 1, **reason}),
    ]
    for path, body in deeds:
        assert (path, chair.post(f"/api/v1/{path}", body).status_code) == (path, 403)
        assert (path, stranger.post(f"/api/v1/{path}", body).status_code) == (path, 404)
    page = at(house, chair).get(f"/pogi/incidents/{stopped}")
    assert page.status_code == 403 and "Det er for dem, der ejer processerne her" in seen(page.text)
    access.close_off(house.operator(), case, "dk-ofl-30", ["pogi.sec"], "Tenders are in it.")
    owner = house.person("olga", "process.owner")
    for someone in (chair, owner):
        for path, body in deeds:
            assert (path, someone.post(f"/api/v1/{path}", body).status_code) == (path, 404)
        assert at(house, someone).get(f"/pogi/incidents/{stopped}").status_code == 404
    outside = at(house, stranger)
    for path in ("processes/gate", "processes/gate/edit", "processes/gate/move", f"cases/{case}", f"tasks/{task}"):
        assert (path, outside.get(f"/pogi/{path}").status_code) == (path, 404)
        assert path.partition("/")[0] != "processes" or at(house, owner).get(f"/pogi/{path}").status_code == 200


def test_whoever_may_read_it_leaves_an_entry_each_time(house: House, sec: Someone, case: str):
    page, here = at(house, sec), ids(case)
    assert WORD in page.get("/pogi/cases").text
    assert reads(case) == [], "a list is no reading of the case"
    assert "Offentlighedsloven § 30" in seen(page.get(f"/pogi/cases/{case}").text)
    assert page.get(f"/pogi/cases/{case}/timeline").status_code == 200
    assert sec.get(f"/api/v1/cases/{case}").json["access_basis"] == "dk-ofl-30"
    assert sec.get(f"/api/v1/instances/{here['instance_id']}/journal").status_code == 200
    assert len(reads(case)) == 4 and reads(case)[:2] == ["cases.one", "timeline.timeline"]
    with db.reading() as session:
        by = {it["actor"] for it in journal.entries(session, "pogi", case) if it["kind"] == "case.read"}
    assert by == {sec.actor.person_id}
    for there_is_none in ("timeline?step=999", "access"):
        assert page.get(f"/pogi/cases/{case}/{there_is_none}").status_code == 404
    assert page.get(f"/pogi/decisions/{case}/999").status_code == 404
    assert len(reads(case)) == 4, "what was not given was not read"


def test_who_would_no_longer_read_it_is_told_and_says_that_she_means_it(house: House, sec: Someone, case: str):
    owner = at(house, house.person("olga", "process.owner", "pogi.sec"))
    address = f"/pogi/cases/{case}/access"
    form = {"basis": "dk-fvl-27", "readers": "auditor", "reason": "Der er tilbud i den."}
    house.role("auditor")
    refused = owner.post(address, form)
    assert refused.status_code == 422 and "Du lukker dig selv ude" in seen(refused.text)
    assert owner.get(address).status_code == 200, "nothing was changed"
    assert owner.post(address, form | {"readers": "pogi.sec"}).headers["Location"].endswith("did=closed")
    assert owner.post(address, form | {"leave": "yes"}).headers["Location"].endswith("/pogi/cases")
    assert owner.get(address).status_code == 404


def test_every_address_that_leads_into_a_case_keeps_its_readers(house: House, case: str):
    """Whatever page comes next: what takes the id of a case or of something in it and shows it has been noted before."""
    admin = house.person("ada", "admin", "process.owner")
    page, here = at(house, admin), ids(case)
    looked = 0
    for rule in house.app.url_map.iter_rules():
        named = set(rule.arguments) & here.keys()
        if not named or "GET" not in (rule.methods or ()) or set(rule.arguments) - named - {"workspace"}:
            continue
        values = {**{name: here[name] for name in named}, "workspace": "pogi"}
        path = re.sub(r"<(?:[^>]*:)?(\w+)>", lambda it: values[it[1]], rule.rule)  # noqa: B023 - used at once
        before = len(reads(case))
        answer = admin.get(path) if path.startswith("/api/") else page.get(path)
        if answer.status_code == 200:
            looked += 1
            assert len(reads(case)) == before + 1, path
    assert looked >= 6


def test_who_has_a_role_in_the_case_reads_it_and_an_open_case_keeps_no_reader(house: House, sec: Someone, case: str):
    guest = house.person("guest")
    with db.transaction() as session:
        session.add(
            RoleHolding(
                workspace_id="pogi",
                id="h",
                person_id=guest.actor.person_id,
                role_key="pogi.chair",
                case_id=case,
                valid_from=START,
            )
        )
    assert guest.get(f"/api/v1/cases/{case}").status_code == 200
    assert len(reads(case)) == 1
    access.open_up(house.operator(), case, "The contract is awarded.")
    assert sec.get(f"/api/v1/cases/{case}").json["access_basis"] is None
    assert len(reads(case)) == 1
    with pytest.raises(CaseNotClosedOff):
        access.open_up(house.operator(), case, "The contract is awarded.")


def test_who_may_close_a_case_and_on_what_ground(house: House, sec: Someone, case: str):
    owner = Call(house.person("olga", "process.owner", "pogi.sec").actor, house.ports)
    with pytest.raises(ProcessOwnerNeeded):
        access.close_off(Call(sec.actor, house.ports), case, "dk-ofl-30", ["pogi.sec"], "why")
    for basis in ("no-offl-13", "because", ""):
        with pytest.raises(AccessGroundUnknown, match="dk-fvl-27"):
            access.close_off(owner, case, basis, ["pogi.sec"], "why")
    for readers in ([], ["nobody"], ["pogi.sec", "nobody"]):
        with pytest.raises(ReadersMissing):
            access.close_off(owner, case, "dk-fvl-27", readers, "why")
    barred = replace(owner.actor, barred=frozenset({case}))
    with pytest.raises(CaseNotFound):
        access.open_up(Call(barred, house.ports), case, "why")
    assert access.close_off(owner, case, "dk-fvl-27", ["pogi.chair"], "why")["readers"] == ["pogi.chair"]
    found = bearer_of(house, "mallory")
    assert (found.closed, found.barred) == (frozenset({case}), frozenset())


def bearer_of(house: House, name: str):
    made = "p" * 8
    accounts.give_token(house.operator(), name, made, "d", house.later(days=1))
    found = bearer(made, house.ports.now(), house.ports.now().replace(year=2025))
    assert found is not None
    return found[1]


def test_its_owner_closes_and_opens_it_on_a_page_that_says_who_has_read_it(house: House, sec: Someone, case: str):
    owner = at(house, house.person("olga", "process.owner", "pogi.sec"))
    member = at(house, sec)
    assert member.get(f"/pogi/cases/{case}/access").status_code == 404
    address = f"/pogi/cases/{case}/access"
    text = seen(owner.get(address).text)
    assert "Lukket for andre: Offentlighedsloven § 30" in text and "Olga" in text
    form = {"basis": "", "readers": "pogi.sec", "reason": "Der er tilbud i den."}
    assert "Retsgrundlag: vælg et." in seen(owner.post(address, form).text)
    opened = owner.post(address, {"do": "open", "reason": "Kontrakten er tildelt."})
    assert opened.headers["Location"].endswith("did=opened")
    assert "Alle, der har en rolle i dette arbejdsrum, må læse sagen." in seen(owner.get(address).text)
    closed = owner.post(address, form | {"basis": "dk-fvl-27"})
    assert closed.headers["Location"].endswith("did=closed")
    with db.reading() as session:
        entry = [it for it in journal.entries(session, "pogi", case) if it["kind"] == "case.closed_off"][-1]
    assert entry["data"]["basis"] == "dk-fvl-27" and set(entry["data"]["reason"]) == {"sealed"}
