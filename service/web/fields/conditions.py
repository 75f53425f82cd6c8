"""What `if` in a schema asks of other answers, as far as a page can say it: one field has one of some values.

This only decides what is shown and said. What is right is judged elsewhere, by the schema itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Test:
    """One answer is among these values; `values` None: it is given at all. `turned`: it is not so."""

    name: str
    values: tuple[Any, ...] | None
    turned: bool = False

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether the answers are so."""
        given = self.name in answers
        met = given if self.values is None else given and any(_same(answers[self.name], value) for value in self.values)
        return met is not self.turned


@dataclass(frozen=True, slots=True)
class Condition:
    """Every test holds. `tests` is None for what a page cannot say."""

    tests: tuple[Test, ...] | None

    @classmethod
    def read(cls, schema: Any) -> Condition:
        """The condition that an `if` is."""
        if not isinstance(schema, Mapping) or not schema.keys() <= {"properties", "required", "type"}:
            return cls(None)
        tests = []
        for name, asked in schema.get("properties", {}).items():
            if not isinstance(asked, Mapping) or not asked.keys() <= {"const", "enum", "type"}:
                return cls(None)
            values = asked["enum"] if "enum" in asked else [asked["const"]] if "const" in asked else None
            tests.append(Test(name, None if values is None else tuple(values)))
        named = {test.name for test in tests}
        tests += [Test(name, None) for name in schema.get("required", ()) if name not in named]
        return cls(tuple(tests))

    @classmethod
    def answered(cls, name: str) -> Condition:
        """That field is answered."""
        return cls((Test(name, None),))

    def turned(self) -> Condition:
        """The opposite."""
        if self.tests is None or len(self.tests) != 1:
            return Condition(None)
        (test,) = self.tests
        return Condition((Test(test.name, test.values, not test.turned),))

    def within(self, outer: Condition | None) -> Condition:
        """This one and the outer one."""
        if outer is None:
            return self
        return Condition(None if self.tests is None or outer.tests is None else (*outer.tests, *self.tests))

    def holds(self, answers: Mapping[str, Any]) -> bool | None:
        """Whether it holds for these answers; None: a page cannot tell."""
        return None if self.tests is None else all(test.holds(answers) for test in self.tests)


def _same(one: Any, other: Any) -> bool:
    """Equality of JSON values: `true` is not 1."""
    return bool(one == other) and isinstance(one, bool) is isinstance(other, bool)
