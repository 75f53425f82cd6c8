"""Live instances kept between steps, and specifications kept between instances.

A live object belongs to one step at a time: taking it removes it, and only a step that went well puts it back. It is
used again only when the database holds exactly its state of exactly its version, so one left behind by a failed commit,
or by a migration that another process made, is never believed.
"""

from collections import OrderedDict
from functools import lru_cache
from threading import Lock

from service.engine.compiled import process_of
from service.engine.live.workflow import Live
from service.engine.nodes.build import build
from service.engine.nodes.scope import ScopeSpec
from service.engine.shapes import Definition, InstanceState


class LiveCache:
    """At most `size` live instances, the least recently used thrown away first. Safe between threads."""

    def __init__(self, size: int = 256) -> None:
        self._size = size
        self._kept: OrderedDict[str, tuple[tuple[str, str], Live]] = OrderedDict()
        self._lock = Lock()

    def take(self, state: InstanceState) -> Live | None:
        """The live object of that very state, which the caller now owns; None where there is none."""
        with self._lock:
            found, live = self._kept.pop(state.id, (None, None))
        return live if found == (state.bundle_digest, state.state_digest) else None

    def put(self, state: InstanceState, live: Live) -> None:
        """Keep a live object until somebody takes it."""
        live.let_go()
        with self._lock:
            self._kept[state.id] = ((state.bundle_digest, state.state_digest), live)
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
