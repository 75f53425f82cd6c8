"""JUEL, the expressions of Camunda 7, Flowable and Activiti (`${amount > 1000}`) → FEEL that means the same.

Read by its grammar (Unified Expression Language 2.2), never run. What calls Java is refused, but for the reading of a
variable. Where JUEL turns a text into a number, null into 0, or passes over a missing entry, FEEL stops with an
incident instead.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from service.engine.translating.feel_text import (
    ADD,
    AND,
    ATOM,
    COMPARE,
    CONDITIONAL,
    MULTIPLY,
    OR,
    UNARY,
    Feel,
    Untranslatable,
    boolean,
    is_plain_name,
    name,
    normal,
    string,
)

MAX_LENGTH = 10_000
NESTING = 60
_WHOLE = re.compile(r"\s*[$#]\{(.*)\}\s*", re.DOTALL)
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
    |(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<word>[^\W\d][\w$]*)
    |(?P<sign>&&|\|\||[=!<>]=|[-+*/%<>!?:.,()\[\]])
    |(?P<other>\S))""",
    re.VERBOSE | re.DOTALL,
)
_WORDS = {"and": "&&", "or": "||", "not": "!", "eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">="}
_WORDS |= {"div": "/", "mod": "%"}
_CONSTANTS = {"true": boolean("true", ATOM), "false": boolean("false", ATOM), "null": Feel("null", ATOM)}
_COUNTED = {"nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances", "loopCounter"}
_LEVELS = (("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"))


def is_juel(text: str) -> bool:
    """Whether a text is written as JUEL: there is `${` or `#{` in it."""
    return "${" in text or "#{" in text


def juel_to_feel(text: str, *, condition: bool = False) -> str:
    """The FEEL of one `${…}`; of a condition, true where JUEL would take it for true. Raises Untranslatable."""
    whole = _WHOLE.fullmatch(text)
    if whole is None or is_juel(whole[1]):
        raise Untranslatable('Text and `${…}` are mixed; join the pieces in FEEL: `"…" + string(x)`')
    if len(text) > MAX_LENGTH:
        raise Untranslatable(f"It is longer than {MAX_LENGTH:,} characters")
    value = _Reader(whole[1]).whole()
    return normal(_truth(value) if condition else value)


class _Token(NamedTuple):
    shape: str
    text: str


def _truth(value: Feel) -> Feel:
    """Whether JUEL takes a value for true: null is false, and a number is an error in both languages."""
    if value.kind not in {None, "boolean"}:
        raise Untranslatable(f"`{value.text[:60]}` is neither true nor false")
    return value if value.sure else boolean(f"{value.within(COMPARE + 1)} = true", COMPARE)


class _Reader:
    """Reads one expression from left to right."""

    def __init__(self, text: str) -> None:
        found = [_Token(match.lastgroup or "", match[match.lastgroup or 0]) for match in _TOKEN.finditer(text)]
        self.tokens = [_Token("sign", _WORDS[it.text]) if it.text in _WORDS else it for it in found]
        self.tokens.append(_Token("end", ""))
        self.at = 0
        self.depth = 0

    def whole(self) -> Feel:
        """The one expression of the text."""
        value = self.conditional()
        if self.tokens[self.at].shape != "end":
            raise self.unread()
        return value

    def conditional(self) -> Feel:
        """`a ? b : c`."""
        self.depth += 1
        if self.depth > NESTING:
            raise Untranslatable("It is nested too deep to be read")
        value = self.row(0)
        if self.takes("?"):
            then = self.conditional()
            self.expect(":")
            other = self.conditional()
            kind = then.kind if then.kind == other.kind else None
            text = f"if {_truth(value).text} then {then.text} else {other.text}"
            value = Feel(text, CONDITIONAL, kind, then.sure and other.sure)
        self.depth -= 1
        return value

    def row(self, level: int) -> Feel:
        """Operators of one rank, from left to right."""
        if level == len(_LEVELS):
            return self.unary()
        value = self.row(level + 1)
        while sign := self.takes(*_LEVELS[level]):
            value = _JOINED[sign](value, self.row(level + 1), sign)
            if len(value.text) > MAX_LENGTH:
                raise Untranslatable(f"It would be longer than {MAX_LENGTH:,} characters in FEEL")
        return value

    def unary(self) -> Feel:
        """`!a`, `-a`, `empty a`, each as often as it is written."""
        before: list[str] = []
        while sign := self.takes("!", "-") or self.takes_word("empty"):
            before.append(sign)
        value = self.postfix()
        for sign in reversed(before):
            value = _UNARY[sign](value)
        return value

    def postfix(self) -> Feel:
        """A value and the steps that lead on from it."""
        value = self.primary()
        while True:
            if self.takes("."):
                key = self.take("word")
                if self.sees("("):
                    raise Untranslatable(f"`{key}(…)` calls Java; FEEL has functions of its own, or call an operation")
                value = _member(value, key)
            elif self.takes("["):
                value = self.place(value)
            else:
                return value

    def place(self, value: Feel) -> Feel:
        """What stands in square brackets: a name that is written out, or a place from 0."""
        token = self.tokens[self.at]
        if token.shape == "end":
            raise self.unread()
        self.at += 1
        self.expect("]")
        if token.shape == "string":
            return _member(value, _unescaped(token.text))
        if token.shape != "number" or not token.text.isdecimal():
            raise Untranslatable("Between `[` and `]` stands what is reckoned; it is not plain what is looked up")
        return Feel(f"{value.within(ATOM)}[{int(token.text) + 1}]", ATOM)

    def primary(self) -> Feel:
        """A constant, a variable, or what stands in brackets."""
        token = self.tokens[self.at]
        if self.takes("("):
            value = self.conditional()
            self.expect(")")
            return value._replace(text=f"({value.text})", rank=ATOM)
        self.at += 1
        if token.shape == "number":
            return Feel(_number(token.text), ATOM, "number", True)
        if token.shape == "string":
            return Feel(string(_unescaped(token.text)), ATOM, "string", True)
        if token.shape == "word":
            return self.variable(token.text)
        self.at -= 1
        raise self.unread()

    def variable(self, word: str) -> Feel:
        """A constant by its word, a variable, or `execution.getVariable("x")`."""
        if word in _CONSTANTS:
            return _CONSTANTS[word]
        if word in {"execution", "task"} and self.takes("."):
            method = self.take("word")
            if method != "getVariable" or not self.takes("("):
                raise Untranslatable(f"`{word}.{method}` belongs to Camunda's engine")
            word = _unescaped(self.take("string"))
            self.expect(")")
        elif self.sees("("):
            raise Untranslatable(f"`{word}(…)` calls Java; FEEL has functions of its own, or call an operation")
        if word in _COUNTED:
            raise Untranslatable(f"`{word}` is counted by Camunda; write a condition on the list that is gathered")
        return Feel(name(word), ATOM)

    def sees(self, sign: str) -> bool:
        """Whether this sign is next."""
        return self.tokens[self.at] == _Token("sign", sign)

    def takes(self, *signs: str) -> str:
        """The sign that is next, passed, if it is one of these; else nothing."""
        token = self.tokens[self.at]
        if token.shape != "sign" or token.text not in signs:
            return ""
        self.at += 1
        return token.text

    def takes_word(self, word: str) -> str:
        """The word that is next, passed, if it is this one; else nothing."""
        found = self.tokens[self.at] == _Token("word", word)
        self.at += found
        return word if found else ""

    def take(self, shape: str) -> str:
        """The text of the next token, which must be of this shape."""
        token = self.tokens[self.at]
        if token.shape != shape:
            raise self.unread()
        self.at += 1
        return token.text

    def expect(self, sign: str) -> None:
        """Passes a sign that must come next."""
        if not self.takes(sign):
            raise self.unread()

    def unread(self) -> Untranslatable:
        """The next token cannot stand where it does."""
        token = self.tokens[min(self.at, len(self.tokens) - 1)]
        what = f"`{token.text[:40]}`" if token.text else "the end"
        return Untranslatable(f"It cannot be read as JUEL: {what} cannot stand there")


def _number(text: str) -> str:
    if text.isdecimal():
        return text.lstrip("0") or "0"
    return f"0{text}" if text[0] == "." else text.replace(".e", ".0e").replace(".E", ".0E").rstrip(".")


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)


def _member(value: Feel, key: str) -> Feel:
    if key == "class" or key.startswith("__"):
        raise Untranslatable(f"`{key}` reaches into Java itself")
    if is_plain_name(key):
        return Feel(f"{value.within(ATOM)}.{key}", ATOM)
    return Feel(f"get value({value.text}, {string(key)})", ATOM)


def _logic(left: Feel, right: Feel, sign: str) -> Feel:
    word, rank = ("and", AND) if sign == "&&" else ("or", OR)
    return boolean(f"{_truth(left).within(rank + 1)} {word} {_truth(right).within(rank + 1)}", rank)


def _comparison(left: Feel, right: Feel, sign: str) -> Feel:
    kinds = {left.kind, right.kind} - {None}
    if len(kinds) > 1:
        raise Untranslatable(
            f"`{left.text[:40]}` and `{right.text[:40]}` are of two kinds, which FEEL does not compare"
        )
    sign = "=" if sign == "==" else sign
    return boolean(f"{left.within(COMPARE + 1)} {sign} {right.within(COMPARE + 1)}", COMPARE)


def _arithmetic(left: Feel, right: Feel, sign: str) -> Feel:
    if {left.kind, right.kind} - {None, "number"}:
        raise Untranslatable(f"`{sign}` reckons with numbers alone in JUEL")
    if sign == "%":
        # Java's remainder has the sign of what is divided.
        rest = f"modulo(abs({left.text}), abs({right.text}))"
        return Feel(f"if {left.within(ADD)} < 0 then -{rest} else {rest}", CONDITIONAL, "number", True)
    rank = ADD if sign in "+-" else MULTIPLY
    if sign == "+" and "number" not in {left.kind, right.kind}:
        # FEEL would join two texts.
        return Feel(f"sum([{left.text}, {right.text}])", ATOM, "number", True)
    return Feel(f"{left.within(rank)} {sign} {right.within(rank + 1)}", rank, "number", True)


def _negative(value: Feel) -> Feel:
    if value.kind not in {None, "number"}:
        raise Untranslatable("A minus sign stands before numbers alone in JUEL")
    return Feel(f"-{value.within(UNARY + 1)}", UNARY, "number", True)


def _empty(value: Feel) -> Feel:
    """`empty x`: null, or a text, a list or an object with nothing in it."""
    return boolean(f'{value.within(COMPARE + 1)} in (null, "", [], {{}})', COMPARE)


_JOINED: dict[str, Callable[[Feel, Feel, str], Feel]] = {
    **dict.fromkeys(("&&", "||"), _logic),
    **dict.fromkeys(("==", "!=", "<", ">", "<=", ">="), _comparison),
    **dict.fromkeys(("+", "-", "*", "/", "%"), _arithmetic),
}
_UNARY: dict[str, Callable[[Feel], Feel]] = {
    "!": lambda value: boolean(f"not({_truth(value).text})", ATOM),
    "-": _negative,
    "empty": _empty,
}
