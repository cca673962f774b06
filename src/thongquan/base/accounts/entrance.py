"""Addresses of signing in, kept by the library but picked one by one: no sign-up, no mail, no social accounts."""

from __future__ import annotations

from allauth.account import views
from django.urls import include, path

from thongquan.base.accounts.views.doors import SignIn, forgotten_password

urlpatterns = [
    path("login/", SignIn.as_view(), name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/forgotten/", forgotten_password, name="account_reset_password"),
    path("2fa/", include("allauth.mfa.urls")),
]
