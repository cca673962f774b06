"""States of a batch, in the order of its life."""

from __future__ import annotations

from enum import StrEnum


class BatchState(StrEnum):
    """`receiving` until every byte is here, `waiting` for the worker, `working`, then `judged`; or `refused` whole."""

    RECEIVING = "receiving"
    WAITING = "waiting"
    WORKING = "working"
    JUDGED = "judged"
    REFUSED = "refused"


QUEUED = (BatchState.WAITING, BatchState.WORKING)
LIVE = (BatchState.RECEIVING, *QUEUED, BatchState.JUDGED)
