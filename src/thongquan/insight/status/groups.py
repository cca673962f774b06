"""Which group of requests an address belongs to, and their names."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GROUPS: dict[str, Promise] = {
    "lodge": _("Lodging declarations"),
    "declaration": _("Reading declarations"),
    "lists": _("Lists and search"),
    "checks": _("Checks and release"),
    "gate": _("Gates"),
    "money": _("Money"),
    "express": _("Express parcels"),
    "public": _("Public pages"),
    "api": _("Other program requests"),
    "pages": _("Other pages"),
}
NOT_MEASURED = ("/static/",)
_PREFIXES = (
    ("/api/v1/declarations/", "declaration"),
    ("/declarations/codes/", "pages"),
    ("/declarations/draft", "pages"),
    ("/declarations/new/", "pages"),
    ("/declarations/", "declaration"),
    ("/search/", "lists"),
    ("/control/gate", "gate"),
    ("/control/", "checks"),
    ("/api/v1/control/", "checks"),
    ("/revenue/", "money"),
    ("/api/v1/money/", "money"),
    ("/express/", "express"),
    ("/api/v1/express/", "express"),
    ("/law/", "public"),
    ("/status/", "public"),
    ("/procedures/", "public"),
    ("/calculator/", "public"),
    ("/track/", "public"),
    ("/ledger/", "public"),
    ("/api/v1/law/", "public"),
    ("/api/v1/status", "public"),
    ("/api/v1/calculator", "public"),
    ("/api/v1/track", "public"),
    ("/api/v1/procedures", "public"),
    ("/api/", "api"),
)
_LODGING = frozenset({"/api/v1/declarations/", "/declarations/upload/"})
_LISTS = frozenset({"/api/v1/declarations/", "/declarations/", "/control/"})


def group_of(method: str, path: str) -> str:
    """The group of a request; empty for what is not measured (files of the pages)."""
    if method == "POST" and (path in _LODGING or (path.startswith("/declarations/draft/") and path.endswith("/lodge"))):
        return "lodge"
    if path in _LISTS or path.startswith("/declarations/list."):
        return "lists"
    for prefix, group in _PREFIXES:
        if path.startswith(prefix):
            return group
    return "" if path.startswith(NOT_MEASURED) else "pages"
