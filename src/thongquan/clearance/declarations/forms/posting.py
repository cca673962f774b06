"""From posted texts to content: numbers and dates as people of the language write them, codes in capitals."""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict

from thongquan.base.core.figures import date_text, number_text
from thongquan.clearance.declarations.formats.content import Content, Texts, tidy
from thongquan.clearance.declarations.formats.fields import COLUMNS, HEADER, Field
from thongquan.rules.origin.suffix import with_suffix

MAX_ROWS = 200
MAX_TEXT = 4000
_LINE_NAME = re.compile(r"lines\[(\d{1,3})\]\.(.+)")
_ACTION = re.compile(r"(add|copy|remove)(?::(\d{1,3}))?")


def posted_content(post: QueryDict, *, flow: str, language: str) -> Content:
    """Content of a posted form. Unknown names are left out, rows above 200 too (the rules refuse more than 50)."""
    fields: Texts = {}
    rows: dict[int, Texts] = {}
    for name in post:
        typed = post.get(name) or ""
        if found := _LINE_NAME.fullmatch(name):
            place, column = int(found[1]), COLUMNS.get(found[2])
            if column is not None and place < MAX_ROWS:
                _keep(rows.setdefault(place, {}), column, typed, language)
        elif name in HEADER:
            _keep(fields, HEADER[name], typed, language)
    last = max(rows, default=-1)
    return Content(flow, fields, [rows.get(place, {}) for place in range(last + 1)])


def _keep(texts: Texts, field: Field, typed: str, language: str) -> None:
    if text := read_text(field, typed[:MAX_TEXT], language):
        texts[field.key] = text


def read_text(field: Field, typed: str, language: str) -> str:
    """One typed text in the form content keeps; what cannot be read stays as it is."""
    text = tidy(field, typed)
    if field.kind in ("amount", "count") and text:
        return number_text(text, language)
    if field.kind == "date" and text:
        return date_text(text)
    return text


def _named_origin(line: dict[str, Any]) -> dict[str, Any]:
    """The line with its description naming the declared origin; a line without either stays as it is."""
    if not line.get("description") or not line.get("origin"):
        return line
    return {**line, "description": with_suffix(line["description"], line["origin"])}


def changed_rows(content: Content, action: str) -> Content:
    """Content after a button of the table without script: `add`, `copy:2`, `remove:2` (rows counted from 0).

    `origins` lets each description end with the origin declared for its line (`rules.origin.suffix`).
    """
    if action == "origins":
        return Content(content.flow, content.fields, [_named_origin(line) for line in content.lines])
    found = _ACTION.fullmatch(action)
    if found is None:
        return content
    lines: list[dict[str, Any]] = [dict(line) for line in content.lines]
    place = int(found[2]) if found[2] else len(lines)
    if found[1] == "add":
        lines.append({})
    elif place < len(lines) and found[1] == "copy":
        lines.insert(place + 1, dict(lines[place]))
    elif place < len(lines):
        del lines[place]
    return Content(content.flow, content.fields, lines)
