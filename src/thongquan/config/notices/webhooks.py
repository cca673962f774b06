"""From the outbox to programs: which messages leave as events of webhooks, and to whose."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongquan.base.core.outbox import Message
from thongquan.base.core.realm import realm_identity
from thongquan.base.notices import operations
from thongquan.config.notices.happenings import Happening, happenings_of
from thongquan.config.notices.people import People

WEBHOOK_KINDS: dict[str, Promise] = {
    "declaration.lodged": _("Lodged"),
    "declaration.amend": _("Amended by the declarant"),
    "declaration.instruct": _("Instruction to amend"),
    "declaration.confirm_correction": _("Corrected by customs"),
    "declaration.raise_channel": _("Channel raised"),
    "declaration.lower_channel": _("Channel lowered"),
    "declaration.request_specialized": _("Specialized inspection asked for"),
    "declaration.specialized_result": _("Result of the specialized inspection"),
    "declaration.documents_checked": _("Documents checked"),
    "declaration.assign_inspection": _("Inspection assigned"),
    "declaration.goods_inspected": _("Goods inspected"),
    "declaration.settle": _("Duties settled"),
    "declaration.unsettle": _("Duties open again"),
    "declaration.release": _("Goods released"),
    "declaration.clear": _("Goods cleared"),
    "declaration.preserve": _("Goods to preservation"),
    "declaration.exit": _("Left the supervision area"),
    "declaration.cancel": _("Declaration cancelled"),
    "declaration.expire": _("Declaration expired"),
    "declaration.amend_after": _("Amended after clearance"),
    "declaration.grant_late_certificate": _("Recalculated with the proof of origin"),
    "declaration.open_audit": _("Audit opened"),
    "declaration.audit": _("Audit concluded"),
    "classification.ruling.receive": _("Application for a ruling received"),
    "classification.ruling.give_back": _("Application for a ruling given back"),
    "classification.ruling.ask": _("Question on an application for a ruling"),
    "classification.ruling.call_complex": _("Longer term of an application for a ruling"),
    "classification.ruling.sign": _("Application for a ruling decided"),
    "classification.ruling.revoke": _("Advance ruling revoked"),
}
_RULINGS = "classification.ruling."
_FIRST_STATE = "channeled"


def tell_programs(messages: Sequence[Message]) -> None:
    """Queue the deliveries of a batch. Idempotent: an event is queued once per webhook."""
    if not operations.has_endpoints():
        return
    happenings = [one for one in happenings_of(messages) if one.about or one.message.kind.startswith(_RULINGS)]
    if not happenings:
        return
    people = People(happenings, messages[-1].at)
    mark = str(realm_identity() or "").partition("-")[0]
    operations.send_events([_event(one, people, mark) for one in happenings])


def _event(one: Happening, people: People, mark: str) -> operations.Happening:
    number = str(one.payload.get("number") or one.number)
    return operations.Happening(
        owners=people.brokers_of(one) | {one.tax_code},
        message=f"msg_{mark}_{one.message.id}",
        kind=one.message.kind,
        subject=one.message.subject,
        at=one.at,
        number=number,
        state=str(one.payload.get("state") or _FIRST_STATE),
        url=f"{settings.SITE_URL}{_address(one, number)}",
        enterprise=one.tax_code,
    )


def _address(one: Happening, number: str) -> str:
    """Where a program reads what the event is about."""
    if one.message.kind.startswith(_RULINGS):
        return f"/api/v1/classification/rulings/{one.payload['ruling']}"
    return f"/api/v1/declarations/{number}"
