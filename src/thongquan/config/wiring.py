"""What rooms must not know of each other is tied together here, once, at start-up."""

from __future__ import annotations

from thongquan.base.core.registry import registry
from thongquan.config.desks import DESKS, HOME_CARDS

registry.desks[:] = DESKS
registry.home_cards[:] = HOME_CARDS
