"""What control keeps: checks, inspections and their findings; changes of channel, release, slips."""

from thongquan.clearance.control.models.channel import ChannelChange
from thongquan.clearance.control.models.checks import CheckPoint, DocumentCheck
from thongquan.clearance.control.models.duty import DutyTurn
from thongquan.clearance.control.models.inspections import (
    Assignment,
    Finding,
    InspectedLine,
    Inspection,
    Signature,
)
from thongquan.clearance.control.models.kept import KeptEntry
from thongquan.clearance.control.models.preservation import Preservation
from thongquan.clearance.control.models.reports import RequestedCheck
from thongquan.clearance.control.models.samples import Sample, SpecializedInspection
from thongquan.clearance.control.models.slips import ExitSlip, SlipUse

__all__ = [
    "Assignment",
    "ChannelChange",
    "CheckPoint",
    "DocumentCheck",
    "DutyTurn",
    "ExitSlip",
    "Finding",
    "InspectedLine",
    "Inspection",
    "KeptEntry",
    "Preservation",
    "RequestedCheck",
    "Sample",
    "Signature",
    "SlipUse",
    "SpecializedInspection",
]
