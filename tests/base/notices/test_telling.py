"""Telling people: once per event, in the ways they chose, in the language they read."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from thongquan.base.core.clock import now
from thongquan.base.notices import words
from thongquan.base.notices.models import Mail, Notice, Preference
from thongquan.base.notices.operations import Note, notify, notify_all

pytestmark = pytest.mark.django_db
SUBJECT = "declaration:101234567890"


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two kinds of our own: one in the program, one by e-mail too."""
    monkeypatch.setattr(words, "_words", {})
    words.register("test.plain", text=gettext_lazy("Declaration {number}: done."), label="Plain")
    words.register(
        "test.loud", text="Loud {number}", label="Loud", url_name="declarations:file", anchor="story", by_mail=True
    )


def test_each_person_gets_a_notice_and_programs_none() -> None:
    notify(to=["user:1", "user:2", "user:1", "system:x"], kind="test.plain", subject=SUBJECT, values={}, at=now())
    assert sorted(Notice.objects.values_list("reader", flat=True)) == ["user:1", "user:2"]
    assert not Mail.objects.exists()


def test_the_same_event_is_told_once_and_another_again() -> None:
    at = now()
    for once in ("event:7", "event:7", "event:8"):
        notify(to=["user:1"], kind="test.plain", subject=SUBJECT, values={}, at=at, once=once)
    assert Notice.objects.count() == 2
    same = Note(to=frozenset({"user:1", "user:2"}), kind="test.plain", subject=SUBJECT, at=at, once="event:7")
    assert notify_all([same, same]) == 1  # the second person, once


def test_without_a_key_every_call_is_an_event() -> None:
    note = Note(to=frozenset({"user:1"}), kind="test.plain", subject=SUBJECT, at=now())
    assert notify_all([note, note]) == 2


@pytest.mark.parametrize(
    ("in_app", "by_mail", "shown", "mails"),
    [(True, True, [True], 1), (True, False, [True], 0), (False, True, [False], 1), (False, False, [], 0)],
)
def test_the_ways_a_person_chose(in_app: bool, by_mail: bool, shown: list[bool], mails: int) -> None:
    Preference.objects.create(reader="user:1", kind="test.loud", in_app=in_app, by_mail=by_mail)
    notify(to=["user:1"], kind="test.loud", subject=SUBJECT, values={}, at=now())
    assert list(Notice.objects.values_list("shown", flat=True)) == shown
    assert Mail.objects.count() == mails


def test_somebody_who_chose_nothing_gets_what_is_usual_for_the_kind() -> None:
    notify(to=["user:1"], kind="test.loud", subject=SUBJECT, values={}, at=now())
    assert Mail.objects.get().notice.shown


def test_a_kind_without_words_cannot_be_sent() -> None:
    with pytest.raises(LookupError):
        notify(to=["user:1"], kind="test.silent", subject=SUBJECT, values={}, at=now())


def test_sentences_are_made_at_reading_and_survive_missing_values() -> None:
    with translation.override("en"):
        assert words.told("test.plain", {"number": "1012"}) == "Declaration 1012: done."
        assert words.told("test.plain", {}) == "Declaration …: done."
    assert words.told("gone.kind", {}) == "gone.kind"


def test_a_notice_leads_to_its_subject() -> None:
    assert words.leads_to("test.loud", SUBJECT) == "/declarations/101234567890/#story"
    assert words.leads_to("test.plain", SUBJECT) == ""
    assert words.leads_to("test.loud", "enterprise:") == ""
