"""Changes made in the form, put on a document that says more than the form's fields hold.

What the form could not show stays as it was: only what differs between the document as the form shows it and the form
as it was sent is taken over.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from thongquan.clearance.declarations.changes import paired
from thongquan.clearance.declarations.formats.content import Content, content_of, document_of
from thongquan.rules.document import Document, Frozen, Line


def grafted(base: Document, content: Content) -> Document:
    """The document with what was changed in the form. Raises `Refused` with every value that cannot be read."""
    typed = document_of(content)
    found: Document = _graft(base, document_of(content_of(base)), typed)
    return found


def _graft(base: Any, plain: Any, typed: Any) -> Any:
    if plain == typed:
        return base
    if isinstance(typed, Frozen) and type(base) is type(plain) is type(typed):
        names = typed.__struct_fields__
        return replace(typed, **{name: _field(name, base, plain, typed) for name in names})
    return typed


def _field(name: str, base: Any, plain: Any, typed: Any) -> Any:
    values = (getattr(base, name), getattr(plain, name), getattr(typed, name))
    return _lines(*values) if name == "lines" and isinstance(typed, Document) else _graft(*values)


def _lines(base: tuple[Line, ...], plain: tuple[Line, ...], typed: tuple[Line, ...]) -> tuple[Line, ...]:
    if len(base) != len(plain):
        return typed
    pairs = {new: old for old, new in paired(plain, typed) if old is not None and new is not None}
    return tuple(
        replace(_graft(base[pairs[place]], plain[pairs[place]], line), number=line.number) if place in pairs else line
        for place, line in enumerate(typed)
    )
