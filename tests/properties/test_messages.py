"""Cases that begin to wait and messages that come, in any order: each message reaches the case that a plain list says."""

import json
from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.commands import instances, messages
from service.domain.message_errors import MessageAmbiguous
from service.queries import replay
from service.runtime.command import Call
from service.store import db, journal
from tests.app.house import House, house
from tests.diagrams import message, process
from tests.journeys.test_messages import with_keys

__all__ = ["house"]

SMALL = st.integers(0, 1)
DEEDS = st.lists(st.tuples(st.sampled_from(["one", "two", "send"]), SMALL, SMALL), min_size=2, max_size=9)
"""Beginning to wait with the first of two values, or with both; or sending a message that has both."""

RUNS = count()


@dataclass
class Model:
    """Who waits and what is kept, each in the order in which it came. `got` is what each case was given."""

    waiting: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    kept: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    got: dict[str, int] = field(default_factory=dict)

    def waits(self, case_id: str, keys: dict[str, str]) -> None:
        fits = next((it for it in self.kept if keys.items() <= it[1].items()), None)
        if fits is None:
            self.waiting.append((case_id, keys))
        else:
            self.kept.remove(fits)
            self.got[case_id] = fits[0]

    def sent(self, number: int, keys: dict[str, str]) -> bool | None:
        """Whether somebody takes it; None where several wait for as many values of it."""
        fits = [it for it in self.waiting if it[1].items() <= keys.items()]
        if not fits:
            self.kept.append((number, keys))
            return False
        most = max(len(it[1]) for it in fits)
        taker, *others = [it for it in fits if len(it[1]) == most]
        if others:
            return None
        self.waiting.remove(taker)
        self.got[taker[0]] = number
        return True


def deploy(house: House) -> None:
    for key, names in (("one", ("a",)), ("two", ("a", "b"))):
        word = message("m", variable="said")
        drawing = process(key).start().catch("wait", word, lane="pogi.sec").user("read", lane="pogi.sec").end()
        house.deploy({f"{key}.bpmn": with_keys(drawing.bpmn(), *names)})


def given_to(case_id: str) -> int | None:
    """What the journal says that a case was given; at most once."""
    with db.reading() as session:
        found = [it["data"] for it in journal.entries(session, "pogi", case_id) if it["kind"] == "message.delivered"]
    assert len(found) <= 1, json.dumps(found)
    return found[0]["payload"]["n"] if found else None


def sent(call: Call, number: int, keys: dict[str, str]) -> bool | None:
    """Whether the service gave a message to somebody; None where it refused to choose."""
    try:
        return bool(messages.send(call, "m", keys, {"n": number})["state"] == "delivered")
    except MessageAmbiguous:
        return None


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
def test_each_message_reaches_the_case_that_a_plain_list_says(house: House) -> None:
    sec = Call(house.person("secretary", "pogi.sec").actor, house.ports)
    deploy(house)

    @settings(max_examples=max(10, settings().max_examples // 10), suppress_health_check=list(HealthCheck))
    @given(DEEDS)
    def play(deeds: list[tuple[str, int, int]]) -> None:
        run, model, cases = next(RUNS), Model(), []
        for number, (deed, a, b) in enumerate(deeds):
            house.later(seconds=1)
            keys = {"a": f"{run}-{a}", "b": f"{run}-{b}"}
            if deed == "send":
                assert sent(sec, number, keys) == model.sent(number, keys)
                continue
            case_id = instances.start(sec, deed, keys, None)["case_id"]
            cases.append(case_id)
            model.waits(case_id, {"a": keys["a"]} if deed == "one" else keys)
        for case_id in cases:
            assert given_to(case_id) == model.got.get(case_id)
            assert replay.case(sec.actor, case_id)["ok"]

    play()
