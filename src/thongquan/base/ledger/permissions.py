"""Who may look into the ledger: overseers all of it, others the proof of what is theirs.

The rooms that know subjects stand above this one and register, at start-up, who may see theirs; a subject that no room
speaks for is refused.
"""

from __future__ import annotations

from collections.abc import Callable

from thongquan.base.core.people import Actor

OVERSEERS = frozenset({"auditor", "internal_control", "director"})
READERS = OVERSEERS | {"administrator"}
SubjectScope = Callable[[Actor, str], bool]
_scopes: dict[str, SubjectScope] = {}


def register_subject_scope(prefix: str, predicate: SubjectScope) -> None:
    """Say who may see subjects `prefix:...`; the predicate gets the actor and the whole subject."""
    _scopes[prefix] = predicate


def can_read_ledger(actor: Actor) -> bool:
    """`ledger.read`: the list of entries and heads. Asks for the second factor, whatever stands in front."""
    return actor.is_authenticated and actor.mfa and bool(actor.roles & READERS)


def can_see_proof(actor: Actor, subject: str) -> bool:
    """`ledger.prove`: overseers for every subject, others where the subject's own room says so."""
    if not actor.is_authenticated:
        return False
    if actor.mfa and actor.roles & OVERSEERS:
        return True
    predicate = _scopes.get(subject.partition(":")[0])
    return predicate is not None and predicate(actor, subject)
