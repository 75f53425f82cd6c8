"""The runner of the standard's compatibility kit, on a small kit of our own."""

from pathlib import Path

from service.engine.decisions import Outcome, run
from tests.engine.feel.asking import context

HERE = Path(__file__).parent


def outcomes(folder: str) -> list[Outcome]:
    return list(run(HERE / folder, context()))


def test_every_kind_of_case_passes_in_this_folder_and_those_in_it():
    found = outcomes("good")
    assert [outcome.problems for outcome in found] == [()] * len(found)
    assert [(outcome.file, outcome.case) for outcome in found] == [
        ("shop/order-test-01.xml", "1"),
        *[
            ("tickets-test-01.xml", case)
            for case in ("typed", "without types", "a decision that is given", "a model", "a service")
        ],
        ("tickets-test-01.xml", "a model"),
        ("tickets-test-01.xml", "an error"),
    ]


def test_a_file_that_cannot_be_read_is_one_case_that_failed_with_the_reason():
    failed = {outcome.file: outcome.problems[0] for outcome in outcomes("bad") if not outcome.case}
    assert set(failed) == {f"{name}-test-01.xml" for name in ("none", "away", "outside", "other")}
    assert "not well-formed XML" in failed["none-test-01.xml"]
    assert failed["away-test-01.xml"] == "The model “away.dmn” is not beside the test file."
    assert failed["outside-test-01.xml"] == "The model “../good/tickets.dmn” is not beside the test file."
    assert failed["other-test-01.xml"] == "The file holds no test cases of the DMN kit."


def test_what_is_not_as_expected_fails_and_says_both():
    found = {outcome.case: outcome.problems for outcome in outcomes("bad") if outcome.case}
    assert found["near"] == ()
    assert found["too far"] == ("d: 3.3333 is expected, 3.333333333333333333333333333333333 came out",)
    assert found["no number"] == ("“three” is no decimal.",)
    assert found["of no kind"] == ("There is no reader for values of the type “hexBinary”.",)
    assert "There is no decision “e”" in found["not there"][0]
    assert len(found["one of two"]) == 1
    assert found["nothing expected"] == ("The case expects no result.",)
    assert "steps" in found["too much"][0] or "elements" in found["too much"][0]
    assert found["too much, as expected"] == ()


def test_a_folder_without_a_kit_has_no_cases(tmp_path: Path):
    assert list(run(tmp_path, context())) == []
