"""Certificates that are like another one, wherever they were presented."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q

from thongquan.clearance.origin.models import Certificate
from thongquan.clearance.origin.queries.files import paper_of
from thongquan.clearance.origin.states import State
from thongquan.rules.origin import certificate as papers
from thongquan.rules.origin.numbers import Likeness, goods_print, likeness, number_keys

MOST = 50


class Twin(NamedTuple):
    """Another live certificate and how it is like the one asked for."""

    id: int
    number: str
    kind: Likeness


def twins_of(paper: papers.Paper, *, but: int | None = None) -> list[Twin]:
    """Live certificates of all offices with the same number, one character apart, or the same goods; one query."""
    printed = goods_print(paper)
    like = Q(keys__overlap=number_keys(paper.number))
    if printed:
        like |= Q(goods_print=printed)
    rows = Certificate.objects.filter(like).exclude(state=State.WITHDRAWN).exclude(id=but or 0).order_by("id")[:MOST]
    found = [(row, likeness(paper, paper_of(row))) for row in rows]
    return [Twin(row.pk, row.number, kind) for row, kind in found if kind is not None]
