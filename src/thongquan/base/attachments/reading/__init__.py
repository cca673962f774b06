"""Reading what strangers sent, in a process of its own."""

from thongquan.base.attachments.reading.run import answered, read_content, read_leaf
from thongquan.base.attachments.reading.shape import Found, Leaf, Reading

__all__ = ["Found", "Leaf", "Reading", "answered", "read_content", "read_leaf"]
