"""The form of a certificate as shown and posted: boxes with values in the reader's language, faults beside them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _
from msgspec.structs import replace

from thongquan.base.core.sentences import Told, sentence
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.origin.formats.fields import COLUMNS, HEADER, MAX_LINES, SECTIONS, Field
from thongquan.clearance.origin.formats.texts import Texts, Written, shown_text, stored_text
from thongquan.clearance.tariff.queries.code_lists import code_values
from thongquan.clearance.tariff.queries.origins import agreements_on
from thongquan.rules.decision import Fault

FIRST_ROWS = 3
MAX_ROWS = MAX_LINES + 20
_LINE_NAME = re.compile(r"lines\[(\d{1,3})\]\.(\w+)")
_ACTION = re.compile(r"(add|remove)(?::(\d{1,3}))?")
_PATH = re.compile(r"lines\[(\d+)\]\.?(\w*)")
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Read:
    """What a reader found for a box: how sure it is, in hundredths, and in a word."""

    percent: int
    level: str
    page: int = 0


@dataclass(frozen=True)
class Box:
    """One box of the form."""

    field: Field
    name: str
    value: str
    choices: Choices = dataclasses.field(default_factory=list)
    faults: tuple[Told, ...] = ()
    read: Read | None = None

    @property
    def id(self) -> str:
        """The id of its control, which problems above the form link to."""
        return anchor_of(self.name)


@dataclass(frozen=True)
class Row:
    """One line of goods."""

    place: int
    boxes: tuple[Box, ...]

    @property
    def number(self) -> int:
        """Its number, counted from one."""
        return self.place + 1


@dataclass(frozen=True)
class Holder:
    """For whom and where a certificate is registered; lists where the person may choose."""

    office: str = ""
    tax_code: str = ""
    trader_name: str = ""


@dataclass(frozen=True)
class Shown:
    """The whole form."""

    holder: tuple[Box, ...]
    sections: tuple[tuple[str, tuple[Box, ...]], ...]
    columns: tuple[Field, ...]
    rows: tuple[Row, ...]
    problems: list[Problem]
    notes: list[Told]


def anchor_of(name: str) -> str:
    """The id of the control of a name: `lines[2].hs` is `f-lines-2-hs`."""
    return "f-" + re.sub(r"[\[\].]+", "-", name).strip("-")


def posted(post: QueryDict, language: str) -> Written:
    """What a posted form says; unknown names are left out."""
    fields: Texts = {}
    rows: dict[int, Texts] = {}
    for name in post:
        typed = post.get(name) or ""
        if found := _LINE_NAME.fullmatch(name):
            place, column = int(found[1]), COLUMNS.get(found[2])
            if column is not None and place < MAX_ROWS and (text := stored_text(column, typed, language)):
                rows.setdefault(place, {})[column.key] = text
        elif name in HEADER and (text := stored_text(HEADER[name], typed, language)):
            fields[name] = text
    return Written(fields, [rows.get(place, {}) for place in range(max(rows, default=-1) + 1)])


def posted_holder(post: QueryDict) -> Holder:
    """Office, tax code and name as posted."""
    given = {name: " ".join((post.get(name) or "").split()) for name in ("office", "tax_code", "trader_name")}
    return Holder(given["office"][:6], given["tax_code"][:20], given["trader_name"][:300])


def changed_rows(written: Written, action: str) -> Written:
    """After a button of the table: `add`, `remove:2` (rows counted from 0)."""
    found = _ACTION.fullmatch(action)
    lines = list(written.lines)
    if found and found[1] == "add":
        lines += [{} for _place in range(max(FIRST_ROWS - len(lines), 0) or 1)]
    elif found and found[2] and int(found[2]) < len(lines):
        del lines[int(found[2])]
    return Written(written.fields, lines, written.boxes)


def shown_form(
    written: Written,
    holder: Holder,
    choices: Mapping[str, Choices],
    *,
    on: date,
    language: str,
    faults: Iterable[Fault] = (),
    read: Mapping[str, Read] | None = None,
    blank_rows: int = FIRST_ROWS,
) -> Shown:
    """The form with its values, the faults beside their boxes and in a summary above."""
    found = list(faults)
    maker = _Maker(_by_path(found), {**_lists(on, language), **choices}, read or {}, language)
    lines = written.lines + [{} for _place in range(blank_rows - len(written.lines))]
    return Shown(
        holder=tuple(maker.holder(holder)),
        sections=tuple(
            (str(part.title), tuple(maker.box(one, one.key, written.fields.get(one.key, "")) for one in part.fields))
            for part in SECTIONS
        ),
        columns=tuple(COLUMNS.values()),
        rows=tuple(maker.row(place, texts) for place, texts in enumerate(lines)),
        problems=[_problem(fault) for fault in found if fault.severity == "error"],
        notes=[told(fault) for fault in found if fault.severity != "error"],
    )


def holder_fields() -> tuple[Field, ...]:
    """Where and for whom."""
    return (
        Field("office", _("Customs office"), needed=True, listed="office"),
        Field("tax_code", _("Tax code of the trader"), needed=True, listed="enterprise"),
        Field("trader_name", _("Name of the trader"), width="full", hint=_("Filled in by itself where it is known.")),
    )


class _Maker:
    """Boxes with what belongs to each: choices, faults, how sure the reader was."""

    def __init__(
        self,
        faults: Mapping[str, tuple[Told, ...]],
        lists: Mapping[str, Choices],
        read: Mapping[str, Read],
        language: str,
    ) -> None:
        self.faults, self.lists, self.read, self.language = faults, lists, read, language

    def box(self, of: Field, name: str, text: str) -> Box:
        value = shown_text(of, text, self.language)
        return Box(of, name, value, self.lists.get(of.listed, []), self.faults.get(name, ()), self.read.get(name))

    def row(self, place: int, texts: Texts) -> Row:
        boxes = (self.box(of, f"lines[{place}].{key}", texts.get(key, "")) for key, of in COLUMNS.items())
        return Row(place, tuple(boxes))

    def holder(self, given: Holder) -> Iterable[Box]:
        for of in holder_fields():
            if of.key != "trader_name" or not self.lists.get("enterprise"):
                yield self.box(of, of.key, getattr(given, of.key))


def _lists(on: date, language: str) -> dict[str, Choices]:
    units = [(one.code, f"{one.code} · {one.name}") for one in code_values("unit", on, language)]
    agreements = [(one.code, f"{one.code} · {one.name(language)}") for one in agreements_on(on)]
    return {"unit": units, "agreement": agreements}


def told(fault: Fault) -> Told:
    """A fault in words, its field named as the form names it."""
    return sentence(replace(fault, values={**fault.values, "field": label_of(fault)}))


def label_of(fault: Fault) -> str:
    """What the form calls the field of a fault, with its line."""
    found = _PATH.fullmatch(fault.path)
    if found and found[2] in COLUMNS:
        return _("line %(line)s: %(field)s") % {"line": int(found[1]) + 1, "field": COLUMNS[found[2]].label}
    known = {**HEADER, **{one.key: one for one in holder_fields()}}
    return str(known[fault.path].label) if fault.path in known else fault.values.get("field", fault.path)


def _by_path(faults: Iterable[Fault]) -> dict[str, tuple[Told, ...]]:
    found: dict[str, tuple[Told, ...]] = {}
    for fault in faults:
        if fault.severity == "error":
            found[fault.path] = (*found.get(fault.path, ()), told(fault))
    return found


def _problem(fault: Fault) -> Problem:
    said = told(fault)
    anchor = "lines" if fault.path == "lines" else anchor_of(fault.path) if fault.path else ""
    return Problem(said.text, anchor, said.remedy, str(fault.code), said.example, said.basis)
