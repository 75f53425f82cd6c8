"""How much one move may ask for, and how much an instance may hold. Every limit stops with a sentence that says it.

What a single expression may ask for is in `feel.limits`.
"""

MOST_ROUNDS = 1_000
"""Times that a token may come to one node of one scope within a move: beyond it the diagram goes round by itself."""

MOST_RUNS = 25_000
"""Nodes that one move may run, over all instances: a second's work."""

MOST_STEPS = 4_000_000
"""Steps of FEEL that one move may take, over all its texts and decisions: a second's work. Reading a text, keeping what
comes out, and carrying many variables cost steps of their own, and a step of a decision counts for several."""

READING = 16
"""Steps of reading a character of a text; within a move each text is read once."""

DEEPEST_CALL = 20
"""Processes that call one another."""

MOST_ITEMS = 2_000
"""Items of one activity: more than any body has members; a typing error in a cardinality stops here."""

MOST_ITEMS_A_MOVE = 10_000
"""Items that one move may begin, over all activities: repetitions inside repetitions stop here."""

MOST_VARIABLES = 1_000
"""Names that a token may carry: each node takes them over."""

MOST_WRITTEN = 32 << 20
"""Bytes of JSON that one move may write into variables and records, over all instances. A sub-process or a called
process that begins is given the variables, and writes them so."""

MOST_AT_REST = 2 << 20
"""Bytes of JSON that one instance may hold when it rests. A case holds what is decided on; papers are files."""

MOST_SECONDS = 20.0
"""Seconds of the machine's time that one step may take: what no other limit has stopped holds the case until then."""


def mebibytes(number: int) -> str:
    """A number of bytes as a sentence says it."""
    return f"{number >> 20} MiB"
