"""What the records of a case speak of and what is beside them: sealed values, definitions, documents."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from service.domain.disclosures import commitments
from service.domain.dossiers import DEFINITIONS, DISCLOSURES, DOCUMENTS, Claim, Verdict
from service.engine import digest_of
from service.forms.sealing import commit
from service.queries.verifying.box import Box, entry
from service.queries.verifying.records import Records

Entry = Mapping[str, Any]


def claims(box: Box, records: Records, beside: Sequence[Entry]) -> Iterator[Claim]:
    """The claims about them, by what the records of the case and those beside it say."""
    told = [entry(it).get("data", {}) for it in records.told]
    yield _disclosures(box, told, beside)
    yield _definitions(box, told)
    yield _documents(box, told)


def _disclosures(box: Box, told: Sequence[Entry], beside: Sequence[Entry]) -> Claim:
    named: dict[str, int] = {}
    for at, data in enumerate(told):
        for commitment in commitments(data):
            named.setdefault(commitment, at)
    opened, odd = set[str](), []
    given = [entry(it) for it in box.lines(DISCLOSURES)]
    for it in given:
        commitment = it["commitment"]
        if commit(bytes.fromhex(it["salt"]), it["value"].encode()) == commitment and commitment in named:
            opened.add(commitment)
        else:
            odd.append(commitment)
    if odd:
        return Claim("disclosures", Verdict.FAIL, f"{odd} do not open", named.get(odd[0]))
    gone = {it for one in beside if one["kind"].endswith(".erased") for it in one["data"].get("commitments", ())}
    erased, left = len(named.keys() & gone), len(named.keys() - opened - gone)
    says = f"{len(given)} open as committed, {erased} were erased as records say, {left} you did not get"
    return Claim("disclosures", Verdict.PASS, says)


def _definitions(box: Box, told: Sequence[Entry]) -> Claim:
    folders: dict[str, dict[str, bytes]] = {}
    for name in box.files:
        if name.startswith(DEFINITIONS):
            _, bundle, file = name.split("/", 2)
            folders.setdefault(bundle, {})[file] = box.read(name)
    there = {bundle for bundle, files in folders.items() if digest_of(files) == bundle}
    there |= {hashlib.sha256(it).hexdigest() for files in folders.values() for it in files.values()}
    for names in box.about["tables"]:
        parts = [hashlib.sha256(box.read(it)).hexdigest() for it in names]
        there.add(hashlib.sha256("\n".join(parts).encode()).hexdigest())
    for at, data in enumerate(told):
        wanted = {data.get("bundle"), data.get("previous"), data.get("record", {}).get("digest")} - {None}
        if not wanted <= there:
            return Claim("definitions", Verdict.FAIL, f"what record {at} names is not here, or was changed", at)
    says = f"{len(folders)} bundles of diagrams, tables and forms have the digests that the records name"
    return Claim("definitions", Verdict.PASS, says)


def _documents(box: Box, told: Sequence[Entry]) -> Claim:
    added = {it["document"]: it["digest"] for it in told if "document" in it and "digest" in it}
    papers = box.json(DOCUMENTS)
    odd = [
        it["id"]
        for it in papers
        if added.get(it["id"]) != it["digest"] or (it["file"] and box.digest(it["file"]) != it["digest"])
    ]
    if odd:
        return Claim("documents", Verdict.FAIL, f"{odd} are not what the records name")
    gone = sum(not it["file"] for it in papers)
    return Claim("documents", Verdict.PASS, f"{len(papers)} have the digests that the records name; of {gone} no more")
