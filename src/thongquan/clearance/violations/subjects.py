"""What a case is about: the rooms that know the subjects stand above this one and describe them at start-up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound


class About(msgspec.Struct, frozen=True, kw_only=True):
    """A subject as a case needs it: whose it is, of which office, the day the law is asked on, and its page."""

    subject: str
    name: str
    tax_code: str
    trader_name: str
    office: str
    on: date
    url: str


Describe = Callable[[Actor, str], About]
_describers: dict[str, Describe] = {}


def describe_subjects_by(prefix: str, describe: Describe) -> None:
    """Say who describes subjects `prefix:...`; it raises `NotFound` for what the actor may not see."""
    _describers[prefix] = describe


def about(actor: Actor, subject: str) -> About:
    """The subject of a case. Raises `NotFound` when nobody knows it or the actor may not see it."""
    describe = _describers.get(subject.partition(":")[0])
    if describe is None:
        raise NotFound(subject)
    return describe(actor, subject)
