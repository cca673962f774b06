"""The marks of box 13 and of the head of the form, where they hold.

Legal basis: Circular 12/2019/TT-BCT as collected (retroactive, exhibition, movement, third-party invoicing); days by
the agreement's terms.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from thongquan.rules.origin.law import OriginLaw
from thongquan.rules.origin.outbound.application import Application

Mark = Literal["retroactive", "exhibition", "back_to_back", "third_party", "certified_copy"]


def marks_of(application: Application, law: OriginLaw, issued_on: date) -> tuple[Mark, ...]:
    """The marks an application's form bears when it is issued on a day."""
    days = law.number("retroactive_after_days")
    departed = application.departed_on
    late = departed is not None and days is not None and (issued_on - departed).days > days
    holds: dict[Mark, bool] = {
        "retroactive": late,
        "exhibition": bool(application.exhibition),
        "back_to_back": bool(application.original_number),
        "third_party": bool(application.third_party),
        "certified_copy": bool(application.copy_of),
    }
    return tuple(mark for mark, held in holds.items() if held)
