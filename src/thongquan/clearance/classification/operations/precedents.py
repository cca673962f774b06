"""The store of precedents: entered from the documents customs issued, and withdrawn when one was wrong.

Legal basis: Circular 14/2015/TT-BTC Art. 4.1 (one item, one code), 6 (fallback sources), 10-11 (analysis); Decree
08/2015/NĐ-CP Art. 24 (advance rulings); Circular 38/2015/TT-BTC Art. 18.1g as amended (analysis used again).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.classification.models import Precedent
from thongquan.clearance.classification.permissions import check_anywhere
from thongquan.clearance.classification.queries.precedents import KINDS
from thongquan.clearance.tariff.queries import current_law
from thongquan.clearance.tariff.queries.goods import goods_of
from thongquan.learning.suggest.knowledge import digits_of
from thongquan.learning.text import canonical, fingerprint, rare_numbers
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import fold, storable

REUSED = "prior_analysis_years"
LENGTHS = {"number": 60, "issued_by": 200, "source": 300, "addressee": 14, "maker": 300}
LONG_TEXT = 10_000
NEEDED = ("number", "issued_by", "description", "source")
MOST_ROWS = 1_000


class PrecedentGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A precedent as it is entered; `[valid_from, valid_to)`.

    Without `valid_from` it holds from its own day; an analysis without `valid_to` as long as the law lets it be used.
    """

    kind: str
    number: str
    issued_by: str
    issued_on: date
    hs: str
    description: str
    source: str
    valid_from: date | None = None
    valid_to: date | None = None
    addressee: str = ""
    maker: str = ""
    reasons: str = ""


def enter_precedents(*, actor: Actor, given: Sequence[PrecedentGiven], at: datetime, rows: bool = False) -> list[int]:
    """Put precedents into the store, all or none; gives their identities.

    Raises `NotAllowed`; `Refused` with every fault: TQ-CLS-040 (code), -041 (description), -042 (period), -043 (kept
    already), -045 (kind), -046 (missing), -048 (day to come), -049 (too long); TQ-FMT-011 (too many).
    With `rows` paths name the row.
    """
    check_anywhere(actor, "classification.judge")
    if len(given) > MOST_ROWS:
        raise Refused([Fault(code=Code.TQ_FMT_011, values={"limit": str(MOST_ROWS)})])
    made = [_cleaned(one) for one in given]
    faults: list[Fault] = []
    seen: set[tuple[str, str, str, str]] = set()
    for place, one in enumerate(made):
        found = [*faults_of(one, timezone.localdate(at)), *kept_already(one, seen)]
        faults += [_placed(fault, place) for fault in found] if rows else found
    if faults:
        raise Refused(faults[:MOST_ROWS])
    with transaction.atomic():
        return [store_precedent(one, actor=actor, at=at).pk for one in made]


def store_precedent(given: PrecedentGiven, *, actor: Actor, at: datetime, ruling: int | None = None) -> Precedent:
    """Write one that was checked, in the caller's transaction, with its ledger row and its message."""
    goods = canonical(given.description)
    names = [name for name in PrecedentGiven.__struct_fields__ if name not in ("hs", "valid_from", "valid_to")]
    first = given.valid_from or given.issued_on
    row = Precedent.objects.create(
        **{name: getattr(given, name) for name in names},
        hs=digits_of(given.hs),
        valid_from=first,
        valid_to=given.valid_to or _end_of_use(given.kind, first),
        fingerprint=fingerprint(goods),
        folded=fold(f"{given.number} {given.issued_by} {given.description} {given.maker}"),
        features=sorted(rare_numbers(goods)),
        ruling_id=ruling,
        entered_at=at,
        entered_by=actor.reference,
    )
    _told("classification.precedent_entered", row, actor, at)
    return row


def withdraw_precedent(*, actor: Actor, precedent: int, words: str, at: datetime) -> None:
    """Withdraw a precedent: it stays in the store, says so, and speaks for no code any more.

    Raises `NotAllowed`, `NotFound`; `Refused` with TQ-CLS-044, TQ-CLS-046.
    """
    check_anywhere(actor, "classification.lead")
    with transaction.atomic():
        found = Precedent.objects.select_for_update().filter(id=precedent) if 0 < precedent < 2**63 else ()
        row = next(iter(found), None)
        if row is None:
            raise NotFound(str(precedent))
        if row.withdrawn_at is not None:
            raise Refused([Fault(code=Code.TQ_CLS_044, path="state", value=row.number)])
        row.words = storable(words)[:LONG_TEXT]
        if not row.words:
            raise Refused([Fault(code=Code.TQ_CLS_046, path="words")])
        row.withdrawn_at, row.withdrawn_by = at, actor.reference
        row.save(update_fields=["words", "withdrawn_at", "withdrawn_by"])
        _told("classification.precedent_withdrawn", row, actor, at)


def faults_of(given: PrecedentGiven, today: date) -> list[Fault]:
    """What is wrong with a precedent itself, all of it."""
    faults = [missing(name) for name in NEEDED if not getattr(given, name)]
    if given.kind not in KINDS:
        values = {"field": "precedent.kind", "allowed": ", ".join(KINDS)}
        faults.append(Fault(code=Code.TQ_CLS_045, path="kind", value=given.kind[:40], values=values))
    for name, most in {**LENGTHS, "description": LONG_TEXT, "reasons": LONG_TEXT}.items():
        if len(getattr(given, name)) > most:
            values = {"field": _field(name), "limit": str(most)}
            faults.append(Fault(code=Code.TQ_CLS_049, path=name, values=values))
    faults += code_faults(given.hs, "hs", given.issued_on, today)
    if given.description and not fingerprint(canonical(given.description)):
        faults.append(Fault(code=Code.TQ_CLS_041, path="description", value=given.description[:80]))
    if given.issued_on > today:
        faults.append(Fault(code=Code.TQ_CLS_048, path="issued_on", value=given.issued_on.isoformat()))
    if given.valid_to is not None and given.valid_to <= (given.valid_from or given.issued_on):
        faults.append(Fault(code=Code.TQ_CLS_042, path="valid_to"))
    return faults


def code_faults(text: str, path: str, *days: date) -> list[Fault]:
    """TQ-CLS-040 unless the digits are a code of 4, 6 or 8 digits that the nomenclature has on one of the days."""
    digits = digits_of(text)
    plain = "".join(sign for sign in text if sign.isdigit())
    if digits and digits == plain and any(goods_of(digits, on, "vi") is not None for on in days):
        return []
    return [Fault(code=Code.TQ_CLS_040, path=path, value=text[:20])]


def missing(name: str) -> Fault:
    """TQ-CLS-046 for a field."""
    return Fault(code=Code.TQ_CLS_046, path=name, values={"field": _field(name)})


def _field(name: str) -> str:
    return name if name in ("hs", "description", "words") else f"precedent.{name}"


def _cleaned(given: PrecedentGiven) -> PrecedentGiven:
    texts = {
        name: storable(value)
        for name in PrecedentGiven.__struct_fields__
        if isinstance(value := getattr(given, name), str)
    }
    return msgspec.structs.replace(given, **texts)


def kept_already(given: PrecedentGiven, seen: set[tuple[str, str, str, str]]) -> list[Fault]:
    """TQ-CLS-043 for a document of the same number, office and goods that is kept, or among those `seen` before."""
    key = (given.kind, given.number, given.issued_by, fingerprint(canonical(given.description)))
    kept = dict(zip(("kind", "number", "issued_by", "fingerprint"), key, strict=True))
    if key in seen or Precedent.objects.filter(**kept, withdrawn_at=None).exists():
        return [Fault(code=Code.TQ_CLS_043, path="number", value=given.number[:60])]
    seen.add(key)
    return []


def _placed(fault: Fault, place: int) -> Fault:
    """A fault with the row of the table it stands in (the first row below the head is 2)."""
    return msgspec.structs.replace(fault, path=f"row[{place + 2}].{fault.path}", line=place + 2)


def _end_of_use(kind: str, first: date) -> date | None:
    """The first day on which a result of analysis may not be used again; None for other kinds."""
    found = current_law().parameter(REUSED, first) if kind == "analysis" else None
    return years_after(first, int(found.value)) if found and found.value.isdigit() else None


def years_after(day: date, years: int) -> date:
    """The same day some years later; the first of March for a 29 February that is not there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _told(action: str, row: Precedent, actor: Actor, at: datetime) -> None:
    """The addressee is told by the message; names and texts stay in the store."""
    details = {"kind": row.kind, "hs": row.hs, "valid_from": row.valid_from.isoformat()}
    subject = f"precedent:{row.pk}"
    record(action=action, subject=subject, actor=actor.reference, at=at, details=details)
    announce(kind=action, subject=subject, payload={**details, "tax_code": row.addressee}, at=at)
