"""Codes for goods over HTTP, a router for each part of the room."""

from ninja import Router

from thongquan.base.accounts.auth import api_auth, api_throttle
from thongquan.clearance.classification.api import attributes, cases, precedents, rulings, suggesting, warning

router = Router(tags=["classification"], auth=api_auth, throttle=api_throttle)
router.add_router("", cases.router)
router.add_router("", attributes.router)
router.add_router("", precedents.router)
router.add_router("", rulings.router)
router.add_router("", warning.router)
router.add_router("", suggesting.router)
