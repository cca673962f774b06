"""The Excel door: a template to fill in, its reading by cell, and tables to take away."""

from __future__ import annotations

from thongquan.base.core.tables import csv_table, excel_table
from thongquan.base.core.workbooks import checked_archive
from thongquan.clearance.declarations.formats.excel.reading import Workbook, read_workbook
from thongquan.clearance.declarations.formats.excel.template import blank_workbook

__all__ = ["Workbook", "blank_workbook", "checked_archive", "csv_table", "excel_table", "read_workbook"]
