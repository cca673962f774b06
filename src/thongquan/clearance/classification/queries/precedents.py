"""What customs ruled on goods, found again by their description, code, addressee or number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import msgspec
from django.db import connection
from django.db.models import Q, QuerySet

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.classification.models import Precedent, PrecedentMet
from thongquan.clearance.classification.permissions import offices_for
from thongquan.clearance.classification.queries.attributes import attributes_in_force
from thongquan.learning.suggest.knowledge import digits_of
from thongquan.learning.text import Canonical, canonical, fingerprint, rare_numbers
from thongquan.learning.twins import Attribute, parting
from thongquan.rules.codes import Code
from thongquan.rules.decision import Reason
from thongquan.rules.text import fold

KINDS = ("notice", "ruling", "analysis")
AGREES, CONTRADICTS, CONTRADICTS_OWN = "agrees", "contradicts_precedent", "contradicts_own_guidance"
NEAR = 0.7
"""From here on two descriptions tell of near-same goods: the share of features they have in common (Dice)."""
LEAST_LIKE = 0.25
"""Below it a document is not shown beside goods."""
MOST_CANDIDATES = 40
MOST_SHOWN = 12
# Words, pairs, quantities and models are even numbers; groups of letters, which many goods share, are odd.
_CANDIDATES = """
    SELECT id FROM classification_precedent
    WHERE withdrawn_at IS NULL AND features && %(rare)s::int[]
    ORDER BY (SELECT count(*) FROM unnest(features) AS one WHERE one = ANY(%(every)s::int[])) DESC, id DESC
    LIMIT %(most)s
"""


class PrecedentShown(msgspec.Struct, frozen=True, kw_only=True):
    """What customs ruled on goods; `[valid_from, valid_to)`.

    Beside goods asked about: `likeness` from 0 to 1, `exact` where both tell the same, `own` where it was told to the
    very trader asked for, `parted_by` the deciding attribute in which the goods differ.
    """

    id: int
    kind: str
    number: str
    issued_by: str
    issued_on: date
    valid_from: date
    valid_to: date | None
    addressee: str
    hs: str
    description: str
    maker: str
    reasons: str
    source: str
    ruling_id: int | None
    entered_at: datetime
    withdrawn_at: datetime | None
    words: str
    likeness: float = 0.0
    exact: bool = False
    own: bool = False
    parted_by: str = ""

    def agrees_with(self, code: str) -> bool:
        """Whether a declared code lies under the code that was ruled."""
        return code.startswith(self.hs)


_KNOWN = PrecedentShown.__struct_fields__[: PrecedentShown.__struct_fields__.index("likeness")]


def precedents_for(
    *,
    codes: Sequence[str] = (),
    description: str = "",
    addressee: str = "",
    on: date | None = None,
    most: int = MOST_SHOWN,
) -> list[PrecedentShown]:
    """Precedents of near-same goods, then those under these codes; the trader's own first, the likest before others.

    `on` leaves out what did not hold on that day. With a description those under the codes come only where they
    are a little like it. Three reads.
    """
    goods = canonical(description)
    rows = {row.pk: row for row in _near(goods, on)}
    if codes:
        rows |= {
            row.pk: row for row in _valid(on).filter(_under(codes)).order_by("-issued_on", "-id")[:MOST_CANDIDATES]
        }
    deciding = attributes_in_force() if rows and not goods.empty else ()
    shown = [_beside(row, goods, addressee, deciding) for row in rows.values()]
    kept = [one for one in shown if goods.empty or one.exact or one.likeness >= LEAST_LIKE]
    kept.sort(key=lambda one: (not one.own, not one.exact, -one.likeness, -one.issued_on.toordinal(), -one.id))
    return kept[:most]


def same_goods(*, description: str, addressee: str, on: date) -> list[PrecedentShown]:
    """Valid precedents of the same or near-same goods that no deciding attribute parts."""
    found = precedents_for(description=description, addressee=addressee, on=on)
    return [one for one in found if (one.exact or one.likeness >= NEAR) and not one.parted_by]


def precedents_named(numbers: Iterable[str], *, on: date, addressee: str) -> dict[str, list[PrecedentShown]]:
    """Rulings by the numbers that a line names: those valid on the day and told to this trader or to everyone."""
    wanted = {number.strip(): number for number in numbers if number.strip()}
    for_them = Q(addressee="") | Q(addressee=addressee)
    found: dict[str, list[PrecedentShown]] = {number: [] for number in wanted.values()}
    for row in _valid(on).filter(for_them, number__in=list(wanted)):
        found[wanted[row.number]].append(_beside(row, canonical(""), addressee, ()))
    return found


def is_store_empty() -> bool:
    """Whether nothing was ever entered: then there is nothing to hold lines against."""
    return not Precedent.objects.exists()


def precedent_examples() -> Iterator[tuple[str, str, str]]:
    """Description, code and typed reference of every precedent in force, for what suggests codes."""
    rows = Precedent.objects.filter(withdrawn_at=None).order_by("id")
    for key, description, hs in rows.values_list("id", "description", "hs").iterator():
        yield description, hs, f"precedent:{key}"


def precedents(
    *,
    text: str = "",
    code: str = "",
    kind: str = "",
    addressees: Iterable[str] | None = None,
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[PrecedentShown], bool]:
    """The store, newest first, and whether there is more; narrowed by words, code and kind. Withdrawn ones say so.

    `addressees`: only what was told to these.
    """
    rows = Precedent.objects.order_by("-issued_on", "-id")
    if addressees is not None:
        rows = rows.filter(addressee__in=[one for one in addressees if one])
    if kind:
        rows = rows.filter(kind=kind)
    if digits := digits_of(code):
        rows = rows.filter(hs__startswith=digits)
    for word in fold(text).split()[:8]:
        rows = rows.filter(folded__contains=word)
    found = list(rows[offset : offset + limit + 1])
    return [_shown(row) for row in found[:limit]], len(found) > limit


def precedent(key: int) -> PrecedentShown | None:
    """One of the store."""
    row = Precedent.objects.filter(id=key).first() if 0 < key < 2**63 else None
    return _shown(row) if row else None


class MetShown(msgspec.Struct, frozen=True, kw_only=True):
    """A declared line that was held against a precedent. `kind` tells a doubt from guidance told to this very trader.

    `kind`: agrees, contradicts_precedent or contradicts_own_guidance; they differ in law. `outcome` is what an officer
    said: wrong_code, other_goods, wrong_precedent or ''.
    """

    id: int
    subject: str
    line: int
    office: str
    tax_code: str
    on: date
    declared: str
    description: str
    kind: str
    named: bool
    likeness: float
    outcome: str
    words: str
    at: datetime
    precedent: PrecedentShown

    @property
    def reason(self) -> Reason | None:
        """The finding as a reason with its code, facts and evidence; None where the codes agree."""
        if self.kind == AGREES:
            return None
        code = Code.TQ_CLS_071 if self.kind == CONTRADICTS_OWN else Code.TQ_CLS_070
        values = {
            "line": str(self.line),
            "declared": self.declared,
            "ruled": self.precedent.hs,
            "number": self.precedent.number,
        }
        return Reason(code=code, channel=2, source=f"precedent:{self.precedent.id}", values=values)


def precedents_met(subject: str) -> list[MetShown]:
    """What the last check of a declaration held against precedents, by line, contradictions first."""
    rows = PrecedentMet.objects.filter(subject=subject, live=True).select_related("precedent")
    return [met_shown(row) for row in rows.order_by("line", "agrees", "-own", "-likeness", "id")]


def contradictions(*, actor: Actor, offset: int = 0, limit: int = 50) -> tuple[list[MetShown], bool]:
    """Lines of the actor's offices whose code contradicts a precedent and that nobody judged, own guidance first."""
    rows = PrecedentMet.objects.filter(agrees=False, live=True, outcome="").select_related("precedent")
    rows = rows.filter(office__in=offices_for(actor, "classification.see")).order_by("-own", "-id")
    found = list(rows[offset : offset + limit + 1])
    return [met_shown(row) for row in found[:limit]], len(found) > limit


def may_see_met(actor: Actor, key: int) -> bool:
    """Whether such a line is one of the actor's offices."""
    rows = PrecedentMet.objects.filter(office__in=offices_for(actor, "classification.see"), agrees=False)
    return 0 < key < 2**63 and rows.filter(pk=key).exists()


def met_shown(row: PrecedentMet) -> MetShown:
    """A row as others read it."""
    names = [name for name in MetShown.__struct_fields__ if name not in ("kind", "precedent")]
    kind = AGREES if row.agrees else CONTRADICTS_OWN if row.own else CONTRADICTS
    return MetShown(**{name: getattr(row, name) for name in names}, kind=kind, precedent=_shown(row.precedent))


def uses_of(key: int) -> int:
    """How many declared lines followed a precedent."""
    return PrecedentMet.objects.filter(precedent_id=key, agrees=True, live=True).count()


def _valid(on: date | None) -> QuerySet[Precedent]:
    rows = Precedent.objects.filter(withdrawn_at=None)
    if on is None:
        return rows
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)


def _under(codes: Sequence[str]) -> Q:
    """Under one of the codes, or ruling a branch that holds one of them."""
    wanted = Q(pk=None)
    for code in filter(None, map(digits_of, codes)):
        wanted |= Q(hs__startswith=code) | Q(hs__in=[code[:4], code[:6]])
    return wanted


def _near(goods: Canonical, on: date | None) -> list[Precedent]:
    every = sorted(rare_numbers(goods))
    rare = [one for one in every if one % 2 == 0]
    if not rare:
        return []
    exact = list(_valid(on).filter(fingerprint=fingerprint(goods))[:MOST_CANDIDATES])
    with connection.cursor() as sql:
        sql.execute(_CANDIDATES, {"rare": rare, "every": every, "most": MOST_CANDIDATES})
        keys = [key for (key,) in sql.fetchall()]
    return exact + list(_valid(on).filter(id__in=keys))


def _beside(row: Precedent, goods: Canonical, addressee: str, deciding: Sequence[Attribute]) -> PrecedentShown:
    mine, theirs = rare_numbers(goods), set(row.features)
    likeness = 2 * len(mine & theirs) / ((len(mine) + len(theirs)) or 1)
    exact = bool(row.fingerprint) and row.fingerprint == fingerprint(goods)
    apart = None if exact or not deciding else parting(deciding, goods, canonical(row.description), (row.hs, row.hs))
    return msgspec.structs.replace(
        _shown(row),
        likeness=1.0 if exact else round(likeness, 4),
        exact=exact,
        own=bool(addressee) and row.addressee == addressee,
        parted_by=apart.name if apart else "",
    )


def _shown(row: Precedent) -> PrecedentShown:
    return PrecedentShown(**{name: getattr(row, name) for name in _KNOWN})
