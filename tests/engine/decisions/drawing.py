"""Decision files written down in a few words, for tests."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from service.engine.decisions import Definition, Evaluation, evaluate, load
from service.engine.values import to_rest
from tests.engine.feel.asking import context

DMN_15 = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def file(*elements: str, namespace: str = DMN_15) -> bytes:
    """A decision file of these elements."""
    head = f'<definitions xmlns="{namespace}" id="defs" name="Rules" namespace="urn:test">'
    return f"{head}{''.join(elements)}</definitions>".encode()


def given(name: str, kind: str = "") -> str:
    """An input data element; its id is the name without blanks, with `in-` before it."""
    return f"<inputData id={quoteattr('in-' + _id(name))} name={quoteattr(name)}>{_variable(name, kind)}</inputData>"


def decision(name: str, logic: str, *, needs: Sequence[str] = (), knows: Sequence[str] = (), kind: str = "") -> str:
    """A decision; `needs` are ids of inputs and decisions, `knows` those of models and services."""
    requirements = "".join(
        f'<informationRequirement><{"requiredInput" if key.startswith("in-") else "requiredDecision"} href="#{key}"/>'
        "</informationRequirement>"
        for key in needs
    )
    knowledge = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{key}"/></knowledgeRequirement>' for key in knows
    )
    head = f"<decision id={quoteattr(_id(name))} name={quoteattr(name)}>"
    return f"{head}{_variable(name, kind)}{requirements}{knowledge}{logic}</decision>"


def model(name: str, parameters: Mapping[str, str], body: str, *, knows: Sequence[str] = (), kind: str = "") -> str:
    """A business knowledge model: a function of typed parameters."""
    formal = "".join(
        f"<formalParameter name={quoteattr(parameter)}{_type(of)}/>" for parameter, of in parameters.items()
    )
    knowledge = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{key}"/></knowledgeRequirement>' for key in knows
    )
    head = f"<businessKnowledgeModel id={quoteattr(_id(name))} name={quoteattr(name)}>{_variable(name, kind)}"
    return f"{head}<encapsulatedLogic>{formal}{body}</encapsulatedLogic>{knowledge}</businessKnowledgeModel>"


def text(feel: str, kind: str = "") -> str:
    """A literal expression."""
    return f"<literalExpression{_type(kind)}><text>{escape(feel)}</text></literalExpression>"


def table(
    policy: str,
    inputs: Sequence[str],
    outputs: Sequence[str],
    rules: Sequence[str],
    *,
    aggregation: str = "",
    allowed: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
) -> str:
    """A decision table. A column is `name` or `name: type`, a rule `cell | cell => output | output // annotation`.

    `allowed` are the values of a column, by its name.
    """
    allowed, defaults = allowed or {}, defaults or {}
    columns = "".join(_input(column, allowed) for column in inputs)
    columns += "".join(_output(column, allowed, defaults) for column in outputs)
    rows = "".join(_rule(rule, number) for number, rule in enumerate(rules, 1))
    kind = f' aggregation="{aggregation}"' if aggregation else ""
    note = '<annotation name="source"/>' if any("//" in rule for rule in rules) else ""
    return f'<decisionTable id="table" hitPolicy="{policy}"{kind}>{columns}{note}{rows}</decisionTable>'


def asked(data: bytes | Definition, key: str, /, *, strict: bool = False, **inputs: object) -> Evaluation:
    """The evaluation of a decision."""
    definition = load(data) if isinstance(data, bytes) else data
    return evaluate(definition, key, inputs, context(strict=strict))


def decided(data: bytes, key: str, /, **inputs: object) -> Any:
    """The answer of a decision, at rest; there must be no reason for any null."""
    evaluation = evaluate(load(data), key, inputs, context(strict=False))
    assert evaluation.reasons == (), evaluation.reasons
    return to_rest(evaluation.value)


def _id(name: str) -> str:
    return name.replace(" ", "-")


def _type(kind: str) -> str:
    return f" typeRef={quoteattr(kind)}" if kind else ""


def _variable(name: str, kind: str) -> str:
    return f"<variable name={quoteattr(name)}{_type(kind)}/>"


def _values(tag: str, name: str, allowed: Mapping[str, str]) -> str:
    return f"<{tag}><text>{escape(allowed[name])}</text></{tag}>" if name in allowed else ""


def _input(column: str, allowed: Mapping[str, str]) -> str:
    name, _, kind = column.partition(": ")
    expression = f"<inputExpression{_type(kind)}><text>{escape(name)}</text></inputExpression>"
    return f"<input id={quoteattr('col-' + _id(name))}>{expression}{_values('inputValues', name, allowed)}</input>"


def _output(column: str, allowed: Mapping[str, str], defaults: Mapping[str, str]) -> str:
    name, _, kind = column.partition(": ")
    default = (
        f"<defaultOutputEntry><text>{escape(defaults[name])}</text></defaultOutputEntry>" if name in defaults else ""
    )
    named = f" name={quoteattr(name)}" if name else ""
    return f"<output{named}{_type(kind)}>{_values('outputValues', name, allowed)}{default}</output>"


def _rule(rule: str, number: int) -> str:
    row, _, note = rule.partition(" // ")
    cells, _, outputs = row.partition(" => ")
    parts = "".join(f"<inputEntry><text>{escape(cell.strip())}</text></inputEntry>" for cell in cells.split("|"))
    parts += "".join(f"<outputEntry><text>{escape(entry.strip())}</text></outputEntry>" for entry in outputs.split("|"))
    parts += f"<annotationEntry><text>{escape(note)}</text></annotationEntry>" if note else ""
    return f'<rule id="r{number}">{parts}</rule>'
