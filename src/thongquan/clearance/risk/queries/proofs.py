"""How certificates of an issuer and of an exporter fared when they were verified, as it was known at a moment."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from thongquan.clearance.risk.models import VerifiedProof
from thongquan.rules.origin.presented import Presented
from thongquan.rules.text import fold

_SIGNS = re.compile(r"[\W_]+")
PROOF_FACTS = (
    "proof_issuer_verified",
    "proof_issuer_refused",
    "proof_exporter_verified",
    "proof_exporter_refused",
)
"""Counts of certificates; where a declaration names several, the highest of any."""


class Past(msgspec.Struct, frozen=True):
    """Verdicts of one party in the order of time, and how many of each and those before it were wrong."""

    closed_at: tuple[datetime, ...] = ()
    wrong: tuple[int, ...] = ()

    def before(self, at: datetime) -> tuple[int, int]:
        """How many were verified before a moment, and how many of them were wrong."""
        known = bisect_left(self.closed_at, at)
        return known, self.wrong[known - 1] if known else 0


class Verdicts(msgspec.Struct, frozen=True):
    """What verifications came to, by issuer and by exporter."""

    issuers: Mapping[str, Past] = {}
    exporters: Mapping[str, Past] = {}

    def facts(self, certificates: Iterable[Presented], at: datetime) -> dict[str, int]:
        """The facts of a declaration that names these certificates, known before a moment."""
        found = dict.fromkeys(PROOF_FACTS, 0)
        for one in certificates:
            issuer = self.issuers.get(key_of(one.paper.issuer), _NONE).before(at)
            exporter = self.exporters.get(key_of(one.paper.exporter), _NONE).before(at)
            for name, count in zip(PROOF_FACTS, (*issuer, *exporter), strict=True):
                found[name] = max(found[name], count)
        return found


_NONE = Past()


def key_of(name: str) -> str:
    """A name for comparing: letters and digits alone, without diacritics. A name that says nothing has no key."""
    return _SIGNS.sub("", fold(name))[:300]


def verdicts() -> Verdicts:
    """Everything that is known, in one read."""
    rows = VerifiedProof.objects.order_by("closed_at", "pk").values_list("issuer", "exporter", "closed_at", "wrong")
    issuers: dict[str, list[tuple[datetime, bool]]] = defaultdict(list)
    exporters: dict[str, list[tuple[datetime, bool]]] = defaultdict(list)
    for issuer, exporter, closed_at, wrong in rows:
        issuers[issuer].append((closed_at, wrong))
        exporters[exporter].append((closed_at, wrong))
    return Verdicts(_pasts(issuers), _pasts(exporters))


def _pasts(found: Mapping[str, list[tuple[datetime, bool]]]) -> dict[str, Past]:
    """By key; certificates that named nobody tell nothing of anybody."""
    return {key: _past(verdicts) for key, verdicts in found.items() if key}


def _past(verdicts: list[tuple[datetime, bool]]) -> Past:
    wrong, counts = 0, []
    for _at, is_wrong in verdicts:
        wrong += is_wrong
        counts.append(wrong)
    return Past(tuple(at for at, _wrong in verdicts), tuple(counts))
