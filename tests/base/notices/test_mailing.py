"""E-mails: in the reader's language, one sentence, by the worker, tried again, written down."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from tests.base.accounts.people import acting, person
from tests.base.notices.trade import Trade
from thongquan.base.accounts.models import User
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.notices import mailbox, states
from thongquan.base.notices.models import Mail, Notice
from thongquan.base.notices.operations import forget_old, notify, send_next
from thongquan.base.notices.queries.mail import mail_log

pytestmark = pytest.mark.django_db
SUBJECT, KIND = "declaration:101234567890", "declaration.clear"


def told(user: User) -> Mail:
    """An e-mail on its way to this person: goods are cleared."""
    values = {"number": "101234567890"}
    notify(to=[f"user:{user.pk}"], kind=KIND, subject=SUBJECT, values=values, at=now())
    return Mail.objects.latest("id")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("vi", "Hàng hóa của tờ khai 101234567890 đã thông quan."),
        ("en", "The goods of declaration 101234567890 are cleared."),
        ("zh-hans", "报关单 101234567890 的货物已结关。"),
        ("fr", "Les marchandises de la déclaration 101234567890 sont dédouanées."),
    ],
)
def test_an_e_mail_speaks_the_readers_language(trade: Trade, language: str, sentence: str) -> None:
    User.objects.filter(pk=trade.owner.pk).update(language=language)
    told(trade.owner)
    assert mail.outbox == []  # nothing leaves where the notice is written
    assert send_next(at=now())
    (sent,) = mail.outbox
    assert sent.to == [trade.owner.email]
    assert sentence in sent.subject
    assert sentence in sent.body
    assert "http://127.0.0.1:8000/declarations/101234567890/" in sent.body
    (html, kind) = sent.alternatives[0]  # type: ignore[attr-defined]  # an EmailMultiAlternatives
    assert kind == "text/html"
    assert sentence.replace("'", "&#x27;") in str(html)
    assert "<script" not in str(html)
    assert not send_next(at=now())
    assert Mail.objects.get().state == "sent"


def test_a_server_that_is_away_is_tried_again_for_a_day(trade: Trade, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: object, messages: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", away)
    one = told(trade.owner)
    assert send_next(at=now())
    one.refresh_from_db()
    assert (one.state, one.tries, one.fault) == ("waiting", 1, "ConnectionRefusedError")
    assert not send_next(at=now())
    while one.state == "waiting":
        assert send_next(at=one.next_at)
        one.refresh_from_db()
    assert one.state == "given_up"
    assert one.done_at is not None
    assert one.done_at - one.notice.at <= timedelta(days=1)


def test_a_closed_account_gets_none(trade: Trade) -> None:
    one = told(trade.owner)
    User.objects.filter(pk=trade.owner.pk).update(is_active=False)
    assert send_next(at=now())
    one.refresh_from_db()
    assert (one.state, one.fault, mail.outbox) == ("given_up", "nobody", [])


def test_one_in_hand_is_left_alone_until_the_hand_is_dead(trade: Trade) -> None:
    told(trade.owner)
    Mail.objects.update(taken_at=now())
    assert not send_next(at=now())
    assert send_next(at=now() + states.STALE + timedelta(seconds=1))


def test_the_mail_folder_holds_each_letter_and_only_letters(trade: Trade, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "thongquan.base.notices.mailbox.FolderBackend"
    settings.MAIL_DIR = tmp_path / "mail"
    assert mailbox.letters() == []
    told(trade.owner)
    assert send_next(at=now())
    (tmp_path / "mail" / "other.txt").write_text("no letter")
    (letter,) = mailbox.letters()
    assert letter.to == trade.owner.email
    assert "101234567890" in letter.subject
    assert "Kính gửi" in letter.text
    assert mailbox.letter(letter.name) == letter
    for name in ("other.txt", "../secrets/x", f"../mail/{letter.name}", ""):
        assert mailbox.letter(name) is None


def test_the_log_tells_neither_address_nor_name_and_a_stranger_reads_none(trade: Trade) -> None:
    told(trade.owner)
    chief = acting(person("administrator", "region", "VI"))
    ((row,), after) = mail_log(actor=chief)
    assert (row.kind, row.state, after) == (KIND, "waiting", None)
    assert trade.owner.email not in str(row)
    for stranger in (trade.actor(), acting(person("director", "region", "VI"))):
        with pytest.raises(NotAllowed):
            mail_log(actor=stranger)


def test_old_notices_are_forgotten_with_their_e_mails(trade: Trade) -> None:
    told(trade.owner)
    assert forget_old(at=now() + timedelta(days=2), kept=timedelta(days=1)) == 2
    assert not Notice.objects.exists()
