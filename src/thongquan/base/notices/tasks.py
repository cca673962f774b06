"""Background work of notices: deliveries, e-mails, and forgetting what is old."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, InterfaceError
from procrastinate.contrib.django import app

from thongquan.base.core.clock import now
from thongquan.base.notices.operations import deliver_next, forget_deliveries, forget_old, send_next
from thongquan.base.notices.outside import network_of_installation
from thongquan.base.notices.states import KEPT, NOTICES_KEPT

log = logging.getLogger(__name__)


def deliver_loop_step(at: datetime) -> bool:
    """Make one try of a webhook; True when there was one, so that the next is taken at once."""
    return _kept_going(lambda: deliver_next(at=at, network=network_of_installation()))


def mail_loop_step(at: datetime) -> bool:
    """Send one e-mail; True when there was one."""
    return _kept_going(lambda: send_next(at=at))


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="notices", pass_context=False)
def forget_what_is_old(timestamp: int) -> int:
    """Delete deliveries and notices that are kept no longer."""
    at = now()
    return forget_deliveries(at=at, kept=KEPT) + forget_old(at=at, kept=NOTICES_KEPT)


def _kept_going(step: Callable[[], bool]) -> bool:
    """A bad one stays in hand for two minutes and is tried again: it must not stop all others."""
    try:
        return step()
    except (DatabaseError, InterfaceError):
        raise
    except Exception:
        log.exception("a delivery broke down; going on with the next")
        return True
