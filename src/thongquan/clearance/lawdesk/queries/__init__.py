"""Workbaskets and dry runs as typed frozen values, for those who may see the law desk."""

from thongquan.clearance.lawdesk.queries.baskets import (
    BasketFile,
    BasketRow,
    ChangeRow,
    EventRow,
    basket_file,
    baskets,
    count_waiting,
    may_see_subject,
)
from thongquan.clearance.lawdesk.queries.runs import (
    BreakRow,
    RunFile,
    dry_run_file,
    latest_run,
    loose_runs,
    past_batches,
)

__all__ = [
    "BasketFile",
    "BasketRow",
    "BreakRow",
    "ChangeRow",
    "EventRow",
    "RunFile",
    "basket_file",
    "baskets",
    "count_waiting",
    "dry_run_file",
    "latest_run",
    "loose_runs",
    "may_see_subject",
    "past_batches",
]
