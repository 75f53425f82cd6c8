"""Contexts (DMN 1.5, 10.3.4.8)."""

from service.domain.sentences import say
from service.engine.feel.builtins.table import define
from service.engine.feel.errors import Stopped, Unanswerable
from service.engine.feel.kinds.kind import described
from service.engine.feel.limits import KEY_LENGTH
from service.engine.feel.run import Run

Entries = dict[str, object]


def get_value(run: Run, context: Entries, key: object) -> object:
    """An entry, or the entry at a path of keys; null where there is none, and at the end of no path."""
    value: object = context
    steps = key if isinstance(key, list) else [key]
    if not steps:
        return None
    run.spend(len(steps))
    for step in steps:
        if not isinstance(value, dict) or not isinstance(step, str):
            return None
        value = value.get(step)
    return value


def get_entries(run: Run, context: Entries) -> list[object]:
    """The entries as contexts of `key` and `value`, in the order of the keys."""
    run.spend(len(context))
    return run.list([{"key": key, "value": context[key]} for key in sorted(context)])


def put(run: Run, context: Entries, key: object, value: object) -> Entries:
    """The context with one entry set; a list of keys is a path into it."""
    steps = key if isinstance(key, list) else [key]
    path = [step for step in steps if isinstance(step, str)]
    if not path or len(path) < len(steps):
        raise Unanswerable(say("`context put` wants a key, or a list of keys"))
    if len(path) > 20:
        raise Unanswerable(say("`context put` wants a path of at most 20 keys"))
    run.spend(1 + len(context))
    _named(path[0])
    if len(path) == 1:
        return {**context, path[0]: value}
    inner = context.get(path[0])
    if not isinstance(inner, dict):
        raise Unanswerable(say("`%(path)s` is %(inner)s, not a context", path=path[0], inner=described(inner)))
    return {**context, path[0]: put(run, inner, path[1:], value)}


def merge(run: Run, contexts: list[object]) -> Entries:
    """All entries of all contexts; of two with one name, that of the later context."""
    merged: Entries = {}
    for context in contexts:
        if not isinstance(context, dict):
            raise Unanswerable(say("`context merge` wants contexts, not %(context)s", context=described(context)))
        run.spend(1 + len(context))
        merged |= context
    return merged


def context_of(run: Run, entries: list[object]) -> Entries:
    """A context of contexts with `key` and `value`."""
    run.spend(3 * len(entries))
    made: Entries = {}
    for entry in entries:
        key = entry.get("key") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(key, str) or "value" not in entry:
            raise Unanswerable(say("`context` wants entries with a `key` and a `value`"))
        if key in made:
            raise Unanswerable(say("`context` got two entries called `%(key)s`", key=key[:40]))
        made[_named(key)] = entry["value"]
    return made


def _named(key: str) -> str:
    """A name that an entry may have. Raises Stopped for one that is too long."""
    if len(key) > KEY_LENGTH:
        raise Stopped(say("an entry of a context has a name of more than %(most)s characters", most=KEY_LENGTH))
    return key


TABLE = (
    define("get value", "m: context, key: string", get_value, run=True),
    define("get value", "context: context, key: string", get_value, run=True),
    define("get value", "context: context, keys: list", get_value, run=True),
    define("get entries", "m: context", get_entries, run=True),
    define("context put", "context: context, key: string, value: any", put, run=True),
    define("context put", "context: context, keys: list, value: any", put, run=True),
    define("context merge", "contexts: list", merge, run=True),
    define("context", "entries: list", context_of, run=True),
)
