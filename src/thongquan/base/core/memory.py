"""What a serving process does once it is loaded: nothing loaded so far is garbage, so it is not looked at again.

Without this every full collection walks all of Django and the law of the day, in the middle of a request or a batch.
"""

from __future__ import annotations

import gc

OFTEN, MIDDLE, FULL = 20_000, 20, 50
"""Allocations before a young collection; young ones before a middle one; middle ones before a full one."""


def settle() -> None:
    """Collect once, keep what is left out of later collections, and collect less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OFTEN, MIDDLE, FULL)
