"""The HTTP API: one OpenAPI document over every room's router."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from thongquan import __version__
from thongquan.base.attachments.api import router as files
from thongquan.base.attachments.schemas import COMPONENTS as FILE_COMPONENTS
from thongquan.base.notices.api import router as webhooks
from thongquan.base.notices.schemas import COMPONENTS as WEBHOOK_COMPONENTS
from thongquan.clearance.casework.api import router as questions
from thongquan.clearance.casework.schemas import COMPONENTS as QUESTION_COMPONENTS
from thongquan.clearance.classification.api import router as classification
from thongquan.clearance.classification.api.rulings import published_router
from thongquan.clearance.classification.ruling_schemas import COMPONENTS as RULING_COMPONENTS
from thongquan.clearance.classification.suggesting_schemas import COMPONENTS as SUGGESTING_COMPONENTS
from thongquan.clearance.classification.two_code_schemas import COMPONENTS as TWO_CODE_COMPONENTS
from thongquan.clearance.control.api import router as control
from thongquan.clearance.control.openapi import COMPONENTS as CONTROL_COMPONENTS
from thongquan.clearance.declarations.api import router as declarations
from thongquan.clearance.declarations.openapi import COMPONENTS
from thongquan.clearance.express.api import router as express
from thongquan.clearance.origin.api import router as origin
from thongquan.clearance.origin.outbound_schemas import COMPONENTS as OUTBOUND_COMPONENTS
from thongquan.clearance.origin.schemas import COMPONENTS as ORIGIN_COMPONENTS
from thongquan.clearance.origin.verification_schemas import COMPONENTS as VERIFICATION_COMPONENTS
from thongquan.clearance.residents.api import router as residents
from thongquan.clearance.residents.openapi import COMPONENTS as RESIDENT_COMPONENTS
from thongquan.clearance.revenue.api import router as money
from thongquan.clearance.revenue.claim_schemas import COMPONENTS as CLAIM_COMPONENTS
from thongquan.clearance.revenue.schemas import COMPONENTS as MONEY_COMPONENTS
from thongquan.clearance.risk.api import router as risk
from thongquan.clearance.risk.schemas import COMPONENTS as RISK_COMPONENTS
from thongquan.clearance.tariff.api import router as law
from thongquan.clearance.valuation.api import router as valuation
from thongquan.clearance.valuation.schemas import COMPONENTS as VALUATION_COMPONENTS
from thongquan.config.answers import answer_errors
from thongquan.insight.public.api import router as public
from thongquan.insight.status.api import router as status


class Api(NinjaAPI):
    """Ninja's routes with the schemas of the structs that msgspec reads and writes."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The OpenAPI document, whole."""
        schema = super().get_openapi_schema(**options)
        schema["components"]["schemas"].update(
            COMPONENTS | CONTROL_COMPONENTS | FILE_COMPONENTS | MONEY_COMPONENTS | CLAIM_COMPONENTS
        )
        schema["components"]["schemas"].update(QUESTION_COMPONENTS | RESIDENT_COMPONENTS | WEBHOOK_COMPONENTS)
        schema["components"]["schemas"].update(OUTBOUND_COMPONENTS | ORIGIN_COMPONENTS | VERIFICATION_COMPONENTS)
        schema["components"]["schemas"].update(RISK_COMPONENTS | VALUATION_COMPONENTS)
        schema["components"]["schemas"].update(RULING_COMPONENTS | SUGGESTING_COMPONENTS)
        schema["components"]["schemas"].update(TWO_CODE_COMPONENTS)
        return schema


api = Api(
    title="Thông Quan",
    version=__version__,
    description="Lodge declarations, get explained decisions, read the law of a day.",
    docs_url=None,
    urls_namespace="api",
)
api.add_router("/declarations", declarations)  # first: addresses are tried in order, and most requests lodge
api.add_router("/classification", classification)
api.add_router("/control", control)
api.add_router("/express", express)
api.add_router("/files", files)
api.add_router("/law", law)
api.add_router("/money", money)
api.add_router("/origin", origin)
api.add_router("/residents", residents)
api.add_router("/rulings", published_router)
api.add_router("/questions", questions)
api.add_router("/risk", risk)
api.add_router("/status", status)
api.add_router("/valuation", valuation)
api.add_router("/webhooks", webhooks)
api.add_router("", public)
answer_errors(api)
