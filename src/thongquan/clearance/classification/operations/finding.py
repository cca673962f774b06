"""The full search after lodging: every new line held against all others, alarms kept, and the search reported.

Legal basis: Circular 14/2015/TT-BTC Art. 4.1 (one item has one code only). An alarm is a question for a person, never
a finding of a violation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

import msgspec
from django.db import transaction
from django.db.models import Count

from thongquan.base.core.outbox import announce_all
from thongquan.clearance.classification.models import DeclaredLine, Finding, Searched
from thongquan.clearance.classification.operations.cases import join_case
from thongquan.clearance.classification.operations.indexing import index_declarations
from thongquan.clearance.classification.queries.attributes import attributes_in_force
from thongquan.clearance.classification.queries.certified import certificate_says
from thongquan.clearance.classification.queries.duties import owed_under
from thongquan.clearance.classification.queries.findings import searched_versions
from thongquan.clearance.classification.queries.judging import judge_in_force
from thongquan.clearance.classification.queries.lines import Answers, rarities_of
from thongquan.clearance.classification.subjects import Given, number_of, subject_of
from thongquan.learning.twins import Found, Partner

SEARCHED = "classification.searched"


def search_declarations(*, given: Sequence[Given], at: datetime) -> int:
    """Index declarations as they stand and hold their new lines against all others; how many alarms there were.

    Each declaration that counts is reported as searched, once for each version. Idempotent.
    """
    with transaction.atomic():
        fresh = index_declarations(given)
        deciding = attributes_in_force()
        rarities = rarities_of(fresh)
        answers = Answers(rarities, deciding)
        alarms = [one for one in (_alarm(row, answers, at) for row in fresh) if one is not None]
        _report([one for one in given if one.live], alarms, at)
        return len(alarms)


def _alarm(row: DeclaredLine, answers: Answers, at: datetime) -> Finding | None:
    """The alarm a line raises, kept; None when nothing speaks for one."""
    if row.goods_id is None:
        return None
    answer = answers.of(row)
    partner = answer.against(row.code)
    if partner is None or not judge_in_force().alarms(answer):
        return None
    other = DeclaredLine.objects.filter(goods=partner.row, live=True).exclude(pk=row.pk).order_by("-on", "-pk").first()
    if other is None:
        return None
    finding = _finding(row, other, partner, answer, at)
    finding.save()
    join_case(finding, at=at)
    return finding


def _finding(row: DeclaredLine, other: DeclaredLine, partner: Partner, answer: Found, at: datetime) -> Finding:
    stake = stake_of(row, other)
    return Finding(
        line=row,
        partner=other,
        declaration=row.declaration,
        office=row.office,
        importer=row.importer,
        code=row.code,
        other_code=other.code,
        score=judge_in_force().score(answer),
        evidence={
            "likeness": round(partner.likeness, 4),
            "numbers": round(partner.numbers, 4),
            "parties": partner.parties,
            "price": None if partner.price is None else round(partner.price, 4),
            "times": partner.times,
            "signs": [round(one, 5) for one in answer.signs],
            **_certificate(row, other),
        },
        stake_vnd=stake,
        value_vnd=row.value_vnd,
        rank=partner.likeness * float(abs(stake or Decimal(0))) * float(row.value_vnd),
        found_at=at,
    )


def _certificate(row: DeclaredLine, other: DeclaredLine) -> dict[str, object]:
    """What the certificate of the line says, where its code is not the declared one (Circular 33/2023 Art. 16)."""
    said = certificate_says(declaration=row.declaration, line=row.number, declared=row.code, other=other.code)
    return {"certificate": msgspec.to_builtins(said)} if said else {}


def stake_of(row: DeclaredLine, other: DeclaredLine) -> Decimal | None:
    """What would be owed more (or less) under the other code, in dong; None where a rate is not known."""
    both = [
        owed_under(
            code=code, flow=row.flow, origin=row.origin, schedule=row.schedule, value_vnd=row.value_vnd, on=row.on
        )
        for code in (row.code, other.code)
    ]
    return both[1].total_vnd - both[0].total_vnd if all(one.known for one in both) else None


def _report(given: Sequence[Given], alarms: Iterable[Finding], at: datetime) -> None:
    """Write down that these versions were searched, and tell: once for each version."""
    known = searched_versions([one.declaration for one in given])
    news = {one.declaration: one for one in given if known.get(one.declaration, -1) < one.version}
    open_now = Finding.objects.filter(declaration__in=news, closed=False, outcome="").values_list("declaration")
    standing = dict(open_now.annotate(count=Count("pk")))
    rows = [
        Searched(declaration=key, version=one.version, at=at, alarms=standing.get(key, 0)) for key, one in news.items()
    ]
    Searched.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["declaration"], update_fields=["version", "at", "alarms"]
    )
    found: dict[int, list[int]] = defaultdict(list)
    for alarm in alarms:
        found[alarm.declaration].append(alarm.pk)
    announce_all(kind=SEARCHED, told=[(subject_of(row.declaration), _told(row, found)) for row in rows], at=at)


def _told(row: Searched, found: Mapping[int, list[int]]) -> dict[str, object]:
    """What other rooms are told of a search."""
    number = number_of(row.declaration, row.version)
    return {"number": number, "alarms": row.alarms, "findings": found.get(row.declaration, [])}
