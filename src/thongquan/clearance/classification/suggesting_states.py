"""States of a model that suggests codes, and of a workbook of descriptions."""

from __future__ import annotations

from enum import StrEnum


class Stand(StrEnum):
    """Where a model stands. One is in force; a challenger waits for two people; what was replaced is kept a while."""

    CHALLENGER = "challenger"
    PROPOSED = "proposed"
    CHAMPION = "champion"
    RETIRED = "retired"


class SheetState(StrEnum):
    """Where a workbook stands."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


PROPOSABLE = frozenset({Stand.CHALLENGER, Stand.RETIRED})
"""A model that was replaced may come back: the way out when a new one answers badly."""
