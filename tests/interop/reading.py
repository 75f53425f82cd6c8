"""Reads event logs as pm4py does and compares them with the journal: `python reading.py FOLDER PAGE`.

Runs in an environment of its own, with pm4py and nothing of ours: what there is to count is counted anew from the
journal's own lines, and which fields name objects is taken from PAGE, docs/reference/history.md.
"""

import json
import re
import sys
import warnings
from pathlib import Path

import pm4py  # type: ignore[import-not-found]  # lives in an environment of its own

MESSAGES = ("message.received", "message.kept", "message.expired", "message.refused")
NO_OBJECTS = {("call.bound", "task"), ("setting.changed", "version")}

Journal = list[dict[str, object]]


def fields(page: Path) -> dict[str, str]:
    """Field → type of object, from the table in the page."""
    table = page.read_text(encoding="utf-8").partition("| object type | fields |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([a-z ]+) \| (.+) \|$", table, re.MULTILINE)
    return {field: of for of, names in rows for field in re.findall(r"`(\w+)`", names)}


def objects(journal: Journal, named: dict[str, str], workspace: str) -> set[tuple[str, str]]:
    """Type and id of everything that the entries name."""
    found = set()
    for entry in journal:
        stream, kind, data = entry["stream"], entry["kind"], entry["data"]
        found.add(("workspace" if stream == workspace else "case", str(stream)))
        if "on_behalf" in entry:
            found.add(("organisation", str(entry["on_behalf"])))
        assert isinstance(data, dict)
        for field, value in data.items():
            if field not in named or (kind, field) in NO_OBJECTS or (field == "message" and kind not in MESSAGES):
                continue
            found |= {(named[field], str(one)) for one in (value if isinstance(value, list) else [value])}
    return found


def compare(folder: Path, workspace: str, named: dict[str, str]) -> bool:
    """Print what pm4py finds in the logs of a workspace beside what the journal holds; gives whether they agree."""
    lines = (folder / f"{workspace}.jsonl").read_text(encoding="utf-8").splitlines()
    journal: Journal = [json.loads(line) for line in lines]
    in_cases = [entry for entry in journal if entry["stream"] != workspace]
    cases = len({entry["stream"] for entry in in_cases})
    things = objects(journal, named, workspace)
    xes = pm4py.read_xes(str(folder / f"{workspace}.xes"))
    tables = {
        "OCEL 2.0, JSON": pm4py.read_ocel2_json(str(folder / f"{workspace}.json")),
        "OCEL 2.0, SQLite": pm4py.read_ocel2_sqlite(str(folder / f"{workspace}.sqlite")),
    }
    checks = [
        ("XES: cases", xes["case:concept:name"].nunique(), cases),
        ("XES: events", len(xes), len(in_cases)),
        ("XES: variants", len(pm4py.get_variants(xes)), None),
    ]
    for name, log in tables.items():
        kinds = {str(entry["kind"]) for entry in journal}
        checks += [
            (f"{name}: cases", int((log.objects["ocel:type"] == "case").sum()), cases),
            (f"{name}: events", len(log.events), len(journal)),
            (f"{name}: event types", log.events["ocel:activity"].nunique(), len(kinds)),
            (f"{name}: objects", len(log.objects), len(things)),
            (f"{name}: object types", log.objects["ocel:type"].nunique(), len({of for of, _ in things})),
        ]
    for what, found, wanted in checks:
        verdict = "" if wanted is None else "agrees" if found == wanted else f"DIFFERS from {wanted} in the journal"
        print(f"{workspace:<12} {what:<30} {found:>6}  {verdict}")
    return all(wanted in (None, found) for _, found, wanted in checks)


def main(folder: Path, page: Path) -> int:
    """Compare the logs of every workspace."""
    warnings.simplefilter("ignore")
    named = fields(page)
    print(f"pm4py {pm4py.__version__}; {len(named)} fields name objects")
    agreed = [compare(folder, it.stem, named) for it in sorted(folder.glob("*.jsonl"))]
    print("every count agrees" if agreed and all(agreed) else "not every count agrees")
    return 0 if agreed and all(agreed) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
