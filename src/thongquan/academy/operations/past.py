"""What became of the declarations of past days by now: booked, paid, checked, cleared, each at its own moment.

Legal basis: none of its own; every step is taken through the operation of its room, by demo people or the program.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from thongquan.academy.duty import put_demo_officers_on_past_duty
from thongquan.academy.operations.past_goods import inspect_goods, let_goods_out
from thongquan.academy.operations.specimens import Kept
from thongquan.base.accounts.operations.demo import DEMO_OFFICE
from thongquan.base.accounts.queries import Actor, actor_of_email, demo_people, system_actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.classification.operations.finding import search_declarations
from thongquan.clearance.classification.queries.findings import search_of
from thongquan.clearance.classification.subjects import given_of, key_of
from thongquan.clearance.control.operations.checks import conclude_document_check, open_document_check, save_point
from thongquan.clearance.control.operations.releasing import clear_by_itself, clear_goods
from thongquan.clearance.control.operations.searching import follow_search
from thongquan.clearance.control.queries.checks import check_file
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.queries import stand_by_subject, stands_by_subject
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.revenue.operations import book_lodged
from thongquan.clearance.revenue.operations.banking import take_bank_file
from thongquan.clearance.revenue.queries import balance_of

BOOKED, SEARCHED, BANKED, SETTLED, CHECKED = time(19), time(19, 5), time(9), time(9, 30), time(10)
INSPECTED, LEFT = time(13), time(16)
"""Local times: of the day of lodging, and of the day after it."""
CHECK_TAKES = timedelta(minutes=7)
UNPAID_OF = 9
"""Of so many declarations one is not paid yet."""
YELLOW, RED = 2, 3


def live_through(kept: Sequence[Kept], *, at: datetime) -> None:
    """Take declarations of past days as far as offices would have by `at`.

    They are in the books since their evening and most are paid the morning after; then the green channel is cleared
    by the program, the yellow one checked and cleared by officers, the red one inspected where there are officers
    enough; in the afternoon most of it leaves. One of nine is not paid, and what lacks a condition of release waits.
    """
    officer, cashier = _officer("clearance_officer", kept, at), _officer("director", kept, at)
    days: dict[date, list[Kept]] = defaultdict(list)
    for one in kept:
        days[timezone.localdate(one.slot.moment)].append(one)
    put_demo_officers_on_past_duty(since=min(days, default=timezone.localdate(at)), at=at)
    for day, lodged in sorted(days.items()):
        book_lodged(subjects={one.subject: one.office for one in lodged}, at=_moment(day, BOOKED))
        _search(lodged, _moment(day, SEARCHED))
        morning = day + timedelta(days=1)
        _pay(lodged, cashier, min(at, _moment(morning, BANKED)))
        _settle(lodged, min(at, _moment(morning, SETTLED)))
        _check(_in_channel(YELLOW, lodged), officer, _moment(morning, CHECKED), at)
        red = [one for one in _in_channel(RED, lodged) if one.office == DEMO_OFFICE]
        _check(red, officer, _moment(morning, CHECKED), at)
        inspect_goods(red, officer, _moment(morning, INSPECTED), at)
        let_goods_out(lodged, officer, _moment(morning, LEFT), at)


def _search(lodged: Sequence[Kept], at: datetime) -> None:
    """Their goods are held against all others; a finding raises the channel before anything is cleared."""
    search_declarations(given=given_of({key_of(one.subject) for one in lodged}), at=at)
    for subject, stand in stands_by_subject(one.subject for one in lodged).items():
        search = search_of(key_of(subject))
        if search is not None and search.alarms:
            follow_search(stand=stand, alarms=search.alarms, at=at)


def _in_channel(channel: int, lodged: Sequence[Kept]) -> list[Kept]:
    """Those of a channel as it is now."""
    stands = stands_by_subject(one.subject for one in lodged)
    return [one for one in lodged if one.subject in stands and stands[one.subject].channel == channel]


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


def _officer(role: str, kept: Iterable[Kept], at: datetime) -> Actor:
    """The demo person of a role, lent to every office whose past is told."""
    email = next(one.email for one in demo_people(at) if one.holdings[0].role == role)
    actor = actor_of_email(email, at)
    lent = {one.office for one in kept}
    holdings = actor.holdings | {(role, office) for office in lent}
    return replace(actor, mfa=True, holdings=holdings, offices=actor.offices | lent)


def _pay(lodged: Sequence[Kept], cashier: Actor, at: datetime) -> None:
    """One statement of the bank for each office, with what the traders of the day paid."""
    rows: dict[str, list[str]] = defaultdict(list)
    for place, one in enumerate(lodged):
        owed = balance_of(one.subject).open_vnd
        if owed and place % UNPAID_OF:
            head = one.slot.filing.head
            text = f"nop thue TK {one.number} MST {head.trader_code}"
            paid = f"{timezone.localdate(at)};{owed};VND;{text};{head.trader_name};FT{one.number}"
            rows[one.office].append(paid)
    for office, paid_rows in sorted(rows.items()):
        content = "\n".join(["booked_on;amount;currency;text;payer;reference", *paid_rows]) + "\n"
        name = f"so-phu-{timezone.localdate(at):%Y%m%d}.csv"
        take_bank_file(actor=cashier, office=office, name=name, content=content.encode(), at=at)


def _settle(lodged: Sequence[Kept], at: datetime) -> None:
    """The states follow the books; what is green and misses nothing is cleared by the program."""
    for one in lodged:
        if balance_of(one.subject).settled:
            take_step(actor=system_actor("revenue"), number=one.number, step=Step.SETTLE, at=at)
        stand = stand_by_subject(one.subject)
        if stand is not None:
            clear_by_itself(stand=stand, at=at)


def _check(lodged: Sequence[Kept], officer: Actor, first: datetime, at: datetime) -> None:
    """One after the other, as many as there was time for."""
    for place, one in enumerate(lodged):
        moment = first + place * CHECK_TAKES
        if moment > at:
            return
        with suppress(Refused):  # a condition of release is not met yet: it waits, as it would
            open_document_check(actor=officer, number=one.number, at=moment)
            for point in check_file(actor=officer, number=one.number).points:
                save_point(actor=officer, number=one.number, code=point.law.code, outcome="agrees", at=moment)
            conclude_document_check(actor=officer, number=one.number, at=moment)
            clear_goods(actor=officer, number=one.number, at=moment)
