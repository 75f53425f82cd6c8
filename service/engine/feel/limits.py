"""How much a text may ask for. Every limit is refused or stopped with a sentence that says it.

A step is what a quarter of a microsecond does: one node visited inside whatever repeats (a loop, a filter, a function),
or one element that a function walks through. What costs more is counted as more steps; what does not repeat is bounded
by the text. So one evaluation takes at most some tens of milliseconds, and always the same number of steps.
"""

TEXT_LENGTH = 10_000
"""Characters of one expression, cell, script or template."""

TOKENS = 4_000
"""Words, numbers, strings and signs of one text."""

NODES = 2_000
"""Nodes of one parsed text."""

NESTING = 64
"""Expressions inside one another. Python's own stack ends near 1,000 frames; a level of ours takes up to eight."""

NAME_PARTS = 40
"""Words and signs of one name."""

ITERATORS = 12
"""Lists that one `for`, `some` or `every` walks through together."""

STEPS = 100_000
"""Steps of one evaluation; of a script or a template, all its expressions together."""

CALL_ROOM = 120
"""Levels of function bodies open at one time: a function of FEEL has no name for itself, but may be handed itself."""

TEXT_PER_STEP = 64
"""Characters that one step pays for, when a function makes or reads text."""

STRING_LENGTH = 100_000
"""Characters of one string value."""

LIST_LENGTH = 10_000
"""Elements of one list value."""

VALUE_SIZE = 40_000
"""Values inside one result, counted through lists and contexts."""

VALUE_TEXT = 1_000_000
"""Characters inside one result, in all its strings and names together."""

VALUE_DEPTH = 64
"""Lists and contexts inside one another, in a value."""

KEY_LENGTH = 1_000
"""Characters of the name of a context's entry."""

DIGITS = 6_144
"""Largest decimal exponent (IEEE 754 decimal128, DMN 1.5, 10.3.2.3.1)."""

PATTERN_LENGTH = 1_000
"""Characters of a regular expression."""

PATTERN_MEMORY = 1 << 19
"""Bytes that RE2 may use for one regular expression."""
