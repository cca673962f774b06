"""Addresses of the accounts pages; signing in itself is in `entrance`."""

from __future__ import annotations

from django.urls import path

from thongquan.base.accounts import views

app_name = "accounts"
urlpatterns = [
    path("language/", views.choose_language, name="language"),
    path("demo/", views.demo_door, name="demo"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:token_id>/withdraw/", views.withdraw_token, name="withdraw_token"),
    path("people/", views.people, name="people"),
    path("people/new/", views.new_person, name="new_person"),
    path("people/<int:user_id>/roles/", views.roles, name="roles"),
    path("people/<int:user_id>/roles/end/", views.end_role_of, name="end_role"),
    path("people/<int:user_id>/renew/", views.renew, name="renew"),
    path("people/<int:user_id>/close/", views.close, name="close"),
]
