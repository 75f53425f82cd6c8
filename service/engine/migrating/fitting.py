"""Whether everything that is alive in an instance has a counterpart in another version: the same kind, at the same place.

What is over needs none: only what waits is asked, and the joins that it is on its way to (`meeting`).
"""

from collections.abc import Iterator

from service.domain.misfits import Misfit
from service.domain.sentences import say
from service.engine.live.task import LiveTask
from service.engine.live.workflow import Live
from service.engine.migrating.counterparts import Counterparts
from service.engine.migrating.meeting import unmet
from service.engine.model import Element, EventDefinition
from service.engine.nodes.events import Catching
from service.engine.nodes.gateways import EventGateway, Joining

GONE = say("It is not there any more.")
OTHER_KIND = say("It is something of another kind there.")
OTHER_PLACE = say("It stands in another sub-process there.")
REPEATED = say("It is repeated in another way there.")
CALLS = say("It calls another process there.")
WAITS = say("It waits for something else there.")
EDGE = say("It stands on the edge of something else there.")
NO_GATEWAY = say("It does not stand behind the same event gateway any more.")
NO_WAY = say("No way leads to it any more.")
NO_ARM = say("A branch waits here for the others, and the way by which it came is not there any more.")
BOTH = say("Two things that the case waits at would become one.")
UNKNOWN = say("It is to be called otherwise, but the case's own version has no such element.")


def misfits(live: Live, parts: Counterparts) -> list[Misfit]:
    """Everything that does not fit, each element once, in the order of the file; none: the instance can go over."""
    misnamed = list(_misnamed(parts))
    if misnamed:
        return misnamed
    found: dict[str, Misfit] = {}
    taken: dict[str, str] = {}
    for task in sorted(live.all_tasks(), key=lambda task: task.number):
        element: Element | None = task.task_spec.element
        if element is None or not task.is_open() or element.id in found:
            continue
        reason = _against(task, element, parts)
        if reason is None and taken.setdefault(parts.id(element.id), element.id) != element.id:
            reason = BOTH
        if reason is not None:
            found[element.id] = Misfit(element.id, element.name or element.id, reason)
    if not found:
        found |= {it.element: it for it in unmet(live, parts)}
    order = {element.id: place for place, element in enumerate([*parts.before.elements, *parts.after.elements])}
    return sorted(found.values(), key=lambda it: order.get(it.element, 0))


def idle(live: Live, parts: Counterparts) -> tuple[str, ...]:
    """The events of the other version that are new beside what waits, by id: on its edge, or behind its event gateway.
    They count from the next time on. `live` stands under that version already."""
    old = {parts.id(it.id) for it in parts.before.elements}
    there = {task.task_spec.element.id for task in live.all_tasks() if task.is_open() and task.task_spec.element}
    races = [
        {*task.parent.task_spec.drawn.outgoing}
        for task in live.all_tasks()
        if task.is_open() and task.parent is not None and isinstance(task.parent.task_spec, EventGateway)
    ]
    return tuple(
        it.id
        for it in parts.after.elements
        if it.id not in old and (it.attached_to in there or any(race & {*it.incoming} for race in races))
    )


def _misnamed(parts: Counterparts) -> Iterator[Misfit]:
    """What is wrong with the new names themselves."""
    had = {it.id for it in parts.before.elements} | {it.id for it in parts.before.flows}
    there = {it.id for it in parts.after.elements} | {it.id for it in parts.after.flows}
    for old, new in sorted(parts.renamed.items()):
        if old not in had:
            yield Misfit(old, old, UNKNOWN)
        elif new not in there:
            yield Misfit(old, old, say("It is to be called “%(id)s”, and nothing is called so there.", id=new))


def _against(task: LiveTask, element: Element, parts: Counterparts) -> str | None:
    """Why a task that is not over cannot stand at the counterpart of its element; None: it can."""
    other = parts.element(element.id)
    if other is None:
        return GONE
    drawn = (
        (OTHER_KIND, other.kind == element.kind),
        (OTHER_PLACE, other.scope == parts.id(element.scope)),
        (REPEATED, _repetition(other) == _repetition(element)),
        (CALLS, other.called == element.called),
        (WAITS, not isinstance(task.task_spec, Catching) or _waited_for(other.events) == _waited_for(element.events)),
        (EDGE, element.attached_to is None or other.attached_to == parts.id(element.attached_to)),
    )
    return next((reason for reason, same in drawn if not same), None) or _way(task, other, parts)


def _way(task: LiveTask, other: Element, parts: Counterparts) -> str | None:
    """Why a token cannot have come to where it stands; None: it can."""
    before = None if task.parent is None else task.parent.task_spec
    if isinstance(before, EventGateway):
        gateway = parts.element(before.drawn.id)
        behind = gateway is not None and gateway.kind == before.drawn.kind and {*gateway.outgoing} & {*other.incoming}
        return None if behind else NO_GATEWAY
    flow = task.internal_data.get("flow")
    if flow is None:
        return None
    if isinstance(task.task_spec, Joining):
        return None if parts.same_flow(flow) else NO_ARM
    return None if parts.flow(flow) else NO_WAY


def _repetition(element: Element) -> tuple[str | None, ...] | None:
    """What of a repetition cannot change while it goes on. Its items are frozen, and how long it goes on may change."""
    loop = element.loop
    return None if loop is None else (loop.kind, loop.item, loop.output, loop.result)


def _waited_for(events: tuple[EventDefinition, ...]) -> list[tuple[object, ...]]:
    """What others know an event by: who sends it, or what it keeps while it waits. When a timer is due, and the code of an
    error, may change: the first counts with the next timer."""
    return [
        (it.kind, it.name, sorted(it.correlations))
        if it.kind in ("message", "signal")
        else (it.kind, it.form == "timeCycle")
        for it in events
    ]
