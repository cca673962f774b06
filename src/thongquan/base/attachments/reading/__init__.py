"""Reading what strangers sent, in a process of its own."""

from thongquan.base.attachments.reading.run import read_content
from thongquan.base.attachments.reading.shape import Found, Reading

__all__ = ["Found", "Reading", "read_content"]
