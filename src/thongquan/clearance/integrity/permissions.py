"""Who may see what of integrity: internal control of the office, and each officer the questions asked of them.

Nobody else: no director, no administrator, no program. Nobody works on a case about themselves.
"""

from __future__ import annotations

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed

CONTROL = "internal_control"


def controlled_offices(actor: Actor) -> frozenset[str]:
    """`integrity.control`: the offices that the actor looks at, at the pages, second factor given."""
    if not _at_the_pages(actor):
        return frozenset()
    return frozenset(code for role, code in actor.holdings if role == CONTROL) - actor.regions


def check_controls(actor: Actor) -> frozenset[str]:
    """The offices. Raises `NotAllowed` for everyone who is not internal control."""
    offices = controlled_offices(actor)
    if not offices:
        raise NotAllowed("integrity.control")
    return offices


def may_answer(actor: Actor, officer: str) -> bool:
    """`integrity.answer`: the officer who was asked, in person."""
    return _at_the_pages(actor) and actor.reference == officer


def _at_the_pages(actor: Actor) -> bool:
    return actor.is_authenticated and actor.mfa and actor.scopes is None
