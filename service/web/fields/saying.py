"""Conditions in words, and as data for the page's script (islands/forms.ts)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from service.forms.pointers import escape
from service.web import formats
from service.web.fields import kinds
from service.web.fields.conditions import Condition, Test
from service.web.fields.members import Member
from service.web.fields.model import Sheet
from service.web.i18n import gettext


class Saying:
    """Says the conditions among the fields of one object; `ui` are their `ui:` keys."""

    def __init__(
        self, sheet: Sheet, known: Mapping[str, Member], data: Mapping[str, Any], ui: Mapping[str, Any]
    ) -> None:
        self.sheet, self.known, self.data, self.ui = sheet, known, data, ui

    def needed(self, conditions: Iterable[Condition]) -> tuple[str, ...]:
        """When a field that may be left empty has to be filled in after all."""
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
        offered = kinds.options(self.sheet, member.schema, member.place, {}, self.data)
        labels = {option.value: option.label.text for _, option in offered}
        quoted = [gettext("“%(answer)s”", answer=labels.get(kinds.key(value), value)) for value in test.values]
        answers = formats.listing(quoted, "or")
        if test.turned:
            return gettext("“%(field)s” is not %(answers)s", field=label, answers=answers)
        return gettext("“%(field)s” is %(answers)s", field=label, answers=answers)


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
