"""The documentation is true to the tree: links lead somewhere, commands and options exist, no page is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from thongquan.config.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"```.*?```", re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
TARGET = re.compile(r"^make ([a-z]+)")
WORDS = re.compile(r"(?:\.venv/bin/)?thongquan ([^#\n`]+)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def links(text: str) -> Iterator[str]:
    """Relative links of a page, code left out."""
    for link in LINK.findall(CODE.sub("", FENCE.sub("", text))):
        if "://" not in link and not link.startswith("mailto:"):
            yield link


def anchors(page: Path) -> set[str]:
    """Anchors of a page's headings, as the usual renderers make them."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text)}


def broken(page: Path) -> list[str]:
    """Links of a page that lead nowhere."""
    found = []
    for link in links(page.read_text(encoding="utf-8")):
        place, _, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            found.append(link)
    return found


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert not broken(page)


def test_a_broken_link_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One\n[a](gone.md) [b](#one) [c](#two) `[d](x.md)` ![e](x.png)\n", encoding="utf-8")
    assert broken(page) == ["gone.md", "#two", "x.png"]


def test_every_page_and_picture_is_reached() -> None:
    """From the README by links, page after page."""
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        if page.suffix == ".md":
            linked = (
                (page.parent / link.partition("#")[0]).resolve() for link in links(page.read_text(encoding="utf-8"))
            )
            waiting += [target for target in linked if target.is_file()]
    shown = {path for path in (ROOT / "docs").glob("**/*") if path.is_file()}
    assert {name_of(path) for path in shown - seen} == set()


def said(page: Path) -> Iterator[str]:
    """Every piece of code of a page, line by line."""
    text = page.read_text(encoding="utf-8")
    for block in FENCE.findall(text):
        yield from block.splitlines()
    yield from CODE.findall(FENCE.sub("", text))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_make_target_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    asked = {match[1] for line in said(page) if (match := TARGET.match(line.strip()))}
    assert asked <= targets


def missing(words: list[str]) -> str:
    """What of a command line the program does not know; empty when it knows all."""
    command: Any = typer.main.get_command(app)
    path = "thongquan"
    while hasattr(command, "commands"):
        name = words.pop(0) if words else ""
        path = f"{path} {name}"
        if name not in command.commands:
            return path
        command = command.commands[name]
    known = {option for parameter in command.params for option in parameter.opts}
    unknown = [word for word in words if word.startswith("--") and word not in known]
    return f"{path} {' '.join(unknown)}" if unknown else ""


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_and_option_exists(page: Path) -> None:
    lines = [match[1].split() for line in said(page) if (match := WORDS.match(line.strip().removeprefix("$ ")))]
    asked = [words for words in lines if words[0] != "manage"]
    assert [fault for words in asked if (fault := missing([word.strip("[]") for word in words]))] == []


def test_an_unknown_command_or_option_would_be_found() -> None:
    assert missing(["lodge", "FILE", "--as", "X"]) == ""
    assert missing(["lodge", "FILE", "--loudly"]) == "thongquan lodge --loudly"
    assert missing(["ledger", "burn"]) == "thongquan ledger burn"


def test_every_test_that_is_named_exists() -> None:
    """What the acceptance pages name as their witness is a test of that file."""
    named = [words for page in (ROOT / "docs" / "acceptance").glob("*.md") for words in said(page) if "::" in words]
    sources = {name: (ROOT / "tests" / name.split("::")[0]) for name in named if name != "file::name"}
    gone = [name for name, path in sources.items() if not path.exists() or not defines(path, name.split("::")[1])]
    assert gone == []


def defines(path: Path, name: str) -> bool:
    return re.search(rf"^(async )?def {name}\(", path.read_text(encoding="utf-8"), re.MULTILINE) is not None


def test_both_readmes_have_the_same_parts() -> None:
    """Headings, code and tables of the Vietnamese one stand in the same order; what programs read is the same."""
    english, vietnamese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.vi.md"))
    shape = [
        [line[:2] for line in text.splitlines() if line.startswith(("#", "```", "|", "!["))]
        for text in (english, vietnamese)
    ]
    assert shape[0] == shape[1]
    fences = [
        [re.sub(r"Accept-Language: \w+", "", block) for block in FENCE.findall(text)] for text in (english, vietnamese)
    ]
    assert fences[0] == fences[1]
