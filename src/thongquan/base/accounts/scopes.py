"""What a personal token may be allowed: one pair of scopes for each area of the API, asked at its door.

Deeper checks know two words only, reading and acting (`declarations:read`, `declarations:lodge`). Past the door of
another area a token has as much of them as its scope of that area gives, and for that request alone: a token for
money cannot lodge, and one that lodges cannot pay.
"""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed
from thongquan.rules.codes import Code

READ_SCOPE, LODGE_SCOPE = "declarations:read", "declarations:lodge"
WEBHOOKS_SCOPE = "webhooks:manage"
AREAS: dict[str, tuple[str, str]] = {
    "declarations": (READ_SCOPE, LODGE_SCOPE),
    "files": ("files:read", "files:write"),
    "money": ("money:read", "money:write"),
    "questions": ("questions:read", "questions:write"),
    "control": ("control:read", "control:write"),
    "express": ("express:read", "express:lodge"),
    "residents": ("residents:read", "residents:write"),
    "origin": ("origin:read", "origin:write"),
    "classification": ("classification:read", "classification:write"),
    "risk": ("risk:read", "risk:write"),
    "valuation": ("valuation:read", "valuation:write"),
    "webhooks": (WEBHOOKS_SCOPE, WEBHOOKS_SCOPE),
}
"""The first part of an address below `/api/v1/`, with the scope for reading there and the one for acting."""
LABELS: dict[str, Promise] = {
    READ_SCOPE: _("Read declarations"),
    LODGE_SCOPE: _("Lodge declarations"),
    "files:read": _("Read files"),
    "files:write": _("Send and attach files"),
    "money:read": _("Read what is owed and paid"),
    "money:write": _("Guarantee, claim and book money"),
    "questions:read": _("Read questions to the office"),
    "questions:write": _("Ask and answer questions"),
    "control:read": _("Read checks and releases (officers)"),
    "control:write": _("Check and release (officers)"),
    "express:read": _("Read express parcels"),
    "express:lodge": _("Lodge express parcels"),
    "residents:read": _("Read residents' forms"),
    "residents:write": _("Fill in residents' forms"),
    "origin:read": _("Read certificates of origin"),
    "origin:write": _("Register and check certificates of origin"),
    "classification:read": _("Read codes for goods"),
    "classification:write": _("Work on codes for goods"),
    "risk:read": _("Read compliance and risk"),
    "risk:write": _("Work on risk (officers)"),
    "valuation:read": _("Read consultations on values"),
    "valuation:write": _("Take part in consultations on values"),
    WEBHOOKS_SCOPE: _("Look after webhooks"),
}
SCOPES = tuple(LABELS)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_ROOT = "/api/v1/"


def scope_needed(method: str, path: str) -> str:
    """The scope that an address of the API asks for; an area without a pair of its own asks as declarations do."""
    area = path.removeprefix(_ROOT).partition("/")[0]
    reading, acting = AREAS.get(area, AREAS["declarations"])
    return reading if method in SAFE_METHODS else acting


def at_the_door(request: HttpRequest, actor: Actor) -> Actor:
    """The actor of a token as it may act on this request. Raises `NotAllowed` TQ-ACC-007 without the scope."""
    if actor.scopes is None or not request.path_info.startswith(_ROOT):
        return actor
    needed = scope_needed(request.method or "", request.path_info)
    if needed not in actor.scopes:
        raise NotAllowed(needed, code=Code.TQ_ACC_007)
    if needed in (READ_SCOPE, LODGE_SCOPE):
        return actor
    granted = {READ_SCOPE} if request.method in SAFE_METHODS else {READ_SCOPE, LODGE_SCOPE}
    return replace(actor, scopes=frozenset(granted | {needed}))
