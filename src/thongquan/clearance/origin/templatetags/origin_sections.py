"""The parts of this room that a reader may enter, for the head of each of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.accounts.permissions import is_trader, readable_offices
from thongquan.base.accounts.queries import Actor
from thongquan.clearance.origin.permissions import may, offices_for, own_enterprises

register = template.Library()


@dataclass(frozen=True)
class Section:
    """A link of the head of a page."""

    url: str
    label: Promise
    is_here: bool


@register.simple_tag(takes_context=True)
def origin_sections(context: dict[str, Any]) -> list[Section]:
    """The sections open to the reader of this page, in order; none for who may enter none."""
    request = context["request"]
    return [
        Section(url, label, request.path.startswith(url) if below else request.path == url)
        for name, label, below in _open_to(actor_of_request(request))
        if (url := reverse(name))
    ]


def _open_to(actor: Actor) -> list[tuple[str, Promise, bool]]:
    officer, own = bool(offices_for(actor, "origin.see")), bool(own_enterprises(actor))
    trader = own or is_trader(actor)
    enters = bool(offices_for(actor, "origin.register")) or any(
        may(actor, "origin.register", office="", tax_code=code) for code in actor.enterprises
    )
    all_parts = [
        (officer or trader, "origin:list", _("Certificates"), False),
        (enters, "origin:entry_new", _("Enter a certificate"), True),
        (officer or trader, "origin:verification_list", _("Verification"), True),
        (officer or own, "origin:outbound_list", _("Export certificates"), True),
        (trader or bool(readable_offices(actor)), "late_proofs", _("Late proofs"), False),
        (officer, "origin:specimens", _("Specimen book"), True),
        (True, "public:agreements", _("Compare agreements"), True),
    ]
    return [(name, label, below) for may_enter, name, label, below in all_parts if may_enter]
