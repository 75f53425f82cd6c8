"""Branches share nested values; history is rewritten."""

from tests.diagrams import process
from tests.engine.fences.sides import on_both


@on_both(bare=2, ours=1)
def test_what_one_branch_changes_inside_a_value_is_seen_by_the_other(engine, expected):
    case = engine()
    change = case.say("doc['text']['version'] = 2", 'doc = context put(doc, ["text", "version"], 2)')
    drawing = process("review").start().user("write").parallel("split").script("edit", change).end("edited")
    drawing.at("split").user("read", post=case.say("seen = doc['text']['version']", "seen = doc.text.version")).end()
    case.deploy(drawing).start("review")
    case.do("write", doc={"text": {"version": 1}})
    case.do("read")
    assert case.variables["seen"] == expected


@on_both(bare="rewritten", ours="as it was")
def test_what_was_answered_changes_afterwards(engine, expected):
    case = engine()
    answer = {"text": {"version": 1}}
    case.deploy(process("review").start().user("write").user("read").end()).start("review")
    case.do("write", doc=answer)
    answer["text"]["version"] = 2
    case.do("read")
    assert ("as it was" if case.variables["doc"]["text"]["version"] == 1 else "rewritten") == expected
