"""WCO messages read into typed documents per second of processor time, against parsing alone."""

from __future__ import annotations

import statistics
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from benchmarks.office import say
from tests.shared_data import shared

PACK = shared("data", "wco", "declarations.tar.xz")
ROUNDS = 9
GOAL = 0.2
CASES = Path(__file__).resolve().parent.parent / "tests" / "clearance" / "declarations" / "formats" / "wco" / "cases"
SAFE = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}


def run() -> dict[str, float]:
    """Keys `documents_per_second`, `lxml_per_second` and `ratio`: medians of alternating rounds over the same messages.

    Parsing alone is lxml with the same safety, giving the whole tree; the typed reading includes its own parsing.
    """
    from thongquan.clearance.declarations.formats.wco import read_declaration

    messages = _messages()
    times = max(1, 300 // len(messages))
    typed, bare = [], []
    for _ in range(ROUNDS):
        typed.append(_rate(read_declaration, messages, times))
        bare.append(_rate(_parse, messages, times))
    ratio = statistics.median(typed) / statistics.median(bare)
    say(f"wco, {len(messages)} messages: {statistics.median(typed):,.0f} typed, {statistics.median(bare):,.0f} parsed")
    say(f"per second; ratio {ratio:.3f} (goal {GOAL})")
    return {
        "documents_per_second": round(statistics.median(typed), 1),
        "lxml_per_second": round(statistics.median(bare), 1),
        "ratio": round(ratio, 4),
    }


def _parse(data: bytes) -> object:
    return etree.fromstring(data, etree.XMLParser(**SAFE))  # type: ignore[arg-type]  # options by name


def _rate(read: Callable[[bytes], object], messages: list[bytes], times: int) -> float:
    started = time.process_time()
    for _ in range(times):
        for data in messages:
            read(data)
    return times * len(messages) / (time.process_time() - started)


def _messages() -> list[bytes]:
    """Give the declarations of the shared pack when it is here, else our own cases."""
    from thongquan.base.core.faults import Refused
    from thongquan.clearance.declarations.formats.wco import read_declaration

    found: list[bytes] = []
    for data in _pack() if PACK.is_file() else _cases():
        try:
            read_declaration(data)
        except Refused:
            continue
        found.append(data)
    return found


def _pack() -> Iterator[bytes]:
    with tarfile.open(PACK) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.name.lower().endswith(".xml") else None
            if content is not None:
                yield content.read()


def _cases() -> Iterator[bytes]:
    return (path.read_bytes() for path in sorted(CASES.glob("*.xml")))
