"""Risk over HTTP, a router for each part of the room."""

from ninja import Router

from thongquan.base.accounts.auth import api_auth, api_throttle
from thongquan.clearance.risk.api import compliance, models, profiles

router = Router(tags=["risk"], auth=api_auth, throttle=api_throttle)
router.add_router("", compliance.router)
router.add_router("", profiles.router)
router.add_router("", models.router)
