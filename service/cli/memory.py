"""Memory of the C library, before a service's threads begin."""

import ctypes

M_TRIM_THRESHOLD, M_ARENA_MAX = -1, -8
"""Parameters of glibc's `mallopt` (malloc.h)."""

TRIM = 128 * 1024


def frugal() -> None:
    """Let all threads take their memory from one place, and what is freed at its end go back to the system.

    glibc would keep a place for each of many threads, and in each what that thread once needed; of threads that work one
    at a time, as Python's do, that is room for nothing. Other C libraries have no such switch, and need none.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_ARENA_MAX, 1)
        mallopt(M_TRIM_THRESHOLD, TRIM)
