"""The page of the mapping is written from the table, and names every national field."""

from __future__ import annotations

import msgspec

from thongquan.rules.document import Document, Line
from tools import wco_mapping_docs


def test_the_page_is_current() -> None:
    assert wco_mapping_docs.PAGE.read_text(encoding="utf-8") == wco_mapping_docs.page()


def test_the_page_names_every_field_of_document_and_line() -> None:
    page = wco_mapping_docs.page()
    fields = {field.name for cls in (Document, Line) for field in msgspec.structs.fields(cls)}
    missing = {
        name for name in fields if f"`{name}`" not in page and f"`{name}." not in page and f"`{name}[" not in page
    }
    assert missing == {"flow"}, "the flow has its own paragraph"
