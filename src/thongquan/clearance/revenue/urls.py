"""Addresses of the pages of money."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.revenue.views import bank, claims, exemptions, guarantees, money, papers

app_name = "revenue"
urlpatterns = [
    path("", money.listing, name="owing"),
    path("of/<str:subject>/", money.money, name="money"),
    path("bank/", bank.bank, name="bank"),
    path("bank/<int:line_id>/", bank.line, name="line"),
    path("bank/<int:line_id>/return", bank.send_back, name="send_back"),
    path("guarantees/", guarantees.listing, name="guarantees"),
    path("guarantees/new/", guarantees.propose, name="propose"),
    path("guarantees/<int:guarantee_id>/", guarantees.one, name="guarantee"),
    path("guarantees/<int:guarantee_id>/accept", guarantees.accept, name="accept"),
    path("guarantees/<int:guarantee_id>/refuse", guarantees.refuse, name="refuse"),
    path("guarantees/<int:guarantee_id>/close", guarantees.close, name="close"),
    path("exemptions/", exemptions.listing, name="exemptions"),
    path("exemptions/new/", exemptions.new, name="exemption_new"),
    path("exemptions/<slug:exemption>/", exemptions.one, name="exemption"),
    path("exemptions/<slug:exemption>/<slug:step>", exemptions.step, name="exemption_step"),
    path("claims/", claims.listing, name="claims"),
    path("claims/new/", claims.new, name="claim_new"),
    path("claims/<slug:claim>/", claims.one, name="claim"),
    path("claims/<slug:claim>/propose", claims.propose, name="claim_propose"),
    path("claims/<slug:claim>/decide", claims.decide, name="claim_decide"),
    path("claims/<slug:claim>/pay", claims.pay, name="claim_pay"),
    path("claims/<slug:claim>/decision.pdf", papers.decision, name="claim_decision"),
    path("receipts/<int:payment_id>.pdf", papers.receipt, name="receipt"),
    path("statement/", papers.statement, name="statement"),
    path("statement.<slug:kind>", papers.statement_file, name="statement_file"),
]
