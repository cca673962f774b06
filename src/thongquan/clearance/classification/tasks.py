"""Background work of codes for goods, a file for each of its parts."""

from thongquan.clearance.classification import suggesting_tasks

__all__ = ["suggesting_tasks"]
