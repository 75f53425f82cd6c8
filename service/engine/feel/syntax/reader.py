"""A place in a row of tokens, and the names known there: what every part of the parser reads from."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from service.domain.sentences import Sentence, say
from service.engine.feel.errors import FeelSyntaxError
from service.engine.feel.limits import NAME_PARTS, NESTING, NODES
from service.engine.feel.syntax.lexer import Shape, Token, tokens_of
from service.engine.feel.syntax.names import KEYWORDS, NameTable, is_name_part, spelled
from service.engine.feel.syntax.nodes import Node


class Reader(ABC):
    """Reads one text from left to right. `tables` are the names from outside; `known` are those of the text itself.

    `members` are the names of entries that a value may have, which nobody declares where they are used; every key of
    a context in the text becomes one. With `by_line`, an expression ends with its line unless a bracket is open.
    """

    def __init__(
        self, text: str, tables: Iterable[NameTable], members: Iterable[NameTable], *, by_line: bool = False
    ) -> None:
        self.text = text
        self.tokens = tokens_of(text)
        self.at = 0
        self.tables = list(tables)
        self.known = NameTable()
        self.members = (*members, NameTable())
        self.by_line = by_line
        self.open_brackets = 0
        self.nodes = 0
        self._nesting = 0
        self._filters = 0

    @abstractmethod
    def expression(self, rank: int = 0) -> Node:
        """The expression that begins here, up to an operator of less than `rank`. Raises FeelSyntaxError."""

    @abstractmethod
    def side(self, token: Token) -> Node:
        """The range that begins with this comparison sign. Raises FeelSyntaxError."""

    @property
    def token(self) -> Token:
        """The token that is next; END where the line ends what is read."""
        token = self.tokens[self.at]
        if self.by_line and token.new_line and self.open_brackets == 0:
            return Token(Shape.END, "", token.start, token.start)
        return token

    def begin_line(self) -> None:
        """The next token begins what is read: that it stands on a new line ends nothing."""
        self.tokens[self.at] = self.tokens[self.at]._replace(new_line=False)

    @property
    def last_end(self) -> int:
        """Where the token before this one ended."""
        return self.tokens[self.at - 1].end if self.at else 0

    def take(self) -> Token:
        """The next token, passed."""
        token = self.token
        if token.shape is not Shape.END:
            self.at += 1
        return token

    def sees(self, *texts: str) -> bool:
        """Whether the next token is one of these words or signs."""
        token = self.token
        return token.text in texts and token.shape in {Shape.WORD, Shape.SIGN}

    def takes(self, *texts: str) -> bool:
        """Whether the next token is one of these; if so it is passed."""
        if self.sees(*texts):
            self.at += 1
            return True
        return False

    def another(self, end: str, so_far: Sequence[object]) -> bool:
        """Whether one more of a row follows: a first one before `end`, or any behind a comma."""
        return self.takes(",") if so_far else not self.sees(end)

    def expect(self, text: str, after: str) -> Token:
        """The token that must come next. Raises FeelSyntaxError: `after` says after what."""
        if not self.sees(text):
            raise self.refusal(
                say("After %(after)s comes `%(text)s`, not %(seen)s.", after=say(after), text=text, seen=self.seen())
            )
        return self.take()

    def opens(self) -> None:
        """A bracket is open: lines no longer end anything."""
        self.open_brackets += 1

    def closes(self) -> None:
        """A bracket is closed."""
        self.open_brackets -= 1

    def seen(self) -> Sentence:
        """The next token, for a sentence."""
        token = self.token
        if token.shape is Shape.END:
            return say("the end of the line") if self.by_line else say("the end")
        shown = token.text[:40]
        if shown.isprintable():
            return say("`%(text)s`", text=shown)
        return say("the character %(code)s", code=f"U+{ord(shown[0]):04X}")

    def refusal(self, message: Sentence, token: Token | None = None) -> FeelSyntaxError:
        """The error that says what is wrong at a token (else the next)."""
        token = token or self.token
        return FeelSyntaxError(message, self.text, token.start, token.end)

    def count(self) -> None:
        """One node more. Raises FeelSyntaxError beyond the limit."""
        self.nodes += 1
        if self.nodes > NODES:
            raise FeelSyntaxError(say("The text has more than %(most)s parts.", most=NODES), self.text)

    def deeper(self) -> None:
        """One level more. Raises FeelSyntaxError beyond the limit."""
        self._nesting += 1
        if self._nesting > NESTING:
            raise self.refusal(say("The text is nested more than %(most)s deep here.", most=NESTING))

    def shallower(self, levels: int = 1) -> None:
        """So many levels less."""
        self._nesting -= levels

    @contextmanager
    def scope(self, names: Iterable[str] = ()) -> Iterator[NameTable]:
        """Names that are known until the block ends."""
        before = len(self.known)
        for name in names:
            self.known.add(name)
        try:
            yield self.known
        finally:
            self.known.forget(before)

    @contextmanager
    def filtering(self) -> Iterator[None]:
        """Inside a filter, entries of the items are names as well, until the block ends."""
        self._filters += 1
        try:
            yield
        finally:
            self._filters -= 1

    def known_name(self) -> tuple[str, int]:
        """The longest name in scope that begins here, and its number of tokens. A keyword alone is none."""
        if self.token.shape is not Shape.WORD:
            return "", 0
        one_line = self.by_line and self.open_brackets == 0
        name, length = "", 0
        for table in (self.known, *(self.members if self._filters else ()), *reversed(self.tables)):
            found, size = table.longest(self.tokens, self.at, one_line=one_line)
            if size > length:
                name, length = found, size
        if length == 1 and name in KEYWORDS:
            return "", 0
        return name, length

    def member_name(self) -> str:
        """The name behind a point. Raises FeelSyntaxError where there is none."""
        if self.token.shape is not Shape.WORD:
            raise self.refusal(say("After `.` comes the name of an entry, not %(seen)s.", seen=self.seen()))
        name, length = self.token.text, 1
        for table in self.members:
            found, size = table.longest(self.tokens, self.at)
            if size > length:
                name, length = found, size
        self.at += length
        return name

    def declare_member(self, name: str) -> None:
        """An entry of that name is known from here on."""
        self.members[-1].add(name)

    def new_name(self, *ends: str) -> str:
        """A name that is declared here: all up to one of `ends`. Raises FeelSyntaxError."""
        length = self._name_length(ends)
        if not length:
            raise self.refusal(say("A name must stand here, not %(seen)s.", seen=self.seen()))
        first = self.tokens[self.at]
        self.at += length
        name = spelled(self.text, first, self.tokens[self.at - 1])
        if name in KEYWORDS:
            raise self.refusal(say("`%(name)s` is a word of the language and cannot be a name.", name=name), first)
        return name

    def names_argument(self) -> bool:
        """Whether `name:` comes next."""
        length = self._name_length((":",))
        return bool(length) and self.tokens[self.at + length].text == ":"

    def _name_length(self, ends: tuple[str, ...]) -> int:
        if self.token.shape is not Shape.WORD or self.token.text in ends:
            return 0
        for length in range(1, NAME_PARTS + 1):
            token = self.tokens[self.at + length]
            if token.text in ends or not is_name_part(token):
                return length
        raise self.refusal(say("A name has at most %(most)s parts.", most=NAME_PARTS))
