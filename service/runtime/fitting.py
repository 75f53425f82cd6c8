"""Whether answers fit: the form's schema, its conditions on several answers together, and the lists of the workspace."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.errors import AnswersRefused, Fault
from service.engine import feel
from service.forms import Form, offering, rereading
from service.forms.conditions import ROW, told
from service.forms.filling import Known
from service.forms.offering import Choice
from service.forms.pointers import escape

Variables = Callable[[], Mapping[str, Any]]
"""Gives what the task sees of its case; asked only where a condition looks at more than the answers."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a form is judged against besides its own schema.

    `on_list` gives the answers that a list of the workspace offers; None where there is no workspace, as in a scenario,
    and then the lists are not looked at. `known` gives a variable by its name, of the task's part of the case or else of
    those around it, with which the form fills in what nobody who answers may (`readOnly`). `reading` gives what is read
    anew (`x-now`) about something.
    """

    context: feel.Context
    variables: Variables
    on_list: Callable[[str], Collection[str]] | None
    known: Known = lambda _: None
    reading: Callable[[str, Any], Mapping[str, Any]] = lambda *_: {}

    def seen(self, form: Form) -> Mapping[str, Any]:
        """The variables as the form sees them."""
        return rereading.anew(form.schema, self.variables(), self.reading)


def check(form: Form, answers: Mapping[str, Any], around: Around) -> None:
    """Raise `AnswersRefused`, with everything that is wrong, unless the answers fit."""
    faults = form.faults(answers)
    faults += _unlisted(form, answers, around)
    faults += _unoffered(form, answers, around)
    named = {fault.pointer for fault in faults}
    faults += [fault for fault in _untrue(form, answers, around) if fault.pointer not in named]
    if faults:
        raise AnswersRefused(faults)


def parse(that: str) -> feel.Expression:
    """A condition of a form, ready to be asked. Raises `feel.FeelSyntaxError`."""
    return feel.parse(that, ())


def _unlisted(form: Form, answers: Mapping[str, Any], around: Around) -> Iterator[Fault]:
    if around.on_list is None or not form.lists:
        return
    lists = {name: around.on_list(name) for name in form.lists}
    for place, name in form.chosen(answers):
        if place.value not in lists[name]:
            yield Fault(place.pointer, "This is not one of the answers that the form offers.", "x-choices")


def withheld(schema: Mapping[str, Any], known: Mapping[str, Any], context: feel.Context) -> tuple[Choice, ...]:
    """The answers that a form does not offer to a task that sees these variables (`x-only`)."""
    return tuple(it for it in offering.choices(schema) if _false(parse(it.that), known, context))


def _unoffered(form: Form, answers: Mapping[str, Any], around: Around) -> Iterator[Fault]:
    given = [it for it in offering.choices(form.schema) if answers.get(it.field) == it.answer]
    gone = withheld(form.schema, around.seen(form), around.context) if given else ()
    for choice in given:
        if choice in gone:
            yield Fault(
                f"/{escape(choice.field)}", "This is not one of the answers that the form offers.", offering.ONLY
            )


def _untrue(form: Form, answers: Mapping[str, Any], around: Around) -> Iterator[Fault]:
    expressions = {condition: parse(condition.that) for condition in form.conditions}
    wanted = {name for it in expressions.values() for name in it.names | it.possible} - {ROW}
    known = dict(around.seen(form)) if wanted - form.names else {}
    known = known | dict.fromkeys(form.names) | dict(answers)
    for condition, expression in expressions.items():
        for field, beside in condition.asked(answers):
            if _false(expression, {**known, **beside}, around.context):
                named = condition.named({**known, **beside})
                yield Fault(field, told(condition.message, named), condition.rule, named)


def _false(expression: feel.Expression, known: Mapping[str, Any], context: feel.Context) -> bool:
    """Whether a condition is false. One that asks too much of the machine is not met either."""
    try:
        return expression.explain(known, context).value is False
    except feel.FeelError:
        return True
