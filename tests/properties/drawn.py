"""Plan → drawing: the diagram that the engine gets to read."""

import json
from typing import Any

from tests.diagrams import Drawing, Loop, after, error, escalation, every, message, on, plain, process
from tests.diagrams import Event as DrawnEvent
from tests.properties.activities import PEOPLE
from tests.properties.plans import Event, Node, Plan, Repeats, Timer
from tests.properties.sketch import HAND_BACK

ANYTHING = {"x-sealed": False}


def drawing(plan: Plan, role: str | None = None) -> Drawing:
    """The plan as a diagram, node by node and then flow by flow, in the plan's order.

    Where people's tasks are for a role, each that asks for something has a form of its own (`forms`).
    """
    pen = process(plan.key)
    _draw_scope(pen, plan, plan.key, role)
    if plan.inputs is not None or plan.outputs is not None:
        pen.io(inputs=plan.inputs or (), outputs=plan.outputs or ())
    return pen


def forms(plan: Plan) -> dict[str, bytes]:
    """The forms of the plan's tasks, by file name: any answer will do, and none is sealed."""
    schemas = {
        it.id: {"type": "object", "properties": dict.fromkeys(it.asks, ANYTHING)} for it in plan.nodes if it.asks
    }
    return {f"{key}.schema.json": json.dumps(schema).encode() for key, schema in schemas.items()}


def _draw_scope(pen: Drawing, plan: Plan, scope: str, role: str | None) -> None:
    for node in plan.nodes:
        if node.scope == scope:
            _draw_node(pen, plan, node, role)
    for flow in plan.flows:
        if flow.scope == scope:
            pen.at(flow.source)
            if flow.default:
                pen.otherwise()
            pen.to(flow.target, flow=flow.id, when=None if flow.condition is None else flow.condition.feel)


def _draw_node(pen: Drawing, plan: Plan, node: Node, role: str | None) -> None:
    events = () if node.event is None else (_event(node.event),)
    loop = None if node.repeats is None else _loop(node.repeats)
    if node.kind == "subProcess":
        pen.sub(node.id, loop=loop, joined=False)
        _draw_scope(pen, plan, node.id, role)
        pen.close()
    elif node.kind == "boundaryEvent":
        assert node.edge_of is not None
        pen.boundary(node.id, node.edge_of, *events, interrupting=node.interrupting)
    else:
        texts = [(name, value.feel) for name, value in node.script]
        if node.kind == "serviceTask":
            ((name, value),) = texts
            pen.service(node.id, HAND_BACK, {"value": value}, result=name, loop=loop, joined=False)
        elif node.called is not None:
            pen.call(node.id, node.called, loop=loop, joined=False)
        else:
            script = "\n".join(f"{name} = {value}" for name, value in texts) or None
            whose: dict[str, Any] = {}
            if role is not None and node.kind in PEOPLE:
                whose = {"properties": {"candidateRole": role}, "form": node.id if node.asks else None}
            pen.node(node.kind, node.id, *events, loop=loop, script=script, joined=False, **whose)


def _event(event: Event) -> DrawnEvent:
    if event.kind == "timer":
        assert event.timer is not None
        return _timer(event.timer)
    if event.kind == "message":
        return message(event.key or "", variable=event.variable)
    if event.kind == "terminate":
        return plain("terminate")
    return (error if event.kind == "error" else escalation)(event.key)


def _timer(timer: Timer) -> DrawnEvent:
    if timer.at is not None:
        return on(f'date and time("{timer.at:%Y-%m-%dT%H:%M:%SZ}")')
    duration = "P" + (f"{timer.days}D" if timer.days else "") + (f"T{timer.hours}H" if timer.hours else "")
    if timer.cycle:
        return every(f'"R{"" if timer.times is None else timer.times}/{duration}"')
    return after(f'duration("{duration}")')


def _loop(repeats: Repeats) -> Loop:
    condition = None if repeats.condition is None else repeats.condition.feel
    if repeats.kind == "standard":
        return Loop(standard=True, condition=condition, maximum=repeats.maximum, test_before=repeats.test_before)
    assert repeats.over is not None
    over = repeats.over.feel
    return Loop(
        sequential=repeats.kind == "sequential",
        collection=over if repeats.item is not None else None,
        cardinality=over if repeats.item is None else None,
        item=repeats.item,
        into=repeats.results,
        output_item=repeats.output,
        condition=condition,
    )
