"""What a check finds: a code, how much it weighs, its article, where, and the facts of its sentence.

Legal basis: Circular 33/2023/TT-BTC Art. 14-16 (how a proof of origin is checked and what follows).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.origin.certificate import Paper, PaperLine
from thongquan.rules.origin.declared import Declared, DeclaredLine
from thongquan.rules.origin.law import OriginLaw
from thongquan.rules.parts import Frozen

Grade = Literal["note", "minor", "pending", "doubt", "refuse"]
GRADES: tuple[Grade, ...] = ("note", "minor", "pending", "doubt", "refuse")
"""Ascending: told only; a minor difference, accepted; something is still to be filed; doubt; refused."""


class OriginFinding(Frozen, frozen=True, kw_only=True):
    """One finding. `line` is a line of the declaration, `item` one of the certificate; both None: the whole paper."""

    code: str
    grade: Grade
    article: str
    line: int | None = None
    item: int | None = None
    path: str = ""
    value: str = ""
    values: dict[str, str] = {}

    def fault(self) -> Fault:
        """The same as a fault, for its sentence."""
        return Fault(
            code=self.code,
            path=self.path,
            line=self.line,
            value=self.value,
            values=self.values,
            severity="error" if self.grade == "refuse" else "warning",
        )


class Pair(Frozen, frozen=True, kw_only=True):
    """A declared line with the line of the certificate that stands for it, if one does."""

    line: DeclaredLine
    item: PaperLine | None


class Examined(Frozen, frozen=True, kw_only=True):
    """What every check is given: the paper, the law of the day it is asked for, and the declaration if there is one."""

    certificate: Paper
    law: OriginLaw
    declared: Declared | None = None
    pairs: tuple[Pair, ...] = ()


C33 = "Circular 33/2023/TT-BTC Art. {}"


def found(
    code: Code,
    grade: Grade,
    article: str,
    path: str = "",
    value: object = "",
    *,
    line: int | None = None,
    item: int | None = None,
    values: Mapping[str, str] | None = None,
) -> OriginFinding:
    """A finding; an article of digits alone is one of Circular 33/2023."""
    source = C33.format(article) if article[:1].isdigit() else article
    return OriginFinding(
        code=code,
        grade=grade,
        article=source,
        line=line,
        item=item,
        path=path,
        value=str(value)[:80],
        values=dict(values or {}),
    )
