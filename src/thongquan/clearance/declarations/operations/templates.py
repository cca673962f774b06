"""Keeping declarations as templates under names, sharing them with one's firm, and beginning from them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.formats.again import Anew, anew
from thongquan.clearance.declarations.formats.content import Content, content_from, content_of
from thongquan.clearance.declarations.models import Draft, Template
from thongquan.clearance.declarations.operations.drafts import start_draft
from thongquan.clearance.declarations.queries import declaration_file, draft_of
from thongquan.clearance.declarations.queries.templates import firm_of, own_template, template_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

MOST_NAME, MOST_TEMPLATES = 60, 200


class Started(NamedTuple):
    """A draft that was begun, and what was cleared in it."""

    draft: Draft
    again: Anew


def save_template(*, actor: Actor, name: str, content: Content, shared: bool, at: datetime) -> int:
    """Keep a declaration as a template, without what belongs to one shipment. Gives its id.

    Raises `NotAllowed` for people who do not lodge, `Refused` with TQ-VIE-010 for a name that is empty, too long or
    used, TQ-VIE-011 with too many, TQ-VIE-012 when it cannot be shared.
    """
    if actor.user_id is None or not is_trader(actor):
        raise NotAllowed("declarations.lodge")
    tax_code = content.fields.get("trader.tax_code", "")
    if tax_code not in actor.enterprises:
        tax_code = ""
    again = anew(content.without_blank_lines())
    with transaction.atomic():
        if Template.objects.filter(owner_id=actor.user_id).count() >= MOST_TEMPLATES:
            raise _refused(Code.TQ_VIE_011, max=MOST_TEMPLATES)
        row = Template.objects.create(
            owner_id=actor.user_id,
            name=_name(actor, name),
            tax_code=tax_code,
            firm=_firm(actor, tax_code, at) if shared else "",
            content={**again.content.stored(), "cleared": again.cleared},
            at=at,
        )
    return int(row.pk)


def content_of_source(*, actor: Actor, number: str = "", draft_id: int = 0) -> Content:
    """What a lodged declaration or one's own draft says. Raises `NotFound` outside the actor's scope."""
    if number:
        return content_of(declaration_file(actor=actor, number=number).document)
    return content_from(draft_of(actor=actor, draft_id=draft_id).content)


def rename_template(*, actor: Actor, template_id: int, name: str) -> None:
    """Give one's own template another name. Raises `NotFound`, and `Refused` with TQ-VIE-010."""
    row = own_template(actor=actor, template_id=template_id)
    row.name = _name(actor, name, but=row.pk)
    row.save(update_fields=["name"])


def share_template(*, actor: Actor, template_id: int, shared: bool, at: datetime) -> None:
    """Share one's own template with one's firm, or no longer. Raises `NotFound`, `Refused` with TQ-VIE-012."""
    row = own_template(actor=actor, template_id=template_id)
    row.firm = _firm(actor, row.tax_code, at) if shared else ""
    row.save(update_fields=["firm"])


def delete_template(*, actor: Actor, template_id: int) -> None:
    """Throw one's own template away, for everybody it was shared with too. Raises `NotFound`."""
    own_template(actor=actor, template_id=template_id).delete()


def start_again(
    *, actor: Actor, content: Content, at: datetime, quantities: bool = True, prices: bool = True
) -> Started:
    """A new draft like this one. Raises as `start_draft`."""
    again = anew(content, quantities=quantities, prices=prices)
    return Started(start_draft(actor=actor, content=again.content.stored(), at=at), again)


def start_from_template(
    *, actor: Actor, template_id: int, at: datetime, quantities: bool = True, prices: bool = True
) -> Started:
    """A new draft from a template. Raises `NotFound` for one of others, and as `start_draft`."""
    _row, stored = template_of(actor=actor, template_id=template_id, at=at)
    started = start_again(actor=actor, content=content_from(stored), at=at, quantities=quantities, prices=prices)
    before = tuple(key for key in stored.get("cleared", ()) if key not in started.again.cleared)
    return Started(started.draft, started.again._replace(cleared=before + started.again.cleared))


def _name(actor: Actor, name: str, *, but: int = 0) -> str:
    told = storable(name)
    used = Template.objects.filter(owner_id=actor.user_id, name=told).exclude(pk=but)
    if not told or len(told) > MOST_NAME or used.exists():
        raise _refused(Code.TQ_VIE_010, path="name", value=told[:MOST_NAME], max=MOST_NAME)
    return told


def _firm(actor: Actor, tax_code: str, at: datetime) -> str:
    firm = firm_of(actor, tax_code, at)
    if not firm:
        raise _refused(Code.TQ_VIE_012, path="shared", value=tax_code)
    return firm


def _refused(code: Code, *, path: str = "", value: str = "", **values: int) -> Refused:
    told = {name: str(one) for name, one in values.items()}
    return Refused((Fault(code=code, path=path, value=value, values=told),))
