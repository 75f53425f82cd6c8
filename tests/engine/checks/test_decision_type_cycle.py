from tests.diagrams import process
from tests.engine.checks.judging import findings
from tests.engine.decisions.drawing import decision, file, text

RULE = "decision-type-cycle"


def _told(*items: str) -> list[tuple[str, str]]:
    found = findings(RULE, process("p").start().end(), more={"d.dmn": file(*items, decision("d", text("1")))})
    return [(it.level, it.message) for it in found]


def _of(name: str, kind: str, *, many: bool = False) -> str:
    return (
        f'<itemDefinition name="{name}" isCollection="{str(many).lower()}"><typeRef>{kind}</typeRef></itemDefinition>'
    )


def _with(name: str, kind: str, *, many: bool = False) -> str:
    part = f'<itemComponent name="part" isCollection="{str(many).lower()}"><typeRef>{kind}</typeRef></itemComponent>'
    return f'<itemDefinition name="{name}">{part}</itemDefinition>'


def test_types_that_name_one_another_in_a_circle_are_refused_once() -> None:
    way = "Types name one another in a circle: tA → tB → tA. No value is of such a type."
    assert _told(_of("tA", "tB"), _of("tB", "tA")) == [("error", way)]
    assert [level for level, _ in _told(_of("tA", "tA", many=True))] == ["error"]


def test_a_structure_that_must_hold_itself_is_a_warning() -> None:
    (one,) = _told(_with("tA", "tB"), _with("tB", "tA"))
    assert one == ("warning", "Types name one another in a circle: tA → tB → tA. A value has to have an end.")


def test_types_that_come_to_an_end_are_no_finding() -> None:
    assert _told(_of("tA", "tB"), _of("tB", "number"), _with("tC", "tA"), _with("tTree", "tTree", many=True)) == []
