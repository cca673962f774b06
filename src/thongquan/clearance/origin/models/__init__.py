"""Tables of this room, a file for each of its parts."""

from thongquan.clearance.origin.models.certificates import Certificate, Check, Event, Item, Use
from thongquan.clearance.origin.models.entry import Entry
from thongquan.clearance.origin.models.outbound import Outbound, OutboundCounter, OutboundEvent
from thongquan.clearance.origin.models.specimens import Specimen
from thongquan.clearance.origin.models.verification import (
    CaseEvent,
    CaseLetter,
    Consequence,
    Verification,
    VerificationDraw,
    Verified,
)

__all__ = [
    "CaseEvent",
    "CaseLetter",
    "Certificate",
    "Check",
    "Consequence",
    "Entry",
    "Event",
    "Item",
    "Outbound",
    "OutboundCounter",
    "OutboundEvent",
    "Specimen",
    "Use",
    "Verification",
    "VerificationDraw",
    "Verified",
]
