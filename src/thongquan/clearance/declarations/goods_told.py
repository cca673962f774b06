"""What a check before lodging tells besides what the law refuses: these goods under another code.

Legal basis: Circular 38/2015/TT-BTC Art. 20 as amended (amending of one's own accord); Circular 14/2015/TT-BTC
Art. 4.1.
"""

from __future__ import annotations

from datetime import date

import msgspec

from thongquan.base.accounts.permissions import can_lodge
from thongquan.base.accounts.queries import Actor
from thongquan.clearance.classification.queries.warning import LineAsked, warnings_for
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document, Line

RULING = "AR"
"""The kind of permit by which a line names an advance ruling."""


def goods_faults(*, actor: Actor, document: Document, on: date, apart_from: str = "") -> list[Fault]:
    """Warnings on the codes of a document's lines, each with the lawful way to correct; none refuses it.

    Of the trader's own lines and of what customs told it alone. `apart_from` is the number that is being amended.
    """
    tax_code = (document.trader and document.trader.tax_code) or ""
    if not can_lodge(actor, tax_code):
        return []
    places = {line.number: place for place, line in enumerate(document.lines)}
    key = apart_from[:11]
    found = warnings_for(
        lines=[_asked(line) for line in document.lines],
        tax_code=tax_code,
        on=on,
        apart_from=int(key) if key.isascii() and key.isdigit() else 0,
    )
    return [
        msgspec.structs.replace(one.fault, path=f"lines[{places[one.line]}].hs") for one in found if one.line in places
    ]


def _asked(line: Line) -> LineAsked:
    named = tuple(one.number for one in line.permits if one.kind == RULING and one.number)
    return LineAsked(number=line.number, hs=line.hs or "", description=line.description or "", rulings=named)
