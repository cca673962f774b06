"""Who is told of what: the table from messages of the outbox to people and to webhooks."""

from thongquan.config.notices.table import KINDS, register
from thongquan.config.notices.telling import tell_people
from thongquan.config.notices.webhooks import WEBHOOK_KINDS, tell_programs

__all__ = ["KINDS", "WEBHOOK_KINDS", "register", "tell_people", "tell_programs"]
