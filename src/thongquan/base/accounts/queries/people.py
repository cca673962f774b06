"""People as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from thongquan.base.accounts.models import ApiToken, Membership, Organization, User
from thongquan.base.accounts.queries.actors import Actor, valid_at
from thongquan.base.accounts.roles import ROLES
from thongquan.rules.text import fold


@dataclass(frozen=True, slots=True)
class Holding:
    """A role of a person in an organization; `label` is a lazy translation."""

    role: str
    label: object
    organization: str
    code: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the list, with the roles held now."""

    id: int
    name: str
    email: str
    is_active: bool
    holdings: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """An organization that can be chosen."""

    id: int
    kind: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A personal token as its owner sees it; the secret is not known any more."""

    id: int
    name: str
    prefix: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    is_live: bool


def name_of(reference: str) -> str:
    """Full name of `user:12`; the reference itself when it is nobody's."""
    return names_of([reference]).get(reference, reference)


def names_of(references: Iterable[str]) -> dict[str, str]:
    """Full names by reference (`user:12`), in one read; references of others are left out."""
    ids = [int(ref[5:]) for ref in references if ref.startswith("user:") and ref[5:].isdigit()]
    return {f"user:{key}": name for key, name in User.objects.filter(pk__in=ids).values_list("pk", "full_name")}


def enterprise_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of enterprises by tax code, in one read, ordered by name; unknown codes are left out."""
    rows = Organization.objects.filter(kind="enterprise", code__in=list(codes)).order_by("name")
    return dict(rows.values_list("code", "name"))


def office_and_region(code: str) -> tuple[str, str]:
    """Name of a customs office and of the region it belongs to, for papers; the code and '' when it is not known."""
    row = Organization.objects.filter(kind="customs_office", code=code).values_list("name", "parent__name").first()
    return (row[0], row[1] or "") if row else (code, "")


def people_of(actor: Actor, at: datetime, *, search: str = "") -> list[Person]:
    """The people an administrator looks after: members of their own region and its offices, by name."""
    seats = Membership.objects.filter(valid_at(at), organization__in=_organizations(actor))
    users = User.objects.filter(pk__in=seats.values("user_id")).order_by("folded_name", "pk")
    if search.strip():
        users = users.filter(folded_name__contains=fold(search))
    held: dict[int, list[Holding]] = {}
    for seat in seats.select_related("organization").order_by("id"):
        place = seat.organization
        held.setdefault(seat.user_id, []).append(Holding(seat.role, ROLES[seat.role], place.name, place.code))
    return [Person(u.pk, u.full_name, u.email, u.is_active, tuple(held.get(u.pk, ()))) for u in users]


def organizations_of(actor: Actor) -> list[Named]:
    """The organizations whose roles this administrator may grant: the region first, then its offices."""
    rows = _organizations(actor).order_by("-kind", "code")
    return [Named(row.pk, row.kind, row.code, row.name) for row in rows]


def _organizations(actor: Actor) -> QuerySet[Organization]:
    codes = [code for role, code in actor.holdings if role == "administrator"]
    return Organization.objects.filter(kind__in=("region", "customs_office"), code__in=codes)


def own_codes(actor: Actor, at: datetime) -> frozenset[str]:
    """Tax codes of the enterprises and brokers this person belongs to: not those a broker merely acts for."""
    if actor.user_id is None:
        return frozenset()
    rows = Membership.objects.filter(
        valid_at(at), user_id=actor.user_id, organization__kind__in=("enterprise", "broker")
    )
    return frozenset(rows.values_list("organization__code", flat=True))


def officers_of(office: str, roles: Iterable[str], at: datetime) -> dict[str, str]:
    """Full names by reference (`user:12`) of those who hold one of the roles for an office now, ordered by name."""
    place = Q(organization__code=office) | Q(organization__kind="region", organization__children__code=office)
    held = Membership.objects.filter(valid_at(at), place, role__in=list(roles), user__is_active=True)
    rows = held.order_by("user__folded_name", "user_id").values_list("user_id", "user__full_name")
    return {f"user:{key}": name for key, name in rows}


def tokens_of(actor: Actor, at: datetime) -> list[TokenRow]:
    """The actor's own tokens, newest first, withdrawn ones left out."""
    if actor.user_id is None:
        return []
    rows = ApiToken.objects.filter(user_id=actor.user_id, revoked_at=None).order_by("-created_at", "-id")
    return [
        TokenRow(
            row.pk,
            row.name,
            row.prefix,
            tuple(row.scopes),
            row.created_at,
            row.expires_at,
            row.last_used_at,
            row.expires_at > at,
        )
        for row in rows
    ]


def place_of(*, code: str, kinds: Iterable[str]) -> int | None:
    """Id of the place of one of these kinds with this code, or None."""
    return Organization.objects.filter(code=code, kind__in=list(kinds)).values_list("pk", flat=True).first()


def demo_people(at: datetime) -> list[Person]:
    """The demo people of a practice realm, in the order of the roles."""
    order = list(ROLES)
    found = [
        Person(
            seat.user_id,
            seat.user.full_name,
            seat.user.email,
            True,
            (Holding(seat.role, ROLES[seat.role], seat.organization.name, seat.organization.code),),
        )
        for seat in _demo_seats(at).order_by("id")
    ]
    return sorted(found, key=lambda person: order.index(person.holdings[0].role))


def user_of_demo_role(role: str, at: datetime) -> User | None:
    """The first demo person with this role, for the demo door only."""
    seat = _demo_seats(at).filter(role=role).order_by("id").first()
    return seat.user if seat else None


def user_of_demo_person(person: str, at: datetime) -> User | None:
    """The demo person with this id, for the demo door only."""
    seat = _demo_seats(at).filter(user_id=person).first() if person.isascii() and person.isdigit() else None
    return seat.user if seat else None


def _demo_seats(at: datetime) -> QuerySet[Membership]:
    seats = Membership.objects.filter(valid_at(at), user__is_demo=True, user__is_active=True)
    return seats.select_related("user", "organization")
