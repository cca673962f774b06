"""The sample day in a practice office: lodged once, through the real operation, valid under the law of any day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tests.world import World
from thongquan.academy.operations import lodge_sample_day, working_hours
from thongquan.academy.samples import goods_under, shipped_goods
from thongquan.base.accounts.permissions import can_see_declaration
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.clearance.declarations.operations.replaying import replay_declaration
from thongquan.clearance.declarations.queries import Filters, declaration_file, worklist
from thongquan.clearance.tariff.operations import ensure_practice_rates
from thongquan.clearance.tariff.queries import current_law
from thongquan.practice import invented_enterprises, sample_day
from thongquan.rules.clearance import decide
from thongquan.rules.facts import Facts

HANOI = timezone(timedelta(hours=7))
DAYS = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 2, 6), date(2027, 3, 1), date(2028, 2, 29)]


def lodge(at: datetime) -> list[tuple[int, int]]:
    heard: list[tuple[int, int]] = []
    lodge_sample_day(at=at, progress=lambda done, total: heard.append((done, total)))
    return heard


def test_every_declaration_of_any_day_is_accepted_without_a_fault_of_form(customs: World) -> None:
    for on in DAYS:
        ensure_practice_rates(on=on, at=now())
        law = current_law()
        goods = goods_under(law, on, shipped_goods())
        documents = sample_day("any day", on, goods, invented_enterprises("any day"))
        at = datetime(on.year, on.month, on.day, 10, tzinfo=HANOI)
        decisions = [decide(Facts(at=at, document=one, law=law.slice_for(one, on))) for one in documents]
        faults = [fault for decision in decisions for fault in decision.faults]
        assert [fault for fault in faults if fault.severity == "error"] == []
        assert {str(fault.code) for fault in faults} <= {"TQ-TAX-006"}, "warnings only where the tariff has a hole"
        assert len(decisions) >= 300


def test_the_day_is_lodged_once_with_channels_of_every_color(customs: World) -> None:
    at = now()
    heard = lodge(at)
    total = heard[-1][1]
    assert total >= 300
    assert heard == [(done, total) for done in range(1, total + 1)]
    channels = dict(customs.run_sql("SELECT channel, count(*) FROM declarations_declaration GROUP BY 1"))
    assert sum(channels.values()) == total
    assert channels[1] > total / 2
    assert channels[2] > 0
    assert 0 < channels[3] < total / 5
    assert customs.run_sql("SELECT DISTINCT source FROM declarations_declaration") == [("sample",)]
    assert lodge(at) == []
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(total,)]


def test_every_lodgement_left_its_rows_and_replays(customs: World) -> None:
    lodge(now())
    ((declarations, versions, liabilities),) = customs.run_sql(
        "SELECT (SELECT count(*) FROM declarations_declaration), (SELECT count(*) FROM declarations_version),"
        " (SELECT count(*) FROM revenue_liability)"
    )
    assert declarations == versions == liabilities
    for kind in ("ledger_entry WHERE action", "core_outboxmessage WHERE kind"):
        assert customs.run_sql(f"SELECT count(*) FROM {kind} = 'declaration.lodged'") == [(declarations,)]
    officer = customs.actor("director")
    rows, _more = worklist(actor=officer, filters=Filters(), offset=0, limit=20)
    assert rows
    assert all(replay_declaration(actor=officer, number=row.number).equal for row in rows)


def test_demo_people_see_declarations_and_only_their_own(customs: World) -> None:
    lodge(now())
    seen = {}
    for role in ("declarant", "broker", "clearance_officer", "director"):
        rows, _more = worklist(actor=customs.actor(role), filters=Filters(), offset=0, limit=200)
        assert all(can_see_declaration(customs.actor(role), row.office, row.tax_code) for row in rows)
        seen[role] = {row.tax_code for row in rows}, {row.office for row in rows}
    assert seen["declarant"][0] == {"9999900011"}
    assert len(seen["broker"][0]) > 5
    assert seen["clearance_officer"][1] == {"15BB"}
    assert not {office for office in seen["director"][1] if not office.startswith("15")}


def test_reasons_for_red_are_real(customs: World) -> None:
    lodge(now())
    officer = customs.actor("director")
    rows, _more = worklist(actor=officer, filters=Filters(channel=3), offset=0, limit=200)
    files = [declaration_file(actor=officer, number=row.number) for row in rows]
    codes = {str(reason.code) for file in files for reason in file.decision.reasons if reason.channel == 3}
    assert {"TQ-CHN-007", "TQ-CHN-010"} <= codes


def test_a_real_realm_is_refused_like_a_stranger(customs: World) -> None:
    customs.run_sql("ALTER TABLE core_realm DISABLE TRIGGER ALL")
    customs.run_sql("UPDATE core_realm SET name = 'real'")
    with pytest.raises(NotAllowed):
        lodge(now())
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(0,)]
    assert customs.run_sql("SELECT count(*) FROM accounts_organization WHERE starts_with(code, '99990')") == [(0,)]


def test_a_failure_in_the_middle_leaves_nothing(customs: World) -> None:
    def fail(done: int, total: int) -> None:
        if done == 50:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        lodge_sample_day(at=now(), progress=fail)
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(0,)]
    assert lodge(now())[-1][1] >= 300


@pytest.mark.parametrize(
    ("at", "first", "last"),
    [
        (datetime(2026, 3, 5, 8, 20, tzinfo=UTC), (5, 7, 0), (5, 15, 20)),
        (datetime(2026, 3, 5, 15, 0, tzinfo=UTC), (5, 7, 0), (5, 19, 0)),
        (datetime(2026, 3, 5, 1, 0, tzinfo=UTC), (4, 7, 0), (4, 19, 0)),
        (datetime(2026, 3, 4, 20, 0, tzinfo=UTC), (4, 7, 0), (4, 19, 0)),
    ],
)
def test_lodgements_are_spread_over_the_hours_of_a_day_already_seen(
    at: datetime, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    opens, closes = working_hours(at)
    assert (opens.day, opens.hour, opens.minute) == first
    assert (closes.day, closes.hour, closes.minute) == last
    assert closes <= at
