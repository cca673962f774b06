"""Who acts: scopes by office, region, enterprise and mandate, each for its period only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.base.accounts.people import SYSTEM, acting, person, place
from thongquan.base.accounts.models import ApiToken, Membership, User
from thongquan.base.accounts.operations import (
    assess_enterprise,
    close_person,
    create_token,
    give_mandate,
    revoke_token,
    withdraw_mandate,
)
from thongquan.base.accounts.permissions import (
    can_lodge,
    can_see_declaration,
    is_officer,
    readable_enterprises,
    readable_offices,
)
from thongquan.base.accounts.queries import ANONYMOUS, actor_of, actor_of_token, names_of, standing_of
from thongquan.base.core.clock import now
from thongquan.rules.facts import Standing


def test_an_officer_holds_the_own_office_and_no_other() -> None:
    actor = acting(person("clearance_officer", "customs_office", "15BB"))
    assert actor.offices == {"15BB"}
    assert is_officer(actor)
    assert can_see_declaration(actor, "15BB", "9999900011")


def test_a_neighbor_office_sees_nothing_of_it() -> None:
    actor = acting(person("clearance_officer", "customs_office", "15BC"))
    assert not can_see_declaration(actor, "15BB", "9999900011")


def test_a_regional_role_holds_every_office_of_the_region_and_none_of_the_neighbor_region() -> None:
    actor = acting(person("director", "region", "VI"))
    assert {"15BB", "15BC", "15BD", "15BE", "15SI"} <= actor.offices
    assert "20BB" not in actor.offices
    assert actor.regions == {"VI"}
    assert "VI" not in readable_offices(actor)


def test_an_administrator_does_not_read_declarations() -> None:
    actor = acting(person("administrator", "region", "VI"))
    assert not can_see_declaration(actor, "15BB", None)
    assert readable_offices(actor) == frozenset()


def test_a_declarant_acts_for_the_own_enterprise_only() -> None:
    actor = acting(person("declarant", "enterprise", "9999900011"))
    assert can_lodge(actor, "9999900011")
    assert not can_lodge(actor, "4900100012")
    assert not can_lodge(actor, None)
    assert readable_enterprises(actor) == {"9999900011"}
    assert not is_officer(actor)


def test_a_stranger_may_do_nothing() -> None:
    assert not can_lodge(ANONYMOUS, "9999900011")
    assert not can_see_declaration(ANONYMOUS, "15BB", "9999900011")


def test_a_mandate_opens_and_closes_the_enterprise_to_its_broker() -> None:
    owner = acting(person("declarant", "enterprise", "9999900011"))
    broker = person("broker", "broker", "9999900029")
    assert not can_lodge(acting(broker), "9999900011")
    given = now()
    give_mandate(actor=owner, enterprise="9999900011", broker="9999900029", at=given)
    assert can_lodge(actor_of(broker, given), "9999900011")
    assert not can_lodge(actor_of(broker, given - timedelta(seconds=1)), "9999900011")
    ended = given + timedelta(hours=1)
    withdraw_mandate(actor=owner, enterprise="9999900011", broker="9999900029", at=ended)
    assert can_lodge(actor_of(broker, ended - timedelta(seconds=1)), "9999900011")
    assert not can_lodge(actor_of(broker, ended), "9999900011"), "the period is half-open"


def test_a_role_counts_from_its_first_moment_until_before_its_last() -> None:
    user = person("gate_officer", "customs_office", "15BB")
    seat = Membership.objects.get(user=user)
    end = seat.valid_from + timedelta(days=1)
    Membership.objects.filter(pk=seat.pk).update(valid_to=end)
    assert actor_of(user, seat.valid_from).offices == {"15BB"}
    assert actor_of(user, end).roles == frozenset()


def test_a_closed_account_is_nobody() -> None:
    user = person("gate_officer", "customs_office", "15BB")
    close_person(actor=SYSTEM, user_id=user.pk, at=now())
    assert actor_of(User.objects.get(pk=user.pk), now()) is ANONYMOUS


def test_roles_of_two_offices_do_not_mix() -> None:
    user = person("clearance_officer", "customs_office", "15BB")
    Membership.objects.create(
        user=user, organization_id=place("region", "VIII"), role="administrator", valid_from=now() - timedelta(days=1)
    )
    actor = acting(user)
    assert can_see_declaration(actor, "15BB", None)
    assert not can_see_declaration(actor, "20BB", None), "an administrator's offices are not a reader's"


def test_a_token_carries_its_scopes_and_no_more() -> None:
    owner = acting(person("declarant", "enterprise", "9999900011"))
    made = create_token(actor=owner, name="kho", scopes=["declarations:read"], days=30, at=now())
    actor = actor_of_token(made.secret, now())
    assert actor is not None
    assert actor.reference == owner.reference
    assert can_see_declaration(actor, None, "9999900011")
    assert not can_lodge(actor, "9999900011")


def test_a_token_is_remembered_for_fifteen_seconds_and_not_longer(django_assert_num_queries: object) -> None:
    owner = acting(person("declarant", "enterprise", "9999900011"))
    start = now()
    made = create_token(actor=owner, name="kho", scopes=["declarations:lodge"], days=30, at=start)
    first = actor_of_token(made.secret, start)
    ApiToken.objects.filter(pk=made.id).update(revoked_at=start)
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture without a public type
        assert actor_of_token(made.secret, start + timedelta(seconds=14)) is first
    assert actor_of_token(made.secret, start + timedelta(seconds=15)) is None


def test_a_withdrawn_token_is_void_at_once_in_this_process() -> None:
    owner = acting(person("declarant", "enterprise", "9999900011"))
    made = create_token(actor=owner, name="kho", scopes=["declarations:lodge"], days=30, at=now())
    assert actor_of_token(made.secret, now())
    revoke_token(actor=owner, token_id=made.id, at=now())
    assert actor_of_token(made.secret, now()) is None


@pytest.mark.parametrize("days", [0, 366])
def test_a_token_lives_a_year_at_most(days: int) -> None:
    owner = acting(person("declarant", "enterprise", "9999900011"))
    with pytest.raises(Exception, match="token"):
        create_token(actor=owner, name="kho", scopes=["declarations:lodge"], days=days, at=now())


def test_an_expired_token_is_void() -> None:
    owner = acting(person("declarant", "enterprise", "9999900011"))
    made = create_token(actor=owner, name="kho", scopes=["declarations:lodge"], days=1, at=now())
    assert actor_of_token(made.secret, now() + timedelta(days=1)) is None


def test_only_the_hash_of_a_token_is_kept_and_its_use_to_the_hour() -> None:
    owner = acting(person("declarant", "enterprise", "9999900011"))
    made = create_token(actor=owner, name="kho", scopes=["declarations:lodge"], days=1, at=now())
    actor_of_token(made.secret, now())
    row = ApiToken.objects.get(pk=made.id)
    assert made.secret not in str(vars(row))
    assert row.last_used_at is not None
    assert (row.last_used_at.minute, row.last_used_at.second) == (0, 0)


def test_standing_is_what_was_held_on_the_day() -> None:
    place("enterprise", "9999900011")
    day = date(2026, 3, 1)
    for number, (level, barred) in enumerate([(3, False), (5, True)]):
        assess_enterprise(
            actor=SYSTEM,
            tax_code="9999900011",
            valid_from=day + timedelta(days=30 * number),
            source="test",
            at=now(),
            level=level,
            barred=barred,
        )
    noon = now().replace(year=2026, month=3, day=1, hour=5)
    assert standing_of("9999900011", noon) == Standing(level=3)
    assert standing_of("9999900011", noon + timedelta(days=30)) == Standing(level=5, barred=True)
    assert standing_of("9999900011", noon - timedelta(days=1)) == Standing()
    assert standing_of(None, noon) == Standing()


def test_names_are_found_by_reference() -> None:
    user = person("gate_officer", "customs_office", "15BB", name="Đặng Thị Ngọc")
    assert names_of([f"user:{user.pk}", "system:demo"]) == {f"user:{user.pk}": "Đặng Thị Ngọc"}
    assert User.objects.get(folded_name="dang thi ngoc") == user
