"""The import of a whole bundle: texts, then the manifest, then what may be marked executable."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from service.domain.bundles import MANIFEST, Bundle
from service.domain.findings import Finding
from service.engine.bundles import FOREIGN_MANIFEST, diagrams_of, from_files
from service.engine.checks import check
from service.engine.feel import FeelError, parse
from service.engine.importing.camunda import adopt
from service.engine.importing.places import Place, places
from service.engine.importing.report import Change, Left, Report, RolelessLane
from service.engine.reading.vocabulary import children
from service.engine.translating import NotPython, Untranslatable
from service.engine.translating.types import types_of
from service.engine.xml import parse_xml

# What a diagram says of its expressions once they are FEEL. One that says so is not translated again: `votes[1]` is
# another vote in Python.
FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
_FEEL = "/FEEL"


@dataclass(frozen=True, slots=True)
class Translated:
    """The files that we can run, and what was done to them."""

    files: Mapping[str, bytes]
    report: Report


def translate(files: Mapping[str, bytes], roles: Iterable[str]) -> Translated:
    """A foreign bundle as ours; `roles` are the keys and labels of the workspace's roles.

    A process is marked executable if, and only if, nothing in it is left that cannot run. Raises BundleUnreadable
    for files that are no bundle, or hold a diagram that cannot be read.
    """
    given = from_files(files)
    others = {name: data for name, data in files.items() if name not in (FOREIGN_MANIFEST, MANIFEST)}
    others[MANIFEST] = files[MANIFEST] if not given.derived else _manifest(given)
    trees = {name: parse_xml(data) for name, data in given.named(".bpmn").items()}
    marks = {(name, it.get("id", "")): it.get("isExecutable") for name, it in _processes(trees)}
    changes, left = _texts(trees, types_of(given, diagrams_of(given)))
    bundle, findings = _marked(trees, others, left)
    changes += _mark_changes(trees, marks)
    if given.derived:
        changes.append(Change(MANIFEST, None, "file", "", others[MANIFEST].decode()))
        if FOREIGN_MANIFEST in files:
            text = files[FOREIGN_MANIFEST].decode(errors="replace")
            changes.append(Change(FOREIGN_MANIFEST, None, "file", text, ""))
    touched = {change.file for change in changes}
    result = {name: data if name in touched else files.get(name, data) for name, data in bundle.files.items()}
    report = Report(
        changes=tuple(changes),
        left=tuple(left),
        lanes=tuple(_roleless(bundle, set(roles))),
        findings=tuple(findings),
        executable=tuple(it.id for diagram in diagrams_of(bundle) for it in diagram.processes if it.executable),
    )
    return Translated(result, report)


def _texts(trees: Mapping[str, etree._Element], types: Mapping[str, str]) -> tuple[list[Change], list[Left]]:
    changes, left = list[Change](), list[Left]()
    for file, root in trees.items():
        language = root.get("expressionLanguage", "")
        if _FEEL in language:
            continue
        found, adopted = list(places(root)), list(adopt(file, root, types))
        if found or adopted:
            root.set("expressionLanguage", FEEL)
            changes.append(Change(file, root.get("id"), "expressionLanguage", language, FEEL))
        changes += [it for it in adopted if isinstance(it, Change)]
        left += [it for it in adopted if isinstance(it, Left)]
        for place in found:
            before = place.text
            try:
                after = place.translated(types)
            except Untranslatable as reason:
                if not isinstance(reason, NotPython) or not _is_ours(place):
                    left.append(Left(file, place.element, place.name, before, str(reason)))
                continue
            if place.language:
                changes.append(Change(file, place.element, "language", place.language, ""))
                place.unsay_language()
            if after != before.strip():
                place.put(after)
                changes.append(Change(file, place.element, place.name, before, after))
    return changes, left


def _is_ours(place: Place) -> bool:
    """Whether a text that is no Python is a FEEL expression already."""
    try:
        parse(place.text, ())
    except FeelError:
        return False
    return True


def _marked(
    trees: Mapping[str, etree._Element], others: Mapping[str, bytes], left: Iterable[Left]
) -> tuple[Bundle, list[Finding]]:
    """The bundle with every process executable in which nothing is left, and all that `check` said on the way there.

    What stands in no process stops them all. A mark that is taken away may be missed elsewhere, so again until
    nothing changes.
    """
    every = [process for _, process in _processes(trees)]
    owner = {(file, it.get("id")): process for file, process in _processes(trees) for it in process.iter()}
    for process in every:
        process.set("isExecutable", "true")
    faults = {(it.file, it.element) for it in left}
    said: dict[tuple[str, str | None, str | None], Finding] = {}
    while True:
        _stop(every, [process for fault in faults for process in ([owner[fault]] if fault in owner else every)])
        bundle = from_files({**others, **{name: _bytes(root) for name, root in trees.items()}})
        findings = check(bundle)
        for finding in findings:
            # What stopped a process is an error, although in a process that is not executable it only warns.
            said.setdefault((finding.rule, finding.file, finding.element), finding)
        found = {(it.file or "", it.element) for it in findings if it.level == "error"}
        if found <= faults:
            return bundle, list(said.values())
        faults |= found


def _stop(every: list[etree._Element], stopped: list[etree._Element]) -> None:
    """Mark these processes, and all that call one of them, as not executable."""
    callers: dict[str, list[etree._Element]] = {}
    for process in every:
        for call in process.iter("{*}callActivity"):
            callers.setdefault(call.get("calledElement", ""), []).append(process)
    pending = list(stopped)
    while pending:
        process = pending.pop()
        if process.get("isExecutable") == "true":
            process.set("isExecutable", "false")
            pending.extend(callers.get(process.get("id", ""), ()))


def _processes(trees: Mapping[str, etree._Element]) -> Iterator[tuple[str, etree._Element]]:
    for file, root in trees.items():
        for process in children(root, "process"):
            yield file, process


def _mark_changes(
    trees: Mapping[str, etree._Element], before: Mapping[tuple[str, str], str | None]
) -> Iterator[Change]:
    for file, process in _processes(trees):
        identifier, now = process.get("id", ""), process.get("isExecutable", "")
        was = before[file, identifier]
        if (was or "false") != now:
            yield Change(file, identifier, "isExecutable", was or "", now)
        elif was is None:
            del process.attrib["isExecutable"]


def _roleless(bundle: Bundle, roles: set[str]) -> Iterator[RolelessLane]:
    for diagram in diagrams_of(bundle):
        for process in diagram.processes:
            for lane in process.lanes:
                if lane.name not in roles:
                    yield RolelessLane(diagram.file, process.id, lane.id, lane.name)


def _manifest(bundle: Bundle) -> bytes:
    manifest = bundle.manifest
    content = {
        "key": manifest.key,
        "titles": dict(manifest.titles),
        "source_language": manifest.source_language,
        "process": manifest.process,
        "forms": list(manifest.forms),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _bytes(root: etree._Element) -> bytes:
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data
