"""Money over HTTP: what is owed, guarantees and bank files; exemption lists; claims."""

from ninja import Router

from thongquan.clearance.revenue.api.claims import router as claims
from thongquan.clearance.revenue.api.exemptions import router as exemptions
from thongquan.clearance.revenue.api.money import router as money

router = Router(tags=["money"])
router.add_router("/exemptions", exemptions)
router.add_router("/claims", claims)
router.add_router("", money)

__all__ = ["router"]
