"""Reading law: the snapshot that decisions use, and what the law pages show."""

from thongquan.clearance.tariff.queries.calendars import calendar_of, terms_of
from thongquan.clearance.tariff.queries.current import current_law, forget_law, law_at_version
from thongquan.clearance.tariff.queries.papers import RequiredPaper, required_documents
from thongquan.clearance.tariff.queries.snapshot import LawSnapshot

__all__ = [
    "LawSnapshot",
    "RequiredPaper",
    "calendar_of",
    "current_law",
    "forget_law",
    "law_at_version",
    "required_documents",
    "terms_of",
]
