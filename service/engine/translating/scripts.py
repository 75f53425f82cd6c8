"""A Python script → lines of `name = expression`, or a sentence that says which line is more than that."""

import ast
import textwrap
from collections.abc import Mapping

from service.engine.translating.expressions import Translator, parse, shown
from service.engine.translating.feel_text import Untranslatable, name, string


def script_to_feel(text: str, types: Mapping[str, str] | None = None) -> str:
    """The FEEL script of a Python script. Raises Untranslatable."""
    tree = parse(textwrap.dedent(text).strip(), "exec")
    assert isinstance(tree, ast.Module)
    translator = Translator(types or {})
    try:
        lines = [_line(translator, statement) for statement in tree.body if not isinstance(statement, ast.Pass)]
    except RecursionError:
        raise Untranslatable("It is nested too deep to be read") from None
    return "\n".join(lines)


def _line(translator: Translator, statement: ast.stmt) -> str:
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        return _assigned(translator, statement.targets[0], statement.value)
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        return _assigned(translator, statement.target, statement.value)
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        owner = ast.Name(statement.target.id, ast.Load())
        return _assigned(translator, statement.target, ast.BinOp(owner, statement.op, statement.value))
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        return _appended(translator, statement.value)
    if isinstance(statement, ast.If):
        raise Untranslatable(f"`if {shown(statement.test)}:` branches inside a script; draw a gateway")
    raise Untranslatable(f"`{shown(statement)}` is more than `name = expression`")


def _assigned(translator: Translator, target: ast.expr, value: ast.expr) -> str:
    feel = translator.expression(value).text
    if isinstance(target, ast.Name):
        return f"{name(target.id)} = {feel}"
    if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
        key = target.slice
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            owner = name(target.value.id)
            return f"{owner} = context put({owner}, {string(key.value)}, {feel})"
    raise Untranslatable(f"`{shown(target)} = …` writes into something; assign the whole to a name")


def _appended(translator: Translator, call: ast.Call) -> str:
    """`votes.append(vote)`: nothing is changed in place here, so that the list is assigned anew."""
    match call:
        case ast.Call(ast.Attribute(ast.Name(owner), "append"), [value], []):
            return f"{name(owner)} = append({name(owner)}, {translator.expression(value).text})"
    raise Untranslatable(f"`{shown(call)}` does something besides giving a value; call an operation")
