"""Types as they are written: `list<number>`, `context<a: string>`, `date and time` (DMN 1.5, 10.3.1.2, rules 42–47)."""

from collections.abc import Callable

from service.domain.sentences import say
from service.engine.feel.kinds.conform import BASIC
from service.engine.feel.kinds.types import ContextType, FunctionType, ListType, RangeType, Simple, Type
from service.engine.feel.syntax.lexer import Shape
from service.engine.feel.syntax.names import NameTable, spelled
from service.engine.feel.syntax.reader import Reader

_BASIC = NameTable(BASIC)


class TypeNames(Reader):
    """The part of the parser that reads types."""

    types: NameTable

    def type(self) -> Type:
        """The type that is written here. Raises FeelSyntaxError."""
        first = self.token
        if first.shape is not Shape.WORD:
            raise self.refusal(say("A type must stand here, not %(seen)s.", seen=self.seen()))
        special: dict[str, Callable[[], Type]] = {
            "list": lambda: self._inside(ListType),
            "range": lambda: self._inside(RangeType),
            "context": self._context,
            "function": self._function,
        }
        if first.text in special and self.tokens[self.at + 1].text == "<":
            self.at += 2
            self.deeper()
            kind = special[first.text]()
            self.shallower()
            return kind
        return self._simple()

    def _simple(self) -> Type:
        first = self.token
        length = max(table.longest(self.tokens, self.at)[1] for table in (_BASIC, self.types)) or 1
        self.at += length
        while self.sees(".") and self.tokens[self.at + 1].shape is Shape.WORD:
            self.at += 2
        return Simple(spelled(self.text, first, self.tokens[self.at - 1]))

    def _inside(self, make: Callable[[Type], Type]) -> Type:
        kind = make(self.type())
        self.expect(">", "the type in the list or range")
        return kind

    def _context(self) -> Type:
        entries: list[tuple[str, Type]] = []
        while self.another(">", entries):
            name = self.new_name(":")
            self.expect(":", "the entry's name")
            entries.append((name, self.type()))
        self.expect(">", "the entries of the type")
        return ContextType(tuple(entries))

    def _function(self) -> Type:
        parameters: list[Type] = []
        while self.another(">", parameters):
            parameters.append(self.type())
        self.expect(">", "the types of the parameters")
        self.expect("->", "the types of the parameters")
        return FunctionType(tuple(parameters), self.type())
