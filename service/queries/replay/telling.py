"""What came of a replay, as it is handed out."""

from collections.abc import Mapping
from typing import Any

from service.domain.journal import Break
from service.domain.sentences import Sentence
from service.queries.copies import UNREADABLE, Difference, Found
from service.queries.replay.comparing import Differs
from service.queries.replay.logged import Logged
from service.queries.replay.walking import Walk
from service.queries.withheld import WITHHELD, Veil

Entry = Mapping[str, Any]


def broken(found: Break) -> dict[str, Any]:
    """The stream itself is not what was written: nothing of it was replayed."""
    at = {"seq": found.seq, "kind": None, "at": None, "place": {"entry": found.seq}}
    told = at | {"written": found.written, "found": found.found, "reason": found.reason}
    return {"ok": False, "steps": 0, "difference": told, "not_replayed": None, "rows": [], "unknown": 0}


def differs(walk: Walk, entry: Entry | None, difference: Differs) -> dict[str, Any]:
    """The steps before this entry agree, and this one does not."""
    told = _at(entry) | {
        "place": difference.place,
        "written": difference.written,
        "found": difference.found,
        "reason": difference.said,
    }
    return {"ok": False, "steps": walk.count, "difference": told, "not_replayed": None}


def stopped(walk: Walk, entry: Entry | None, said: Sentence) -> dict[str, Any]:
    """The steps before this entry agree, and this one cannot be made again here."""
    told = _at(entry) | {"reason": said}
    return {"ok": False, "steps": walk.count, "difference": None, "not_replayed": told}


def beside(found: dict[str, Any], rows: Found) -> dict[str, Any]:
    """The same, with the rows that are not what the journal says. Where all steps agree, the first of them is what differs."""
    listed = [_at(it.entry) | _row(it) for it in rows.differences]
    told = found | {"rows": listed, "unknown": rows.unknown}
    if listed and found["difference"] is None:  # the same object stands in `rows`
        return told | {"ok": False, "difference": listed[0], "not_replayed": None}
    return told


def proved(found: dict[str, Any], proof: Logged | None) -> dict[str, Any]:
    """The same, with what the log says of the entries. Where all else agrees, it is the log that differs."""
    told = found | {"log": proof}
    if proof is None or proof.broken is None or found["difference"] is not None:
        return told
    it = proof.broken
    place = {"seq": it.seq or 0, "kind": None, "at": None, "place": {"log": proof.size}}
    differs = place | {"written": it.written, "found": it.found, "reason": it.said}
    return told | {"ok": False, "difference": differs, "not_replayed": None}


def _row(it: Difference) -> dict[str, Any]:
    place = {"table": it.table, "row": it.row} | ({} if it.column is None else {"column": it.column})
    return {"place": place, "written": it.written, "found": it.found, "reason": it.said}


def covered(found: dict[str, Any], veil: Veil) -> dict[str, Any]:
    """The same, without values that tell how somebody voted in a ballot that is open or secret."""
    if found["difference"] is None or veil.since is None:
        return found
    return found | {
        "difference": _covered(found["difference"], veil),
        "rows": [_covered(it, veil) for it in found["rows"]],
    }


def _covered(told: dict[str, Any], veil: Veil) -> dict[str, Any]:
    place = told["place"]
    if veil.hides(place.get("instance", "")):
        place = {"instance": place["instance"]}
    values = {name: told[name] if _plain(told[name]) else WITHHELD for name in ("written", "found")}
    return told | values | {"place": place}


def _at(entry: Entry | None) -> dict[str, Any]:
    if entry is None:
        return {"seq": 0, "kind": None, "at": None}
    return {"seq": entry["seq"], "kind": entry["kind"], "at": entry["at"]}


def _plain(value: Any) -> bool:
    """Whether a value tells of no vote: none, whether a row is there, or a hash."""
    return value in (None, True, UNREADABLE) or (isinstance(value, str) and len(value) == 64)
