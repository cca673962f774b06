"""Verbs of residents' forms. Each: permission first, one transaction; every step one ledger row and one message."""

from thongquan.clearance.residents.operations.forms import prepare_form, register_form
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

__all__ = [
    "admit_form",
    "cancel_form",
    "inspect_goods",
    "let_form_out",
    "order_inspection",
    "prepare_form",
    "refuse_form",
    "register_form",
    "release_form",
    "take_cash",
]
