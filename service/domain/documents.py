"""Which files people may put into a case: what they may be, how large, and under what name they are kept.

The kind is told by the end of the name, and the first bytes have to agree: what a browser says of a file counts for
nothing. Nothing that a browser would run (HTML, SVG, scripts) is among them.
"""

from service.domain.record_errors import DocumentRefused

MEBIBYTE = 1024 * 1024
MOST_BYTES = 5 * MEBIBYTE
LONGEST_NAME = 200

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_KINDS: dict[str, tuple[str, bytes]] = {
    "pdf": ("application/pdf", b"%PDF-"),
    "docx": (f"{_OFFICE}.wordprocessingml.document", _ZIP),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _ZIP),
    "pptx": (f"{_OFFICE}.presentationml.presentation", _ZIP),
    "odt": (f"{_OPEN}.text", _ZIP),
    "ods": (f"{_OPEN}.spreadsheet", _ZIP),
    "odp": (f"{_OPEN}.presentation", _ZIP),
    "doc": ("application/msword", _OLE),
    "xls": ("application/vnd.ms-excel", _OLE),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "txt": ("text/plain; charset=utf-8", b""),
    "csv": ("text/csv; charset=utf-8", b""),
}
ENDINGS = tuple(_KINDS)
"""The ends of names that are taken, without the dot."""


def named(name: str) -> str:
    """The name under which a file is kept: without folders and signs that nobody sees, at most `LONGEST_NAME` long."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    bare = " ".join("".join(sign if sign.isprintable() else " " for sign in bare).split())
    stem, dot, ending = bare.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if stem else bare[:LONGEST_NAME]


def media_type(name: str, content: bytes) -> str:
    """What a file is. Raises `DocumentRefused` for one that is empty, too large, or none of those that are taken."""
    if not content:
        raise DocumentRefused(name=name, why="empty", reason="it is empty")
    if len(content) > MOST_BYTES:
        raise DocumentRefused(name=name, why="size", reason=f"it is larger than {MOST_BYTES // MEBIBYTE} MiB")
    kind, begins = _KINDS.get(name.rpartition(".")[2].lower(), ("", b""))
    if not kind or not content.startswith(begins) or (not begins and not _is_text(content)):
        raise DocumentRefused(name=name, why="kind", reason=f"it is none of {', '.join(ENDINGS)}")
    return kind


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode()
    except UnicodeDecodeError:
        return False
