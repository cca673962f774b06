"""What is owed and how it was met, which goods are exempt by list, and what is asked back."""

from thongquan.clearance.revenue.models.books import (
    BankLine,
    BankStatement,
    Debt,
    Guarantee,
    JournalEntry,
    Liability,
    Posting,
    Reservation,
)
from thongquan.clearance.revenue.models.exemptions import ExemptionLine, ExemptionList, ExemptionUse
from thongquan.clearance.revenue.models.refunds import Claim

__all__ = [
    "BankLine",
    "BankStatement",
    "Claim",
    "Debt",
    "ExemptionLine",
    "ExemptionList",
    "ExemptionUse",
    "Guarantee",
    "JournalEntry",
    "Liability",
    "Posting",
    "Reservation",
]
