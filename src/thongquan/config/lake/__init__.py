"""The join of the lake to the program: rows through the queries of the rooms, messages through the outbox."""

from thongquan.config.lake.following import CONSUMER, KINDS, follow
from thongquan.config.lake.place import lake

__all__ = ["CONSUMER", "KINDS", "follow", "lake"]
