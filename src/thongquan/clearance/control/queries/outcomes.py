"""What checks came to, for the conditions of release."""

from __future__ import annotations

import msgspec

from thongquan.clearance.control.models import Inspection
from thongquan.clearance.control.queries.checks import documents_outcome
from thongquan.clearance.control.queries.due import due_of
from thongquan.clearance.declarations.queries import Stand

AGREES, DIFFERS = "agrees", "differs"


class Outcomes(msgspec.Struct, frozen=True, kw_only=True):
    """Which checks are due after exemptions, and which ended well for the version in force."""

    documents_due: bool
    goods_due: bool
    documents_good: bool
    goods_good: bool


def outcomes_of(stand: Stand) -> Outcomes:
    """What is due of a declaration now and what came of it.

    An inspection that found differences counts as good once the declaration was amended after it and the documents of
    the amended version agree: the goods are not opened twice for what was found already.
    """
    due = due_of(stand)
    documents = documents_outcome(stand.key, stand.version)
    return Outcomes(
        documents_due=due.documents,
        goods_due=due.goods,
        documents_good=documents == AGREES,
        goods_good=_goods_good(stand, documents),
    )


def _goods_good(stand: Stand, documents: str) -> bool:
    rows = Inspection.objects.filter(declaration_id=stand.key, concluded_at__isnull=False)
    latest = rows.order_by("-id").values_list("outcome", "version").first()
    if latest is None:
        return False
    outcome, version = latest
    return outcome == AGREES or (version < stand.version and documents == AGREES)
