"""What a field and a section are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

Kind = Literal["text", "code", "date", "amount", "count", "yesno", "many", "long"]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field. `listed` names its code list, `digits` the length below which a spreadsheet lost leading zeros.

    `flow` is the only flow that has the field; `needed` says that every declaration of its flow carries it.
    """

    key: str
    label: Promise | str
    hint: Promise | str = ""
    kind: Kind = "text"
    listed: str = ""
    length: int = 0
    decimals: int | None = None
    digits: int = 0
    flow: str = ""
    needed: bool = False
    width: Literal["full", "half", "short", "tiny"] = "half"


@dataclass(frozen=True, kw_only=True)
class Section:
    """Fields that stand together under one heading; folded sections are opened when they hold something."""

    key: str
    title: Promise
    fields: tuple[Field, ...]
    folded: bool = False
