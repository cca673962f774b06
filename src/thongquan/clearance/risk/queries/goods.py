"""Lists of risk goods as the law of a day has them, and the codes that stand on them."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.models import ListedGoods, RiskList
from thongquan.clearance.risk.permissions import check_may


class ListName(msgspec.Struct, frozen=True, kw_only=True):
    """A list with its names and source."""

    code: str
    name_vi: str
    name_en: str
    name_zh: str
    name_fr: str
    valid_from: date
    source: str
    verified: bool

    def name(self, language: str) -> str:
        """The name in a language of the pages (`vi`, `en`, `zh-hans`, `fr`)."""
        return str(getattr(self, f"name_{language[:2]}", self.name_en))


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A code on a list from a day on, or off it."""

    risk_list: str
    hs: str
    valid_from: date
    listed: bool
    source: str
    verified: bool
    by: str
    at: datetime


def risk_lists(on: date) -> list[ListName]:
    """The lists of a day, in the order of the circular."""
    rows = RiskList.objects.filter(valid_from__lte=on).order_by("code", "-valid_from").distinct("code")
    names = [field.name for field in msgspec.structs.fields(ListName)]
    found = [ListName(**{name: getattr(row, name) for name in names}) for row in rows]
    first = dict(RiskList.objects.order_by("-pk").values_list("code", "pk"))
    return sorted(found, key=lambda one: first[one.code])


def listed_goods(*, actor: Actor, risk_list: str = "", limit: int = 500) -> list[Listed]:
    """Codes on the lists, the newest listing of each. Raises `NotAllowed`."""
    check_may(actor, "risk.see")
    rows = ListedGoods.objects.order_by("risk_list", "hs", "-valid_from").distinct("risk_list", "hs")
    found = rows.filter(risk_list=risk_list) if risk_list else rows
    names = [field.name for field in msgspec.structs.fields(Listed)]
    return [Listed(**{name: getattr(row, name) for name in names}) for row in found[:limit]]
