"""Runs a folder of the kit: every case of every file in it, each asked of the model beside its file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from service.engine.decisions.evaluating import evaluate
from service.engine.decisions.kit.agreeing import agree, written
from service.engine.decisions.kit.cases import Case, Cases, KitUnreadable, Result, read_cases
from service.engine.decisions.kit.untyped import as_told
from service.engine.decisions.model import Decision, DecisionFault, Definition, Knowledge, Service
from service.engine.decisions.reading import load
from service.engine.decisions.sources import around
from service.engine.feel import Context, FeelError
from service.engine.feel.kinds.types import Type
from service.engine.feel.syntax.nodes import FunctionOf
from service.engine.xml import XMLRefused


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case that was run: its file under the folder, its id, and what was not as expected."""

    file: str
    case: str
    problems: tuple[str, ...] = ()


def run(folder: Path, context: Context) -> Iterator[Outcome]:
    """The outcomes of all cases in a folder and the folders in it, in the order of their files (`*-test-*.xml`).

    Nothing is raised: a file that cannot be read is one case that failed, as is a case whose evaluation goes wrong.
    """
    lenient = replace(context, strict=False)
    for path in sorted(folder.rglob("*-test-*.xml")):
        name = path.relative_to(folder).as_posix()
        try:
            cases = read_cases(path.read_bytes())
            model = _model(path, cases)
        except Exception as fault:  # noqa: BLE001 - a file of anyone's making, and the others are still to be run
            yield Outcome(name, "", (_told(fault),))
            continue
        for case in cases.cases:
            yield Outcome(name, case.id, _problems(case, model, lenient))


def _model(path: Path, cases: Cases) -> Definition:
    """The model that a file's cases are about, with the decision files around it to import from."""
    place = path.parent / cases.model
    if not cases.model or not place.resolve().is_relative_to(path.parent.resolve()) or not place.is_file():
        raise KitUnreadable(f"The model “{cases.model}” is not beside the test file.")
    data = place.read_bytes()
    return load(data, around(path.parent) if b"import" in data else ())


def _problems(case: Case, model: Definition, context: Context) -> tuple[str, ...]:
    """What is wrong with a case: why it cannot be read, or each result that is not as expected."""
    if case.problem:
        return (case.problem,)
    if not case.results:
        return ("The case expects no result.",)
    return tuple(problem for result in case.results if (problem := _problem(case, result, model, context)))


def _problem(case: Case, result: Result, model: Definition, context: Context) -> str | None:
    try:
        value, reasons = _asked(case, result, model, context)
    except (FeelError, DecisionFault) as fault:
        return None if result.error else f"{result.name}: {fault}"
    except Exception as fault:  # noqa: BLE001 - a model of anyone's making, and the other cases are still to be run
        return f"{result.name}: {_told(fault)}"
    if agree(result.expected, value) or (result.error and value is None):
        return None
    told = f"{result.name}: {written(result.expected)} is expected, {written(value)} came out"
    return f"{told} ({reasons[0]})" if reasons else told


def _told(fault: Exception) -> str:
    """What went wrong, in its own words where it has any."""
    ours = isinstance(fault, KitUnreadable | XMLRefused | OSError)
    return str(fault) if ours else f"{type(fault).__name__}: {fault}"


def _asked(case: Case, result: Result, model: Definition, context: Context) -> tuple[object, list[str]]:
    """What comes out for a result node, and why nulls are in it."""
    asked = model.find(case.invoked or result.name)
    inputs = {name: one for one in model.inputs.values() for name in (one.label, one.name)}
    others = [one for one in model.decisions.values() if one.id != asked.id and one.name not in inputs]
    decided = {name: one for one in others for name in (one.label, one.name)}
    kinds = {name: (one.type, one.types) for name, one in (decided | inputs).items()}
    kinds |= {name: (kind, asked.types) for name, kind in _parameters(asked)}
    given = {key: as_told(value, *kinds.get(key.rpartition("#")[2], (None, {}))) for key, value in case.inputs.items()}
    made = {decided[name].id: value for name, value in given.items() if name in decided}
    evaluation = evaluate(model, asked.id, given, context, made)
    value = evaluation.value
    if case.invoked and result.name != case.invoked and isinstance(value, dict) and result.name in value:
        value = value[result.name]
    return value, [reason.message for reason in evaluation.reasons]


def _parameters(asked: Decision | Service | Knowledge) -> Sequence[tuple[str, Type | None]]:
    """The parameters of a model, with their types; those of a service are the model's inputs and decisions."""
    if isinstance(asked, Knowledge) and asked.function is not None and isinstance(asked.function.node, FunctionOf):
        return asked.function.node.parameters
    return ()
