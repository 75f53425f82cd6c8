from service.engine.bundles import from_files
from service.engine.checks import check
from tests.diagrams import Drawing, diagram, files, process


def _wide(count: int, *, condition: str = "n") -> Drawing:
    drawing = process("p").io(inputs=["n"]).start().exclusive("g")
    for number in range(count - 2):
        drawing.at("g").end(f"e{number}", when=f"{condition} = {number}")
    return drawing


def _rules(*drawings: Drawing) -> list[tuple[str, str | None]]:
    return [(it.rule, it.element) for it in check(from_files(files(*drawings))) if it.level == "error"]


def test_five_hundred_nodes_are_looked_at_and_one_more_is_not() -> None:
    assert _rules(_wide(500)) == []
    assert _rules(_wide(501)) == [("too-large", "p")]


def test_a_thousand_flows_are_the_most() -> None:
    drawing = _wide(3)
    for _ in range(1_000):
        drawing.at("g").to("e0", when="n = 1")
    assert _rules(drawing) == [("too-large", "p")]


def test_many_processes_and_long_texts_are_refused_too() -> None:
    many = diagram(
        *(process(f"p{number}").start(f"b{number}").end(f"e{number}") for number in range(1_700)), drawn=False
    )
    assert [it.rule for it in check(from_files({"many.bpmn": many}))] == ["too-large"]
    assert _rules(_wide(400, condition="n" * 600)) == [("too-large", "Flow_g_e100")]
