"""No template shows a text that translators never see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from thongquan.base import web

SOURCE = Path(web.__file__).parents[2]
ATTRIBUTES = "title|aria-label|aria-description|aria-roledescription|placeholder|alt|label|data-title|data-label"
_COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
_TRANSLATED = re.compile(r"{%\s*blocktrans.*?{%\s*endblocktrans\w*\s*%}|{%.*?%}|{{.*?}}", re.DOTALL)
_UNREAD = re.compile(r"<(script|style|svg|code|pre|kbd)\b.*?</\1>", re.DOTALL)
_ATTRIBUTE = re.compile(rf'\s(?:{ATTRIBUTES})="([^"]*)"')
_WORD = re.compile(r"[^\W\d_]{2,}")

SAME_EVERYWHERE = {
    "Thông Quan": "the name of the system",
    "· Thông Quan": "the same, after the title",
    "Thông Quan ·": "the same, in letters",
    "CSV": "format",
    "Excel": "format",
    "JSON": "format",
    "PDF": "format",
    "WCO XML": "format",
    "SHA-256": "name of the hash",
    "Enter": "name of a key",
    "Ctrl": "name of a key",
    "Alt": "name of a key",
    "Esc": "name of a key",
    "kg": "unit",
    "ms": "unit",
    "&lt;": "a sign",
    "BK-MGHCDBG 2019/HQVN ·": "number of a form in law",
    "QLPT-BG 2019/HQVN ·": "number of a form in law",
    "7K3M9-QXT2P": "an example of a code",
    "declaration.": "an example: the beginning of an action's name",
    "declaration:101234567890": "an example: a subject as programs write it",
}
"""Texts alike in all languages, and why."""


def texts(template: str) -> Iterator[str]:
    """What a template itself says, in text and in attributes that are read out."""
    template = _TRANSLATED.sub("\0", _COMMENT.sub("", template))
    template = _UNREAD.sub("\0", template)
    for value in _ATTRIBUTE.findall(template):
        yield from value.split("\0")
    yield from re.split("\0", re.sub(r"<[^<>]*>", "\0", template))


def untranslated(template: str) -> set[str]:
    found = {" ".join(text.split()) for text in texts(template)}
    return {text for text in found if _WORD.search(text) and text not in SAME_EVERYWHERE}


def test_no_template_says_a_word_outside_the_catalogues() -> None:
    read = [path for path in sorted(SOURCE.glob("**/templates/**/*")) if path.suffix in {".html", ".txt"}]
    found = {str(path.relative_to(SOURCE)): untranslated(path.read_text(encoding="utf-8")) for path in read}
    assert len(found) > 100
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("<p>Hello there</p>", {"Hello there"}),
        ('<p title="Hello">{{ value }}</p>', {"Hello"}),
        ("{% if x > 1 %}Yes{% endif %}", {"Yes"}),
        ('<p>{% translate "Hello" %} 12 · {{ x }}</p><kbd>Tab</kbd>', set()),
        ("{% blocktranslate %}Hello <b>you</b>{% endblocktranslate %}{# no #}", set()),
    ],
)
def test_what_counts_as_untranslated(template: str, said: set[str]) -> None:
    assert untranslated(template) == said
