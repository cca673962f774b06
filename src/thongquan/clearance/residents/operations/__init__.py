"""Verbs of residents' forms. Each: permission first, one transaction; every step one ledger row and one message."""

from thongquan.clearance.residents.operations.erasing import erase_old, erase_resident
from thongquan.clearance.residents.operations.forms import prepare_form, register_form
from thongquan.clearance.residents.operations.gathering import (
    gather_forms,
    lodge_collection,
    open_collection,
    withdraw_collection,
)
from thongquan.clearance.residents.operations.handling import (
    admit_form,
    cancel_form,
    inspect_goods,
    let_form_out,
    order_inspection,
    refuse_form,
    release_form,
    take_cash,
)
from thongquan.clearance.residents.operations.looking import look_at_carriers
from thongquan.clearance.residents.operations.vehicles import note_arrival, note_departure

__all__ = [
    "admit_form",
    "cancel_form",
    "erase_old",
    "erase_resident",
    "gather_forms",
    "inspect_goods",
    "let_form_out",
    "lodge_collection",
    "look_at_carriers",
    "note_arrival",
    "note_departure",
    "open_collection",
    "order_inspection",
    "prepare_form",
    "refuse_form",
    "register_form",
    "release_form",
    "take_cash",
    "withdraw_collection",
]
