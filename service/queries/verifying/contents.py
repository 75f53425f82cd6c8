"""What the records of a case speak of and what is beside them: sealed values, definitions, documents."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from service.domain.disclosures import commitments
from service.domain.dossiers import DEFINITIONS, DISCLOSURES, DOCUMENTS, FILES, Claim, Verdict
from service.engine import digest_of
from service.forms.sealing import commit
from service.queries.verifying.box import Box
from service.queries.verifying.canonical import entry
from service.queries.verifying.records import HASH, Records, hashed

Entry = Mapping[str, Any]


def claims(box: Box, records: Records, beside: Sequence[Entry]) -> Iterator[Claim]:
    """The claims about them, by what the records of the case and those beside it that are proved say."""
    told = [entry(it).get("data", {}) for it in records.told]
    yield _disclosures(box, told, beside)
    yield _definitions(box, told, whole=not records.hidden)
    yield _documents(box, told)


def _disclosures(box: Box, told: Sequence[Entry], beside: Sequence[Entry]) -> Claim:
    named: dict[str, int] = {}
    for at, data in enumerate(told):
        for commitment in filter(HASH.fullmatch, commitments(data)):
            named.setdefault(commitment, at)
    gone = {it for one in beside if one["kind"].endswith(".erased") for it in one["data"].get("commitments", ())}
    given = [entry(it) for it in box.lines(DISCLOSURES)]
    # A salt of any length would let whoever has one value move its beginning into the salt and show the rest.
    made = [(it["commitment"], commit(hashed(it["salt"]), it["value"].encode())) for it in given]
    odd, opened = [key for key, found in made if key != found or key not in named], {key for key, _ in made}
    if odd:
        return Claim("disclosures", Verdict.FAIL, f"{odd} do not open", named.get(odd[0]))
    erased, left = len(named.keys() & gone), len(named.keys() - gone - opened)
    says = f"{len(opened)} open as committed, {erased} were erased as records say, {left} you did not get"
    return Claim("disclosures", Verdict.PASS, says)


def _definitions(box: Box, told: Sequence[Entry], whole: bool) -> Claim:
    """`whole`: no record is withheld, so that each bundle must be named by one that is here."""
    folders: dict[str, dict[str, bytes]] = {}
    for name in box.files:
        if name.startswith(DEFINITIONS) and name in box.names:
            _, bundle, file = name.split("/", 2)
            folders.setdefault(bundle, {})[file] = box.read(name)
    true = {bundle for bundle, files in folders.items() if digest_of(files) == bundle}
    parts = [(bundle, bundle) for bundle in true]
    parts += [(_digest(it), bundle) for bundle, files in folders.items() for it in files.values()]
    for names in box.about["tables"]:
        joint = "\n".join(_digest(box.read(it)) for it in names)
        parts.append((_digest(joint.encode()), names[0].split("/")[1]))
    there, wants = {digest for digest, _ in parts}, [_wanted(data) for data in told]
    odd = next((at for at, it in enumerate(wants) if not it <= there), None)
    if odd is not None:
        return Claim("definitions", Verdict.FAIL, f"what record {odd} names is not here, or was changed", odd)
    wanted = {it for each in wants for it in each}
    used = {bundle for digest, bundle in parts if digest in wanted or not whole}
    idle = sorted(folders.keys() - (true & used))
    if idle:
        return Claim("definitions", Verdict.FAIL, f"{idle} are named by no record")
    says = f"{len(folders)} bundles of diagrams, tables and forms have the digests that the records name"
    return Claim("definitions", Verdict.PASS, says)


def _wanted(data: Entry) -> set[str]:
    """The digests that a record names."""
    return {data.get("bundle"), data.get("previous"), data.get("record", {}).get("digest")} - {None}


def _documents(box: Box, told: Sequence[Entry]) -> Claim:
    added = {it["document"]: it["digest"] for it in told if "document" in it and "digest" in it}
    papers = box.json(DOCUMENTS, list)
    known = {it["file"]: it["digest"] for it in papers if it["file"]}
    odd = [it["id"] for it in papers if added.get(it["id"]) != it["digest"]]
    files = known.keys() | {it for it in box.files.keys() & box.names if it.startswith(FILES)}
    odd += sorted(it for it in files if it not in box.files or known.get(it) != box.digest(it))
    if odd:
        return Claim("documents", Verdict.FAIL, f"{odd} are not what the records name")
    gone = sum(not it["file"] for it in papers) + len(added.keys() - {it["id"] for it in papers})
    return Claim("documents", Verdict.PASS, f"{len(papers)} are those that the records name; {gone} are not here")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
