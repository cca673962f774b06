"""Addresses of the accounts pages; signing in itself is in `entrance`."""

from __future__ import annotations

from django.urls import path

from thongquan.base.accounts.views import doors, mandates, people, tokens

app_name = "accounts"
urlpatterns = [
    path("language/", doors.choose_language, name="language"),
    path("demo/", doors.demo_door, name="demo"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:token_id>/withdraw/", tokens.withdraw_token, name="withdraw_token"),
    path("mandates/", mandates.mandates, name="mandates"),
    path("mandates/<slug:enterprise>/<slug:broker>/withdraw/", mandates.withdraw, name="withdraw_mandate"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/<int:user_id>/roles/", people.roles, name="roles"),
    path("people/<int:user_id>/roles/end/", people.end_role_of, name="end_role"),
    path("people/<int:user_id>/renew/", people.renew, name="renew"),
    path("people/<int:user_id>/close/", people.close, name="close"),
]
