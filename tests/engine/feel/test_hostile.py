"""A sample of what `python3 dev.py bench -k hostile` reads a hundred thousand of: a value or a fault, nothing else."""

import pytest

from tests.engine.feel.hostile import ATTACKS, Writer, tried

SAMPLE = 500


@pytest.mark.parametrize("reader", range(4), ids=["expression", "cell", "script", "template"])
def test_nothing_escapes_and_no_budget_is_overrun(reader: int) -> None:
    for number, text in enumerate(Writer(seed=reader).texts(SAMPLE)):
        outcome = tried(text, reader=reader, strict=number % 2 == 1)
        assert outcome.fault or outcome.steps_left >= 0, text


@pytest.mark.parametrize("strict", [True, False])
def test_nothing_escapes_from_an_attack_that_is_whole(strict: bool) -> None:
    for text in ATTACKS:
        tried(text, strict=strict)


def test_the_same_seed_writes_the_same_texts() -> None:
    assert list(Writer(seed=7).texts(20)) == list(Writer(seed=7).texts(20))
