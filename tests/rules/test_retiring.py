"""When a profile stops earning its cost."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from thongquan.rules.retiring import Earned, verdict

RANDOM = Earned(checked=100, found=20)
HOUR = Decimal(100_000)


def ground(of: Earned, random: Earned = RANDOM) -> str:
    told = verdict(of, random, hour_vnd=HOUR)
    return told.ground if told else ""


def test_no_better_than_chance() -> None:
    assert ground(Earned(checked=200, found=10, recovered_vnd=Decimal(10**9))) == "no_better"


def test_too_dear_for_what_it_recovers() -> None:
    dear = Earned(checked=100, found=22, recovered_vnd=Decimal(1_000_000), minutes=6_000)
    assert ground(dear) == "too_dear"
    assert ground(replace(dear, recovered_vnd=Decimal(10_000_000))) == ""


def test_finding_clearly_more_is_worth_its_time() -> None:
    assert ground(Earned(checked=100, found=60, minutes=60_000)) == ""


def test_few_checks_say_nothing() -> None:
    assert ground(Earned(checked=29)) == ""
    assert ground(Earned(checked=200), Earned(checked=29)) == ""
