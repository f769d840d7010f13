"""How glibc keeps freed memory: apart for each thread, which over the many threads of a study adds up to gigabytes.
Elsewhere (musl, macOS, Windows) these do nothing."""

import ctypes

__all__ = ["return_freed_memory", "share_arenas"]

_M_ARENA_MAX = -8  # malloc.h
_N_ARENAS = 2  # one more than a thread alone has: threads that allocate at once do not wait for each other


def share_arenas() -> None:
    """All threads from here on allocate from two arenas; glibc gives each its own until there are 8 a core."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, _N_ARENAS)


def return_freed_memory() -> None:
    """What was freed goes back to the system."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
