"""Declared lines and models as tests put them there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.timezone import localdate

from tests.learning.samples import history, nomenclature
from tests.world import ENTERPRISE, OTHER_ENTERPRISE
from thongquan.base.core.clock import now
from thongquan.clearance.classification.models import DeclaredLine, SuggestionModel
from thongquan.learning.suggest import Example, digests

OWN = f"office:15BB enterprise:{ENTERPRISE}"
FOREIGN = f"office:20BB enterprise:{OTHER_ENTERPRISE}"


def books() -> list[Example]:
    """The few lines of the nomenclature that tests learn."""
    return nomenclature()


def as_row(folder: Path, *, state: str = "champion", **values: Any) -> SuggestionModel:
    """A model whose files lie in a folder."""
    found = digests(folder)
    chosen = {"chosen_by": "system:suggest", "chosen_at": now()} if state == "champion" else {}
    return SuggestionModel.objects.create(
        version=folder.name,
        state=state,
        trained_at=now(),
        seconds=1.5,
        counts={"history": 99, "precedent": 0, "nomenclature": 3, "reference": 0, "lines": 480},
        arrays=found.arrays,
        words=found.words,
        **{"report": {}, **chosen, **values},
    )


def declare(part: slice = slice(None), *, office: str = "15BB", importer: str = ENTERPRISE, first: int = 1) -> None:
    """The room's own copy of lines of a few goods."""
    DeclaredLine.objects.bulk_create(
        DeclaredLine(
            declaration=first + number,
            version=1,
            number=1,
            flow="import",
            office=office,
            importer=importer,
            code=one.code,
            description=one.description,
            on=localdate(now()),
        )
        for number, one in enumerate(history()[part])
    )


def _level(asked: int) -> dict[str, Any]:
    return {
        "asked": asked,
        "right": [0.8, 0.9, 0.95],
        "curve": [[0.2, 0.99], [0.5, 0.9], [1.0, 0.8]],
        "error": 0.021,
        "reliability": [[0.3, 0.25], [0.6, 0.63], [0.9, 0.92]],
        "chapters": [["08", asked // 2, 0.75], ["84", asked // 2, 0.85]],
    }


REPORT = {
    "levels": {digits: _level(200) for digits in ("2", "4", "6", "8")},
    "median_ms": 2.5,
    "p95_ms": 4.0,
    "curve": [
        {"wordings": wordings, "right": {digits: [wordings / 1000, wordings / 900] for digits in ("4", "6")}}
        for wordings in (100, 200, 400, 800)
    ],
    "strange": {"office": "20BB", "asked": 150, "right": {"4": [0.32, 0.54], "6": [0.15, 0.34]}},
}
"""What was measured of a model."""
