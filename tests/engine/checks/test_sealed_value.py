from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.engine import feel
from service.engine.bundles import from_files
from service.engine.checks.elsewhere import elsewhere
from service.engine.checks.moment import any_moment
from service.engine.decisions import evaluate, load
from tests.diagrams import Drawing, after, condition, each, files, message, process, repeat, times
from tests.engine.checks.judging import elements, findings, warned
from tests.engine.decisions.drawing import decision, file, table, text
from tests.engine.decisions.drawing import given as asking

RULE = "sealed-value"
STRING: dict[str, Any] = {"type": "string"}
FIELDS: dict[str, Any] = {
    "reason": STRING,
    "note": STRING,
    "reasons": {"type": "array", "items": STRING},
    "rows": {"type": "array", "items": {"type": "object", "properties": {"why": STRING, "vote": {"enum": ["y", "n"]}}}},
    "plan": {"type": "object", "properties": {"title": STRING, "kind": {"enum": ["a", "b"]}}},
    "kind": {"enum": ["a", "b"]},
    "present": {"type": "integer"},
    "days": {"type": "array", "items": {"type": "string", "format": "date"}},
}
FORMS = {"form": {"type": "object", "properties": FIELDS, "required": list(FIELDS)}}
SEALED = {"sealed": "0" * 64}
ROW = {"why": SEALED, "vote": "y"}
VALUES: dict[str, Any] = {
    "reason": SEALED,
    "note": {"sealed": "1" * 64},
    "reasons": [SEALED, SEALED],
    "rows": [ROW, ROW],
    "plan": {"title": SEALED, "kind": "a"},
    "kind": "a",
    "present": 3,
    "days": ["2026-01-01"],
}


def _looks(expression: str) -> bool:
    """Whether the engine, given sealed values, refuses to look into one: beside budgets the one fault of DMN mode."""
    try:
        feel.parse(expression).explain(VALUES, replace(any_moment(), strict=False))
    except feel.FeelSpent:
        raise
    except feel.FeelFault as fault:
        assert "sealed value" in fault.message
        return True
    return False


def _set(expression: str) -> Drawing:
    return process("p").start().user("ask", form="form").script("s", f"x = {expression}").end()


def _branched(expression: str) -> Drawing:
    drawing = process("p").start().user("ask", form="form").exclusive("g").end(when=expression, flow="asked")
    return drawing.at("g").otherwise().end()


ASKED = [
    *('reason = "x"', '"x" != reason', "reason = note", "reason < null", "reason > 5", "reason = present"),
    *('reason between "a" and "b"', 'kind between reason and "b"', "kind between kind and reason"),
    *('reason in ("a", "b")', "reason in (null)", "kind in (reason)", "kind in reasons", "reason in [null]"),
    *('reason in (? = null, "x")', "reason in (? = null)", "reason in (string length(?) > 3)", 'kind in ["a"..reason]'),
    *('reason + "x"', "present + 1 + reason", "-reason", "reason ** 2", "not(reason)", "reason instance of string"),
    *("kind != null and reason", "kind = null or reason", "kind != null or reason = null"),
    *(
        "if reason then 1 else 2",
        "if kind = null then 1 else if reason then 2 else 3",
        "if reason = null then 1 else 2",
    ),
    *("(if present > 1 then reason else note) = kind", "if present > 5 then reason else note"),
    *(
        "string length(reason)",
        "contains(reason, kind)",
        "contains(kind, reason)",
        "matches(input: reason, pattern: kind)",
    ),
    *(
        "upper case(reason)",
        "string(reason)",
        "number(reason)",
        "date(reason)",
        "is(reason, kind)",
        "get entries(plan)",
    ),
    *(
        "count(reasons)",
        "count(reason)",
        "count([reason])",
        "sort(reasons)",
        "min(reasons)",
        "max(reasons)",
        "sum(reasons)",
    ),
    *('string join(reasons, ", ")', "string join([kind, null])", "mode(reasons)", "string join([kind, reason])"),
    *('list contains(reasons, "x")', "list contains(reasons, null)", "list contains(reasons, reason)"),
    *('index of(reasons, "x")', "index of(reasons, null)", "distinct values(reasons)", "reverse(reasons)"),
    *(
        "reverse(reasons)[1] = kind",
        "append(reasons, kind)",
        "append([], reason)",
    ),
    *("sublist(reasons, 1)", "flatten([reasons])", "reasons[1]", "reasons[1] = kind", "reasons[item = null]"),
    *(
        'reasons[item = "x"]',
        "reasons[item != null][1] = null",
        "reasons = []",
        "reasons != null",
        'reasons = ["x", "y"]',
    ),
    *('rows[vote = "y"]', 'count(rows[vote = "y"]) > 1', 'rows[why = "x"]', 'rows[item.why = "x"]', "rows[why = null]"),
    *("rows.why", "min(rows.why)", "count(rows.why)", "rows.vote", "max(rows.vote)", "rows = []", "rows[1].why.x"),
    *("for r in rows return r.why", "for r in rows return string length(r.why)", "for r in reason return 1"),
    *("max(for r in rows return r.why)", "for r in rows, s in [r.why] return s = null", "for i in 1..reason return i"),
    *(
        'some r in rows satisfies r.why = "x"',
        "every r in rows satisfies r.why = null",
        "some r in reasons satisfies r",
    ),
    *("sort(rows, function(a, b) a.why < b.why)", "sort(rows, function(a, b) a.vote < b.vote)", "reason.length"),
    *(
        "plan.title",
        "plan.title = null",
        'plan.title = "x"',
        "plan.kind = kind",
        "plan = null",
        "plan.title.x",
        "reason[1]",
    ),
    *(
        "[reason, note]",
        "{a: reason, b: a}",
        "{a: reason, b: a = kind}.b",
        "[reason] = []",
        "reason != null",
        "null = reason",
    ),
    *(
        "[1..reason]",
        "[reason..note]",
        "reason()",
        "all(reasons)",
        "sum(days.day)",
        "days = days",
        "plan.kind = present",
    ),
]


@pytest.mark.parametrize("expression", ASKED)
def test_a_finding_says_what_the_engine_would(expression: str) -> None:
    found = findings(RULE, _set(expression), forms=FORMS)
    assert [it.element for it in found][:1] == (["s"] if _looks(expression) else [])
    assert {it.level for it in found} <= {"error"}


LEAVES = st.sampled_from(
    [
        "reason",
        "reasons",
        "rows",
        "plan",
        "kind",
        "present",
        "plan.title",
        "rows.why",
        "rows[1].why",
        "null",
        '"x"',
        "3",
    ]
)
CARRIED = ("({0})[1]", "{{a: {0}}}.a", "reverse({0})", "({0})[item != null]", "if present = 3 then ({0}) else null")
QUESTIONS = (
    *(
        "({0}) = ({1})",
        "({0}) < ({1})",
        "({0}) + ({1})",
        "({0}) in ({1})",
        "({0}) = null and ({1})",
        "-({0})",
        "[{0}, {1}]",
    ),
    *(
        "({0}) between ({1}) and 3",
        "min([{0}, {1}])",
        "string join({0})",
        "list contains({0}, {1})",
        "string({0})",
        "({0})()",
    ),
    *("count([{0}])", "[{0}] = [{1}]", "every i in ({0}) satisfies i = ({1})", "sort(concatenate({0}, [{1}]))"),
)


def _formed(forms: tuple[str, ...], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(str.format, st.sampled_from(forms), inner, inner)


@given(_formed(QUESTIONS, st.recursive(LEAVES, lambda inner: _formed(CARRIED, inner), max_leaves=3)))
def test_what_the_engine_refuses_is_found_before(expression: str) -> None:
    if _looks(expression):
        assert findings(RULE, _set(expression), forms=FORMS)


def test_the_sentence_names_the_place_the_field_and_what_to_do() -> None:
    (found,) = findings(RULE, _branched("string length(reason) > 2"), forms=FORMS)
    assert (found.element, found.level) == ("asked", "error")
    assert found.message == (
        "In the condition stands `string length(reason)`, but what `reason` holds is sealed, and the case would stop here. "
        "Ask only whether it is null, or offer a list to choose from. If what people write there may stand in the record "
        'for ever, the form may say `"x-sealed": false` for it.'
    )


def test_a_field_is_told_once_in_a_text() -> None:
    assert len(findings(RULE, _branched('reason = "x" or reason = "y" or note = "z"'), forms=FORMS)) == 2


@pytest.mark.parametrize(
    ("schema", "asked"),
    [
        ({"type": "string", "x-sealed": False}, False),
        ({"type": "string", "enum": ["a", "x"]}, False),
        ({"type": "string", "format": "date"}, False),
        ({"type": "string", "format": "email"}, True),
        ({"type": "integer", "x-sealed": True}, True),
        ({"type": ["string", "null"]}, True),
        ({"$ref": "#/$defs/words"}, True),
        ({"$ref": "#/$defs/day"}, False),
        ({"allOf": [{"type": "string"}, {"maxLength": 5}]}, True),
        ({"type": "string", "allOf": [{"enum": ["a", "x"]}]}, False),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, True),
        ({"anyOf": [{"const": "a"}, {"const": "x"}]}, False),
        ({"anyOf": [{"const": "a"}, {"type": "string"}]}, True),
        ({"type": "object"}, True),
        ({"type": "object", "properties": {"a": STRING}}, False),
    ],
)
def test_what_is_sealed_is_what_the_forms_seal(schema: dict[str, Any], asked: bool) -> None:
    form = {
        "type": "object",
        "$defs": {"words": STRING, "day": {"type": "string", "format": "date"}},
        "properties": {"field": schema},
    }
    found = findings(RULE, _set('field = "x"'), forms={"form": form})
    assert [it.level for it in found] == (["error"] if asked else [])


def test_what_another_schema_says_of_the_same_field_counts() -> None:
    form: dict[str, Any] = {"type": "object", "properties": {"field": STRING, "list": {"type": "array"}}}
    form["properties"]["list"] |= {"prefixItems": [{"enum": ["a"]}], "items": STRING}
    drawing = _set('field = "x"')
    assert findings(RULE, drawing, forms={"form": form}) != []
    limited = form | {"if": {"required": ["list"]}, "then": {"properties": {"field": {"enum": ["x"]}}}}
    assert findings(RULE, drawing, forms={"form": limited}) == []
    # Of the items of a list the first are no free text, and the others are.
    assert warned(RULE, _set("list[1] = present"), forms={"form": form}) == ["s"]


def test_what_is_sealed_at_times_is_warned_of() -> None:
    drawing = process("p").start().user("ask", form="form").script("s", 'x = if present > 2 then reason else "none"')
    assert warned(RULE, drawing.script("t", "y = string length(x)").end(), forms=FORMS) == ["t"]


def test_in_a_list_that_is_put_together_it_is_not_told_which_is_sealed() -> None:
    expression = "concatenate(reasons, [kind])[1] = kind"
    assert _looks(expression)
    assert warned(RULE, _set(expression), forms=FORMS) == ["s"]


def test_lines_of_a_script_hand_it_on() -> None:
    drawing = process("p").start().user("ask", form="form").script("s", "a = reason\nb = {c: a}\nd = b.c = kind")
    assert elements(RULE, drawing.script("t", "e = upper case(b.c)").end(), forms=FORMS) == ["s", "t"]


def _asking() -> Drawing:
    return process("p").start().user("ask", form="form")


@pytest.mark.parametrize(
    "drawing",
    [
        _branched("reason"),
        _asking().catch("asked", after("reason")).end(),
        process("p").start(form="form").catch("asked", condition('reason = "x"')).end(),
        _asking().user("asked", loop=each("reason", item="one")).end(),
        _asking().user("asked", loop=each("rows", item="one", until='rows[1].why = "x"')).end(),
        _asking().user("asked", loop=times("reason")).end(),
        _asking().user("asked", loop=repeat(condition='reason = "x"', maximum=3)).end(),
        _asking().user("asked", properties={"dueDate": "reason"}).end(),
        _asking().user("asked", pre="x = upper case(reason)").end(),
        _asking().service("asked", "mail.send", {"text": 'reason + "!"'}).end(),
        _asking().user("asked", instructions="{{ upper case(reason) }}").end(),
    ],
    ids=["branch", "timer", "event", "list", "until", "rounds", "loop", "due", "script", "parameter", "words"],
)
def test_wherever_it_is_asked_for_is_an_error(drawing: Drawing) -> None:
    assert elements(RULE, drawing, forms=FORMS) == ["asked"]


@pytest.mark.parametrize("question", ['one = "x"', "reasons[item = one] != []"])
def test_a_round_asks_of_its_own_item(question: str) -> None:
    drawing = (
        _asking().sub("all", loop=each("reasons", item="one")).start("in").script("s", f"x = {question}").end("out")
    )
    assert elements(RULE, drawing.close().end(), forms=FORMS) == ["s"]


def test_what_stands_in_for_it_is_handed_on() -> None:
    drawing = (
        _asking()
        .user("tell", instructions="Because {{ reason }}, {{ reasons }}")
        .service("send", "mail.send", {"text": "reason", "rows": "rows"})
        .throw("say", message("told", payload="{why: reason}"))
        .end()
    )
    assert findings(RULE, drawing, forms=FORMS) == []


def test_a_correlation_key_finds_only_its_own_copies() -> None:
    drawing = _asking().throw("say", message("told", key="reason")).end()
    assert warned(RULE, drawing, forms=FORMS) == ["say"]


@pytest.mark.parametrize(
    ("logic", "asked"),
    [
        (text("string length(reason) > 2"), True),
        (text("reason = null"), False),
        (text("{why: reason}"), False),
        (text("reason", kind="string"), True),
        (table("FIRST", ["present", "reason"], ["x"], ['> 100 | "x" => 1', "- | - => 2"]), True),
        (table("FIRST", ["present", "reason"], ["x"], ["> 100 | null => 1", "- | not(null) => 2"]), False),
        (table("FIRST", ["present", "reason"], ["x"], ["> 100 | - => reason", "- | - => null"]), False),
        (table("FIRST", ["present", "string length(reason)"], ["x"], ["- | - => 1"]), True),
        (table("FIRST", ["reason: string"], ["x"], ["- => 1"]), True),
        (table("FIRST", ["reason"], ["x"], ['? = "a" => 1']), True),
        (table("FIRST", ["reason"], ["x"], ["- => 1"], allowed={"reason": '"a","b"'}), True),
    ],
)
def test_a_decision_is_asked_what_it_looks_into(logic: str, asked: bool) -> None:
    needs = ["in-reason", "in-present"]
    data = file(asking("reason"), asking("present"), decision("d", logic, needs=needs))
    found = findings(RULE, _asking().rule("r", "d").end(), forms=FORMS, more={"d.dmn": data})
    assert [(it.element, it.level) for it in found] == ([("r", "error")] if asked else [])
    refused = False
    try:
        evaluate(load(data), "d", VALUES | {"present": 500}, replace(any_moment(), strict=False))
    except feel.FeelFault as fault:
        refused = "sealed value" in fault.message
    assert refused is asked


def test_the_sentence_of_a_decision_names_what_it_is_given() -> None:
    data = file(asking("reason"), decision("d", text('reason = "x"'), needs=["in-reason"]))
    (found,) = findings(RULE, _asking().rule("r", "d").end(), forms=FORMS, more={"d.dmn": data})
    assert found.message.startswith("'r' asks a decision that looks into `reason`, but what `reason` holds is sealed")


def test_an_input_of_another_type_takes_nothing_sealed() -> None:
    data = file(asking("reason", "string"), decision("d", text("1"), needs=["in-reason"]))
    assert elements(RULE, _asking().rule("r", "d").end(), forms=FORMS, more={"d.dmn": data}) == ["r"]
    data = file(asking("reason", "Any"), decision("d", text("1"), needs=["in-reason"]))
    assert elements(RULE, _asking().rule("r", "d").end(), forms=FORMS, more={"d.dmn": data}) == []


def test_a_decision_behind_the_one_that_is_asked_looks_too() -> None:
    data = file(
        asking("reason"),
        decision("copy", text("{why: reason}"), needs=["in-reason"]),
        decision("d", text('copy.why = "x"'), needs=["copy"]),
    )
    assert elements(RULE, _asking().rule("r", "d").end(), forms=FORMS, more={"d.dmn": data}) == ["r"]


def test_what_another_bundle_brings_may_change_with_it() -> None:
    data = file(asking("reason"), decision("d", text('reason = "x"'), needs=["in-reason"]))
    known = elsewhere([from_files(files(process("q").start().end()) | {"d.dmn": data})])
    drawing = _asking().rule("r", "d").end()
    assert warned(RULE, drawing, forms=FORMS, tables=known.tables, decisions=known.decisions) == ["r"]


def test_what_another_bundle_sets_may_change_with_it() -> None:
    called = process("q").io(inputs=["seats"], outputs=["reason"]).start().user("ask", form="form").end()
    known = elsewhere([from_files(files(called, forms=FORMS))])
    drawing = process("p").start().script("b", "seats = 1").call("c", "q").script("s", 'x = reason = "x"').end()
    assert warned(RULE, drawing, in_force=known.processes, signatures=known.signatures) == ["s"]
    assert elements(RULE, drawing, called, forms=FORMS) == ["s"]
