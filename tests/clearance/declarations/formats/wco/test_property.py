"""Any national document that a form or a program can lodge has a place in the message for every field."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clearance.declarations.formats.wco.roundtrip import stored
from thongquan.clearance.declarations.formats.wco import read_declaration, write_declaration
from thongquan.clearance.declarations.formats.wco.national import ROLES
from thongquan.clearance.declarations.formats.wco.table import SUBMISSION
from thongquan.clearance.declarations.formats.wco.table.item import ITEM
from thongquan.rules import document as parts

RESERVED = "TQ"
_LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufffe\uffff")
TEXTS = (
    st.text(_LETTERS, min_size=1, max_size=12)
    .map(lambda text: unicodedata.normalize("NFC", text).strip())
    .filter(lambda text: bool(text) and text != RESERVED)
)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    "str": TEXTS,
    "int": st.integers(0, 10**12),
    "bool": st.booleans(),
    "date": st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    "Decimal": st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4),
}
FRAME_KEYS = set(SUBMISSION.named())
FLOWS = st.sampled_from(["import", "export"])
INTERNATIONAL = {"supplement", "extensions", "pointers"}
SCATTERED = {"Invoice", "Vehicle"}
"""Structs whose fields stand in several elements: one without any field at all cannot be told from none."""


def of(annotation: str) -> st.SearchStrategy[Any]:
    """Give values for a field by its annotation."""
    annotation = annotation.removesuffix(" | None")
    if annotation.startswith("tuple["):
        inner = annotation.removeprefix("tuple[").removesuffix(", ...]")
        return st.lists(of(inner), max_size=3).map(tuple)
    return VALUES[annotation] if annotation in VALUES else structs(annotation)


def structs(name: str) -> st.SearchStrategy[Any]:
    """Give structs with any of their national fields."""
    cls = getattr(parts, name)
    required: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    annotations = {
        field: note for base in reversed(cls.__mro__) for field, note in vars(base).get("__annotations__", {}).items()
    }
    for field in msgspec.structs.fields(cls):
        if field.name in INTERNATIONAL:
            continue
        target = required if field.required else optional
        target[field.name] = FLOWS if field.name == "flow" else of(annotations[field.name])
    made = st.fixed_dictionaries(required, optional=optional).map(lambda values: cls(**values))
    return made.filter(lambda value: value != cls()) if name in SCATTERED else made


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(structs("Document"))
def test_any_national_document_comes_back_equal(document: parts.Document) -> None:
    read = read_declaration(write_declaration(stored(document)))
    assert read.document == document
    assert read.modeled == 1


def test_every_national_field_of_document_and_line_has_its_place_in_the_table() -> None:
    named = {*FRAME_KEYS, *(key for names in ROLES.values() for key in names.values())}
    for cls, places in ((parts.Document, named), (parts.Line, set(ITEM.named()))):
        fields = {field.name for field in msgspec.structs.fields(cls)} - INTERNATIONAL - {"flow"}
        assert fields - {place.partition(".")[0] for place in places} == set()
