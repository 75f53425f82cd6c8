"""Processes that call one another in a ring would never end; calls nest at most 20 deep."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import BundleView, Found

DEEPEST = 20


def find(view: BundleView) -> Iterator[Found]:
    """Call activities that close a ring, and the call that is too deep. Calls are followed over what is in force."""
    calls: dict[str, list[str]] = {process: sorted(called) for process, called in view.in_force.items()}
    for process in view.processes.values():
        calls[process.id] = [it.called for it in process.elements if it.kind == "callActivity" and it.called]
    told: set[str] = set()
    for process in view.processes.values():
        for element in process.elements:
            if element.kind != "callActivity" or not element.called or process.id in told:
                continue
            way = _way(calls, element.called, process.id)
            if way:
                told.update(way)
                ring = " → ".join(f"'{it}'" for it in (process.id, *way))
                message = say(
                    "The call closes a ring (%(ring)s), so that the case would call itself for ever. Break it.",
                    ring=ring,
                )
                file = view.diagram_of(process).file
                yield Found(element.id, message, trace=(process.id, *way), file=file)
    yield from _too_deep(view, calls)


def _way(calls: dict[str, list[str]], begin: str, end: str) -> tuple[str, ...]:
    """The shortest chain of calls from `begin` to `end`, both included; () without one."""
    before: dict[str, str | None] = {begin: None}
    pending = [begin]
    while pending and end not in before:
        arrived = []
        for process in pending:
            for called in calls.get(process, ()):
                if called not in before:
                    before[called] = process
                    arrived.append(called)
        pending = arrived
    chain: list[str] = []
    at: str | None = end if end in before else None
    while at is not None:
        chain.append(at)
        at = before[at]
    return tuple(reversed(chain))


def _too_deep(view: BundleView, calls: dict[str, list[str]]) -> Iterator[Found]:
    """Chains of calls longer than the limit, told where they begin; rings are told above."""
    deepest: dict[str, tuple[str, ...]] = {}
    for process in view.processes.values():
        chain = _chain(calls, process.id, deepest)
        if len(chain) > DEEPEST + 1:
            message = say(
                "Calls nest %(count)s deep from here, and at most %(most)s can be run. Join some of them.",
                count=len(chain) - 1,
                most=DEEPEST,
            )
            yield Found(process.id, message, trace=chain, file=view.diagram_of(process).file)
            return


def _chain(calls: dict[str, list[str]], process: str, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The longest chain of calls from a process, itself first; flows of a ring are followed once."""
    stack = [process]
    open_ones = {process}
    while stack:
        current = stack[-1]
        following = next((it for it in calls.get(current, ()) if it not in known and it not in open_ones), None)
        if following is not None:
            open_ones.add(following)
            stack.append(following)
            continue
        longest = max((known.get(it, ()) for it in calls.get(current, ())), key=len, default=())
        known[current] = (current, *longest)
        open_ones.discard(stack.pop())
    return known[process]
