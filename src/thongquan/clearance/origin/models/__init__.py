"""Tables of this room, a file for each of its parts."""

from thongquan.clearance.origin.models.certificates import Certificate, Check, Event, Item, Use

__all__ = ["Certificate", "Check", "Event", "Item", "Use"]
