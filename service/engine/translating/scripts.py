"""A Python script → lines of `name = expression`, or a sentence that says which line is more than that."""

import ast
import textwrap
from collections.abc import Mapping

from service.engine.translating.expressions import Translator, parse
from service.engine.translating.feel_text import ATOM, Feel, Untranslatable, name, normal, shown, string


def script_to_feel(text: str, types: Mapping[str, str] | None = None) -> str:
    """The FEEL script of a Python script. Raises Untranslatable."""
    tree = parse(textwrap.dedent(text).strip(), "exec")
    assert isinstance(tree, ast.Module)
    script = _Script(Translator(types or {}))
    try:
        lines = [script.line(statement) for statement in tree.body if not isinstance(statement, ast.Pass)]
    except RecursionError:
        raise Untranslatable("It is nested too deep to be read") from None
    return "\n".join(lines)


class _Script:
    """The lines of one script. `shared` are names that may stand for one and the same list or object in Python."""

    def __init__(self, translator: Translator) -> None:
        self.translator = translator
        self.shared: set[str] = set()

    def line(self, statement: ast.stmt) -> str:
        """One line. Raises Untranslatable for more than `name = expression`, or what comes to that."""
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            return self._assigned(statement.targets[0], statement.value)
        if isinstance(statement, ast.AnnAssign) and statement.value is not None:
            return self._assigned(statement.target, statement.value)
        if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
            owner = ast.Name(statement.target.id, ast.Load())
            value = self.translator.expression(ast.BinOp(owner, statement.op, statement.value))
            if value.kind == "array":
                self._changed(statement.target.id)
            return f"{name(statement.target.id)} = {normal(value)}"
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            return self._appended(statement.value)
        if isinstance(statement, ast.If):
            raise Untranslatable(f"`if {shown(statement.test)}:` branches inside a script; draw a gateway")
        raise Untranslatable(f"`{shown(statement)}` is more than `name = expression`")

    def _assigned(self, target: ast.expr, value: ast.expr) -> str:
        feel = self.translator.expression(value)
        if isinstance(target, ast.Name):
            others = _handed_on(value)
            if others - {target.id}:
                self.shared |= others | {target.id}
            # From here on, the variable is what the script makes of it, not what a form says.
            self.translator.types.pop(target.id, None)
            if feel.kind and feel.sure:
                self.translator.types[target.id] = feel.kind
            return f"{name(target.id)} = {normal(feel)}"
        match target:
            case ast.Subscript(ast.Name(owner), ast.Constant(str(key))):
                self._changed(owner)
                self.shared |= _handed_on(value)
                return f"{name(owner)} = {normal(Feel(f'context put({owner}, {string(key)}, {feel.text})', ATOM))}"
        raise Untranslatable(f"`{shown(target)} = …` writes into something; assign the whole to a name")

    def _appended(self, call: ast.Call) -> str:
        """`votes.append(vote)`: nothing is changed in place here, so that the list is assigned anew."""
        match call:
            case ast.Call(ast.Attribute(ast.Name(owner), "append"), [value], []):
                self._changed(owner)
                self.shared |= _handed_on(value)
                element = self.translator.expression(value)
                return f"{name(owner)} = {normal(Feel(f'append({owner}, {element.text})', ATOM))}"
        raise Untranslatable(f"`{shown(call)}` does something besides giving a value; call an operation")

    def _changed(self, owner: str) -> None:
        """The list or object of this name is changed in place. Raises Untranslatable where it has another name."""
        if owner in self.shared:
            raise Untranslatable(f"`{owner}` has another name in this script, and Python would change it under both")


def _handed_on(value: ast.expr) -> set[str]:
    """The variables whose lists or objects the value may be, or hold, in Python."""
    if isinstance(value, ast.Constant | ast.Compare | ast.UnaryOp):
        return set()
    return {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
