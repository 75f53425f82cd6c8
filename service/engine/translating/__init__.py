"""Text of foreign diagrams, in Python or JUEL → FEEL that means the same, or a sentence that says why there is none.

Text is parsed and walked; nothing of it is ever run. `to_feel` takes an expression, `condition_to_feel` one that is
asked for true or false, `script_to_feel` lines of assignments, `template_to_feel` instructions with `{{ … }}`,
`timer_to_feel` what a timer waits for.
"""

from service.engine.translating.expressions import condition_to_feel, to_feel
from service.engine.translating.feel_text import NotPython, Untranslatable
from service.engine.translating.scripts import script_to_feel
from service.engine.translating.templates import template_to_feel
from service.engine.translating.timers import timer_to_feel

__all__ = [
    "NotPython",
    "Untranslatable",
    "condition_to_feel",
    "script_to_feel",
    "template_to_feel",
    "timer_to_feel",
    "to_feel",
]
