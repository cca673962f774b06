"""Reading law: the snapshot that decisions use, and what the law pages show."""

from thongquan.clearance.tariff.queries.current import current_law, forget_law, law_at_version
from thongquan.clearance.tariff.queries.snapshot import LawSnapshot

__all__ = ["LawSnapshot", "current_law", "forget_law", "law_at_version"]
