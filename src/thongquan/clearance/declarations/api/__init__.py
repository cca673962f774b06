"""Declarations over HTTP. Bodies are the typed document of `rules.document`; money is written as strings."""

from ninja import Router

from thongquan.clearance.declarations.api.changing import router as changing
from thongquan.clearance.declarations.api.incomplete import router as incomplete
from thongquan.clearance.declarations.api.late import router as late
from thongquan.clearance.declarations.api.lodging import router as lodging
from thongquan.clearance.declarations.api.preregistered import router as preregistered
from thongquan.clearance.declarations.api.templates import router as templates

router = Router(tags=["declarations"])
router.add_router("/preregistered", preregistered)
router.add_router("/templates", templates)
router.add_router("", incomplete)  # before those whose paths begin with a number
router.add_router("", late)
router.add_router("", lodging)
router.add_router("", changing)

__all__ = ["router"]
