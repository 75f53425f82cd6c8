"""Whatever is drawn, however senseless: an answer, never an accident."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from service.domain.sentences import Sentence
from service.engine.bundles import from_files
from service.engine.checks import check
from tests.diagrams import Drawing, Loop, after, error, message, plain, process, signal

KEYS = st.sampled_from(["a", "b", "c", "d", "e", "f", "g"])
TEXTS = st.sampled_from(["x = 1", "true", "n > 1", "a === b", "x.append(1)", "", "{{ x }}", "len(x)"])
KINDS = st.sampled_from(
    [
        "userTask",
        "scriptTask",
        "serviceTask",
        "businessRuleTask",
        "sendTask",
        "callActivity",
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "eventBasedGateway",
        "complexGateway",
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
        "subProcess",
    ]
)
EVENTS = st.lists(
    st.sampled_from([after("x"), message("M", matter="x"), signal("S", payload="x"), error("E"), plain("terminate")]),
    max_size=2,
)
LOOPS = st.none() | st.builds(
    Loop,
    standard=st.booleans(),
    cardinality=st.none() | TEXTS,
    collection=st.none() | KEYS,
    item=st.none() | KEYS,
    into=st.none() | KEYS,
    condition=st.none() | TEXTS,
)
NODES = st.fixed_dictionaries(
    {"kind": KINDS, "events": EVENTS, "loop": LOOPS, "enter": st.booleans(), "host": KEYS, "text": TEXTS, "lane": KEYS}
)
FLOWS = st.lists(st.tuples(KEYS, KEYS, st.none() | TEXTS), max_size=12)


def _drawing(nodes: dict[str, dict[str, Any]], flows: list[tuple[str, str, str | None]]) -> Drawing:
    drawing, inside = process("p"), 0
    for key, it in nodes.items():
        attributes = {"attachedToRef": it["host"]} if it["kind"] == "boundaryEvent" else {}
        if it["kind"] == "callActivity":
            attributes["calledElement"] = "p" if it["enter"] else "q"
        more = {"loop": it["loop"], "lane": it["lane"], "script": it["text"], "joined": False}
        if it["kind"] == "subProcess" and it["enter"]:
            inside += 1
            drawing.sub(key, **more)
        else:
            drawing.node(it["kind"], key, *it["events"], instructions=it["text"], **more, **attributes)
    for source, target, text in flows:
        drawing.at(source).to(target, when=text)
    for _ in range(inside):
        drawing.close()
    return drawing


@given(st.dictionaries(KEYS, NODES, max_size=7), FLOWS)
def test_every_finding_is_a_sentence_at_something_of_the_file(
    nodes: dict[str, dict[str, Any]], flows: list[tuple[str, str, str | None]]
) -> None:
    data = _drawing(nodes, flows).bpmn()
    for finding in check(from_files({"p.bpmn": data})):
        assert finding.message.endswith((".", "`."))
        assert isinstance(finding.message, Sentence), "a page says it in the reader's language"
        assert finding.element is None or f'id="{finding.element}"'.encode() in data
