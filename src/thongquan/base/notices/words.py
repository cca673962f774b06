"""What each kind of notice says. The room that sends a kind registers its words, once, when it is loaded.

The sentence is made when somebody reads it, in that reader's language: `{placeholders}` are filled from the values
that came with the notice, which hold numbers, names of offices and dates, never reasons of officers or amounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.urls import NoReverseMatch, reverse

Side = Literal["trader", "customs", "all"]


@dataclass(frozen=True, kw_only=True)
class Words:
    """One kind: `text` is its sentence and `label` its name in the preferences, both lazy translations.

    `url_name` is reversed with what stands behind the colon of the subject (the number of a declaration), or without
    it where the address takes nothing; `anchor` is put behind it; an empty name leads nowhere. `side` says who can get
    the kind at all, `in_app` and `by_mail` what holds until the person chooses otherwise.
    """

    kind: str
    text: object
    label: object
    url_name: str = ""
    anchor: str = ""
    side: Side = "all"
    in_app: bool = True
    by_mail: bool = False

    def sentence(self, values: Mapping[str, str]) -> str:
        """The sentence in the active language."""
        return str(self.text).format_map(_Values(values))

    def url(self, subject: str) -> str:
        """Where the notice leads: an address without host, '' when there is none."""
        if not self.url_name:
            return ""
        address = _address(self.url_name, [subject.partition(":")[2]]) or _address(self.url_name, [])
        return f"{address}#{self.anchor}" if self.anchor and address else address


def _address(url_name: str, args: list[str]) -> str:
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return ""


class _Values(dict[str, str]):
    """Values of a sentence; one that nobody gave reads as an ellipsis instead of failing."""

    def __missing__(self, key: str) -> str:
        return "…"


_words: dict[str, Words] = {}


def register(
    kind: str,
    *,
    text: object,
    label: object,
    url_name: str = "",
    anchor: str = "",
    side: Side = "all",
    in_app: bool = True,
    by_mail: bool = False,
) -> None:
    """Say what a kind of notice reads like; see `Words`. The last one registered counts."""
    _words[kind] = Words(
        kind=kind,
        text=text,
        label=label,
        url_name=url_name,
        anchor=anchor,
        side=side,
        in_app=in_app,
        by_mail=by_mail,
    )


def words_of(kind: str) -> Words:
    """The words of a kind. Raises LookupError for one that nobody registered."""
    try:
        return _words[kind]
    except KeyError:
        message = f"no room registered words for notices of the kind {kind!r}"
        raise LookupError(message) from None


def told(kind: str, values: Mapping[str, str]) -> str:
    """The sentence of a notice in the active language; a kind whose room has gone reads as its name."""
    known = _words.get(kind)
    return known.sentence(values) if known else kind


def leads_to(kind: str, subject: str) -> str:
    """The address a notice leads to, without host; '' when there is none."""
    known = _words.get(kind)
    return known.url(subject) if known else ""


def all_words() -> list[Words]:
    """Every kind, in the order they were registered."""
    return list(_words.values())


def label_of(kind: str) -> object:
    """The name of a kind, for lists; the kind itself when its room has gone."""
    known = _words.get(kind)
    return known.label if known else kind
