"""What a field of a form may be called, and what its answer may hold, so that variables and both databases can keep it."""

RESERVED = frozenset({"typename"})
"""Keys that the engine's library takes for its own."""

LONGEST = 200
"""Characters of a name."""


def nameable(name: str) -> bool:
    """Whether a field may be called that. What begins with an underscore is the process's own."""
    return name not in RESERVED and not name.startswith("_") and len(name) <= LONGEST and writable(name)


def writable(text: str) -> bool:
    """Whether every database can hold the text: no NUL, no half of a surrogate pair."""
    return not any(sign == "\x00" or "\ud800" <= sign <= "\udfff" for sign in text)
