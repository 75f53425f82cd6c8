import pytest
from sqlalchemy import select

from service.commands import deployments, instances, roles
from service.domain.errors import BundleRefused, DefinitionNotFound, ProcessKeyTaken
from service.queries import bundles
from service.runtime.command import Call
from service.store import db, journal
from service.store.tables import Deployment, InForce, Role
from tests.app.house import House, two_tasks
from tests.diagrams import process


def test_a_lane_without_a_role_stops_the_deployment_and_names_the_role(house: House):
    with pytest.raises(BundleRefused) as refused:
        deployments.deploy(house.operator(), bundles.sent(two_tasks()))
    assert {finding.rule for finding in refused.value.findings if finding.level == "error"} == {"lane-without-role"}
    assert any("pogi.chair" in fault.message for fault in refused.value.faults)
    with db.reading() as session:
        assert session.scalars(select(Deployment)).all() == []


def test_the_roles_that_lanes_name_can_be_made(house: House):
    answer = deployments.deploy(house.operator(), bundles.sent(two_tasks()), "first", True)
    assert answer["roles_created"] == ["pogi.chair", "pogi.sec"] or answer["roles_created"] == [
        "pogi.sec",
        "pogi.chair",
    ]
    with db.reading() as session:
        assert {"pogi.sec", "pogi.chair"} <= set(session.scalars(select(Role.key).where(Role.workspace_id == "pogi")))
        told = journal.entries(session, "pogi", "pogi")
    assert [entry["kind"] for entry in told] == ["role.added", "role.added", "bundle.deployed"]
    assert told[-1]["data"]["processes"] == ["adoption"]


def test_a_lane_may_bear_the_name_that_the_body_itself_uses(house: House):
    roles.add(house.operator(), "pogi.sec", "Sekretariatet")
    drawing = process("named").start().user("prepare", lane="Sekretariatet").end()
    house.deploy({"named.bpmn": drawing.bpmn()})
    secretary = house.person("secretary", "pogi.sec")
    started = instances.start(Call(secretary.actor, house.ports), "named", {}, None)
    assert started["tasks"][0]["role"] == "pogi.sec"


def test_a_process_belongs_to_one_bundle(house: House):
    house.deploy(two_tasks())
    other = b'{"key": "other", "titles": {"en": "Other"}, "source_language": "en", "process": "adoption"}'
    with pytest.raises(ProcessKeyTaken, match="adoption already belongs to the bundle adoption"):
        house.deploy(two_tasks() | {"bundle.json": other})


def test_a_process_that_the_new_version_lacks_is_no_longer_in_force(house: House):
    given = b'{"key": "all", "titles": {"en": "All"}, "source_language": "en", "process": "one"}'
    one, two = (process(key).start().user("do", lane="admin").end().bpmn() for key in ("one", "two"))
    house.deploy({"one.bpmn": one, "two.bpmn": two, "bundle.json": given})
    house.deploy({"one.bpmn": one, "bundle.json": given})
    with db.reading() as session:
        assert session.scalars(select(InForce.process_key)).all() == ["one"]
    with pytest.raises(DefinitionNotFound):
        instances.start(house.operator(), "two", {}, None)
    assert instances.start(house.operator(), "all", {}, None)["definition"] == "one"


def test_workspaces_do_not_see_one_anothers_processes(house: House):
    house.deploy(two_tasks())
    with pytest.raises(DefinitionNotFound):
        instances.start(house.operator("lillestrom"), "adoption", {}, None)
    assert house.deploy(two_tasks(), "lillestrom")["version"] == 1


def test_a_form_that_cannot_be_used_stops_the_deployment(house: House):
    with pytest.raises(BundleRefused) as refused:
        house.deploy(two_tasks() | {"vote.schema.json": b'{"patternProperties": {"(a+)+$": {}}}'})
    assert any("a form cannot use patternProperties" in fault.message for fault in refused.value.faults)
