"""Proof that the events of one subject are in the ledger, as a file that anyone can check offline."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from thongquan.base.ledger.lines import PROOF_FORMAT, ProofEntry, ProofFile
from thongquan.base.ledger.merkle import inclusion_spans, path, places_of
from thongquan.base.ledger.models import Entry
from thongquan.base.ledger.queries.export import TIME_TEXT, entry_words
from thongquan.base.ledger.queries.heads import latest_head
from thongquan.base.ledger.queries.tree import hashes_at

_ROWS_SQL = f"""
    SELECT l.index, l.hash, e.id, e.xid::text::bigint, {TIME_TEXT}, e.actor, e.action, e.subject, e.details,
           e.salt, e.leaf
    FROM ledger_entry e JOIN ledger_leaf l ON l.entry_id = e.id
    WHERE e.subject = %s AND l.index < %s ORDER BY l.index
"""  # noqa: S608  (the inserted text is a constant)


def inclusion_proofs(subject: str) -> ProofFile:
    """The sealed entries of a subject, each with its path to the newest head, and that head with its signature.

    `waiting` counts entries of the subject that are not sealed yet. Reads O(log n) rows of the tree per entry.
    """
    with transaction.atomic():
        signed = latest_head()
        size = signed.head.size if signed else 0
        with connection.cursor() as sql:
            sql.execute(_ROWS_SQL, [subject, size])
            rows = sql.fetchall()
        waiting = Entry.objects.filter(subject=subject).count() - len(rows)
    spans = {row[0]: inclusion_spans(row[0], size) for row in rows}
    found = hashes_at(place for each in spans.values() for place in places_of(each))
    return ProofFile(
        format=PROOF_FORMAT,
        subject=subject,
        head=signed.words() if signed else None,
        proofs=[_proof(row, path(spans[row[0]], found.__getitem__)) for row in rows],
        waiting=waiting,
    )


def _proof(row: tuple[Any, ...], audit: list[bytes]) -> ProofEntry:
    return ProofEntry(**entry_words(row), path=[value.hex() for value in audit])
