"""The shared rules, number by number: what counts as quorate, as a majority, as late."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import ballots
from service.domain.record_errors import OutcomeContradictsVotes
from service.domain.settings import known
from service.engine import decisions, feel, shown_tables, values
from service.engine.calendars import calendar
from tests.processes.shipped import KEYS, bundle, library, processes

CLOCK = feel.Context(datetime(2026, 3, 2, 8, 0, tzinfo=UTC), ZoneInfo("Europe/Copenhagen"), calendar("DK"))
NINE = {"voters": list(range(9))}


def table(key):
    file = library().table(key, bundle("decision-rules").digest)
    return decisions.load(file.data, file.beside)


def decide(key, **variables):
    return decisions.evaluate(table(key), key, variables, CLOCK).variables()


@pytest.mark.parametrize("key", KEYS)
def test_every_table_can_be_read(key):
    for data in bundle(key).named(".dmn").values():
        assert decisions.load(data).findings == ()


@pytest.mark.parametrize(
    ("present", "share", "quorate"),
    [(4, 0.5, False), (5, 0.5, True), (9, 0.5, True), (0, 0.5, False), (5, 0.6, False), (6, 0.6, True)],
)
def test_quorum_is_a_share_of_all_who_are_entitled(present, share, quorate):
    rules = {"sg": {"quorum": share}}
    assert decide("quorum", voters=list(range(present)), ballot=NINE, rules=rules) == {"quorate": quorate}


VOTE = next(it for it in processes("steering-group-decision")[0].elements if it.id == "Task_vote")


def concluded(votes, eligible, **settings):
    """What the diagram makes of votes: its own counting, then its table."""
    rules = {"sg": {"quorum": 0.5, "majority": "cast", "abstain": "quorum-only", "recusal": "not-entitled"} | settings}
    known = {"votes": [{"vote": vote} for vote in votes], "ballot": {"voters": list(range(eligible))}, "rules": rules}
    counted = feel.parse_script(VOTE.post_script or "", ()).run(known, CLOCK)
    return decide("majority", rules=rules, **{name: values.to_rest(it) for name, it in counted.items()})["outcome"]


@pytest.mark.parametrize(
    ("in_favour", "against", "abstained", "settings", "outcome"),
    [
        (7, 1, 1, {}, "adopted"),
        (1, 0, 8, {}, "adopted"),
        (4, 4, 1, {}, "tie"),
        (3, 4, 2, {}, "rejected"),
        (4, 0, 0, {}, "lapsed"),
        (3, 0, 6, {"abstain": "neither"}, "lapsed"),
        (5, 0, 0, {"majority": "entitled"}, "adopted"),
        (4, 1, 0, {"majority": "entitled"}, "rejected"),
    ],
)
def test_for_against_and_abstaining_make_an_outcome(in_favour, against, abstained, settings, outcome):
    votes = ["for"] * in_favour + ["against"] * against + ["abstain"] * abstained
    assert concluded(votes, 9, **settings) == outcome


@given(
    votes=st.lists(st.sampled_from(ballots.CHOICES), max_size=12),
    absent=st.integers(0, 5),
    quorum=st.sampled_from([0, 0.25, 0.33, 0.5, 0.6, 1]),
    majority=st.sampled_from(["cast", "entitled"]),
    abstain=st.sampled_from(["quorum-only", "neither"]),
    recusal=st.sampled_from(["not-entitled", "entitled"]),
)
def test_the_diagram_and_the_service_count_alike(votes, absent, **settings):
    eligible = len(votes) + absent
    tally = ballots.tally([str(n) for n in range(eligible)], {str(n): vote for n, vote in enumerate(votes)})
    settings_by_key = {f"sg.{key}": value for key, value in settings.items()} | {"sg.tie": "not-adopted"}
    assert concluded(votes, eligible, **settings) == ballots.result(tally, ballots.rules(settings_by_key))


@pytest.mark.parametrize(
    ("kind", "reopened", "days"),
    [("internal", False, 20), ("trade", False, 25), ("internal", True, 10), ("trade", True, 10)],
)
def test_the_period_of_a_hearing_is_a_setting(kind, reopened, days):
    rules = {"hearing": {"internal": 20, "trade": 25, "reopen": 10}}
    assert decide("deadlines", hearing_kind=kind, reopened=reopened, rules=rules) == {"days": days}


@pytest.mark.parametrize("setting", ["not-adopted", "chair"])
@pytest.mark.parametrize("outcome", ["adopted", "rejected", "tie", "lapsed"])
def test_a_tie_is_decided_as_the_setting_says_and_the_service_agrees(outcome, setting):
    course = decide("tie", outcome=outcome, rules={"sg": {"tie": setting}})["tie_course"]
    assert course == ("votes" if outcome != "tie" else "chair" if setting == "chair" else "meeting")
    values = {"sg.quorum": 0.5, "sg.majority": "cast", "sg.abstain": "quorum-only", "sg.recusal": "not-entitled"}
    by = ballots.rules(values | {"sg.tie": setting})
    if course != "chair" and outcome != "adopted":
        with pytest.raises(OutcomeContradictsVotes):
            ballots.conclude("adopted", outcome, by)
    else:
        ballots.conclude("adopted", outcome, by)


ORIGINS = {
    "analogue": "standardværdi efter en anden bestyrelses regler",
    "public": "den offentliggjorte proces",
    "standard": "standardværdi; ingen kilde angiver den",
}


def test_every_rule_names_the_setting_behind_it_and_where_its_default_comes_from():
    settings = known("pogi")
    seen = set()
    for data in bundle("decision-rules").named(".dmn").values():
        for shown in shown_tables(data):
            for row in shown.rows:
                named = re.findall(r"Indstillingen ([a-z_.]+):", row.annotation)
                assert len(named) == 1, row.id
                setting = settings[named[0]]
                assert f"Indstillingen {setting.key}: {ORIGINS[setting.origin]}" in row.annotation
                seen.add(setting.key)
    assert seen >= {"sg.quorum", "sg.majority", "sg.tie", "hearing.internal", "hearing.trade", "review.interval"}


def test_the_review_interval_is_a_setting():
    assert decide("review-interval", kind="new", rules={"review": {"interval": 36}}) == {"review_months": 36}


def test_a_fired_rule_says_what_it_means():
    record = decisions.evaluate(
        table("quorum"), "quorum", {"voters": [1] * 4, "ballot": NINE, "rules": {"sg": {"quorum": 0.5}}}, CLOCK
    ).record()
    [rule] = record["decisions"][0]["fired"][0]["rules"]
    assert rule["id"] == "Rule_quorum_1"
    assert "bortfalder" in str(rule["annotations"])
