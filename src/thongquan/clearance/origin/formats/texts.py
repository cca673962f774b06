"""A certificate as texts, the way people type it, read into a typed paper with every fault told at its field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from thongquan.base.core.figures import cell_date, cell_number, date_text, number_shown, number_text, plain_digits
from thongquan.clearance.origin.formats.fields import COLUMNS, HEADER, MAX_LINES, Field
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.origin.certificate import Paper, PaperLine
from thongquan.rules.text import fold, normalise

Texts = dict[str, str]
UPPER = frozenset({"agreement", "form", "issuing_country", "original_country", "invoice_country", "origin", "unit"})
YES = frozenset({"yes", "co", "x", "on", "oui", "是", "true", "1"})
MAX_TEXT = 4000


@dataclass
class Written:
    """What stands in the fields, as stored texts: numbers with a point, ISO dates, `yes` or nothing."""

    fields: Texts = field(default_factory=dict)
    lines: list[Texts] = field(default_factory=list)
    boxes: Texts = field(default_factory=dict)

    def without_blank_lines(self) -> Written:
        """The same, lines that say nothing left out."""
        return Written(self.fields, [line for line in self.lines if line], self.boxes)


def stored_text(of: Field, value: object, language: str) -> str:
    """One value as texts keep it; what cannot be read stays as it was typed and is refused with its place later."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if not isinstance(value, str):
        return cell_date(value) if of.kind == "date" else cell_number(value, of.decimals)
    text = normalise(value.replace("\x00", ""))[:MAX_TEXT]
    if of.kind == "yesno":
        return "yes" if fold(text) in YES else ""
    if of.kind == "amount":
        return number_text(text, language)
    if of.kind == "date":
        return date_text(text)
    if of.key == "hs":
        return text.replace(".", "").replace(" ", "")
    text = " ".join(text.split())
    return text.upper() if of.key in UPPER else text


def shown_text(of: Field, text: str, language: str) -> str:
    """A stored text as it stands in a box."""
    return number_shown(text, language) if of.kind == "amount" else text


def paper_of(written: Written) -> tuple[Paper, list[Fault]]:
    """The paper, and what of it could not be read; an unreadable value is left out of the paper.

    Codes: TQ-FMT-018 no date or number, TQ-FMT-011 more lines than 300.
    """
    faults: list[Fault] = []
    fields = {key: _value(of, written.fields.get(key, ""), key, None, faults) for key, of in HEADER.items()}
    lines = []
    for place, texts in enumerate(written.lines[:MAX_LINES]):
        values = {
            key: _value(of, texts.get(key, ""), f"lines[{place}].{key}", place + 1, faults)
            for key, of in COLUMNS.items()
        }
        lines.append(PaperLine(number=place + 1, **values))
    if len(written.lines) > MAX_LINES:
        faults.append(Fault(code=Code.TQ_FMT_011, path="lines", values={"limit": str(MAX_LINES)}))
    return Paper(lines=tuple(lines), boxes=dict(written.boxes), **fields), faults


def _value(of: Field, text: str, path: str, line: int | None, faults: list[Fault]) -> Any:
    if of.kind == "yesno":
        return text == "yes"
    if of.kind == "list":
        return tuple(part.strip() for part in text.split(";") if part.strip())
    if of.kind == "text":
        return text
    if not text:
        return None
    try:
        return date.fromisoformat(text) if of.kind == "date" else _number(text)
    except (ValueError, InvalidOperation):
        values = {"expected": "date" if of.kind == "date" else "number"}
        faults.append(Fault(code=Code.TQ_FMT_018, path=path, line=line, value=text[:40], values=values))
        return None


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


def written_of(paper: Paper) -> Written:
    """The other way: what a form shows of a paper."""
    fields = {key: _text(getattr(paper, key)) for key in HEADER}
    lines = [{key: text for key in COLUMNS if (text := _text(getattr(line, key)))} for line in paper.lines]
    return Written({key: text for key, text in fields.items() if text}, lines, dict(paper.boxes))


def _text(value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, Decimal):
        return plain_digits(value)
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def changed_fields(before: Written, after: Written) -> Iterator[tuple[str, str, str]]:
    """Field by field (its path, before, after) what differs between two."""
    for key in HEADER:
        was, now = before.fields.get(key, ""), after.fields.get(key, "")
        if was != now:
            yield key, was, now
    for place in range(max(len(before.lines), len(after.lines))):
        old = before.lines[place] if place < len(before.lines) else {}
        new = after.lines[place] if place < len(after.lines) else {}
        for key in COLUMNS:
            if old.get(key, "") != new.get(key, ""):
                yield f"lines[{place}].{key}", old.get(key, ""), new.get(key, "")
