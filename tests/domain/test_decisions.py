"""Which entries of a journal decided something."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.decisions import decided

Entry = dict[str, Any]


def gateway(condition: str | None, *taken: str) -> tuple[str, Entry]:
    conditions = [{"condition": condition, "flow": "a", "value": True}]
    return "evaluation.made", {"of": "gateway", "record": {"conditions": conditions, "taken": list(taken)}}


COMPLETED = ("task.completed", {"task": "t", "answers": {"vote": "for", "remark": {"sealed": "x"}}})
RULE = ("evaluation.made", {"of": "decision", "record": {"decision": "needed", "digest": "d"}})
BALLOT = ("ballot.closed", {"ballot": "b", "outcome": "adopted"})
PUBLISHED = ("target.published", {"version": "v", "target": "T", "number": 1})
OTHER = ("timer.set", {"timer": "x"})
STEP = st.lists(
    st.sampled_from([RULE, BALLOT, PUBLISHED, OTHER, gateway('vote = "for"', "a"), gateway("rounds > 1", "b")]),
    max_size=4,
)


def entries(*steps: list[tuple[str, Entry]]) -> list[Entry]:
    """A stream: each step at a moment of its own."""
    found: list[Entry] = []
    for minute, step in enumerate(steps):
        for kind, data in step:
            at = f"2026-01-05T08:{minute:02}:00.000000Z"
            entry = {"stream": "c", "seq": len(found), "at": at, "actor": "p", "role": "r", "kind": kind, "data": data}
            found.append(entry)
    return found


def made(*told: tuple[str, Entry]) -> list[tuple[str, int, str, str | None]]:
    return [(it.kind, it.seq, it.subject, it.outcome) for it in decided(entries(list(told)))]


def test_votes_rules_and_publications_decide():
    assert made(OTHER, RULE, BALLOT, PUBLISHED) == [
        ("rule", 1, "needed", None),
        ("ballot", 2, "b", "adopted"),
        ("publication", 3, "v", None),
    ]


@pytest.mark.parametrize(
    ("condition", "decides"),
    [
        ('vote = "for"', True),
        ('answers.vote = "for"', True),
        ("votes > 1", False),
        ("my_vote", False),
        ("rounds > 1", False),
        (None, False),
    ],
)
def test_a_person_decides_where_a_gateway_goes_by_her_answer(condition: str | None, decides: bool):
    assert made(COMPLETED, OTHER, gateway(condition, "a")) == ([("person", 0, "t", "a")] if decides else [])


def test_a_gateway_of_a_later_step_is_not_hers():
    assert list(decided(entries([COMPLETED], [OTHER, gateway('vote = "for"', "a")]))) == []


@given(st.lists(STEP.map(lambda follow: [COMPLETED, *follow]), max_size=6))
def test_a_stream_read_whole_tells_the_same_as_step_by_step(steps: list[list[tuple[str, Entry]]]):
    whole = entries(*steps)
    moments = sorted({it["at"] for it in whole})
    parts = [it for at in moments for it in decided([entry for entry in whole if entry["at"] == at])]
    assert list(decided(whole)) == parts
