"""What can be done with parcels. Each operation: permission first, one transaction, one ledger row, one message."""

from thongquan.clearance.express.operations.carriers import end_carrier, register_carrier
from thongquan.clearance.express.operations.checking import decide_parcel
from thongquan.clearance.express.operations.judging import judge_next
from thongquan.clearance.express.operations.receiving import Opened, add_part, forget_abandoned, open_batch
from thongquan.clearance.express.operations.releasing import release_settled

__all__ = [
    "Opened",
    "add_part",
    "decide_parcel",
    "end_carrier",
    "forget_abandoned",
    "judge_next",
    "open_batch",
    "register_carrier",
    "release_settled",
]
