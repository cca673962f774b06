"""Every address of the program, room by room."""

from __future__ import annotations

from django.urls import include, path

from thongquan.clearance.declarations.views.late import late_proofs
from thongquan.clearance.declarations.views.searching import search
from thongquan.clearance.declarations.views.today import today
from thongquan.config.api import api
from thongquan.config.views import described_api

urlpatterns = [
    path("api/v1/docs", described_api, name="api-docs"),
    path("api/v1/", api.urls),
    path("accounts/", include("thongquan.base.accounts.entrance")),
    path("", include("thongquan.base.web.urls")),
    path("", include("thongquan.base.accounts.urls")),
    path("certificates/", include("thongquan.base.signatures.urls")),
    path("", include("thongquan.base.notices.urls")),
    path("files/", include("thongquan.base.attachments.urls")),
    path("ledger/", include("thongquan.base.ledger.urls")),
    path("law/", include("thongquan.clearance.tariff.urls")),
    path("lawdesk/", include("thongquan.clearance.lawdesk.urls")),
    path("integrity/", include("thongquan.clearance.integrity.urls")),
    path("valuation/", include("thongquan.clearance.valuation.urls")),
    path("audits/", include("thongquan.clearance.postaudit.urls")),
    path("violations/", include("thongquan.clearance.violations.urls")),
    path("revenue/", include("thongquan.clearance.revenue.urls")),
    path("origin/late/", late_proofs, name="late_proofs"),
    path("origin/", include("thongquan.clearance.origin.urls")),
    path("classification/", include("thongquan.clearance.classification.urls")),
    path("risk/", include("thongquan.clearance.risk.urls")),
    path("fairness/", include("thongquan.clearance.risk.public_urls")),
    path("rulings/", include("thongquan.clearance.classification.published_urls")),
    path("status/", include("thongquan.insight.status.urls")),
    path("", include("thongquan.insight.public.urls")),
    path("search/", search, name="search"),
    path("today/", today, name="today"),
    path("academy/", include("thongquan.academy.urls")),
    path("declarations/", include("thongquan.clearance.declarations.urls")),
    path("control/", include("thongquan.clearance.control.urls")),
    path("express/", include("thongquan.clearance.express.urls")),
    path("residents/", include("thongquan.clearance.residents.urls")),
    path("", include("thongquan.clearance.casework.urls")),
]
handler400 = "thongquan.base.web.views.bad_request"
handler403 = "thongquan.base.web.views.forbidden"
handler404 = "thongquan.base.web.views.not_found"
handler500 = "thongquan.base.web.views.server_error"
