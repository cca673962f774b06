"""Checking files: read, store and read back, write, compare. Needs no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from thongquan.base.core.faults import Refused
from thongquan.base.core.xmlsource import Limits, parse
from thongquan.clearance.declarations.formats.wco.compare import compare_elements
from thongquan.clearance.declarations.formats.wco.reader import read_element
from thongquan.clearance.declarations.formats.wco.writer import write_declaration
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document


class CheckResult(msgspec.Struct, frozen=True):
    """What became of one file: read or not, written back equal or not, share of its elements that are our fields."""

    file: str
    read: bool
    equal: bool
    modeled: float
    error: str | None = None


def check_file(path: Path, *, limits: Limits = Limits()) -> CheckResult:  # noqa: B008  (a frozen tuple)
    """Read a file, pass the document through its stored form, write it and compare. `error` says what went wrong."""
    try:
        _bounded(path, limits)
        return check_bytes(str(path), path.read_bytes(), limits=limits)
    except OSError as problem:
        return CheckResult(str(path), read=False, equal=False, modeled=0.0, error=problem.strerror or str(problem))
    except Refused as refusal:
        return CheckResult(str(path), read=False, equal=False, modeled=0.0, error=_told(refusal))


def _bounded(path: Path, limits: Limits) -> None:
    """Refuse a file by its size before any of it is read."""
    size = path.stat().st_size
    if size > limits.octets:
        raise Refused([Fault(code=Code.TQ_FMT_010, value=str(size), values={"limit": str(limits.octets)})])


def check_bytes(name: str, data: bytes, *, limits: Limits) -> CheckResult:
    """Check one message. Raises Refused when it cannot be read."""
    root = parse(data, limits)
    read = read_element(root, limits)
    stored = msgspec.msgpack.decode(msgspec.msgpack.encode(read.document), type=Document)
    try:
        written = write_declaration(stored)
    except Refused as refusal:
        return CheckResult(name, read=True, equal=False, modeled=read.modeled, error=_told(refusal))
    differences = compare_elements(root, parse(written, Limits(octets=len(written))))
    error = None
    if differences:
        first = differences[0]
        error = f"{len(differences)} differences; first at {first.path}: {first.what} {first.left!r} / {first.right!r}"
    return CheckResult(name, read=True, equal=not differences, modeled=round(read.modeled, 4), error=error)


def _told(refusal: Refused) -> str:
    return "; ".join(_sentence(fault) for fault in refusal.faults)


def _sentence(fault: Fault) -> str:
    """Say a fault in one line: code, reason, what stands there, our field and the WCO pointer."""
    reason = fault.values.get("reason", "")
    words = [fault.code, "" if reason in fault.value else reason, fault.value, fault.path]
    words.append(fault.values.get("pointer", ""))
    return " ".join(word for word in words if word)


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Give the files named, and every XML file inside the directories named, in order."""
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.suffix.lower() == ".xml" and one.is_file())
        else:
            yield path
