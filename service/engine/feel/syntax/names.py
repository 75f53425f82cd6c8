"""The names in scope, and how long one of them is in a text (DMN 1.5, 10.3.1.2 and 10.3.1.4).

A name is a row of tokens; space between them does not count. The longest known name wins, so `a-b` is a name where
`a-b` is known and a subtraction where it is not.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from service.engine.feel.errors import FeelSyntaxError
from service.engine.feel.limits import NAME_PARTS
from service.engine.feel.syntax.lexer import Shape, Token, tokens_of

KEYWORDS = frozenset(
    [
        "for",
        "return",
        "if",
        "then",
        "else",
        "some",
        "every",
        "satisfies",
        "instance",
        "of",
        "in",
        "function",
        "external",
        "or",
        "and",
        "between",
        "null",
        "true",
        "false",
    ]
)
"""Words that are never a name of one word. `not` is not among them: it is a function."""

NAME_SIGNS = frozenset(".-+*/'\u2019")
"""Signs that a name may hold (rule 30), and nothing else may stand in one."""

_END = ""


class NameTable:
    """Names as a tree of their tokens. Of two that are spelled with the same tokens, the one added last is meant."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._root: dict[str, Any] = {}
        self._ends: list[list[str]] = []
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Let a name be known. A name that no text can spell (it begins with a digit, say) is passed over.

        So is a plain word: that is a name wherever it stands.
        """
        if name.isascii() and name.isidentifier():
            return
        try:
            parts = tokens_of(name)[:-1]
        except FeelSyntaxError:
            return
        if not parts or parts[0].shape is not Shape.WORD or len(parts) > NAME_PARTS:
            return
        branch = self._root
        for part in parts:
            branch = branch.setdefault(part.text, {})
        branch.setdefault(_END, []).append(name)
        self._ends.append(branch[_END])

    def forget(self, count: int) -> None:
        """Let only the first `count` of the names that were added be known."""
        while len(self._ends) > count:
            self._ends.pop().pop()

    def __len__(self) -> int:
        return len(self._ends)

    def longest(self, tokens: Sequence[Token], at: int, *, one_line: bool = False) -> tuple[str, int]:
        """The longest known name that begins at token `at`, and its number of tokens; ("", 0) where there is none."""
        branch: dict[str, Any] | None = self._root.get(tokens[at].text)
        found, length, count = "", 0, 1
        while branch is not None:
            if branch.get(_END):
                found, length = branch[_END][-1], count
            token = tokens[at + count]
            ends = token.shape is Shape.END or (one_line and token.new_line)
            branch = None if ends else branch.get(token.text)
            count += 1
        return found, length


def spelled(text: str, first: Token, last: Token) -> str:
    """A name as its author wrote it between two tokens, every run of space made one blank."""
    return " ".join(text[first.start : last.end].split())


def is_name_part(token: Token) -> bool:
    """Whether a token may stand inside a name, after its first word."""
    return token.shape in {Shape.WORD, Shape.NUMBER} or (token.shape is Shape.SIGN and token.text in NAME_SIGNS)
