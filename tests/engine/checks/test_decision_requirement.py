from tests.diagrams import process
from tests.engine.checks.judging import findings
from tests.engine.decisions.drawing import decision, file, given, model, table, text

RULE = "decision-requirement"


def told(data: bytes) -> list[tuple[str | None, str]]:
    found = findings(RULE, process("p").start().end(), more={"rules.dmn": data})
    assert all(it.level == "error" and it.file == "rules.dmn" for it in found)
    return [(it.element, it.message) for it in found]


def test_a_table_whose_inputs_are_required_is_no_finding():
    rules = table("UNIQUE", ["present / eligible"], [""], ["< 0.5 => false", ">= limit => true"])
    needs = ["in-present", "in-eligible", "in-limit"]
    names = [given(name, "number") for name in ("present", "eligible", "limit")]
    assert told(file(*names, decision("quorum", rules, needs=needs))) == []


def test_a_name_that_is_not_required_is_told_with_the_decision():
    rules = table("UNIQUE", ["present / eligible"], [""], ["< 0.5 => false", ">= limit => true"])
    [(element, message)] = told(file(given("present"), decision("quorum", rules, needs=["in-present"])))
    assert element == "quorum"
    assert message.startswith("“eligible”, “limit”: the logic uses this")


def test_names_of_the_expression_itself_and_of_functions_are_none():
    logic = text("{a: 1, f: function(x) x + a, r: f(2)}.r + count(for i in [1] return i) + [{b: 1}][b = 1].b[1]")
    assert told(file(decision("d", logic))) == []


def test_a_model_names_its_parameters_and_what_it_knows():
    assert told(file(model("rate", {"n": ""}, text("n * factor")))) == [
        ("rate", "“factor”: the logic uses this, and nothing that it requires is called so. Draw the requirement.")
    ]


def test_a_requirement_of_what_is_not_there_is_told():
    [(element, message)] = told(file(decision("d", text("1"), needs=["in-gone"])))
    assert (element, "“#in-gone” is required" in message) == ("d", True)
