"""Typesetting: a template of ours and data as a file beside it; data never become part of the source."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import typst

from thongquan.base.core.realm import realm_name

FORM = Path(__file__).parent / "official.typ"
FONTS = Path(__file__).parent / "fonts"
FAMILIES = ("Tinos", "Noto Serif SC")
"""Latin with Vietnamese in the measures of Times New Roman, and Chinese; both under the SIL Open Font License."""

_encode = msgspec.json.Encoder(decimal_format="string").encode


class FontsMissingError(RuntimeError):
    """The fonts are not where `make setup` puts them: a paper without glyphs would be worse than none."""


def pdf(template: Path, data: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> bytes:
    """Typeset `template` (a .typ file that imports `/official.typ`) with `data` as a PDF/A-2b.

    Data may hold text, numbers, Decimals (written as strings), dates, structs, lists and mappings; `files` are pictures
    the template names, such as `/code.svg`. The same input gives the same bytes. Papers of a practice or sandbox
    database carry a mark across every page. Raises `FontsMissingError` without fonts.
    """
    return _typeset(template, data, files, format="pdf", pdf_standards=["a-2b"])[0]


def picture(template: Path, data: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> bytes:
    """The first page as PNG, for the eye."""
    return _typeset(template, data, files, format="png", ppi=110.0)[0]


def _typeset(template: Path, data: Mapping[str, Any], files: Mapping[str, bytes] | None, **options: Any) -> list[bytes]:
    """The document, or its pages where the format has one file per page."""
    sources = {
        "main.typ": template.read_bytes(),
        "official.typ": FORM.read_bytes(),
        "data.json": _encode({**data, "realm": realm_name() or "practice"}),
        **{name.removeprefix("/"): content for name, content in (files or {}).items()},
    }
    made = typst.compile(sources, font_paths=_fonts(), **options)
    return made if isinstance(made, list) else [made]


@cache
def _fonts() -> typst.Fonts:
    """Our fonts only, so that a paper looks the same on every machine."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    missing = set(FAMILIES) - set(fonts.families())
    if missing:
        message = f"fonts {sorted(missing)} are missing; run make setup"
        raise FontsMissingError(message)
    return fonts
