"""Sentences: accounts."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_ACC_001: Sentence(
        text=_("Your role needs a second factor."),
        remedy=_("Set up an authenticator application and sign in again."),
        basis=basis.DOORS,
    ),
    Code.TQ_ACC_002: Sentence(
        text=_("Name or password is wrong."),
        remedy=_("Try again, or have the password reset."),
        basis=basis.DOORS,
    ),
    Code.TQ_ACC_003: Sentence(
        text=_("Too many attempts to sign in."),
        remedy=_("Wait a few minutes."),
        basis=basis.DOORS,
    ),
    Code.TQ_ACC_004: Sentence(
        text=_("The token is expired or withdrawn."),
        remedy=_("Make a new token on your account page."),
        basis=basis.DOORS,
    ),
    Code.TQ_ACC_005: Sentence(
        text=_("You may not act for the enterprise {value}."),
        remedy=_("Ask the enterprise for a mandate."),
        basis=basis.DOORS,
    ),
    Code.TQ_ACC_006: Sentence(
        text=_("The account is closed."),
        remedy=_("Ask the administrator of your organization."),
        basis=basis.DOORS,
    ),
    Code.TQ_ACC_007: Sentence(
        text=_("The token does not have the scope {detail}."),
        remedy=_("Make a token with this scope on the page of tokens."),
        basis=basis.DOORS,
    ),
}
