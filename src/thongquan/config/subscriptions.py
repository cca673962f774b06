"""Which outbox messages start which handler: the one table of who listens to whom."""

from __future__ import annotations

from thongquan.base.core.outbox import Subscription
from thongquan.clearance.declarations import handlers as declarations

SUBSCRIPTIONS = [
    Subscription("declarations.search", frozenset({"declaration.lodged"}), declarations.index_for_search),
]
