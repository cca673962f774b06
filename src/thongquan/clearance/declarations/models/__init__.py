"""Tables of declarations, a file for each part."""

from thongquan.clearance.declarations.models.core import (
    ENDED,
    Declaration,
    Draft,
    Event,
    Line,
    Link,
    ListColumns,
    PreRegistration,
    Proposal,
    SearchCopy,
    Template,
    Version,
)
from thongquan.clearance.declarations.models.late import LateProof

__all__ = [
    "ENDED",
    "Declaration",
    "Draft",
    "Event",
    "LateProof",
    "Line",
    "Link",
    "ListColumns",
    "PreRegistration",
    "Proposal",
    "SearchCopy",
    "Template",
    "Version",
]
