"""The tree of goods codes: the six-digit tree of the Harmonized System and the national lines below it."""

from __future__ import annotations

from datetime import date

from thongquan.clearance.tariff.formats.reading import Reading, Row, csv_rows, digits
from thongquan.rules.codes import Code
from thongquan.rules.text import fold

HS_FROM = date(2022, 1, 1)
HS_SOURCE = "WCO Harmonized System 2022, six digits; UN Comtrade list by datasets/harmonized-system (ODC-PDDL-1.0)"
NAMES = ("name_vi", "name_en", "name_zh", "name_fr")
HS_FILE, LINES_FILE = "nomenclature/hs2022.csv", "nomenclature/vn_names.csv"
Names = dict[str, dict[str, str]]


def read_names(content: bytes, file: str, key: str, reading: Reading) -> Names:
    """Read names in four languages by code."""
    found: Names = {}
    for _, values in csv_rows(content, file, reading):
        found[values.get(key, "")] = {name: values.get(name, "") for name in NAMES}
    return found


def read_tree(content: bytes, names: Names, reading: Reading) -> Names:
    """Read the six-digit tree; gives the names of all its nodes, which lines without a name of their own borrow."""
    known: Names = {}
    code_of = digits(2, 4, 6)
    for number, values in csv_rows(content, HS_FILE, reading):
        try:
            code = code_of(values.get("code", ""))
        except ValueError:
            reading.fault(HS_FILE, number, "code", values.get("code", ""))
            continue
        if not values.get("name_en"):
            reading.fault(HS_FILE, number, "name_en", "", Code.TQ_FMT_005)
            continue
        own = names.get(code, {})
        known[code] = {name: own.get(name) or values.get(name, "") for name in NAMES}
        reading.add("Node", _node(code, known[code], HS_FROM, HS_SOURCE, section=values.get("section", "")))
    return known


def line_node(code: str, names: Names, tree: Names, *, unit: str, valid_from: date, source: str, section: str) -> Row:
    """The node of a national line: its own short name, else the English name of its six digits."""
    own = names.get(code) or {"name_en": tree.get(code[:6], {}).get("name_en", "")}
    return _node(code, own, valid_from, source, section=section, unit=unit)


def section_node(values: dict[str, str]) -> Row:
    """The node of a section of the nomenclature, above its chapters."""
    return {**_node(values["code"], values, HS_FROM, HS_SOURCE, section=values["code"]), "level": 1, "parent": ""}


def _node(code: str, names: dict[str, str], valid_from: date, source: str, *, section: str, unit: str = "") -> Row:
    texts = {name: names.get(name, "") for name in NAMES}
    return {
        **texts,
        "code": code,
        "parent": code[:-2] or section,
        "level": len(code),
        "section": section,
        "unit": unit,
        "folded": " | ".join(fold(text) for text in texts.values() if text),
        "valid_from": valid_from,
        "source": source,
        "verified": True,
        "repealed": False,
    }
