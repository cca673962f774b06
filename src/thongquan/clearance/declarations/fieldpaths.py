"""Fields of a document as an instruction names them: `invoice.amount`, `lines[2].hs`."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from thongquan.base.core.sentences import field_label
from thongquan.base.core.sentences.labels import FIELDS
from thongquan.clearance.declarations.formats.fields import COLUMNS, HEADER
from thongquan.rules.document import Document

_LINE = re.compile(r"lines\[(\d{1,3})\]\.(.+)")


def is_field(path: str, document: Document) -> bool:
    """Whether the document has this field, filled or not."""
    found = _LINE.fullmatch(path)
    if found:
        return int(found[1]) < len(document.lines) and (found[2] in COLUMNS or found[2] in FIELDS)
    return path in HEADER or (path in FIELDS and path not in COLUMNS)


def fields_of(document: Document) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every field that an instruction may name: groups of (path, name), the header first, then line by line."""
    header = [(key, str(field.label)) for key, field in HEADER.items()]
    lines = [
        (
            _("Line %(number)d") % {"number": line.number},
            [(f"lines[{place}].{key}", str(column.label)) for key, column in COLUMNS.items()],
        )
        for place, line in enumerate(document.lines)
    ]
    return [(_("Declaration"), header), *lines]


def field_name(path: str) -> str:
    """A field as people call it, with its line: `Line 2: Goods code (HS)`."""
    found = _LINE.fullmatch(path)
    if found is None:
        return str(HEADER[path].label) if path in HEADER else field_label(path)
    label = str(COLUMNS[found[2]].label) if found[2] in COLUMNS else field_label(found[2])
    return _("Line %(number)d: %(label)s") % {"number": int(found[1]) + 1, "label": label}
