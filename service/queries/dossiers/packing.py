"""Files → one zip archive, byte for byte the same for the same files, and a list of them with the digest of each."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from service.domain.dossiers import ABOUT, RECEIPT, SEAL

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""When every file was made, as archives count: a zip file cannot leave it out."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The files of a dossier but for its receipt and seal, and its digest: the SHA-256 of the list of them."""

    files: Mapping[str, bytes]
    digest: str

    def archive(self, receipt: bytes, seal: bytes | None = None) -> bytes:
        """The archive, with the receipt in it, and what proves that this stands in the log."""
        out, last = io.BytesIO(), {RECEIPT: receipt} | ({} if seal is None else {SEAL: seal})
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in sorted({**self.files, **{name: it + b"\n" for name, it in last.items()}}.items()):
                archive.writestr(entry(name), content, compresslevel=6)
        return out.getvalue()


def pack(about: Mapping[str, Any], files: Mapping[str, bytes]) -> Packed:
    """The files with the list of them, which says what else `about` says."""
    listed = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
    content = manifest(about, listed)
    return Packed({**files, ABOUT: content}, hashlib.sha256(content).hexdigest())


def manifest(about: Mapping[str, Any], listed: Mapping[str, str]) -> bytes:
    """What a dossier is and which files it has, by name with the SHA-256 of each."""
    return rfc8785.dumps({**about, "files": dict(listed)}) + b"\n"


def entry(name: str) -> zipfile.ZipInfo:
    """A file of an archive, without anything that tells when or where it was packed."""
    info = zipfile.ZipInfo(name, LONG_AGO)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system, info.external_attr = 3, 0o644 << 16
    return info
