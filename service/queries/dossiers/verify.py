"""Verifies a dossier of Mandat without Mandat and without a network: Python 3.11 alone, and nothing to install.

    python3 verify.py [DOSSIER] [--key KEY]... [--checkpoint FILE]... [--json]

DOSSIER is the archive, or the folder that it was unpacked into (where this file lies, if you name none). KEY is a verifier
key that you got by a way of your own, FILE a checkpoint that you kept, or a mail that brought one. Status 1: a claim is
broken; 2: it cannot be read. A program that came with a dossier came from those whom you check: get it where you trust it.
"""

import argparse
import base64
import json
import re
import sys
import zipfile
from hashlib import file_digest, sha256, sha512
from pathlib import Path
from typing import Any

UNPROVED = """Never proved: that what was written is true, that nothing was left out before it was written, when it was (times are
those of the service's clock), who held the keyboard, and what came behind the last checkpoint that somebody else has."""

# Ed25519 (RFC 8032), with points as (X, Y, Z, T); then signed notes (C2SP), the tree (RFC 9162), and the claims.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(p: tuple[int, ...], q: tuple[int, ...]) -> tuple[int, ...]:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    return (b - a) * (d - c) % P, (d + c) * (b + a) % P, (d - c) * (d + c) % P, (b - a) * (b + a) % P


def times(factor: int, point: tuple[int, ...]) -> tuple[int, ...]:
    rest = times(factor >> 1, add(point, point)) if factor else (0, 1, 1, 0)
    return add(rest, point) if factor & 1 else rest


def point_of(raw: bytes) -> tuple[int, ...] | None:
    y, odd = int.from_bytes(raw, "little") & (1 << 255) - 1, raw[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and odd):
        return None
    x = x if x & 1 == odd else P - x
    return x, y, 1, x * y % P


def signed(public: bytes, text: bytes, signature: bytes) -> bool:
    a, r, s = point_of(public), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    base = point_of(b"X" + b"f" * 31)  # the point whose y is 4/5
    if a is None or r is None or base is None or s >= L:
        return False
    h = int.from_bytes(sha512(signature[:32] + public + text).digest(), "little") % L
    left, right = times(s, base), add(r, times(h, a))
    return not any((left[i] * right[2] - right[i] * left[2]) % P for i in (0, 1))


NOTE = re.compile(
    r"^(\S+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n\n((?:— \S+ [A-Za-z0-9+/]{91}=\n)+)", re.MULTILINE
)


class Note:
    def __init__(self, match: Any) -> None:
        self.origin, self.size, self.root = match[1], int(match[2]), base64.b64decode(match[3])
        self.text = "\n".join((*match.groups()[:3], "")).encode()
        self.signatures = [(name, base64.b64decode(raw)) for _, name, raw in map(str.split, match[4].splitlines())]

    def by(self, keys: list[Any]) -> bool:
        pairs = [(key[2], raw[4:]) for name, raw in self.signatures for key in keys if (name, raw[:4]) == key[:2]]
        return any(signed(public, self.text, signature) for public, signature in pairs)


def key_of(text: str) -> Any:
    name, short, encoded = (*text.strip().split("+", 2), "", "")[:3]
    raw = base64.b64decode(encoded)
    if len(raw) != 33 or raw[0] != 1 or sha256(name.encode() + b"\n" + raw).hexdigest()[:8] != short:
        raise ValueError(f"“{text.strip()[:60]}” is no verifier key of the form name+id+key")
    return name, bytes.fromhex(short), raw[1:]


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def roots_of(hashes: bytes | bytearray, sizes: set[int]) -> dict[int, bytes]:
    """The roots of the first so many leaves, whose hashes stand in a row."""
    found, peaks = dict[int, bytes](), list[bytes]()
    for at in range(len(hashes) // 32):
        peaks.append(bytes(hashes[32 * at : 32 * at + 32]))
        for _ in range((~at & at + 1).bit_length() - 1):
            peaks[-2:] = [node(*peaks[-2:])]
        if at + 1 in sizes:
            found[at + 1] = peaks[-1]
            for peak in peaks[-2::-1]:
                found[at + 1] = node(peak, found[at + 1])
    return found


def climb(path: list[bytes], at: int, last: int, old: bytes, new: bytes) -> tuple[bytes, bytes] | None:
    """What a path leads to: over what lies left of the place alone, and over all; None where it has another length."""
    for sibling in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            old, new = node(sibling, old), node(sibling, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node(new, sibling)
        at, last = at >> 1, last >> 1
    return None if last else (old, new)


def leads(path: list[bytes], old: int, old_root: bytes, new: int, new_root: bytes) -> bool:
    """Whether the tree of `old` leaves is the beginning of that of `new`."""
    if old == new:
        return not path and old_root == new_root
    path, level = path if old & old - 1 else [old_root, *path], (~(old - 1) & old).bit_length() - 1
    return bool(path) and climb(path[1:], old - 1 >> level, new - 1 >> level, path[0], path[0]) == (old_root, new_root)


def entry_of(line: bytes) -> Any:
    """The record in a line; an empty one where the line is not in its one form (RFC 8785; fractions are taken as written)."""
    try:
        entry = json.loads(line, parse_float="\0{}".format, parse_constant=int)
        form = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return entry if isinstance(entry, dict) and re.sub(r'"\\u0000([^"]*)"', r"\1", form).encode() == line else {}
    except (ValueError, RecursionError):
        return {}


def said(name: str, holds: object, says: str, bad: str = "", index: int | None = None) -> Any:
    verdict = "NOT CHECKED" if holds is None else "PASS" if holds else "FAIL"
    return name, verdict, *((bad, index) if verdict == "FAIL" else (says, None))


class Dossier:
    def __init__(self, box: Any, trusted: list[Any], kept: list[Note]) -> None:
        self.box, self.trusted, self.kept, self.told = box, trusted, kept, list[bytes]()
        self.about, self.hashes = json.loads((box / "dossier.json").read_bytes()), bytearray()
        assert self.about["format"] == "mandat dossier 1", "this program does not know its format"
        self.files, self.case, self.origin = dict(self.about["files"]), self.about.get("case"), self.about["origin"]
        self.known = [key_of(it) for it in (box / "keys.txt").read_text("utf-8").splitlines()]
        self.found = [*map(Note, NOTE.finditer((box / "checkpoints.txt").read_text("utf-8")))]
        assert self.found, "nothing of its log is signed"

    def digest(self, name: str) -> str:
        with (self.box / name).open("rb") as file:
            return file_digest(file, "sha256").hexdigest()

    def claims(self) -> Any:
        bad: list[Any] = [it for it, digest in self.files.items() if self.digest(it) != digest]
        yield said("files", not bad, f"{len(self.files)} are as they were packed", f"{bad} are not as they were packed")
        bad = [it.size for it in self.found if it.origin != self.origin or not it.by(self.known + self.trusted)]
        says = f"{len(self.found)} are signed by keys of the log, the last over {self.found[-1].size} records"
        yield said("checkpoints", not bad, says, f"those over {bad} records are not signed by keys of the log")
        holds = self.found[-1].by(self.trusted) if self.trusted else None
        says = "the last checkpoint is signed by your key" if holds else "bring the key that you got elsewhere"
        yield said("key", holds, says, "the last checkpoint is not signed by your key")
        yield self.records()
        shown = yield from self.of_case() if self.case else self.of_log()
        for it in self.kept:
            why, at = shown(it) or ("", None)
            if it.origin != self.origin or not it.by(self.trusted or self.known):
                why = "it is of another log, or signed by another key"
            says = f"the log leads through the one over {it.size} records that you kept"
            yield said("kept", not why, says, f"yours over {it.size} records: {why}", at)
        if not self.kept:
            says = "bring a checkpoint that you kept: nothing tells that the end was cut off, or all written and signed anew"
            yield said("kept", None, says)

    def records(self) -> Any:
        streams, wrong, hidden = dict[str, tuple[int, str]](), None, 0
        with (self.box / "records.jsonl").open("rb") as file:
            for at, line in enumerate(file):
                entry, hashed = entry_of(line[:-1]), sha256(b"\0" + line[:-1]).digest()
                stream = self.case if self.case and "withheld" in entry else str(entry.get("stream"))
                seq, before = streams.get(stream, (0, "0" * 64))
                if self.case and entry.keys() == {"withheld"}:
                    hidden, hashed = hidden + 1, bytes.fromhex(entry["withheld"])
                elif (entry.get("seq"), entry.get("prev"), self.case or stream) != (seq, before, stream):
                    wrong = at if wrong is None else wrong
                streams[stream] = seq + 1, hashed.hex()
                self.hashes += hashed
                self.told += [line[:-1]] if self.case else []
        says = f"{len(self.hashes) // 32}, each follows from the one before it in its stream; {hidden} are told by hash alone"
        bad = f"record {wrong} does not follow from the one before it in its stream, or is not in its one form"
        return said("records", wrong is None, says, bad, wrong)

    def of_log(self) -> Any:
        hashes, size, leaves = self.hashes, len(self.hashes) // 32, (self.box / "leaves.bin").read_bytes()
        sizes = {it.size for it in self.found + self.kept}
        roots, true = roots_of(hashes, sizes), roots_of(leaves, sizes) if leaves != hashes else {}
        odd = next((at for at in range(size) if hashes[32 * at : 32 * at + 32] != leaves[32 * at : 32 * at + 32]), size)

        def shown(note: Note) -> tuple[str, int] | None:
            if roots.get(note.size) == note.root:
                return None
            if true.get(note.size) == note.root and odd < size:
                return f"record {odd} is not what was signed", odd
            signers = [key for key in self.known + self.trusted if note.by([key])]
            held = [it.size for it in self.found + self.kept if roots.get(it.size) == it.root and it.by(signers)]
            good = max((it for it in held if it < note.size), default=0)
            if note.size > size:
                return f"there are {size}: the end was cut off, or this is older. {good} are held by a checkpoint", good
            return f"of the records {good} to {note.size - 1} one at least is not what was signed", good

        why, at = next((bad for it in self.found if (bad := shown(it))), ("", None))
        says = f"{len(self.found)} checkpoints hold them; {size - self.found[-1].size} came behind"
        yield said("places", not why, says, why, at)
        return shown

    def of_case(self) -> Any:
        proofs, last, count = json.loads((self.box / "proofs.json").read_bytes()), self.found[-1], len(self.told)
        nodes = [bytes.fromhex(it) for it in proofs["nodes"]]

        def shown(note: Note) -> tuple[str, int] | None:
            path = [nodes[it] for it in proofs["kept"].get(str(note.size), ())]
            shows = note.size <= last.size and leads(path, note.size, note.root, last.size, last.root)
            return None if shows else (f"that the log leads through it, and on to {last.size}, is not shown", 0)

        def stands(hashed: bytes, place: int, *path: int) -> bool:
            there = climb([nodes[it] for it in path], place, last.size - 1, hashed, hashed)
            return 0 <= place < last.size and there is not None and there[1] == last.root

        beside, own = (self.box / "workspace.jsonl").read_bytes().splitlines(), proofs["records"]
        under = sum(it is not None for it in own)  # what has no place under the checkpoint comes behind what has
        leaves = [bytes(self.hashes[32 * at : 32 * at + 32]) for at in range(min(under, count))]
        end = None if len(own) == count else min(len(own), count)
        odd = next((at for at, it in enumerate(leaves) if not own[at] or not stands(it, *own[at])), end)
        pairs = zip(beside, proofs["workspace"], strict=True)
        bad = [entry_of(it).get("seq") for it, way in pairs if way and not stands(sha256(b"\0" + it).digest(), *way)]
        says = f"{under} of the case and {len(beside)} of the workspace stand in the log; {count - under} have no proof yet"
        why = f"record {odd} (or, of the workspace's, {bad}) does not stand under the last checkpoint"
        yield said("inclusion", odd is None and not bad, says, why, odd)
        yield from self.contents([entry_of(it) for it in beside])
        receipt = entry_of((self.box / "receipt.json").read_bytes()[:-1])
        wanted = [self.case, count, self.hashes[-32:].hex(), "case.exported", self.digest("dossier.json")]
        given = [*(receipt.get(it) for it in ("stream", "seq", "prev", "kind")), receipt.get("data", {}).get("digest")]
        says = f"that these are all the receipt of {receipt.get('at')} says; a later dossier, or the whole log, can prove it"
        yield said("complete", None if given == wanted else False, says, "its receipt is not for what it holds")
        yield said("replay", None, "the case is not run again here: `mandat verify` does that")
        return shown

    def contents(self, beside: list[Any]) -> Any:
        files, data = self.files, [entry_of(it).get("data", {}) for it in self.told]
        sealed = [re.findall('{"sealed": "([0-9a-f]{64})"}', json.dumps(it)) for it in data]
        named = {it: at for at in range(len(data) - 1, -1, -1) for it in sealed[at]}
        given = [json.loads(it) for it in (self.box / "disclosures.jsonl").read_bytes().splitlines()]
        made = [sha256(b"c1\0" + bytes.fromhex(it["salt"]) + it["value"].encode()).hexdigest() for it in given]
        bad = [it["commitment"] for it in given if it["commitment"] != made.pop(0) or it["commitment"] not in named]
        gone = {it for one in beside if one["kind"].endswith(".erased") for it in one["data"].get("commitments", ())}
        left = len(named.keys() - gone - {it["commitment"] for it in given})
        says = f"{len(given)} open as committed, {len(named.keys() & gone)} were erased as records say, {left} you did not get"
        yield said("disclosures", not bad, says, f"{bad} do not open", named.get(bad[0]) if bad else None)
        folders = {name.split("/")[1]: list[list[str]]() for name in files if name.startswith("definitions/")}
        for name in sorted(it for it in files if it.startswith("definitions/")):
            folders[name.split("/")[1]].append([name.split("/", 2)[2], files[name]])
        forms = {key: json.dumps(it, separators=(",", ":"), ensure_ascii=False) for key, it in folders.items()}
        there = {*files.values(), *(key for key, form in forms.items() if sha256(form.encode()).hexdigest() == key)}
        there |= {sha256("\n".join(files[it] for it in names).encode()).hexdigest() for names in self.about["tables"]}
        wants = [{it.get("bundle"), it.get("previous"), it.get("record", {}).get("digest")} - {None} for it in data]
        odd = next((at for at, it in enumerate(wants) if not it <= there), None)
        says = f"{len(folders)} bundles of diagrams, tables and forms have the digests that the records name"
        yield said("definitions", odd is None, says, f"what record {odd} names is not here, or was changed", odd)
        added = {it["document"]: it["digest"] for it in data if "document" in it and "digest" in it}
        papers = json.loads((self.box / "documents.json").read_bytes())
        bad = [it["id"] for it in papers if {added.get(it["id"]), files.get(it["file"], it["digest"])} - {it["digest"]}]
        says = f"{len(papers)} have the digests that the records name, {sum(it['file'] is None for it in papers)} are not here"
        yield said("documents", not bad, says, f"{bad} are not what the records name")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dossier", nargs="?", type=Path, default=Path(__file__).parent)
    parser.add_argument("--key", action="append", default=[])
    parser.add_argument("--checkpoint", action="append", type=Path, default=[])
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    try:
        box = asked.dossier if asked.dossier.is_dir() else zipfile.Path(asked.dossier)
        kept = [Note(it) for file in asked.checkpoint for it in NOTE.finditer(file.read_text("utf-8"))]
        assert len(kept) >= len(asked.checkpoint), "what you kept holds no signed checkpoint"
        found = [*Dossier(box, [key_of(it) for it in asked.key], kept).claims()]
    except Exception as error:  # whatever was done to it, it is said, and nothing of it is believed
        sys.stderr.write(f"It cannot be read: {type(error).__name__}: {error}\n")
        return 2
    rows = [dict(zip(("claim", "verdict", "says", "index"), it, strict=True)) for it in found]
    text = "\n".join(f"{it['verdict']:11}  {it['claim']}: {it['says']}" for it in rows)
    sys.stdout.write(json.dumps(rows, indent=1) + "\n" if asked.json else f"{text}\n\n{UNPROVED}\n")
    return int(any(it["verdict"] == "FAIL" for it in rows))


if __name__ == "__main__":
    sys.exit(main())
