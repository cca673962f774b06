"""Addresses of casework's pages."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.casework.views import notes, presence, questions, team

app_name = "casework"
urlpatterns = [
    path("notes/<declaration:number>/", notes.notes, name="notes"),
    path("notes/<int:note_id>/withdraw", notes.withdraw, name="withdraw"),
    path("mentions/", notes.mentions, name="mentions"),
    path("mentions/<int:note_id>/done", notes.done, name="done"),
    path("questions/", questions.listing, name="questions"),
    path("questions/ask/<declaration:number>/", questions.ask, name="ask"),
    path("questions/<int:thread_id>/", questions.thread, name="thread"),
    path("presence/<declaration:number>/", presence.presence, name="presence"),
    path("team/", team.team, name="team"),
    path("team/load.<table:kind>", team.load_file, name="team_load"),
    path("team/changes.<table:kind>", team.changes_file, name="team_changes"),
]
