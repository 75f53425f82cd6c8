"""What is in force and what runs of it, on both databases."""

import json

import pytest

from service.commands import deployments, instances, tasks
from service.domain.errors import DefinitionNotFound, ProcessOwnerNeeded, RoleNeeded, VersionMovedOn
from service.queries import bundles, processes
from service.runtime.command import Call
from tests.app.house import House
from tests.app.meeting import files, started


def put(house: House, label: str, **more):
    return deployments.deploy(house.operator(), bundles.sent(files(label)), label, True, **more)


def test_what_runs_is_counted_with_the_version_that_it_runs_on(house: House):
    secretary = house.person("anne", "pogi.sec")
    put(house, "Første")
    started(house, secretary.actor)
    started(house, secretary.actor)
    put(house, "Anden")
    started(house, secretary.actor)
    (found,) = processes.listed(secretary.actor, "da")
    assert (found["title"].text, found["in_force"]["number"], found["in_force"]["note"]) == (
        "Møde i styregruppen",
        2,
        "Anden",
    )
    assert [(it["number"], it["running"]) for it in found["running"]] == [(2, 1), (1, 2)]
    put(house, "Første")
    one = processes.process(secretary.actor, "meeting", "da")
    assert [(it["number"], it["running"]) for it in one["versions"]] == [(3, 2), (2, 1), (1, 0)], "3 is what 1 was"


def test_a_case_that_waits_for_help_is_counted(house: House):
    secretary = house.person("anne", "pogi.sec")
    broken = files()["meeting.bpmn"].replace(b"present &gt;= needed", b"present / (needed - 5) &gt;= needed")
    assert broken != files()["meeting.bpmn"]
    deployments.deploy(house.operator(), bundles.sent(files() | {"meeting.bpmn": broken}), "", True)
    task = instances.start(Call(secretary.actor, house.ports), "meeting", {}, None)["tasks"][0]["id"]
    tasks.complete(Call(secretary.actor, house.ports), task, {"present": 3, "kind": "full"})
    (found,) = processes.listed(secretary.actor, "da")
    assert found["troubled"] == 1


def test_who_began_from_another_version_is_told_who_was_faster(house: House):
    first = put(house, "Første")["digest"]
    second = put(house, "Anden", replaces=first)["digest"]
    with pytest.raises(VersionMovedOn, match="version 2") as refused:
        put(house, "Tredje", replaces=first)
    assert refused.value.facts["number"] == 2
    assert put(house, "Anden", replaces=first)["unchanged"], "the same again changes nothing, and refuses nobody"
    assert put(house, "Tredje", replaces=second)["version"] == 3


def test_a_draft_is_judged_as_it_would_be_deployed(house: House):
    put(house, "Første")
    owner = house.person("owner", "process.owner").actor
    drawing = files()["meeting.bpmn"].decode()
    assert [
        it for it in processes.draft(owner, "meeting", "meeting.bpmn", drawing).findings if it.level == "error"
    ] == []
    renamed = drawing.replace('name="pogi.chair"', 'name="Nobody at all"')
    (found,) = [it for it in processes.draft(owner, "meeting", "meeting.bpmn", renamed).findings if it.level == "error"]
    assert found.rule == "lane-without-role"
    assert found.element is not None
    assert f'id="{found.element}" name="Nobody at all"' in renamed, "it points at the lane"


def test_whose_processes_these_are_not_is_told_nothing(house: House):
    put(house, "Første")
    secretary, nobody = house.person("anne", "pogi.sec").actor, house.person("nobody").actor
    stranger = house.person("stranger", "process.owner", workspace="lillestrom").actor
    with pytest.raises(ProcessOwnerNeeded):
        processes.to_edit(secretary, "meeting", "da")
    with pytest.raises(ProcessOwnerNeeded):
        processes.draft(secretary, "meeting", "meeting.bpmn", "")
    with pytest.raises(RoleNeeded):
        processes.listed(nobody, "da")
    with pytest.raises(DefinitionNotFound):
        processes.to_edit(stranger, "meeting", "da")
    digest = processes.process(secretary, "meeting", "da")["shown"]["digest"]
    with pytest.raises(DefinitionNotFound):
        processes.file(stranger, digest, "meeting.bpmn")
    assert processes.listed(stranger, "da") == []


def test_a_changed_label_is_not_shown_by_what_it_was_called_before(house: House):
    put(house, "Forbered mødet")
    owner = house.person("owner", "process.owner").actor
    drawing = files()["meeting.bpmn"].decode()
    assert 'id="Prepare" name="' in drawing
    label = drawing.partition('id="Prepare" name="')[2].partition('"')[0]
    draft = processes.draft(owner, "meeting", "meeting.bpmn", drawing.replace(f'name="{label}"', 'name="Indkald"', 1))
    assert "Prepare" in json.loads(files()["texts.en.json"])
    left = json.loads(draft.bundle.files["texts.en.json"])
    assert "Prepare" not in left
    assert left.keys() == json.loads(files()["texts.en.json"]).keys() - {"Prepare"}
    (told,) = [it for it in draft.findings if it.rule == "missing-text" and it.element == "Prepare"]
    assert "Indkald" in told.message
    assert processes.draft(owner, "meeting", "meeting.bpmn", drawing).bundle.files == files(), "the rest is as it was"
