"""Notices to people, the e-mails that carry them, and webhooks to programs."""

from thongquan.base.notices.models.notices import Mail, Notice, Preference
from thongquan.base.notices.models.webhooks import Attempt, Delivery, Endpoint

__all__ = ["Attempt", "Delivery", "Endpoint", "Mail", "Notice", "Preference"]
