"""The processes of some diagrams, each looked at when it is asked for, and once."""

from collections.abc import Iterable

from service.engine.model import Diagram, Process
from service.engine.soundness.building import NotPlayable, build, together
from service.engine.soundness.faults import Verdict
from service.engine.soundness.judging import Judged
from service.engine.soundness.outcomes import Outcome

WORK = frozenset(
    {
        *("task", "userTask", "manualTask", "scriptTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask"),
        *("subProcess", "callActivity"),
    }
)


class Looking:
    """The diagrams of a bundle. Calls are followed within it; what is called elsewhere may come back in any way."""

    def __init__(self, diagrams: Iterable[Diagram]) -> None:
        self._diagrams = tuple(diagrams)
        self._found: dict[tuple[str, ...], Judged | None] = {}
        self._under_way: set[str] = set()
        self._groups = {
            (diagram.file, process.id): group
            for diagram in self._diagrams
            for group in together(diagram.processes, diagram.message_flows)
            for process in group[0]
        }

    def verdict(self, file: str, process: str) -> Verdict | None:
        """What can be said of a process and its partners; None where it holds what cannot be run."""
        judged = self._judged(file, process)
        return None if judged is None else judged.verdict

    def _judged(self, file: str, process: str) -> Judged | None:
        processes, messages = self._groups[file, process]
        key = (file, *(it.id for it in processes))
        if key not in self._found:
            self._under_way |= set(key[1:])
            try:
                net = build(processes, messages, self._outcomes(processes))
                elements = [element for it in processes for element in it.elements]
                work = {element.id for element in elements if element.kind in WORK}
                self._found[key] = Judged(net, _before(processes), work)
            except NotPlayable:
                self._found[key] = None
            self._under_way -= set(key[1:])
        return self._found[key]

    def _outcomes(self, processes: Iterable[Process]) -> dict[str, Outcome]:
        """How the processes that these call come back, as far as they are at hand. One that calls itself, by whatever
        way, may come back in any way."""
        called = {element.called for it in processes for element in it.elements if element.kind == "callActivity"}
        found = {}
        for diagram in self._diagrams:
            for process in diagram.processes:
                if process.id in called and process.id not in self._under_way and process.id not in found:
                    alone = len(self._groups[diagram.file, process.id][0]) == 1
                    judged = self._judged(diagram.file, process.id) if alone else None
                    outcome = None if judged is None else judged.outcome
                    if outcome is not None:
                        found[process.id] = outcome
        return found


def _before(processes: Iterable[Process]) -> dict[str, set[str]]:
    """Each element with those that lead to it: by a flow, as the activity on whose edge it is, or around it."""
    found: dict[str, set[str]] = {}
    for process in processes:
        for element in process.elements:
            host = {element.attached_to} if element.attached_to else set()
            found[element.id] = host | ({element.scope} if element.kind == "startEvent" else set())
        for flow in process.flows:
            found[flow.target].add(flow.source)
    return found
