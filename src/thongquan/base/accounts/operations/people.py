"""Making people, giving and ending their roles, closing accounts."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from thongquan.base.accounts.models import LANGUAGES, Membership, Organization, User
from thongquan.base.accounts.operations.trace import leave_trace
from thongquan.base.accounts.permissions import can_manage_people, is_program
from thongquan.base.accounts.queries import Actor, forget_actors
from thongquan.base.accounts.roles import ROLES_OF_KIND
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound


def create_person(
    *,
    actor: Actor,
    email: str,
    full_name: str,
    role: str,
    organization_id: int,
    at: datetime,
    password: str | None = None,
    language: str = "",
    phone: str = "",
) -> int:
    """Make a person with a first role; returns the user's id.

    Without a password the account waits for one. Raises NotAllowed outside the actor's scope, Conflict when the
    address is taken or the role does not exist in that kind of organization.
    """
    place = _place_for(actor, organization_id, role)
    if User.objects.filter(email=email.lower()).exists():
        raise Conflict("email")
    with transaction.atomic():
        user = User.objects.create_user(
            email, password, full_name=full_name, language=language, phone=phone, joined_at=at
        )
        Membership.objects.create(user=user, organization=place, role=role, valid_from=at)
        leave_trace("accounts.person_created", f"user:{user.pk}", actor, at, {"role": role, "organization": place.code})
    return user.pk


def grant_role(*, actor: Actor, user_id: int, role: str, organization_id: int, at: datetime) -> None:
    """Give a person a role from now on; does nothing when it is held already.

    Raises NotAllowed outside the actor's scope, NotFound without such a person.
    """
    place = _place_for(actor, organization_id, role)
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not _is_within_reach(actor, user):
        raise NotFound
    with transaction.atomic():
        _seat, made = Membership.objects.get_or_create(
            user=user, organization=place, role=role, valid_to=None, defaults={"valid_from": at}
        )
        if made:
            leave_trace("accounts.role_granted", f"user:{user_id}", actor, at, _held(role, place))
    forget_actors()


def end_role(*, actor: Actor, user_id: int, role: str, organization_id: int, at: datetime) -> None:
    """End a role now. Raises NotAllowed outside the actor's scope or for one's own role, NotFound when not held."""
    place = _place_for(actor, organization_id, role)
    if user_id == actor.user_id:
        raise NotAllowed("own_role")
    with transaction.atomic():
        ended = Membership.objects.filter(user_id=user_id, organization=place, role=role, valid_to=None).update(
            valid_to=at
        )
        if not ended:
            raise NotFound
        leave_trace("accounts.role_ended", f"user:{user_id}", actor, at, _held(role, place))
    forget_actors()


def close_person(*, actor: Actor, user_id: int, at: datetime) -> None:
    """Close an account: it cannot sign in and its tokens are void. Raises NotAllowed, NotFound."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not _is_within_reach(actor, user):
        raise NotFound
    if user_id == actor.user_id:
        raise NotAllowed("own_account")
    with transaction.atomic():
        User.objects.filter(pk=user_id).update(is_active=False)
        leave_trace("accounts.person_closed", f"user:{user_id}", actor, at, {})
    forget_actors()


def renew_access(*, actor: Actor, user_id: int, password: str, at: datetime) -> None:
    """Give a person a new password and take their second factor away, to be set up anew; their sessions end.

    Raises NotAllowed for one's own account, NotFound outside the actor's scope.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not _is_within_reach(actor, user):
        raise NotFound
    if user_id == actor.user_id:
        raise NotAllowed("own_account")
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        Authenticator.objects.filter(user_id=user_id).delete()
        leave_trace("accounts.access_renewed", f"user:{user_id}", actor, at, {})
    forget_actors()


def set_language(*, actor: Actor, language: str, at: datetime) -> None:
    """Remember the language the person chose. Raises NotFound for a language we do not speak or nobody's choice."""
    if language not in dict(LANGUAGES) or actor.user_id is None:
        raise NotFound
    with transaction.atomic():
        User.objects.filter(pk=actor.user_id).update(language=language)
        leave_trace("accounts.language_set", actor.reference, actor, at, {"language": language})


def _place_for(actor: Actor, organization_id: int, role: str) -> Organization:
    place = Organization.objects.filter(pk=organization_id).first()
    if place is None:
        raise NotFound
    if not (is_program(actor) or can_manage_people(actor, place.code)):
        raise NotAllowed
    if role not in ROLES_OF_KIND[place.kind]:
        raise Conflict("role")
    return place


def _is_within_reach(actor: Actor, user: User) -> bool:
    """Every place where the person holds a role must be the administrator's: nobody closes a colleague elsewhere."""
    if is_program(actor):
        return True
    codes = user.memberships.filter(valid_to=None).values_list("organization__code", flat=True)
    return bool(codes) and all(can_manage_people(actor, code) for code in codes)


def _held(role: str, place: Organization) -> dict[str, object]:
    return {"role": role, "organization": place.code}
