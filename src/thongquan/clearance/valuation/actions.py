"""What the room of values adds to the page of a declaration."""

from __future__ import annotations

from thongquan.clearance.declarations.actions import Panel
from thongquan.clearance.valuation.panels import consultation_panel, prices_panel

PANELS = [
    Panel("valuation/_prices.html", prices_panel),
    Panel("valuation/_panel.html", consultation_panel, place="aside"),
]
