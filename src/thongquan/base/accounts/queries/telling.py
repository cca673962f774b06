"""Whom to tell, and where: people of enterprises and brokers, and the addresses of people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from thongquan.base.accounts.models import Mandate, Membership, User
from thongquan.base.accounts.queries.actors import valid_at


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a person is reached, and in which language (Vietnamese until they chose)."""

    name: str
    email: str
    language: str


def contacts_of(references: Iterable[str]) -> dict[str, Contact]:
    """How people (`user:12`) are reached, in one read; closed accounts and references of others are left out."""
    ids = [int(one[5:]) for one in references if one.startswith("user:") and one[5:].isdigit()]
    rows = User.objects.filter(pk__in=ids, is_active=True)
    return {f"user:{row.pk}": Contact(row.full_name, row.email, row.language or "vi") for row in rows}


def trader_people(codes: Iterable[str], at: datetime) -> dict[str, frozenset[str]]:
    """Everyone who belongs now to the enterprises and brokers with these tax codes, by code, in one read."""
    kinds = ("enterprise", "broker")
    rows = Membership.objects.filter(
        valid_at(at), organization__code__in=set(codes), organization__kind__in=kinds, user__is_active=True
    )
    found: dict[str, set[str]] = {}
    for code, user in rows.values_list("organization__code", "user_id"):
        found.setdefault(code, set()).add(f"user:{user}")
    return {code: frozenset(people) for code, people in found.items()}


def agents_of(pairs: Iterable[tuple[str, str]], at: datetime) -> dict[tuple[str, str], frozenset[str]]:
    """For each (person, tax code): the brokers the person belongs to that hold a mandate of this enterprise now.

    `person` is the reference of who lodged; two reads for all of them.
    """
    wanted = [(who, code) for who, code in set(pairs) if who.startswith("user:") and who[5:].isdigit()]
    if not wanted:
        return {}
    rows = Membership.objects.filter(
        valid_at(at), user_id__in={int(who[5:]) for who, _ in wanted}, organization__kind="broker"
    )
    brokers: dict[str, set[str]] = {}
    for user, code in rows.values_list("user_id", "organization__code"):
        brokers.setdefault(f"user:{user}", set()).add(code)
    mandates = Mandate.objects.filter(valid_at(at), enterprise__code__in={code for _, code in wanted})
    given = set(mandates.values_list("enterprise__code", "broker__code"))
    return {(who, code): frozenset(one for one in brokers.get(who, ()) if (code, one) in given) for who, code in wanted}
