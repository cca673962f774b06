"""Tables of this room, a file for each of its parts."""

from thongquan.clearance.classification.models.attributes import DecidingAttribute
from thongquan.clearance.classification.models.precedents import Precedent, PrecedentMet
from thongquan.clearance.classification.models.rulings import Ruling, RulingEvent
from thongquan.clearance.classification.models.suggestion import SuggestionModel, SuggestionSheet

__all__ = [
    "DecidingAttribute",
    "Precedent",
    "PrecedentMet",
    "Ruling",
    "RulingEvent",
    "SuggestionModel",
    "SuggestionSheet",
]
