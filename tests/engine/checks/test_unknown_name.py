import json

import pytest

from tests.diagrams import Drawing, after, condition, each, error, message, process, repeat, signal, times
from tests.engine.checks.judging import beside, elements, findings, warned

RULE = "unknown-name"
ASKED = {"type": "object", "properties": {"release": {"enum": ["release", "hold"]}, "members": {"type": "array"}}}
FORMS = {"asked": ASKED}


def _begun(key: str = "p") -> Drawing:
    """A process whose start asks for `release` and `members`, and for nothing else."""
    return process(key).start(form="asked")


def _decided(expression: str) -> Drawing:
    return _begun().exclusive("g").end(when=expression, flow="asked").at("g").otherwise().end()


def test_a_misspelt_name_is_refused_with_the_one_that_was_meant() -> None:
    (found,) = findings(RULE, _decided('relaese = "release"'), forms=FORMS)
    assert (found.level, found.element) == ("error", "asked")
    assert found.message == "In the condition stands `relaese`, which nothing sets. Did you mean “release”?"


def test_one_that_is_like_no_other_is_refused_with_what_to_do() -> None:
    (found,) = findings(RULE, _decided("quorum > 5"), forms=FORMS)
    assert found.message.endswith(
        "`quorum`, which nothing sets. Ask for it in a form, set it in a script, or declare it as an input of the process."
    )


def test_what_the_start_asks_for_and_what_the_case_sets_is_known() -> None:
    drawing = (
        _begun()
        .script("s", 'title = release + "!"\nlong = string length(title) > 3')
        .service("o", "targets.publish", {"target": "title"}, result="published")
        .catch("m", message("Answer", variable="answer", about="published.id"))
        .user("t", form="more", instructions="{{ title }} {{ answer }}", properties={"dueDate": "published.due"})
        .sub("inside")
        .start()
        .script("u", "deep = comment")
        .end()
        .close()
        .exclusive("g")
        .end(when="deep = release and long", flow="last")
        .at("g")
        .otherwise()
        .end()
    )
    more = {"properties": {"comment": {"type": "string"}}}
    assert findings(RULE, drawing, forms=FORMS | {"more": more}) == []


@pytest.mark.parametrize(
    "drawing",
    [
        _decided("nobody"),
        _begun().script("asked", "x = nobody").end(),
        _begun().user("asked", pre="x = nobody").end(),
        _begun().user("asked", post="x = nobody").end(),
        _begun().user("asked", instructions="Dear {{ nobody }}").end(),
        _begun().user("asked", properties={"dueDate": "nobody"}).end(),
        _begun().user("asked", properties={"followUpDate": "nobody"}).end(),
        _begun().user("asked", properties={"priority": "nobody"}).end(),
        _begun().user("asked", loop=each("members", item="m"), properties={"candidateFrom": "nobody"}).end(),
        _begun().user("asked", loop=each("nobody", item="m")).end(),
        _begun().user("asked", loop=times("nobody")).end(),
        _begun().user("asked", loop=each("members", item="m", until="nobody")).end(),
        _begun().script("asked", "n = 1", loop=repeat(condition="nobody", maximum=3)).end(),
        _begun().service("asked", "targets.publish", {"target": "nobody"}).end(),
        _begun().catch("asked", after("nobody")).end(),
        _begun().catch("asked", condition("nobody")).end(),
        _begun().throw("asked", message("Reply", matter="nobody")).end(),
        _begun().throw("asked", signal("S", payload="nobody")).end(),
        _begun().user("a").end().boundary("asked", "a", after("nobody")).end(),
    ],
)
def test_it_is_found_wherever_an_expression_stands(drawing: Drawing) -> None:
    assert [it.element for it in findings(RULE, drawing, forms=FORMS)] == ["asked"]


def test_a_round_knows_its_item_its_number_and_its_result_and_nobody_else_does() -> None:
    rounds = each("members", item="member", into="votes", result="vote", until="count(votes) > numberOfInstances / 2")
    drawing = _begun().user("t", loop=rounds, instructions="{{ member }} {{ string(loopCounter) }} {{ vote }}")
    known = drawing.script("s", "n = count(votes)").end()
    assert findings(RULE, known, forms=FORMS) == []


def test_ways_that_meet_know_what_either_set() -> None:
    drawing = (
        _begun()
        .exclusive("g")
        .script("a", "x = 1", when='release = "hold"')
        .exclusive("meet")
        .script("s", "y = x")
        .end()
    )
    assert findings(RULE, drawing.at("g").otherwise().to("meet"), forms=FORMS) == []


def test_a_loop_knows_what_was_set_in_its_round_before() -> None:
    drawing = _begun().exclusive("meet").user("a", instructions="{{ remark }}").user("b", form="more").exclusive("g")
    drawing = drawing.end(when='release = "release"').at("g").otherwise().to("meet")
    assert findings(RULE, drawing, forms=FORMS | {"more": {"properties": {"remark": {"type": "string"}}}}) == []


def test_an_event_on_the_edge_knows_what_was_done_inside() -> None:
    drawing = (
        _begun()
        .sub("inside")
        .start()
        .script("u", "deep = 1")
        .end("broken", error("E", variable="why"))
        .close()
        .end()
        .boundary("edge", "inside", error("E", variable="why"))
        .script("s", "x = deep\ny = why")
        .end()
    )
    assert findings(RULE, drawing, forms=FORMS) == []


def test_what_a_called_process_hands_back_is_known() -> None:
    called = process("q").io(inputs=["release"], outputs=["verdict"]).start().script("s", "verdict = release").end()
    caller = _begun().call("c", "q").script("s", "x = verdict").end()
    assert findings(RULE, caller, called, forms=FORMS) == []
    assert elements(RULE, _begun().call("c", "q").script("s", "x = verdit").end(), called, forms=FORMS) == ["s"]


def test_a_called_process_knows_what_those_around_it_call_it_with() -> None:
    called = process("q").start().script("s", "x = release").script("t", "x = relaese").end()
    assert elements(RULE, _begun().call("c", "q").end(), called, forms=FORMS) == ["t"]


def test_what_another_bundle_hands_back_is_known_and_may_change_with_it() -> None:
    called = process("q").io(outputs=["verdict"]).start().script("s", "verdict = 1").end()
    known = beside(called) | {"forms": FORMS}
    assert findings(RULE, _begun().call("c", "q").script("s", "x = verdict").end(), **known) == []
    assert elements(RULE, _begun().call("c", "q").script("s", "x = verdcit").end(), **known) == ["s"]
    assert warned(RULE, _begun().call("c", "q").script("s", "x = reasons").end(), **known) == ["s"]
    (found,) = findings(RULE, _begun().call("c", "q").script("s", "x = reasons").end(), **known)
    assert "which nothing sets. " in found.message
    assert "This warns and does not refuse: what is known here comes in part from another bundle" in found.message


def test_behind_what_nobody_knows_anything_may_be_known() -> None:
    drawing = _begun().call("c", "nowhere").script("s", "x = whatever").end()
    assert findings(RULE, drawing, forms=FORMS, in_force={"nowhere": []}) == []
    assert findings(RULE, _begun().rule("r", "nowhere").script("s", "x = whatever").end(), forms=FORMS) == []
    assert findings(RULE, _begun().user("t", form="lost").script("s", "x = whatever").end(), forms=FORMS) == []


def test_what_is_declared_is_known_and_nothing_else_is() -> None:
    def asking(*inputs: str) -> Drawing:
        return process("p").io(inputs=inputs).start().script("a", "x = reslts").catch("b", after("dur")).end()

    assert elements(RULE, asking("other")) == ["a", "b"]
    assert elements(RULE, asking("reslts", "dur")) == []


def test_where_a_program_or_a_caller_elsewhere_may_bring_anything_only_a_misspelling_is_refused() -> None:
    drawing = process("p").start().user("t", form="asked").script("a", "x = relaese").script("b", "y = member").end()
    caller = beside(process("far").start().call("c", "p").end())
    assert elements(RULE, drawing, forms=FORMS, **caller) == elements(RULE, drawing, forms=FORMS) == ["a"]


def test_a_duration_without_its_marks_is_told_how_it_is_written() -> None:
    (found,) = findings(RULE, process("p").start().catch("t", after("P1D")).end())
    assert found.level == "error"
    assert found.message.endswith('Did you mean “@"P1D"”?')


def test_two_letters_that_changed_places_in_a_short_name_are_seen() -> None:
    (found,) = findings(RULE, _begun().script("s", "way = 1").script("t", "x = wya").end(), forms=FORMS)
    assert found.message.endswith("Did you mean “way”?")


def test_instructions_in_another_language_are_held_to_the_same_names() -> None:
    drawing = _begun().user("t", instructions="{{ release }}").end()
    texts = {"t": "Oppgave", "t#instructions": "Se {{ relaese }}", "nowhere#instructions": "{{ whatever }}"}
    (found,) = findings(RULE, drawing, forms=FORMS, more={"texts.nb.json": json.dumps(texts).encode()})
    assert (found.level, found.element) == ("error", "t")
    assert found.message.startswith("In the instructions in 'nb' stands `relaese`, which nothing sets.")
    known = {"t#instructions": "Se {{ release }}"}
    assert findings(RULE, drawing, forms=FORMS, more={"texts.nb.json": json.dumps(known).encode()}) == []


@pytest.mark.parametrize("content", [b"", b"[1]", b'{"t#instructions": 3}', b"[" * 100_000, b"\xff"])
def test_a_file_of_texts_that_cannot_be_read_names_nothing(content: bytes) -> None:
    assert findings(RULE, _begun().user("t").end(), forms=FORMS, more={"texts.nb.json": content}) == []
