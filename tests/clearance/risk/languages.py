"""What of a page stands in English where the reader asked for another language."""

from __future__ import annotations

from django.conf import settings
from django.test import Client

from tests.flows.test_languages import NO_ENGLISH, english, said


def leftovers(client: Client, address: str, language: str) -> list[str]:
    """Texts of a page that stand in English where the reader asked for another language."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(address)
    assert answer.status_code == 200, address
    texts = {text for text in said(answer.content.decode()) if text and not NO_ENGLISH.search(text)}
    return sorted(english(dict.fromkeys(texts, address), language))
