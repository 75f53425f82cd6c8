"""FEEL, the expression language of the DMN standard (1.5, chapter 10): the one language of diagrams and tables.

    from service.engine.feel import Context, parse

    condition = parse("count(votes[choice = \\"for\\"]) > quorum", names={"votes", "quorum"})
    condition.names                                # {"votes", "quorum"}: what must come from outside
    condition.evaluate_condition(variables, context)   # exactly True or False, else FeelFault

Four texts can be read, each once per (text, names): `parse` → Expression, `parse_unary` → UnaryTests (a table's cell),
`parse_script` → Script (lines of `name = expression`), `parse_template` → Template (`{{ … }}` in Markdown). Reading
raises FeelSyntaxError, running raises FeelFault; both are FeelError with `message`, `text`, `start`, `end` and
`sub_expression`, and no other exception comes out.

Values go in as they are kept (`engine.values`: int, float, str, bool, None, list, dict; Python's dates; FEEL's own) and
come out as FEEL values: Decimal, str, bool, None, list, dict, and `kinds`' Date, Time, Moment, DaysDuration,
MonthsDuration, Range, Function, Sealed. `engine.values.to_rest` makes JSON of them.

Two modes, by `Context.strict`. Strict, for diagrams: an undefined name, a missing entry, an operation that the standard
answers with null for an error, is a FeelFault. Not strict, for decisions: it is null, and `explain` gives the reasons.
`Expression.never_true` tells a check that a text can be no condition at all.

Where this differs from the standard, it is so that a case replays to the same bytes, and stays safe: contexts are walked
in the order of their keys, `string()` writes no trailing zeros, patterns are RE2's, a function has no name for itself,
functions in other languages are not run. One function is ours: `working days(n, from)`.

In both modes, whatever a text asks for is bounded (`limits`), and a text reaches nothing but its values: a point reads an
entry of a context or one of the properties in `kinds.properties`, never an attribute of Python.
"""

from service.engine.feel.errors import FeelError, FeelFault, FeelSpent, FeelSyntaxError, Reason
from service.engine.feel.expression import Expression, Result, parse
from service.engine.feel.run import Context
from service.engine.feel.script import Script, parse_script
from service.engine.feel.syntax import nodes
from service.engine.feel.template import Template, parse_template, plain
from service.engine.feel.unary import UnaryTests, parse_unary

__all__ = [
    "Context",
    "Expression",
    "FeelError",
    "FeelFault",
    "FeelSpent",
    "FeelSyntaxError",
    "Reason",
    "Result",
    "Script",
    "Template",
    "UnaryTests",
    "nodes",
    "parse",
    "parse_script",
    "parse_template",
    "parse_unary",
    "plain",
]
