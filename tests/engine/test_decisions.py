"""Business rule tasks: a table that cannot answer makes an incident that names it, and the case stays where it was."""

from typing import Any

from service.domain.sentences import say
from service.engine.decisions import DecisionFault
from tests.diagrams import process
from tests.engine.case import Case
from tests.engine.decisions.drawing import decision, file, given, table, text

DRAWING = process("p").start().user("ask").rule("judge", "level").user("next").end()


def asked(data: bytes, **answers: Any) -> Case:
    case = Case().deploy(DRAWING, tables={"level": data})
    case.start("p")
    case.do("ask", **answers)
    return case


def told(case: Case) -> tuple[str, str | None, str]:
    assert case.incident is not None
    return case.incident.kind, case.incident.activity_id, case.incident.message


def test_the_outputs_become_variables_and_the_record_is_kept():
    rules = table("UNIQUE", ["amount"], ["level: string"], ['< 5 => "low" // small', '>= 5 => "high" // large'])
    case = asked(file(given("amount", "number"), decision("level", rules, needs=["in-amount"])), amount=7)
    assert (case.open, case.incident) == (["next"], None)
    [made] = case.advances[-1].evaluations
    [rule] = made.record["decisions"][0]["fired"][0]["rules"]
    assert (made.kind, rule["id"], rule["annotations"], rule["outputs"]) == (
        "decision",
        "r2",
        ["source: large"],
        "high",
    )


def test_a_value_that_cannot_be_kept_names_the_decision_and_the_value():
    kind, activity, message = told(asked(file(decision("level", text("10 ** 20")))))
    assert (kind, activity) == ("decision", "judge")
    assert message == (
        "“level” of the decision “level” cannot be kept: "
        "The number 1.00000e+20 lies beyond ±2^53 and cannot be kept exactly."
    )


def test_a_file_that_is_no_xml_is_an_incident():
    case = asked(b"<no")
    kind, activity, message = told(case)
    assert (kind, activity, case.open) == ("decision", "judge", ["ask"])
    assert "not well-formed XML" in message


def test_a_name_that_is_not_required_is_an_incident_that_names_it():
    kind, _, message = told(asked(file(decision("level", text("amount * 2"))), amount=7))
    assert (kind, message) == ("decision", "Nothing is called `amount` here.")


def test_a_file_that_may_not_be_asked_is_an_incident_with_the_reason():
    case = Case().deploy(DRAWING)
    case.start("p")
    ports = case.ports

    def refusing():
        def decide(key, caller):
            raise DecisionFault(say("It was changed."))

        found = ports()
        return type(found)(**{name: getattr(found, name) for name in found.__slots__} | {"decide": decide})

    case.ports = refusing  # type: ignore[method-assign]  # the outside world of this case
    case.do("ask")
    assert told(case) == ("decision", "judge", "It was changed.")
