"""A few certificates of origin of the demo enterprise, and declarations that claim preference under them.

One is granted, one is doubted (its invoice is another one, its weight too small), one is registered and unused: what a
trader and a certificates officer look at first in a practice realm.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from msgspec.structs import replace

from thongquan.academy.permissions import check_practice_realm
from thongquan.academy.samples import goods_under, shipped_goods
from thongquan.base.accounts.operations.demo import DEMO_ENTERPRISE, DEMO_NAMES
from thongquan.base.accounts.queries import system_actor
from thongquan.clearance.declarations.operations.lodging import lodge_declaration
from thongquan.clearance.origin.operations import register_certificate
from thongquan.clearance.tariff.queries import current_law
from thongquan.practice import Enterprise, sample_day
from thongquan.rules.document import Certificate, Document, Line
from thongquan.rules.origin.certificate import Paper, PaperLine

SEED, SOURCE, SCHEDULE = "certificates", "sample", "B05"
NUMBERS = ("E264500270000113", "E264500270000857", "E264500270001691")
GRANTED, DOUBTED, UNUSED = range(3)
DRAWN, TWICE = 60, 2


def present_sample_certificates(*, at: datetime) -> list[str]:
    """Register three certificates and lodge a declaration under each of the first two; gives their numbers.

    All or nothing. Raises NotAllowed outside a practice realm.
    """
    check_practice_realm()
    on = timezone.localdate(at)
    documents = _documents(on)
    offices = sorted({document.office or "" for document in documents})
    actor = system_actor(SOURCE, enterprises=[DEMO_ENTERPRISE], offices=offices)
    lodged = []
    with transaction.atomic():
        for place, document in enumerate(documents):
            register_certificate(
                actor=actor,
                office=document.office or "",
                tax_code=DEMO_ENTERPRISE,
                trader_name=DEMO_NAMES[DEMO_ENTERPRISE],
                paper=_paper(document, on, doubtful=place == DOUBTED),
                at=at,
            )
            if place != UNUSED:
                lodged.append(lodge_declaration(actor=actor, document=document, at=at, source=SOURCE).number)
    return lodged


def _documents(on: date) -> list[Document]:
    """Imports of goods that come from China and have a rate under the agreement, each naming a certificate."""
    law = current_law()
    goods = goods_under(law, on, shipped_goods())
    trader = Enterprise(tax_code=DEMO_ENTERPRISE, name=DEMO_NAMES[DEMO_ENTERPRISE])
    drawn = sample_day(SEED, on, goods, [trader], count=DRAWN)
    fitting = [one for one in drawn if one.flow == "import" and one.regime == "A11" and len(one.lines) > 1]
    return [_claiming(document, number, on) for document, number in zip(fitting, NUMBERS, strict=False)]


def _claiming(document: Document, number: str, on: date) -> Document:
    issued = on - timedelta(days=3)
    lines = tuple(
        _line(line, Certificate(number=number, form="E", issued_on=issued, line=place))
        for place, line in enumerate(document.lines, 1)
    )
    return replace(document, lines=lines)


def _line(line: Line, certificate: Certificate) -> Line:
    choices = tuple(one for one in line.choices if one.tax != "import_duty")
    return replace(line, origin="CN", schedule=SCHEDULE, certificate=certificate, choices=choices)


def _paper(document: Document, on: date, *, doubtful: bool) -> Paper:
    first, invoice = document.lines[0].certificate, document.invoice
    number = (invoice and invoice.number) or "1"
    return Paper(
        agreement="ACFTA",
        form="E",
        number=first.number if first else "",
        issued_on=on - timedelta(days=3),
        issuing_country="CN",
        issuer="GX",
        exporter=(document.counterpart and document.counterpart.name) or "",
        consignee=DEMO_NAMES[DEMO_ENTERPRISE],
        transport_document=document.bills_of_lading[0] if document.bills_of_lading else "",
        vehicle=(document.vehicle and document.vehicle.identifier) or "",
        invoices=(f"{number}-X" if doubtful else number,),
        lines=tuple(_item(place, line, doubtful=doubtful) for place, line in enumerate(document.lines, 1)),
    )


def _item(place: int, line: Line, *, doubtful: bool) -> PaperLine:
    weight = line.gross_weight_kg
    return PaperLine(
        number=place,
        hs=(line.hs or "")[:6],
        description=line.description or "",
        criterion="CTH",
        origin="CN",
        quantity=line.quantity * TWICE if line.quantity else None,
        unit=line.unit or "",
        gross_weight_kg=weight / TWICE if doubtful and weight else weight,
    )
