"""A process to look at, change and step through: a meeting that decides when enough have come.

The secretariat prepares, a decision table says how many must come, a gateway asks whether they have, the chair votes.
"""

import json
from typing import Any

from service.commands import instances, tasks
from service.domain.actors import Actor
from service.engine.layout import layout
from service.runtime.command import Call
from service.store import db
from service.store import tasks as store
from tests.app.house import House
from tests.diagrams import process

FORM: dict[str, Any] = {
    "type": "object",
    "required": ["present"],
    "properties": {
        "present": {"type": "integer", "title": "Til stede"},
        "kind": {
            "type": "string",
            "title": "Mødets slags",
            "oneOf": [{"const": "full", "title": "Fuldt møde"}, {"const": "written", "title": "Skriftligt"}],
        },
        "remark": {"type": "string", "title": "Bemærkning"},
    },
}
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="rules" name="Regler" namespace="urn:x">
<decision id="needed" name="Krav til fremmøde"><variable id="v" name="needed" typeRef="number"/>
<informationRequirement id="r"><requiredInput href="#in"/></informationRequirement>
<decisionTable id="needed-table" hitPolicy="FIRST">
<input id="c" label="Mødets slags"><inputExpression id="e"><text>kind</text></inputExpression></input>
<output id="o" name="needed" label="Skal møde"/><annotation name="Betydning"/>
<rule id="one"><inputEntry id="i1"><text>"written"</text></inputEntry><outputEntry id="o1"><text>9</text></outputEntry>
<annotationEntry><text>Skriftligt svarer alle.</text></annotationEntry></rule>
<rule id="two"><inputEntry id="i2"><text>-</text></inputEntry><outputEntry id="o2"><text>5</text></outputEntry>
<annotationEntry><text>Ellers mere end halvdelen.</text></annotationEntry></rule>
</decisionTable></decision><inputData id="in" name="kind"><variable id="iv" name="kind"/></inputData></definitions>"""
REMARK = "Formanden kom for sent, og det er ikke til at leve med."


def files(label: str = "Forbered mødet") -> dict[str, bytes]:
    """The bundle; `label` is that of its first task."""
    drawing = (
        process("meeting", name="Møde i styregruppen", pool="Møde i styregruppen")
        .start("Start", name="Mødet indkaldes", lane="pogi.sec")
        .user("Prepare", name=label, lane="pogi.sec", form="attendance")
        .rule("Ask", "needed", name="Hvor mange skal møde?", lane="pogi.sec")
        .exclusive("Enough", name="Nok til stede?", lane="pogi.sec")
        .user("Vote", name="Afgiv stemme", lane="pogi.chair", when="present >= needed", flow="Yes")
        .end("Adopted", name="Vedtaget", lane="pogi.chair")
        .at("Enough")
        .otherwise()
        .to("Prepare", flow="No", name="nej")
    )
    manifest = {
        "key": "meeting",
        "titles": {"da": "Møde i styregruppen", "en": "Steering group meeting"},
        "source_language": "da",
        "process": "meeting",
    }
    texts = {"Prepare": "Prepare the meeting", "Enough": "Enough present?", "meeting": "Steering group meeting"}
    return {
        "meeting.bpmn": layout(drawing.bpmn(), "meeting.bpmn"),
        "attendance.schema.json": json.dumps(FORM).encode(),
        "rules.dmn": TABLE.encode(),
        "bundle.json": json.dumps(manifest).encode(),
        "texts.en.json": json.dumps(texts).encode(),
    }


def started(house: House, actor: Actor, name: str = "E1 Eksempel: arbejdstøj") -> str:
    """A case of that name in which the meeting was called; its id."""
    case_id: str = instances.start(Call(actor, house.ports), "meeting", {}, name)["case_id"]
    return case_id


def prepared(house: House, actor: Actor, case_id: str, **answers: Any) -> None:
    """The secretariat takes the task that waits and completes it."""
    call = Call(actor, house.ports)
    task = waiting(case_id)
    tasks.claim(call, task)
    house.later(minutes=20)
    tasks.complete(call, task, answers)


def waiting(case_id: str) -> str:
    """The id of the one task that waits in a case."""
    with db.reading() as session:
        (task,) = (it for it, _ in store.of_case(session, "pogi", case_id) if it.state == "open")
    return task.id
