"""Bodies whose five lines all claim preference under registered certificates, and the same goods without any claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec
from django.utils.timezone import localdate
from msgspec.structs import replace

from benchmarks.samples import imports, marked
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.operations.judging import decide_declaration
from thongquan.clearance.origin.operations import register_certificate
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.document import Certificate, Document, Line
from thongquan.rules.origin.certificate import Paper, PaperLine

COUNT, LINES, SCHEDULE = 32, 5, "B05"
PLENTY = Decimal(10) ** 15
"""More than a run can use up."""


def prepared() -> list[list[bytes]]:
    """Bodies without and with preference, with places to fill in as `samples.marked` leaves them.

    Every claiming body has a certificate of its own. Raises RuntimeError unless all its lines would be granted.
    """
    at = now()
    found = [_plain(document) for document in imports(current_law(), localdate(at), lines=LINES, count=COUNT)]
    claiming = [
        _claiming(document, f"E26{place * 7919:012d}", localdate(at)) for place, document in enumerate(found, 1)
    ]
    actor = system_actor("benchmark", offices=sorted({document.office or "" for document in found}))
    for document in claiming:
        register_certificate(
            actor=actor,
            office=document.office or "",
            tax_code=(document.trader and document.trader.tax_code) or "",
            trader_name="",
            paper=_paper(document, localdate(at)),
            at=at,
        )
    _check_granted(claiming)
    return [[msgspec.json.encode(marked(one)) for one in several] for several in (found, claiming)]


def _plain(document: Document) -> Document:
    lines = tuple(_line(line, None, None) for line in document.lines)
    return replace(document, lines=lines)


def _claiming(document: Document, number: str, on: date) -> Document:
    lines = tuple(
        _line(line, SCHEDULE, Certificate(number=number, form="E", issued_on=on - timedelta(days=2), line=place))
        for place, line in enumerate(document.lines, 1)
    )
    return replace(document, lines=lines)


def _line(line: Line, schedule: str | None, certificate: Certificate | None) -> Line:
    choices = tuple(one for one in line.choices if one.tax != "import_duty")
    return replace(line, origin="CN", schedule=schedule, certificate=certificate, choices=choices)


def _paper(document: Document, on: date) -> Paper:
    first = document.lines[0].certificate
    return Paper(
        agreement="ACFTA",
        form="E",
        number=first.number if first else "",
        issued_on=on - timedelta(days=2),
        issuing_country="CN",
        issuer="GX",
        exporter=f"Exporter {first.number if first else ''}",
        consignee=(document.trader and document.trader.name) or "",
        boxes={"10": "as per contract"},
        lines=tuple(_item(place, line) for place, line in enumerate(document.lines, 1)),
    )


def _item(place: int, line: Line) -> PaperLine:
    return PaperLine(
        number=place,
        hs=(line.hs or "")[:6],
        description=line.description or "",
        criterion="CTH",
        origin="CN",
        quantity=PLENTY,
        unit=line.unit or "",
    )


def _check_granted(documents: Sequence[Document]) -> None:
    actor = system_actor("benchmark", enterprises=[(documents[0].trader and documents[0].trader.tax_code) or ""])
    for document in documents:
        told = decide_declaration(actor=actor, document=document, at=now())
        results = [one.result for one in told.origin]
        if results != ["granted"] * LINES:
            message = f"{results}: {[(fault.code, fault.path, fault.values) for fault in told.faults]}"
            raise RuntimeError(message)
