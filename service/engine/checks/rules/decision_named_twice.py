"""Two decisions of a file have two names: an expression that names one could mean either."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.decision_files import definitions
from service.engine.checks.view import BundleView, Found


def find(view: BundleView) -> Iterator[Found]:
    """Each decision whose name another before it in the same file has."""
    for file, definition in definitions(view):
        named: dict[str, str] = {}
        for key in definition.keys():  # noqa: SIM118 - no mapping
            name = definition.decisions[key].name
            other = named.setdefault(name, key)
            if other != key:
                message = say(
                    "Two decisions are called “%(name)s”: '%(one)s' and '%(other)s'. Give one another name.",
                    name=name,
                    one=other,
                    other=key,
                )
                yield Found(key, message, trace=(other, key), file=file)
