"""What one element sets, in the order in which it does, and when that is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from service.engine import feel
from service.engine.checks import content
from service.engine.checks.content import NULL, NUMBER, UNKNOWN, Content, Lookup
from service.engine.checks.writes import ANYTHING, Write, always, of_answers, of_call, of_script
from service.engine.model import Element, Loop

if TYPE_CHECKING:
    from service.engine.checks.view import ProcessView

Stage = Literal["arrival", "begun", "within", "ended", "rounds", "left", "passed", "anywhere"]
"""When a text of an element is read, or a variable set: as the token comes; before a repeated activity begins; in it, in
each of its rounds; at the end of one; where it is asked whether to go on; when all is done; as the token leaves.
`anywhere`: whenever something changes."""

_COUNTS = ("numberOfInstances", "numberOfCompletedInstances", "numberOfActiveInstances")
_CATCHING = ("startEvent", "intermediateCatchEvent", "boundaryEvent", "receiveTask")
Writes = tuple[Write, ...]
Value = Callable[[Lookup], Content]


@dataclass(frozen=True, slots=True)
class Acts:
    """The variables that an element sets.

    `pre` and `post` are its scripts', `body` what it is for; of a repeated one, `own` are a round's own variables,
    `result` the list of the rounds' results, `counts` what only the question whether to go on knows.
    """

    pre: Writes = ()
    own: Writes = ()
    body: Writes = ()
    counts: Writes = ()
    result: Writes = ()
    post: Writes = ()

    @classmethod
    def of(cls, view: "ProcessView", element: Element) -> "Acts":
        """What an element sets, as far as the bundle and what is around it say."""
        loop = element.loop
        return cls(
            of_script(element.pre_script, view.signs),
            () if loop is None else _own(loop),
            tuple(_body(view, element)),
            tuple(Write(name, always(NUMBER)) for name in _COUNTS if loop is not None and loop.kind != "standard"),
            () if loop is None or loop.result is None else (Write(loop.result, _results(loop)),),
            of_script(element.post_script, view.signs),
        )

    def group(self, name: str) -> Writes:
        """The variables of one of the groups."""
        found: Writes = getattr(self, name)
        return found

    def groups(self) -> Iterator[tuple[str, Stage, Writes]]:
        """The groups by name, each with the stage in which its values are worked out."""
        yield "pre", "arrival", self.pre
        yield "own", "begun", self.own
        yield "body", "within", self.body
        yield "counts", "ended", self.counts
        yield "result", "ended", self.result
        yield "post", "left", self.post


def _own(loop: Loop) -> Writes:
    output = loop.output if loop.result is not None else None
    found = [Write("loopCounter", always(NUMBER))]
    found += [Write(output, always(NULL))] if output else []
    return (*found, Write(loop.item, _item(loop))) if loop.item else tuple(found)


def _item(loop: Loop) -> Value:
    def item(known: Lookup) -> Content:
        try:
            held = content.of_node(feel.parse(loop.collection or "").node, known)
        except feel.FeelError:
            return UNKNOWN
        return (held.items if held.many else None) or UNKNOWN

    return item


def _results(loop: Loop) -> Value:
    return lambda known: content.listed(known(loop.output) if loop.output else NULL)


def _body(view: "ProcessView", element: Element) -> Iterator[Write]:
    """What an element is for: answers, a result, outputs, what an event carries."""
    whole = view.whole
    yield from of_script(element.script, view.signs)
    if element.kind in _CATCHING:
        yield from (Write(event.variable, always(UNKNOWN)) for event in element.events if event.variable)
    if element.kind in ("userTask", "manualTask", "task"):
        yield from of_answers(whole.bundle, element)
    elif element.kind == "startEvent" and element.scope == view.process.id:
        # A called process is not asked what its start would ask.
        yield from (write._replace(sure=False) if write.name else write for write in of_answers(whole.bundle, element))
    elif element.kind == "callActivity":
        called = element.called or ""
        writes = of_call(element, whole.around.processes.get(called), whole.around.handed(called))
        yield from (write if called in whole.processes else _far(write) for write in writes)
    elif element.kind == "businessRuleTask" and element.decision:
        asked = whole.around.decisions.get(element.decision)
        outputs = {} if asked is None else asked.outputs
        writes = tuple(Write(name, always(held)) for name, held in outputs.items())
        yield from (write if element.decision in whole.own_tables else _far(write) for write in writes)
        yield from () if asked is not None else (ANYTHING,)
    elif element.operation is not None and element.operation.result:
        yield Write(element.operation.result, always(whole.results.get(element.operation.name, UNKNOWN)))


def _far(write: Write) -> Write:
    return write if write.name is None else write._replace(far=True)
