"""Verbs of a declaration: decide, lodge, keep drafts."""

from thongquan.clearance.declarations.operations.drafts import discard_draft, mark_lodged, save_draft, start_draft
from thongquan.clearance.declarations.operations.judging import decide_declaration
from thongquan.clearance.declarations.operations.lodging import Lodged, lodge_declaration

__all__ = [
    "Lodged",
    "decide_declaration",
    "discard_draft",
    "lodge_declaration",
    "mark_lodged",
    "save_draft",
    "start_draft",
]
