"""An office with officers on duty and declarations whose documents and goods wait for a check."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from msgspec.structs import replace

from tests.world import World, import_document
from thongquan.base.accounts.models import Organization, User
from thongquan.base.accounts.operations import create_person
from thongquan.base.accounts.queries import Actor, actor_of
from thongquan.clearance.control.operations.checks import open_document_check, save_point
from thongquan.clearance.control.operations.duty import enter_turn
from thongquan.clearance.control.queries.checks import check_file
from thongquan.clearance.control.queries.inspections import ActFile, Measured, inspection_file
from thongquan.clearance.declarations.operations import lodge_declaration
from thongquan.rules.document import Document

OFFICE = "15BB"


def routers(invoice: str) -> Document:
    """An import of nothing that spoils: the third line of the usual one alone."""
    document = import_document(invoice=invoice)
    line, paper = replace(document.lines[2], number=1, certificate=None, schedule="B01"), document.invoice
    assert paper is not None
    return replace(document, lines=(line,), invoice=replace(paper, amount=line.value))


def lodged(customs: World, at: datetime, *, channel: int = 3, document: Document | None = None, **changes: Any) -> str:
    """Number of a fresh import, put into a channel by customs."""
    document = document or import_document(**changes)
    number = lodge_declaration(actor=customs.actor("declarant"), document=document, at=at, source="api").number
    customs.run_sql("UPDATE declarations_declaration SET channel = %s WHERE number = %s", channel, number)
    return number


def officers(
    customs: World, at: datetime, *, count: int = 3, office: str = OFFICE, on_duty: bool = True
) -> list[Actor]:
    """New clearance officers of the office, on duty since an hour ago until tomorrow."""
    place = Organization.objects.get(kind="customs_office", code=office).pk
    made = []
    for number in range(count):
        email = f"officer{number}.{office.lower()}@example.vn"
        user = create_person(
            actor=customs.actor("administrator"),
            email=email,
            full_name=f"Công chức {number}",
            role="clearance_officer",
            organization_id=place,
            at=at - timedelta(days=30),
        )
        made.append(actor_of(User.objects.get(pk=user), at, mfa=True))
    if on_duty:
        for one in made:
            put_on_duty(customs, one, at, office=office)
    return made


def put_on_duty(customs: World, officer: Actor, at: datetime, *, office: str = OFFICE) -> int:
    """A turn of duty around now, entered by the team leader."""
    return enter_turn(
        actor=customs.actor("team_leader"),
        office=office,
        officer=officer.reference,
        starts_at=at - timedelta(hours=1),
        ends_at=at + timedelta(days=1),
        at=at,
    )


def filled_check(actor: Actor, number: str, at: datetime, **differing: str) -> None:
    """An open document check with every point said to agree, but those given with what was found."""
    open_document_check(actor=actor, number=number, at=at)
    for point in check_file(actor=actor, number=number).points:
        found = differing.get(point.law.code, "")
        outcome = "differs" if found else "agrees"
        save_point(actor=actor, number=number, code=point.law.code, outcome=outcome, found=found, line=1, at=at)


def act_of(actor: Actor, number: str) -> ActFile:
    """The act as this officer reads it."""
    act = inspection_file(actor=actor, number=number).act
    assert act is not None
    return act


def drawn(actor: Actor, number: str, among: list[Actor]) -> list[Actor]:
    """The officers the inspection fell to, as actors."""
    known = {one.reference: one for one in among}
    return [known[one.officer] for one in act_of(actor, number).assigned]


def agreeing(line: int) -> Measured:
    """A line that was looked at and agreed."""
    return Measured(line=line, agrees=True)


def browser(actor: Actor) -> Client:
    """A browser signed in as a person of the test, second factor given."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(pk=actor.user_id or 0))
    return client
