"""Live instances kept between steps, and specifications kept between instances.

A live object belongs to one step at a time: taking it removes it, and only a step that went well puts it back. It is
used again only when the database holds exactly its state, so one left behind by a failed commit is never believed.
"""

from collections import OrderedDict
from functools import lru_cache
from threading import Lock

from service.engine.compiled import process_of
from service.engine.live.workflow import Live
from service.engine.nodes.build import build
from service.engine.nodes.scope import ScopeSpec
from service.engine.shapes import Definition


class LiveCache:
    """At most `size` live instances, the least recently used thrown away first. Safe between threads."""

    def __init__(self, size: int = 256) -> None:
        self._size = size
        self._kept: OrderedDict[str, tuple[str, Live]] = OrderedDict()
        self._lock = Lock()

    def take(self, instance_id: str, state_digest: str) -> Live | None:
        """The live object of that very state, which the caller now owns; None where there is none."""
        with self._lock:
            digest, live = self._kept.pop(instance_id, ("", None))
        return live if digest == state_digest else None

    def put(self, instance_id: str, state_digest: str, live: Live) -> None:
        """Keep a live object until somebody takes it."""
        live.let_go()
        with self._lock:
            self._kept[instance_id] = (state_digest, live)
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Throw everything away: the next steps start cold."""
        with self._lock:
            self._kept.clear()


def specs_of(definition: Definition) -> dict[str, ScopeSpec]:
    """The specifications of a definition, by scope. They are never changed, so all instances share them."""
    return _specs(definition.compiled)


@lru_cache(maxsize=512)
def _specs(compiled: bytes) -> dict[str, ScopeSpec]:
    process, messages = process_of(compiled)
    return build(process, messages)
