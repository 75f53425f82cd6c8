"""What an evaluation leaves: JSON values that a journal can hold, and from which it can be shown again."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.domain.sentences import say
from service.engine.feel import FeelError, FeelFault, Reason
from service.engine.values import to_rest


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule that fired: its id, its place in the table from 1, its annotations, and its outputs at rest."""

    id: str
    index: int
    annotations: tuple[str, ...]
    outputs: object


@dataclass(frozen=True, slots=True)
class Firing:
    """One use of a table: its id, the values of its input columns by label, and the rules that fired, in file order."""

    table: str
    policy: str
    inputs: tuple[tuple[str, object], ...]
    rules: tuple[FiredRule, ...]

    def record(self) -> dict[str, object]:
        """The same as JSON."""
        return {
            "table": self.table,
            "hit_policy": self.policy,
            "inputs": [{"label": label, "value": value} for label, value in self.inputs],
            "rules": [
                {"id": rule.id, "index": rule.index, "annotations": list(rule.annotations), "outputs": rule.outputs}
                for rule in self.rules
            ],
        }


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One decision that was made: its value as FEEL has it, what fired, and why a null is in it."""

    id: str
    name: str
    value: object
    firings: tuple[Firing, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def record(self) -> dict[str, object]:
        """The same as JSON."""
        return {
            "id": self.id,
            "name": self.name,
            "value": rested(self.value),
            "fired": [firing.record() for firing in self.firings],
            "reasons": [_reason(reason) for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A decision that was asked for, and those it needed.

    `decisions` are in the order in which they were made, the one asked for last. `digest` is the sha-256 of the file's
    bytes. `inputs` are what was read of the values given, at rest. `names` are those of the decision's output columns.
    """

    key: str
    digest: str
    inputs: Mapping[str, object]
    decisions: tuple[Evaluated, ...]
    names: tuple[str, ...] = ()
    input_reasons: tuple[Reason, ...] = ()

    @property
    def value(self) -> object:
        """The answer, as FEEL has it."""
        return self.decisions[-1].value

    @property
    def fired(self) -> tuple[str, ...]:
        """The ids of the rules of the decision itself that fired."""
        return tuple(rule.id for firing in self.decisions[-1].firings for rule in firing.rules)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why nulls came out, in all decisions."""
        return (*self.input_reasons, *(reason for decision in self.decisions for reason in decision.reasons))

    def variables(self) -> dict[str, object]:
        """The outputs as variables at rest: one per named output column, else one of the decision's name.

        A table that may answer with many rows gives one list, under the decision's name. Raises FeelFault where a
        value cannot be kept, naming the decision, the output and the value.
        """
        value, name = self.value, self.decisions[-1].name
        if len(self.names) > 1 and (value is None or isinstance(value, dict)):
            return {key: None if value is None else self._kept(key, value.get(key)) for key in self.names}
        output = self.names[0] if len(self.names) == 1 else name
        return {output: self._kept(output, value)}

    def _kept(self, output: str, value: object) -> object:
        try:
            return to_rest(value)
        except FeelError as error:
            raise FeelFault(
                say(
                    "“%(output)s” of the decision “%(key)s” cannot be kept: %(error)s",
                    output=output,
                    key=self.key,
                    error=error.message,
                )
            ) from None

    def record(self) -> dict[str, object]:
        """All of it as JSON: decision, digest, inputs, decisions with fired rules and annotations, outputs, reasons."""
        return {
            "decision": self.key,
            "digest": self.digest,
            "inputs": dict(self.inputs),
            "decisions": [decision.record() for decision in self.decisions],
            "outputs": rested(self.value),
            "input_reasons": [_reason(reason) for reason in self.input_reasons],
        }


def _reason(reason: Reason) -> dict[str, object]:
    return {"message": reason.message, "expression": reason.sub_expression, "start": reason.start, "end": reason.end}


def rested(value: object) -> object:
    """A value at rest for a record; what cannot be kept is named in words, so that a record never fails."""
    try:
        return to_rest(value)
    except FeelError as error:
        return {"unkept": error.message}
