"""Python text of foreign diagrams → FEEL that means the same, or a sentence that says why there is none.

Text is parsed with `ast.parse` and walked; nothing of it is ever run. `to_feel` takes an expression, `script_to_feel`
lines of assignments, `template_to_feel` instructions with `{{ … }}`, `timer_to_feel` what a timer waits for.
"""

from service.engine.translating.expressions import to_feel
from service.engine.translating.feel_text import NotPython, Untranslatable
from service.engine.translating.scripts import script_to_feel
from service.engine.translating.templates import template_to_feel
from service.engine.translating.timers import timer_to_feel

__all__ = ["NotPython", "Untranslatable", "script_to_feel", "template_to_feel", "timer_to_feel", "to_feel"]
