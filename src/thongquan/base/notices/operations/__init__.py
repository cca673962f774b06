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
from thongquan.base.notices.operations.events import Happening, send_events
from thongquan.base.notices.operations.replaying import replay_delivery, replay_since, send_test
from thongquan.base.notices.operations.telling import Note, notify, notify_all

__all__ = [
    "Happening",
    "NewSecret",
    "Note",
    "change_endpoint",
    "create_endpoint",
    "delete_endpoint",
    "deliver_next",
    "notify",
    "notify_all",
    "pause_endpoint",
    "replay_delivery",
    "replay_since",
    "resume_endpoint",
    "rotate_secret",
    "send_events",
    "send_test",
]
