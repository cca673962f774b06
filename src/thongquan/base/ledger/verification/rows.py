"""One entry against its own leaf and against the hash that stands in the tree."""

from __future__ import annotations

from thongquan.base.ledger.lines import Sealed
from thongquan.base.ledger.verification.report import Finding


def row_finding(line: Sealed) -> Finding | None:
    """What is wrong with this row, None when content, leaf and tree agree."""
    if line.xid is None:
        what = "was deleted: its leaf is there, its row is not"
        return Finding(kind="deleted", what=what, index=line.index, entry_id=line.id)
    recomputed = line.recomputed()
    if recomputed == line.hash == line.leaf:
        return None
    return Finding(kind="altered", what=_difference(recomputed, line), index=line.index, entry_id=line.id)


def _difference(recomputed: str, line: Sealed) -> str:
    if recomputed == line.hash:
        return "was altered: its leaf hash is not that of its content"
    if recomputed == line.leaf:
        return "was altered: content and leaf hash were replaced together, the tree still has the old one"
    if line.leaf == line.hash:
        return "was altered: its content no longer gives its leaf hash"
    return "was altered: content, leaf hash and tree all differ"
