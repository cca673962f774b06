"""The queues of those who work on declarations: their pages, their live counts, and what comes next."""

from thongquan.clearance.declarations.queries.queueing.counting import (
    MOST,
    Count,
    OfficerLoad,
    count_in_queue,
    load_by_officer,
    queue_counts,
)
from thongquan.clearance.declarations.queries.queueing.pages import (
    Cursor,
    Page,
    QueueRow,
    next_in_queue,
    officer_of,
    only_waiting,
    queue_page,
    rows_of_numbers,
)
from thongquan.clearance.declarations.queries.queueing.queues import (
    SOON_CUSTOMS,
    SOON_TRADER,
    Queue,
    default_queue,
    is_for_traders,
    queues_of,
)

__all__ = [
    "MOST",
    "SOON_CUSTOMS",
    "SOON_TRADER",
    "Count",
    "Cursor",
    "OfficerLoad",
    "Page",
    "Queue",
    "QueueRow",
    "count_in_queue",
    "default_queue",
    "is_for_traders",
    "load_by_officer",
    "next_in_queue",
    "officer_of",
    "only_waiting",
    "queue_counts",
    "queue_page",
    "queues_of",
    "rows_of_numbers",
]
