"""Instructions: the expressions in `{{ … }}` become FEEL; Jinja's statements have no equal."""

import re
from collections.abc import Mapping

from service.engine.translating.expressions import to_feel
from service.engine.translating.feel_text import Untranslatable

_EXPRESSION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


def template_to_feel(text: str, types: Mapping[str, str] | None = None) -> str:
    """The text with its expressions in FEEL. Raises Untranslatable."""
    for sign in ("{%", "{#"):
        if sign in text:
            raise Untranslatable(f"What stands in `{sign}` is a statement of Jinja, and none is run; write plain text")

    def translated(found: re.Match[str]) -> str:
        return "{{ " + to_feel(found.group(1), types) + " }}"

    return _EXPRESSION.sub(translated, text)
