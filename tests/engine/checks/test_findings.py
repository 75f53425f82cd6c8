"""What holds for every rule."""

from pathlib import Path

from service.engine.bundles import from_files
from service.engine.checks import BUNDLE_RULES, PROCESS_RULES, check, rules
from tests.diagrams import Drawing, after, each, files, process


def _everyday() -> Drawing:
    return (
        process("adoption", name="Adoption")
        .start()
        .user("agenda", lane="pogi.sec", form="agenda", properties={"dueDate": "working days(5)"})
        .exclusive("meet")
        .user("vote", lane="pogi.chair", loop=each("members", item="member", into="votes", result="vote"))
        .exclusive("carried")
        .script("note", "decided = true", when="count(votes) > 5")
        .end("adopted")
        .at("carried")
        .otherwise()
        .to("meet")
        .boundary("slow", "vote", after('duration("P14D")'), interrupting=False)
        .user("remind", lane="pogi.sec")
        .end("reminded")
    )


def test_an_everyday_process_has_no_findings() -> None:
    form = {"type": "object", "properties": {"members": {"type": "array"}}}
    assert check(from_files(files(_everyday(), forms={"agenda": form}))) == []


def test_every_file_of_a_rule_is_asked_and_has_a_test_of_its_own() -> None:
    folder = Path(rules.__path__[0])
    names = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert names == {rule.__name__.rpartition(".")[2] for rule in (*PROCESS_RULES, *BUNDLE_RULES)}
    assert names <= {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}


def test_findings_name_the_file_the_rule_and_a_sentence() -> None:
    bundle = from_files(files(process("q").start().user("a").end(), process("p").node("userTask", "b").end()))
    found = check(bundle)
    assert {(it.file, it.rule) for it in found} >= {("p.bpmn", "no-start"), ("q.bpmn", "task-without-role")}
    assert all(it.message.endswith(".") and it.element for it in found)
