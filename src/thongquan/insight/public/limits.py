"""How often codes may be tried: far less often than pages may be read."""

from __future__ import annotations

from thongquan.base.accounts.throttle import ApiThrottle, within

track_throttle = ApiThrottle("TRACK_RATE_LIMIT")
few_tries = within(track_throttle)
"""A page where each try counts, right or wrong."""
