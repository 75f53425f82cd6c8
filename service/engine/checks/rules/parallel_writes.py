"""Branches that meet are merged by name: two that both change one name stop the case."""

from collections import Counter
from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.variables import written
from service.engine.checks.view import SUBPROCESSES, Found, ProcessView, label
from service.engine.model import Element

_FORKS = ("parallelGateway", "inclusiveGateway")


def find(view: ProcessView) -> Iterator[Found]:
    """Names that two branches of one fork set; the finding stands at the later of the two."""
    for fork in view.process.elements:
        if fork.kind not in _FORKS or len(fork.outgoing) < 2:
            continue
        told: set[tuple[str, str]] = set()
        setters: dict[str, tuple[int, Element]] = {}
        for number, branch in enumerate(_branches(view, fork.id)):
            for element in branch:
                for name in sorted(_changes(view, element)):
                    before, first = setters.setdefault(name, (number, element))
                    if before != number and (element.id, name) not in told:
                        told.add((element.id, name))
                        message = say(
                            "'%(node)s' and '%(other)s' set '%(name)s' side by side, and the case stops where they meet. Use two names.",
                            node=label(element),
                            other=label(first),
                            name=name,
                        )
                        yield Found(element.id, message, "warning", trace=(fork.id, first.id, element.id))


def _branches(view: ProcessView, fork: str) -> Iterator[list[Element]]:
    """For each flow out of a fork the elements that only it leads to, in the order of the file."""
    reach = [view.reach([head], without=fork) for head in view.following[fork]]
    ways = Counter(node for reached in reach for node in reached)
    for reached in reach:
        own = [it for it in view.process.elements if it.id in reached and ways[it.id] == 1]
        yield [element for element in own if element.kind not in SUBPROCESSES]


def _changes(view: ProcessView, element: Element) -> set[str]:
    """What an element sets, without lists that it only appends to: those are put together."""
    scripts = [text for text in (element.pre_script, element.script, element.post_script) if text]
    lines = ["".join(line.split()) for text in scripts for line in text.splitlines()]
    return {
        name
        for name in written(view, element)
        if not any(line.startswith((f"{name}=append({name},", f"{name}=concatenate({name},")) for line in lines)
    }
