"""Sentences: requests."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_API_001: Sentence(
        text=_("The idempotency key was used with another body."),
        remedy=_("Use a new key for a new declaration."),
        basis=basis.DOORS,
    ),
    Code.TQ_API_002: Sentence(
        text=_("Too many requests in a short time."),
        remedy=_("Wait {seconds} seconds and try again."),
        basis=basis.DOORS,
    ),
    Code.TQ_API_003: Sentence(
        text=_("The request is too large."),
        remedy=_("Send less at once."),
        basis=basis.DOORS,
    ),
    Code.TQ_API_004: Sentence(
        text=_("You are not signed in."),
        remedy=_("Sign in, or send a personal token."),
        basis=basis.DOORS,
    ),
    Code.TQ_API_005: Sentence(
        text=_("You may not do this."),
        remedy=_("Ask the administrator of your organization for the role."),
        basis=basis.DOORS,
    ),
    Code.TQ_API_006: Sentence(
        text=_("There is nothing here by that name."),
        remedy=_("Check the number or the address."),
        basis=basis.DOORS,
    ),
    Code.TQ_API_007: Sentence(
        text=_("The service is not available at the moment; nothing was stored."),
        remedy=_("Try again in a minute."),
        basis=basis.DOORS,
    ),
    Code.TQ_API_008: Sentence(
        text=_("This address does not offer that method."),
        remedy=_("See the API page for the methods."),
        basis=basis.DOORS,
    ),
    Code.TQ_API_009: Sentence(
        text=_("The state “{state}” does not allow this."),
        remedy=_("Reload the page and see what can be done now."),
        basis=basis.DOORS,
    ),
}
