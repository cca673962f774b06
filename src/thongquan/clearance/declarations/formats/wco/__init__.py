"""The WCO Data Model door: DEC 3.6 messages to the typed document and back. See `docs/wco-mapping.md`."""

from __future__ import annotations

from thongquan.base.core.xmlsource import Limits
from thongquan.clearance.declarations.formats.wco.compare import Difference, compare
from thongquan.clearance.declarations.formats.wco.reader import Read, read_declaration
from thongquan.clearance.declarations.formats.wco.writer import write_declaration

__all__ = ["Difference", "Limits", "Read", "compare", "read_declaration", "write_declaration"]
