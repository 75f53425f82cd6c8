"""Verifies a dossier of Mandat without Mandat and without a network: Python 3.11 alone, and nothing to install.

    python3 verify.py [DOSSIER] [--key KEY]... [--checkpoint FILE]... [--leaves HASHES]... [--json]

DOSSIER is the archive, or the folder that it was unpacked into (where this file lies, if you name none). KEY is a verifier key
that you got by a way of your own, FILE a checkpoint that you kept, or a mail that brought some; HASHES are those of a whole log's
records, from elsewhere. Status 1: a claim is broken; 2: it cannot be read; 3: what you brought is not shown by it, which accuses
nobody. A program that came with a dossier came from those whom you check: get it where you trust it.
"""

# fmt: off
import argparse, base64, decimal, email, functools, json, re, sys, unicodedata, zipfile
from hashlib import file_digest, sha256, sha512
from pathlib import Path
from typing import Any
UNPROVED = """Never proved: that what was written is true, that nothing was left out before it was written, when it was (times are
those of the service's clock), who held the keyboard, and what came behind the last checkpoint that somebody else has."""
NOTE, TURN = (re.compile(it + r"\n([A-Za-z0-9+/]{43}=)\n\n((?:— \S+ [A-Za-z0-9+/]{91}=\n)+)", re.MULTILINE) for it in (
    r"^(\S+)\n(0|[1-9][0-9]{0,18})", r"^(mandat log key)\n([A-Za-z0-9+/]{43}=)"))  # a checkpoint; a new key and the one it replaces
FILES = re.compile(r"(records|workspace|disclosures)\.jsonl|(proofs|documents)\.json|(checkpoints|keys|turns|licences|README)\.txt|"
    r"leaves\.bin|(index|replay)\.html|verify\.py|(documents|definitions/[0-9a-f]{64})(/(?!\.\.?(/|$))[^\\/:\0]+)+")
WHOLE, LINE, UNPACKED, RATIO = 2**25, 2**24, 2**29, 50  # bytes read at once, of a line, unpacked (or times the archive)
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519 (RFC 8032), with points as (X, Y, Z, T)
D = -121665 * pow(121666, -1, P) % P
def need(holds: object, why: str) -> None:
    if not holds: raise ValueError(why)  # no `assert`, which `python3 -O` leaves out
def add(p: tuple[int, ...], q: tuple[int, ...]) -> tuple[int, ...]:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    return (b - a) * (d - c) % P, (d + c) * (b + a) % P, (d - c) * (d + c) % P, (b - a) * (b + a) % P
def times(factor: int, point: tuple[int, ...]) -> tuple[int, ...]:
    rest = times(factor >> 1, add(point, point)) if factor else (0, 1, 1, 0)
    return add(rest, point) if factor & 1 else rest
def point_of(raw: bytes) -> Any:
    y, odd = int.from_bytes(raw, "little") & (1 << 255) - 1, raw[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    x = x if x & 1 == odd else P - x
    return (x, y, 1, x * y % P) if x < P and y < P and x * x % P == square else None
def signed(public: bytes, text: bytes, signature: bytes) -> bool:
    a, r, s = point_of(public), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L: return False
    h = int.from_bytes(sha512(signature[:32] + public + text).digest(), "little") % L
    left, right = times(s, point_of(b"X" + b"f" * 31)), add(r, times(h, a))  # from the point whose y is 4/5
    return not any((left[i] * right[2] - right[i] * left[2]) % P for i in (0, 1))
def node(left: bytes, right: bytes) -> bytes: return sha256(b"\1" + left + right).digest()
def roots_of(hashes: bytes, sizes: set[int]) -> dict[int, bytes]:  # of the first so many leaves, in a row (RFC 9162)
    found, peaks = dict[int, bytes](), list[bytes]()
    for at in range(len(hashes) // 32):
        peaks.append(hashes[32 * at : 32 * at + 32])
        for _ in range((~at & at + 1).bit_length() - 1): peaks[-2:] = [node(*peaks[-2:])]
        if at + 1 in sizes: found[at + 1] = functools.reduce(lambda right, left: node(left, right), peaks[::-1])
    return found
def climb(path: list[bytes], old: int, size: int, bottom: bytes, leaf: bool) -> tuple[bytes, bytes]:
    """The roots of the first `old` leaves and of all, from the last of them, or from the largest tree that they fill."""
    if old == size and (size == 1 or not leaf): return (bottom or path.pop(),) * 2 if bottom or path else (b"", b"")
    half, sibling = 1 << (size - 1).bit_length() - 1, path.pop() if path else b""
    right = old > half
    first, both = climb(path, old - half * right, size - half if right else half, b"" if right and not leaf else bottom, leaf)
    return (node(sibling, first) if right else first), (node(sibling, both) if right else node(both, sibling))
class Note:  # a checkpoint, signed as C2SP has it; or that a new key signs from now on (no size), as both have signed
    def __init__(self, match: Any) -> None:
        self.origin, self.size, self.root = match[1], int(match[2]) if match[2].isdecimal() else 0, base64.b64decode(match[3])
        self.text = "\n".join((*match.groups()[:3], "")).encode()
        self.signatures = [(name, base64.b64decode(raw)) for _, name, raw in map(str.split, match[4].splitlines())]
    def by(self, keys: list[Any]) -> bool:
        own = [(key[2], [it[4:] for by, it in self.signatures if (by, it[:4]) == key[:2]]) for key in keys if self.origin in (key[0], "mandat log key")]
        return any(made and all(signed(public, self.text, it) for it in made) for public, made in own)
    def holds(self, hashed: bytes | bytearray, place: int, path: list[bytes]) -> bool:
        return 0 <= place < self.size and climb(path, place + 1, self.size, bytes(hashed), True)[1] == self.root and not path
    def follows(self, old: int, root: bytes, path: list[bytes]) -> bool:
        return 0 < old <= self.size and climb(path, old, self.size, root, False) == (root, self.root) and not path
def notes_in(text: str) -> list[Note]: return [*map(Note, NOTE.finditer(text.replace("\r\n", "\n")))]
def kept_in(raw: bytes) -> list[Note]:  # of a file, or of a mail as it was sent, whose parts may be encoded
    parts: Any = (raw, *(it.get_payload(decode=True) or b"" for it in email.message_from_bytes(raw).walk()))
    return next(filter(None, (notes_in(it.decode("utf-8", "replace")) for it in parts)), [])
def verifier(name: str, public: bytes) -> Any: return name, sha256(name.encode() + b"\n\1" + public).digest()[:4], public
def key_of(text: str) -> Any:
    name, short, encoded = (*text.strip().split("+", 2), "", "")[:3]
    raw = base64.b64decode(encoded)
    need(len(raw) == 33 and raw[0] == 1 and verifier(name, raw[1:])[1].hex() == short, "it is no verifier key of the form name+id+key")
    return verifier(name, raw[1:])
def hash_of(text: Any) -> bytes:
    need(isinstance(text, str) and re.fullmatch("[0-9a-f]{64}", text), "what is to be a hash is none")
    return bytes.fromhex(text)
def value_of(line: bytes, kind: type = dict) -> Any:  # None where JSON is of another kind, or not in its one form (RFC 8785)
    hooks: Any = {"parse_int": lambda it: int(it) if abs(int(it)) < 2**53 else None, "parse_constant": int}
    hooks["parse_float"] = lambda it: f"\ud800{decimal.Decimal(repr(float(it))).normalize():{'f' if 1e-6 <= abs(float(it)) < 1e21 else 'e'}}"
    hooks["object_pairs_hook"] = lambda pairs: dict(sorted(pairs, key=lambda it: it[0].encode("utf-16-be")))
    try:
        found = json.loads(line, **hooks)  # a fraction begins as no string can
        form = re.sub('"\ud800([^"]*)"', r"\1", json.dumps(found, separators=(",", ":"), ensure_ascii=False)).encode()
        return (json.loads(line) if b"." in line else found) if isinstance(found, kind) and form == line else None
    except (ValueError, RecursionError): return None
def led(keys: list[Any], turns: Any) -> list[Any]:  # and those that they lead to: who says so, of which key, in what note
    for by, to, note in turns: keys = [*keys, to] if by in keys and to not in keys and note.by([by]) else keys
    return keys
def said(name: str, holds: object, says: str, bad: str = "", index: int | None = None) -> Any:
    verdict = holds if isinstance(holds, str) else "NOT CHECKED" if holds is None else "PASS" if holds else "FAIL"
    text = "".join(it if it.isprintable() else "?" for it in (bad if verdict == "FAIL" else says))[:300]
    return name, verdict, text, index if verdict == "FAIL" else None
class Dossier:
    def __init__(self, place: Path, trusted: list[Any], kept: list[list[Note]], leaves: list[bytes]) -> None:
        self.place, self.zip, self.trusted, self.kept, self.leaves = place, None, trusted, kept, leaves
        names = [it.relative_to(place).as_posix() for it in place.rglob("*") if it.is_file() and not it.is_symlink()]
        if not place.is_dir():
            self.zip = zipfile.ZipFile(place)
            inside = [it for it in self.zip.infolist() if not it.is_dir()]
            names, limit = [it.filename for it in inside], max(UNPACKED, RATIO * place.stat().st_size)
            good = sum(it.file_size for it in inside) <= limit and all(it.compress_type in (0, 8) for it in inside)
            need(good, "it unpacks to more than a dossier does, or is packed in another way")
        self.names, self.hashes, self.hidden, self.sealed = {*names}, bytearray(), 0, list[Any]()
        self.named, self.wants, self.added = dict[str, int](), list[Any](), dict[str, str]()
        need(len(self.names) == len(names), "two of its files have one name")
        self.about: Any = self.json("dossier.json")
        self.files, self.case, self.origin = dict(self.about["files"]), self.about.get("case"), self.about["origin"]
        kind = "log" if self.case is None else "case" if self.case and isinstance(self.case, str) else None
        need((self.about["format"], self.about["kind"]) == ("mandat dossier 1", kind), "its format is none that is known")
        self.known, self.mine = (self.ours(it) for it in (map(key_of, self.read("keys.txt").decode().splitlines()), trusted))
        self.found = notes_in(self.read("checkpoints.txt").decode())
        need(self.found, "it holds no signed checkpoint")
        self.last, self.proof = self.found[-1], self.json("seal.json") if "seal.json" in self.names else {}
        self.seal = self.ours(notes_in(self.proof.get("note", "")))[:1]
        told = TURN.finditer(self.read("turns.txt").decode()) if "turns.txt" in self.names else ()
        turns = [(*(verifier(self.origin, base64.b64decode(it[at])) for at in (2, 3)), Note(it)) for it in told]
        self.on = led(self.mine, [(old, new, it) for new, old, it in turns])  # each is signed by the one before it
        self.back = led(self.on, [(new, old, it) for new, old, it in turns[::-1]])  # others may have the older ones by now
    def ours(self, its: Any) -> list[Any]: return [it for it in its if (it[0] if isinstance(it, tuple) else it.origin) == self.origin]
    def open(self, name: str) -> Any:
        need(name in self.names, f"{name} is not there")
        return self.zip.open(name) if self.zip else (self.place / name).open("rb")
    def read(self, name: str, most: int = WHOLE) -> bytes:
        with self.open(name) as file: content: bytes = file.read(most + 1)
        need(len(content) <= most, f"{name} is larger than it can be")
        return content
    def json(self, name: str, kind: type = dict) -> Any:
        need((found := value_of(self.read(name).removesuffix(b"\n"), kind)) is not None, f"{name} is not JSON in its one form")
        return found
    def lines(self, name: str) -> Any:
        with self.open(name) as file:
            while line := file.readline(LINE):
                need(line.endswith(b"\n"), f"a line of {name} is too long, or has no end")
                yield line[:-1]
    def digest(self, name: str) -> str:
        with self.open(name) as file: return file_digest(file, "sha256").hexdigest()
    def claims(self) -> Any:
        loose = sorted(self.names - self.files.keys() - {"dossier.json", "receipt.json", "seal.json"})
        listed, self.files = self.files, {it: self.digest(it) for it in self.files.keys() & self.names}
        alone = {unicodedata.normalize("NFC", it).casefold(): it for it in listed}.values()
        odd = listed.keys() - {it for it in alone if FILES.fullmatch(it) and listed[it] == self.files.get(it)}
        bad = ", ".join(sorted(odd | {*loose} if self.zip else odd))
        says = f"{len(listed)} are as they were packed" + f"; not of the dossier: {', '.join(loose)}" * bool(loose)
        yield said("files", not bad and (not loose or None), says, f"{bad}: not as packed, or no file of a dossier")
        wrong = [it.size for it in self.found if it.origin != self.origin or not it.by(self.known + self.mine)]
        says = f"{len(self.found)} are signed by keys of the log, the last over {self.last.size} records"
        yield said("checkpoints", not wrong, says, f"those over {wrong} records are not signed by a key of the log")
        yield from (self.signer(), self.records())
        shown = yield from self.of_case() if self.case else self.of_log()
        for notes in self.kept:  # of one file each
            aside = ", ".join(sorted({it.origin for it in notes} - {self.origin}))
            none = said("kept", "NOT SHOWN", f"what you brought is of {aside}, and this log is {self.origin}: bring a checkpoint of this one")
            yield from [self.judged(it, shown(it), f"; left aside, of another log: {aside}" * bool(aside)) for it in self.ours(notes)] or [none]
        if not self.kept: yield said("kept", None, "bring a checkpoint that you kept: nothing tells that the end was cut off, or all signed anew")
    def signer(self) -> Any:
        way, leads = " > ".join(it[1].hex() for it in self.on), self.last.by(self.on) or self.sealed_by(self.on)
        ours = not leads and self.last.by(self.known) and any(it in self.known for it in self.on)
        bad = f"the last is signed by no key to which yours leads ({way or 'of another log'}): a key was lost before it could sign the next, yours is " \
            "younger, or somebody else signed it. Get the key of its day by a way of your own, and bring both; `kept` holds what yours signed"
        says = f"the last, or what seals it and leads through it, is signed by a key to which yours leads: {way}" if leads else bad
        says = "the last is signed by your key" if self.last.by(self.mine) else says
        says = says if self.trusted else "bring the key that you got elsewhere: anybody may have signed"
        return said("key", None if not self.trusted else "NOT SHOWN" if ours else leads, says, bad)
    def sealed_by(self, keys: list[Any]) -> bool:
        return any(it.by(keys) and it.follows(self.last.size, self.last.root, [*map(hash_of, self.proof["from"])]) for it in self.seal)
    def judged(self, note: Note, wrong: Any, aside: str) -> Any:
        why, at = wrong or ("", 0)
        if not note.by(self.back if self.trusted else self.known):
            why = "it is signed by no key of this log, or by none to which yours leads. Get that key by a way of your own, and bring both"
            at = None if note.by(self.known) or (note.size > self.last.size and self.last.by(self.on)) else at or 0
        says = f"yours over {note.size} records: {why}" if why else f"the log leads through the one over {note.size} records that you kept"
        return said("kept", "NOT SHOWN" if at is None else not why, says + aside, says + aside, at)
    def records(self) -> Any:
        streams, wrong = dict[str, tuple[int, str]](), None
        for at, line in enumerate(self.lines("records.jsonl")):
            entry, hashed = value_of(line) or {}, sha256(b"\0" + line).digest()
            stream, data = str(entry.get("stream")), entry.get("data", {})
            if self.case and entry.keys() == {"withheld"}:
                stream, hashed, self.hidden = self.case, hash_of(entry["withheld"]), self.hidden + 1
            elif wrong is None and ((entry.get("seq"), entry.get("prev")) != streams.get(stream, (0, "0" * 64)) or self.case not in (None, stream)):
                wrong = at
            streams[stream] = streams.get(stream, (0, ""))[0] + 1, hashed.hex()
            self.hashes += hashed
            if self.case:
                for it in re.findall('{"sealed": "([0-9a-f]{64})"}', json.dumps(data)): self.named.setdefault(it, at)
                self.wants.append({data.get("bundle"), data.get("previous"), data.get("record", {}).get("digest")} - {None})
                self.added |= {data["document"]: data["digest"]} if {"document", "digest"} <= data.keys() else {}
        says = f"{len(self.hashes) // 32} of {self.case or self.origin}, each follows from the one before it in its stream"
        bad = f"record {wrong} does not follow from the one before it in its stream, or is not in its one form"
        return said("records", wrong is None, f"{says}; {self.hidden} are told by hash alone", bad, wrong)
    def of_log(self) -> Any:
        hashes, size, kept = bytes(self.hashes), len(self.hashes) // 32, [it for notes in self.kept for it in self.ours(notes)]
        sizes, rows = {it.size for it in self.found + kept}, [*self.leaves, self.read("leaves.bin", max(WHOLE, len(hashes)))]
        roots, true = roots_of(hashes, sizes), {it: roots_of(it, sizes) for it in rows if it != hashes}
        def odd(row: bytes) -> int: return next((at for at in range(size) if hashes[32 * at : 32 * at + 32] != row[32 * at : 32 * at + 32]), size)
        def shown(note: Note) -> Any:
            if roots.get(note.size) == note.root: return None
            signers = [it for it in self.known + self.mine if note.by([it])]
            held = {it.size: roots.get(it.size) == it.root for it in self.found + kept if it.by(signers)}
            good = max((it for it in held if held[it] and it < note.size), default=0)
            bad = min((it for it in held if not held[it] and it > good), default=note.size)
            named = [at for row, its in true.items() if its.get(note.size) == note.root and (at := odd(row)) < size]
            if note.size > size and not named:
                return f"there are {size}: the end was cut off, or this is older. {good} are held by a checkpoint", good
            which = f"one at least of the records {good} to {bad - 1}, which a root does not tell apart (--leaves from elsewhere do),"
            return f"{which if bad > good + 1 and not named else f'record {[*named, good][0]}'} is not what was signed", [*named, good][0]
        why, at = next((bad for it in self.found if (bad := shown(it))), ("", None))
        yield said("places", not why, f"{len(self.found)} checkpoints hold them; {size - self.last.size} came behind", why, at)
        return shown
    def of_case(self) -> Any:
        proofs, last, count = self.json("proofs.json"), self.last, len(self.hashes) // 32
        nodes, own, ways = [*map(hash_of, proofs["nodes"])], proofs["records"], proofs["workspace"]
        def shown(note: Note) -> tuple[str, int | None] | None:
            way = proofs["kept"].get(str(note.size))
            if [note.size, note.root] == self.sealed or last.follows(note.size, note.root, [nodes[it] for it in way or ()]):
                return None
            if way is None and note.size not in (last.size, *self.sealed[:1]):
                return "this dossier does not show whether the log leads through it. Take the case home again, and bring it then", None
            return f"the log does not lead through it, and on to {last.size}; which of the records is another no root tells", 0
        def stands(hashed: bytes | bytearray, way: Any) -> bool: return bool(way) and last.holds(hashed, way[0], [nodes[it] for it in way[1:]])
        under, end = len(own) - own.count(None), None if len(own) == count else min(len(own), count)  # those without come behind
        odd = next((at for at in range(min(under, count)) if not stands(self.hashes[32 * at : 32 * at + 32], own[at])), end)
        held = [it for it, way in zip(self.lines("workspace.jsonl"), ways, strict=True) if stands(sha256(b"\0" + it).digest(), way)]
        says = f"{under} of the case and {len(held)} of the workspace stand in the log; {(own + ways).count(None)} have no proof yet"
        why = f"record {odd} does" if odd is not None else "one of the workspace's records does"
        whole, behind = self.complete(count, self.read("receipt.json").removesuffix(b"\n")), ways + own * (not self.sealed)
        good = odd is None and len(held) + ways.count(None) == len(ways) and (None not in behind or None)  # a seal holds its own
        yield said("inclusion", good, says, f"{why} not stand under the last checkpoint", odd)
        yield from self.contents([value_of(it) for it in held])
        yield from (whole, said("replay", None, "the case is not run again here: `mandat verify` does that"))
        return shown
    def contents(self, beside: list[Any]) -> Any:
        files, named = self.files, self.named
        gone = {it for one in beside if one["kind"].endswith(".erased") for it in one["data"].get("commitments", ())}
        given = [*map(value_of, self.lines("disclosures.jsonl"))]
        made = [(it["commitment"], sha256(b"c1\0" + hash_of(it["salt"]) + it["value"].encode()).hexdigest()) for it in given]
        bad, opened = [it for it, found in made if it != found or it not in named], {it for it, _ in made}
        says = f"{len(opened)} open as committed, {len(named.keys() & gone)} were erased as records say, {len(named.keys() - gone - opened)} you did not get"
        yield said("disclosures", not bad, says, f"{bad} do not open", named.get(bad[0]) if bad else None)
        folders = dict[str, list[Any]]()
        for _, key, name in (it.split("/", 2) for it in sorted(files) if it.startswith("definitions/")):
            folders.setdefault(key, []).append([name, files[f"definitions/{key}/{name}"]])
        forms = [(key, json.dumps(it, separators=(",", ":"), ensure_ascii=False).encode()) for key, it in folders.items()]
        forms += [(its[0].split("/")[1], "\n".join(files[it] for it in its).encode()) for its in self.about["tables"]]
        parts = [(sha256(form).hexdigest(), key) for key, form in forms] + [(it, key) for key in folders for _, it in folders[key]]
        there, wanted = {digest for digest, _ in parts}, {it for its in self.wants for it in its}
        odd = next((at for at, it in enumerate(self.wants) if not it <= there), None)
        used = {key for digest, key in parts if digest in wanted or self.hidden}
        idle = sorted(folders.keys() - {key for digest, key in parts if digest == key and key in used})
        says = f"{len(folders)} bundles of diagrams, tables and forms have the digests that the records name"
        yield said("definitions", odd is None and not idle, says, f"{idle} are named by no record" if odd is None else
            f"what record {odd} names is not here, or was changed", odd)
        papers = self.json("documents.json", list)
        known = {it["file"]: it["digest"] for it in papers if it["file"]}
        bad = [it["id"] for it in papers if self.added.get(it["id"]) != it["digest"]]
        bad += sorted(it for it in {*known, *files} if it in known or it.startswith("documents/") if known.get(it) != files.get(it))
        lost = sum(not it["file"] for it in papers) + len(self.added.keys() - {it["id"] for it in papers})
        yield said("documents", not bad, f"{len(papers)} are those that the records name; {lost} are not here", f"{bad} are not what the records name")
    def complete(self, count: int, line: bytes) -> Any:
        receipt, note = value_of(line) or {}, next(iter(self.seal), None)
        wanted = [self.case, count, self.hashes[-32:].hex(), "case.exported", self.digest("dossier.json")]
        given = [*(receipt.get(it) for it in ("stream", "seq", "prev", "kind")), receipt.get("data", {}).get("digest")]
        says = f"that these are all, the receipt of {receipt.get('at')} says"
        if note is None or given != wanted:
            says += "; a later dossier, or the whole log, can prove it"
            return said("complete", None if given == wanted else False, says, "its receipt is not for what it holds", count)
        held = note.holds(sha256(b"\0" + line).digest(), self.proof["place"], [*map(hash_of, self.proof["path"])])
        good, ever = (held and self.sealed_by(keys) for keys in (self.on if self.trusted else self.known, self.known))
        self.sealed = [note.size, note.root] if good else []
        says = f"{says}, and it stands in the log under the one over {note.size} records" + ", signed by no key to which yours leads" * (not good)
        return said("complete", good or (None if ever else False), says, "its receipt does not stand in the log as its seal says", count)
def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dossier", nargs="?", type=Path, default=Path(__file__).parent)
    for name, kind in (("--key", str), ("--checkpoint", Path), ("--leaves", Path)): parser.add_argument(name, action="append", type=kind, default=[])
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    try:
        kept = [kept_in(file.read_bytes()) for file in asked.checkpoint]
        need(all(kept), "what you kept holds no signed checkpoint")
        found = [*Dossier(asked.dossier, [*map(key_of, asked.key)], kept, [it.read_bytes() for it in asked.leaves]).claims()]
    except Exception as error:  # whatever was done to it, it is said, and nothing of it is believed
        sys.stderr.write(f"It cannot be read: {said('', 1, f'{type(error).__name__}: {error}')[2]}\n")
        return 2
    rows = [dict(zip(("claim", "verdict", "says", "index"), it, strict=True)) for it in found]
    text = "\n".join(f"{it['verdict']:11}  {it['claim']}: {it['says']}" for it in rows) + f"\n\n{UNPROVED}\n"
    sys.stdout.buffer.write((json.dumps(rows, indent=1) + "\n" if asked.json else text).encode())
    return 1 if any(it["verdict"] == "FAIL" for it in rows) else 3 * any(it["verdict"] == "NOT SHOWN" for it in rows)
if __name__ == "__main__": sys.exit(main())
