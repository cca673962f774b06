"""What can be done with people, by whom, and the trace it leaves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.base.accounts.people import PASSWORD, SYSTEM, acting, move_to_realm, person, place
from thongquan.base.accounts.models import Membership, User
from thongquan.base.accounts.operations import (
    close_person,
    create_demo_people,
    create_person,
    create_token,
    end_role,
    ensure_organization,
    give_mandate,
    grant_role,
    load_offices,
    renew_access,
    revoke_token,
    set_language,
    withdraw_mandate,
)
from thongquan.base.accounts.queries import Actor, system_actor
from thongquan.base.accounts.roles import ROLES
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.base.core.models import OutboxMessage
from thongquan.base.ledger.models import Entry


@pytest.fixture
def chief() -> Actor:
    """Administrator of region VI."""
    return acting(person("administrator", "region", "VI"))


def make(actor: Actor, role: str, kind: str, code: str) -> int:
    """Create one more person as this actor."""
    return create_person(
        actor=actor,
        email="moi@thongquan.example",
        full_name="Lò Thị Mới",
        role=role,
        organization_id=place(kind, code),
        at=now(),
    )


def test_an_administrator_makes_people_in_the_own_region(chief: Actor) -> None:
    user = User.objects.get(pk=make(chief, "gate_officer", "customs_office", "15BC"))
    assert not user.has_usable_password()
    assert acting(user).offices == {"15BC"}


def test_a_neighbor_administrator_makes_nobody_here() -> None:
    other = acting(person("administrator", "region", "VIII"))
    with pytest.raises(NotAllowed):
        make(other, "gate_officer", "customs_office", "15BC")
    assert not User.objects.filter(email="moi@thongquan.example").exists()


def test_a_stranger_to_administration_makes_nobody() -> None:
    with pytest.raises(NotAllowed):
        make(acting(person("director", "region", "VI")), "gate_officer", "customs_office", "15BC")


def test_a_role_must_fit_its_place(chief: Actor) -> None:
    with pytest.raises(Conflict, match="role"):
        make(chief, "declarant", "customs_office", "15BC")


def test_an_address_is_used_once(chief: Actor) -> None:
    make(chief, "gate_officer", "customs_office", "15BC")
    with pytest.raises(Conflict, match="email"):
        make(chief, "gate_officer", "customs_office", "15BB")


def test_a_role_is_given_once_and_ended(chief: Actor) -> None:
    user = person("gate_officer", "customs_office", "15BB")
    where = place("customs_office", "15BC")
    for _twice in range(2):
        grant_role(actor=chief, user_id=user.pk, role="team_leader", organization_id=where, at=now())
    assert Membership.objects.filter(user=user, role="team_leader").count() == 1
    end_role(actor=chief, user_id=user.pk, role="team_leader", organization_id=where, at=now())
    assert acting(user).roles == {"gate_officer"}
    with pytest.raises(NotFound):
        end_role(actor=chief, user_id=user.pk, role="team_leader", organization_id=where, at=now())


def test_a_neighbor_cannot_draw_a_colleague_of_another_region_over() -> None:
    other = acting(person("administrator", "region", "VIII"))
    user = person("gate_officer", "customs_office", "15BB")
    with pytest.raises(NotFound):
        grant_role(actor=other, user_id=user.pk, role="director", organization_id=place("region", "VIII"), at=now())


@pytest.mark.parametrize("verb", [close_person, lambda **given: renew_access(password=PASSWORD, **given)])
def test_a_neighbor_cannot_close_or_renew_an_account(verb: Callable[..., None]) -> None:
    other = acting(person("administrator", "region", "VIII"))
    user = person("gate_officer", "customs_office", "15BB")
    with pytest.raises(NotFound):
        verb(actor=other, user_id=user.pk, at=now())
    assert User.objects.get(pk=user.pk).password == user.password


def test_nobody_closes_or_demotes_themselves(chief: Actor) -> None:
    assert chief.user_id is not None
    with pytest.raises(NotAllowed):
        close_person(actor=chief, user_id=chief.user_id, at=now())
    with pytest.raises(NotAllowed):
        end_role(
            actor=chief,
            user_id=chief.user_id,
            role="administrator",
            organization_id=place("region", "VI"),
            at=now(),
        )


def test_a_renewed_password_is_another_one(chief: Actor) -> None:
    user = person("gate_officer", "customs_office", "15BB")
    renew_access(actor=chief, user_id=user.pk, password="một câu hoàn toàn mới", at=now())
    assert User.objects.get(pk=user.pk).check_password("một câu hoàn toàn mới")


def test_a_password_rests_as_an_argon2_hash(chief: Actor) -> None:
    user = person("gate_officer", "customs_office", "15BB")
    renew_access(actor=chief, user_id=user.pk, password="một câu hoàn toàn mới", at=now())
    assert User.objects.get(pk=user.pk).password.startswith("argon2$argon2id$")


def test_a_neighbor_enterprise_gives_no_mandate_for_another() -> None:
    place("enterprise", "9999900011")
    place("broker", "9999900029")
    other = acting(person("declarant", "enterprise", "5700100016"))
    for verb in (give_mandate, withdraw_mandate):
        with pytest.raises(NotAllowed):
            verb(actor=other, enterprise="9999900011", broker="9999900029", at=now())


def test_a_broker_does_not_hand_a_mandate_on() -> None:
    owner = acting(person("declarant", "enterprise", "9999900011"))
    broker = person("broker", "broker", "9999900029")
    place("broker", "5700100023")
    give_mandate(actor=owner, enterprise="9999900011", broker="9999900029", at=now())
    with pytest.raises(NotAllowed):
        give_mandate(actor=acting(broker), enterprise="9999900011", broker="5700100023", at=now())
    with pytest.raises(Conflict):
        give_mandate(actor=owner, enterprise="9999900011", broker="9999900029", at=now())


def test_an_officer_without_second_factor_makes_no_token() -> None:
    user = person("clearance_officer", "customs_office", "15BB")
    with pytest.raises(NotAllowed):
        create_token(actor=acting(user, mfa=False), name="x", scopes=["declarations:read"], days=1, at=now())


def test_a_token_cannot_make_or_withdraw_tokens() -> None:
    owner = acting(person("declarant", "enterprise", "9999900011"))
    made = create_token(actor=owner, name="x", scopes=["declarations:read"], days=1, at=now())
    program = Actor(user_id=owner.user_id, is_authenticated=True, scopes=frozenset({"declarations:read"}))
    with pytest.raises(NotAllowed):
        create_token(actor=program, name="y", scopes=["declarations:lodge"], days=1, at=now())
    with pytest.raises(NotAllowed):
        revoke_token(actor=program, token_id=made.id, at=now())


def test_a_neighbor_cannot_withdraw_the_token_of_another() -> None:
    owner = acting(person("declarant", "enterprise", "9999900011"))
    made = create_token(actor=owner, name="x", scopes=["declarations:read"], days=1, at=now())
    with pytest.raises(NotFound):
        revoke_token(actor=acting(person("declarant", "enterprise", "5700100016")), token_id=made.id, at=now())


def test_people_cannot_make_organizations(chief: Actor) -> None:
    with pytest.raises(NotAllowed):
        ensure_organization(actor=chief, kind="enterprise", code="1", name="x", at=now())


def test_every_verb_leaves_one_ledger_row_and_one_message_without_personal_data(chief: Actor) -> None:
    rows, messages = Entry.objects.count(), OutboxMessage.objects.count()
    user_id = make(chief, "gate_officer", "customs_office", "15BC")
    assert (Entry.objects.count(), OutboxMessage.objects.count()) == (rows + 1, messages + 1)
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.subject, entry.actor) == (
        "accounts.person_created",
        f"user:{user_id}",
        chief.reference,
    )
    kept = bytes(entry.details) + bytes(OutboxMessage.objects.latest("id").payload)
    for secret in ("moi@thongquan.example", "Mới"):
        assert secret.encode() not in kept


def test_a_language_we_do_not_speak_is_refused(chief: Actor) -> None:
    with pytest.raises(NotFound):
        set_language(actor=chief, language="xx", at=now())
    set_language(actor=chief, language="zh-hans", at=now())
    assert chief.user_id is not None
    assert User.objects.get(pk=chief.user_id).language == "zh-hans"


def test_offices_are_loaded_once() -> None:
    rows = Entry.objects.count()
    assert load_offices(at=now()) > 5
    assert Entry.objects.count() == rows


def test_demo_people_are_one_per_role_and_made_once() -> None:
    people = create_demo_people(at=now())
    assert {row.role for row in people} == set(ROLES)
    assert len({row.password for row in people}) == len(people)
    assert create_demo_people(at=now()) == []


def test_demo_people_cannot_be_made_in_a_real_realm() -> None:
    move_to_realm("real")
    with pytest.raises(NotAllowed):
        create_demo_people(at=now())
    assert not User.objects.filter(is_demo=True).exists()


def test_a_program_is_not_a_person() -> None:
    assert SYSTEM.user_id is None
    assert system_actor("x", enterprises=["1"]).holds("declarant", "1")
