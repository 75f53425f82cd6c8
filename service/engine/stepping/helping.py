"""Help that a move is given where it failed: other values there, or going on as if that place were done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from service.engine.shapes import Bare, Correct, Move, Skip


@dataclass(slots=True)
class Help:
    """What is done differently at one place: `values` stand in the place of what was there; `over`: nothing is done,
    and a gateway that chooses takes `flow`."""

    values: dict[str, Any] = field(default_factory=dict)
    over: bool = False
    flow: str | None = None


Helps = dict[tuple[str, str | None], Help]
"""By instance and activity; without an activity, for the whole instance."""


def helped(move: Move, fresh: Any) -> tuple[Bare, Helps]:
    """A move, and the help around it: what was given last counts. `fresh` makes values of their own of those given."""
    around: list[Correct | Skip] = []
    while isinstance(move, Correct | Skip):
        around.append(move)
        move = move.move
    helps: Helps = {}
    for one in reversed(around):
        help_ = helps.setdefault((one.instance_id, one.activity_id), Help())
        if isinstance(one, Skip):
            help_.over, help_.flow = True, one.flow
        else:
            values: Mapping[str, Any] = fresh(dict(one.values))
            help_.values.update(values)
    return move, helps
