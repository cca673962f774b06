"""An application begun from a lodged export declaration, one for each declaration while it lives."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from msgspec.structs import replace

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.exports import Export, export_of
from thongquan.clearance.origin.operations.outbound import prepare_outbound
from thongquan.clearance.origin.operations.using import wait_for_turn
from thongquan.clearance.origin.outbound_states import OUTBOUND_STEPS, OutboundStep
from thongquan.clearance.origin.permissions import check_may
from thongquan.clearance.origin.queries.outbound import application_for_export
from thongquan.clearance.tariff.queries.agreements import agreements_of_day
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.origin.outbound import Application
from thongquan.rules.origin.outbound.exported import applied_for

FIRST = "ACFTA"
"""Shown first where several agreements reach the destination: exports of this border go to China."""


def begin_outbound(*, actor: Actor, declaration: str, at: datetime, agreement: str = "", form: str = "") -> int:
    """Begin an application from an export: its parties, transport and goods of home origin; gives its identity.

    One that was begun from it and lives still is given again. Without `agreement` it is one that reaches the country of
    destination. Raises `NotFound` for a declaration out of scope or no live export, `NotAllowed`; `Refused` with
    TQ-ORI-134 where no agreement reaches its destination, TQ-ORI-135 where nothing in it is of home origin.
    """
    export = export_of(actor, declaration)
    check_may(actor, OUTBOUND_STEPS[OutboundStep.SAVE].who, office="", tax_code=export.tax_code)
    application = applied_for(export.document, export.number)
    if not application.lines:
        raise Refused([Fault(code=Code.TQ_ORI_135, path="declaration", value=export.number)])
    named = _named(application, agreement, form, at)
    with transaction.atomic():
        wait_for_turn(f"outbound:{export.number}")
        known = application_for_export(export.number)
        return known or _prepared(actor, export, named, at)


def _prepared(actor: Actor, export: Export, application: Application, at: datetime) -> int:
    return prepare_outbound(
        actor=actor,
        tax_code=export.tax_code,
        trader_name=export.trader_name,
        application=application,
        office=export.office,
        at=at,
    )


def _named(application: Application, agreement: str, form: str, at: datetime) -> Application:
    """With the agreement asked for, else the first that reaches the destination. Raises `Refused` (TQ-ORI-134)."""
    country = application.destination
    reaching = [
        one
        for one in agreements_of_day(localdate(at))
        if one.forms and (one.code == agreement or (not agreement and country in one.members))
    ]
    first = min(reaching, key=lambda one: (one.code != FIRST, one.code), default=None)
    if first is None:
        raise Refused([Fault(code=Code.TQ_ORI_134, path="agreement", value=country or agreement[:12])])
    return replace(application, agreement=first.code, form=form or first.forms[0].code)
