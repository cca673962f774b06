"""The conditions of release in the reader's words: what is missing, by which law, and who does it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.sentences import sentence
from thongquan.clearance.control.permissions import READERS
from thongquan.clearance.control.queries.conditions import conditions_for
from thongquan.clearance.control.queries.due import law_day
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.tariff.queries.releases import release_condition_name
from thongquan.rules.decision import Fault
from thongquan.rules.release import Condition, Purpose

HOW: dict[str, Promise] = {
    "paid": gettext_lazy("Paid, or nothing is owed"),
    "guaranteed": gettext_lazy("Guaranteed"),
    "not_asked": gettext_lazy("Not asked for in this channel"),
    "exempt": gettext_lazy("Exempt from this check"),
    "done": gettext_lazy("Checked, agrees"),
    "declared": gettext_lazy("License declared"),
    "result": gettext_lazy("Good result recorded"),
    "open_here": gettext_lazy("Open to these goods"),
    "reported": gettext_lazy("Reported"),
    "timed_out": gettext_lazy("Out of time, written down"),
    "stated": gettext_lazy("Stated"),
}
WHO: dict[str, tuple[Promise, str]] = {
    "duties": (gettext_lazy("Declarant: payment or guarantee"), "revenue:money"),
    "documents": (gettext_lazy("Clearance officer: document check"), "control:documents"),
    "goods": (gettext_lazy("Inspectors: goods inspection"), "control:inspection"),
    "licence": (gettext_lazy("Declarant: amendment"), ""),
    "quarantine": (gettext_lazy("Officer: result of the agency"), "control:specialized"),
    "specialized_inspection": (gettext_lazy("Officer: result of the agency"), "control:specialized"),
    "prohibited": (gettext_lazy("Nobody: the goods stay"), ""),
    "gate": (gettext_lazy("Declarant: amendment of the gate"), ""),
    "checks": (gettext_lazy("The system reports by itself"), ""),
    "preservation_result": (gettext_lazy("Officer: result of the agency"), "control:preservation"),
    "final_result": (gettext_lazy("Clearance officer: with the clearance"), ""),
}
"""Who meets a condition, and the page where it is done."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A condition as a page shows it. `url_name` leads to whoever does it, for those who may go there."""

    name: str
    met: bool
    text: str
    remedy: str
    code: str
    source: str
    verified: bool
    who: str
    url_name: str


def told_conditions(actor: Actor, stand: Stand, purpose: Purpose) -> list[Told]:
    """The conditions in the reader's language, what is missing first. Which checks run stays with customs."""
    found = conditions_for(stand, purpose).conditions
    is_officer = any(actor.holds(role, stand.office) for role in READERS)
    shown = found if is_officer else _for_traders(found)
    return sorted((_told(one, stand, is_officer=is_officer) for one in shown), key=lambda one: one.met)


def shown_fault(fault: Fault) -> Fault:
    """A fault with its dong grouped as the reader's language does it."""
    values = {
        name: number_format(Decimal(value), use_l10n=True, force_grouping=True) if name.endswith("_vnd") else value
        for name, value in fault.values.items()
    }
    return msgspec.structs.replace(fault, values=values)


def _for_traders(found: Iterable[Condition]) -> list[Condition]:
    """Checks that the program makes are one line without their names, and only while they hold the goods."""
    kept, holding = [], False
    for one in found:
        if one.name != "checks":
            kept.append(one)
        elif not one.met and not holding:
            holding = True
            kept.append(msgspec.structs.replace(one, values={"check": _("customs")}, why="TQ-CTL-068"))
    return kept


def _told(one: Condition, stand: Stand, *, is_officer: bool) -> Told:
    language = get_language() or "vi"
    told = None if one.met else sentence(shown_fault(Fault(code=one.why, line=one.line, values=one.values)))
    who, url_name = WHO.get(one.name, ("", ""))
    how = HOW.get(one.why, one.why)
    place = _("line %(line)s") % {"line": one.line} if one.line else ""
    return Told(
        name=release_condition_name(one.name, law_day(stand), language),
        met=one.met,
        text=told.text if told else " · ".join(str(part) for part in (how, place, one.values.get("condition")) if part),
        remedy=told.remedy if told else "",
        code="" if one.met else one.why,
        source=one.source,
        verified=one.verified,
        who="" if one.met else str(who),
        url_name=url_name if is_officer or one.name == "duties" else "",
    )
