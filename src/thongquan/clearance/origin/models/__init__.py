"""Tables of this room, a file for each of its parts."""

from thongquan.clearance.origin.models.certificates import Certificate, Check, Event, Item, Use
from thongquan.clearance.origin.models.outbound import Outbound, OutboundCounter, OutboundEvent
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
    "Event",
    "Item",
    "Outbound",
    "OutboundCounter",
    "OutboundEvent",
    "Use",
    "Verification",
    "VerificationDraw",
    "Verified",
]
