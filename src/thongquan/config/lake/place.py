"""Where the lake of this installation lies: each realm has its own."""

from __future__ import annotations

from thongquan.config import environment
from thongquan.lake.files import Lake


def lake() -> Lake:
    """The lake under the data directory, or where `TQ_LAKE_DIR` says."""
    return Lake(environment.lake_dir())
