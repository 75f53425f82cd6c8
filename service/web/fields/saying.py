"""Conditions in words, and as data for the page's script (islands/forms.ts)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from service.forms.pointers import escape
from service.web import formats
from service.web.fields import kinds
from service.web.fields.conditions import Condition, Test
from service.web.fields.members import Member
from service.web.fields.model import Sheet
from service.web.i18n import gettext

MOST = 2
"""Conditions that are told one by one."""


class Saying:
    """Says the conditions among the fields of one object; `ui` are their `ui:` keys."""

    def __init__(
        self, sheet: Sheet, known: Mapping[str, Member], data: Mapping[str, Any], ui: Mapping[str, Any]
    ) -> None:
        self.sheet, self.known, self.data, self.ui = sheet, known, data, ui

    def needed(self, conditions: Sequence[Condition]) -> tuple[str, ...]:
        """When a field that may be left empty has to be filled in after all. What would be long is said shortly."""
        alone = [test for it in conditions for test in it.tests or () if len(it.tests or ()) == 1]
        if len(alone) == len(conditions) > MOST:
            answers = {self._answers(test) for test in alone if test.values is not None and not test.turned}
            if len(answers) == 1:
                return (gettext("Needed when any of the answers is %(answers)s.", answers=answers.pop()),)
        if len(conditions) > MOST:
            return (gettext("Needed with some of the other answers."),)
        said = [told for told in map(self._all, conditions) if told]
        return (gettext("Needed when %(condition)s.", condition=formats.listing(said, "or")),) if said else ()

    def asked(self, condition: Condition) -> str | None:
        """When a field is asked at all."""
        said = self._all(condition)
        return gettext("Only when %(condition)s.", condition=said) if said else None

    def _all(self, condition: Condition) -> str:
        return formats.listing(self._test(test) for test in condition.tests or () if test.name in self.known)

    def _test(self, test: Test) -> str:
        member = self.known[test.name]
        label = self.sheet.in_schema(f"{member.place}/title", member.schema.get("title", test.name)).text
        if test.values is None and test.turned:
            return gettext("“%(field)s” is not answered", field=label)
        if test.values is None:
            return gettext("“%(field)s” is answered", field=label)
        chosen = kinds.kind_of(member.schema, self.ui.get(test.name, {})) in ("radio", "select")
        if not chosen and len(test.values) == 1 and isinstance(test.values[0], bool):
            if test.values[0] is test.turned:
                return gettext("“%(field)s” is not ticked", field=label)
            return gettext("“%(field)s” is ticked", field=label)
        answers = self._answers(test)
        if test.turned:
            return gettext("“%(field)s” is not %(answers)s", field=label, answers=answers)
        return gettext("“%(field)s” is %(answers)s", field=label, answers=answers)

    def _answers(self, test: Test) -> str:
        """The answers among which one is, as the form calls them."""
        member = self.known[test.name]
        offered = kinds.options(self.sheet, member.schema, member.place, {}, self.data)
        labels = {option.value: option.label.text for _, option in offered}
        quoted = [gettext("“%(answer)s”", answer=labels.get(kinds.key(value), value)) for value in test.values or ()]
        return formats.listing(quoted, "or")


def switch(condition: Condition, at: str) -> str | None:
    """The condition as the script reads it: JSON; None for one that a page cannot say. `at` points to the object."""
    if not condition.tests:
        return None
    return json.dumps(
        [
            {
                "name": f"{at}/{escape(test.name)}",
                "values": None if test.values is None else [kinds.key(value) for value in test.values],
                "turned": test.turned,
            }
            for test in condition.tests
        ]
    )
