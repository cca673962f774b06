"""What needs the system's Tesseract is collected only where it is installed."""

from __future__ import annotations

from tests.clearance.origin.entry.tesseract import missing

if missing():  # `tools/test` says so
    collect_ignore = ["test_marks_in_scans.py"]
