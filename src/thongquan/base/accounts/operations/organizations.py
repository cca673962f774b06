"""Organizations, what customs holds of them, and the mandates between them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, datetime
from importlib.resources import files

import msgspec
from django.db import transaction
from django.db.models import Q, QuerySet

from thongquan.base.accounts.models import Assessment, Mandate, Organization
from thongquan.base.accounts.operations.trace import leave_trace
from thongquan.base.accounts.permissions import can_lodge, is_program
from thongquan.base.accounts.queries import Actor, forget_actors, system_actor
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.rules.facts import History


def ensure_organization(
    *, actor: Actor, kind: str, code: str, name: str, at: datetime, parent_id: int | None = None
) -> int:
    """Make the organization, or bring its name and parent up to date; returns its id. For programs only.

    Raises NotAllowed for people.
    """
    _for_programs_only(actor)
    with transaction.atomic():
        place, made = Organization.objects.get_or_create(
            kind=kind, code=code, defaults={"name": name, "parent_id": parent_id}
        )
        if not made and (place.name, place.parent_id) == (name, parent_id):
            return place.pk
        place.name, place.parent_id = name, parent_id
        place.save()
        leave_trace("accounts.organization_set", f"{kind}:{code}", actor, at, {"kind": kind, "code": code})
    return place.pk


def load_offices(*, at: datetime) -> int:
    """Bring the shipped list of regions and offices into the database; returns how many there are. May be run again."""
    actor = system_actor("reference")
    text = files("thongquan.reference").joinpath("offices.csv").read_text(encoding="utf-8")
    regions: dict[str, int] = {}
    rows = sorted(csv.DictReader(text.splitlines()), key=lambda row: row["kind"] != "region")
    for row in rows:
        kind = "region" if row["kind"] == "region" else "customs_office"
        place = ensure_organization(
            actor=actor, kind=kind, code=row["code"], name=row["name_vi"], at=at, parent_id=regions.get(row["parent"])
        )
        if kind == "region":
            regions[row["code"]] = place
    forget_actors()
    return len(rows)


def assess_enterprise(
    *,
    actor: Actor,
    tax_code: str,
    valid_from: date,
    source: str,
    at: datetime,
    level: int | None = None,
    priority: bool = False,
    barred: bool = False,
    rank: int | None = None,
) -> None:
    """Write what customs holds of an enterprise from a day on. For programs only: later rooms decide on it.

    Raises NotAllowed for people, NotFound without such an enterprise.
    """
    _for_programs_only(actor)
    enterprise = Organization.objects.filter(kind="enterprise", code=tax_code).first()
    if enterprise is None:
        raise NotFound
    facts = {"level": level, "priority": priority, "barred": barred}
    with transaction.atomic():
        Assessment.objects.update_or_create(
            enterprise=enterprise, valid_from=valid_from, defaults={**facts, "rank": rank, "source": source}
        )
        leave_trace("accounts.enterprise_assessed", f"enterprise:{tax_code}", actor, at, facts)


def keep_histories(*, actor: Actor, histories: Mapping[str, History], on: date) -> int:
    """Keep what enterprises did beside the assessment in force on a day, by tax code; gives how many were kept.

    Counts are no decision, so the ledger hears nothing of them. For programs only. Raises NotAllowed for people.
    """
    _for_programs_only(actor)
    rows = (
        Assessment.objects.filter(enterprise__kind="enterprise", enterprise__code__in=histories, valid_from__lte=on)
        .order_by("enterprise", "-valid_from")
        .distinct("enterprise")
        .select_related("enterprise")
    )
    kept = list(rows)
    for row in kept:
        row.history = msgspec.to_builtins(histories[row.enterprise.code])
    Assessment.objects.bulk_update(kept, ["history"], batch_size=1_000)
    return len(kept)


def give_mandate(*, actor: Actor, enterprise: str, broker: str, at: datetime, valid_to: datetime | None = None) -> None:
    """Let a broker lodge for an enterprise, until `valid_to` or until withdrawn. Both are tax codes.

    Raises NotAllowed when the actor is not the enterprise itself, NotFound without such a broker, Conflict when given
    (`mandate`) or when it would end before it begins (`period`).
    """
    _for_the_enterprise_itself(actor, enterprise)
    if valid_to is not None and valid_to <= at:
        raise Conflict("period")
    with transaction.atomic():
        pair = _locked_pair(enterprise, broker)
        if _open_mandates(pair, at).exists():
            raise Conflict("mandate")
        Mandate.objects.create(enterprise=pair[0], broker=pair[1], valid_from=at, valid_to=valid_to)
        leave_trace("accounts.mandate_given", f"enterprise:{enterprise}", actor, at, {"broker": broker})
    forget_actors()


def withdraw_mandate(*, actor: Actor, enterprise: str, broker: str, at: datetime) -> None:
    """End a mandate now. Raises NotAllowed when the actor is not the enterprise itself, NotFound when none is open."""
    _for_the_enterprise_itself(actor, enterprise)
    with transaction.atomic():
        if not _open_mandates(_locked_pair(enterprise, broker), at).update(valid_to=at):
            raise NotFound
        leave_trace("accounts.mandate_withdrawn", f"enterprise:{enterprise}", actor, at, {"broker": broker})
    forget_actors()


def _locked_pair(enterprise: str, broker: str) -> tuple[Organization, Organization]:
    """Both sides; the enterprise stays locked, so that two people of it do not give the same mandate at once."""
    giver = Organization.objects.select_for_update().filter(kind="enterprise", code=enterprise).first()
    taker = Organization.objects.filter(kind="broker", code=broker).first()
    if giver is None or taker is None:
        raise NotFound
    return giver, taker


def _open_mandates(pair: tuple[Organization, Organization], at: datetime) -> QuerySet[Mandate]:
    not_ended = Q(valid_to=None) | Q(valid_to__gt=at)
    return Mandate.objects.filter(not_ended, enterprise=pair[0], broker=pair[1])


def _for_the_enterprise_itself(actor: Actor, tax_code: str) -> None:
    """A broker may lodge for the enterprise, but not hand the mandate on."""
    own = actor.holds("declarant", tax_code) and can_lodge(actor, tax_code) and actor.scopes is None
    if not (own or is_program(actor)):
        raise NotAllowed


def _for_programs_only(actor: Actor) -> None:
    if not is_program(actor):
        raise NotAllowed
