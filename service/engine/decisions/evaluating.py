"""Asks a decision: what it needs first, each decision once, and a record of all of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from service.domain.sentences import say
from service.engine.decisions.compiling import fitted
from service.engine.decisions.inputs import Given, given_value
from service.engine.decisions.model import (
    Decision,
    DecisionFault,
    Definition,
    InputData,
    Knowledge,
    Names,
    Service,
    Types,
)
from service.engine.decisions.record import Evaluated, Evaluation, Firing
from service.engine.decisions.requirements import in_order
from service.engine.feel import Context
from service.engine.feel.errors import Unanswerable
from service.engine.feel.expression import performed
from service.engine.feel.kinds.special import Function, Parameter
from service.engine.feel.limits import STEPS
from service.engine.feel.run import Run, Site

ALL_STEPS = 20 * STEPS
"""Steps of one question to a file, all its decisions together: half a second at the most."""
DEARER = 4
"""Steps that a step of a decision is worth where many are bounded together: a row of a table is more than a node."""
HEIGHT = 10
"""Levels of the interpreter that a model or service opens on top of its own expressions."""


def evaluate(
    definition: Definition,
    key: str,
    inputs: Mapping[str, object],
    context: Context,
    made: Mapping[str, object] | None = None,
) -> Evaluation:
    """The answer of a decision, and how it came about. `key` is a decision's id or name, or a service's or model's.

    `inputs` are host values by the name of the input data; text becomes a date where the input's type is one. Others
    are not looked at. `made` are FEEL values of decisions, by id, that are taken as given. In strict mode whatever
    would make a null for a reason raises FeelFault; else it is null, and the record has the reasons. Raises
    DecisionFault: no such decision, or requirements that run in a circle.
    """
    asked = definition.find(key)
    if any(finding.rule == "decision-cycle" for finding in definition.findings):
        raise DecisionFault(
            say("In %(name)s, decisions need one another in a circle; none can be made.", name=definition.name)
        )
    session = _Session(definition, context, Given(inputs, context.strict))
    for known, value in (made or {}).items():
        session.made[known] = Evaluated(known, definition.decisions[known].name, value)
    try:
        if isinstance(asked, Decision):
            session.decide((asked.id,))
        else:
            session.ask(asked)
    except RecursionError:
        raise DecisionFault(
            say("In %(name)s, models and services call one another too deep.", name=definition.name)
        ) from None
    if context.spent is not None:
        context.spent(DEARER * session.spent)
    return Evaluation(
        asked.id,
        definition.digest,
        session.given.read,
        tuple(session.made.values()),
        asked.outputs if isinstance(asked, Decision) else (),
        tuple(session.given.reasons),
    )


class _Session:
    """One evaluation of a file: what was decided so far, by id, in the order of its making."""

    def __init__(self, definition: Definition, context: Context, given: Given) -> None:
        self.definition = definition
        self.context = context
        self.given = given
        self.made: dict[str, Evaluated] = {}
        self.spent = 0
        self._functions: dict[str, object] = {}

    def decide(self, asked: Sequence[str]) -> None:
        """Make these decisions, and first what they require."""
        for key in in_order(asked, self.definition.decisions, self.made):
            decision = self.definition.decisions[key]
            self._make(decision, decision.logic.perform, self._values(decision))

    def ask(self, asked: Service | Knowledge) -> None:
        """Call a service or a model by itself, with the inputs that bear its parameters' names."""
        function = self._function(asked.id)
        if not isinstance(function, Function):
            raise DecisionFault(say("“%(name)s” is no function that can be called.", name=asked.name))
        arguments = [self._argument(parameter, asked.types) for parameter in function.parameters]

        def called(run: Run, _: list[object]) -> object:
            try:
                return function.call(run, arguments)
            except Unanswerable as reason:
                return run.null(Site(asked.name, 0, len(asked.name)), reason.reason)

        self._make(asked, lambda run: performed(run, asked.name, 0, called), {})

    def _make(
        self, asked: Decision | Service | Knowledge, work: Callable[[Run], object], values: Mapping[str, object]
    ) -> None:
        """One value, kept with what fired and why a null came out."""
        run = Run(values, replace(self.context, types=asked.types))
        value = work(run)
        self.spent += STEPS - run.steps
        if self.spent > ALL_STEPS:
            raise DecisionFault(
                say(
                    "In %(name)s, what is asked takes more than %(most)s steps in all its decisions together.",
                    name=self.definition.name,
                    most=ALL_STEPS,
                )
            )
        firings = tuple(note for note in run.notes if isinstance(note, Firing))
        self.made[asked.id] = Evaluated(asked.id, asked.name, value, firings, run.reasons)

    def _values(self, decision: Decision) -> dict[str, object]:
        """What a decision's expressions may name: its inputs, its decisions, and the functions it knows."""
        values = self._known(decision.knowledge, decision.names)
        for key in decision.requires:
            if key in self.made:
                _put(values, decision.names[key], self.made[key].value)
            elif key in self.definition.inputs:
                for value in given_value(self.given, self.definition.inputs[key], self.context):
                    _put(values, decision.names[key], value)
        return values

    def _argument(self, parameter: Parameter, types: Types) -> object:
        wanted = InputData("", parameter.name, parameter.type, self.definition.namespace, types)
        return next(iter(given_value(self.given, wanted, self.context)), None)

    def _known(self, keys: Sequence[str], names: Names) -> dict[str, object]:
        """The functions of these models and services, by name."""
        values: dict[str, object] = {}
        for key in keys:
            _put(values, names[key], self._function(key))
        return values

    def _function(self, key: str) -> object:
        """A model or service as a function; null where its body is in another language."""
        if key not in self._functions:
            model = self.definition.knowledge.get(key)
            service = self.definition.services.get(key)
            self._functions[key] = self._model(model) if model else self._service(service) if service else None
        return self._functions[key]

    def _model(self, model: Knowledge) -> object:
        values = self._known(model.knowledge, model.names)
        context = replace(self.context, types=model.types)
        inner = model.function.perform(Run(values, context)) if model.function else None
        if not isinstance(inner, Function):
            return None
        site = Site(model.name, 0, len(model.name))

        def body(run: Run, arguments: Sequence[object]) -> object:
            with _types(run, model.types):
                value = run.among(values, lambda: inner.body(run, arguments))
                return fitted(run, site, value, model.type)

        return Function(inner.parameters, body, inner.height + HEIGHT)

    def _service(self, service: Service) -> Function:
        """A service as a function: what stands in it is made anew, from its arguments alone."""
        parts: list[InputData | Decision] = [
            *(self.definition.inputs[key] for key in service.input_data if key in self.definition.inputs),
            *(self.definition.decisions[key] for key in service.input_decisions if key in self.definition.decisions),
        ]
        takes = service.takes if len(service.takes) == len(parts) else (None,) * len(parts)
        parameters = tuple(Parameter(part.name, part.type or kind) for part, kind in zip(parts, takes, strict=True))
        site = Site(service.name, 0, len(service.name))

        def body(run: Run, arguments: Sequence[object]) -> object:
            session = _Session(self.definition, self.context, Given({}, self.context.strict))
            for part, parameter, argument in zip(parts, parameters, arguments, strict=True):
                with _types(run, part.types):
                    session.take(part, parameter.taken(run, argument))
            session.decide(service.outputs)
            run.spend(session.spent)
            for key in service.outputs:
                run.notes += session.made[key].firings
                run.reasons += session.made[key].reasons
            outputs = [session.made[key] for key in service.outputs]
            value = outputs[0].value if len(outputs) == 1 else {output.name: output.value for output in outputs}
            with _types(run, service.types):
                return fitted(run, site, value, service.type)

        return Function(parameters, body, 3 * HEIGHT)

    def take(self, part: InputData | Decision, value: object) -> None:
        """A value that a service is given."""
        self.made[part.id] = Evaluated(part.id, part.name, value)


def _put(values: dict[str, object], path: tuple[str, ...], value: object) -> None:
    """A value under its name, or under an import's name in a context of what was imported."""
    if len(path) == 1:
        values[path[0]] = value
    else:
        inner = values.setdefault(path[0], {})
        if isinstance(inner, dict):
            inner[path[1]] = value


@contextmanager
def _types(run: Run, types: Types) -> Iterator[None]:
    """The types of another file while what stands in that file is run."""
    here = run.context
    run.context = replace(here, types=types)
    try:
        yield
    finally:
        run.context = here
