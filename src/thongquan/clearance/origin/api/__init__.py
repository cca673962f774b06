"""Certificates of origin over HTTP, a router for each part of the room."""

from ninja import Router

from thongquan.base.accounts.auth import api_auth, api_throttle
from thongquan.clearance.origin.api import certificates, entry, outbound, verification

router = Router(tags=["origin"], auth=api_auth, throttle=api_throttle)
router.add_router("", certificates.router)
router.add_router("", entry.router)
router.add_router("", outbound.router)
router.add_router("", verification.router)
