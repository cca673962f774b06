"""Addresses of files."""

from __future__ import annotations

from django.urls import path

from thongquan.base.attachments.views import files, subject

app_name = "attachments"
urlpatterns = [
    path("of/<str:subject>/", subject.subject, name="subject"),
    path("of/<str:subject>/view", subject.viewer, name="viewer"),
    path("of/<str:subject>/reuse", subject.reuse, name="reuse"),
    path("attached/<int:attachment_id>/take-away", subject.take_away, name="take_away"),
    path("<int:file_id>/", files.file, name="file"),
    path("<int:file_id>/content", files.content, name="content"),
    path("<int:file_id>/thumb.jpg", files.thumb, name="thumb"),
    path("<int:file_id>/view.jpg", files.view, name="view"),
    path("<int:file_id>/page-<int:place>.jpg", files.leaf, name="page"),
    path("<int:file_id>/original", files.original, name="original"),
]
