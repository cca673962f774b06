"""The HTTP API: one OpenAPI document over every room's router."""

from __future__ import annotations

from ninja import NinjaAPI

from thongquan import __version__
from thongquan.clearance.declarations.api import router as declarations
from thongquan.clearance.declarations.openapi import COMPONENTS
from thongquan.clearance.tariff.api import router as law
from thongquan.config.answers import answer_errors

api = NinjaAPI(
    title="Thông Quan",
    version=__version__,
    description="Lodge declarations, get explained decisions, read the law of a day.",
    docs_url="docs",
    urls_namespace="api",
    openapi_extra={"components": {"schemas": COMPONENTS}},
)
api.add_router("/declarations", declarations)
api.add_router("/law", law)
answer_errors(api)
