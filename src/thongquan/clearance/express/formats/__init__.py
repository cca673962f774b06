"""Files of parcels, read as they come: CSV and NDJSON, a record at a time, from any byte where one begins."""

from thongquan.clearance.express.formats.reading import CSV, Record, count_parcels, head_of, records
from thongquan.clearance.express.formats.source import MAX_LINE, Lines

__all__ = ["CSV", "MAX_LINE", "Lines", "Record", "count_parcels", "head_of", "records"]
