"""Verbs of the law desk: draft, try, propose, approve or return, discard, reverse."""

from thongquan.clearance.lawdesk.operations.approving import (
    approve_workbasket,
    propose_workbasket,
    return_workbasket,
)
from thongquan.clearance.lawdesk.operations.drafting import (
    add_changes,
    add_row,
    discard_workbasket,
    remove_change,
    start_workbasket,
)
from thongquan.clearance.lawdesk.operations.reversing import reverse_workbasket
from thongquan.clearance.lawdesk.operations.running import (
    ask_again,
    ask_dry_run,
    ask_file_dry_run,
    make_dry_run,
    take_up_stopped,
    try_changes,
)

__all__ = [
    "add_changes",
    "add_row",
    "approve_workbasket",
    "ask_again",
    "ask_dry_run",
    "ask_file_dry_run",
    "discard_workbasket",
    "make_dry_run",
    "propose_workbasket",
    "remove_change",
    "return_workbasket",
    "reverse_workbasket",
    "start_workbasket",
    "take_up_stopped",
    "try_changes",
]
