"""Fails when an installed package is under a license that an Apache-2.0 project cannot carry (GPL, AGPL)."""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, distributions

FORBIDDEN = re.compile(r"(?<![A-Z])(A?GPL)|(?<!Lesser )(?<!Library or Lesser )(Affero )?General Public", re.IGNORECASE)
LESSER = re.compile(r"LGPL|Lesser General Public", re.IGNORECASE)


def license_words(package: Distribution) -> str:
    """All that a package says of its own license: expression, classifiers, and the short field."""
    meta = package.metadata
    classifiers = [line for line in meta.get_all("Classifier") or [] if line.startswith("License")]
    short = (meta.get("License") or "").split("\n", 1)[0]
    return " | ".join(part for part in (meta.get("License-Expression"), *classifiers, short) if part)


def offends(words: str) -> bool:
    """Whether every license offered is a strong copyleft one; a choice (`MIT OR GPL`) does not offend."""
    choices = re.split(r"\bOR\b", words)
    return all(FORBIDDEN.search(choice) and not LESSER.search(choice) for choice in choices)


def main() -> int:
    """Print the offenders and how many packages were looked at."""
    found = {package.metadata["Name"]: license_words(package) for package in distributions()}
    bad = {name: words for name, words in found.items() if offends(words)}
    silent = sorted(name for name, words in found.items() if not words)
    for name, words in sorted(bad.items()):
        print(f"{name}: {words}")
    print(f"licenses: {len(found)} packages read, {len(bad)} refused; without a word on their license: {silent}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
