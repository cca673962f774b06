"""What the readers of papers tell: the only words between their walls and the program."""

from __future__ import annotations

import msgspec

from thongquan.base.signatures.signings import Signing

MAX_PAGES = 20
MAX_PIECES = 6_000
MAX_TEXT = 600


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """A run of words on one line: text, its place in thousandths of the page's width, how sure it is (0 to 1)."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    sure: float = 1.0


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page: its pieces, and how it had to be turned, in degrees clockwise, to stand upright."""

    pieces: list[Piece] = []
    turned: int = 0


class Papers(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader found; `fault` is a code when it found nothing."""

    fault: str = ""
    pages: list[Page] = []
    signings: list[Signing] = []


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What goes to a reader: a content, degrees to turn a picture by (below zero: as needed), trusted certificates,
    lists of revoked ones, and the moment (ISO) at which they are held against signatures."""

    content: bytes
    turn: int = 0
    roots: list[bytes] = []
    others: list[bytes] = []
    lists: list[bytes] = []
    at: str = ""


def packed(papers: Papers) -> bytes:
    """An answer as it goes through the pipe."""
    return msgspec.msgpack.encode(papers)


def unpacked(said: bytes) -> Papers:
    """An answer read back within its bounds. Raises ValueError for anything that is none."""
    try:
        papers = msgspec.msgpack.decode(said, type=Papers)
    except msgspec.DecodeError as error:
        raise ValueError("not an answer") from error
    pages = [_bounded(page) for page in papers.pages[:MAX_PAGES]]
    signings = [
        msgspec.structs.replace(
            one,
            signer=_clean(one.signer),
            issuer=_clean(one.issuer),
            at=_clean(one.at)[:40],
            list_until=_clean(one.list_until)[:40],
        )
        for one in papers.signings[:20]
    ]
    return Papers(fault=papers.fault[:16], pages=pages, signings=signings)


def _bounded(page: Page) -> Page:
    pieces = [
        Piece(
            _clean(one.text),
            _within(one.left),
            _within(one.top),
            _within(one.right),
            _within(one.bottom),
            min(max(one.sure, 0.0), 1.0),
        )
        for one in page.pieces[:MAX_PIECES]
    ]
    return Page(pieces=pieces, turned=page.turned % 360)


def _within(place: float) -> float:
    return min(max(place, -100.0), 10_000.0)


def _clean(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:MAX_TEXT]
