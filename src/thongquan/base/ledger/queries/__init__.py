"""What others may ask of the ledger."""

from thongquan.base.ledger.encoding import EntryValues, entry_values
from thongquan.base.ledger.queries.entries import (
    ACTION_REACH,
    EMPTY_PAGE,
    EntryFilters,
    EntryRow,
    LedgerPage,
    ledger_page,
)
from thongquan.base.ledger.queries.export import export_lines
from thongquan.base.ledger.queries.heads import Window, latest_head, recent_heads, signed_heads, unsealed_window
from thongquan.base.ledger.queries.proofs import inclusion_proofs

__all__ = [
    "ACTION_REACH",
    "EMPTY_PAGE",
    "EntryFilters",
    "EntryRow",
    "EntryValues",
    "LedgerPage",
    "Window",
    "entry_values",
    "export_lines",
    "inclusion_proofs",
    "latest_head",
    "ledger_page",
    "recent_heads",
    "signed_heads",
    "unsealed_window",
]
