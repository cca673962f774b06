"""Reading what strangers sent, in a process of its own."""

from thongquan.base.attachments.reading.run import read_content, read_leaf
from thongquan.base.attachments.reading.shape import Found, Leaf, Reading

__all__ = ["Found", "Leaf", "Reading", "read_content", "read_leaf"]
