"""What can be done with files."""

from thongquan.base.attachments.operations.filing import attach, detach, file_papers, open_original, store_file
from thongquan.base.attachments.operations.keeping import keep_reading, read_next

__all__ = ["attach", "detach", "file_papers", "keep_reading", "open_original", "read_next", "store_file"]
