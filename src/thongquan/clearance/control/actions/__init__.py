"""What control adds to the declaration page: buttons and panels, in the order of the work."""

from __future__ import annotations

from thongquan.clearance.control.actions import checks, release

ACTIONS = [*checks.ACTIONS, *release.ACTIONS]
PANELS = [*checks.PANELS, *release.PANELS]
