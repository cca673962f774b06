"""Proofs of origin that are awaited, on the page of their declaration: the panel, and whether one may be filed."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.clocking import basis_of, clock_html
from thongquan.clearance.declarations.permissions import may
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.declarations.queries.late import Awaited, awaited_of
from thongquan.clearance.declarations.states import STEPS, State, Step

KINDS: dict[str, Promise] = {
    "announced": _("Announced when it was lodged"),
    "redetermined": _("For the code that customs determined anew"),
    "differing": _("For another code on the certificate"),
    "doubted": _("Certificate in doubt, taxed at MFN meanwhile"),
}
OUTCOMES: dict[str, Promise] = {
    "": pgettext_lazy("proof of origin", "Awaited"),
    "filed": pgettext_lazy("proof of origin", "Filed, waits for an officer"),
    "granted": pgettext_lazy("proof of origin", "Preference granted"),
    "lapsed": pgettext_lazy("proof of origin", "Did not come in time"),
    "dropped": pgettext_lazy("proof of origin", "No longer announced"),
}
MEANWHILE: dict[bool, Promise] = {
    True: _("The difference of duty is guaranteed until then."),
    False: _("Duty is paid without the preference; the excess is paid back when the proof is accepted."),
}


def told(one: Awaited) -> dict[str, Any]:
    """An awaited proof in words."""
    runs = one.due is not None and one.due.clock.stopped_at is None
    return {
        "one": one,
        "kind": KINDS[one.kind],
        "outcome": OUTCOMES[one.outcome],
        "clock": clock_html(one.due) if runs else None,
        "basis": basis_of(one.due.clock) if one.due else "",
        "meanwhile": MEANWHILE[one.guaranteed] if one.kind == "announced" and not one.outcome else "",
    }


def panel(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """The proofs of a declaration with their clocks; None where none was ever awaited."""
    rows = [told(one) for one in awaited_of(number=stand.number, at=now()) if one.outcome != "dropped"]
    return {"rows": rows, "number": stand.number, "files": awaits_proof(actor, stand)} if rows else None


def awaits_proof(actor: Actor, stand: Stand) -> bool:
    """Whether this person may file a proof that is still awaited."""
    rule = STEPS[Step.FILE_LATE]
    if State(stand.state) not in rule.moves:
        return False
    if not may(actor, rule.who, office=stand.office, tax_code=stand.tax_code):
        return False
    return any(not one.outcome for one in awaited_of(number=stand.number, at=now()))
