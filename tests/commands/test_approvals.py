"""Outside a demonstration a new version is in force once a second person has approved it."""

from dataclasses import replace

import pytest

from service.commands import deployments, instances
from service.domain.errors import (
    ApprovalPending,
    BundleRefused,
    DefinitionNotFound,
    OwnProposal,
    ProposalNotFound,
    VersionMovedOn,
)
from service.queries import bundles, definitions, processes, proposals
from service.runtime.command import Call
from service.store import db, journal
from tests.app.house import House, gate, two_tasks
from tests.diagrams import process


@pytest.fixture
def olga(house: House) -> Call:
    return Call(house.person("olga", "process.owner", "pogi.sec").actor, house.ports)


@pytest.fixture
def per(house: House) -> Call:
    return Call(house.person("per", "process.owner").actor, house.ports)


def version(label: str) -> dict[str, bytes]:
    drawing = process("adoption").start().user("prepare", name=label, lane="pogi.sec").end("adopted")
    return {"adoption.bpmn": drawing.bpmn()}


def told(house: House) -> list[tuple[str, str]]:
    """What the journal says of deployments, and who did it."""
    with db.reading() as session:
        entries = journal.entries(session, "pogi", "pogi", limit=1000)
    kinds = ("deployment.proposed", "deployment.withdrawn", "bundle.deployed")
    return [(it["kind"], it["actor"]) for it in entries if it["kind"] in kinds]


def test_it_waits_and_nothing_starts_until_a_second_person_approves_it(house: House, olga: Call, per: Call):
    proposed = deployments.deploy(olga, bundles.sent(two_tasks()), "Første udgave", True)
    assert (proposed["version"], proposed["roles_created"]) == (None, [])
    with pytest.raises(DefinitionNotFound):
        instances.start(olga, "adoption", {}, None)
    with pytest.raises(OwnProposal):
        deployments.approve(olga, proposed["approval"])
    (waiting,) = proposals.waiting(per.actor, "da")
    assert (waiting["by"], waiting["note"], waiting["own"]) == ("Olga", "Første udgave", False)
    approved = deployments.approve(per, proposed["approval"])
    assert (approved["version"], approved["roles_created"]) == (1, ["pogi.chair"])
    assert instances.start(olga, "adoption", {}, None)["incident"] is None
    (shown,) = processes.process(per.actor, "adoption", "da")["versions"]
    assert (shown["deployed_by"], shown["approved_by"], shown["note"]) == ("Olga", "Per", "Første udgave")
    assert told(house) == [
        ("deployment.proposed", olga.actor.person_id),
        ("bundle.deployed", per.actor.person_id),
    ]
    with pytest.raises(ProposalNotFound):
        deployments.approve(per, proposed["approval"])


def test_what_runs_and_starts_meanwhile_is_on_the_version_before(house: House, olga: Call, per: Call):
    house.deploy(version("Forbered"))
    proposed = deployments.deploy(olga, bundles.sent(version("Indkald")), "Klarere")
    assert instances.start(olga, "adoption", {}, None)["tasks"][0]["name"] == "Forbered"
    deployments.approve(per, proposed["approval"])
    assert instances.start(olga, "adoption", {}, None)["tasks"][0]["name"] == "Indkald"


def test_it_is_withdrawn_by_whoever_owns_processes_and_was_never_in_force(house: House, olga: Call, per: Call):
    proposed = deployments.deploy(olga, bundles.sent(two_tasks()), "", True)
    deployments.withdraw(per, proposed["approval"])
    assert definitions.in_force(olga.actor) == []
    assert proposals.waiting(per.actor, "da") == []
    assert [kind for kind, _ in told(house)] == ["deployment.proposed", "deployment.withdrawn"]


def test_one_version_of_a_bundle_waits_at_a_time(house: House, olga: Call, per: Call):
    house.role("pogi.chair")
    first = deployments.deploy(olga, bundles.sent(version("Forbered")))
    assert deployments.deploy(olga, bundles.sent(version("Forbered")))["approval"] == first["approval"]
    with pytest.raises(ApprovalPending, match="Olga"):
        deployments.deploy(per, bundles.sent(version("Planlæg")))
    second = deployments.deploy(olga, bundles.sent(version("Indkald")))
    assert second["approval"] != first["approval"], "her own gives way to what she thought of since"
    with pytest.raises(ProposalNotFound):
        deployments.approve(per, first["approval"])


def test_what_came_into_force_meanwhile_is_not_undone_unseen(house: House, olga: Call, per: Call):
    house.deploy(version("Forbered"))
    proposed = deployments.deploy(olga, bundles.sent(version("Indkald")))
    house.deploy(version("Planlæg"))
    with pytest.raises(VersionMovedOn):
        deployments.approve(per, proposed["approval"])


def test_it_is_looked_at_again_when_it_is_approved(house: House, olga: Call, per: Call):
    house.deploy(version("Forbered"))
    drawing = process("adoption").start().user("prepare", lane="Ukendt").end("adopted")
    with pytest.raises(BundleRefused):
        deployments.deploy(olga, bundles.sent({"adoption.bpmn": drawing.bpmn()}))
    proposed = deployments.deploy(olga, bundles.sent({"adoption.bpmn": drawing.bpmn()}), "", True)
    assert deployments.approve(per, proposed["approval"])["roles_created"] == ["Ukendt"]


def test_in_a_demonstration_and_for_the_installation_nobody_is_waited_for(house: House, olga: Call):
    demo = Call(olga.actor, replace(house.ports, demo=True))
    assert deployments.deploy(demo, bundles.sent(two_tasks()), "", True)["version"] == 1
    assert deployments.deploy(house.operator(), bundles.sent(gate()), "", True)["version"] == 1


def test_a_program_proposes_and_another_approves(house: House):
    olga, per, bo = (house.person(name, role) for name, role in
                     (("olga", "process.owner"), ("per", "process.owner"), ("bo", "pogi.sec")))  # fmt: skip
    call = Call(olga.actor, house.ports)
    waits = deployments.deploy(call, bundles.sent(two_tasks()), "", True)["approval"]
    assert [it["id"] for it in per.get("/api/v1/definitions/approvals").json["approvals"]] == [waits]
    assert bo.get("/api/v1/definitions/approvals").json["approvals"] == []
    address = f"/api/v1/definitions/approvals/{waits}"
    assert olga.post(f"{address}/approve").status_code == 403
    for move in ("approve", "withdraw"):
        assert bo.post(f"{address}/{move}").status_code == 404, "to him there is none"
    assert per.post(f"{address}/approve").json["version"] == 1
    assert per.post(f"{address}/withdraw").status_code == 404
