"""The library evaluates the text of a diagram as Python, wherever it finds any.

Ours hands every text to FEEL. This is the whole of the door: the nodes call it by name, and the library's own callers
reach the same code through `evaluate`, `execute`, `call_service` and `environment`.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from service.domain.sentences import say
from service.engine import decisions, feel, values
from service.engine.due import NotUsable
from service.engine.faults import Fault
from service.engine.fences.sharing import fresh
from service.engine.model import Operation
from service.engine.reads import looked_at, shown
from service.engine.shapes import Evaluated, OperationCalled, OperationRequest
from service.engine.xml import XMLRefused

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask
    from service.engine.stepping.records import Records


TOO_MUCH = "too-much-work"
"""The kind of incident where a text asks for more steps, or a larger value, than one may: no value is missing then."""


class OperationFailed(Exception):
    """An operation could not be done. The message says why, to a person."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class FromOutside(Exception):
    """An error of the caller's ports passes through the engine untouched; the cause is the error."""


class FeelEngine:
    """Every text of one instance, evaluated in the step that `records` belongs to."""

    records: "Records"

    @property
    def clock(self) -> feel.Context:
        """The now, time zone and calendar of the step."""
        return self.records.clock

    # --- expressions -------------------------------------------------------------------------------------------------

    def value(
        self,
        task: "LiveTask",
        text: str | None,
        *,
        place: str,
        variables: Mapping[str, Any] | None = None,
        at_rest: bool = True,
    ) -> Any:
        """The value of an expression on the task's variables: as JSON, or as FEEL has it (`at_rest=False`).

        Raises `Fault` with the sub-expression where it has none.
        """
        known = task.data if variables is None else variables
        try:
            expression = self.records.read(feel.parse, text or "", known)
            found = expression.evaluate(known, self.clock)
            self.records.worked(task)
            return self.records.written(values.to_rest(found, expression.whole), task) if at_rest else found
        except feel.FeelError as error:
            _refuse(task, error, place, known)

    def truth(self, task: "LiveTask", text: str, *, place: str, variables: Mapping[str, Any] | None = None) -> bool:
        """The value of a condition, which must be true or false and nothing else."""
        known = task.data if variables is None else variables
        try:
            found = self.records.read(feel.parse, text, known).evaluate_condition(known, self.clock)
        except feel.FeelError as error:
            _refuse(task, error, place, known)
        self.records.worked(task)
        return found

    def text(self, task: "LiveTask", template: str) -> str:
        """Markdown with the values of its `{{ … }}` filled in."""
        try:
            shown = self.records.read(feel.parse_template, template, task.data).render(task.data, self.clock)
        except feel.FeelError as error:
            _refuse(task, error, "instructions")
        self.records.worked(task)
        return str(self.records.written(shown, task))

    def execute(self, task: "LiveTask", script: str, *_: Any, place: str = "script", **__: Any) -> bool:
        """Run lines of `name = expression`: each sees what the ones before it assigned."""
        try:
            lines = self.records.read(feel.parse_script, script, task.data)
            assigned = lines.run(task.data, self.clock)
            self.records.worked(task)
            found = {name: values.to_rest(value, partial(lines.line, name)) for name, value in assigned.items()}
        except feel.FeelError as error:
            _refuse(task, error, place)
        self.records.keep(task, found)
        return True

    def checked(self, task: "LiveTask", text: str | None, use: Callable[[], Any]) -> Any:
        """What `use` makes of a value; a value that it cannot use is a fault of the text."""
        try:
            return use()
        except NotUsable as reason:
            raise _fault(
                task,
                "not-usable",
                say("“%(text)s” cannot be used here: %(why)s.", text=text, why=reason.reason),
                None,
                text,
            ) from reason

    # --- what else a diagram asks for ------------------------------------------------------------------------------------

    def operate(self, task: "LiveTask", operation: Operation) -> None:
        """Call a named operation with its parameters evaluated; the result goes where the diagram says."""
        parameters = {
            name: self.value(task, text, place=f"parameter {name}") for name, text in operation.parameters.items()
        }
        element = task.task_spec.element.id
        instance_id = task.workflow.top_workflow.instance_id
        recorded = fresh(parameters)  # what was asked stays so, whatever the operation does with what it gets
        request = OperationRequest(
            self.records.case_id, instance_id, element, operation.name, parameters, self.clock.now
        )
        try:
            result = fresh(self.records.ports.operate(request))
        except OperationFailed as reason:
            known = tuple(shown(name, value) for name, value in sorted(recorded.items()))
            fault = _fault(task, "operation", reason.why, "operation", operation.name)
            raise fault.of_text(None, known) from reason
        except feel.FeelError as error:
            _refuse(task, error, "operation")
        except Exception as error:
            raise FromOutside from error
        self.records.calls.append(OperationCalled(instance_id, element, operation.name, recorded, result))
        self.records.written(result, task)
        if operation.result is not None:
            self.records.keep(task, {operation.result: fresh(result)})

    def decide(self, task: "LiveTask", decision_key: str) -> None:
        """Ask a decision; its outputs become variables of their names. What fired is recorded."""
        try:
            table = self.records.ports.decide(decision_key, self.records.definition_of(task))
        except LookupError:
            message = f"There is no decision “{decision_key}” in this bundle or in force. Deploy it."
            raise _fault(task, "no-decision", message, "decision", decision_key) from None
        except decisions.DecisionFault as error:
            raise _fault(task, "decision", str(error), "decision", decision_key) from error
        except Exception as error:
            raise FromOutside from error
        try:
            definition = decisions.load(table.data, table.beside)
            evaluation = decisions.evaluate(definition, decision_key, task.data, self.clock)
            outputs = evaluation.variables()
        except (feel.FeelError, decisions.DecisionFault, XMLRefused) as error:
            known = looked_at(getattr(error, "text", ""), "decision", task.data)
            kind = TOO_MUCH if isinstance(error, feel.FeelSpent) else "decision"
            fault = _fault(task, kind, getattr(error, "message", str(error)), "decision", decision_key)
            raise fault.of_text(None, known) from error
        self.records.worked(task)
        self._note(task, "decision", evaluation.record())
        self.records.keep(task, fresh(outputs))

    def note_gateway(self, task: "LiveTask", record: dict[str, Any]) -> None:
        """Record what a gateway's conditions were, and where the token went."""
        self._note(task, "gateway", record)

    def _note(self, task: "LiveTask", kind: Any, record: Mapping[str, Any]) -> None:
        live = task.workflow.top_workflow
        self.records.written(record, task)
        self.records.evaluations.append(Evaluated(live.instance_id, task.task_spec.element.id, kind, record))

    # --- the library's doors -------------------------------------------------------------------------------------------

    def evaluate(self, task: "LiveTask", expression: str, external_context: Any = None) -> Any:
        """The library's own callers."""
        return self.value(task, expression, place="expression")

    def call_service(self, task: "LiveTask", operation_name: str, operation_params: Mapping[str, Any]) -> NoReturn:
        """Service tasks call `operate`; nothing comes this way."""
        raise _fault(
            task, "unsupported", f"“{operation_name}” was called past the engine.", "operation", operation_name
        )

    def validate(self, expression: str) -> NoReturn:
        """The library's decision tables are not used."""
        raise Fault("unsupported", None, "Decision tables are evaluated by the engine, not by the library.")

    @property
    def environment(self) -> "Environment":
        """What the library evaluates on without a task."""
        return Environment(self)


class Environment:
    """The library's environment: expressions on a mapping."""

    def __init__(self, engine: FeelEngine) -> None:
        self._engine = engine

    def evaluate(self, expression: str, context: Mapping[str, Any], external_context: Any = None) -> Any:
        """The value of an expression on these variables, as JSON. Raises `FeelError`."""
        return values.to_rest(feel.parse(expression, names_of(context)).evaluate(context, self._engine.clock))


def names_of(variables: Mapping[str, Any]) -> frozenset[str]:
    """The names that the lexer must know beforehand: those that are not plain words. Plain words are found anyway,
    and leaving them out keeps one compiled expression for all states of an instance."""
    return frozenset(name for name in variables if not name.isidentifier())


def _fault(
    task: "LiveTask",
    kind: str,
    message: str,
    place: str | None,
    expression: str | None,
) -> Fault:
    element = task.task_spec.element
    return Fault(
        kind,
        None if element is None else element.id,
        message,
        place=place,
        expression=expression,
        instance_id=task.workflow.top_workflow.instance_id,
    )


def _refuse(
    task: "LiveTask", error: feel.FeelError, place: str, variables: Mapping[str, Any] | None = None
) -> NoReturn:
    known = looked_at(error.text, place, task.data if variables is None else variables)
    kind = TOO_MUCH if isinstance(error, feel.FeelSpent) else "expression"
    fault = _fault(task, kind, error.message, place, error.sub_expression)
    raise fault.of_text(error.text, known) from error
