"""Answers to events of this room itself: what lodging does not need to wait for."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from thongquan.base.core.outbox import Message
from thongquan.clearance.declarations.models import Declaration, SearchCopy
from thongquan.clearance.declarations.search import search_words
from thongquan.rules.document import Document
from thongquan.rules.encoding import decoded_document


def index_for_search(messages: Sequence[Message]) -> None:
    """Make the lodged declarations findable by words. Idempotent: the copy is written anew."""
    numbers = [msgspec.json.decode(message.payload)["number"] for message in messages]
    for declaration in Declaration.objects.filter(number__in=numbers).prefetch_related("versions"):
        version = max(declaration.versions.all(), key=lambda one: one.version)
        words = _words_of(declaration.number, decoded_document(bytes(version.document)))
        SearchCopy.objects.update_or_create(
            declaration=declaration, defaults={"words": SearchVector(Value(words), config="simple")}
        )


def _words_of(number: str, document: Document) -> str:
    parties = [party.name for party in (document.trader, document.counterpart, document.agent) if party]
    invoice = document.invoice.number if document.invoice else None
    plate = document.vehicle.identifier if document.vehicle else None
    goods = [text for line in document.lines for text in (line.hs, line.description)]
    return search_words(number, *parties, invoice, plate, document.own_reference, *goods)
