"""What was typed, as kept in a draft and read from a workbook, and the way from there into the document and back.

Content is texts only: `fields` by key, `lines` a list of texts by column (see `fields`). It becomes plain values and
then the document by the same reading as every other door (`base.core.json.read_values`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from thongquan.base.core.json import read_values
from thongquan.clearance.declarations.formats.fields import COLUMNS, HEADER, Field
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document
from thongquan.rules.text import storable

Texts = dict[str, str]
_STEP = re.compile(r"([a-z0-9_]+)(?:\[(\d+)\])?")
_SEPARATED = re.compile(r"[,;\n]+")
_LINE_PATH = re.compile(r"lines\[(\d+)\]\.?(.*)")
_SLOT_PATH = re.compile(r"(permits|adjustments)\[(\d+)\]\.?(.*)")
_PARTS = {"freight": "freight.amount", "insurance": "insurance.amount", "certificate": "certificate.number"}
_PLACED_COLUMNS = {"permits": ("permit", "kind"), "packages": ("package", "quantity")}


@dataclass
class Content:
    """A declaration as typed; texts only, numbers with a decimal point, dates as ISO where they could be read."""

    flow: str
    fields: Texts
    lines: list[Texts]

    def stored(self) -> dict[str, object]:
        """The form kept in a draft."""
        return {"flow": self.flow, "fields": self.fields, "lines": self.lines}

    def without_blank_lines(self) -> Content:
        """The same without lines in which nothing was typed."""
        return Content(self.flow, self.fields, [line for line in self.lines if any(line.values())])


def content_from(stored: Mapping[str, Any]) -> Content:
    """Content of a draft; unknown keys and values that are no texts are left out."""
    flow = "export" if stored.get("flow") == "export" else "import"
    lines = stored.get("lines")
    rows = lines if isinstance(lines, list) else []
    return Content(flow, _texts(stored.get("fields"), HEADER), [_texts(row, COLUMNS) for row in rows])


def _texts(raw: object, known: Mapping[str, Field]) -> Texts:
    if not isinstance(raw, dict):
        return {}
    return {key: value for key, value in raw.items() if key in known and isinstance(value, str) and value}


@dataclass
class Places:
    """Which typed line and which slot each entry of the document came from; blank ones in between are left out."""

    rows: list[int]
    slots: dict[str, list[int]]
    choices: list[list[str]]

    def field_of(self, fault: Fault) -> tuple[int | None, str]:
        """Row (None for the header) and key of the field that a fault is about; key '' when it is about no field."""
        if found := _LINE_PATH.fullmatch(fault.path):
            place = int(found[1])
            row = self.rows[place] if place < len(self.rows) else place
            return row, self._column(place, found[2], fault)
        return None, self._header(fault.path)

    def _header(self, path: str) -> str:
        if found := _SLOT_PATH.fullmatch(path):
            slots = self.slots.get(found[1], [])
            place = slots[int(found[2])] if int(found[2]) < len(slots) else int(found[2])
            default = "kind" if found[1] == "permits" else "code"
            return f"{found[1]}[{place}].{found[3] or default}"
        key = _PARTS.get(path, path)
        return key if key in HEADER else path.partition("[")[0]

    def _column(self, place: int, path: str, fault: Fault) -> str:
        if path.startswith("choices"):
            return self._choice(place, path, fault)
        if found := re.fullmatch(r"(permits|packages)(?:\[\d+\])?\.?(.*)", path):
            before, default = _PLACED_COLUMNS[found[1]]
            return f"{before}_{found[2] or default}"
        key = _PARTS.get(path, path)
        return key if key in COLUMNS else ""

    def _choice(self, place: int, path: str, fault: Fault) -> str:
        found = re.fullmatch(r"choices\[(\d+)\]\.(tax|rate|reason)", path)
        if found:
            named = self.choices[place] if place < len(self.choices) else []
            which = named[int(found[1])] if int(found[1]) < len(named) else "vat"
            return f"{which}_{found[2]}" if f"{which}_{found[2]}" in COLUMNS else f"{which}_rate"
        which = "vat" if fault.values.get("tax", "vat") == "vat" else "other"
        return f"{which}_reason" if fault.code == "TQ-TAX-003" else f"{which}_rate"


def document_of(content: Content) -> Document:
    """The typed document. Raises `Refused` with every value that cannot be read."""
    return read_values(plain_values(content)[0], Document)


def plain_values(content: Content) -> tuple[dict[str, Any], Places]:
    """Plain values as the API would send them, and where each entry was typed."""
    values: dict[str, Any] = {"flow": content.flow}
    slots: dict[str, dict[int, dict[str, Any]]] = {}
    for key, text in content.fields.items():
        if found := _SLOT_PATH.fullmatch(key):
            _put(slots.setdefault(found[1], {}).setdefault(int(found[2]), {}), found[3], text)
        elif (value := _value(HEADER[key], text)) is not None:
            _put(values, key, value)
    for name, entries in slots.items():
        values[name] = [entries[place] for place in sorted(entries)]
    rows = [place for place, line in enumerate(content.lines) if any(line.values())]
    lines = [_line_values(number, content.lines[row]) for number, row in enumerate(rows, 1)]
    if lines:
        values["lines"] = lines
    choices = [_choices_of(content.lines[row]) for row in rows]
    return values, Places(rows, {name: sorted(entries) for name, entries in slots.items()}, choices)


def _value(field: Field, text: str) -> object:
    match field.kind:
        case "yesno":
            return {"yes": True, "no": False}.get(text, text)
        case "many":
            return [part.strip() for part in _SEPARATED.split(text) if part.strip()] or None
        case "long" if field.key == "containers":
            return [_container(line) for line in text.splitlines() if line.strip()] or None
        case _:
            return text


def _container(line: str) -> dict[str, object]:
    identifier, *seals = re.split(r"[\s,;]+", line.strip())
    return {"identifier": identifier, "seals": seals} if seals else {"identifier": identifier}


def _put(values: dict[str, Any], key: str, value: object) -> None:
    *before, last = key.split(".")
    for step in before:
        values = values.setdefault(step, {})
    values[last] = value


def _choices_of(texts: Texts) -> list[str]:
    return [which for which in ("vat", "other") if texts.get(f"{which}_rate") or texts.get(f"{which}_reason")]


def _line_values(number: int, texts: Texts) -> dict[str, Any]:
    values: dict[str, Any] = {"number": number}
    for key, text in texts.items():
        if text and key.partition("_")[0] not in ("vat", "other", "permit") and key not in _PACKAGE:
            _put(values, key, _value(COLUMNS[key], text))
    choices = [_choice_values(which, texts) for which in _choices_of(texts)]
    if choices:
        values["choices"] = choices
    for name, keys in (("permits", _PERMIT), ("packages", _PACKAGE)):
        entry = {key.partition("_")[2]: texts[key] for key in keys if texts.get(key)}
        if entry:
            values[name] = [entry]
    return values


_PERMIT = ("permit_kind", "permit_number", "permit_issued_on")
_PACKAGE = ("package_kind", "package_quantity")


def _choice_values(which: str, texts: Texts) -> dict[str, str]:
    tax = "vat" if which == "vat" else texts.get("other_tax", "")
    values = {"tax": tax, "rate": texts.get(f"{which}_rate", "")}
    reason = texts.get(f"{which}_reason")
    return {**values, "reason": reason} if reason else values


def tidy(field: Field, text: str) -> str:
    """A typed text in NFC without blanks at its ends; codes in capitals, HS codes and tax codes without dots."""
    text = storable(text)
    if field.kind == "code" or field.digits:
        text = text.upper() if field.listed != "tax" else text
        return re.sub(r"[.\s]", "", text) if field.digits else text
    return text


def content_of(document: Document) -> Content:
    """The document as it would have been typed; see `is_whole` for what the fields cannot hold."""
    fields = dict(_header_texts(document))
    return Content(document.flow, fields, [dict(_line_texts(line)) for line in document.lines])


def is_whole(document: Document) -> bool:
    """Whether the form's fields hold all that this document says, so that it may be finished there."""
    return document_of(content_of(document)) == document


def _header_texts(document: Document) -> Iterator[tuple[str, str]]:
    for key, field in HEADER.items():
        value = _read(document, key)
        if field.key == "containers":
            text = "\n".join(" ".join([box.identifier or "", *box.seals]) for box in value or ())
        elif field.kind == "many":
            text = ", ".join(value or ())
        else:
            text = _text(value)
        if text:
            yield key, text


def _read(value: Any, path: str) -> Any:
    for name, index in _STEP.findall(path):
        value = getattr(value, name, None)
        if index:
            value = value[int(index)] if value is not None and int(index) < len(value) else None
        if value is None:
            return None
    return value


def _line_texts(line: Any) -> Iterator[tuple[str, str]]:
    vat = next((choice for choice in line.choices if choice.tax == "vat"), None)
    other = next((choice for choice in line.choices if choice.tax != "vat"), None)
    sources: Iterable[tuple[str, Any]] = (
        ("vat", vat),
        ("other", other),
        ("permit", line.permits[0] if line.permits else None),
        ("package", line.packages[0] if line.packages else None),
    )
    parts = dict(sources)
    for key in COLUMNS:
        before, _, name = key.partition("_")
        value = getattr(parts[before], name, None) if before in parts else _read(line, key)
        if text := _text(value):
            yield key, text


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if hasattr(value, "as_tuple") else str(value)
