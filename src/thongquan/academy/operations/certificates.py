"""A few certificates of origin of the demo enterprise, and declarations that claim preference under them.

One is granted, one is doubted (its invoice is another one, its weight too small), one is registered and unused: what a
trader and a certificates officer look at first in a practice realm.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from math import ceil

from django.db import transaction
from django.utils import timezone
from msgspec.structs import replace

from thongquan.academy.filing import document_of
from thongquan.academy.permissions import check_practice_realm
from thongquan.academy.worlds import Filing, Goods, Head
from thongquan.base.accounts.operations.demo import DEMO_ENTERPRISE, DEMO_NAMES
from thongquan.base.accounts.queries import system_actor
from thongquan.clearance.declarations.operations.lodging import lodge_declaration
from thongquan.clearance.origin.operations import register_certificate
from thongquan.clearance.tariff.queries import current_law
from thongquan.practice.catalog import Kind, kinds
from thongquan.practice.places import GATES
from thongquan.rules.document import Document, Line
from thongquan.rules.origin.certificate import Paper, PaperLine

SOURCE, GATE = "sample", "LS01"
NUMBERS = ("E264500270000113", "E264500270000857", "E264500270001691")
GOODS = (("am-sieu-toc", "may-pha-cf"), ("tui-xach-vai", "ao-khoac-nu-dk"), ("den-chum", "thu-bong"))
"""Kinds of the catalog under each certificate, for which the agreement gives a lower rate."""
GRANTED, DOUBTED, UNUSED = range(3)
TWICE, TARE, GRAM, ISSUED_BEFORE = 2, Decimal("1.06"), Decimal("0.001"), timedelta(days=3)
FIRST_KEY = 10_000_000_000
"""No declaration of a world has a key as high."""


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
    known = {kind.key: kind for kind in kinds()}
    drawn = zip(NUMBERS, GOODS, strict=True)
    return [_document(place, number, [known[key] for key in keys], on) for place, (number, keys) in enumerate(drawn, 1)]


def _document(place: int, number: str, goods: Sequence[Kind], on: date) -> Document:
    """The document of the demo enterprise, each line under its line of the certificate."""
    lines = tuple(_goods(place, kind, number, line, on) for line, kind in enumerate(goods, 1))
    filing = Filing(_head(place, lines, on), lines, ())
    document = document_of(filing, current_law(), on=on, moved=timedelta())
    return replace(document, lines=tuple(_named(line) for line in document.lines))


def _named(line: Line) -> Line:
    return replace(line, certificate=line.certificate and replace(line.certificate, line=line.number))


def _head(place: int, lines: Sequence[Goods], on: date) -> Head:
    return Head(
        declaration_key=FIRST_KEY + place,
        registered_at=datetime.combine(on, time(), UTC),
        flow="import",
        regime="A11",
        office=GATES[GATE].office,
        gate=GATE,
        trader_code=DEMO_ENTERPRISE,
        trader_name=DEMO_NAMES[DEMO_ENTERPRISE],
        broker_code=None,
        broker_name=None,
        seller_name="Guangxi Pingxiang Lansong Trading Co., Ltd",
        seller_country="CN",
        seller_city="Pingxiang",
        plate=f"12W-150.{place:02d}",
        plate_country="VN",
        invoice_number=f"PX-{on:%y%m%d}-{place:02d}",
        packages=sum(one.packages for one in lines),
        gross_weight_kg=sum((one.gross_weight_kg for one in lines), Decimal(0)),
    )


def _goods(place: int, kind: Kind, number: str, line: int, on: date) -> Goods:
    """A usual lot of a kind at its usual price."""
    quantity, price = Decimal(round(kind.lot)), Decimal(str(kind.price_usd))
    net = quantity * Decimal(str(kind.weight_kg))
    return Goods(
        declaration_key=FIRST_KEY + place,
        line_no=line,
        hs=kind.hs,
        description=f"{kind.name_vi}, hàng mới 100%",
        origin="CN",
        quantity=quantity,
        unit=kind.unit,
        unit_price_usd=price,
        value_usd=quantity * price,
        net_weight_kg=net,
        gross_weight_kg=(net * TARE).quantize(GRAM),
        packages=ceil(kind.lot / kind.package_units),
        form="E",
        reference=number,
        issued_on=on - ISSUED_BEFORE,
    )


def _paper(document: Document, on: date, *, doubtful: bool) -> Paper:
    first, invoice = document.lines[0].certificate, document.invoice
    number = (invoice and invoice.number) or "1"
    return Paper(
        agreement="ACFTA",
        form="E",
        number=first.number if first else "",
        issued_on=on - ISSUED_BEFORE,
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
