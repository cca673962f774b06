"""One person per role for a practice or sandbox realm, so that a newcomer sees every desk.

The door that lets people in without a password exists in practice realms only (`loopback`).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from thongquan.base.accounts.models import Mandate, Membership, Organization, User
from thongquan.base.accounts.operations.organizations import ensure_organization, load_offices
from thongquan.base.accounts.operations.trace import leave_trace
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.realm import is_made_up

DEMO_ENTERPRISE = "9999900011"
DEMO_BROKER = "9999900029"
DEMO_OFFICE = "15BB"
DEMO_REGION = "VI"

SERVED = timedelta(days=30)
"""Demo people hold their roles since before they were made: they did what is told of the days before."""

_PLACES = (
    ("enterprise", DEMO_ENTERPRISE, "Công ty TNHH Xuất nhập khẩu Bình Minh"),
    ("broker", DEMO_BROKER, "Công ty cổ phần Đại lý hải quan Kỳ Cùng"),
    ("partner_agency", "KDTV", "Trạm Kiểm dịch thực vật cửa khẩu Hữu Nghị"),
    ("neighbor_customs", "CN-YYG", "友谊关海关"),
)
DEMO_NAMES = {code: name for _kind, code, name in _PLACES}
_OFFICE = ("customs_office", DEMO_OFFICE)
_REGION = ("region", DEMO_REGION)
_PEOPLE: tuple[tuple[str, str, tuple[str, str]], ...] = (
    ("declarant", "Lý Thị Bích", ("enterprise", DEMO_ENTERPRISE)),
    ("broker", "Hoàng Văn Thái", ("broker", DEMO_BROKER)),
    ("clearance_officer", "Nguyễn Thị Lan", _OFFICE),
    ("gate_officer", "Trần Văn Dũng", _OFFICE),
    ("team_leader", "Phạm Quang Minh", _OFFICE),
    ("risk_analyst", "Vũ Thu Hà", _REGION),
    ("law_officer", "Đặng Thị Ngọc", _REGION),
    ("director", "Lê Đức Anh", _REGION),
    ("auditor", "Bùi Thanh Tùng", _REGION),
    ("partner_agency", "Nông Văn Khánh", ("partner_agency", "KDTV")),
    ("neighbor_customs", "韦志强", ("neighbor_customs", "CN-YYG")),
    ("internal_control", "Đỗ Thị Hương", _REGION),
    ("administrator", "Hà Quốc Việt", _REGION),
)
_COLLEAGUES = ("Hoàng Thị Mai", "Triệu Văn Sơn", "Lương Đức Thắng")
"""More clearance officers of the demo office: an inspection takes two, and they are drawn."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A demo person just made; `password` is known here and never again."""

    role: str
    email: str
    password: str


def create_demo_people(*, at: datetime) -> list[DemoPerson]:
    """Make the demo people that are missing, each with a random password; an empty list when all are there.

    Raises NotAllowed in a real realm.
    """
    if not is_made_up():
        raise NotAllowed("realm")
    load_offices(at=at)
    with transaction.atomic():
        actor = system_actor("demo")
        for kind, code, name in _PLACES:
            ensure_organization(actor=actor, kind=kind, code=code, name=name, at=at)
        _give_demo_mandate(at)
        known = set(User.objects.filter(is_demo=True).values_list("email", flat=True))
        missing = [row for row in _PEOPLE if _address(row[0]) not in known]
        return [_create(role, name, place, at) for role, name, place in missing]


def create_demo_colleagues(*, at: datetime) -> list[str]:
    """References of more clearance officers of the demo office; those that are missing are made.

    They have no password: in a practice realm the demo door is their only way in. Raises NotAllowed in a real one.
    """
    if not is_made_up():
        raise NotAllowed("realm")
    load_offices(at=at)
    with transaction.atomic():
        return [_colleague(place, name, at) for place, name in enumerate(_COLLEAGUES, 2)]


def _colleague(place: int, name: str, at: datetime) -> str:
    email = _address(f"clearance_officer.{place}")
    user = User.objects.filter(email=email).first() or _create_with("clearance_officer", email, name, _OFFICE, None, at)
    return f"user:{user.pk}"


def _create(role: str, name: str, place: tuple[str, str], at: datetime) -> DemoPerson:
    password = secrets.token_urlsafe(12)
    user = _create_with(role, _address(role), name, place, password, at)
    return DemoPerson(role, user.email, password)


def _create_with(role: str, email: str, name: str, place: tuple[str, str], password: str | None, at: datetime) -> User:
    organization = Organization.objects.get(kind=place[0], code=place[1])
    user = User.objects.create_user(email, password, full_name=name, is_demo=True, joined_at=at)
    Membership.objects.create(user=user, organization=organization, role=role, valid_from=at - SERVED)
    details = {"role": role, "organization": organization.code}
    leave_trace("accounts.person_created", f"user:{user.pk}", system_actor("demo"), at, details)
    return user


def _give_demo_mandate(at: datetime) -> None:
    broker = Organization.objects.get(kind="broker", code=DEMO_BROKER)
    enterprise = Organization.objects.get(kind="enterprise", code=DEMO_ENTERPRISE)
    Mandate.objects.get_or_create(broker=broker, enterprise=enterprise, valid_to=None, defaults={"valid_from": at})


def _address(role: str) -> str:
    return f"{role.replace('_', '.')}@demo.thongquan.example"
