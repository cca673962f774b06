"""Kinds of papers, and the papers a subject asks for: the law stands in rooms above, which register it at start-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

import msgspec

from thongquan.base.accounts.queries import Actor

Need = Literal["required", "conditional", "not_needed"]


class Kind(msgspec.Struct, frozen=True):
    """A kind of paper with its name in the reader's language."""

    code: str
    name: str


class Required(msgspec.Struct, frozen=True, kw_only=True):
    """A paper that the law asks for. `need` is what is known of this very subject; `when` tells the condition.

    `any_of` are the kinds that satisfy it (an air waybill in place of a bill of lading).
    """

    kind: str
    name: str
    need: Need
    when: str = ""
    source: str = ""
    verified: bool = False
    any_of: tuple[str, ...] = ()


KindList = Callable[[date, str], Sequence[Kind]]
Requirements = Callable[[Actor, str, date, str], Sequence[Required]]
_kinds: list[KindList] = []
_requirements: dict[str, Requirements] = {}
_usual: dict[str, tuple[str, ...]] = {}


def register_kinds(provider: KindList) -> None:
    """Say which kinds of papers there are on a day, named in a language; the last one registered counts."""
    _kinds[:] = [provider]


def register_usual_kinds(prefix: str, codes: Sequence[str]) -> None:
    """Say which kinds of papers people put on subjects `prefix:...`; the first is chosen until they choose."""
    _usual[prefix] = tuple(codes)


def register_requirements(prefix: str, provider: Requirements) -> None:
    """Say which papers subjects `prefix:...` ask for: actor, subject, day, language."""
    _requirements[prefix] = provider


def kinds_on(on: date, language: str) -> Sequence[Kind]:
    """Kinds of papers on a day; none when no room speaks for them."""
    return _kinds[-1](on, language) if _kinds else ()


def kinds_for(subject: str, on: date, language: str) -> Sequence[Kind]:
    """Kinds of papers offered on a subject: the usual ones of its prefix in their order, or all of the day."""
    every = {kind.code: kind for kind in kinds_on(on, language)}
    usual = _usual.get(subject.partition(":")[0], ())
    return [every[code] for code in usual if code in every] or list(every.values())


def required_for(actor: Actor, subject: str, on: date, language: str) -> Sequence[Required]:
    """The papers a subject asks for; none when no room knows."""
    provider = _requirements.get(subject.partition(":")[0])
    return provider(actor, subject, on, language) if provider else ()
