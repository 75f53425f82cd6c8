"""Replays recorded cases: records come as JSON on standard input, and for each its state hashes go out, step by step.

Run as a program of its own, so that nothing of the process that recorded is there: no living object, no cached
specification, another order of sets.
"""

import base64
import json
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from service.engine.calendars import calendar
from service.engine.shapes import CaseState, DecisionFile, Definition, Move, Ports
from service.engine.stepping.advance import advance
from service.engine.stepping.cache import LiveCache
from tests.properties.recording import HELPS, MOVES


def replay(record: dict[str, Any]) -> list[str]:
    """The state hash after each step; the first incident ends the list with its kind."""
    definitions = {
        (digest, key): Definition(digest, key, base64.b64decode(compiled))
        for digest, key, compiled in record["definitions"]
    }
    state, hashes, cache = CaseState("case"), [], LiveCache()
    for step in record["steps"]:
        fields = dict(step["fields"])
        if "definition" in fields:
            fields["definition"] = definitions[tuple(fields["definition"])]
        ports = Ports(
            now=datetime.fromisoformat(step["now"]),
            calendar=calendar("DK"),
            definition=lambda digest, key: definitions[digest, key],
            bind=_in_turn(definitions[digest, key] for digest, key in step["bound"]),
            operate=_in_turn(step["results"]),
            decide=lambda key, caller: DecisionFile(b""),
        )
        move: Move = MOVES[step["move"]](**fields)
        for help_ in step["helps"]:
            move = HELPS[help_["kind"]](move=move, **help_["fields"])
        outcome = advance(state, move, ports, cache=cache)
        hashes.append(outcome.incident.kind if outcome.incident else outcome.state_hash)
        if outcome.incident:
            break
        over = {ended.instance_id for ended in outcome.ended}
        states = {it.id: it for it in (*state.instances, *outcome.states) if it.id not in over}
        state = CaseState("case", tuple(states.values()))
    return hashes


def _in_turn(answers: Iterable[Any]) -> Callable[..., Any]:
    """A port that gives what was recorded, whatever it is asked."""
    remaining = iter(answers)
    return lambda *asked: next(remaining)


if __name__ == "__main__":
    json.dump([replay(record) for record in json.load(sys.stdin)], sys.stdout)
