"""Sentences: webhooks and what stands in their way."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_NOT_001: Sentence(
        text=_("This address cannot take webhooks: {value}"),
        remedy=_("Give an https address with a host name, without user name, password or fragment, in plain letters."),
        example="https://hooks.example.com/customs",
        basis=basis.WEBHOOKS,
    ),
    Code.TQ_NOT_002: Sentence(
        text=_("The host of this address leads to {value}, which is not a public address."),
        remedy=_("Use a host that the whole internet can reach; private and local addresses are never called."),
        basis=basis.WEBHOOKS,
    ),
    Code.TQ_NOT_003: Sentence(
        text=_("The host name {value} was not found."),
        remedy=_("Check the spelling and the name servers of the host."),
        basis=basis.WEBHOOKS,
    ),
    Code.TQ_NOT_004: Sentence(
        text=_("{value} is no kind of event that can be sent."),
        remedy=_("Choose at least one kind out of the list: {allowed}."),
        basis=basis.WEBHOOKS,
    ),
    Code.TQ_NOT_005: Sentence(
        text=_("There are {most} webhooks for this enterprise already."),
        remedy=_("Delete one that is not used any more, or send more kinds to one address."),
        basis=basis.WEBHOOKS,
    ),
    Code.TQ_NOT_006: Sentence(
        text=_("The address answered with a redirect ({value}); redirects are not followed."),
        remedy=_("Give the address where it leads, if it is yours."),
        basis=basis.WEBHOOKS,
    ),
    Code.TQ_NOT_007: Sentence(
        text=_("There was no whole answer within {seconds} seconds."),
        remedy=_("Answer 2xx at once and do the work afterwards."),
        basis=basis.WEBHOOKS,
    ),
    Code.TQ_NOT_008: Sentence(
        text=_("No connection: {value}"),
        remedy=_("Check that the server runs, that its port is open and that its certificate is valid for its name."),
        basis=basis.WEBHOOKS,
    ),
    Code.TQ_NOT_009: Sentence(
        text=_("The answer was {value}; only 2xx counts as received."),
        remedy=_("Look into the log of your program for this event; it is sent again."),
        basis=basis.WEBHOOKS,
    ),
    Code.TQ_NOT_010: Sentence(
        text=_("This webhook is {value}; that cannot be done with it now."),
        remedy=_("Switch it on first, or make a new one."),
        basis=basis.WEBHOOKS,
    ),
    Code.TQ_NOT_011: Sentence(
        text=_("Events since {value} cannot be sent again."),
        remedy=_("Choose a moment within the last {days} days."),
        basis=basis.WEBHOOKS,
    ),
}
