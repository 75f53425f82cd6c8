"""What comes behind an activity, told from the diagram."""

from service.engine.bundles import diagrams_of
from service.queries import bundles
from service.queries.onward import onward
from service.queries.texts import Texts
from tests.diagrams import process


def told(drawing, activity, texts=None, schema=None, outputs=None):
    (diagram,) = diagrams_of(bundles.sent({"x.bpmn": drawing.bpmn()}))
    found = onward(diagram.processes[0], activity, texts or Texts(), schema or {}, lambda _: outputs)
    return [
        (
            step["kind"],
            step["name"].text if step["name"] else None,
            [[way.text for way in ways] for ways in step["when"]],
        )
        for step in found
    ]


def choice():
    return (
        process("p").start().user("a", name="Skriv", lane="x").script("count", "n = m").exclusive("G", name="Enig?")
        .to("b", when="n > 1", name="ja").otherwise().to("c", name="nej")
        .user("b", name="Send", lane="y", joined=False).end("sent", name="Sendt")
        .user("c", name="Skriv om", lane="x", joined=False).to("a")
    )  # fmt: skip


def test_it_goes_past_what_nobody_does_to_what_somebody_does_next():
    assert told(choice(), "a") == [("task", "Send", [["Enig? ja"]]), ("task", "Skriv om", [["Enig? nej"]])]
    assert told(choice(), "b") == [("end", "Sendt", [[]])]
    assert told(choice(), "c") == [("task", "Skriv", [[]])], "back to where it came from"


def test_it_speaks_the_readers_language_where_the_bundle_does():
    texts = Texts(said={"b": "Send it", "G": "Agreed?"}, source="da")
    assert told(choice(), "a", texts)[0] == ("task", "Send it", [["Agreed? ja"]])


def test_the_end_of_a_part_is_not_the_end_of_the_whole():
    drawing = (
        process("p").start().sub("part", name="Del").start("in").user("a", name="Skriv", lane="x").end("out").close()
        .user("b", name="Bagefter", lane="y").end("done", name="Slut")
    )  # fmt: skip
    assert told(drawing, "a") == [("task", "Bagefter", [[]])]
    assert told(drawing, "b") == [("end", "Slut", [[]])]


def test_a_loop_of_nothing_but_gateways_comes_to_an_end():
    drawing = (
        process("p").start().user("a", name="Skriv", lane="x").exclusive("one").to("two", when="n = 1").otherwise()
        .to("e").exclusive("two", joined=False).to("one", when="n = 2").otherwise().to("e").end("e", joined=False)
    )  # fmt: skip
    assert [kind for kind, _, _ in told(drawing, "a")] == ["end"]


def test_no_way_is_told_that_nothing_can_take():
    drawing = (
        process("p").start().user("met", name="Fremmøde", lane="x", post='outcome = "lapsed"').exclusive("Q", name="Nok?")
        .to("talk", when="quorate", name="ja").otherwise().to("close", name="nej")
        .user("talk", name="Drøft", lane="x", joined=False, post='outcome = if course = "vote" then "tie" else course')
        .to("close").script("close", "n = 1", joined=False).exclusive("O", name="Udfald?")
        .to("won", when='outcome = "adopted"', name="vedtaget").to("back", when='outcome = "back"', name="tilbage")
        .otherwise().to("again", name="ikke afgjort").end("won", name="Vedtaget", joined=False)
        .end("back", name="Tilbage", joined=False).user("again", name="Indkald", lane="x", joined=False).to("met")
    )  # fmt: skip
    assert told(drawing, "met") == [
        ("task", "Drøft", [["Nok? ja"]]),
        ("task", "Indkald", [["Nok? nej", "Udfald? ikke afgjort"]]),
    ]
    course = {"oneOf": [{"const": "vote"}, {"const": "back"}]}
    form = {"properties": {"course": course}, "required": ["course"]}
    assert told(drawing, "talk", schema=form) == [
        ("end", "Tilbage", [["Udfald? tilbage"]]),
        ("task", "Indkald", [["Udfald? ikke afgjort"]]),
    ]
    assert [name for _, name, _ in told(drawing, "talk")] == ["Vedtaget", "Tilbage", "Indkald"], "nobody knows the form"


def test_what_a_decision_can_say_and_what_was_said_before_bound_the_ways():
    drawing = (
        process("p").start().user("vote", name="Stem", lane="x").rule("count", "majority").exclusive("T", name="Lige?")
        .to("tie", when='outcome = "tie"', name="ja").otherwise().to("O", name="nej")
        .user("tie", name="Konkludér", lane="x", joined=False).to("O").exclusive("O", name="Udfald?", joined=False)
        .to("won", when='outcome = "adopted" and n > 1', name="vedtaget").to("tied", when='outcome = "tie"', name="lige")
        .to("back", when='outcome = "back"', name="tilbage").otherwise().to("lost", name="forkastet")
        .end("won", name="Vedtaget", joined=False).end("tied", name="Lige", joined=False)
        .end("back", name="Tilbage", joined=False).end("lost", name="Forkastet", joined=False)
    )  # fmt: skip
    ends = [name for kind, name, _ in told(drawing, "vote", outputs={"outcome": {"adopted", "rejected", "tie"}})]
    assert ends == ["Konkludér", "Vedtaget", "Forkastet"]
    assert [name for _, name, _ in told(drawing, "vote")] == ["Konkludér", "Vedtaget", "Tilbage", "Forkastet"]
