"""Who may store, see, attach and take away files.

Rooms above speak for their subjects (`declaration:...`): they register at start-up who sees them, who may change what
is attached to them, and whose files belong to them. A subject that no room speaks for takes no files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from thongquan.base.accounts.permissions import (
    LODGE_SCOPE,
    is_program,
    readable_enterprises,
    readable_offices,
    sees_office,
)
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed, NotFound

SubjectScope = Callable[[Actor, str], bool]
OwnerOf = Callable[[Actor, str], str]
UNSEALERS = frozenset({"auditor", "internal_control"})
ENTERPRISE, OFFICE = "enterprise", "office"


@dataclass(frozen=True)
class Scope:
    """What a room says of its subjects."""

    sees: SubjectScope
    changes: SubjectScope
    owner: OwnerOf | None
    address: Callable[[str], str] | None
    shared: bool = False


_scopes: dict[str, Scope] = {}


def register_subject_scope(
    prefix: str,
    sees: SubjectScope,
    *,
    changes: SubjectScope | None = None,
    owner: OwnerOf | None = None,
    address: Callable[[str], str] | None = None,
    shared: bool = False,
) -> None:
    """Say who sees subjects `prefix:...`, who may change their files (default: who sees them), and under which owner
    (`enterprise:...`, `office:...`) a person stores files for one; without `owner` it must be given on storing.
    `address` is that of the subject's own page. `shared`: files of an office too are for everyone, unless said.
    """
    _scopes[prefix] = Scope(sees, changes or sees, owner, address, shared)


def _scope_of(subject: str) -> Scope | None:
    return _scopes.get(subject.partition(":")[0])


def address_of(subject: str) -> str:
    """The page of a subject; empty when its room has none."""
    scope = _scope_of(subject)
    return scope.address(subject) if scope is not None and scope.address is not None else ""


def is_shared(subject: str) -> bool:
    """Whether what an office puts on a subject is for both sides, as an answer is."""
    scope = _scope_of(subject)
    return scope is not None and scope.shared


def can_see_subject(actor: Actor, subject: str) -> bool:
    """`attachments.view`: whoever sees the subject."""
    scope = _scope_of(subject)
    return actor.is_authenticated and scope is not None and scope.sees(actor, subject)


def can_change_subject(actor: Actor, subject: str) -> bool:
    """`attachments.attach`: who sees the subject and may change its files."""
    scope = _scope_of(subject)
    return scope is not None and can_see_subject(actor, subject) and scope.changes(actor, subject)


def owner_for(actor: Actor, subject: str) -> str:
    """The owner under which this person stores files for a subject. Raises `NotAllowed` when there is none."""
    scope = _scope_of(subject)
    owner = scope.owner(actor, subject) if scope is not None and scope.owner is not None else ""
    if not owner or not can_store(actor, owner):
        raise NotAllowed("attachments.store")
    return owner


def can_attach(actor: Actor, subject: str, owner: str) -> bool:
    """Whether this person may put files of this owner on a subject: only those of their own side."""
    scope = _scope_of(subject)
    if scope is None or not can_change_subject(actor, subject) or not can_store(actor, owner):
        return False
    return scope.owner is None or scope.owner(actor, subject) == owner


def can_store(actor: Actor, owner: str) -> bool:
    """`attachments.store`: for an enterprise whoever may lodge for it, for an office its own officers."""
    kind, _, code = owner.partition(":")
    if not actor.is_authenticated or not code:
        return False
    if is_program(actor):
        return code in (actor.enterprises if kind == ENTERPRISE else actor.offices)
    if kind == ENTERPRISE:
        return code in actor.enterprises and actor.allows(LODGE_SCOPE)
    return kind == OFFICE and actor.mfa and actor.allows(LODGE_SCOPE) and sees_office(actor, code)


def can_see_owner(actor: Actor, owner: str) -> bool:
    """Whether the files of an owner are this person's own: those of the enterprise, or of the officer's office."""
    kind, _, code = owner.partition(":")
    if kind == ENTERPRISE:
        return code in readable_enterprises(actor)
    return kind == OFFICE and actor.mfa and code in readable_offices(actor)


def is_customs(actor: Actor) -> bool:
    """Whether this person reads what is for customs only."""
    return actor.mfa and bool(readable_offices(actor))


def can_unseal(actor: Actor, owner: str) -> bool:
    """`attachments.unseal`: the untouched original of a picture, with place and device: for the enterprise that
    gave it, an auditor, internal control.
    """
    if owner.startswith(f"{ENTERPRISE}:") and can_see_owner(actor, owner):
        return True
    return actor.mfa and actor.scopes is None and bool(actor.roles & UNSEALERS)


def check_sees_subject(actor: Actor, subject: str) -> None:
    """Raises `NotFound`: what one may not see does not exist."""
    if not can_see_subject(actor, subject):
        raise NotFound("subject")
