"""A form as it is shown: boxes with their values in the reader's language, and each fault at its box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thongquan.base.core.figures import number_shown
from thongquan.base.core.sentences import sentence
from thongquan.clearance.declarations.formats.content import Content, Places, plain_values
from thongquan.clearance.declarations.formats.fields import MAIN_COLUMNS, MORE_COLUMNS, Field, Section, sections_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

FIRST_ROWS = 3


@dataclass(frozen=True)
class Told:
    """A fault as a person reads it: `anchor` is the id of its box, `place` names line and field, `cell` a cell."""

    code: str
    severity: str
    text: str
    remedy: str
    example: str
    basis: str
    value: str
    anchor: str = ""
    place: str = ""
    cell: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Box:
    """One box: field, name and id in the form, the value as typed in the reader's language, its faults."""

    field: Field
    name: str
    id: str
    value: str
    faults: tuple[Told, ...] = ()

    @property
    def errors(self) -> tuple[Told, ...]:
        """Faults that refuse."""
        return tuple(told for told in self.faults if told.severity == "error")


@dataclass(frozen=True)
class Row:
    """One line of goods: the columns of the table and the fields unfolded below them."""

    place: int
    main: tuple[Box, ...]
    more: tuple[Box, ...]

    @property
    def number(self) -> int:
        """As people count."""
        return self.place + 1

    @property
    def is_open(self) -> bool:
        """Whether something stands in the folded fields that must be seen."""
        return any(box.faults for box in self.more)

    @property
    def filled(self) -> int:
        """How many of the folded fields hold something."""
        return sum(bool(box.value) for box in self.more)


@dataclass(frozen=True)
class Part:
    """A section with its boxes."""

    key: str
    title: Promise
    boxes: tuple[Box, ...]
    folded: bool

    @property
    def is_open(self) -> bool:
        """Folded sections open when they hold something."""
        return not self.folded or any(box.value or box.faults for box in self.boxes)

    @property
    def fault_count(self) -> int:
        """How many faults refuse here."""
        return sum(len(box.errors) for box in self.boxes)


@dataclass(frozen=True)
class Form:
    """The whole form. `faults` in the order of the page, errors first; `table` those of the table as a whole."""

    flow: str
    parts: tuple[Part, ...]
    rows: tuple[Row, ...]
    blank: Row
    faults: tuple[Told, ...] = ()
    columns: tuple[Field, ...] = field(default=MAIN_COLUMNS)

    @property
    def errors(self) -> tuple[Told, ...]:
        """What must be put right."""
        return tuple(told for told in self.faults if told.severity == "error")

    @property
    def line_fault_count(self) -> int:
        """How many faults refuse in the lines."""
        return sum(told.line is not None or told.anchor == "lines" for told in self.errors)

    @property
    def warnings(self) -> tuple[Told, ...]:
        """What is only told."""
        return tuple(told for told in self.faults if told.severity != "error")


Anchored = dict[tuple[int | None, str], list[Told]]


def form_of(content: Content, *, language: str, faults: Iterable[Fault] = (), rows: int = FIRST_ROWS) -> Form:
    """The form of a content with its faults; at least `rows` lines are shown."""
    placed = list(_placed(content, faults))
    anchored: Anchored = {}
    for where, one in placed:
        anchored.setdefault(where, []).append(one)
    lines = content.lines + [{}] * (rows - len(content.lines))
    told = sorted((told for _where, told in placed), key=lambda one: one.severity != "error")
    return Form(
        flow=content.flow,
        parts=tuple(_part(section, content, anchored, language) for section in sections_of(content.flow)),
        rows=tuple(_row(place, line, anchored, language) for place, line in enumerate(lines)),
        blank=_row(-1, {}, {}, language),
        faults=tuple(told),
    )


def told_faults_of(content: Content, faults: Iterable[Fault]) -> list[Told]:
    """Faults with sentence and place, in the order given."""
    return [told for _where, told in _placed(content, faults)]


def _placed(content: Content, faults: Iterable[Fault]) -> Iterator[tuple[tuple[int | None, str], Told]]:
    faults = list(faults)
    if not faults:
        return
    places = plain_values(content)[1]
    known = {one.key: one for section in sections_of(content.flow) for one in section.fields}
    for fault in faults:
        row, key = _where(fault, places)
        yield (row, key), _told(fault, row, key, known)


def _where(fault: Fault, places: Places) -> tuple[int | None, str]:
    row, key = places.field_of(fault)
    return row, key


_LINE_FIELDS = {one.key: one for one in (*MAIN_COLUMNS, *MORE_COLUMNS)}


def _told(fault: Fault, row: int | None, key: str, known: dict[str, Field]) -> Told:
    words = sentence(fault)
    named = (known if row is None else _LINE_FIELDS).get(key)
    label = str(named.label) if named else ""
    line = _("Line %(number)d") % {"number": row + 1} if row is not None else ""
    anchor = box_id(name_in_form(row, key)) if named else "lines" if row is not None or key == "lines" else ""
    return Told(
        code=str(fault.code),
        severity=fault.severity,
        text=words.text,
        remedy=words.remedy,
        example=fault.values.get("example") or _example(fault, named) or words.example,
        basis=words.basis,
        value=fault.value,
        anchor=anchor,
        place=" · ".join(part for part in (line, label) if part),
        line=row,
    )


def _example(fault: Fault, named: Field | None) -> str:
    """What the field takes, written as the reader's language writes it, where a value could not be read."""
    if named is None or fault.code != Code.TQ_FMT_018:
        return ""
    language = get_language() or "vi"
    return {"amount": number_shown("1234.5", language), "count": "120", "date": "20/11/2026"}.get(named.kind, "")


def name_in_form(row: int | None, key: str) -> str:
    """Name of a box in the form."""
    return key if row is None else f"lines[{row}].{key}"


def box_id(name: str) -> str:
    """Id of a box: its name without brackets and dots."""
    return "f-" + name.replace("[", "-").replace("].", "-").replace("]", "").replace(".", "-")


def _box(one: Field, name: str, value: str, faults: Iterable[Told], language: str) -> Box:
    shown = number_shown(value, language) if one.kind in ("amount", "count") else value
    return Box(field=one, name=name, id=box_id(name), value=shown, faults=tuple(faults))


def _part(section: Section, content: Content, anchored: Anchored, language: str) -> Part:
    boxes = (
        _box(one, one.key, content.fields.get(one.key, ""), anchored.get((None, one.key), ()), language)
        for one in section.fields
    )
    return Part(key=section.key, title=section.title, boxes=tuple(boxes), folded=section.folded)


def _row(place: int, texts: dict[str, str], anchored: Anchored, language: str) -> Row:
    number = "#" if place < 0 else str(place)

    def boxes(columns: tuple[Field, ...]) -> tuple[Box, ...]:
        return tuple(
            _box(
                one, f"lines[{number}].{one.key}", texts.get(one.key, ""), anchored.get((place, one.key), ()), language
            )
            for one in columns
        )

    return Row(place=place, main=boxes(MAIN_COLUMNS), more=boxes(MORE_COLUMNS))
