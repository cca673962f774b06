"""Sealing: nothing is skipped, nothing twice, one at a time; the database refuses to change what was written."""

from __future__ import annotations

import itertools
import json
import threading
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from tests.base.ledger.shared import AT, Tamper, seal, verified, wait_until_settled, write
from thongquan.base.core.errors import Conflict
from thongquan.base.ledger import merkle, operations
from thongquan.base.ledger.encoding import entry_values
from thongquan.base.ledger.models import Entry, Head, Key, Leaf, Node
from thongquan.base.ledger.queries import latest_head, unsealed_window
from thongquan.base.ledger.tasks import seal_loop_step

INSERT = """
    INSERT INTO ledger_entry (at, actor, action, subject, details, salt, leaf)
    VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id
"""


def other_connection() -> psycopg.Connection[tuple[int]]:
    """A second connection to the test's own database, outside Django."""
    named = connection.get_connection_params()
    words = {name: named[name] for name in ("dbname", "user", "password", "host", "port") if named.get(name)}
    return psycopg.connect(**words)


def insert_by_hand(connection: psycopg.Connection[tuple[int]], subject: str) -> int:
    values = entry_values(action="a.b", subject=subject, actor="user:1", at=AT, details={})
    row = connection.execute(
        INSERT, [AT, "user:1", "a.b", subject, values.details, values.salt, values.leaf]
    ).fetchone()
    assert row is not None
    return row[0]


def sealed_ids() -> list[int]:
    return list(Leaf.objects.order_by("index").values_list("entry_id", flat=True))


def test_a_head_covers_what_was_written_and_its_root_is_that_of_the_leaves(ledger: Path) -> None:
    write(5)
    signed = seal()
    assert signed is not None
    assert signed.head.size == 6
    assert signed.head.root == merkle.tree_head(bytes(entry.leaf) for entry in Entry.objects.order_by("xid", "id"))
    assert signed.is_genuine()
    assert latest_head() == signed


def test_the_origin_is_the_first_leaf_and_names_realm_and_key(ledger: Path) -> None:
    write(1)
    seal()
    first = Leaf.objects.select_related("entry").get(index=0).entry
    assert (first.action, first.subject) == ("ledger.origin", "realm:practice")
    assert Key.objects.get().key_id.encode() in bytes(first.details)
    operations.record_origin(realm="practice", at=AT)
    assert Entry.objects.filter(action="ledger.origin").count() == 1


def test_an_origin_after_other_entries_is_refused(empty_ledger: Path) -> None:
    write(1)
    with pytest.raises(Conflict):
        operations.record_origin(realm="practice", at=AT)


def test_sealing_again_without_news_does_nothing(ledger: Path) -> None:
    assert seal() is not None
    assert seal() is None
    assert Head.objects.count() == 1


def test_heads_are_chained_and_every_batch_continues_the_tree(ledger: Path) -> None:
    heads = []
    for batch in range(7):
        write(batch + 1, start=batch * 10)
        signed = seal()
        assert signed is not None
        heads.append(signed)
    for before, after in itertools.pairwise(heads):
        assert after.head.previous == before.head.digest()
        assert after.head.horizon > before.head.horizon
    assert heads[-1].head.root == merkle.tree_head(
        bytes(value) for value in Leaf.objects.order_by("index").values_list("hash", flat=True)
    )
    assert verified().findings == []


def test_a_late_commit_behind_the_sealer_is_not_skipped(ledger: Path) -> None:
    """A takes its identity first and stays open; B commits and is sealed or not; A commits; nothing is lost."""
    seal()
    with other_connection() as a, other_connection() as b:
        early = insert_by_hand(a, "declaration:1")
        late = insert_by_hand(b, "declaration:2")
        assert early < late
        b.commit()
        operations.seal(at=AT)
        assert early not in sealed_ids()
        assert unsealed_window().waiting >= 1, "B's entry waits for A, whose transaction is older"
        a.commit()
        seal()
    assert sealed_ids()[-2:] == [early, late]
    assert unsealed_window().waiting == 0
    assert verified().findings == []


def test_an_entry_of_a_younger_transaction_with_a_smaller_identity_keeps_the_order_of_transactions(
    ledger: Path,
) -> None:
    seal()
    with other_connection() as a, other_connection() as b:
        b.execute("SELECT pg_current_xact_id()")
        first = insert_by_hand(a, "declaration:1")
        a.commit()
        assert operations.seal(at=AT) is None, "B is older than A and still open"
        second = insert_by_hand(b, "declaration:2")
        b.commit()
        seal()
    assert first < second
    assert sealed_ids()[-2:] == [second, first]
    assert verified().findings == []


def test_what_is_rolled_back_is_in_no_tree(ledger: Path) -> None:
    with other_connection() as a:
        insert_by_hand(a, "declaration:1")
        a.rollback()
    seal()
    assert len(sealed_ids()) == 1
    assert verified().findings == []


def test_a_second_sealer_steps_back_while_one_is_at_work(ledger: Path) -> None:
    write(3)
    with other_connection() as a:
        a.execute("SELECT pg_advisory_xact_lock(%s)", [operations.SEALER_LOCK])
        assert operations.seal(at=AT) is None
        a.rollback()
    assert seal() is not None


def test_many_sealers_at_once_give_each_entry_one_place(ledger: Path) -> None:
    failures: list[Exception] = []
    start = threading.Barrier(4)

    def work(worker: int) -> None:
        try:
            start.wait()
            for round_ in range(6):
                write(3, start=worker * 100 + round_ * 10)
                operations.seal(at=AT)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    seal()
    assert sorted(sealed_ids()) == sorted(Entry.objects.values_list("id", flat=True))
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(4 * 6 * 3 + 1))
    assert verified().findings == []


def test_batches_are_bounded_and_never_cut_a_transaction(ledger: Path) -> None:
    for start in (0, 10, 20):
        with transaction.atomic():
            write(4, start=start)
    sizes = []
    while signed := seal(batch=6):
        sizes.append(signed.head.size)
    assert sizes == [5, 9, 13]
    with transaction.atomic():
        write(9, start=30)
    signed = seal(batch=2)
    assert signed is not None
    assert signed.head.size == 22
    assert verified().findings == []


def test_ten_thousand_entries_in_one_head(ledger: Path) -> None:
    values = [entry_values(action="a.b", subject="x:1", actor="user:1", at=AT, details={"n": n}) for n in range(10_000)]
    rows = (
        Entry(at=AT, actor="user:1", action="a.b", subject="x:1", details=v.details, salt=v.salt, leaf=v.leaf)
        for v in values
    )
    Entry.objects.bulk_create(rows, batch_size=1000)
    signed = seal()
    assert signed is not None
    assert signed.head.size == 10_001
    assert Node.objects.count() == 10_001 - bin(10_001).count("1")
    assert verified().findings == []


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_leaf", "ledger_node", "ledger_key", "ledger_head"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET {} = {}"])
def test_the_database_refuses_to_change_the_ledger(ledger: Path, table: str, statement: str) -> None:
    write(2)
    seal()
    column = {"ledger_entry": "actor", "ledger_key": "at", "ledger_head": "root"}.get(table, "hash")
    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as sql:
        sql.execute(statement.format(table, column, column))
    assert verified().findings == []


def test_a_new_key_signs_on_and_the_ledger_tells_of_it(ledger: Path, settings: Any) -> None:
    seal()
    settings.LEDGER_KEY_FILE = ledger / "secrets" / "second.ed25519"
    write(1)
    seal()
    seal()
    report = verified()
    assert report.findings == []
    assert len(report.keys) == 2
    assert Entry.objects.filter(action="ledger.key_changed").count() == 1


def test_the_key_file_is_for_its_owner_only(ledger: Path) -> None:
    assert (ledger / "secrets" / "ledger.ed25519").stat().st_mode & 0o777 == 0o600


def test_the_window_counts_what_waits_and_since_when(ledger: Path) -> None:
    seal()
    assert unsealed_window().waiting == 0
    assert unsealed_window().age(AT) is None
    write(3, start=10)
    window = unsealed_window()
    assert window.waiting == 3
    assert window.oldest_at is not None
    age = window.age(AT.replace(hour=9))
    assert age is not None
    assert age.total_seconds() == 3600 - 10
    assert not window.stuck


def test_a_server_that_counts_from_lower_is_told_and_nothing_is_sealed(ledger: Path, tamper: Tamper) -> None:
    """As after a restore into a new server: entries would lie below the horizon and never be read."""
    seal()
    tamper("UPDATE ledger_head SET horizon = '9000000000000'")
    write(1)
    with pytest.raises(Conflict, match="counts transactions from"):
        operations.seal(at=AT)
    assert unsealed_window().stuck
    assert seal_loop_step(AT) is False
    assert Leaf.objects.count() == 1


def test_the_worker_step_seals_and_hands_heads_to_the_witness(ledger: Path) -> None:
    write(2)
    wait_until_settled()
    assert seal_loop_step(AT) is False
    assert seal_loop_step(AT) is False
    lines = (ledger / "witness" / "heads-2026-03.jsonl").read_text().splitlines()
    assert [json.loads(line)["size"] for line in lines] == [3]


def test_the_worker_step_goes_on_at_once_while_full_batches_wait(ledger: Path) -> None:
    write(5)
    wait_until_settled()
    busy = [seal_loop_step(AT, batch=2) for _ in range(4)]
    assert busy == [True, True, False, False]
    assert unsealed_window().waiting == 0


def test_sealing_inside_another_transaction_is_refused(ledger: Path) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        operations.seal(at=AT)
