"""Words of the room of risk: levels, ranks, grounds, states and steps."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LEVELS: dict[int | None, Promise] = {
    1: pgettext_lazy("compliance", "Priority"),
    2: pgettext_lazy("compliance", "Very high"),
    3: pgettext_lazy("compliance", "High"),
    4: pgettext_lazy("compliance", "Medium"),
    5: pgettext_lazy("compliance", "Non-compliant"),
    None: pgettext_lazy("compliance", "Not reckoned"),
}
RANKS: dict[int, Promise] = {
    1: pgettext_lazy("risk rank", "Priority"),
    2: pgettext_lazy("risk rank", "Very low risk"),
    3: pgettext_lazy("risk rank", "Low risk"),
    4: pgettext_lazy("risk rank", "Medium risk"),
    5: pgettext_lazy("risk rank", "High risk"),
    6: pgettext_lazy("risk rank", "Very high risk"),
    7: _("No trade in the window, no violations"),
    8: _("No trade in the window, other violations"),
    9: _("No trade in the window, violations of Annex VI"),
}
GROUNDS: dict[str, Promise] = {
    "priority": _("Recognized as a priority enterprise."),
    "grave": _("Violations of Annex VI group I decided in the last {n} days: {acts}."),
    "recovering": _("The non-compliant level is held for {n} clean days, until {until}."),
    "no_trade": _("Nothing was declared in the last {n} days."),
    "one_step": _("The non-compliant level is left by one step."),
    "declarations": _("Declarations in the window: {had}; asked: {asked}."),
    "acts": _("Violations in the window: {had}; allowed: {asked}."),
    "nothing_overdue": _("No duty is overdue."),
    "few_declarations": _("Declarations in the window: {had}; the next level asks for {asked}."),
    "many_acts": _("Violations in the window: {had}; the next level allows {asked}."),
    "overdue": _("Duty is overdue: {amount}."),
    "stay_clean": _("With no violation of Annex VI group I until {on}, the level becomes “{level}”."),
    "trade_again": _("The level is reckoned once something is declared again."),
    "declare_more": _("Declarations still missing in the window for “{level}”: {more}."),
    "pay_overdue": _("Pay what is overdue, {amount}, to reach “{level}”."),
    "acts_leave": _("With no further violation, the older ones no longer count from {on}: then “{level}” is open."),
    "next_reckoning": _("The next reckoning, on {on}, starts from this level."),
}
CONDITIONS: dict[str, Promise] = {
    "known_days": _("Days since the first declaration"),
    "acts_in_days": _("Violations in that time"),
    "turnover": _("Value declared in the window (VND)"),
    "overdue": _("Duty overdue (VND)"),
}
PROFILE_STATES: dict[str, Promise] = {
    "draft": pgettext_lazy("profile", "Draft"),
    "proposed": pgettext_lazy("profile", "Waits for approval"),
    "live": pgettext_lazy("profile", "Live"),
    "retiring": pgettext_lazy("profile", "Live, retirement proposed"),
    "retired": pgettext_lazy("profile", "Retired"),
    "discarded": pgettext_lazy("profile", "Discarded"),
}
PROFILE_STEPS: dict[str, Promise] = {
    "start": _("Draft begun"),
    "edit": _("Draft changed"),
    "try": _("Dry run asked for"),
    "propose": _("Given for approval"),
    "return": _("Returned to the drafter"),
    "approve": _("Approved, live"),
    "discard": _("Draft discarded"),
    "propose_end": _("Retirement proposed by the program"),
    "keep": _("Kept"),
    "retire": _("Retired by a person"),
    "revise": _("Revision begun"),
    "pause": _("Paused for the day: the cap was reached"),
    "miss": _("The expected share is missed"),
}
FACTS: dict[str, Promise] = {
    "flow": _("“import” or “export”"),
    "regime": _("regime"),
    "office": _("office of declaration"),
    "gate": _("border gate"),
    "transport": _("mode of transport"),
    "dispatch": _("country of dispatch"),
    "trader": _("tax code of the trader"),
    "agent": _("tax code of the agent"),
    "counterpart": _("foreign party, folded"),
    "vehicle": _("vehicle"),
    "currency": _("currency of the invoice"),
    "payment": _("way of payment"),
    "invoice_value_vnd": _("value of the invoice in dong"),
    "gross_weight_kg": _("gross weight in kilograms"),
    "packages": _("number of packages"),
    "lines": _("number of lines"),
    "hour": _("hour of lodging, 0 to 23"),
    "weekday": _("weekday, 1 Monday to 7 Sunday"),
    "level": _("compliance level, 0 not reckoned"),
    "rank": _("risk rank, 0 not reckoned"),
    "priority": _("whether a priority enterprise"),
    "known_days": _("days since the trader's first declaration"),
    "declarations_365": _("declarations of the trader in 365 days"),
    "checked_365": _("of these, checked"),
    "found_365": _("of these, something found"),
    "acts_365": _("decided violations in 365 days"),
    "proof_issuer_verified": _("certificates of the same issuing authority verified before"),
    "proof_issuer_refused": _("of these, refused, whole or in part"),
    "proof_exporter_verified": _("certificates of the same exporter verified before"),
    "proof_exporter_refused": _("of these, refused, whole or in part"),
}
GOODS_FACTS: dict[str, Promise] = {
    "hs": _("code of the goods"),
    "origin": _("origin"),
    "unit": _("unit of quantity"),
    "schedule": _("tariff schedule"),
    "description": _("description, folded"),
    "value_vnd": _("value of the line in dong"),
    "quantity": _("quantity"),
    "net_weight_kg": _("net weight in kilograms"),
    "unit_value_vnd": _("dong per unit, 0 unknown"),
    "kg_value_vnd": _("dong per kilogram, 0 unknown"),
}
GROUP_KINDS: dict[str, Promise] = {
    "size": _("Size of the enterprise"),
    "newness": _("How long it is known"),
    "origin": _("Country of origin"),
    "gate": _("Office of the gate"),
}
GROUPS: dict[str, Promise] = {
    "few": _("fewer than 10 declarations"),
    "some": _("10 to 99 declarations"),
    "many": _("100 declarations or more"),
    "new": _("known for less than 90 days"),
    "young": _("known for 90 to 364 days"),
    "old": _("known for a year or longer"),
}
