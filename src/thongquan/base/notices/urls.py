"""Addresses of notices, e-mails and webhooks."""

from __future__ import annotations

from django.urls import path

from thongquan.base.notices.views import mail, notices, webhooks

app_name = "notices"
urlpatterns = [
    path("notices/", notices.listed, name="list"),
    path("notices/bell", notices.bell, name="bell"),
    path("notices/read", notices.mark_all, name="mark_all"),
    path("notices/preferences/", notices.preferences, name="preferences"),
    path("notices/mail/", mail.listed, name="mail"),
    path("notices/mail/<str:letter>/", mail.letter, name="letter"),
    path("notices/<int:notice_id>/", notices.go, name="go"),
    path("notices/<int:notice_id>/read", notices.mark, name="mark"),
    path("webhooks/", webhooks.listed, name="webhooks"),
    path("webhooks/<int:endpoint_id>/", webhooks.webhook, name="webhook"),
    path("webhooks/<int:endpoint_id>/pause", webhooks.pause, name="pause"),
    path("webhooks/<int:endpoint_id>/resume", webhooks.resume, name="resume"),
    path("webhooks/<int:endpoint_id>/delete", webhooks.delete, name="delete"),
    path("webhooks/<int:endpoint_id>/rotate", webhooks.rotate, name="rotate"),
    path("webhooks/<int:endpoint_id>/test", webhooks.test, name="test"),
    path("webhooks/<int:endpoint_id>/replay", webhooks.replay_since, name="replay_since"),
    path("webhooks/<int:endpoint_id>/deliveries/<int:delivery_id>/", webhooks.delivery, name="delivery"),
    path("webhooks/<int:endpoint_id>/deliveries/<int:delivery_id>/replay", webhooks.replay, name="replay"),
]
