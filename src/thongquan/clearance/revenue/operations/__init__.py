"""What can be done with money. Each operation: permission first, one transaction, one ledger row, one message."""

from thongquan.clearance.revenue.operations.assessing import (
    assess,
    note_release,
    post_fine,
    void_fine,
    void_liability,
)
from thongquan.clearance.revenue.operations.guaranteeing import (
    Proposal,
    accept_guarantee,
    close_guarantee,
    guarantee_liability,
    propose_guarantee,
    refuse_guarantee,
)
from thongquan.clearance.revenue.operations.opening import book_lodged

__all__ = [
    "Proposal",
    "accept_guarantee",
    "assess",
    "book_lodged",
    "close_guarantee",
    "guarantee_liability",
    "note_release",
    "post_fine",
    "propose_guarantee",
    "refuse_guarantee",
    "void_fine",
    "void_liability",
]
