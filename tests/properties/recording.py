"""What a journal holds of a case, as JSON: definitions, and each step's move, clock, bound versions and results."""

import base64
import json
from typing import Any

from service.engine.migrating import Migrate
from service.engine.shapes import Cancel, Complete, Correct, Deliver, Due, Move, Skip, Start, bare
from tests.engine.case import Case

MOVES = {kind.__name__: kind for kind in (Start, Complete, Due, Deliver, Cancel, Migrate)}
HELPS = {kind.__name__: kind for kind in (Correct, Skip)}


def recorded(case: Case) -> dict[str, Any]:
    """The record of a case; incidents changed nothing and are not in it."""
    outcomes = [outcome for outcome in case.advances if outcome.incident is None]
    steps = []
    for (made, now, state_hash), outcome in zip(case.steps, outcomes, strict=True):
        move = bare(made)
        fields = {name: getattr(move, name) for name in move.__slots__}
        if isinstance(move, Start | Migrate):
            fields["definition"] = [move.definition.bundle_digest, move.definition.process_key]
        steps.append(
            {
                "move": type(move).__name__,
                "fields": fields,
                "helps": _helps(made),
                "now": now.isoformat(),
                "bound": [[it.bundle_digest, it.process_key] for it in outcome.bound],
                "results": [it.result for it in outcome.calls],
                "hash": state_hash,
            }
        )
    definitions = [
        [digest, key, base64.b64encode(definition.compiled).decode()]
        for (digest, key), definition in case.deployed.items()
    ]
    return json.loads(json.dumps({"definitions": definitions, "steps": steps}))  # type: ignore[no-any-return]  # JSON, as made


def _helps(move: Move) -> list[dict[str, Any]]:
    """The help around a move, the innermost first."""
    found: list[dict[str, Any]] = []
    while isinstance(move, Correct | Skip):
        fields = {name: getattr(move, name) for name in move.__slots__ if name != "move"}
        found.insert(0, {"kind": type(move).__name__, "fields": fields})
        move = move.move
    return found
