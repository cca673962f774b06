"""What differs between two documents: by value, field by field, lines matched by their goods."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from tests.world import import_document
from thongquan.clearance.declarations.changes import changes_between
from thongquan.clearance.declarations.formats.content import content_of
from thongquan.clearance.declarations.formats.grafting import grafted
from thongquan.rules.document import Statement


def test_the_same_values_written_otherwise_are_no_change() -> None:
    document = import_document()
    assert changes_between(document, replace(document, gross_weight_kg=Decimal("22000.00"))) == []


def test_a_field_is_changed_filled_or_emptied() -> None:
    document = import_document()
    after = replace(document, notes="Mới", gate=None, unloading_place="VNLSN", export_country=None)
    found = {one.path: (one.kind, one.before, one.after) for one in changes_between(document, after)}
    assert found == {
        "export_country": ("removed", "CN", ""),
        "notes": ("added", "", "Mới"),
        "unloading_place": ("changed", "VNHNG", "VNLSN"),
    }


def test_a_line_taken_out_does_not_change_those_after_it() -> None:
    document = import_document()
    kept = (*document.lines[:1], *document.lines[2:])
    after = replace(document, lines=tuple(replace(line, number=n) for n, line in enumerate(kept, 1)))
    [change] = changes_between(document, after)
    assert (change.kind, change.path, change.line) == ("removed", "lines[1]", 2)
    assert "07129090" in change.before
    [back] = changes_between(after, document)
    assert (back.kind, back.line) == ("added", 2)


def test_a_changed_line_names_its_place_and_field() -> None:
    document = import_document()
    lines = (*document.lines[:4], replace(document.lines[4], quantity=Decimal(451)))
    [change] = changes_between(document, replace(document, lines=lines))
    assert (change.path, change.field, change.line) == ("lines[4].quantity", "lines.quantity", 5)
    assert (change.before, change.after) == ("450", "451")


def test_what_the_form_does_not_show_is_kept_when_a_line_goes() -> None:
    kept = replace(import_document(), statements=(Statement(code="X", text="y"),))
    content = content_of(kept)
    del content.lines[0]
    content.fields["notes"] = "Mới"
    after = grafted(kept, content)
    assert after.statements == kept.statements
    assert after.notes == "Mới"
    assert [(line.number, line.hs) for line in after.lines] == [(line.number - 1, line.hs) for line in kept.lines[1:]]
