"""Texts for people: compiles the catalogues, and finds what is not translated.

    python tools/messages.py compile            writes the .mo files that gettext reads
    python tools/messages.py check              fails on texts missing, empty, fuzzy or with other placeholders
    python tools/messages.py missing ROOM LANG  prints entries to fill in

A text belongs to the catalogue of the app it stands in (`src/thongquan/<room>/<app>/locale`); a text found in any
catalogue of its language counts as translated, since Django merges them.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src" / "thongquan"
LANGUAGES = ("vi", "zh_Hans", "fr")
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "translate", "N_"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


def catalogues(language: str) -> Iterator[Path]:
    """Catalogue files of one language."""
    yield from sorted(SOURCE.glob(f"**/locale/{language}/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    """One catalogue. Raises on a file that is not one."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, abort_invalid=True)


def texts_of(path: Path) -> Iterator[str]:
    """Every text marked for translation in a Python file or a template."""
    content = path.read_text(encoding="utf-8")
    if path.suffix in {".html", ".txt"}:
        lines = templatize(content, origin=str(path)).splitlines()
        content = "\n".join(line.strip() for line in lines)  # indentation of HTML is not that of Python
    for _line, function, message, _comments in extract_python(
        io.BytesIO(content.encode()), list(KEYWORDS), (), {"encoding": "utf-8"}
    ):
        words = [message] if isinstance(message, str) else [part for part in message or () if part]
        if function.startswith(("pgettext", "npgettext")):
            words = words[1:]
        if words:
            yield words[0]


def marked_texts() -> dict[str, Path]:
    """Every text of the program and a place where it stands."""
    found: dict[str, Path] = {}
    for path in sorted(SOURCE.glob("**/*")):
        if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts and "static" not in path.parts:
            for text in texts_of(path):
                found.setdefault(text, path)
    return found


def translations(language: str) -> dict[str, str]:
    """All translated texts of a language, over all catalogues."""
    known: dict[str, str] = {}
    for path in catalogues(language):
        for message in read(path):
            source = message.id if isinstance(message.id, str) else message.id[0]
            target = message.string if isinstance(message.string, str) else "".join(message.string[:1])
            if source and target and not message.fuzzy:
                known[source] = target
    return known


def faults() -> Iterator[str]:
    """What is wrong: texts without translation, and translations that lost or invented a placeholder."""
    marked = marked_texts()
    for language in LANGUAGES:
        known = translations(language)
        for text, path in marked.items():
            if text not in known:
                yield f"{language}: not translated: {text!r} ({path.relative_to(SOURCE)})"
            elif set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(known[text])):
                yield f"{language}: other placeholders: {text!r} -> {known[text]!r}"


def compile_all() -> None:
    """Write the compiled catalogue beside each source."""
    for language in LANGUAGES:
        for path in catalogues(language):
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, read(path))


def main(words: list[str]) -> int:
    """Run the asked command; 1 when something is missing."""
    match words:
        case ["compile"]:
            compile_all()
            return 0
        case ["check"]:
            found = list(faults())
            print("\n".join(found) or f"messages: {len(marked_texts())} texts, complete in {', '.join(LANGUAGES)}")
            return 1 if found else 0
        case ["missing", room, language]:
            known = translations(language)
            for text, path in marked_texts().items():
                if room in str(path) and text not in known:
                    print(f'msgid "{text}"\nmsgstr ""\n')
            return 0
        case _:
            print(__doc__)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
