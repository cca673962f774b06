"""Writing the ledger: entries, in the transaction of the change they tell of; and the sealing of what is settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from thongquan.base.core.errors import Conflict
from thongquan.base.ledger import witness
from thongquan.base.ledger.encoding import canonical_time, entry_values
from thongquan.base.ledger.heads import BEFORE_THE_FIRST, SignedHead, SigningKey, TreeHead, sign, signing_key
from thongquan.base.ledger.merkle import Frontier, Place
from thongquan.base.ledger.models import Entry, Head, Key
from thongquan.base.ledger.queries.heads import latest_head, realm_words, signed_heads
from thongquan.base.ledger.queries.tree import frontier_of

ORIGIN = "ledger.origin"
KEY_CHANGED = "ledger.key_changed"
SYSTEM = "system:ledger"
BATCH = 20_000
# Any number will do, as long as nothing else in this database takes the same advisory lock.
SEALER_LOCK = 6962_0001
_HORIZON_SQL = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_CUT_SQL = """
    SELECT xid::text::bigint FROM ledger_entry WHERE xid >= %s::xid8 AND xid < %s::xid8
    ORDER BY xid, id OFFSET %s LIMIT 1
"""
_PLACE_SQL = """
    INSERT INTO ledger_leaf (index, entry_id, hash)
    SELECT %s + row_number() OVER (ORDER BY xid, id) - 1, id, leaf
    FROM ledger_entry WHERE xid >= %s::xid8 AND xid < %s::xid8
    RETURNING index, hash
"""
_NODES_SQL = (
    "INSERT INTO ledger_node (level, index, hash) SELECT * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])"
)


def record(*, action: str, subject: str, actor: str, at: datetime, details: Mapping[str, object]) -> None:
    """Write one entry in the running transaction; no lock is taken.

    `actor` and `subject` are typed references; `details` is plain data without personal data, which could never be
    erased from here. Raises ValueError for a naive `at`.
    """
    values = entry_values(action=action, subject=subject, actor=actor, at=at, details=details)
    Entry.objects.create(
        action=action,
        subject=subject,
        actor=actor,
        at=at,
        details=values.details,
        salt=values.salt,
        leaf=values.leaf,
    )


def record_origin(*, realm: str, at: datetime) -> None:
    """Write entry 0: which realm this database is of and which key will sign. Does nothing when it is there.

    Raises Conflict when the ledger already tells of something else.
    """
    if Entry.objects.filter(action=ORIGIN).exists():
        return
    if Entry.objects.exists():
        raise Conflict("the origin must be the first entry of the ledger")
    key = signing_key(settings.LEDGER_KEY_FILE)
    Key.objects.create(key_id=key.key_id, public=key.public, at=at)
    details = {"realm": realm, "identity": realm_words().identity, "key": key.key_id, "public_key": key.public.hex()}
    record(action=ORIGIN, subject=f"realm:{realm}", actor=SYSTEM, at=at, details=details)


def seal(*, at: datetime, batch: int = BATCH) -> SignedHead | None:
    """Put the settled entries into the tree and sign a head over it; None when nothing waits or another one seals.

    Only transactions below `pg_snapshot_xmin` are read: identities are taken before commits, so a row with a smaller
    one may still be on its way. Takes about `batch` entries, always whole transactions. Must not run inside another
    transaction. Raises Conflict when the server's transaction counter runs behind the last head.
    """
    with transaction.atomic(durable=True):
        if not _only_sealer():
            return None
        last = latest_head()
        since = last.head.horizon if last else 0
        horizon = _horizon(since, batch)
        placed = _place(last.head.size if last else 0, since, horizon)
        if not placed:
            return None
        return _sign_over(last, placed, horizon, at)


def publish_heads(*, directory: Path | None = None) -> int:
    """Append heads that the witness files do not have yet; returns how many."""
    return witness.publish(directory or settings.LEDGER_WITNESS_DIR, signed_heads)


def _only_sealer() -> bool:
    with connection.cursor() as sql:
        sql.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
        return bool(sql.fetchone()[0])


def _horizon(since: int, batch: int) -> int:
    """The transaction id below which everything is settled, cut back so that one batch stays of bounded size."""
    with connection.cursor() as sql:
        sql.execute(_HORIZON_SQL)
        settled = int(sql.fetchone()[0])
        if settled < since:
            message = f"the server counts transactions from {settled}, the last head was sealed at {since}"
            raise Conflict(message)
        sql.execute(_CUT_SQL, [str(since), str(settled), batch])
        row = sql.fetchone()
        if row is None:
            return settled
        sql.execute(_CUT_SQL, [str(since), str(settled), 0])
        first = int(sql.fetchone()[0])
        return max(int(row[0]), first + 1)


def _place(size: int, since: int, horizon: int) -> list[bytes]:
    """Give the entries of [since, horizon) their places after the first `size`; returns their hashes in order."""
    with connection.cursor() as sql:
        sql.execute(_PLACE_SQL, [size, str(since), str(horizon)])
        return [bytes(value) for _, value in sorted(sql.fetchall(), key=lambda row: row[0])]


def _sign_over(last: SignedHead | None, placed: Sequence[bytes], horizon: int, at: datetime) -> SignedHead:
    frontier = frontier_of(last.head.size) if last else Frontier()
    _keep_nodes([node for leaf in placed for node in frontier.append(leaf)])
    key = signing_key(settings.LEDGER_KEY_FILE)
    _know_key(key, at)
    realm = realm_words()
    head = TreeHead(
        realm=realm.name,
        identity=realm.identity,
        size=frontier.size,
        root=frontier.root(),
        horizon=horizon,
        previous=last.head.digest() if last else BEFORE_THE_FIRST,
        at=canonical_time(at),
        key_id=key.key_id,
    )
    signed = sign(head, key)
    _keep_head(signed, at)
    return signed


def _keep_nodes(nodes: Sequence[tuple[Place, bytes]]) -> None:
    if not nodes:
        return
    levels = [place.level for place, _ in nodes]
    indexes = [place.index for place, _ in nodes]
    with connection.cursor() as sql:
        sql.execute(_NODES_SQL, [levels, indexes, [value for _, value in nodes]])


def _know_key(key: SigningKey, at: datetime) -> None:
    """A key that never signed here is kept and, when it follows another, told in the ledger."""
    if Key.objects.filter(key_id=key.key_id).exists():
        return
    follows = Key.objects.exists()
    Key.objects.create(key_id=key.key_id, public=key.public, at=at)
    if follows:
        details = {"key": key.key_id, "public_key": key.public.hex()}
        record(action=KEY_CHANGED, subject=f"ledger_key:{key.key_id}", actor=SYSTEM, at=at, details=details)


def _keep_head(signed: SignedHead, at: datetime) -> None:
    head = signed.head
    Head.objects.create(
        size=head.size,
        root=head.root,
        horizon=head.horizon,
        previous=head.previous,
        at=at,
        key_id=head.key_id,
        signature=signed.signature,
    )
