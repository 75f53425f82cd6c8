"""How the journal's entries lie in the database: packed, for most of an entry is what every entry says.

What is hashed, shown, exported and proved is always the canonical text. A packed entry begins with the number of its
hint; text begins with a brace, so that an entry which was written as text is read as such.
"""

import threading

import zstandard
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

HINT = b"\x01"
WORDS = (
    b'"data":{"after":"","before":"","hearing":"","draft":"","due_on":"","invited":,"objection":false,"points":0,"response":"'
    b'"ballot":"","digest":"","eligible":,"eligible_hash":"","of":"","organisation":"","person":"","holding":"","valid_from":"'
    b'"measure":"","number":,"target":"","version":"","kind":"target.status_changed"' + b'"kind":"case.status_changed"'
    b'"kind":"vote.cast","kind":"ballot.closed","kind":"hearing.answered","kind":"role.granted"'
    b'"bundle":"","child":"","process":"","kind":"call.bound"' + b'"timer":"","due_at":"","kind":"timer.set"'
    b'"kind":"timer.fired","kind":"timer.cleared","kind":"task.cancelled","kind":"task.claimed"'
    b'"operation":"","parameters":{"},"result":{"},"kind":"operation.called"'
    b'"of":"gateway","record":{"conditions":[{"condition":"","flow":"Flow_","value":true}],"taken":["Flow_"]}},"kind":"evaluation.made"'
    b'"of":"decision","record":{"annotations":[],"digest":"","fired":[],"inputs":{"},"outputs":{"}'
    b'","data":{"end_event":"","instance":"019","outcome":"completed"},"kind":"instance.ended","prev":"'
    b'","data":{"bundle":"","instance":"019","passed":{"019":["Start_"]},"process":"","state":"","variables":{}},"kind":"instance.started","prev":"'
    b'0000000000000000000000000000000000000000000000000000000000000000","seq":0,"stream":"019","trace":"","v":1}'
    b'{"actor":"service","at":"20","auth":"timer","data":{"'
    b'{"actor":"019","at":"2026-:00.000000Z","auth":"session:","clock":"demo","data":{"activity":"Task_","due_at":"20T23:00:00.000000Z",'
    b'"instance":"019","role":"pogi.sec","task":""},"kind":"task.opened","prev":"","role":"","seq":1,"stream":"019","v":1}'
    b'{"actor":"019","at":"2026-","auth":"token:019","data":{"answers":{"remark":{"sealed":""},"instance":"019",'
    b'"passed":{"019":["Flow_ ","Gateway_"]},"state":"","task":""},"kind":"task.completed","prev":"","role":"pogi.","seq":'
    b',"stream":"019","trace":"","v":1}'
)
"""What entries are made of. It is part of what lies in databases: it never changes, and another would be another number."""

LEVEL = 6
_LOCAL = threading.local()


def pack(text: bytes) -> bytes:
    """Canonical text as it lies in the database."""
    return HINT + _tools()[0].compress(text)


def unpack(packed: bytes) -> bytes:
    """The canonical text of what lies in the database; what somebody has spoilt there comes out as it lies, for whoever
    checks the journal to find."""
    if packed[:1] != HINT:
        return packed
    try:
        return _tools()[1].decompress(packed[1:])
    except zstandard.ZstdError:
        return packed


def _tools() -> tuple[zstandard.ZstdCompressor, zstandard.ZstdDecompressor]:
    """A thread's own: they may not be used by two at once."""
    if not hasattr(_LOCAL, "tools"):
        words = zstandard.ZstdCompressionDict(WORDS, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        shape = zstandard.ZstdCompressionParameters.from_level(
            LEVEL, format=zstandard.FORMAT_ZSTD1_MAGICLESS, write_checksum=False
        )
        _LOCAL.tools = (
            zstandard.ZstdCompressor(dict_data=words, compression_params=shape),
            zstandard.ZstdDecompressor(dict_data=words, format=zstandard.FORMAT_ZSTD1_MAGICLESS),
        )
    tools: tuple[zstandard.ZstdCompressor, zstandard.ZstdDecompressor] = _LOCAL.tools
    return tools


class Packed(TypeDecorator[bytes]):
    """Canonical text, packed in the database and nowhere else."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        """Packed for the database."""
        return None if value is None else pack(value)

    def process_result_value(self, value: bytes | str | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        """Text from the database."""
        if isinstance(value, str):  # SQLite keeps what it was given, and whoever spoilt an entry may have given text
            return value.encode()
        return None if value is None else unpack(bytes(value))
