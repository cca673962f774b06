"""What shared pages show of notices: the bell in the top bar."""

from __future__ import annotations

from thongquan.base.accounts.queries import Actor
from thongquan.base.notices.queries.notices import MOST_COUNTED, unread_count


def bell_of(actor: Actor) -> dict[str, object]:
    """The count of unread notices and how it is written."""
    count = unread_count(actor)
    return {"count": count, "shown": f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count)}


def bell(actor: object) -> dict[str, object] | None:
    """The bell for the top bar; None for somebody who is not signed in."""
    return bell_of(actor) if isinstance(actor, Actor) and actor.user_id is not None else None


TOP_PARTS = [("notices/_bell.html", bell)]
