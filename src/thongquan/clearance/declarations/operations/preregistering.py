"""Data given before registration: kept some days under the number they will have, free to change, judged at the end.

Legal basis: Circular 38/2015/TT-BTC Art. 18.6b as amended (kept at most seven days, parameter `pre_declared_keep_days`)
and Art. 20 (before the result of the channel everything may be changed freely); VNACCS IDA and EDA.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.base.signatures.operations import keep_signature
from thongquan.clearance.declarations.models import PreRegistration
from thongquan.clearance.declarations.numbers import key_of_number, next_key, number_of, subject_of
from thongquan.clearance.declarations.operations.lodging import Lodged, lodge_declaration
from thongquan.clearance.declarations.operations.signing import checked_signature
from thongquan.clearance.declarations.permissions import check_may_lodge
from thongquan.clearance.declarations.queries import PreRegistered, keep_days, preregistered_from
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document
from thongquan.rules.encoding import decoded_document, encoded


def preregister(*, actor: Actor, document: Document, at: datetime) -> PreRegistered:
    """Keep the data and reserve their number. Nothing is judged and nothing owed. Raises `NotAllowed`, `Refused`.

    The trader must be named (TQ-DEC-001): without it nobody could find the data again.
    """
    tax_code = document.trader.tax_code if document.trader else None
    check_may_lodge(actor, tax_code)
    if not tax_code:
        raise Refused((Fault(code=Code.TQ_DEC_001, path="trader.tax_code", values={"field": "trader.tax_code"}),))
    with transaction.atomic():
        row = PreRegistration(id=next_key(document.flow), flow=document.flow, by=actor.reference, at=at, changed_at=at)
        _fill(row, document)
        row.save(force_insert=True)
        _tell(row, "preregistered", actor, at)
    return preregistered_from(row, at)


def change_preregistered(*, actor: Actor, number: str, document: Document, at: datetime) -> PreRegistered:
    """Change the data, as often as one likes. Raises `NotFound`, `NotAllowed`, `Refused` (TQ-LIF-003, TQ-LIF-012)."""
    with transaction.atomic():
        row = _kept(actor, number, at)
        check_may_lodge(actor, document.trader.tax_code if document.trader else None)
        if document.flow != row.flow:
            fault = Fault(code=Code.TQ_LIF_003, path="flow", value=document.flow, values={"before": row.flow})
            raise Refused((fault,))
        row.changes, row.changed_at = row.changes + 1, at
        _fill(row, document)
        row.save()
        _tell(row, "preregistration_changed", actor, at)
    return preregistered_from(row, at)


def register_preregistered(
    *, actor: Actor, number: str, at: datetime, source: str = "form", signature: str = ""
) -> Lodged:
    """Lodge the data under their number, by the law of now. Raises `Refused` with every fault; the data stay then.

    `signature` is detached, over the data as they are kept (`preregistered_body`); TQ-SIG-001 to 007 as in
    `lodge_signed`.
    """
    with transaction.atomic():
        row = _kept(actor, number, at)
        body = bytes(row.document)
        document = decoded_document(body)
        verified = checked_signature(actor=actor, document=document, body=body, signature=signature, at=at, door=source)
        lodged = lodge_declaration(actor=actor, document=document, at=at, source=source, key=row.id)
        if verified is not None:
            keep_signature(actor=actor, subject=subject_of(row.id), verified=verified, at=at)
        row.registered_at = at
        row.save(update_fields=["registered_at"])
    return lodged


def _kept(actor: Actor, number: str, at: datetime) -> PreRegistration:
    """The row, locked. Raises `NotFound` for another trader's, `Refused` with TQ-LIF-012 when it is no longer kept."""
    row = PreRegistration.objects.select_for_update().filter(id=key_of_number(number)).first()
    if row is None or row.tax_code not in actor.enterprises:
        raise NotFound(number)
    check_may_lodge(actor, row.tax_code)
    if preregistered_from(row, at).state != "kept":
        values = {"days": str(keep_days(at))}
        raise Refused((Fault(code=Code.TQ_LIF_012, path="number", value=number_of(row.id), values=values),))
    return row


def _fill(row: PreRegistration, document: Document) -> None:
    trader = document.trader
    row.tax_code = (trader and trader.tax_code) or ""
    row.trader_name = ((trader and trader.name) or "")[:300]
    row.office = (document.office or "")[:6]
    row.document = encoded(document)


def _tell(row: PreRegistration, what: str, actor: Actor, at: datetime) -> None:
    subject = f"preregistration:{number_of(row.id)}"
    record(
        action=f"declaration.{what}", subject=subject, actor=actor.reference, at=at, details={"changes": row.changes}
    )
    announce(kind=f"declaration.{what}", subject=subject, payload={"number": number_of(row.id)}, at=at)
