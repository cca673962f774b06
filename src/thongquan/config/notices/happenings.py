"""Messages of the outbox with what is known of their declaration, enterprise and doer, read many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from thongquan.base.core.outbox import Message
from thongquan.clearance.declarations.queries.parties import Parties, parties_of, steps_done
from thongquan.clearance.revenue.queries.claims import owner_of


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One message: whose it is (`tax_code`, `office`), about which declaration, and who did it ('' when unknown)."""

    message: Message
    payload: dict[str, Any] = field(default_factory=dict)
    about: Parties | None = None
    tax_code: str = ""
    office: str = ""
    doer: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """How people call what it is about."""
        named = self.payload.get("claim") or (self.about.number if self.about else "")
        return str(named or self.payload.get("number") or self.message.subject.partition(":")[2])

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.message.at


def happenings_of(messages: Sequence[Message]) -> list[Happening]:
    """Every message with what is known of it, in three reads for all of them."""
    payloads = [msgspec.json.decode(message.payload) for message in messages]
    subjects = [_declaration_of(message, payload) for message, payload in zip(messages, payloads, strict=True)]
    parties, done = parties_of(subjects), steps_done(subjects)
    found = []
    for message, payload, subject in zip(messages, payloads, subjects, strict=True):
        about = parties.get(subject)
        did = done.get((subject, message.kind, message.at))
        lodged = about.lodged_by if about and message.kind == "declaration.lodged" else ""
        found.append(
            Happening(
                message=message,
                payload=payload,
                about=about,
                tax_code=about.tax_code if about else _tax_code(message, payload),
                office=about.office if about else str(payload.get("office", "")),
                doer=did.actor if did else str(payload.get("actor", "")) or lodged,
                data=did.data if did else {},
            )
        )
    return found


def _declaration_of(message: Message, payload: dict[str, Any]) -> str:
    """The declaration a message is about: its subject, or what its payload says; '' when none."""
    named = (message.subject, str(payload.get("about", "")), str(payload.get("subject", "")))
    return next((one for one in named if one.startswith("declaration:")), "")


def _tax_code(message: Message, payload: dict[str, Any]) -> str:
    kind, _, code = message.subject.partition(":")
    if payload.get("tax_code"):
        return str(payload["tax_code"])
    if kind == "enterprise":
        return code
    owner = owner_of(message.subject) if "claim" in payload else None
    return owner[0] if owner else ""
