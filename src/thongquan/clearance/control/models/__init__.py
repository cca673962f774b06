"""What control keeps: checks, inspections and their findings; changes of channel, release, slips."""

from thongquan.clearance.control.models.checks import CheckPoint, DocumentCheck
from thongquan.clearance.control.models.duty import DutyTurn
from thongquan.clearance.control.models.inspections import (
    Assignment,
    Finding,
    InspectedLine,
    Inspection,
    Signature,
)
from thongquan.clearance.control.models.samples import Sample, SpecializedInspection

__all__ = [
    "Assignment",
    "CheckPoint",
    "DocumentCheck",
    "DutyTurn",
    "Finding",
    "InspectedLine",
    "Inspection",
    "Sample",
    "Signature",
    "SpecializedInspection",
]
