"""E-mails of notices: composed in the reader's language when they are sent, tried again for a day, written down."""

from __future__ import annotations

import logging
import random
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from thongquan.base.accounts.queries import Contact, contacts_of
from thongquan.base.notices.models import Mail, Notice
from thongquan.base.notices.states import STALE, MailState, next_try
from thongquan.base.notices.words import leads_to, told

log = logging.getLogger(__name__)
NOBODY = "nobody"


def send_next(*, at: datetime) -> bool:
    """Send the e-mail that waits longest; False when none is due. Never inside a request."""
    mail = _take(at)
    if mail is None:
        return False
    contact = contacts_of([mail.notice.reader]).get(mail.notice.reader)
    fault = _send(mail.notice, contact) if contact else NOBODY
    _keep(mail, fault, at)
    return True


def _take(at: datetime) -> Mail | None:
    free = Q(taken_at=None) | Q(taken_at__lt=at - STALE)
    with transaction.atomic():
        rows = Mail.objects.select_for_update(skip_locked=True, of=("self",)).select_related("notice")
        mail = rows.filter(free, state=MailState.WAITING, next_at__lte=at).order_by("next_at", "id").first()
        if mail is not None:
            mail.taken_at = at
            mail.save(update_fields=["taken_at"])
        return mail


def compose(notice: Notice, contact: Contact) -> EmailMultiAlternatives:
    """One sentence, where to read more, and how to get fewer; as text and as simple HTML."""
    with translation.override(contact.language):
        sentence = told(notice.kind, notice.values)
        url = leads_to(notice.kind, notice.subject)
        context = {
            "contact": contact,
            "sentence": sentence,
            "url": f"{settings.SITE_URL}{url}" if url else "",
            "preferences": f"{settings.SITE_URL}/notices/preferences/",
            "language": contact.language,
            "practice": settings.REALM != "real",
        }
        subject = f"[{_('Practice')}] {sentence}" if context["practice"] else sentence
        message = EmailMultiAlternatives(
            subject=" ".join(subject.split())[:200],
            body=render_to_string("notices/_mail.txt", context),
            to=[contact.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(render_to_string("notices/_mail.html", context), "text/html")
    return message


def _send(notice: Notice, contact: Contact) -> str:
    """What stood in the way, '' when it was handed over."""
    try:
        compose(notice, contact).send()
    except (OSError, SMTPException) as error:
        log.warning("an e-mail could not be handed over: %s", type(error).__name__)
        return type(error).__name__
    return ""


def _keep(mail: Mail, fault: str, at: datetime) -> None:
    mail.tries, mail.taken_at, mail.fault = mail.tries + 1, None, fault[:200]
    then: datetime | None = None
    if not fault:
        mail.state, mail.done_at = MailState.SENT, at
    else:
        chance = random.random()  # noqa: S311  (spreads load)
        then = next_try(tries=mail.tries, since=mail.notice.at, at=at, chance=chance) if fault != NOBODY else None
        mail.next_at = then or mail.next_at
        if then is None:
            mail.state, mail.done_at = MailState.GIVEN_UP, at
    mail.save(update_fields=["tries", "taken_at", "fault", "state", "done_at", "next_at"])


def forget_old(*, at: datetime, kept: timedelta) -> int:
    """Delete notices, with their e-mails, older than `kept`; returns how many."""
    return Notice.objects.filter(at__lt=at - kept).delete()[0]
