"""People for the tests of accounts: made through the operations, as everyone is."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.test import Client

from thongquan.base.accounts.models import Organization, User
from thongquan.base.accounts.operations import create_person, ensure_organization
from thongquan.base.accounts.queries import Actor, actor_of, system_actor
from thongquan.base.core.clock import now

PASSWORD = "bảy con trâu qua cầu"
SYSTEM = system_actor("tests")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def before() -> datetime:
    """A moment already past, so that what is made then holds now."""
    return now() - timedelta(minutes=5)


def place(kind: str, code: str) -> int:
    """Id of an organization; traders and partners are made when missing."""
    found = Organization.objects.filter(kind=kind, code=code).values_list("pk", flat=True).first()
    return found or ensure_organization(actor=SYSTEM, kind=kind, code=code, name=f"{kind} {code}", at=before())


def person(role: str, kind: str, code: str, *, name: str = "Nguyễn Văn Đức", email: str = "") -> User:
    """A person with one role."""
    user_id = create_person(
        actor=SYSTEM,
        email=email or f"{role}.{code}@thongquan.example".lower(),
        full_name=name,
        role=role,
        organization_id=place(kind, code),
        at=before(),
        password=PASSWORD,
    )
    return User.objects.get(pk=user_id)


def move_to_realm(name: str) -> None:
    """Make the database one of another realm, past the trigger that forbids it."""
    with connection.cursor() as sql:
        sql.execute("SET LOCAL session_replication_role = replica")
        sql.execute("UPDATE core_realm SET name = %s", [name])
        sql.execute("SET LOCAL session_replication_role = origin")


def acting(user: User, *, mfa: bool = True) -> Actor:
    """The actor this person is now."""
    return actor_of(user, now(), mfa=mfa)


def signed_in(user: User, *, mfa: bool = True) -> Client:
    """A browser of this person, past the second factor unless told otherwise."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    if mfa:
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
    return client
