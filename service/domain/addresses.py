"""Which addresses the service may call from inside its network, and which would be a way in for somebody else.

A receiver is called by name or by address in its plain writing alone: other ways to write a number (octal, hexadecimal,
a single number, an IPv4 address within an IPv6 one) are refused, since programs read them differently.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from service.domain.outgoing_errors import AddressRefused

Address = IPv4Address | IPv6Address
LONGEST = 2000
REASONS = {
    "unreadable": "it is too long, or holds what an address cannot hold",
    "scheme": "it does not begin with https://",
    "parts": "it holds a password, a fragment or an odd port",
    "host": "its host is no name and no address in the usual writing",
    "plain": "only hosts that the operator allows in MANDAT_WEBHOOK_HOSTS are called without TLS",
    "private": "it lies in a network that is not public, and the operator has not allowed it in MANDAT_WEBHOOK_HOSTS",
    "off": "this service calls nobody",
}
"""Why an address is refused, by the key that `AddressRefused` has as `why`."""

_NAME = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?\.?")
"""A name whose last label begins with a letter: whatever ends in a number is an address to some program."""

_PUBLIC = IPv6Network("2000::/3")
"""The addresses that IANA gives out. Without it stand those that mean an IPv4 one: mapped, compatible, translated."""

_HOLDS_IPV4 = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))
"""Public ones that lead to an IPv4 one through a tunnel: 6to4 and Teredo."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """A checked address: where to connect, and what to ask for there."""

    host: str
    port: int
    path: str
    tls: bool

    @property
    def authority(self) -> str:
        """What the `Host` header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.tls else 80) else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an operator allows besides the public internet: hosts by name, and ranges of addresses."""

    names: frozenset[str] = frozenset()
    ranges: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def of(cls, items: Iterable[str]) -> "Allowed":
        """From a list of names, addresses and ranges (`10.1.0.0/16`). Raises ValueError."""
        names, ranges = set(), []
        for item in items:
            try:
                ranges.append(ip_network(item))
            except ValueError:
                if not _NAME.fullmatch(item.lower()):
                    raise ValueError(f"lists “{item}”, which is no host name and no range of addresses") from None
                names.add(item.lower().rstrip("."))
        return cls(frozenset(names), tuple(ranges))

    def has(self, host: str) -> bool:
        """Whether the operator allows that host, by its name or as an address."""
        plain = _literal(host)
        return host.rstrip(".") in self.names if plain is None else self.holds(plain)

    def holds(self, address: Address) -> bool:
        """Whether an address lies in one of the ranges."""
        return any(address in it for it in self.ranges)


def receiver(url: str, allowed: Allowed) -> Receiver:
    """The receiver that a URL names. Raises `AddressRefused` for one that is never called."""

    def refuse(why: str) -> AddressRefused:
        return AddressRefused(url=url[:200], why=why, reason=REASONS[why])

    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or any(it in url for it in ' \\"<>^`{|}'):
        raise refuse("unreadable")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise refuse("unreadable") from None
    if parts.scheme not in {"https", "http"}:
        raise refuse("scheme")
    if "@" in parts.netloc or parts.fragment or "%" in parts.netloc or port == 0:
        raise refuse("parts")
    plain = _literal(host)
    if plain is None and not _NAME.fullmatch(host):
        raise refuse("host")
    if parts.scheme == "http" and not allowed.has(host):
        raise refuse("plain")
    if plain is not None and not may_call(plain, allowed):
        raise refuse("private")
    tls = parts.scheme == "https"
    return Receiver(host, port or (443 if tls else 80), _path(parts), tls)


def may_call(address: Address, allowed: Allowed, *, host: str = "") -> bool:
    """Whether an address may be called: a public one, or one that is allowed itself or by the name `host` it came from."""
    if allowed.holds(address) or (host and allowed.has(host)):
        return True
    if isinstance(address, IPv6Address) and (address not in _PUBLIC or any(address in it for it in _HOLDS_IPV4)):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _path(parts: SplitResult) -> str:
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path
