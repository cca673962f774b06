"""What the room keeps: its copy of declarations and acts, compliance, lists of goods, profiles."""

from thongquan.clearance.risk.models.compliance import Compliance, Reckoning
from thongquan.clearance.risk.models.copies import DecidedAct, Lodged, LodgedLine
from thongquan.clearance.risk.models.goods import ListedGoods, RiskList
from thongquan.clearance.risk.models.profiles import LiveSet, Profile, ProfileEvent, ProfileRun

__all__ = [
    "Compliance",
    "DecidedAct",
    "ListedGoods",
    "LiveSet",
    "Lodged",
    "LodgedLine",
    "Profile",
    "ProfileEvent",
    "ProfileRun",
    "Reckoning",
    "RiskList",
]
