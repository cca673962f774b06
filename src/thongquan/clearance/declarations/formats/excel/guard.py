"""The walls around a workbook; they stand in `base.core.workbooks`, where rooms below use them too."""

from thongquan.base.core.workbooks import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ENTRIES,
    MAX_ROWS,
    MAX_UNPACKED,
    checked_archive,
)

__all__ = ["MAX_BYTES", "MAX_COLUMNS", "MAX_ENTRIES", "MAX_ROWS", "MAX_UNPACKED", "checked_archive"]
