"""Which checks a declaration is due, who is not stopped, and whose goods are inspected first.

Legal basis: Customs Law 54/2014/QH13 Art. 33 (goods for urgent needs, defense goods and goods listed by the Prime
Minister are not inspected unless there are signs of violation; live and perishable goods are inspected first) and
Art. 43 (priority enterprises: neither documents nor goods, unless there are signs or a random check), in force from
2015-01-01; Circular 38/2015/TT-BTC Art. 19.3 (channels). Each exemption is a dated row with its own article.

The rule reads a decision and changes nothing in it: the channel says what is selected, this says what is carried out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision
from thongquan.rules.document import Document, Frozen
from thongquan.rules.facts import Standing

DOCUMENTS, GOODS = 2, 3
SIGNS = frozenset({Code.TQ_CHN_004, Code.TQ_CHN_007, Code.TQ_CHN_008})
"""Reasons that are signs of violation: prohibited goods, a non-compliant or barred declarant."""
RANDOM = Code.TQ_CHN_010

By = Literal["standing", "cargo_class", "hs", "list"]


class Exemption(Frozen, frozen=True, kw_only=True):
    """A dated row of who is not stopped. `key` is a standing, a cargo class, a goods prefix, or a list not at hand.

    `documents` and `goods` name the checks it frees from, `random` whether a random check is made all the same,
    `first` that such goods are inspected before others.
    """

    by: By
    key: str
    flow: str = ""
    documents: bool = False
    goods: bool = False
    random: bool = False
    first: bool = False
    valid_from: date
    source: str
    verified: bool = True


class Checks(Frozen, frozen=True, kw_only=True):
    """What is due. `waived` are exemptions that hold, `overruled` those that signs or a random check set aside.

    `signs` and `random` are codes of the decision's reasons; `raised` says that customs raised the channel after the
    decision, which counts as a sign. `first` are the rows by which these goods are inspected before others.
    """

    documents: bool
    goods: bool
    waived: tuple[Exemption, ...] = ()
    overruled: tuple[Exemption, ...] = ()
    first: tuple[Exemption, ...] = ()
    signs: tuple[str, ...] = ()
    random: bool = False
    raised: bool = False

    @property
    def rank(self) -> int:
        """Place in the order of inspection: 0 before 1; within a rank, whoever presented the goods first."""
        return 0 if self.first else 1


def checks_due(
    *, document: Document, decision: Decision, channel: int, standing: Standing, exemptions: Iterable[Exemption]
) -> Checks:
    """Tell which checks a declaration is due at its present channel, which may differ from the decision's."""
    rows = [one for one in exemptions if _concerns(one, document, standing)]
    signs = tuple(sorted({reason.code for reason in decision.reasons if reason.code in SIGNS}))
    drawn = any(reason.code == RANDOM for reason in decision.reasons)
    raised = channel > (decision.channel or 1)
    freeing = [one for one in rows if one.documents or one.goods]
    waived = [one for one in freeing if not (signs or raised or (drawn and one.random))]
    return Checks(
        documents=channel >= DOCUMENTS and not any(one.documents for one in waived),
        goods=channel >= GOODS and not any(one.goods for one in waived),
        waived=tuple(waived),
        overruled=tuple(one for one in freeing if one not in waived),
        first=tuple(one for one in rows if one.first),
        signs=signs,
        random=drawn,
        raised=raised,
    )


def _concerns(one: Exemption, document: Document, standing: Standing) -> bool:
    if one.flow not in ("", document.flow):
        return False
    if one.by == "standing":
        return one.key == "priority" and (standing.priority or standing.level == 1)
    if one.by == "cargo_class":
        return document.cargo_class == one.key
    return one.by == "hs" and any((line.hs or "").startswith(one.key) for line in document.lines)
