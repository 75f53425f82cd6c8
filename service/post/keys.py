"""The key that signs the log: Ed25519, in a file that its owner alone reads, as PKCS #8 in PEM."""

import hashlib
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from service.domain.signing import LogKeyMissing, LogKeyUnusable


class Signature:
    """A key in memory."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @property
    def public(self) -> bytes:
        """Its 32 public bytes."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, text: bytes) -> bytes:
        """The 64 bytes of its signature."""
        return self._key.sign(text)


class KeyFile:
    """The key in a file, read anew each time, so that another may follow while the service runs."""

    def __init__(self, path: Path) -> None:
        self._path, self._next = path, path.with_name(f"{path.name}.next")

    def first(self) -> Signature:
        """The key that is to sign from the beginning; it is made where there is none. Raises `LogKeyUnusable`."""
        _make(self._path)
        return _held(self._path)

    def current(self) -> Signature:
        """The key that signs. Raises `LogKeyMissing`, `LogKeyUnusable`."""
        return _held(self._path)

    def next(self) -> Signature:
        """The key that is to follow; the first time, it is made. Raises `LogKeyUnusable`."""
        _make(self._next)
        return _held(self._next)

    def follow(self) -> None:
        """Let the next key be the current one. Raises `LogKeyUnusable`."""
        try:
            self._next.replace(self._path)
            _settle(self._path.parent)
        except OSError as error:
            raise LogKeyUnusable(reason=f"{self._path}: {error.strerror}") from error


class DerivedKey:
    """A key that follows from a seed, the same in every run: for demonstrations and tests, never for real cases."""

    def __init__(self, seed: int) -> None:
        secret = hashlib.sha256(f"mandat demonstration {seed}".encode()).digest()
        self._key = Signature(Ed25519PrivateKey.from_private_bytes(secret))

    def first(self) -> Signature:
        """The key that signs."""
        return self._key

    def current(self) -> Signature:
        """The same."""
        return self._key

    def next(self) -> Signature:
        """There is none. Raises `LogKeyUnusable`."""
        raise LogKeyUnusable(reason="this demonstration's follows from its seed, and no other takes its place")

    def follow(self) -> None:
        """Nothing follows. Raises `LogKeyUnusable`."""
        self.next()


def verify(public: bytes, text: bytes, signature: bytes) -> bool:
    """Whether the key with those public bytes has signed the text."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _held(path: Path) -> Signature:
    try:
        mode = path.stat().st_mode
        if stat.S_IMODE(mode) & 0o077:
            raise LogKeyUnusable(reason=f"others may read {path}; `chmod 400` keeps it to its owner")
        key = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        raise LogKeyMissing(path=path) from None
    except OSError as error:
        raise LogKeyUnusable(reason=f"{path}: {error.strerror}") from error
    except (TypeError, ValueError):
        raise LogKeyUnusable(reason=f"{path} holds no private key in PEM without a password") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise LogKeyUnusable(reason=f"{path} holds another kind of key than Ed25519")
    return Signature(key)


def _make(path: Path) -> None:
    """Make a key where there is none. It is there whole or not at all; of two who make one at once, the first wins."""
    try:
        if not path.exists():
            _write(path)
    except OSError as error:
        raise LogKeyUnusable(reason=f"{path}: {error.strerror}") from error


def _write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o400)
    try:
        with open(handle, "wb") as file:
            key = Ed25519PrivateKey.generate()
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            file.flush()
            os.fsync(handle)
        with suppress(FileExistsError):
            os.link(beside, path)
        _settle(path.parent)
    finally:
        beside.unlink()


def _settle(folder: Path) -> None:
    """Let the folder's entries outlive a fall of the machine."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
