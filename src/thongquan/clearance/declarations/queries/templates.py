"""Templates of declarations: one's own, and those that people of one's firm share for the enterprises one acts for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Q, QuerySet

from thongquan.base.accounts.queries import Actor, names_of, own_codes
from thongquan.base.core.errors import NotFound
from thongquan.clearance.declarations.models import Template

SHOWN = 200


class TemplateRow(msgspec.Struct, frozen=True, kw_only=True):
    """A template: what it is for, how many lines it has, whose it is."""

    id: int
    name: str
    flow: str
    regime: str
    tax_code: str
    trader_name: str
    counterpart: str
    lines: int
    is_shared: bool
    is_mine: bool
    by: str
    at: datetime


def firm_of(actor: Actor, tax_code: str, at: datetime) -> str:
    """Whose people share a template for this enterprise: the enterprise itself, or the broker that acts for it."""
    if not tax_code or tax_code not in actor.enterprises:
        return ""
    own = own_codes(actor, at)
    return tax_code if tax_code in own else min(own - actor.enterprises, default="")


def templates_of(actor: Actor, at: datetime, *, enterprise: str = "") -> list[TemplateRow]:
    """Those the actor may begin from, by name; `enterprise` narrows them to one."""
    rows = _in_scope(actor, at)
    if enterprise:
        rows = rows.filter(tax_code=enterprise)
    found = list(rows.order_by("name", "id")[:SHOWN])
    names = names_of({f"user:{row.owner_id}" for row in found if row.owner_id != actor.user_id})
    return [_row(row, actor, names) for row in found]


def template_of(*, actor: Actor, template_id: int, at: datetime) -> tuple[TemplateRow, dict[str, Any]]:
    """A template and its content. Raises `NotFound` for one of others."""
    row = _in_scope(actor, at).filter(id=template_id).first()
    if row is None:
        raise NotFound("template")
    return _row(row, actor, names_of({f"user:{row.owner_id}"})), row.content


def own_template(*, actor: Actor, template_id: int) -> Template:
    """One's own, which one may rename, share and delete. Raises `NotFound` for everyone else's."""
    row = Template.objects.filter(id=template_id, owner_id=actor.user_id).first()
    if row is None or actor.user_id is None:
        raise NotFound("template")
    return row


def _in_scope(actor: Actor, at: datetime) -> QuerySet[Template]:
    """For an enterprise whose mandate has ended a template is shown to nobody of the broker."""
    whose = Q(owner_id=actor.user_id or 0) | Q(firm__in=own_codes(actor, at), firm__gt="")
    return Template.objects.filter(whose, Q(tax_code="") | Q(tax_code__in=actor.enterprises))


def _row(row: Template, actor: Actor, names: dict[str, str]) -> TemplateRow:
    fields = row.content.get("fields", {})
    return TemplateRow(
        id=row.pk,
        name=row.name,
        flow=row.content.get("flow", ""),
        regime=fields.get("regime", ""),
        tax_code=row.tax_code,
        trader_name=fields.get("trader.name", ""),
        counterpart=fields.get("counterpart.name", ""),
        lines=len(row.content.get("lines", ())),
        is_shared=bool(row.firm),
        is_mine=row.owner_id == actor.user_id,
        by=names.get(f"user:{row.owner_id}", ""),
        at=row.at,
    )
