"""Using a certificate up: what a declaration takes of its lines, set anew when amended, given back when cancelled.

Legal basis: Circular 33/2023/TT-BTC Art. 22 (partial shipments, balance sheet). Certificates are locked in the order of
their identity and lines after them, so that concurrent declarations wait for one another and never overdraw a line; the
database holds the same as a constraint.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal

import msgspec
from django.db import connection, transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.models import Certificate, Item, Use
from thongquan.clearance.origin.operations.steps import check_opens, happened
from thongquan.clearance.origin.permissions import check_may
from thongquan.clearance.origin.queries import certificates_in_scope, paper_of
from thongquan.clearance.origin.states import STEPS, Step
from thongquan.clearance.origin.subjects import Claim, claim_of
from thongquan.clearance.tariff.queries.origins import origin_law_on
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.money import ZERO, exact
from thongquan.rules.origin.balance import Sheet, use
from thongquan.rules.origin.checks import pairs_of
from thongquan.rules.origin.numbers import plain
from thongquan.rules.origin.presented import Take

__all__ = ["Take", "give_back", "set_uses", "takes_of", "use_certificate", "use_items"]

OTHERS = "others"
KEPT = Decimal("0.000001")
Sums = dict[tuple[int, int], Decimal]


def use_certificate(*, actor: Actor, certificate: int, declaration: str, at: datetime) -> None:
    """Let a declaration use a certificate by what it declares under its number.

    Raises `NotFound`, `NotAllowed`; `Refused`: TQ-ORI-027 (unit), -033 (no such line), -053 (too little left), -054,
    -057 (certificate of another trader, or not named by the declaration).
    """
    row = certificates_in_scope(actor).filter(id=certificate).first()
    if row is None:
        raise NotFound(str(certificate))
    claim = claim_of(actor, declaration, row.number)
    if claim.tax_code != row.tax_code or not claim.declared.lines:
        raise Refused([Fault(code=Code.TQ_ORI_057, path="declaration", value=row.number)])
    takes, faults = takes_of(row, claim)
    if faults:
        raise Refused(faults)
    use_items(actor=actor, subject=claim.subject, takes=takes, at=at)


def takes_of(row: Certificate, claim: Claim) -> tuple[list[Take], list[Fault]]:
    """What the lines of a declaration take of a certificate, and the faults of those that cannot be reckoned."""
    paper, declared = paper_of(row), claim.declared
    law = origin_law_on(paper.agreement, paper.form, declared.on, paper.issued_on)
    takes: list[Take] = []
    faults: list[Fault] = []
    for pair in pairs_of(paper, declared):
        line, item = pair.line, pair.item
        if item is None:
            faults.append(Fault(code=Code.TQ_ORI_033, line=line.number, value=line.hs, values={"hs": line.hs}))
            continue
        quantity = law.converted(line.quantity or ZERO, line.unit, item.unit)
        if quantity is None:
            values = {"unit": line.unit, "stated": item.unit}
            faults.append(Fault(code=Code.TQ_ORI_027, line=line.number, value=line.unit, values=values))
        elif quantity > 0:
            takes.append(Take(certificate=row.pk, item=item.number, line=line.number, quantity=quantity))
    return takes, faults


def use_items(*, actor: Actor, subject: str, takes: Iterable[Take], at: datetime) -> None:
    """Set all that a subject uses: what it used before and no longer takes is given back; all of it or nothing.

    Raises `NotAllowed`; `Refused` with every fault: TQ-ORI-053, -054, -056, -057, -097.
    """
    with transaction.atomic():
        set_uses(actor=actor, subject=subject, takes=takes, at=at, ask=True)


def set_uses(*, actor: Actor, subject: str, takes: Iterable[Take], at: datetime, ask: bool = False) -> None:
    """`use_items` for a room that has asked itself whether the actor may: a declaration uses what its trader may use.

    In the caller's transaction. Raises `Refused` as `use_items`; `NotAllowed` only with `ask`.
    """
    wanted = list(takes)
    if faults := list(_unreadable(wanted)):
        raise Refused(faults)
    with transaction.atomic():
        wait_for_turn(subject)
        old = list(Use.objects.filter(subject=subject, given_back_at=None).select_related("item"))
        keys = {take.certificate for take in wanted} | {one.item.certificate_id for one in old}
        if not keys:
            return
        rows = _locked(keys)
        for row in rows.values() if ask else ():
            check_may(actor, STEPS[Step.USE].who, office=row.office, tax_code=row.tax_code)
        _change(rows, old, wanted, subject, actor, at)


def _change(
    rows: Mapping[int, Certificate], old: list[Use], wanted: list[Take], subject: str, actor: Actor, at: datetime
) -> None:
    """Write new uses in the place of old ones, certificates locked. Raises `Refused`."""
    items = _items(rows)
    before, after = _sums(old, wanted)
    for key in sorted({key[0] for key in after if after[key] > before.get(key, ZERO)}):
        check_opens(rows[key], Step.USE)
    changed, faults = _balanced(items, before, after, subject)
    if faults := [*faults, *refused_items(items, before, after)]:
        raise Refused(faults)
    Use.objects.filter(id__in=[one.pk for one in old]).update(given_back_at=at)
    Item.objects.bulk_update(changed, ["used"])
    Use.objects.bulk_create([_use(items, take, subject, actor, at) for take in wanted])
    for row in rows.values():
        _tell(row, wanted, subject, actor, at)


def wait_for_turn(subject: str) -> None:
    """One change of a subject's uses at a time."""
    with connection.cursor() as sql:
        sql.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 22))", [subject])


def _unreadable(wanted: list[Take]) -> Iterator[Fault]:
    """TQ-DEC-009, TQ-DEC-008: a quantity above zero, with no more decimals than are kept."""
    for take in wanted:
        quantity, path = take.quantity, "quantity"
        if not quantity.is_finite() or quantity <= 0:
            yield Fault(code=Code.TQ_DEC_009, path=path, line=take.line, value=str(quantity)[:40])
        elif quantity != quantity.quantize(KEPT):
            values = {"decimals": "6"}
            yield Fault(code=Code.TQ_DEC_008, path=path, line=take.line, value=str(quantity)[:40], values=values)


def give_back(*, actor: Actor, subject: str, at: datetime) -> None:
    """A subject uses nothing any more: it was cancelled, or the preference refused. Doing it again changes nothing."""
    use_items(actor=actor, subject=subject, takes=(), at=at)


def _locked(keys: set[int]) -> dict[int, Certificate]:
    """The certificates, locked in the order of their identity. Raises `Refused` with TQ-ORI-057."""
    rows = {row.pk: row for row in Certificate.objects.select_for_update().filter(id__in=keys).order_by("id")}
    if missing := sorted(keys - rows.keys()):
        raise Refused([Fault(code=Code.TQ_ORI_057, path="certificate", value=str(key)) for key in missing])
    return rows


def _items(rows: Mapping[int, Certificate]) -> dict[tuple[int, int], Item]:
    found = Item.objects.filter(certificate_id__in=rows.keys()).order_by("id")
    return {(one.certificate_id, one.number): one for one in found}


def _sums(old: list[Use], wanted: list[Take]) -> tuple[Sums, Sums]:
    """What the subject used of each item, and what it wants to."""
    before: Sums = {}
    after: Sums = {}
    with exact():
        for one in old:
            key = (one.item.certificate_id, one.item.number)
            before[key] = before.get(key, ZERO) + one.quantity
        for take in wanted:
            key = (take.certificate, take.item)
            after[key] = after.get(key, ZERO) + take.quantity
    return before, after


def _balanced(
    items: Mapping[tuple[int, int], Item], before: Sums, after: Sums, subject: str
) -> tuple[list[Item], list[Fault]]:
    """Every item that the change touches with its new sum, by the rules of the balance sheet."""
    faults = [Fault(code=Code.TQ_ORI_056, path="item", value=str(key[1])) for key in after if key not in items]
    changed = []
    for key in sorted((before.keys() | after.keys()) & items.keys()):
        item, mine = items[key], before.get(key, ZERO)
        sheet = Sheet(quantity=item.quantity, uses={OTHERS: item.used - mine, subject: mine})
        sheet, fault = use(sheet, subject, after.get(key, ZERO))
        if fault is not None:
            faults.append(msgspec.structs.replace(fault, line=key[1], value=plain(after[key])))
        item.used = sheet.used
        changed.append(item)
    return changed, faults


def refused_items(items: Mapping[tuple[int, int], Item], before: Sums, after: Sums) -> list[Fault]:
    """TQ-ORI-097 for each line that a verification refused and that more is wanted of."""
    more = [key for key in after if key in items and items[key].is_refused and after[key] > before.get(key, ZERO)]
    return [Fault(code=Code.TQ_ORI_097, path="item", line=key[1], value=str(key[1])) for key in sorted(more)]


def _use(items: Mapping[tuple[int, int], Item], take: Take, subject: str, actor: Actor, at: datetime) -> Use:
    item = items[(take.certificate, take.item)]
    return Use(item=item, subject=subject, line=take.line, quantity=take.quantity, at=at, actor=actor.reference)


def _tell(row: Certificate, wanted: list[Take], subject: str, actor: Actor, at: datetime) -> None:
    lines = sorted(take.line for take in wanted if take.certificate == row.pk)
    step = Step.USE if lines else Step.GIVE_BACK
    happened(row, step, actor, at, details={"about": subject, "lines": lines})
