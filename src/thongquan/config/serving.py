"""The web application as a serving process loads it: with the law of the day in memory and its own loading settled."""

from __future__ import annotations

import logging

from thongquan.config.wsgi import application  # sets Django up, which the rooms below need

# isort: split
from django.db import DatabaseError, connections
from django.urls import get_resolver

from thongquan.base.core.lanes.reports import start_reporting
from thongquan.base.core.memory import settle
from thongquan.clearance.tariff.queries import current_law
from thongquan.insight.status import recorder

__all__ = ["application"]
log = logging.getLogger(__name__)


def warm() -> None:
    """Load every address and the law before the first requests do, several at once.

    A database that is away is asked again by the first request.
    """
    loaded = len(get_resolver().url_patterns)
    log.info("%d groups of addresses loaded", loaded)
    try:
        current_law()
    except DatabaseError:
        log.warning("the database does not answer yet; the law is read with the first request")
    finally:
        connections.close_all()
    settle()
    recorder.start()
    start_reporting()


warm()
