"""What pages and other rooms may know of audits: selections for those who select, cases for those in them."""

from thongquan.clearance.postaudit.queries.cases import (
    AuditFile,
    AuditRow,
    Differed,
    Found,
    Happened,
    Objected,
    Requested,
    audit_file,
    audits_in_scope,
    audits_of_declaration,
    count_open,
    may_see_subject,
    standing_findings,
    worklist,
)
from thongquan.clearance.postaudit.queries.selections import (
    Chosen,
    SelectionFile,
    SelectionRow,
    candidates_for,
    selection_file,
    selections_in_scope,
)

__all__ = [
    "AuditFile",
    "AuditRow",
    "Chosen",
    "Differed",
    "Found",
    "Happened",
    "Objected",
    "Requested",
    "SelectionFile",
    "SelectionRow",
    "audit_file",
    "audits_in_scope",
    "audits_of_declaration",
    "candidates_for",
    "count_open",
    "may_see_subject",
    "selection_file",
    "selections_in_scope",
    "standing_findings",
    "worklist",
]
