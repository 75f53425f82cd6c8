"""The words that a text may use beyond the language's own: names in scope, entries, types."""

from functools import lru_cache
from typing import NamedTuple

from service.engine.feel.builtins import BUILTINS
from service.engine.feel.kinds.properties import PROPERTY_NAMES
from service.engine.feel.syntax.names import NameTable
from service.engine.feel.syntax.parser import Parser

_BUILTINS = NameTable(BUILTINS)
_PROPERTIES = NameTable(PROPERTY_NAMES)
NO_NAMES: frozenset[str] = frozenset()


class Vocabulary(NamedTuple):
    """What is known around a text."""

    names: frozenset[str]
    members: frozenset[str] = NO_NAMES
    types: frozenset[str] = NO_NAMES

    def parser(self, text: str, *, by_line: bool = False) -> Parser:
        """A parser of a text that knows these words."""
        names, members, types = (_table(words) for words in self)
        return Parser(text, (_BUILTINS, names), (_PROPERTIES, members), types, by_line=by_line)


@lru_cache(maxsize=512)
def _table(words: frozenset[str]) -> NameTable:
    """The table of a set of words, which many texts of one file share."""
    return NameTable(words)
