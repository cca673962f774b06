"""The walls around a reader: memory, time, no new files, no network. Set from inside, before a byte is read."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource

MEMORY_BYTES = 768 * 2**20
CPU_SECONDS = 15
_NEW_NETWORK, _NEW_USERS = 0x40000000, 0x10000000
_NO_NEW_PRIVILEGES = 38
_STANDARD = 3


def confine() -> None:
    """Give up what a reader never needs. What the system refuses to take away is left to the other walls.

    After this no file and no socket can be opened, since no descriptor is free; so everything is imported before.
    """
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        if library.unshare(_NEW_NETWORK):
            library.unshare(_NEW_NETWORK | _NEW_USERS)
        library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    os.nice(10)
    _at_most(resource.RLIMIT_CORE, 0)
    _at_most(resource.RLIMIT_FSIZE, 0)
    _at_most(resource.RLIMIT_NPROC, 0)
    _at_most(resource.RLIMIT_CPU, CPU_SECONDS)
    _at_most(resource.RLIMIT_AS, MEMORY_BYTES)
    _at_most(resource.RLIMIT_NOFILE, _STANDARD)


def _at_most(what: int, limit: int) -> None:
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(what, (limit, limit))
