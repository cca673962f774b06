"""What states, steps, purposes and fields of residents' forms are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongquan.clearance.residents.states import State, Step

STATES: dict[str, object] = {
    State.PREPARED: pgettext_lazy("short form", "Prepared"),
    State.REGISTERED: pgettext_lazy("short form", "Registered"),
    State.INSPECTED: pgettext_lazy("short form", "Inspected"),
    State.HELD: pgettext_lazy("short form", "Held, goods differ"),
    State.PAID: pgettext_lazy("short form", "Paid"),
    State.RELEASED: pgettext_lazy("short form", "Released"),
    State.AT_MARKET: pgettext_lazy("short form", "At the market"),
    State.COLLECTED: pgettext_lazy("short form", "Gathered by a merchant"),
    State.FREED: pgettext_lazy("short form", "Cleared with the merchant's declaration"),
    State.EXITED: pgettext_lazy("short form", "Left the border area"),
    State.REFUSED: pgettext_lazy("short form", "Refused"),
    State.CANCELLED: pgettext_lazy("short form", "Cancelled"),
}
STEPS: dict[str, object] = {
    Step.PREPARE: _("Prepared on a phone"),
    Step.REGISTER: _("Registered"),
    Step.ORDER_INSPECTION: _("Inspection ordered"),
    Step.INSPECT: _("Inspected, goods agree"),
    Step.HOLD: _("Inspected, goods differ"),
    Step.PAY: _("Paid"),
    Step.RELEASE: _("Released"),
    Step.ADMIT: _("Admitted to the market, not inland"),
    Step.COLLECT: _("Handed over to a merchant"),
    Step.GIVE_BACK: _("Given back by the merchant"),
    Step.FREE: _("Cleared with the merchant's declaration"),
    Step.EXIT: _("Left the border area"),
    Step.REFUSE: _("Refused"),
    Step.CANCEL: _("Cancelled"),
}
FLOWS: dict[str, object] = {"import": _("Import"), "export": _("Export")}
PURPOSES: dict[str, object] = {"own": _("Own production or consumption"), "resale": _("Resale to a merchant")}
KINDS: dict[str, object] = {"card": _("Citizen card"), "pass": _("Border pass")}
FORMS = {"import": "HQ2019/TKNKBG", "export": "HQ2019/TKXKBG"}
LISTS: dict[str, object] = {
    "open": pgettext_lazy("collection list", "Open"),
    "lodged": pgettext_lazy("collection list", "Declared"),
    "cleared": pgettext_lazy("collection list", "Cleared"),
    "withdrawn": pgettext_lazy("collection list", "Withdrawn"),
}
TAXES: dict[str, object] = {
    "import_duty": _("Import duty"),
    "export_duty": _("Export duty"),
    "anti_dumping": _("Anti-dumping duty"),
    "countervailing": _("Countervailing duty"),
    "safeguard": _("Safeguard duty"),
    "sct": _("Special consumption tax"),
    "ept": _("Environmental protection tax"),
    "vat": _("Value added tax"),
}
FIELDS: dict[str, object] = {
    "number": _("Number of the document"),
    "other_number": _("Number of the second document"),
    "full_name": _("Full name"),
    "commune": _("Commune in the border area"),
    "quantity": _("Quantity"),
    "value": _("Value"),
    "plate": _("Plate"),
    "words": _("Reason"),
    "purpose": _("Purpose"),
    "driver": _("Driver"),
    "gross_weight_kg": _("Gross weight"),
    "packages": _("Packages"),
}
SAME: dict[str, object] = {
    "plate": _("Same truck"),
    "phone": _("Same phone"),
    "buyer": _("Same buyer"),
    "hour": _("Same hour"),
}
