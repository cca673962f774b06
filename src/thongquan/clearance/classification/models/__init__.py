"""Tables of this room, a file for each of its parts."""

from thongquan.clearance.classification.models.attributes import DecidingAttribute
from thongquan.clearance.classification.models.cases import Case, CaseRequest, CaseStep, Member
from thongquan.clearance.classification.models.findings import Finding, Label
from thongquan.clearance.classification.models.lines import DeclaredLine, Feature, Goods, Searched
from thongquan.clearance.classification.models.precedents import Precedent, PrecedentMet
from thongquan.clearance.classification.models.rulings import Ruling, RulingEvent
from thongquan.clearance.classification.models.suggestion import SuggestionModel, SuggestionSheet

__all__ = [
    "Case",
    "CaseRequest",
    "CaseStep",
    "DecidingAttribute",
    "DeclaredLine",
    "Feature",
    "Finding",
    "Goods",
    "Label",
    "Member",
    "Precedent",
    "PrecedentMet",
    "Ruling",
    "RulingEvent",
    "Searched",
    "SuggestionModel",
    "SuggestionSheet",
]
