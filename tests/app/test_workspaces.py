"""One service, two workspaces: what belongs to one is not there for the people of the other, by any address or table.

Addresses come from the application's own map and tables from the metadata: a new one that forgets the workspace fails
here, and one that names a thing nobody has told these tests about fails until somebody does.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule

from service.commands import deployments, documents, instances, measures, outbox, roles, tasks, webhooks, witnesses
from service.post import Webhooks
from service.queries import bundles
from service.runtime.command import Call
from service.store import db
from service.store.tables import Base, InForce
from tests.app.browsing import Browser, browser
from tests.app.erasing import erase
from tests.app.house import House, Someone, gate, two_tasks, waiting
from tests.app.logged import logged
from tests.app.records import SAMPLE, partnership
from tests.operations.test_targets import in_force

PASSWORD = "a long enough password"
WITHOUT_A_WORKSPACE = {"/static/", "/api/v1/openapi.json", "/healthz", "/readyz", "/language", "/problems/", "/sign-"}
PUBLIC = ("/api/v1/targets", "/<workspace>/maal", "/<workspace>/log/checkpoint", "/<workspace>/log/tile")
"""The register of targets (P11), and the hashes of the log: anybody may read them."""


@pytest.fixture
def things(house: House) -> dict[str, str]:
    """Something of every sort in pogi, by the name that addresses give it."""
    sec = house.person("sec", "pogi.sec")
    partnership(house)
    _, target = in_force(house)
    house.deploy(gate())
    started = instances.start(Call(sec.actor, house.ports), "gate", {}, None)
    task = started["tasks"][0]["id"]
    failed = tasks.complete(Call(sec.actor, house.ports), task, {})
    paper = documents.add(house.operator(), "a.txt", "text/plain", b"a", started["case_id"])["id"]
    strategy = measures.register(house.operator(), "S", (2020, 2024), "M", [("D", "L1")], SAMPLE)
    measure = measures.add(house.operator(), strategy["goals"][0], 1, "T", "must", SAMPLE)["id"]
    held = roles.grant(house.operator(), "sec", "pogi.sec")["id"]
    owner = Call(house.person("owner", "process.owner").actor, house.ports)
    proposed = deployments.deploy(owner, bundles.sent(two_tasks()), "", True)["approval"]
    hook, message = _undelivered(house)
    with db.reading() as session:
        row = session.get_one(InForce, ("pogi", "gate"))
    return {
        "workspace": "pogi",
        "instance_id": started["id"],
        "case_id": started["case_id"],
        "task_id": task,
        "incident_id": failed["incident"]["id"],
        "key": "gate",
        "bundle": "gate",
        "digest": row.bundle_digest,
        "name": "gate.bpmn",
        "target": target,
        "document_id": paper,
        "measure_id": measure,
        "decision": "enough",
        "what": "roles",
        "row_id": held,
        "id": held,
        "proposal_id": proposed,
        "webhook_id": hook,
        "message_id": message,
        "witness_id": witnesses.add(house.operator(), "mail", "revision@example.dk")["id"],
        "place": _signed(house),
        "erasure_id": _erased(house, started["case_id"]),
        "form": "json",
        "person_id": sec.actor.person_id or "",
    }


def _signed(house: House) -> str:
    """The log as it is signed; gives a tile of it."""
    logged(house).round()
    return "0/000.p/1"


def _erased(house: House, case: str) -> str:
    """An erasure that was carried out."""
    letter = documents.add(house.operator(), "b.txt", "text/plain", b"b", case)["id"]
    return erase(house, documents=[letter])


def _undelivered(house: House) -> tuple[str, str]:
    """A receiver of events, and one that did not reach it."""
    call = Call(house.operator().actor, replace(house.ports, http=Webhooks()))
    hook = webhooks.add(call, "https://example.dk/in", ["bundle.deployed"])["id"]
    house.deploy(waiting())
    (message,) = outbox.lease(call, "relay", ["webhook"])["messages"]
    outbox.mark_failed(call, message["id"], "relay", "gone", True)
    return hook, message["id"]


@pytest.fixture
def neighbour(house: House) -> Someone:
    """Who may do everything in the other workspace."""
    return house.person("kari", "admin", "process.owner", "lill.owner", workspace="lillestrom", password=PASSWORD)


@pytest.fixture
def signed_in(house: House, neighbour: Someone) -> Browser:
    page = browser(house)
    page.sign_in("kari", PASSWORD)
    return page


def rules(house: House) -> Iterator[Rule]:
    for rule in house.app.url_map.iter_rules():
        if rule.rule != "/" and not any(rule.rule.startswith(start) for start in WITHOUT_A_WORKSPACE):
            yield rule


def filled(rule: Rule, things: dict[str, str]) -> str:
    """The rule's address with the things of pogi in it."""

    def value(match: re.Match[str]) -> str:
        name = re.sub(r"^.*\):|^[^(]*:", "", match[1])
        if name in ("number", "token"):
            return "1"
        return things["target" if rule.rule.startswith(PUBLIC) and name == "key" else name]

    return re.sub(r"<([^>]+)>", value, rule.rule)


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def test_nothing_of_a_workspace_is_there_for_a_token_of_the_other(house: House, things, neighbour: Someone):
    api = [rule for rule in rules(house) if rule.rule.startswith("/api/")]
    assert len(api) > 10
    own = {value for name, value in things.items() if name.endswith("_id")} | {things["digest"]}
    for rule in api:
        for method in methods(rule):
            path = filled(rule, things)
            answer = neighbour.client.open(
                path, method=method, json=BODIES.get(rule.rule.rpartition("/")[2]), headers=neighbour.headers()
            )
            if rule.rule.startswith(PUBLIC):
                assert answer.status_code == 200, path
            elif "<" in rule.rule:
                assert answer.status_code == 404, (method, path, answer.json)
            else:
                assert answer.status_code < 500, (method, path)
                assert not [value for value in own if value in answer.get_data(as_text=True)], (method, path)


BODIES = {
    "assign": {"person": "anybody"},
    "cancel": {"reason": "Nobody goes on with it."},
    "correct": {"values": {"share": 60}, "reason": "It was missing."},
    "resume": {"reason": "It is found out."},
    "skip": {"reason": "Not this time."},
    "suspend": {"reason": "Something is found out."},
    "complete": {"answers": {}},
    "draft": {"answers": {}},
    "end": {"reason": "mistake"},
    "migrate": {"version": 1, "reason": "The new one is mended."},
    "instances": {"definition": "gate"},
}


def test_nothing_of_a_workspace_is_there_for_a_browser_of_the_other(house: House, things, signed_in: Browser):
    pages = [rule for rule in rules(house) if rule.rule.startswith("/<") and not rule.rule.startswith(PUBLIC)]
    assert pages
    for rule in pages:
        path = filled(rule, things)
        for method in methods(rule):
            if method == "GET":
                answer = signed_in.get(path)
            else:
                answer = signed_in.post(path, {"csrf_token": signed_in.token("/")})
            assert answer.status_code == 404, (method, path)


def test_a_page_of_a_workspace_asks_who_is_there(house: House, things):
    for rule in rules(house):
        if rule.rule.startswith("/<") and "GET" in methods(rule):
            answer = house.app.test_client().get(filled(rule, things))
            expected = (200,) if rule.rule.startswith(PUBLIC) else (303, 404)
            assert answer.status_code in expected, rule.rule


def test_every_row_of_a_workspace_names_it_and_hangs_on_rows_of_the_same(house: House, things):
    """Every foreign key between rows of a workspace goes over the workspace too: no row can hang on another's."""
    for table in Base.metadata.sorted_tables:
        if "workspace_id" not in table.columns:
            continue
        for constraint in table.foreign_key_constraints:
            other = constraint.referred_table
            if "workspace_id" in other.columns:
                assert constraint.column_keys[0] == "workspace_id", (table.name, constraint.name)
        with db.reading() as session:
            owners = set(session.scalars(select(table.columns.workspace_id)))
        assert owners <= {"pogi", "lillestrom", "*"}, table.name


def test_the_openapi_description_names_every_address(house: House):
    described = json.loads(house.app.test_client().get("/api/v1/openapi.json").data)["paths"]
    named = {re.sub(r"<(?:[^:>]+:)?([^:>]+)>", r"{\1}", rule.rule) for rule in rules(house) if "/api/" in rule.rule}
    assert named == set(described)
