"""What came of a declared line's preference: a value of its own, so that decisions can carry it.

Legal basis: Circular 33/2023/TT-BTC Art. 12 (MFN paid or the difference guaranteed while the proof is to come), 14-16,
19 (MFN while a doubtful certificate is verified).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from thongquan.rules.parts import Frozen

Result = Literal["granted", "guaranteed", "refused", "doubt"]


class LineOutcome(Frozen, frozen=True, kw_only=True):
    """A line's outcome; `difference_vnd` is the duty that the preference would save, None where it is not known.

    Granted: nothing of it is due. Guaranteed: it is secured. Refused and doubt: it is due (doubt, until verified).
    `due_mfn_vnd` and `due_preference_vnd` are all taxes of the line in dong without and with the preference.
    """

    line: int
    result: Result
    difference_vnd: Decimal | None = None
    codes: tuple[str, ...] = ()
    certificate: str = ""
    due_mfn_vnd: Decimal | None = None
    due_preference_vnd: Decimal | None = None
