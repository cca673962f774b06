"""Drafts: whatever was typed is kept at once, judged never, and belongs to one person."""

from __future__ import annotations

from datetime import datetime

import msgspec

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.clearance.declarations.models import Draft

MAX_DRAFTS = 500
MAX_BYTES = 1_000_000


def start_draft(*, actor: Actor, content: dict[str, object], at: datetime) -> Draft:
    """A new draft of the actor. Raises `NotAllowed` for people who do not lodge, `Conflict` over 500 open drafts."""
    if not is_trader(actor):
        raise NotAllowed("declarations.lodge")
    return new_draft(actor=actor, content=content, at=at)


def new_draft(
    *,
    actor: Actor,
    content: dict[str, object],
    at: datetime,
    purpose: str = "lodge",
    amends: str = "",
    focus: str = "",
) -> Draft:
    """A draft of this person, who may write it as the caller has checked. Raises `Conflict` over 500 open drafts."""
    if actor.user_id is None:
        raise NotAllowed("declarations.lodge")
    if Draft.objects.filter(owner_id=actor.user_id, lodged_number="").count() >= MAX_DRAFTS:
        raise Conflict("drafts")
    _check_size(content)
    return Draft.objects.create(
        owner_id=actor.user_id,
        content=content,
        made_at=at,
        saved_at=at,
        purpose=purpose,
        amends=amends,
        focus=focus,
    )


def save_draft(*, actor: Actor, draft_id: int, content: dict[str, object], title: str, at: datetime) -> Draft:
    """Keep what was typed. Raises `NotFound` for another person's draft, `Conflict` when it was lodged already."""
    draft = _own(actor, draft_id)
    if draft.lodged_number:
        raise Conflict(draft.lodged_number)
    _check_size(content)
    draft.content, draft.title, draft.saved_at = content, title[:200], at
    draft.save(update_fields=["content", "title", "saved_at"])
    return draft


def mark_lodged(*, actor: Actor, draft_id: int, number: str, at: datetime) -> None:
    """The draft became a declaration; it is kept with its number and leaves the list."""
    draft = _own(actor, draft_id)
    draft.lodged_number, draft.saved_at = number, at
    draft.save(update_fields=["lodged_number", "saved_at"])


def discard_draft(*, actor: Actor, draft_id: int) -> None:
    """Throw a draft away. Raises `NotFound` for another person's."""
    _own(actor, draft_id).delete()


def _own(actor: Actor, draft_id: int) -> Draft:
    draft = Draft.objects.filter(id=draft_id, owner_id=actor.user_id).first()
    if draft is None:
        raise NotFound("draft")
    return draft


def _check_size(content: dict[str, object]) -> None:
    if len(msgspec.json.encode(content)) > MAX_BYTES:
        raise Conflict("draft too large")
