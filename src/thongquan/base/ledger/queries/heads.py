"""Heads as they were signed, and how much waits for the next one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from thongquan.base.core.realm import realm_identity, realm_name
from thongquan.base.ledger.encoding import canonical_time
from thongquan.base.ledger.heads import SignedHead, TreeHead
from thongquan.base.ledger.models import Head, Key

# What waits is counted by the same order the sealer reads in; rows below the horizon are in the tree.
_WINDOW_SQL = """
    SELECT count(*), min(at), pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    FROM ledger_entry WHERE xid >= %s::xid8
"""


@dataclass(frozen=True)
class Window:
    """What is written but not yet sealed: how many entries, since when, and whether the sealer is stuck.

    `stuck`: the server's transaction counter runs behind the last head, as after a restore into a new server.
    """

    waiting: int
    oldest_at: datetime | None
    stuck: bool

    def age(self, at: datetime) -> timedelta | None:
        """How long the oldest entry has waited."""
        return None if self.oldest_at is None else max(at - self.oldest_at, timedelta(0))


@dataclass(frozen=True)
class RealmWords:
    """Which database signs: empty texts before its realm was fixed."""

    name: str
    identity: str


def realm_words() -> RealmWords:
    """Name and identity of the realm, as heads carry them."""
    identity = realm_identity()
    return RealmWords(name=realm_name() or "", identity=str(identity) if identity else "")


def latest_head() -> SignedHead | None:
    """The newest signed head, or None before the first sealing."""
    row = Head.objects.order_by("-size").first()
    return _signed(row, public_keys(), realm_words()) if row else None


def signed_heads(*, after: int = 0, limit: int | None = None) -> Iterator[SignedHead]:
    """Heads over more than `after` entries, oldest first."""
    keys, realm = public_keys(), realm_words()
    rows = Head.objects.filter(size__gt=after).order_by("size")
    for row in rows[:limit] if limit else rows.iterator(chunk_size=1000):
        yield _signed(row, keys, realm)


def recent_heads(limit: int) -> list[SignedHead]:
    """The newest heads, newest first."""
    keys, realm = public_keys(), realm_words()
    return [_signed(row, keys, realm) for row in Head.objects.order_by("-size")[:limit]]


def public_keys() -> dict[str, bytes]:
    """Every public key that ever signed here, by its short name."""
    return {key_id: bytes(public) for key_id, public in Key.objects.values_list("key_id", "public")}


def unsealed_window() -> Window:
    """What waits for the sealer at this moment."""
    horizon = Head.objects.order_by("-size").values_list("horizon", flat=True).first() or 0
    with connection.cursor() as sql:
        sql.execute(_WINDOW_SQL, [str(horizon)])
        waiting, oldest_at, settled = sql.fetchone()
    return Window(waiting=waiting, oldest_at=oldest_at, stuck=settled < horizon)


def _signed(row: Head, keys: dict[str, bytes], realm: RealmWords) -> SignedHead:
    head = TreeHead(
        realm=realm.name,
        identity=realm.identity,
        size=row.size,
        root=bytes(row.root),
        horizon=row.horizon,
        previous=bytes(row.previous),
        at=canonical_time(row.at),
        key_id=row.key_id,
    )
    return SignedHead(head=head, public=keys.get(row.key_id, b""), signature=bytes(row.signature))
