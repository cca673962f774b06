"""Answers to messages: declared prices are copied as declarations come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from thongquan.base.core.outbox import Message
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.valuation.operations.copying import copy_prices

PRICED = frozenset({"declaration.lodged", "declaration.cancel", "declaration.expire"})
"""After these other prices are declared; amendments change nothing: the first price is the one that was offered."""


def follow_prices(messages: Sequence[Message]) -> None:
    """Copy the prices of the declarations that these messages are about. Idempotent."""
    days: dict[date, set[int]] = defaultdict(set)
    for message in messages:
        days[timezone.localdate(message.at)].add(key_of_number(message.subject.partition(":")[2]))
    for on, keys in days.items():
        copy_prices(keys - {0}, on=on)
