"""The web application as a serving process loads it: with the law of the day in memory and its own loading settled."""

from __future__ import annotations

import logging

from thongquan.config.wsgi import application  # sets Django up, which the rooms below need

# isort: split
from django.db import DatabaseError, connections

from thongquan.base.core.memory import settle
from thongquan.clearance.tariff.queries import current_law

__all__ = ["application"]
log = logging.getLogger(__name__)


def warm() -> None:
    """Read the law before the first request asks for it; a database that is away is asked again by that request."""
    try:
        current_law()
    except DatabaseError:
        log.warning("the database does not answer yet; the law is read with the first request")
    finally:
        connections.close_all()
    settle()


warm()
