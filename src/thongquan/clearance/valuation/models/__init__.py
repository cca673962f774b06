"""What the room keeps: copies of declared prices, their bands, reference prices, consultations."""

from thongquan.clearance.valuation.models.consultations import (
    Consultation,
    Determination,
    Happening,
    Question,
    Reassessed,
)
from thongquan.clearance.valuation.models.prices import PriceBand, PricedLine, ReferencePrice

__all__ = [
    "Consultation",
    "Determination",
    "Happening",
    "PriceBand",
    "PricedLine",
    "Question",
    "Reassessed",
    "ReferencePrice",
]
