"""Carry the nomenclature and tariff lines over from the compiled source files into `src/thongquan/reference/`.

Usage: `python tools/reference_carry.py DATA_DIR`, where DATA_DIR holds `goods/hs2022_en.csv` and `tariff/vn_lines.csv`.
Codes, units, rate cells, dates and legal sources are taken over character by character; the compilers' wording of
Vietnamese lines and the statistical chapter 99 (not part of the Harmonized System) are left behind.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

REFERENCE = Path(__file__).resolve().parent.parent / "src" / "thongquan" / "reference"
TREE_FIELDS = ("code", "parent", "level", "name_en", "section")
LINE_FIELDS = [
    "hs8",
    "unit",
    "mfn",
    "ordinary",
    "vat",
    "acfta",
    "atiga",
    "rcep",
    "cptpp",
    "evfta",
    "excise",
    "export_duty",
    "environment_tax",
    "edition_date",
    "source",
]
HS_LEVELS = {"2", "4", "6"}


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file; a byte order mark is skipped."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def write_rows(path: Path, fields: Iterable[str], rows: Iterable[dict[str, str]]) -> int:
    """Write the named fields of the rows as UTF-8 CSV with a header; return how many rows were written."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(fields), extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def tree_row(row: dict[str, str]) -> dict[str, str]:
    """Return one node of the six-digit tree; the parent of a chapter is empty."""
    parent = "" if row["parent"] == "TOTAL" else row["parent"]
    name = " ".join(row["description"].split())
    return {"code": row["hscode"], "parent": parent, "level": row["level"], "name_en": name, "section": row["section"]}


def carry(data: Path) -> dict[str, int]:
    """Write both files and return how many rows each holds."""
    tree = read_rows(data / "goods" / "hs2022_en.csv")
    nodes = [tree_row(row) for row in tree if row["level"] in HS_LEVELS and not row["hscode"].startswith("99")]
    lines = read_rows(data / "tariff" / "vn_lines.csv")
    return {
        "hs2022": write_rows(REFERENCE / "nomenclature" / "hs2022.csv", TREE_FIELDS, nodes),
        "vn_lines": write_rows(REFERENCE / "tariff" / "vn_lines.csv", LINE_FIELDS, lines),
    }


def main() -> None:
    """Carry over from the directory named on the command line and print the counts."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: reference_carry.py DATA_DIR")
    for name, count in carry(Path(sys.argv[1])).items():
        sys.stdout.write(f"{name}: {count} rows\n")


if __name__ == "__main__":
    main()
