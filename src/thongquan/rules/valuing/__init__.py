"""The customs value where the declared one does not stand: the six methods in their order, and duties with the result.

Legal basis: Decree 08/2015/NĐ-CP Art. 20; Circular 39/2015/TT-BTC (text not at hand; the order and the terms of the
methods are those of the WTO Valuation Agreement Art. 1-8, which both follow).
"""

from thongquan.rules.valuing.methods import (
    COMPARING,
    METHODS,
    TERMS,
    VNACCS,
    Asked,
    Candidate,
    Comparable,
    MethodRefusal,
    Term,
    Valued,
    before,
    value_faults,
    value_line,
)
from thongquan.rules.valuing.valued import as_valued

__all__ = [
    "COMPARING",
    "METHODS",
    "TERMS",
    "VNACCS",
    "Asked",
    "Candidate",
    "Comparable",
    "MethodRefusal",
    "Term",
    "Valued",
    "as_valued",
    "before",
    "value_faults",
    "value_line",
]
