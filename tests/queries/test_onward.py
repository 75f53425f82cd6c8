"""What comes behind an activity, told from the diagram."""

from service.engine.bundles import diagrams_of
from service.queries import bundles
from service.queries.onward import onward
from service.queries.texts import Texts
from tests.diagrams import process


def told(drawing, activity, texts=None):
    (diagram,) = diagrams_of(bundles.sent({"x.bpmn": drawing.bpmn()}))
    found = onward(diagram.processes[0], activity, texts or Texts())
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
        process("p").start().user("a", name="Skriv", lane="x").script("count", "n = 1").exclusive("G", name="Enig?")
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
