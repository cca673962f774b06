"""What a viewer shows: the papers of a subject as tabs, one page of one of them, how near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import get_language

from thongquan.base.accounts.queries import Actor
from thongquan.base.attachments import queries
from thongquan.base.attachments.kinds import Kind, kinds_on
from thongquan.base.attachments.leaves import Sheet, pages_of, sheet_rows
from thongquan.base.attachments.queries import Attached, StoredFile
from thongquan.base.attachments.types import PDF, XLSX
from thongquan.base.core.clock import now
from thongquan.base.core.sentences import Told, sentence

NEAR = ("fit", "150", "200", "300")
"""How much of the width a page takes: as wide as its place, or that many hundredths of it."""


@dataclass(frozen=True)
class Tab:
    """A paper that can be chosen: its kind in the reader's words and the address that shows it."""

    paper: Attached
    kind: str
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Viewed:
    """The viewer as it stands: `way` is page, picture, sheet, text or none; queries are empty where nothing follows."""

    subject: str
    tabs: list[Tab]
    file: StoredFile | None = None
    way: str = "none"
    page: int = 1
    pages: int = 0
    near: str = "fit"
    why: Told | None = None
    sheet: Sheet | None = None
    moves: dict[str, str] = field(default_factory=dict)


def viewed(*, actor: Actor, subject: str, asked: Mapping[str, str], kinds: list[Kind]) -> Viewed:
    """What the address asks for (`paper`, `page`, `near`), or the nearest that there is. Raises `NotFound`."""
    papers = [one for one in queries.attached_files(actor=actor, subject=subject) if one.detached_at is None]
    if not papers:
        return Viewed(subject, [])
    chosen = next((one for one in papers if str(one.id) == asked.get("paper")), papers[0])
    names = {kind.code: kind.name for kind in kinds}
    tabs = [Tab(one, names.get(one.kind, one.kind), _query(one), one is chosen) for one in papers]
    pages = pages_of(chosen.file)
    page = min(max(_number(asked.get("page", "")), 1), max(pages, 1))
    near = asked.get("near", "")
    near = near if near in NEAR else NEAR[0]
    way = _way(chosen.file)
    sheet = sheet_rows(actor=actor, file_id=chosen.file.id, place=page) if way == "sheet" else None
    return Viewed(
        subject=subject,
        tabs=tabs,
        file=chosen.file,
        way=way,
        page=page,
        pages=pages,
        near=near,
        why=sentence(chosen.file.why) if chosen.file.why else None,
        sheet=sheet,
        moves=_moves(papers, chosen, page, pages, near),
    )


def viewed_now(actor: Actor, subject: str, asked: Mapping[str, str]) -> Viewed:
    """The same for a page of now, in its language."""
    kinds = list(kinds_on(timezone.localdate(now()), get_language() or "vi"))
    return viewed(actor=actor, subject=subject, asked=asked, kinds=kinds)


def _way(file: StoredFile) -> str:
    if file.has_pictures:
        return "picture"
    if not pages_of(file):
        return "none"
    return {PDF: "page", XLSX: "sheet"}.get(file.content_type, "text" if file.text else "none")


def _moves(papers: list[Attached], chosen: Attached, page: int, pages: int, near: str) -> dict[str, str]:
    """Where the links of the bar lead."""
    at, nearer = papers.index(chosen), NEAR.index(near)
    return {
        "earlier": _query(papers[at - 1]) if at else "",
        "later": _query(papers[at + 1]) if at + 1 < len(papers) else "",
        "back": _query(chosen, page - 1, near) if page > 1 else "",
        "on": _query(chosen, page + 1, near) if page < pages else "",
        "away": _query(chosen, page, NEAR[nearer - 1]) if nearer else "",
        "nearer": _query(chosen, page, NEAR[nearer + 1]) if nearer + 1 < len(NEAR) else "",
        "fit": _query(chosen, page) if nearer else "",
    }


def _query(paper: Attached, page: int = 1, near: str = "fit") -> str:
    asked = {"paper": str(paper.id)} | ({"page": str(page)} if page > 1 else {})
    return urlencode(asked | ({"near": near} if near != NEAR[0] else {}))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
