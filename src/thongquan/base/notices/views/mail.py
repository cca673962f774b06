"""Pages of e-mails for administrators: the log, and the mail folder of a practice installation."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.notices import mailbox
from thongquan.base.notices.labels import MAIL_STATES
from thongquan.base.notices.permissions import can_see_mail
from thongquan.base.notices.queries.mail import mail_log
from thongquan.base.notices.words import label_of
from thongquan.base.web.guard import page


@page
@never_cache
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The log of e-mails and, outside a real realm, the letters of the mail folder."""
    after = request.GET.get("after", "")
    place = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None
    rows, then = mail_log(actor=actor_of_request(request), after=place)
    told = [(row, label_of(row.kind), MAIL_STATES.get(row.state, row.state)) for row in rows]
    letters = mailbox.letters() if _has_folder() else []
    context = {"rows": told, "after": then, "letters": letters, "has_folder": _has_folder()}
    return render(request, "notices/mail.html", context)


@page
@never_cache
@require_GET
def letter(request: HttpRequest, letter: str) -> HttpResponse:
    """One letter of the mail folder."""
    if not can_see_mail(actor_of_request(request)):
        raise NotAllowed("notices.mail")
    found = mailbox.letter(letter) if _has_folder() else None
    if found is None:
        raise NotFound(letter)
    return render(request, "notices/letter.html", {"letter": found})


def _has_folder() -> bool:
    """Letters of real people are nobody else's to read."""
    return settings.REALM != "real" and not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
