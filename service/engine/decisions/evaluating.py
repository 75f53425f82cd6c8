"""Asks a decision: what it needs first, each decision once, and a record of all of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from service.engine.decisions.inputs import Given, given_value
from service.engine.decisions.model import Decision, DecisionFault, Definition, InputData, Knowledge, Service
from service.engine.decisions.record import Evaluated, Evaluation, Firing
from service.engine.decisions.requirements import in_order
from service.engine.feel import Context
from service.engine.feel.errors import Unanswerable
from service.engine.feel.expression import performed
from service.engine.feel.kinds.special import Function, Parameter
from service.engine.feel.limits import STEPS
from service.engine.feel.run import Run, Site

HEIGHT = 10
"""Levels of the interpreter that a model or service opens on top of its own expressions."""


def evaluate(definition: Definition, key: str, inputs: Mapping[str, object], context: Context) -> Evaluation:
    """The answer of a decision, and how it came about. `key` is a decision's id or name, or a service's or model's.

    `inputs` are host values by the name of the input data; text becomes a date where the input's type is one. Others
    are not looked at. In strict mode whatever would make a null for a reason raises FeelFault; else it is null, and
    the record has the reasons. Raises DecisionFault: no such decision, or requirements that run in a circle.
    """
    asked = definition.find(key)
    if any(finding.rule == "decision-cycle" for finding in definition.findings):
        raise DecisionFault(f"In {definition.name}, decisions need one another in a circle; none can be made.")
    session = _Session(definition, replace(context, types=definition.types), Given(inputs, context.strict))
    try:
        if isinstance(asked, Decision):
            session.decide((asked.id,))
        else:
            session.ask(asked)
    except RecursionError:
        raise DecisionFault(f"In {definition.name}, models and services call one another too deep.") from None
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
            self._make(key, decision.name, decision.logic.perform, self._values(decision))

    def ask(self, asked: Service | Knowledge) -> None:
        """Call a service or a model by itself, with the inputs that bear its parameters' names."""
        function = self._function(asked.id)
        if not isinstance(function, Function):
            raise DecisionFault(f"“{asked.name}” is no function that can be called.")
        arguments = [self._argument(parameter) for parameter in function.parameters]

        def called(run: Run, _: list[object]) -> object:
            try:
                return function.call(run, arguments)
            except Unanswerable as reason:
                return run.null(Site(asked.name, 0, len(asked.name)), reason)

        self._make(asked.id, asked.name, lambda run: performed(run, asked.name, 0, called), {})

    def _make(self, key: str, name: str, work: Callable[[Run], object], values: Mapping[str, object]) -> None:
        """One value, kept with what fired and why a null came out."""
        run = Run(values, self.context)
        value = work(run)
        self.spent += STEPS - run.steps
        firings = tuple(note for note in run.notes if isinstance(note, Firing))
        self.made[key] = Evaluated(key, name, value, firings, run.reasons)

    def _values(self, decision: Decision) -> dict[str, object]:
        """What a decision's expressions may name: its inputs, its decisions, and the functions it knows."""
        values = self._known(decision.knowledge)
        for key in decision.requires:
            if key in self.made:
                values[self.made[key].name] = self.made[key].value
            elif key in self.definition.inputs:
                values |= given_value(self.given, self.definition.inputs[key], self.context)
        return values

    def _argument(self, parameter: Parameter) -> object:
        wanted = InputData("", parameter.name, parameter.type)
        return given_value(self.given, wanted, self.context).get(parameter.name)

    def _known(self, keys: Sequence[str]) -> dict[str, object]:
        """The functions of these models and services, by name."""
        elements = (self.definition.find(key) for key in keys)
        return {element.name: self._function(element.id) for element in elements}

    def _function(self, key: str) -> object:
        """A model or service as a function; null where its body is in another language."""
        if key not in self._functions:
            model = self.definition.knowledge.get(key)
            self._functions[key] = self._model(model) if model else self._service(self.definition.services[key])
        return self._functions[key]

    def _model(self, model: Knowledge) -> object:
        values = self._known(model.knowledge)
        inner = model.function.perform(Run(values, self.context)) if model.function else None
        if not isinstance(inner, Function):
            return None

        def body(run: Run, arguments: Sequence[object]) -> object:
            value = run.among(values, lambda: inner.body(run, arguments))
            return value if model.type is None else run.types.converted(value, model.type)

        return Function(inner.parameters, body, inner.height + HEIGHT)

    def _service(self, service: Service) -> Function:
        """A service as a function: what stands in it is made anew, from its arguments alone."""
        inputs = [self.definition.inputs[key] for key in service.input_data if key in self.definition.inputs]
        decisions = [self.definition.decisions[key] for key in service.input_decisions]
        parameters = [Parameter(element.name, element.type) for element in inputs]
        parameters += [Parameter(element.name) for element in decisions]

        def body(run: Run, arguments: Sequence[object]) -> object:
            named = dict(zip((parameter.name for parameter in parameters), arguments, strict=True))
            session = _Session(self.definition, self.context, Given(named, self.context.strict))
            for decision in decisions:
                session.made[decision.id] = Evaluated(decision.id, decision.name, named[decision.name])
            session.decide(service.outputs)
            run.spend(session.spent)
            for key in service.outputs:
                run.notes += session.made[key].firings
                run.reasons += session.made[key].reasons
            outputs = [session.made[key] for key in service.outputs]
            return outputs[0].value if len(outputs) == 1 else {output.name: output.value for output in outputs}

        return Function(tuple(parameters), body, 3 * HEIGHT)
