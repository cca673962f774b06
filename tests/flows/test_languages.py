"""Every page speaks the reader's language: no text of the program stands on it in English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from tests.flows.office_day import Seen, clients, furnished, pages
from tests.world import World
from tools.messages import PLACEHOLDER, translations

CATALOGUES = {"vi": "vi", "zh-hans": "zh_Hans", "fr": "fr"}
ATTRIBUTES = (
    "title",
    "aria-label",
    "placeholder",
    "alt",
    "aria-description",
    "data-title",
    "data-label",
    "data-confirm",
)
UNREAD = {"script", "style", "code", "pre", "kbd", "textarea"}
"""Programs, examples of them, keys, and what people wrote themselves."""

PLAIN_ENGLISH = re.compile(
    r"\b(the|of|and|is|are|was|not|with|this|that|from|your|you|has|have|must|been|which|by|it)\b", re.IGNORECASE
)
NO_ENGLISH = re.compile(r"[^\x00-\x7f‘’“”…–—·\u00a0]")
OF_THE_DAY = {
    "Guangxi Pingxiang Trading Co., Ltd.": "the other party of the trade",
}
"""Words that people brought, not the program."""
FALSE_ALARMS = {
    "Formulaires": "French; begins like the English “Form” before a value",
    "Forme du certificat": "French; begins like the English “Form” before a value",
    "Forme des faits": "French; begins like the English “Form” before a value",
    "Taux de change": "French; ends like the English “change” behind a number",
    "Banque du taux de change": "French; ends like the English “change” behind a number",
    "Nature du taux de change": "French; ends like the English “change” behind a number",
    "Jour du taux de change": "French; ends like the English “change” behind a number",
    "ms": "the symbol of the unit, the same in every language",
}
"""Texts that only look like English ones, and why."""


def said(page: str) -> Iterator[str]:
    """Texts and read-out attributes of a page, spaces made one; what is marked as another language is not asked."""
    root = html.document_fromstring(page)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        marked = element.get("lang") and element.tag != "html"
        if element.tag not in UNREAD and not marked and element.text:
            yield " ".join(element.text.split())
        above = element.getparent()
        if element.tail and above is not None and above.tag not in UNREAD:
            yield " ".join(element.tail.split())
        for name in () if marked else ATTRIBUTES:
            yield " ".join((element.get(name) or "").split())


def filled_in(known: dict[str, str]) -> list[tuple[str, re.Pattern[str]]]:
    """Texts with places for values: the longest part between them, and how the whole stands on a page."""
    patterns = []
    for text, translated in known.items():
        parts = [" ".join(part.split()) for part in PLACEHOLDER.split(text)]
        longest = max(parts, key=len)
        if translated != text and len(parts) > 1 and re.search(r"[A-Za-z]{3,}", longest):
            patterns.append((longest, re.compile(" ?.+? ?".join(re.escape(part) for part in parts))))
    return patterns


def english(texts: dict[str, str], language: str) -> dict[str, str]:
    """Texts that are the program's English, or plainly English, and where they stand."""
    known = translations(CATALOGUES[language])
    same = {" ".join(translated.split()) for translated in known.values()}
    exact = {" ".join(text.split()) for text, translated in known.items() if text != translated} - same
    patterns = filled_in(known)
    return {
        text: where
        for text, where in texts.items()
        if text not in OF_THE_DAY
        and text not in FALSE_ALARMS
        and (
            text in exact
            or len(set(PLAIN_ENGLISH.findall(text.lower()))) > 1
            or any(part in text and pattern.fullmatch(text) for part, pattern in patterns)
        )
    }


def test_no_page_speaks_english_to_readers_of_other_languages(customs: World) -> None:
    """Every page and reader in Vietnamese, every kind of page again in the other languages."""
    known, values = clients(customs), furnished(customs)
    _read_in(known, "vi")
    seen = list(pages(known, values))
    found = english(_texts(seen, "vi"), "vi")
    told = {("vi", text): where for text, where in found.items()}
    again = {one.route: one for one in reversed(seen)}
    for language in ("zh-hans", "fr"):
        _read_in(known, language)
        translated = [replace(one, html=known[one.role].get(one.address).content.decode()) for one in again.values()]
        told |= {(language, text): where for text, where in english(_texts(translated, language), language).items()}
    assert len(again) > 100
    assert told == {}, "\n".join(f"{language}: {text!r} at {where}" for (language, text), where in told.items())


def _read_in(known: dict[str, Client], language: str) -> None:
    for client in known.values():
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language


def _texts(several: Iterable[Seen], language: str) -> dict[str, str]:
    """Every text without a sign of the language, and a page it stands on."""
    texts: dict[str, str] = {}
    for one in several:
        assert f'<html lang="{language}"' in one.html, one.address
        for text in said(one.html):
            if re.search(r"[A-Za-z]{2,}", text) and not NO_ENGLISH.search(text):
                texts.setdefault(text, f"{one.address} ({one.role})")
    return texts


@pytest.mark.parametrize("text", ["Declarations", "The goods of this line"])
def test_the_walk_would_see_english(text: str) -> None:
    page = f'<html lang="vi"><body><p title="{text}">Tờ khai</p></body></html>'
    assert text in english(dict.fromkeys(said(page), ""), "vi")


def test_what_is_marked_as_english_may_be_english() -> None:
    page = '<html lang="vi"><body><p lang="en" title="Declarations">Declarations</p></body></html>'
    assert english(dict.fromkeys(said(page), ""), "vi") == {}
