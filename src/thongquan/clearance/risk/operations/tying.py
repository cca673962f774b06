"""Keeping what declarations name and others may name too: written again with their copies."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from thongquan.clearance.risk.models import Tie

KINDS = ("seller", "vehicle", "agent", "address", "contact", "person")


class CopiedTie(msgspec.Struct, frozen=True):
    """Something a declaration names: its kind (one of `KINDS`), the key by which two are the same, and its name."""

    kind: str
    key: str
    name: str


def keep_ties(ties: Mapping[int, tuple[CopiedTie, ...]]) -> None:
    """Write the ties of these copies anew; what is named twice stands once."""
    Tie.objects.filter(lodged__in=ties.keys()).delete()
    Tie.objects.bulk_create(
        Tie(lodged_id=lodged, kind=one.kind, key=one.key[:120], name=one.name[:200])
        for lodged, several in ties.items()
        for one in {(tie.kind, tie.key[:120]): tie for tie in several}.values()
    )
