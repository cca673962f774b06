"""What a form would come to, before anybody registers it; nothing is stored and no lock is taken."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.residents.law import quota_on
from thongquan.clearance.residents.operations.people import digest_of, person_faults, plain_number
from thongquan.clearance.residents.operations.reckoning import form_faults, goods_of, reckoned
from thongquan.clearance.residents.permissions import check_may
from thongquan.clearance.residents.queries.quotas import person_of, uses_of
from thongquan.clearance.residents.shapes import FormGiven, PersonGiven
from thongquan.rules.residents import quota_left


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a form would come to now, in dong; `missing` are taxes whose rate the law at hand does not give."""

    value_vnd: Decimal
    left_vnd: Decimal
    free_vnd: Decimal
    over_vnd: Decimal
    totals_vnd: dict[str, Decimal]
    fee_vnd: Decimal
    due_vnd: Decimal
    must_inspect: bool
    missing: tuple[str, ...]


def preview_form(*, actor: Actor, office: str, given: FormGiven, person: PersonGiven, at: datetime) -> Preview:
    """Quota and duties as registration would find them at this moment. Raises as `register_form` does."""
    check_may(actor, "residents.work", office=office)
    on = timezone.localdate(at)
    faults = [*form_faults(given, on), *person_faults(person)]
    if faults:
        raise Refused(faults)
    known = person_of(digest_of(person.kind, plain_number(person.number)))
    left = quota_left(quota_on(on), uses_of(known.id, on) if known else [], on)
    found, _version = reckoned(given, goods_of(given, on), left if given.purpose == "own" else Decimal(0), on)
    return Preview(
        value_vnd=sum(found.values_vnd, Decimal(0)),
        left_vnd=left,
        free_vnd=found.free_vnd,
        over_vnd=found.over_vnd,
        totals_vnd=found.totals_vnd,
        fee_vnd=found.fee_vnd,
        due_vnd=found.due_vnd,
        must_inspect=found.must_inspect,
        missing=tuple(fault.values.get("tax", "") for fault in found.faults),
    )
