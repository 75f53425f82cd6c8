"""Notices to webhooks. The name is resolved once, every address is checked, and one of those is connected to.

The standard library's HTTP is enough: one request on a connection of its own, which nothing but a socket that is open
already can pin to a checked address. There are no redirects, no proxies, no cookies; of the answer only the status counts.
"""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from ipaddress import ip_address

from service.domain import traces
from service.domain.addresses import Allowed, Receiver, may_call, receiver
from service.domain.outgoing import Notice, Undelivered
from service.domain.outgoing_errors import AddressRefused
from service.post.patience import Heard, left
from service.post.signing import headers
from service.post.silence import silence
from service.post.trust import authorities

PATIENCE = 10.0
"""Seconds that a call may take from the resolved name to the status of the answer."""

LONGEST = 65_536
"""Bytes of an answer's head that are read; more is no answer."""

NEVER = frozenset({400, 405, 410, 413, 414, 415, 422, 501})
"""What a receiver answers who would answer the same another time."""

Resolve = Callable[[str, int], Sequence[str]]


def resolved(host: str, port: int) -> list[str]:
    """The addresses that a name has just now, in the system's order. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


class Webhooks:
    """Calls receivers: public ones, and what the operator allows besides."""

    def __init__(
        self, allowed: Allowed | None = None, resolve: Resolve = resolved, trust: ssl.SSLContext | None = None
    ) -> None:
        self._allowed, self._resolve = allowed or Allowed(), resolve
        self._trust = trust

    def check(self, url: str) -> None:
        """Raise `AddressRefused` for an address that is never called. What a name means is seen when it is called."""
        receiver(url, self._allowed)

    def __call__(self, notice: Notice) -> None:
        """Post the notice. Raises `Undelivered`."""
        try:
            to = receiver(notice.url, self._allowed)
            addresses = self._resolve(to.host, to.port)
        except AddressRefused:
            raise Undelivered("address", final=True) from None
        except (OSError, UnicodeError) as error:
            raise silence(error) from None
        if not addresses or not all(may_call(ip_address(it), self._allowed, host=to.host) for it in addresses):
            raise Undelivered("address", final=True)
        try:
            status = self._post(to, addresses, notice)
        except (OSError, http.client.HTTPException) as error:
            raise silence(error) from None
        if 300 <= status < 400:
            raise Undelivered("redirect", final=True)
        if not 200 <= status < 300:
            raise Undelivered(f"answer:{status}", final=status in NEVER)

    def _post(self, to: Receiver, addresses: Sequence[str], notice: Notice) -> int:
        until = time.monotonic() + PATIENCE
        with self._connected(to, addresses, until) as connection:
            sent = {
                "Host": to.authority,
                "Content-Type": "application/cloudevents+json; charset=utf-8",
                "Content-Length": str(len(notice.body)),
                "User-Agent": "Mandat",
                "Connection": "close",
                **headers(notice.id, notice.at, notice.body, notice.secret),
            }
            if notice.trace is not None:
                sent["traceparent"] = traces.header(notice.trace, notice.id)
            head = [f"POST {to.path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items()), "", ""]
            connection.settimeout(left(until))
            connection.sendall("\r\n".join(head).encode("ascii") + notice.body)
            answer = http.client.HTTPResponse(_Answer(connection, until, LONGEST))  # type: ignore[arg-type]  # asks for makefile
            answer.begin()
            return answer.status

    def _connected(self, to: Receiver, addresses: Sequence[str], until: float) -> socket.socket:
        """A connection to the first of the checked addresses that takes one."""
        failed: OSError = TimeoutError()
        for address in addresses:
            try:
                plain = socket.create_connection((address, to.port), timeout=left(until))
            except OSError as error:
                failed = error
                continue
            if not to.tls:
                return plain
            try:
                plain.settimeout(left(until))
                return (self._trust or authorities()).wrap_socket(plain, server_hostname=to.host)
            except BaseException:
                plain.close()
                raise
        raise failed


class _Answer(Heard):
    """The bytes of an answer, as `HTTPResponse` asks a socket for them."""

    def makefile(self, _mode: str) -> io.BufferedReader:
        """They."""
        return io.BufferedReader(self)
