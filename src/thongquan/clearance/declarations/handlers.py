"""Answers to events of this room itself: what lodging does not need to wait for."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.db import connection
from django.db.models import F

from thongquan.base.core.outbox import Message
from thongquan.clearance.declarations.models import Version
from thongquan.clearance.declarations.search import search_words
from thongquan.rules.document import Document
from thongquan.rules.encoding import decoded_document

# Written by hand: a batch in one statement; one by one, this work took more than the lodging itself.
_COPY = """
    INSERT INTO declarations_searchcopy (declaration_id, words)
    SELECT copy.id, to_tsvector('simple', copy.words) FROM unnest(%s::bigint[], %s::text[]) AS copy(id, words)
    ON CONFLICT (declaration_id) DO UPDATE SET words = excluded.words
"""


def index_for_search(messages: Sequence[Message]) -> None:
    """Make the lodged declarations findable by words. Idempotent: the copy is written anew."""
    numbers = [msgspec.json.decode(message.payload)["number"] for message in messages]
    rows = Version.objects.filter(declaration__number__in=numbers, version=F("declaration__version"))
    found = {
        key: _words_of(number, decoded_document(bytes(document)))
        for key, number, document in rows.values_list("declaration_id", "declaration__number", "document")
    }
    with connection.cursor() as cursor:
        cursor.execute(_COPY, [list(found), list(found.values())])


def _words_of(number: str, document: Document) -> str:
    parties = [party.name for party in (document.trader, document.counterpart, document.agent) if party]
    invoice = document.invoice.number if document.invoice else None
    plate = document.vehicle.identifier if document.vehicle else None
    goods = [text for line in document.lines for text in (line.hs, line.description)]
    return search_words(number, *parties, invoice, plate, document.own_reference, *goods)
