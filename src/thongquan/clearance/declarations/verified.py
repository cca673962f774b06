"""Answers to the end of a verification of origin: what it comes to for every declaration that used the certificate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongquan.base.core.outbox import Message
from thongquan.clearance.declarations.operations.preferences import CLERK, Followed, withdraw_preference
from thongquan.clearance.origin.operations import note_consequence
from thongquan.clearance.origin.queries import amendment_day, case_number, consequences_of

VERIFIED = frozenset({"origin.verification.closed"})
STANDS = Followed(what="stands")


class _Told(msgspec.Struct, frozen=True):
    """The message: who used which lines, by certificate number."""

    verification: int
    office: str
    outcome: str
    subjects: dict[str, dict[str, list[int]]]


def follow_verifications(messages: Sequence[Message]) -> None:
    """Withdraw the preference where a proof was refused, and write down what followed for each. Idempotent: what was
    written for a declaration is never done again."""
    for message in messages:
        told = msgspec.json.decode(message.payload, type=_Told)
        known = consequences_of(told.verification)
        for subject, lines in told.subjects.items():
            if subject not in known:
                _follow(told, subject, lines, message.at)


def _follow(told: _Told, subject: str, lines: dict[str, list[int]], at: datetime) -> None:
    refused = told.outcome != "accepted" and any(lines.values())
    followed = (
        withdraw_preference(subject=subject, lines=lines, reason=_reason(told, lines, at), at=at) if refused else STANDS
    )
    note_consequence(
        actor=CLERK,
        verification=told.verification,
        subject=subject,
        what=followed.what,
        details=followed.details,
        at=at,
    )


def _reason(told: _Told, lines: dict[str, list[int]], at: datetime) -> str:
    """Why, in the language of the law; kept as words of the story."""
    with override("vi"):
        day = amendment_day(office=told.office, on=timezone.localdate(at))
        values = {
            "case": case_number(told.verification),
            "numbers": ", ".join(number for number, used in lines.items() if used),
            "day": date_format(day, "SHORT_DATE_FORMAT") if day else "–",
        }
        return (
            _(
                "Verification %(case)s refused certificate %(numbers)s: the declarant amends by %(day)s, otherwise "
                "this correction is countersigned (Circular 33/2023/TT-BTC, Art. 15.4)."
            )
            % values
        )
