"""Registering a certificate: read strictly, refused when it was presented already, kept with its lines.

Legal basis: Circular 33/2023/TT-BTC Art. 11-12 (proof with the declaration), 22 (a certificate is used up once).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.db import IntegrityError, transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.models import Certificate, Item
from thongquan.clearance.origin.operations.steps import happened
from thongquan.clearance.origin.permissions import check_may
from thongquan.clearance.origin.queries import twins_of
from thongquan.clearance.origin.states import State, Step
from thongquan.clearance.tariff.queries.origins import origin_law_on
from thongquan.rules.checks.amounts import FIRST_DAY, LAST_DAY
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.money import ZERO
from thongquan.rules.origin import certificate as papers
from thongquan.rules.origin.checks.form import check_lines
from thongquan.rules.origin.findings import Examined
from thongquan.rules.origin.numbers import folded_number, goods_print, number_keys
from thongquan.rules.text import storable

_LENGTHS = {"agreement": 12, "form": 12, "number": 40, "issuing_country": 2, "unit": 3, "hs": 8, "criterion": 24}
_ELSE, _WHOLE = 500, Decimal(10) ** 18
_SIX = 6


def register_certificate(
    *, actor: Actor, office: str, tax_code: str, trader_name: str, paper: papers.Paper, at: datetime
) -> int:
    """Register a certificate of a trader at an office; gives its identity.

    Raises `NotAllowed`; `Refused` with every fault: TQ-DEC-001 (agreement, form, number, country), TQ-DEC-002, -008,
    TQ-FMT-007, -008, TQ-ORI-014, -015 (lines), TQ-ORI-050 (presented already, here or anywhere; the first certificate's
    story tells it).
    """
    check_may(actor, "origin.register", office=office, tax_code=tax_code)
    paper = cleaned(paper)
    if faults := list(faults_of(paper, at.date())):
        raise Refused(faults)
    same = next((twin for twin in twins_of(paper) if twin.kind == "same"), None)
    if same is None:
        try:
            with transaction.atomic():
                row = _made(actor, office, tax_code, trader_name, paper, at)
                happened(row, Step.REGISTER, actor, at, details={"lines": len(paper.lines)})
                return row.pk
        except IntegrityError:  # presented twice at the same moment
            same = next((twin for twin in twins_of(paper) if twin.kind == "same"), None)
    if same is not None:
        with transaction.atomic():
            happened(Certificate.objects.get(id=same.id), Step.AGAIN, actor, at, details={"where": office})
    raise Refused([Fault(code=Code.TQ_ORI_050, path="number", value=paper.number)])


def cleaned(paper: papers.Paper) -> papers.Paper:
    """The paper with every text composed and without the character no database takes."""
    return msgspec.convert(_clean(msgspec.to_builtins(paper)), papers.Paper)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(name): _clean(part) for name, part in value.items()}
    return [_clean(part) for part in value] if isinstance(value, list) else value


def faults_of(paper: papers.Paper, on: date) -> Iterator[Fault]:
    """Everything that keeps a paper from being registered at all; what it is worth, the checks say."""
    for name in ("agreement", "form", "number", "issuing_country"):
        if not getattr(paper, name):
            yield Fault(code=Code.TQ_DEC_001, path=name)
    if paper.number and not folded_number(paper.number):
        yield Fault(code=Code.TQ_DEC_003, path="number", value=paper.number[:40])
    yield from _texts("", paper)
    for name in ("issued_on", "shipped_on", "valid_until"):
        day = getattr(paper, name)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            yield Fault(code=Code.TQ_FMT_008, path=name, value=day.isoformat())
    law = origin_law_on(paper.agreement, paper.form, on)
    for finding in check_lines(Examined(certificate=paper, law=law)):
        yield finding.fault()
    for place, line in enumerate(paper.lines):
        yield from _texts(f"lines[{place}].", line)
        yield from _amounts(f"lines[{place}].", line)


def _texts(prefix: str, part: papers.Paper | papers.PaperLine) -> Iterator[Fault]:
    for name in part.__struct_fields__:
        value, limit = getattr(part, name), _LENGTHS.get(name, _ELSE)
        if isinstance(value, str) and len(value) > limit:
            values = {"length": str(len(value)), "limit": str(limit)}
            yield Fault(code=Code.TQ_DEC_002, path=prefix + name, value=value[:40], values=values)


def _amounts(prefix: str, line: papers.PaperLine) -> Iterator[Fault]:
    for name in ("quantity", "gross_weight_kg", "fob"):
        value: Decimal | None = getattr(line, name)
        if value is None or not value.is_finite():
            continue
        if value >= _WHOLE:
            yield Fault(code=Code.TQ_FMT_007, path=prefix + name, line=line.number, value=str(value)[:40])
        exponent = value.normalize().as_tuple().exponent
        if isinstance(exponent, int) and exponent < -_SIX:
            values = {"decimals": str(_SIX)}
            yield Fault(
                code=Code.TQ_DEC_008, path=prefix + name, line=line.number, value=str(value)[:40], values=values
            )


def _made(actor: Actor, office: str, tax_code: str, trader_name: str, paper: papers.Paper, at: datetime) -> Certificate:
    row = Certificate.objects.create(
        agreement=paper.agreement,
        form=paper.form,
        number=paper.number,
        folded=folded_number(paper.number),
        keys=number_keys(paper.number),
        goods_print=goods_print(paper),
        country=paper.issuing_country,
        issued_on=paper.issued_on,
        exporter=paper.exporter[:300],
        office=office,
        tax_code=tax_code,
        trader_name=storable(trader_name)[:300],
        state=State.REGISTERED,
        content=msgspec.to_builtins(paper),
        registered_at=at,
        registered_by=actor.reference,
    )
    Item.objects.bulk_create([_item(row, line) for line in paper.lines])
    return row


def _item(row: Certificate, line: papers.PaperLine) -> Item:
    return Item(
        certificate=row,
        number=line.number,
        hs=line.hs,
        description=line.description,
        criterion=line.criterion,
        quantity=line.quantity or ZERO,
        unit=line.unit,
    )
