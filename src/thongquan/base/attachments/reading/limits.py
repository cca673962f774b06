"""The walls around a reader: memory, time, no file, no network, no rights. Set from inside, before a byte is read."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
from collections.abc import Callable

MEMORY_BYTES = 768 * 2**20
CPU_SECONDS = 15
_NEW_NETWORK, _NEW_USERS = 0x40000000, 0x10000000
_NO_NEW_PRIVILEGES = 38
_NOBODY = 65534
_STANDARD = 3
_CAPABILITIES_VERSION = 0x20080522


def confine(*, memory: int = MEMORY_BYTES, seconds: int = CPU_SECONDS) -> None:
    """Give up what a reader never needs. What the system refuses to take away is left to the other walls.

    `memory` are bytes of address space, `seconds` of the processor.

    After this the file system is the empty directory it was started in, and no file or socket can be opened there
    either, since no descriptor is free; so everything is imported before.
    """
    if not _try(lambda: _leave_the_network(_NEW_NETWORK)):
        _try(lambda: _leave_the_network(_NEW_NETWORK | _NEW_USERS))
    _try(lambda: os.chroot("."))
    if os.getuid() == 0:
        _try(lambda: os.setgroups([]))
        _try(lambda: os.setgid(_NOBODY))
        _try(lambda: os.setuid(_NOBODY))
    _try(_drop_capabilities)
    os.nice(10)
    _at_most(resource.RLIMIT_CORE, 0)
    _at_most(resource.RLIMIT_FSIZE, 0)
    _at_most(resource.RLIMIT_NPROC, 0)
    _at_most(resource.RLIMIT_CPU, seconds)
    _at_most(resource.RLIMIT_AS, memory)
    _at_most(resource.RLIMIT_NOFILE, _STANDARD)


def _try(what: Callable[[], object]) -> bool:
    """Whether the system let us."""
    try:
        what()
    except (OSError, AttributeError):
        return False
    return True


def _leave_the_network(spaces: int) -> None:
    if ctypes.CDLL(None, use_errno=True).unshare(spaces):
        raise OSError(ctypes.get_errno(), "unshare")


def _drop_capabilities() -> None:
    """Whatever the new user space gave, and the way back to it through a program with more rights."""
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    library.capset((ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION, 0), (ctypes.c_uint32 * 6)())


def _at_most(what: int, limit: int) -> None:
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(what, (limit, limit))
