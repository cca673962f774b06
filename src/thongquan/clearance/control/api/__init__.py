"""Control over HTTP."""

from __future__ import annotations

from ninja import Router

from thongquan.clearance.control.api.checks import router as checks
from thongquan.clearance.control.api.release import router as release

router = Router(tags=["control"])
router.add_router("", checks)
router.add_router("", release)

__all__ = ["router"]
