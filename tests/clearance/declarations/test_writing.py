"""The hot statement writes exactly what the models would write."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.db import IntegrityError, connection

from tests.world import World, import_document
from thongquan.base.core.clock import now
from thongquan.base.core.models import IdempotencyKey, OutboxMessage
from thongquan.base.ledger.encoding import canonical_time, leaf_of
from thongquan.base.ledger.models import Entry
from thongquan.clearance.declarations.models import Declaration, Line, Version
from thongquan.clearance.declarations.numbers import next_key
from thongquan.clearance.declarations.operations.judging import fingerprint_of, gather_facts
from thongquan.clearance.declarations.operations.writing import Lodgement, outbox_payload, write_lodgement
from thongquan.clearance.revenue.models import Liability
from thongquan.rules.clearance import decide
from thongquan.rules.encoding import encoded


def lodgement(**changes: Any) -> Lodgement:
    document = import_document()
    facts = gather_facts(document, fingerprint=fingerprint_of(document), at=now())
    whole = Lodgement(
        key=next_key("import"),
        facts=facts,
        decision=decide(facts),
        document=encoded(document),
        fingerprint=fingerprint_of(document),
        actor="user:1",
        source="api",
        idempotency=("key-1", b"d" * 32),
    )
    return msgspec.structs.replace(whole, **changes)


def by_models(written: Lodgement) -> dict[str, list[dict[str, Any]]]:
    """The same rows, as the models say them."""
    document, decision = written.facts.document, written.decision
    trader = document.trader
    assert trader is not None
    lines = [
        {
            "number": line.number,
            "hs": line.hs,
            "origin": line.origin,
            "schedule": line.schedule,
            "description": line.description,
            "quantity": line.quantity,
            "unit": line.unit,
            "net_weight_kg": line.net_weight_kg,
            "value_vnd": due.value_vnd,
            "due_vnd": due.due_vnd,
            "version": 0,
            "declaration_id": written.key,
        }
        for line, due in zip(document.lines, decision.lines, strict=True)
    ]
    return {
        "declaration": [
            {
                "id": written.key,
                "number": written.number,
                "flow": "import",
                "regime": document.regime,
                "office": document.office,
                "tax_code": trader.tax_code,
                "trader_name": trader.name,
                "lodged_by": "user:1",
                "source": "api",
                "state": "channeled",
                "channel": decision.channel,
                "version": 0,
                "registered_at": written.facts.at,
                "due_vnd": decision.due_vnd,
                "fingerprint": written.fingerprint,
            }
        ],
        "version": [
            {
                "declaration_id": written.key,
                "version": 0,
                "at": written.facts.at,
                "actor": "user:1",
                "document": written.document,
                "facts": encoded(written.facts),
                "decision": encoded(decision),
                "law_version": written.facts.law.version,
                "rules_release": written.facts.rules_release,
            }
        ],
        "line": lines,
        "liability": [
            {
                "subject": written.subject,
                "tax_code": trader.tax_code,
                "due_vnd": decision.due_vnd,
                "secured_vnd": decision.secured_vnd,
                "fee_vnd": decision.fee_vnd,
                "totals_vnd": {tax: str(amount) for tax, amount in decision.totals_vnd.items()},
                "at": written.facts.at,
            }
        ],
        "message": [
            {
                "kind": "declaration.lodged",
                "subject": written.subject,
                "payload": outbox_payload(written),
                "at": written.facts.at,
            }
        ],
        "key": [
            {
                "owner": "user:1",
                "key": "key-1",
                "digest": b"d" * 32,
                "subject": written.subject,
                "at": written.facts.at,
            }
        ],
    }


def plain(row: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: bytes(row[name]) if isinstance(row[name], memoryview) else row[name] for name in wanted}


def stored(written: Lodgement) -> dict[str, list[dict[str, Any]]]:
    subject = written.subject
    rows = {
        "declaration": Declaration.objects.filter(id=written.key),
        "version": Version.objects.filter(declaration_id=written.key),
        "line": Line.objects.filter(declaration_id=written.key).order_by("number"),
        "liability": Liability.objects.filter(subject=subject),
        "message": OutboxMessage.objects.filter(subject=subject),
        "key": IdempotencyKey.objects.filter(subject=subject),
    }
    expected = by_models(written)
    return {kind: [plain(row, expected[kind][0]) for row in found.values()] for kind, found in rows.items()}


def test_the_rows_equal_those_of_the_models(customs: World) -> None:
    written = lodgement()
    write_lodgement(written)
    assert stored(written) == by_models(written)


def test_no_column_is_forgotten(customs: World) -> None:
    """A column added to a model must be added to the statement, and to this test."""
    written = lodgement()
    expected = by_models(written)
    own = {"id", "xid", "assigned_to", "waiting_for", "due_at", "due_clock", "is_perishable", "rank"}  # kept by steps
    models = {
        "declaration": Declaration,
        "version": Version,
        "line": Line,
        "liability": Liability,
        "message": OutboxMessage,
        "key": IdempotencyKey,
    }
    for kind, model in models.items():
        columns = {field.attname for field in model._meta.concrete_fields}
        assert columns - own == set(expected[kind][0]) - own, kind


def test_the_ledger_row_is_a_true_leaf(customs: World) -> None:
    written = lodgement()
    write_lodgement(written)
    entry = Entry.objects.get(subject=written.subject)
    assert entry.at == written.facts.at
    assert bytes(entry.leaf) == leaf_of(
        at=canonical_time(entry.at),
        actor=entry.actor,
        action=entry.action,
        subject=entry.subject,
        details=bytes(entry.details),
        salt=bytes(entry.salt),
    )


def test_without_a_key_no_key_is_written(customs: World) -> None:
    write_lodgement(lodgement(idempotency=None))
    assert IdempotencyKey.objects.count() == 0


def test_a_second_live_declaration_of_the_same_goods_leaves_nothing(customs: World) -> None:
    first, again = lodgement(), lodgement(idempotency=None)
    write_lodgement(first)
    with pytest.raises(IntegrityError):
        write_lodgement(again)
    assert Version.objects.count() == 1
    assert not Entry.objects.filter(subject=again.subject).exists()
    assert not Liability.objects.filter(subject=again.subject).exists()


def test_versions_and_lines_never_change(customs: World) -> None:
    write_lodgement(lodgement())
    for change in (
        lambda: Version.objects.update(actor="user:2"),
        lambda: Version.objects.all().delete(),
        lambda: Line.objects.update(value_vnd=1),
    ):
        with pytest.raises(IntegrityError):
            change()


def test_the_statement_is_prepared_once(customs: World) -> None:
    for place in range(6):
        document = import_document(invoice=f"P-{place}", packages=10**place)
        facts = gather_facts(document, fingerprint=fingerprint_of(document), at=now())
        write_lodgement(
            lodgement(facts=facts, decision=decide(facts), fingerprint=fingerprint_of(document), idempotency=None)
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%INSERT INTO declarations_declaration%%'"
        )
        assert cursor.fetchone() == (1,)
