"""What every page must keep: readable colors, nothing inline, little to load."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import django_htmx
import pytest

from thongquan.base.web import __file__ as web_file

WEB = Path(web_file).parent
SOURCE = WEB.parent.parent
STATIC = WEB / "static"
TEMPLATES = sorted(SOURCE.glob("**/templates/**/*.html"))
CHANNELS = ("green", "yellow", "red")
FIRST_VIEW_BYTES = 150 * 1024
SHARED = ("vendor/tabler.min.css", "web/tokens.css", "web/shell.css", "web/parts.css", "web/early.js", "web/app.js")


def tokens(theme: str) -> dict[str, str]:
    """The colors of one theme, by name."""
    text = (STATIC / "web" / "tokens.css").read_text(encoding="utf-8")
    blocks = re.findall(r'\[data-bs-theme="(\w+)"\] \{(.*?)\}', text, re.DOTALL)
    body = next(body for name, body in blocks if name == theme and "color-scheme" in body)
    return dict(re.findall(r"--tq-([\w-]+): (#[0-9a-f]{6});", body))


def luminance(color: str) -> float:
    """Relative luminance by WCAG 2."""
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ink", ["text", "muted", "accent", *CHANNELS])
@pytest.mark.parametrize("ground", ["page", "surface", "sunken"])
def test_words_are_readable_on_every_ground(theme: str, ink: str, ground: str) -> None:
    colors = tokens(theme)
    assert contrast(colors[ink], colors[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["accent", *CHANNELS])
def test_words_are_readable_on_their_own_soft_ground(theme: str, name: str) -> None:
    colors = tokens(theme)
    assert contrast(colors[name], colors[f"{name}-soft"]) >= 4.5
    assert contrast(colors["text"], colors[f"{name}-soft"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_buttons_and_outlines_are_seen(theme: str) -> None:
    colors = tokens(theme)
    assert contrast(colors["on-accent"], colors["accent"]) >= 4.5
    assert contrast(colors["line-strong"], colors["surface"]) >= 3
    assert contrast(colors["line-strong"], colors["page"]) >= 3


def test_only_the_tokens_name_colors() -> None:
    allowed = {"#fff"}
    for name in ("shell.css", "parts.css"):
        text = (STATIC / "web" / name).read_text(encoding="utf-8")
        assert set(re.findall(r"#[0-9a-f]{3,8}\b(?=[;\s,)])", text)) <= allowed, name


def test_there_are_templates_to_scan() -> None:
    assert len(TEMPLATES) > 30


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_template_has_script_or_style_in_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style[\s>]", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert "javascript:" not in text
    assert not re.search(r"hx-on|hx-vals\s*=\s*[\"']js:|hx-vars", text)
    for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL):
        assert " src=" in attributes or 'type="application/json"' in attributes, body


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_template_loads_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//[^\"']*\.(?:css|js|woff2?)", text)


def test_the_front_end_kit_was_built() -> None:
    assert (STATIC / "vendor" / "tabler.min.css").exists(), "run tools/assets.py"


def test_what_every_page_loads_leaves_room_for_the_page_itself() -> None:
    htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    files = [STATIC / name for name in SHARED] + [htmx, STATIC / "web" / "icons.svg"]
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) <= FIRST_VIEW_BYTES - 40 * 1024


def test_base_loads_exactly_what_was_weighed() -> None:
    text = (WEB / "templates" / "web" / "base.html").read_text(encoding="utf-8")
    loaded = re.findall(r"<(?:link rel=\"stylesheet\" href|script src)=\"\{% static '([^']+)' %\}\"", text)
    assert set(loaded) == {*SHARED, "django_htmx/htmx-2.min.js"}


def test_every_icon_that_is_asked_for_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', (STATIC / "web" / "icons.svg").read_text(encoding="utf-8")))
    asked = set()
    for path in TEMPLATES:
        asked |= set(re.findall(r'\{% icon "(\w+)" %\}', path.read_text(encoding="utf-8")))
    for path in SOURCE.glob("config/desks.py"):
        asked |= set(re.findall(r'icon="(\w+)"', path.read_text(encoding="utf-8")))
    assert asked <= drawn, asked - drawn
