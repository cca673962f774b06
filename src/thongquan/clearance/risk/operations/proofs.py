"""Keeping what verifications of origin came to: written again whole when a message comes twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db import transaction

from thongquan.clearance.risk.models import VerifiedProof
from thongquan.clearance.risk.operations.steps import changed_live
from thongquan.clearance.risk.queries.proofs import key_of


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate of a closed verification, as `docs/events.md` gives it; the fields are those of the copy."""

    verification: int
    number: str
    agreement: str
    country: str
    issuer: str
    exporter: str
    tax_code: str
    by_chance: bool
    wrong: bool
    uses: dict[str, list[int]]
    closed_at: datetime


_COLUMNS = [field.name for field in msgspec.structs.fields(Verdict)]
_KEY = ("verification", "number")


def keep_verdicts(verdicts: Sequence[Verdict]) -> None:
    """Write these certificates in one statement; profiles that are live speak of them within a second."""
    with transaction.atomic():
        VerifiedProof.objects.bulk_create(
            [_row(one) for one in verdicts],
            update_conflicts=True,
            unique_fields=_KEY,
            update_fields=[name for name in _COLUMNS if name not in _KEY],
        )
        changed_live()


def _row(one: Verdict) -> VerifiedProof:
    keys = {"issuer": key_of(one.issuer), "exporter": key_of(one.exporter)}
    return VerifiedProof(**{**msgspec.structs.asdict(one), **keys})
