"""Criteria of origin: read from what stands on a certificate or in a product rule, and held against each other.

Legal basis: the agreements' rules of origin (WO, PE, CTC at 2, 4 and 6 digits, RVC with its threshold, SP, PSR).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from thongquan.rules.parts import Frozen

Kind = Literal["WO", "PE", "CTC", "RVC", "SP", "PSR"]
_SHIFTS = {"CC": 2, "CTH": 4, "CTSH": 6}
_CONTENT = re.compile(r"(?:RVC|QVC|LVC)? ?(\d{1,3}(?:\.\d{1,2})?) ?%?", re.ASCII)


class Criterion(Frozen, frozen=True, kw_only=True):
    """One criterion. `digits` 2, 4 or 6 for CTC; `percent` for RVC, None when the paper gives no figure."""

    kind: Kind
    digits: int = 0
    percent: Decimal | None = None

    @property
    def key(self) -> str:
        """How it is written: `CTH`, `RVC40`, `RVC`."""
        if self.kind == "CTC":
            return next(name for name, digits in _SHIFTS.items() if digits == self.digits)
        return f"{self.kind}{self.percent.normalize():f}" if self.percent is not None else self.kind


@lru_cache(maxsize=1024)
def read_criterion(text: str) -> Criterion | None:
    """What a criterion says: `WO`, `CTH`, `RVC 40%`, `45.5%`; None when it is none that is known."""
    said = " ".join(text.upper().replace('"', "").split())
    if said in ("WO", "PE", "SP", "PSR"):
        return Criterion(kind=said)  # type: ignore[arg-type]  # the four words just compared with
    if said in _SHIFTS:
        return Criterion(kind="CTC", digits=_SHIFTS[said])
    if said in ("RVC", "QVC", "LVC"):
        return Criterion(kind="RVC")
    found = _CONTENT.fullmatch(said)
    if found is None or not 0 < Decimal(found[1]) <= 100:
        return None
    return Criterion(kind="RVC", percent=Decimal(found[1]))


@lru_cache(maxsize=4096)
def alternatives(rule: str) -> tuple[tuple[Criterion, ...], ...]:
    """A product rule as alternatives, each a set of criteria to meet together; () when a part cannot be read."""
    found = []
    for one in rule.split("|"):
        parts = [read_criterion(part) for part in one.split("&")]
        if not all(parts):
            return ()
        found.append(tuple(part for part in parts if part is not None))
    return tuple(found)


def is_wholly_made(criterion: Criterion) -> bool:
    """PE, or RVC of 100 %: made of originating materials alone."""
    return criterion.kind == "PE" or (criterion.kind == "RVC" and criterion.percent == 100)


def meets(stated: Criterion, asked: Criterion) -> bool:
    """Whether goods that meet the stated criterion meet the asked one.

    Wholly obtained goods meet every criterion; goods made of originating materials alone every one but WO. A change of
    chapter is a change of heading and of subheading too, never the other way round. `PSR` states that the product's own
    rule is met; a regional value without its figure is taken at its word, since some forms print none.
    """
    if stated.kind == "WO" or (is_wholly_made(stated) and asked.kind != "WO"):
        return True
    if stated.kind == "PSR":
        return asked.kind != "WO"
    if stated.kind != asked.kind:
        return False
    if stated.kind == "CTC":
        return stated.digits <= asked.digits
    if stated.kind == "RVC":
        return stated.percent is None or asked.percent is None or stated.percent >= asked.percent
    return True


def meets_rule(stated: Criterion, rule: str) -> bool:
    """Whether a stated criterion meets a product rule: one of its alternatives, whole."""
    return any(all(meets(stated, part) for part in parts) for parts in alternatives(rule))
