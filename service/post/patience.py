"""How long another server is listened to: a span for all of it, however it spreads what it says."""

import io
import socket
import time


class Heard(io.RawIOBase):
    """What a server says, until the moment `until` of the monotonic clock, and `room` bytes of it at most."""

    def __init__(self, connection: socket.socket, until: float, room: int) -> None:
        self._connection, self._until, self._room = connection, until, room

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what BufferedReader gives
        """The next bytes. Raises TimeoutError, and `OSError` behind the last for which there is room."""
        self._connection.settimeout(left(self._until))
        count = self._connection.recv_into(buffer)
        self._room -= count
        if self._room < 0:
            raise OSError("what it says has no end")
        return count


def left(until: float) -> float:
    """Seconds until that moment of the monotonic clock. Raises TimeoutError where it is over."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds
