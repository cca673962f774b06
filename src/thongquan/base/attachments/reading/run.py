"""Starting a reader, waiting for it no longer than allowed, and believing nothing it says beyond its shape."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import threading

from thongquan.base.attachments.reading.shape import Found, Leaf, Reading, unpacked, unpacked_leaf
from thongquan.rules.codes import Code

SECONDS, LEAF_SECONDS = 25, 15
MAX_ANSWER = 24 * 2**20
CHILD = "thongquan.base.attachments.reading.child"
LEAF = "thongquan.base.attachments.reading.leaf"


def read_content(content: bytes, content_type: str, *, seconds: float = SECONDS, child: str = CHILD) -> Reading:
    """What a stranger's file holds, read in a process of its own; `found.fault` says why nothing could be read.

    Codes: TQ-ATT-005, -006, -011 damaged, -012 grows too far, -013 takes too long, -014 the reader broke down, -015
    locked by a password, -017 macros.
    """
    said, fault = answered(content, [child, content_type], seconds)
    if fault:
        return Reading(found=Found(fault=fault))
    try:
        return unpacked(said)
    except ValueError:
        return Reading(found=Found(fault=Code.TQ_ATT_014))


def read_leaf(content: bytes, content_type: str, place: int, *, seconds: float = LEAF_SECONDS) -> Leaf:
    """A page or a sheet of a file, counted from one, drawn in a process of its own. Codes: as `read_content`."""
    said, fault = answered(content, [LEAF, content_type, str(place)], seconds)
    if fault:
        return Leaf(fault=fault)
    try:
        return unpacked_leaf(said)
    except ValueError:
        return Leaf(fault=Code.TQ_ATT_014)


def answered(content: bytes, arguments: list[str], seconds: float) -> tuple[bytes, str]:
    """What a reader (a module and its arguments) said of a content, or the code of why it said nothing that counts.

    Rooms above bring readers of their own; each confines itself (`reading.limits`) before it looks at a byte.
    """
    said, code, late = _asked(content, arguments, seconds)
    if late or code == -signal.SIGXCPU or (code == -signal.SIGKILL and not said):
        return b"", Code.TQ_ATT_013
    return said, Code.TQ_ATT_014 if code != 0 else ""


def _asked(content: bytes, arguments: list[str], seconds: float) -> tuple[bytes, int, bool]:
    """Output, exit code and whether the time was up. The file comes open, and the reader stands in an empty place."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryDirectory() as nowhere:
        source.write(content)
        source.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-I", "-m", *arguments],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            cwd=nowhere,
            start_new_session=True,
        )
        late = threading.Event()
        timer = threading.Timer(seconds, _stop, [process, late])
        timer.start()
        try:
            said = process.stdout.read(MAX_ANSWER + 1) if process.stdout else b""
            if len(said) > MAX_ANSWER:
                process.kill()
            return said, process.wait(), late.is_set()
        finally:
            timer.cancel()
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()


def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()
