"""What the people and programs of an office ask next, and what they remember of the answers.

A declaration goes its way: lodged, then amended or, when it is channeled to a check, checked point by point. So the
requests of a kind differ with each arrival, and none repeats another.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec

from benchmarks.rows import INVOICE, PLATE

API = "/api/v1/declarations/"
CONTROL = "/api/v1/control/"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
REMEMBERED = 500
WORDS = ("tao tuoi", "nam huong kho", "vai", "pin", "may bom", "dep nhua", "nho", "linh kien", "quat hut", "giay")
"""As people type into the search: without diacritics."""
SAVED = b"12345"


class Door(NamedTuple):
    """How one side comes in: a token for programs, a session for pages."""

    token: str
    cookies: dict[str, str]


class Call(NamedTuple):
    """A request, the statuses that are good, and who reads the answer."""

    request: bytes
    good: tuple[int, ...]
    then: Callable[[bytes], None] | None = None


class _Channel(msgspec.Struct):
    number: str
    channel: int | None = None


class _Point(msgspec.Struct):
    code: str


class _Points(msgspec.Struct):
    points: list[_Point]


class _Checks(msgspec.Struct):
    documents: _Points


_lodged = msgspec.json.Decoder(_Channel).decode
_checks = msgspec.json.Decoder(_Checks).decode


class Desk:
    """One office over one port. `bodies` have places for invoice and plate, `drafts` are ids with what is typed."""

    def __init__(
        self,
        *,
        port: int,
        trader: Door,
        officer: Door,
        bodies: list[bytes],
        drafts: list[tuple[int, bytes]],
        series: str,
    ) -> None:
        self.port, self.trader, self.officer = port, trader, officer
        self.bodies, self.drafts, self.series = bodies, drafts, series
        self.count = itertools.count()
        self.recent: deque[str] = deque(["100000010000"], maxlen=REMEMBERED)
        self.to_amend: deque[tuple[str, bytes]] = deque(maxlen=REMEMBERED)
        self.to_check: deque[tuple[str, tuple[str, ...] | None]] = deque(maxlen=REMEMBERED)

    def next(self, kind: str) -> Call | None:
        """What an arrival of this kind asks; None when nothing waits for that kind of work."""
        asked: dict[str, Callable[[], Call | None]] = {
            "lodge": self._lodge,
            "amend": self._amend,
            "check": self._check,
            "search": self._search,
            "draft": self._draft,
        }
        return asked[kind]()

    def _lodge(self) -> Call:
        place = next(self.count)
        body = self.bodies[place % len(self.bodies)].replace(INVOICE, f"{self.series}-{place:08d}".encode())

        def told(answer: bytes) -> None:
            lodged = _lodged(answer)
            self.recent.append(lodged.number)
            if (lodged.channel or 1) > 1:
                self.to_check.append((lodged.number, None))
            else:
                self.to_amend.append((lodged.number, body))

        return Call(self._api("POST", API, self.trader, body.replace(PLATE, b"12C%07d" % place)), (201,), told)

    def _amend(self) -> Call | None:
        if not self.to_amend:
            return None
        number, body = self.to_amend.popleft()
        changed = body.replace(PLATE, b"14C%07d" % next(self.count))
        address = f"{API}{number}/amend?reason={quote('Đổi xe')}"
        return Call(self._api("POST", address, self.trader, changed), (201,))

    def _check(self) -> Call | None:
        """The next request of a check: go on with one that is begun, else begin; point by point, then conclude."""
        if not self.to_check:
            return None
        number, left = self.to_check.popleft()
        address = f"{CONTROL}{number}/documents"
        if left is None:
            begin = self._api("POST", address, self.officer, b"")
            return Call(begin, (200,), lambda answer: self.to_check.appendleft((number, _codes(answer))))
        if not left:
            return Call(self._api("POST", f"{address}/conclude", self.officer, b"{}"), (200,))
        point = msgspec.json.encode({"code": left[0], "outcome": "agrees"})
        rest = (number, left[1:])
        return Call(
            self._api("POST", f"{address}/point", self.officer, point),
            (200,),
            lambda _answer: self.to_check.appendleft(rest),
        )

    def _search(self) -> Call:
        place = next(self.count)
        words = WORDS[place // 2 % len(WORDS)] if place % 2 else self.recent[place % len(self.recent)]
        return Call(self._page("GET", f"/search/?q={quote(words)}", self.officer), (200, 302))

    def _draft(self) -> Call:
        place = next(self.count)
        draft, typed = self.drafts[place % len(self.drafts)]
        body = typed.replace(SAVED, b"%05d" % (place % 90_000 + 10_000))
        return Call(self._page("POST", f"/declarations/draft/{draft}/save", self.trader, body), (200,))

    def _api(self, method: str, address: str, door: Door, body: bytes) -> bytes:
        return self._whole(method, address, {"Authorization": f"Bearer {door.token}", "Content-Type": JSON}, body)

    def _page(self, method: str, address: str, door: Door, body: bytes = b"") -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in door.cookies.items())
        headers = {"Cookie": cookies}
        if method == "POST":
            headers |= {"Content-Type": FORM, "X-CSRFToken": door.cookies["csrftoken"], "HX-Request": "true"}
        return self._whole(method, address, headers, body)

    def _whole(self, method: str, address: str, headers: dict[str, Any], body: bytes) -> bytes:
        told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        length = f"Content-Length: {len(body)}\r\n" if method == "POST" else ""
        return f"{method} {address} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{told}{length}\r\n".encode() + body


def _codes(answer: bytes) -> tuple[str, ...]:
    return tuple(point.code for point in _checks(answer).documents.points)
