"""What holds for all shipped bundles: nothing to find fault with, said in three languages, no rule of their own making."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from service import forms as form_reader
from service.domain.retention import CLASSES
from service.domain.settings import known
from service.domain.targets import STATUSES
from service.engine.bundles import diagrams_of, forms_used, from_files
from service.engine.model import Element
from service.operations import REGISTRY
from service.queries import bundles as checks
from service.queries import drawings
from tests.processes.shipped import KEYS, bundle, forms, library, processes

DRAWN = [key for key in KEYS if processes(key)]
ROLES = {
    "pogi.sec", "pogi.chair", "pogi.sg", "pogi.wg", "wg.lead", "member.officer", "member.approver",
    "lill.proc.section", "lill.proc.head", "lill.measure.owner", "lill.director",
    "lill.committee",
}  # fmt: skip


def elements(key: str) -> list[Element]:
    return [element for process in processes(key) for element in process.elements]


@pytest.mark.parametrize("key", KEYS)
def test_a_check_finds_nothing(key):
    assert checks.check(bundle(key), [bundle(other) for other in KEYS if other != key]) == []


def test_a_misspelt_name_in_a_shipped_diagram_is_refused():
    diagram = bundle("publication").files["publication.bpmn"].replace(b'release = "release"', b'relaese = "release"')
    misspelt = from_files({**bundle("publication").files, "publication.bpmn": diagram})
    (found,) = checks.check(misspelt, [bundle(key) for key in KEYS if key != "publication"])
    assert (found.rule, found.level) == ("unknown-name", "error")
    assert found.message.endswith("Did you mean “release”?")


@pytest.mark.parametrize("key", DRAWN)
def test_it_says_how_long_its_cases_are_kept(key):
    """By a class of its own; a table that has no cases needs none."""
    assert bundle(key).manifest.retention in CLASSES


@pytest.mark.parametrize("key", KEYS)
def test_every_form_is_used_and_every_form_can_be_read(key):
    assert set(bundle(key).manifest.forms) == set(forms_used(diagrams_of(bundle(key))))
    for name, data in bundle(key).named(".schema.json").items():
        form_reader.read(name, data)


@pytest.mark.parametrize("key", KEYS)
def test_every_text_a_form_takes_says_whether_it_is_sealed(key):
    for name, schema in forms(key).items():
        for pointer, field in fields(schema):
            if field.get("type") == "string" and "oneOf" not in field and "format" not in field:
                assert isinstance(field.get("x-sealed"), bool), f"{name}#{pointer}"
                assert field["maxLength"] <= 20_000


@pytest.mark.parametrize("key", KEYS)
def test_each_other_language_says_everything_and_nothing_else(key):
    manifest = bundle(key).manifest
    assert set(manifest.titles) == {"da", "nb", "en"}
    said = set(labels(key))
    for language in set(manifest.titles) - {manifest.source_language}:
        texts = json.loads(bundle(key).files[f"texts.{language}.json"])
        assert set(texts) == said
        assert all(isinstance(text, str) and text.strip() for text in texts.values())


@pytest.mark.parametrize("key", DRAWN)
def test_a_translated_instruction_fills_in_the_same_values(key):
    for language in ("da", "nb", "en"):
        texts = json.loads(bundle(key).files.get(f"texts.{language}.json", b"{}"))
        for element in elements(key):
            if element.instructions and texts:
                inserted = _inserted(element.instructions)
                assert _inserted(texts[f"{element.id}#instructions"]) == inserted


@pytest.mark.parametrize("key", DRAWN)
def test_every_task_says_what_to_do_in_one_to_three_sentences_in_each_language(key):
    source, tasks = bundle(key).manifest.source_language, [it for it in elements(key) if it.kind == "userTask"]
    said = {source: {it.id: it.instructions or "" for it in tasks}}
    for language in {"da", "nb", "en"} - {source}:
        texts = json.loads(bundle(key).files[f"texts.{language}.json"])
        said[language] = {it.id: texts.get(f"{it.id}#instructions", "") for it in tasks}
    wrong = [
        (language, task)
        for language, instructions in said.items()
        for task, text in instructions.items()
        if not 1 <= len(re.findall(r"[.?](?= |$)", re.sub(r"{{.*?}}", "…", text))) <= 3
    ]
    assert wrong == []


@pytest.mark.parametrize("key", DRAWN)
def test_a_diagram_can_be_read_at_one_sight(key):
    nodes = [element for element in elements(key) if element.kind != "boundaryEvent"]
    assert 10 <= len(nodes) <= 27
    for process in processes(key):
        assert [flow.id for flow in process.flows if flow.condition and not flow.name] == []
        ids = [*(element.id for element in process.elements), *(flow.id for flow in process.flows)]
        assert [it for it in ids if not re.fullmatch(r"[A-Z][a-z]+_[a-z0-9_]+", it)] == []


@pytest.mark.parametrize("key", DRAWN)
def test_every_task_belongs_to_a_role_and_has_a_deadline(key):
    for element in elements(key):
        if element.kind == "userTask":
            assert element.properties["candidateRole"] in ROLES
            assert "dueDate" in element.properties, element.id


@pytest.mark.parametrize("key", DRAWN)
def test_no_number_of_days_or_votes_is_written_into_a_diagram(key):
    for element in elements(key):
        texts = [element.properties.get("dueDate", ""), *(event.text or "" for event in element.events)]
        assert [text for text in texts if re.search(r"working days\((?!rules\.[a-z_.]+\)|days\))", text)] == []
        assert [text for text in texts if re.search(r'"P\d', text)] == []


@pytest.mark.parametrize("key", DRAWN)
def test_every_operation_is_one_of_the_services_and_gets_what_it_needs(key):
    for element in elements(key):
        if element.operation:
            wanted = REGISTRY[element.operation.name].parameters.fields
            given = set(element.operation.parameters)
            assert {name for name, field in wanted.items() if field.required} <= given <= set(wanted), element.id


@pytest.mark.parametrize("key", DRAWN)
def test_a_drawing_hides_nothing_in_any_language(key):
    for name, data in bundle(key).named(".bpmn").items():
        found = drawings.reports(data, bundle(key).files)
        assert len(found) == 3
        assert [language for language, report in found.items() if not report.clean] == [], name


@pytest.mark.parametrize("key", DRAWN)
def test_a_status_is_one_of_the_targets_track(key):
    assert {it.properties["status"] for it in elements(key) if "status" in it.properties} <= set(STATUSES)


@pytest.mark.parametrize("key", DRAWN)
def test_a_setting_that_is_used_is_asked_for(key):
    asked = {
        name
        for element in elements(key)
        if element.operation and element.operation.name == "settings.read"
        for name in re.findall(r'"([a-z_.]+)"', element.operation.parameters["keys"])
    }
    text = "".join(data.decode() for data in bundle(key).named(".bpmn").values())
    tables = {element.decision for element in elements(key) if element.decision}
    text += "".join(library().table(name, bundle(key).digest).data.decode() for name in tables)
    used = set(re.findall(r"rules\.([a-z_]+\.[a-z_]+)", text))
    assert used <= asked
    workspace = "lillestrom" if bundle(key).manifest.source_language == "nb" else "pogi"
    assert asked <= set(known(workspace))


def fields(schema: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """The fields of a form's schema with their JSON pointers, those of rows too."""
    yield pointer, schema
    for name, field in schema.get("properties", {}).items():
        yield from fields(field, f"{pointer}/properties/{name}")
    if "items" in schema:
        yield from fields(schema["items"], f"{pointer}/items")
    for place, part in enumerate(schema.get("allOf", ())):
        yield from fields(part.get("then", {}), f"{pointer}/allOf/{place}/then")


def labels(key: str) -> Iterator[str]:
    """The keys of all that is shown to people: element ids, and JSON pointers into forms."""
    for process in processes(key):
        yield process.id
        yield from (lane.id for lane in process.lanes)
        yield from (element.id for element in process.elements if element.name)
        yield from (flow.id for flow in process.flows if flow.name)
        yield from (f"{element.id}#instructions" for element in process.elements if element.instructions)
        yield from (f"{it.id}#documentation" for it in process.elements if it.kind == "userTask" and _explained(it))
    for name, schema in forms(key).items():
        for pointer, field in fields(schema):
            yield from (f"{name}#{pointer}/{word}" for word in ("title", "description") if word in field)
            yield from (f"{name}#{pointer}/oneOf/{place}/title" for place, _ in enumerate(field.get("oneOf", ())))
            yield from (
                f"{name}#{pointer}/x-checks/{place}/message" for place, _ in enumerate(field.get("x-checks", ()))
            )
        shown = enumerate(schema.get("x-shows", ()))
        yield from (f"{name}#/x-shows/{place}/label" for place, it in shown if isinstance(it, dict) and "label" in it)
        beside = schema.get("x-beside", {})
        yield from (f"{name}#/x-beside/{part}" for part in ("label", "otherwise") if part in beside)
    for name, data in bundle(key).named(".ui.json").items():
        yield from (f"{name}#{pointer}" for pointer in helps(json.loads(data)))
    for data in bundle(key).named(".dmn").values():
        text = data.decode()
        decision = re.search(r'<decision id="([^"]+)"', text)
        assert decision is not None
        yield decision[1]
        yield f"{decision[1]}#description"
        yield from re.findall(r'<(?:input|output|rule) id="([^"]+)"', text)
        yield from re.findall(r'<(?:inputData|itemComponent) id="([^"]+)" name="[^"]+" label=', text)
        yield from re.findall(r'<(?:inputEntry|outputEntry) id="([^"]+)" label=', text)


def _explained(task: Element) -> bool:
    """Whether the page of a task says more of what it is for than the sources that it rests on."""
    return bool(re.sub(r"^([A-Z]{1,2}\d+[,.] ?)*", "", task.documentation or ""))


def helps(ui: Any, pointer: str = "") -> Iterator[str]:
    for name, value in ui.items():
        if name == "ui:help":
            yield f"{pointer}/{name}"
        elif isinstance(value, dict):
            yield from helps(value, f"{pointer}/{name}")


def _inserted(text: str) -> list[str]:
    """What an instruction fills in, without the words that it chooses between: those are in each language."""
    return sorted(re.sub(r'(: |then )"[^"]*"', r'\1""', it) for it in re.findall(r"{{.*?}}", text))


@pytest.mark.parametrize("key", DRAWN)
def test_who_has_a_task_reads_no_key_of_a_setting(key):
    """A setting is called by its name, in why the task is hers and in what she is to do."""
    keys = "|".join(re.escape(it) for it in known("pogi").keys() | known("lillestrom").keys())
    tasks = {it.id: it for it in elements(key) if it.kind in ("userTask", "manualTask")}
    said = [text for it in tasks.values() for text in (it.documentation, it.instructions)]
    for name, content in bundle(key).named(".json").items():
        texts = json.loads(content) if name.startswith("texts.") else {}
        said += [text for place, text in texts.items() if place.partition("#")[0] in tasks]
    plain = [re.sub(r"\{\{.*?\}\}", "", text, flags=re.DOTALL) for text in said if text]
    assert [text for text in plain if re.search(rf"(?<![\w.])({keys})(?!\w)", text)] == []
