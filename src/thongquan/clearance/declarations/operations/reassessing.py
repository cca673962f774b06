"""What a declaration owes after an audit: lists and strip show the sum in force, as the books do.

Legal basis: Customs Law 54/2014/QH13 Art. 77-80; the recalculation itself is the audit's (`postaudit`).
"""

from __future__ import annotations

from decimal import Decimal

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.operations.steps import locked_declaration
from thongquan.clearance.declarations.permissions import check_may


def reassess(*, actor: Actor, subject: str, due_vnd: Decimal) -> None:
    """Show from now on that `due_vnd` dong are due on a declaration (`declaration:...`); its versions stay as decided.

    In the caller's transaction, which also writes the ledger and tells the books. Raises `NotFound`, `NotAllowed`.
    """
    declaration = locked_declaration(subject.partition(":")[2])
    check_may(actor, "postaudit.audit", office=declaration.office, tax_code=declaration.tax_code)
    declaration.due_vnd = due_vnd
    declaration.save(update_fields=["due_vnd"])
