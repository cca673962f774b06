"""Addresses of the pages of risk."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.risk.views import cases, compliance, desk, maps, models, profiles, relations, selection
from thongquan.clearance.risk.views.case_steps import SPECS as CASE_SPECS
from thongquan.clearance.risk.views.model_steps import SPECS as MODEL_SPECS
from thongquan.clearance.risk.views.steps import SPECS

app_name = "risk"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("map/", maps.regions, name="map"),
    path("relations/", relations.listing, name="relations"),
    path("relations/<str:enterprise>/", relations.enterprise, name="relation"),
    path("cases/", cases.listing, name="cases"),
    path("cases/new/", cases.new, name="new_case"),
    path("cases/<int:riskcase>/", cases.case, name="case"),
    *(path(f"cases/<int:riskcase>/{name}", cases.step_view(name), name=f"case_{name}") for name in CASE_SPECS),
    path("selection/", selection.hours, name="selection"),
    path("goods/", desk.goods, name="goods"),
    path("fairness/", desk.fairness, name="fairness"),
    path("compliance/", compliance.listing, name="compliance"),
    path("compliance/<str:enterprise>/", compliance.enterprise, name="enterprise"),
    path("models/", models.listing, name="models"),
    path("models/train", models.train, name="train"),
    path("models/<str:riskmodel>/", models.model, name="model"),
    path("models/<str:riskmodel>/card.pdf", models.card_pdf, name="model_card"),
    *(
        path(f"models/<str:riskmodel>/measures.{kind}", models.table, {"kind": kind}, name=f"model_{kind}")
        for kind in ("csv", "xlsx")
    ),
    *(path(f"models/<str:riskmodel>/{name}", models.step_view(name), name=f"model_{name}") for name in MODEL_SPECS),
    path("profiles/", profiles.listing, name="profiles"),
    path("profiles/new/", profiles.new, name="new_profile"),
    path("profiles/<int:profile_id>/", profiles.profile, name="profile"),
    path("profiles/<int:profile_id>/edit/", profiles.edit, name="edit_profile"),
    *(path(f"profiles/<int:profile_id>/{name}", profiles.step_view(name), name=f"profile_{name}") for name in SPECS),
]
