"""Rows of what waits for somebody or something are held against the journal as well."""

from typing import Any

from service.commands import cases as cases_
from service.commands import deployments, erasures, instances, tasks
from service.domain.erasures import Wanted
from service.queries import bundles
from service.runtime.command import Call
from tests.app.copied import WORKSPACE, compared, places
from tests.app.house import START, House, gate, two_tasks, waiting
from tests.app.tampering import changed, every, key, one


def test_what_waits_is_compared_too(house: House):
    owner = house.person("olga", "process.owner", "pogi.sec")
    house.deploy(waiting())
    house.deploy(gate())
    call = Call(owner.actor, house.ports)
    instances.start(call, "waiting", {}, None)
    started = instances.start(call, "gate", {}, None)
    assert tasks.complete(call, started["tasks"][0]["id"], {})["incident"] is not None
    assert deployments.deploy(call, bundles.sent(two_tasks()), "", create_roles=True)["approval"] is not None
    cases_.suspend(house.operator(), started["case_id"], "It waits.")
    (sealed,) = every("disclosures", WORKSPACE)
    erasures.request(house.operator(), Wanted((sealed["commitment"],)), "retention", "It is time.")
    assert compared().differences == []
    forging: dict[str, dict[str, Any]] = {
        "timers": {"due_at": START},
        "incidents": {"kind": "forged"},
        "proposed_deployments": {"bundle_digest": "f" * 64},
        "erasures": {"basis": "gdpr-17-1-d"},
    }
    for name, columns in forging.items():
        with changed((name, key(name, one(name, workspace_id=WORKSPACE)), columns)):
            assert places(compared().differences) == {(name, *columns)}
    stopped = one("incidents", workspace_id=WORKSPACE)
    for column, forged, named in (
        ("move", stopped["move"] | {"answers": {"share": 99}}, "answers"),
        ("moved_by", stopped["moved_by"] | {"actor": "somebody"}, "answered_by"),
    ):
        with changed(("incidents", key("incidents", stopped), {column: forged})):
            assert places(compared().differences) == {("incidents", named)}
