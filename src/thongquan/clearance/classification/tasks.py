"""Background work of codes for goods, a file for each of its parts."""

from thongquan.clearance.classification import indexing_tasks, suggesting_tasks

__all__ = ["indexing_tasks", "suggesting_tasks"]
