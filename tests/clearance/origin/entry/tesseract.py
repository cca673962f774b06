"""Whether Vietnamese marks can be read here: `python -m tests.clearance.origin.entry.tesseract` says what is missing."""

from __future__ import annotations

from thongquan.clearance.origin.formats.paper.marks import ready_marks


def missing() -> str:
    """What is missing, in a sentence; '' when marks can be read."""
    if ready_marks() is None:
        return "tesseract-ocr-vie is not installed: tests of Vietnamese marks in scans are not collected."
    return ""


if __name__ == "__main__":
    print(missing(), end="")
