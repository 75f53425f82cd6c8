from service.domain.offered import Offered
from tests.diagrams import Drawing, process
from tests.engine.checks.judging import findings

RULE = "unknown-parameter"
KNOWN = {"targets.publish": Offered({}, {"target": True, "note": False}), "mail.send": Offered({})}


def _published(parameters: dict[str, str]) -> Drawing:
    return process("p").start().service("s", "targets.publish", parameters).end()


def _told(parameters: dict[str, str]) -> list[str]:
    found = findings(RULE, _published(parameters), operations=KNOWN)
    assert {(it.element, it.level) for it in found} <= {("s", "error")}
    return [it.message for it in found]


def test_a_parameter_that_the_operation_does_not_take_is_refused_and_so_is_one_that_is_missing() -> None:
    assert _told({"tarket": '"T-1"'}) == [
        "'s' calls 'targets.publish', which takes no `tarket` (did you mean “target”?). It takes: `target`, `note`.",
        "'s' calls 'targets.publish', which needs `target`. It takes: `target`, `note`.",
    ]
    (strange,) = _told({"target": '"T-1"', "colour": '"red"'})
    assert strange == "'s' calls 'targets.publish', which takes no `colour`. It takes: `target`, `note`."


def test_what_it_takes_is_no_finding_and_what_may_be_left_out_may_be() -> None:
    assert _told({"target": '"T-1"'}) == _told({"target": '"T-1"', "note": '"n"'}) == []


def test_of_an_operation_that_does_not_say_what_it_takes_nothing_is_said() -> None:
    drawing = process("p").start().service("s", "mail.send", {"anything": "1"}).end()
    assert findings(RULE, drawing, operations=KNOWN) == findings(RULE, _published({"tarket": "1"})) == []
