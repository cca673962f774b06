"""Papers that the law asks for, by regime and day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import msgspec

from thongquan.clearance.tariff.models import RequiredDocument
from thongquan.clearance.tariff.queries.current import current_law
from thongquan.clearance.tariff.queries.names import names_of


class RequiredPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of the customs file. `condition` is a code, `when` tells it by language; `kind` is an attachment kind."""

    kind: str
    condition: str
    article: str
    when: dict[str, str]
    source: str
    verified: bool
    valid_from: date


def required_documents(regime: str, flow: str, on: date) -> tuple[RequiredPaper, ...]:
    """The papers of a declaration of this regime and flow on the day, those of every regime first.

    Legal source: Circular 38/2015/TT-BTC Art. 16 as amended; Circular 33/2023/TT-BTC Art. 10 for proofs of origin.
    """
    return _papers(current_law().version, regime, flow, on)


@lru_cache(maxsize=512)
def _papers(version: str, regime: str, flow: str, on: date) -> tuple[RequiredPaper, ...]:
    """Held per law version: a new version is a new key."""
    rows = RequiredDocument.objects.on(on).filter(flow=flow, regime__in=["", regime])
    found = sorted((row for row in rows if not row.repealed), key=lambda row: (bool(row.regime), row.pk))
    return tuple(
        RequiredPaper(
            kind=row.kind,
            condition=row.condition,
            article=row.article,
            when=names_of(vars(row)),
            source=row.source,
            verified=row.verified,
            valid_from=row.valid_from,
        )
        for row in found
    )
