"""Decision files of the DMN standard (1.1 to 1.5), evaluated by us: SpiffWorkflow's own tables are not used.

    definition = load(data)                      # once per bytes; `definition.findings` says what is wrong, and where
    evaluation = evaluate(definition, "quorum", variables, context)
    evaluation.value, evaluation.fired           # FEEL's value; ids of the rules that fired
    evaluation.variables(), evaluation.record()  # what the instance gets; what the journal gets, as JSON

A file may import others that lie beside it: `load(data, beside)`. `run(folder, context)` runs cases of the standard's
Technology Compatibility Kit.

A file's logic becomes one tree of FEEL (`boxes`), compiled when it is read; a table is a node of that tree (`tables`,
`hits`). What was evaluated is known by the sha-256 of the file's bytes, which are all that is read. `context.strict`
chooses the mode as in `service.engine.feel`: in a diagram a table whose rules overlap is a fault that names the rules,
as a DMN tool one records the reason and goes on with null.
"""

from service.engine.decisions import asking
from service.engine.decisions.evaluating import evaluate
from service.engine.decisions.kit import Outcome, run
from service.engine.decisions.looked import Read, reads
from service.engine.decisions.model import DecisionFault, Definition
from service.engine.decisions.reading import load
from service.engine.decisions.record import Evaluated, Evaluation, FiredRule, Firing
from service.engine.decisions.sources import around, parts

__all__ = [
    "DecisionFault",
    "Definition",
    "Evaluated",
    "Evaluation",
    "FiredRule",
    "Firing",
    "Outcome",
    "Read",
    "around",
    "asking",
    "evaluate",
    "load",
    "parts",
    "reads",
    "run",
]
