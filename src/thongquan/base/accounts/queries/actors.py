"""Who acts: one frozen value with everything a permission needs, made once per request."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest

from thongquan.base.accounts.loopback import is_demo_session
from thongquan.base.accounts.models import ApiToken, Mandate, Membership, Organization, User
from thongquan.base.accounts.roles import TRADER_ROLES

TOKEN_CACHE_SECONDS = 15
TOKEN_CACHE_SIZE = 4096
LAST_USED_STEP = timedelta(hours=1)
SCOPED_KINDS = frozenset({"enterprise", "broker", "customs_office", "region"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The one who acts. `offices` are office codes, `enterprises` tax codes they may act for.

    `holdings` pairs each role with the office or tax code it is held for; `scopes` is None for a person at the pages
    and the list of a token's scopes for a program.
    """

    user_id: int | None = None
    reference: str = "anonymous"
    name: str = ""
    organization: str = ""
    organization_kind: str | None = None
    roles: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    enterprises: frozenset[str] = frozenset()
    holdings: frozenset[tuple[str, str]] = frozenset()
    scopes: frozenset[str] | None = None
    is_authenticated: bool = False
    mfa: bool = False

    def holds(self, role: str, code: str) -> bool:
        """Whether this role is held for this very office or enterprise."""
        return (role, code) in self.holdings

    def allows(self, scope: str) -> bool:
        """Whether the way they came in permits this scope: a token only what it was given."""
        return self.scopes is None or scope in self.scopes


ANONYMOUS = Actor()


def system_actor(name: str, *, enterprises: Iterable[str] = (), offices: Iterable[str] = ()) -> Actor:
    """An actor for the program itself (sample loader, worker, command line); `reference` is `system:<name>`."""
    codes = frozenset(enterprises)
    return Actor(
        reference=f"system:{name}",
        name=name,
        roles=frozenset({"declarant"}) if codes else frozenset(),
        enterprises=codes,
        offices=frozenset(offices),
        holdings=frozenset(("declarant", code) for code in codes),
        is_authenticated=True,
        mfa=True,
    )


def actor_of(
    user: User | AnonymousUser, at: datetime, *, mfa: bool = False, scopes: frozenset[str] | None = None
) -> Actor:
    """The actor that this user is at this moment; `ANONYMOUS` for nobody and for a closed account.

    `mfa` says that the second factor was given in this session.
    """
    if not isinstance(user, User) or not user.is_active:
        return ANONYMOUS
    rows = list(Membership.objects.filter(valid_at(at), user=user).select_related("organization").order_by("id"))
    regions = {row.organization_id: row.organization.code for row in rows if row.organization.kind == "region"}
    holdings = _holdings(rows, _offices_of(regions), _clients_of(rows, at))
    return Actor(
        user_id=user.pk,
        reference=f"user:{user.pk}",
        name=user.full_name,
        organization=rows[0].organization.name if rows else "",
        organization_kind=rows[0].organization.kind if rows else None,
        roles=frozenset(row.role for row in rows),
        offices=frozenset(code for role, code in holdings if role not in TRADER_ROLES) - set(regions.values()),
        regions=frozenset(regions.values()),
        enterprises=frozenset(code for role, code in holdings if role in TRADER_ROLES),
        holdings=frozenset(holdings),
        scopes=scopes,
        is_authenticated=True,
        mfa=mfa,
    )


def actor_of_email(email: str, at: datetime) -> Actor:
    """The actor with this address, for the command line of the installation itself; `ANONYMOUS` when nobody has it.

    No second factor was given, so officers can do nothing that asks for one.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    return actor_of(user, at) if user else ANONYMOUS


def actor_behind(reference: str, at: datetime) -> Actor:
    """The actor with this typed reference (`user:12`), for work that follows from what that person decided before.

    The second factor counts as given: it was asked when the decision was taken. Rights are those of `at`, so that who
    left the office meanwhile does nothing more. `ANONYMOUS` for anything but a person.
    """
    kind, _, key = reference.partition(":")
    known = kind == "user" and key.isascii() and key.isdigit() and len(key) < 10
    user = User.objects.filter(pk=int(key)).first() if known else None
    return actor_of(user, at, mfa=True) if user else ANONYMOUS


def valid_at(at: datetime) -> Q:
    """The rows whose half-open period [valid_from, valid_to) holds this moment."""
    return Q(valid_from__lte=at) & (Q(valid_to=None) | Q(valid_to__gt=at))


def _offices_of(regions: dict[int, str]) -> dict[int, list[str]]:
    """A region's own code and those of its offices; no read when there is no region."""
    found = {region: [code] for region, code in regions.items()}
    if found:
        rows = Organization.objects.filter(kind="customs_office", parent_id__in=found)
        for parent, code in rows.values_list("parent_id", "code"):
            found[parent or 0].append(code)
    return found


def _clients_of(rows: Iterable[Membership], at: datetime) -> dict[int, list[str]]:
    """Tax codes by the broker that holds a mandate for them; no read when there is no broker."""
    found: dict[int, list[str]] = {row.organization_id: [] for row in rows if row.organization.kind == "broker"}
    if found:
        mandates = Mandate.objects.filter(valid_at(at), broker_id__in=found)
        for broker, code in mandates.values_list("broker_id", "enterprise__code"):
            found[broker].append(code)
    return found


def _holdings(
    rows: Iterable[Membership], offices: dict[int, list[str]], clients: dict[int, list[str]]
) -> set[tuple[str, str]]:
    wider = offices | clients
    return {
        (row.role, code)
        for row in rows
        if row.organization.kind in SCOPED_KINDS
        for code in wider.get(row.organization_id, [row.organization.code])
    }


def is_past_second_factor(request: HttpRequest) -> bool:
    """Whether this session gave a second factor, or came through the demo door of a practice realm."""
    if not isinstance(request.user, User):
        return False
    methods = {record.get("method") for record in get_authentication_records(request, request.user)}
    return "mfa" in methods or is_demo_session(request)


def has_second_factor(user_id: int) -> bool:
    """Whether this person has set up an authenticator app."""
    return bool(Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.TOTP).exists())


def actor_of_request(request: HttpRequest, at: datetime) -> Actor:
    """The actor behind a request: of its token when one was shown, else of its session; made once per request."""
    known: Actor | None = getattr(request, "actor", None)
    if isinstance(known, Actor):
        return known
    user = getattr(request, "user", None)  # a request refused early never got one
    actor = actor_of(user, at, mfa=is_past_second_factor(request)) if isinstance(user, User) else ANONYMOUS
    request.actor = actor  # type: ignore[attr-defined]  # read again by later layers of the same request
    return actor


_by_token: OrderedDict[bytes, tuple[datetime, Actor]] = OrderedDict()


def forget_actors() -> None:
    """Drop the remembered actors of tokens in this process: rights or tokens have changed."""
    _by_token.clear()


def actor_of_token(secret: str, at: datetime) -> Actor | None:
    """The actor a personal token stands for, or None when it is unknown, expired, withdrawn or its person is closed.

    Remembered for 15 seconds in this process, since programs lodge many declarations in a row; a withdrawal elsewhere
    is therefore felt after 15 seconds at the latest.
    """
    digest = hashlib.sha256(secret.encode()).digest()
    known = _by_token.get(digest)
    if known and timedelta(0) <= at - known[0] < timedelta(seconds=TOKEN_CACHE_SECONDS):
        return known[1]
    actor = _read_token(digest, at)
    if actor:
        _by_token[digest] = (at, actor)
        while len(_by_token) > TOKEN_CACHE_SIZE:
            _by_token.popitem(last=False)
    else:
        _by_token.pop(digest, None)
    return actor


def _read_token(digest: bytes, at: datetime) -> Actor | None:
    token = ApiToken.objects.select_related("user").filter(digest=digest, revoked_at=None, expires_at__gt=at).first()
    if token is None or not token.user.is_active:
        return None
    if token.last_used_at is None or at - token.last_used_at >= LAST_USED_STEP:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at.replace(minute=0, second=0, microsecond=0))
    return actor_of(token.user, at, mfa=token.second_factor, scopes=frozenset(token.scopes))
