"""What verifications came to, by issuer, exporter, agreement or month: shares with their intervals.

Suspicion chooses most certificates, so their share of wrong ones says nothing of all certificates; only the share among
those drawn at random does, and it stands beside the other. Both are facts for the assessment of risk.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

import msgspec
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.origin.models import Verified
from thongquan.clearance.origin.permissions import offices_for
from thongquan.clearance.origin.verification_states import CaseState
from thongquan.rules.origin.shares import Share, share

By = Literal["issuer", "exporter", "agreement", "month"]
BYS: tuple[By, ...] = ("issuer", "exporter", "agreement", "month")
_PARTLY = Q(verification__outcome="partly") & ~Q(refused=[])
_WRONG = Q(verification__outcome="refused") | _PARTLY
_RANDOM = Q(verification__why="random")
MOST = 500


class OutcomeRow(msgspec.Struct, frozen=True, kw_only=True):
    """Verified certificates of a key: how many, how they ended, and the share of wrong ones with its interval.

    `at_random` is that share among those drawn at random: the only one that tells of all certificates.
    """

    key: str
    certificates: int
    accepted: int
    partly: int
    refused: int
    silent: int
    wrong: Share
    at_random: Share


class OutcomeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an issuer and an exporter before a moment, for the assessment of risk."""

    issuer: Share
    exporter: Share
    before: datetime


def outcomes(*, actor: Actor, by: By, since: date | None = None, until: date | None = None) -> tuple[OutcomeRow, ...]:
    """Closed verifications of the actor's offices by a key, most certificates first (months: the last first).

    One row per key, counted by the database in one read. `since` and `until` are days of closing, both included.
    """
    rows = _closed().filter(verification__office__in=offices_for(actor, "origin.see"))
    if since:
        rows = rows.filter(verification__closed_at__date__gte=since)
    if until:
        rows = rows.filter(verification__closed_at__date__lte=until)
    if by == "month":
        rows = rows.annotate(key=TruncMonth("verification__closed_at"))
        return tuple(_row(one) for one in _counted(rows).order_by("-key")[:MOST])
    named = {"issuer": "verification__issuer", "exporter": "verification__exporter"}
    rows = rows.annotate(key=F(named.get(by, "verification__agreement")))
    return tuple(_row(one) for one in _counted(rows).order_by("-certificates", "key")[:MOST])


def outcome_facts(*, issuer: str, exporter: str, before: datetime) -> OutcomeFacts:
    """The shares of wrong certificates of an issuer and an exporter, of all offices, known before a moment.

    Frozen to be kept with a decision; never asked of a later moment than the decision's own.
    """
    counts = (
        _closed()
        .filter(verification__closed_at__lt=before)
        .aggregate(
            issuer=Count("id", filter=Q(verification__issuer=issuer)),
            issuer_wrong=Count("id", filter=Q(verification__issuer=issuer) & _WRONG),
            exporter=Count("id", filter=Q(verification__exporter=exporter)),
            exporter_wrong=Count("id", filter=Q(verification__exporter=exporter) & _WRONG),
        )
    )
    return OutcomeFacts(
        issuer=share(counts["issuer_wrong"], counts["issuer"]),
        exporter=share(counts["exporter_wrong"], counts["exporter"]),
        before=before,
    )


def _closed() -> QuerySet[Verified]:
    return Verified.objects.filter(verification__state=CaseState.CLOSED)


def _counted(rows: QuerySet[Any]) -> Any:
    """Rows of dicts, one per key."""
    return rows.values("key").annotate(
        certificates=Count("id"),
        accepted=Count("id", filter=Q(verification__outcome="accepted")),
        partly=Count("id", filter=_PARTLY),
        against=Count("id", filter=Q(verification__outcome="refused")),
        silent=Count("id", filter=Q(verification__answer="no_answer")),
        random=Count("id", filter=_RANDOM),
        random_wrong=Count("id", filter=_RANDOM & _WRONG),
    )


def _row(found: dict[str, Any]) -> OutcomeRow:
    key = found["key"]
    names = ("certificates", "accepted", "partly", "silent")
    return OutcomeRow(
        **{name: found[name] for name in names},
        refused=found["against"],
        key=f"{timezone.localtime(key):%Y-%m}" if isinstance(key, datetime) else str(key),
        wrong=share(found["partly"] + found["against"], found["certificates"]),
        at_random=share(found["random_wrong"], found["random"]),
    )
