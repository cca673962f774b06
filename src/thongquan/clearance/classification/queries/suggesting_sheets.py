"""Workbooks of descriptions, each for the person who sent it alone."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.classification.models import SuggestionSheet
from thongquan.clearance.classification.queries.suggesting import check_may_ask
from thongquan.clearance.classification.suggesting_states import SheetState
from thongquan.clearance.tariff.queries.goods import goods_named


class SheetRow(msgspec.Struct, frozen=True):
    """A workbook and how far it is. `answers` are as the operation wrote them."""

    id: int
    name: str
    sent_at: datetime
    state: str
    done: int
    total: int
    rows: list[tuple[int, str]]
    answers: list[list[object]]

    @property
    def is_under_way(self) -> bool:
        """Whether answers are still to come."""
        return self.state == SheetState.WAITING

    @property
    def share(self) -> int:
        """How much is done, in percent."""
        return 100 * self.done // max(self.total, 1)


def sheets_of(actor: Actor) -> list[SheetRow]:
    """What this person sent in the last day, the latest first. Raises `NotAllowed`."""
    check_may_ask(actor)
    rows = SuggestionSheet.objects.filter(sent_by=actor.reference).defer("rows", "answers")
    return [_row(row, whole=False) for row in rows.order_by("-sent_at")[:20]]


def sheet_of(actor: Actor, sheet: int, *, whole: bool = False) -> SheetRow:
    """One of them, with rows and answers where they are asked for. Raises `NotAllowed`, `NotFound`."""
    check_may_ask(actor)
    row = SuggestionSheet.objects.filter(pk=sheet, sent_by=actor.reference).first()
    if row is None:
        raise NotFound(str(sheet))
    return _row(row, whole=whole)


def names_in(answers: list[list[object]], on: date, language: str) -> dict[str, str]:
    """Names of all codes in answers, by code."""
    codes = {pair[0] for six, eight, *_ in answers for pair in [*six, *eight]}  # type: ignore[misc]  # lists of pairs
    return {code: one.name for code, one in goods_named(codes, on, language).items()}


def _row(row: SuggestionSheet, *, whole: bool) -> SheetRow:
    rows = [(int(number), str(text)) for number, text in row.rows] if whole else []
    return SheetRow(
        row.pk, row.name, row.sent_at, row.state, row.done, row.total, rows, list(row.answers) if whole else []
    )
