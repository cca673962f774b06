"""Declarations on their way to release, and gates to let them out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
import pytest

from tests.world import World, import_document
from thongquan.base.accounts.queries import Actor, system_actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.classification.operations.finding import search_declarations
from thongquan.clearance.control.operations.releasing import clear_goods
from thongquan.clearance.control.operations.slips import issue_slip
from thongquan.clearance.control.queries.slips import slips_of
from thongquan.clearance.declarations.operations import lodge_declaration, take_step
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.revenue.operations import book_lodged, void_liability
from thongquan.config.classification import read_declarations
from thongquan.rules.document import Document
from thongquan.rules.slips import Slip

PLATE = "桂FA1234"
GATE = "LS01"
PROGRAM = system_actor("test", offices=["15BB"])


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [fault.code for fault in refusal.value.faults]


def plain(**changes: Any) -> Document:
    """A good import of goods on which the law puts no condition."""
    document = import_document(**changes)
    lines = [msgspec.structs.replace(line, number=place) for place, line in enumerate(document.lines[3:], start=1)]
    certified = [msgspec.structs.replace(line, certificate=_moved(line.certificate, line.number)) for line in lines]
    total = sum((line.value for line in certified if line.value is not None), start=document.lines[3].value * 0)  # type: ignore[operator]  # the lines of the example have values
    invoice = msgspec.structs.replace(document.invoice, amount=total) if document.invoice else None
    return msgspec.structs.replace(document, lines=tuple(certified), invoice=invoice)


def _moved(certificate: Any, line: int) -> Any:
    return msgspec.structs.replace(certificate, line=line)


def lodged(customs: World, at: datetime, *, channel: int = 1, document: Document | None = None) -> str:
    """Number of a fresh import of plain goods in a channel, its duties open."""
    number = lodge_declaration(
        actor=customs.actor("declarant"), document=document or plain(), at=at, source="api"
    ).number
    customs.run_sql("UPDATE declarations_declaration SET channel = %s WHERE number = %s", channel, number)
    search(number, at)
    return number


def search(number: str, at: datetime) -> None:
    """The search for the same goods under other codes has reported on the version in force."""
    search_declarations(given=read_declarations([int(number[:11])]), at=at)


def settle(number: str, at: datetime) -> None:
    """Nothing is owed any more, and the declaration knows it."""
    subject = f"declaration:{number}"
    book_lodged(subjects={subject: "15BB"}, at=at)
    void_liability(subject=subject, reason="test", actor=PROGRAM, at=at)
    take_step(actor=PROGRAM, number=number, step=Step.SETTLE, at=at)


def settled(customs: World, at: datetime, *, channel: int = 1, document: Document | None = None) -> str:
    number = lodged(customs, at, channel=channel, document=document)
    settle(number, at)
    return number


def cleared(customs: World, at: datetime, *, document: Document | None = None) -> str:
    """A green declaration, settled and cleared by an officer."""
    number = settled(customs, at, document=document)
    clear_goods(actor=customs.actor("clearance_officer"), number=number, at=at)
    return number


def slip_for(customs: World, number: str, at: datetime, *, plate: str = PLATE) -> tuple[Slip, str]:
    """A slip and its code."""
    officer = customs.actor("gate_officer")
    slip = issue_slip(actor=officer, number=number, plate=plate, at=at)
    code = next(one.code for one in slips_of(actor=officer, number=number, at=at) if one.serial == slip.serial)
    return slip, code


def everywhere(actor: Actor, *offices: str) -> Actor:
    """The same officer with the same roles at further offices."""
    roles = {role for role, _office in actor.holdings}
    more = frozenset((role, office) for role in roles for office in offices)
    return replace(actor, holdings=actor.holdings | more, offices=actor.offices | set(offices))


def checked(customs: World, number: str, at: datetime, *, step: Step, outcome: str = "agrees") -> None:
    """A check of documents or goods with its outcome."""
    officer = customs.actor("clearance_officer")
    take_step(actor=officer, number=number, step=step, at=at, data={"outcome": outcome})
