"""Form of the fields: present, of the right length, in readable characters, codes of their lists.

Legal basis: Circular 38/2015/TT-BTC as amended by 39/2018 and 121/2025, Annex II and Art. 18; field lengths and
mandatory fields from the public VNACCS terminal guides (IDA, EDA; W lengths are given there in bytes of which a
character takes three, so W600 is 200 characters).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, NamedTuple

from thongquan.rules.coded import coded_keys, header_codes, line_codes
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document, Line
from thongquan.rules.law import LawOfDay

Report = list[Fault]

_BOTH = (
    "regime",
    "office",
    "party_relation",
    "transport_mode",
    "packages",
    "package_unit",
    "trader.name",
    "trader.tax_code",
    "counterpart.name",
    "invoice.number",
    "invoice.issued_on",
    "invoice.kind",
    "invoice.price_kind",
    "invoice.incoterm",
    "invoice.currency",
    "invoice.amount",
    "invoice.payment_method",
)
REQUIRED = {
    "import": (*_BOTH, "arrival_on", "unloading_place"),
    "export": (*_BOTH, "departure_on", "destination_country"),
}
REQUIRED_LINE = ("hs", "description", "origin", "quantity", "unit", "value")

LENGTHS = {
    "regime": 3,
    "office": 6,
    "gate": 10,
    "own_reference": 20,
    "loading_place": 10,
    "unloading_place": 10,
    "temporary_reference": 12,
    "guarantee_reference": 20,
    "notes": 100,
    "trader.name": 100,
    "agent.name": 100,
    "counterpart.name": 70,
    "vehicle.identifier": 35,
    "invoice.number": 35,
    "invoice.incoterm_place": 35,
}
LENGTHS_LINE = {
    "hs": 12,
    "description": 200,
    "exemption": 5,
    "exemption_line": 16,
}
LENGTHS_ADDRESS = {"street": 100, "city": 35, "region": 35, "postcode": 9, "country": 2}
_LISTS = {"bills_of_lading": (5, 35), "permits": (5, 20), "containers": (50, 12), "adjustments": (5, 2)}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_MISSING = (None, "")
MAY_BE_LEFT_OUT = "incomplete_field"
"""The list of fields that an incomplete declaration of a priority enterprise may leave out (Customs Law Art. 43)."""

_line_required = attrgetter(*REQUIRED_LINE)
_line_texts = attrgetter(*LENGTHS_LINE)
_LINE_LIMITS = tuple(LENGTHS_LINE.items())
_address_texts = attrgetter(*LENGTHS_ADDRESS)
_ADDRESS_LIMITS = tuple(LENGTHS_ADDRESS.items())


class _Group(NamedTuple):
    """Fields of one part of the document ('' for the header), read in one go, each with its limit of characters."""

    part: str
    paths: tuple[str, ...]
    limits: tuple[tuple[str, int], ...]
    read: Callable[[object], tuple[Any, ...]]


def _grouped(paths: Iterable[str]) -> tuple[_Group, ...]:
    parts: dict[str, list[str]] = {}
    for path in paths:
        parts.setdefault(path.rpartition(".")[0], []).append(path)
    return tuple(_Group(part, tuple(names), _limits(names), _reader(names)) for part, names in parts.items())


def _limits(paths: list[str]) -> tuple[tuple[str, int], ...]:
    return tuple((path, LENGTHS.get(path, 0)) for path in paths)


def _reader(paths: list[str]) -> Callable[[object], tuple[Any, ...]]:
    names = [path.rpartition(".")[2] for path in paths]
    if len(names) > 1:
        return attrgetter(*names)
    single = attrgetter(names[0])
    return lambda part: (single(part),)


_REQUIRED = {flow: _grouped(paths) for flow, paths in REQUIRED.items()}
_LENGTHS = _grouped(LENGTHS)


def missing(report: Report, path: str, line: int | None = None) -> None:
    """TQ-DEC-001: tell that a field is missing; the name of the field is the path without its place."""
    report.append(Fault(code=Code.TQ_DEC_001, path=path, line=line, values={"field": path.rsplit("].", 1)[-1]}))


def check_required(document: Document, law: LawOfDay, report: Report) -> None:
    """TQ-DEC-001, TQ-DEC-007: fields that every declaration of the flow must carry (Annex II; IDA, EDA mandatory).

    What an incomplete declaration may leave out for now stands in the law it is judged by.
    """
    for part, paths, _, read in _REQUIRED[document.flow]:
        holder = getattr(document, part) if part else document
        values = read(holder) if holder is not None else (None,) * len(paths)
        if not all(values):
            for path, value in zip(paths, values, strict=True):
                if value in _MISSING and f"{MAY_BE_LEFT_OUT}/{path}" not in law.known_codes:
                    missing(report, path)
    if not document.lines:
        report.append(Fault(code=Code.TQ_DEC_007, path="lines"))


def check_line_required(index: int, line: Line, report: Report) -> None:
    """TQ-DEC-001: fields that every line must carry (Annex II; CMD, CMN, OR, QN1, QT1)."""
    values = _line_required(line)
    if not all(values):
        for name, value in zip(REQUIRED_LINE, values, strict=True):
            if value in _MISSING:
                missing(report, f"lines[{index}].{name}", line.number)


def check_lengths(document: Document, report: Report) -> None:
    """TQ-DEC-002, TQ-DEC-003: every text of the header fits its field (VNACCS lengths) and can be printed."""
    for part, _, limits, read in _LENGTHS:
        holder = getattr(document, part) if part else document
        if holder is not None:
            for (path, limit), text in zip(limits, read(holder), strict=True):
                if text and (len(text) > limit or not text.isprintable()):
                    check_text(report, path, text, limit)
    for path, texts in _listed_texts(document):
        limit = _LISTS[path][1]
        for index, text in enumerate(texts):
            if text:
                check_text(report, f"{path}[{index}]", text, limit)


def check_party_texts(document: Document, report: Report) -> None:
    """TQ-DEC-002, TQ-DEC-003: addresses, seals and statements fit their fields."""
    parties = (("trader", document.trader), ("agent", document.agent), ("counterpart", document.counterpart))
    for path, party in parties:
        if party is not None and party.address is not None:
            for (name, limit), text in zip(_ADDRESS_LIMITS, _address_texts(party.address), strict=True):
                if text and _odd(text, limit):
                    check_text(report, f"{path}.address.{name}", text, limit)
    for index, container in enumerate(document.containers):
        for place, seal in enumerate(container.seals):
            if _odd(seal, 35):
                check_text(report, f"containers[{index}].seals[{place}]", seal, 35)
    for index, statement in enumerate(document.statements):
        if statement.text and _odd(statement.text, 200):
            check_text(report, f"statements[{index}].text", statement.text, 200)


def check_line_paper_texts(index: int, line: Line, report: Report) -> None:
    """TQ-DEC-002, TQ-DEC-003: numbers of certificates and permits (A35, A20), reasons of choices, marks of packages."""
    certificate = line.certificate
    if certificate is not None:
        if _odd(certificate.number, 35):
            check_text(report, f"lines[{index}].certificate.number", certificate.number, 35, line.number)
        if certificate.form and _odd(certificate.form, 10):
            check_text(report, f"lines[{index}].certificate.form", certificate.form, 10, line.number)
    for place, choice in enumerate(line.choices):
        if choice.reason and _odd(choice.reason, 200):
            check_text(report, f"lines[{index}].choices[{place}].reason", choice.reason, 200, line.number)
    for place, permit in enumerate(line.permits):
        if permit.number and _odd(permit.number, 20):
            check_text(report, f"lines[{index}].permits[{place}].number", permit.number, 20, line.number)
    for place, package in enumerate(line.packages):
        if package.marks and _odd(package.marks, 200):
            check_text(report, f"lines[{index}].packages[{place}].marks", package.marks, 200, line.number)


def _odd(text: str, limit: int) -> bool:
    """Asked before a path is spelled out: nearly every text is in order."""
    return len(text) > limit or not text.isprintable()


def _listed_texts(document: Document) -> Iterable[tuple[str, list[str | None]]]:
    if document.bills_of_lading:
        yield "bills_of_lading", list(document.bills_of_lading)
    if document.permits:
        yield "permits", [permit.number for permit in document.permits]
    if document.containers:
        yield "containers", [container.identifier for container in document.containers]


def check_text(report: Report, path: str, text: str, limit: int, line: int | None = None) -> None:
    """TQ-DEC-002, TQ-DEC-003: one text against its limit in characters."""
    if len(text) > limit:
        values = {"field": path, "length": str(len(text)), "limit": str(limit)}
        report.append(Fault(code=Code.TQ_DEC_002, path=path, line=line, value=text[:40], values=values))
    if not text.isprintable() and _UNPRINTABLE.search(text):
        shown = ascii(text[:40])
        report.append(Fault(code=Code.TQ_DEC_003, path=path, line=line, value=shown, values={"field": path}))


def check_line_lengths(index: int, line: Line, report: Report) -> None:
    """TQ-DEC-002, TQ-DEC-003: every text of a line fits its field; goods 200 characters (W600)."""
    for (name, limit), text in zip(_LINE_LIMITS, _line_texts(line), strict=True):
        if text and (len(text) > limit or not text.isprintable()):
            check_text(report, f"lines[{index}].{name}", text, limit, line.number)


def check_counts(document: Document, report: Report) -> None:
    """TQ-DEC-026, TQ-DEC-027: no more entries than the form holds (5 bills, 5 permits, 50 containers), none twice."""
    for path, (limit, _) in _LISTS.items():
        entries = getattr(document, path)
        if len(entries) > limit:
            values = {"field": path, "count": str(len(entries)), "limit": str(limit)}
            report.append(Fault(code=Code.TQ_DEC_026, path=path, value=str(len(entries)), values=values))
    for path, texts in _listed_texts(document):
        named = [text for text in texts if text]
        if len(set(named)) != len(named):
            twice = next(text for text in named if named.count(text) > 1)
            report.append(
                Fault(code=Code.TQ_DEC_027, path=path, value=twice, values={"field": path}, severity="warning")
            )


def check_codes(document: Document, law: LawOfDay, report: Report) -> bool:
    """TQ-DEC-004: every coded value of the header stands in its list on the day; tells whether all codes do."""
    if coded_keys(document) <= law.known_codes:
        return True
    for path, key in header_codes(document):
        if key not in law.known_codes:
            report.append(unknown_code(path, key, None))
    return False


def check_line_codes(index: int, line: Line, law: LawOfDay, report: Report) -> None:
    """TQ-DEC-004: every coded value of a line stands in its list on the day."""
    for name, key in line_codes(line):
        if key not in law.known_codes:
            report.append(unknown_code(f"lines[{index}].{name}", key, line.number))


def unknown_code(path: str, key: str, line: int | None) -> Fault:
    """Build the fault of a code that is not in its list; `key` is `list/code`."""
    listed, _, value = key.partition("/")
    values = {"field": path.rsplit("].", 1)[-1], "list": listed}
    return Fault(code=Code.TQ_DEC_004, path=path, line=line, value=value[:40], values=values)
