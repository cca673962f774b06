"""Verbs of a declaration: decide, lodge, keep drafts, move it along."""

from thongquan.clearance.declarations.operations.drafts import discard_draft, mark_lodged, save_draft, start_draft
from thongquan.clearance.declarations.operations.judging import decide_declaration
from thongquan.clearance.declarations.operations.lodging import Lodged, lodge_declaration
from thongquan.clearance.declarations.operations.presenting import file_documents, present_goods
from thongquan.clearance.declarations.operations.signing import lodge_signed
from thongquan.clearance.declarations.operations.steps import take_step

__all__ = [
    "Lodged",
    "decide_declaration",
    "discard_draft",
    "file_documents",
    "lodge_declaration",
    "lodge_signed",
    "mark_lodged",
    "present_goods",
    "save_draft",
    "start_draft",
    "take_step",
]
