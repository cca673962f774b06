"""An alarm to look at."""

from __future__ import annotations

from tests.clearance.classification.twins.lines import BOARD, OFFICE, ROUTER, TEXT, given, searched, stock
from thongquan.clearance.classification.models import Finding


def alarm(*, office: str = OFFICE) -> Finding:
    """One alarm: a router declared as a board after somebody else declared it as a router."""
    stock()
    searched(given((TEXT, ROUTER), importer="9999900099", office=office))
    assert searched(given((f"{TEXT}, hàng mới 100%, model <b>C6</b> v2", BOARD), office=office)) == 1
    return Finding.objects.get()
