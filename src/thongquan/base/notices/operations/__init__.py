"""What other rooms may ask of notices."""

from thongquan.base.notices.operations.delivering import deliver_next
from thongquan.base.notices.operations.endpoints import (
    NewSecret,
    change_endpoint,
    create_endpoint,
    delete_endpoint,
    pause_endpoint,
    resume_endpoint,
    rotate_secret,
)
from thongquan.base.notices.operations.events import Happening, has_endpoints, send_events
from thongquan.base.notices.operations.mailing import forget_old, send_next
from thongquan.base.notices.operations.reading import choose_ways, mark_all_read, mark_read
from thongquan.base.notices.operations.replaying import forget_deliveries, replay_delivery, replay_since, send_test
from thongquan.base.notices.operations.telling import Note, notify, notify_all

__all__ = [
    "Happening",
    "NewSecret",
    "Note",
    "change_endpoint",
    "choose_ways",
    "create_endpoint",
    "delete_endpoint",
    "deliver_next",
    "forget_deliveries",
    "forget_old",
    "has_endpoints",
    "mark_all_read",
    "mark_read",
    "notify",
    "notify_all",
    "pause_endpoint",
    "replay_delivery",
    "replay_since",
    "resume_endpoint",
    "rotate_secret",
    "send_events",
    "send_next",
    "send_test",
]
