"""Where a missing condition is met: the address of the page, where there is one."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import NoReverseMatch, reverse

from thongquan.clearance.control.queries.missing import Told
from thongquan.clearance.declarations.queries import Stand


def linked(conditions: Iterable[Told], stand: Stand) -> list[tuple[Told, str]]:
    """Each condition with the address of whoever does it, empty when there is no page."""
    return [(one, address_of(one, stand)) for one in conditions]


def address_of(one: Told, stand: Stand) -> str:
    """The page where a condition is met: money by its subject, the others by the number."""
    if not one.url_name or one.met:
        return ""
    by = stand.subject if one.url_name.startswith("revenue:") else stand.number
    try:
        return reverse(one.url_name, args=[by])
    except NoReverseMatch:
        return ""
