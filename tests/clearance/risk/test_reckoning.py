"""The reckoning of compliance: what it reads, what it writes, and what stands when it fails."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from croniter import croniter
from django.utils import timezone

from tests.clearance.risk.cases import copied, heard, lodged, reckoned, today, traded
from tests.clearance.violations.cases import decided
from tests.world import ENTERPRISE, World
from thongquan.base.accounts.queries import standing_of
from thongquan.base.core.clock import now
from thongquan.clearance.risk.models import Compliance, DecidedAct, Lodged, Reckoning
from thongquan.clearance.risk.operations import reckoning
from thongquan.clearance.risk.operations.copying import keep_copies
from thongquan.clearance.risk.tasks import MIDNIGHT
from thongquan.clearance.violations.operations import annul_decision
from thongquan.rules.facts import History

DAY = timedelta(days=1)


def level() -> tuple[int | None, int]:
    row = Compliance.objects.filter(tax_code=ENTERPRISE).latest("valid_from")
    return row.level, row.rank


def test_lodging_and_its_lines_are_copied_from_the_outbox(customs: World) -> None:
    number = lodged(customs)
    heard()
    row = Lodged.objects.get(number=number)
    assert (row.tax_code, row.office, row.origin, row.found) == (ENTERPRISE, "15BB", "CN", None)
    assert row.value_vnd > 0
    apples = row.lines.get(number=1)
    assert (apples.hs, apples.unit) == ("08081000", "KGM")
    assert apples.unit_value_vnd == (apples.value_vnd / apples.quantity).quantize(Decimal("0.0001"))


def test_hearing_twice_changes_nothing(customs: World) -> None:
    keep_copies([copied(1, at=now())])
    keep_copies([copied(1, at=now(), found=True)])
    assert [row.found for row in Lodged.objects.all()] == [True]


def test_levels_follow_what_was_lodged(customs: World) -> None:
    traded(40)
    assert reckoned() == 1
    assert level() == (3, 3)
    standing = standing_of(ENTERPRISE, now())
    assert (standing.level, standing.rank) == (3, 3)
    assert standing.history == History(known_days=10, declarations=40)


def test_a_day_reckoned_twice_says_the_same(customs: World) -> None:
    traded(40)
    reckoned()
    assert reckoned() == 0
    assert Compliance.objects.count() == 1


def test_grounds_are_kept_up_to_date_without_a_new_row(customs: World) -> None:
    traded(40)
    reckoned(today() - DAY)
    traded(41)
    assert reckoned() == 0
    (row,) = Compliance.objects.all()
    assert row.facts["declarations"] == 41


def test_what_was_lodged_more_than_365_days_ago_does_not_count(customs: World) -> None:
    traded(40, days_ago=367)
    reckoned()
    assert level() == (None, 7)


def test_cancelled_declarations_do_not_count(customs: World) -> None:
    traded(40, ended=True)
    reckoned()
    assert level() == (None, 7)


def test_decided_acts_come_and_go_with_their_cases(customs: World) -> None:
    traded(40)
    found = decided(customs, act="duty_evasion")
    heard()
    assert [act.annex_group for act in DecidedAct.objects.all()] == ["I"]
    reckoned(today() + DAY)
    assert level() == (5, 6)
    assert standing_of(ENTERPRISE, now() + DAY).level == 5
    annul_decision(actor=customs.actor("director"), case=found.case, words="Chấp nhận khiếu nại", at=now())
    heard()
    assert not DecidedAct.objects.exists()


def test_the_non_compliant_level_is_held_for_a_year_of_clean_days(customs: World) -> None:
    traded(40, days_ago=1)
    decided(customs, act="duty_evasion")
    heard()
    reckoned(today() + DAY)
    DecidedAct.objects.all().delete()
    reckoned(today() + 365 * DAY)
    assert level()[0] == 5
    keep_copies([copied(number, at=now() + 300 * DAY) for number in range(40)])
    reckoned(today() + 367 * DAY)
    assert level()[0] == 4


def test_the_result_before_stands_when_a_reckoning_fails(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    traded(40)
    reckoned(today() - DAY)
    traded(120)

    def broken(**values: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(reckoning, "keep_histories", broken)
    with pytest.raises(RuntimeError):
        reckoned()
    assert level() == (3, 3)
    assert standing_of(ENTERPRISE, now()).level == 3
    assert list(Reckoning.objects.order_by("pk").values_list("state", flat=True)) == ["done", "failed"]
    monkeypatch.undo()
    reckoned()
    assert level() == (2, 2)


def test_a_change_is_in_the_ledger_and_told(customs: World) -> None:
    traded(40)
    reckoned()
    told = customs.run_sql("SELECT subject FROM core_outboxmessage WHERE kind = 'risk.compliance_changed'")
    assert told == [(f"enterprise:{ENTERPRISE}",)]
    kept = customs.run_sql("SELECT count(*) FROM ledger_entry WHERE action = 'accounts.enterprise_assessed'")
    assert kept == [(1,)]


def test_it_is_reckoned_at_midnight_of_the_office() -> None:
    moment = datetime(2026, 3, 4, 5, tzinfo=UTC).timestamp()
    following = datetime.fromtimestamp(croniter(MIDNIGHT, moment).get_next(float), tz=UTC)
    assert timezone.localtime(following).strftime("%H:%M") == "00:00"
