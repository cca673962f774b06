"""Collection lists: a merchant gathers residents' forms into one ordinary import declaration.

Legal basis: Circular 80/2019/TT-BTC Art. 4 (form BK-MGHCDBG 2019/HQVN in place of contract and invoice, ordinary import
procedure, within 30 days of collection, no way inland before clearance and payment) and 6.7 (forms are handed over).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor, enterprise_names
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.control.formats.slips import SERIAL_LETTERS
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.declarations.operations import Lodged, lodge_declaration
from thongquan.clearance.residents.law import number_of_law
from thongquan.clearance.residents.models import CollectedForm, CollectionList, ShortForm
from thongquan.clearance.residents.operations.gathered import gathered_document
from thongquan.clearance.residents.operations.steps import move
from thongquan.clearance.residents.permissions import check_may
from thongquan.clearance.residents.queries.gathering import CLEARED, LODGED, OPEN, WITHDRAWN
from thongquan.clearance.residents.shapes import MerchantGiven
from thongquan.clearance.residents.states import STEPS, State, Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

NUMBER_LENGTH = 8


def open_collection(*, actor: Actor, tax_code: str, office: str, collected_on: date, at: datetime) -> str:
    """Open a list of goods that a merchant gathers at the market of an office; returns its number.

    `collected_on` starts the 30 days. Raises `NotAllowed`; `Refused` with TQ-RES-010 for a day too long ago,
    TQ-FMT-018 for one to come.
    """
    check_may(actor, "residents.gather", office=office, tax_code=tax_code)
    today = timezone.localdate(at)
    if collected_on > today:
        fault = Fault(code=Code.TQ_FMT_018, path="collected_on", value=collected_on.isoformat())
        raise Refused([fault])
    with transaction.atomic():
        row = CollectionList.objects.create(
            number=f"BK{''.join(secrets.choice(SERIAL_LETTERS) for _ in range(NUMBER_LENGTH))}",
            tax_code=tax_code,
            trader_name=enterprise_names([tax_code]).get(tax_code, tax_code),
            office=office,
            state=OPEN,
            collected_on=collected_on,
            made_at=at,
            made_by=actor.reference,
        )
        _check_in_time(row, today)
        _tell(row, "opened", actor, at)
        return row.number


def gather_forms(*, actor: Actor, collection: str, codes: Sequence[str], at: datetime) -> int:
    """Add forms that residents handed over, by the code on their receipts or by number; returns how many there are now.

    All or none. Raises `Refused` with every fault: TQ-RES-007 (no such form), -009 (in a list already), -011 (not to be
    gathered), -003 (the list is declared).
    """
    with transaction.atomic():
        row = _locked(actor, collection)
        forms, faults = _forms_of(codes)
        for form in forms:
            faults += _gathering_faults(form, row)
        if faults:
            raise Refused(faults)
        for form in forms:
            _add(row, form, actor, at)
        return row.forms.filter(withdrawn_at=None).count()


def _forms_of(codes: Iterable[str]) -> tuple[list[ShortForm], list[Fault]]:
    """The forms, locked in one order, and a fault for each code that names none."""
    wanted = [code.strip().upper().replace("-", "") for code in codes if code.strip()]
    rows = ShortForm.objects.select_for_update().exclude(number=None).order_by("id")
    found = list(rows.filter(number__in=wanted) | rows.filter(code__in=wanted))
    known = {name for form in found for name in (form.number, form.code)}
    faults = [Fault(code=Code.TQ_RES_007, path="codes", value=code[:12]) for code in wanted if code not in known]
    return found, faults


def _gathering_faults(form: ShortForm, row: CollectionList) -> list[Fault]:
    held = form.collected.filter(withdrawn_at=None).select_related("collection").first()
    number = form.number or ""
    if held is not None:
        values = {"list": held.collection.number if held.collection.tax_code == row.tax_code else "…"}
        return [Fault(code=Code.TQ_RES_009, path="codes", value=number, values=values)]
    open_now = State(form.state) in STEPS[Step.COLLECT].moves
    if form.flow != "import" or form.over_vnd or form.office != row.office or not open_now:
        return [Fault(code=Code.TQ_RES_011, path="codes", value=number)]
    return []


def _add(row: CollectionList, form: ShortForm, actor: Actor, at: datetime) -> None:
    """Write the form into the list; the database lets it stand in one only, whoever was faster."""
    try:
        with transaction.atomic():
            CollectedForm.objects.create(collection=row, form=form, added_at=at, added_by=actor.reference)
    except IntegrityError:
        values = {"list": "…"}
        raise Refused([Fault(code=Code.TQ_RES_009, path="codes", value=form.number or "", values=values)]) from None
    move(form, Step.COLLECT, actor, at, details={"collection": row.number})


def withdraw_collection(*, actor: Actor, collection: str, at: datetime) -> None:
    """Give all forms of a list back that was not declared. Raises `NotFound`, `Refused` with TQ-RES-003."""
    with transaction.atomic():
        row = _locked(actor, collection)
        _give_back(row, actor, at)


def _give_back(row: CollectionList, actor: Actor, at: datetime) -> None:
    for one in row.forms.select_related("form").filter(withdrawn_at=None):
        one.withdrawn_at = at
        one.save(update_fields=["withdrawn_at"])
        form = ShortForm.objects.select_for_update().get(pk=one.form_id)
        if form.state == State.COLLECTED.value:
            move(form, Step.GIVE_BACK, actor, at, details={"collection": row.number})
    row.state = WITHDRAWN
    row.save(update_fields=["state"])
    _tell(row, "withdrawn", actor, at)


def lodge_collection(*, actor: Actor, collection: str, given: MerchantGiven, at: datetime) -> Lodged:
    """Declare the gathered goods in one ordinary import, through the operation of declarations.

    Raises `Refused`: TQ-RES-014 without forms, -010 after the days, -003 when declared, and every fault of the
    declaration; then nothing is stored.
    """
    with transaction.atomic():
        row = _locked(actor, collection)
        today = timezone.localdate(at)
        _check_in_time(row, today)
        document = gathered_document(row, given, today)
        lodged = lodge_declaration(actor=actor, document=document, at=at, source="form")
        key = key_of_number(lodged.number)
        row.declaration_id, row.declaration_number = key, lodged.number
        row.subject, row.state = f"declaration:{key}0", LODGED
        row.save(update_fields=["declaration_id", "declaration_number", "subject", "state"])
        _tell(row, "lodged", actor, at)
        return lodged


def follow_declaration(*, subject: str, cleared: bool, actor: Actor, at: datetime) -> None:
    """The merchant's declaration was cleared: the goods may leave; or it ended: the forms are free again."""
    with transaction.atomic():
        row = CollectionList.objects.select_for_update().filter(subject=subject, state=LODGED).first()
        if row is None:
            return
        if not cleared:
            _give_back(row, actor, at)
            return
        for form in ShortForm.objects.select_for_update().filter(
            collected__collection=row, collected__withdrawn_at=None, state=State.COLLECTED.value
        ):
            move(form, Step.FREE, actor, at, details={"collection": row.number})
        row.state = CLEARED
        row.save(update_fields=["state"])
        _tell(row, "cleared", actor, at)


def _locked(actor: Actor, collection: str) -> CollectionList:
    """An open list of the merchant, locked. Raises `NotFound`, `Refused` with TQ-RES-003 when it is not open."""
    row = CollectionList.objects.select_for_update().filter(number=collection.strip().upper()).first()
    if row is None or row.tax_code not in actor.enterprises:
        raise NotFound(collection)
    check_may(actor, "residents.gather", office=row.office, tax_code=row.tax_code)
    if row.state != OPEN:
        values = {"step": Step.COLLECT.value, "state": row.state}
        raise Refused([Fault(code=Code.TQ_RES_003, path="collection", value=row.number, values=values)])
    return row


def _check_in_time(row: CollectionList, today: date) -> None:
    """TQ-RES-010: within the days of Art. 4, counted from the day of collection."""
    days = number_of_law("collection_list_days", row.collected_on)
    if today > row.collected_on + timedelta(days=days):
        values = {"on": f"{row.collected_on:%d/%m/%Y}", "days": str(days)}
        raise Refused([Fault(code=Code.TQ_RES_010, path="collected_on", value=row.number, values=values)])


def _tell(row: CollectionList, verb: str, actor: Actor, at: datetime) -> None:
    kind, subject = f"collection.{verb}", f"collection:{row.number}"
    details = {"office": row.office, "state": row.state, "declaration": row.declaration_number}
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=details)
    announce(kind=kind, subject=subject, payload=details, at=at)
