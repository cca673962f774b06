"""What the room keeps: its copy of declarations and acts, compliance, lists of goods, profiles, models."""

from thongquan.clearance.risk.models.cases import CaseEvent, CaseItem, RiskCase
from thongquan.clearance.risk.models.compliance import Compliance, Reckoning
from thongquan.clearance.risk.models.copies import DecidedAct, Lodged, LodgedLine
from thongquan.clearance.risk.models.goods import ListedGoods, RiskList
from thongquan.clearance.risk.models.outcomes import DriftWeek, ModelRun, Outcome, TradeLine
from thongquan.clearance.risk.models.profiles import LiveSet, Profile, ProfileEvent, ProfileRun
from thongquan.clearance.risk.models.proofs import VerifiedProof
from thongquan.clearance.risk.models.registry import ModelAlarm, ModelEvent, ModelProposal, ModelVersion
from thongquan.clearance.risk.models.selection import DeclarationScore, NightPast, OfficeHour
from thongquan.clearance.risk.models.ties import Tie
from thongquan.clearance.risk.models.treatment import TreatmentAlarm, TreatmentReport

__all__ = [
    "CaseEvent",
    "CaseItem",
    "Compliance",
    "DecidedAct",
    "DeclarationScore",
    "DriftWeek",
    "ListedGoods",
    "LiveSet",
    "Lodged",
    "LodgedLine",
    "ModelAlarm",
    "ModelEvent",
    "ModelProposal",
    "ModelRun",
    "ModelVersion",
    "NightPast",
    "OfficeHour",
    "Outcome",
    "Profile",
    "ProfileEvent",
    "ProfileRun",
    "Reckoning",
    "RiskCase",
    "RiskList",
    "Tie",
    "TradeLine",
    "TreatmentAlarm",
    "TreatmentReport",
    "VerifiedProof",
]
