"""The conformance pack: sample messages with the answers a server must give, run over HTTP against any address.

Cases are data (`reference/conformance`): a case is a few calls in order; a call sends a message, changed as told, and
says what must come back. Days are written as `{today-2}` (`{today102-2}` without dashes), so that a pack never grows
old; what depends on the law of a day (a rate that ends with the year) is expected by day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import httpx
import msgspec

PACK: Traversable = files("thongquan.reference").joinpath("conformance")
TIMEOUT_SECONDS = 60.0
_MARK = re.compile(r"\{today(102)?([+-]\d+)?\}|\{(\w+)\}")


class Call(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One request: `send` is a path, `message` a file of the pack or none, `set` changes it by dotted path.

    `expect` holds values by dotted path of the answer (a text that begins with `~` is a pattern), `from_day` more of
    them, or another `status`, from a day on, `absent` what must not be told; `faults` are all the faults that must be
    told, as code, field and line; `keep` names parts of the answer for later calls of the case.
    """

    send: str
    method: str = "POST"
    message: str = ""
    text: str | None = None
    set: dict[str, Any] = {}
    headers: dict[str, str] = {}
    status: int = 200
    expect: dict[str, Any] = {}
    from_day: dict[str, dict[str, Any]] = {}
    faults: list[str] | None = None
    absent: list[str] = []
    keep: dict[str, str] = {}


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A case: what it shows, in one sentence, and its calls."""

    name: str
    shows: str
    calls: list[Call]


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a case: every difference in words, none when the server conforms."""

    name: str
    shows: str
    differences: list[str]

    @property
    def passed(self) -> bool:
        """Whether the server answered as expected."""
        return not self.differences


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """Against whom the pack runs: the token's own enterprise, the day at the server's office, a mark for numbers."""

    token: str
    enterprise: str
    on: date
    mark: str


def cases_of(pack: Traversable = PACK) -> list[Case]:
    """The cases of a pack, in order. Raises `msgspec.ValidationError` for one that is not written as a case is."""
    return msgspec.json.decode(pack.joinpath("cases.json").read_bytes(), type=list[Case])


def run_case(case: Case, client: httpx.Client, setting: Setting, pack: Traversable = PACK) -> Result:
    """Run one case; after the first call that differs the rest is left out, since it builds on it."""
    kept: dict[str, str] = {"mark": f"{setting.mark}-{case.name}", "enterprise": setting.enterprise}
    for number, call in enumerate(case.calls, 1):
        try:
            answer = client.send(_request(call, client, setting, kept, pack))
        except httpx.HTTPError as error:
            return _result(case, [f"call {number}: no answer ({error})"])
        found = list(_differences(call, answer, setting.on, kept))
        if found:
            return _result(case, [f"call {number} ({call.method} {call.send}): {words}" for words in found])
        body = _json_of(answer)
        kept |= {name: str(_part(body, path)) for name, path in call.keep.items()}
    return _result(case, [])


def message_of(call: Call, *, on: date, kept: Mapping[str, str], pack: Traversable = PACK) -> bytes:
    """The body a call sends, with its days and marks filled in."""
    if call.text is not None:
        return str(_filled(call.text, on, kept)).encode()
    if not call.message:
        return b""
    raw = pack.joinpath(call.message).read_text(encoding="utf-8")
    if not call.message.endswith(".json"):
        return str(_filled(raw, on, kept)).encode()
    body = _filled(msgspec.json.decode(raw), on, kept)
    for path, value in call.set.items():
        _put(body, path, _filled(value, on, kept))
    return msgspec.json.encode(body)


def _result(case: Case, differences: list[str]) -> Result:
    return Result(name=case.name, shows=case.shows, differences=differences)


def _request(
    call: Call, client: httpx.Client, setting: Setting, kept: Mapping[str, str], pack: Traversable
) -> httpx.Request:
    kind = "application/xml" if call.message.endswith(".xml") else "application/json"
    headers = {"Accept-Language": "en", "Authorization": f"Bearer {setting.token}", "Content-Type": kind}
    headers |= {name: str(_filled(value, setting.on, kept)) for name, value in call.headers.items()}
    address = str(_filled(call.send, setting.on, kept))
    body = message_of(call, on=setting.on, kept=kept, pack=pack)
    return client.build_request(call.method, address, headers=headers, content=body)


def _filled(value: Any, on: date, kept: Mapping[str, str]) -> Any:
    """Every `{today+3}`, `{mark}` and what earlier calls kept, wherever text stands."""

    def one(found: re.Match[str]) -> str:
        if found[3]:
            return kept.get(found[3], found[0])
        day = on + timedelta(days=int(found[2] or 0))
        return day.strftime("%Y%m%d") if found[1] else day.isoformat()

    if isinstance(value, str):
        return _MARK.sub(one, value)
    if isinstance(value, list):
        return [_filled(part, on, kept) for part in value]
    if isinstance(value, dict):
        return {name: _filled(part, on, kept) for name, part in value.items()}
    return value


def _differences(call: Call, answer: httpx.Response, on: date, kept: Mapping[str, str]) -> Iterator[str]:
    wanted = call.expect | _of_the_day(call.from_day, on)
    status = wanted.pop("status", call.status)
    if answer.status_code != status:
        yield f"status {answer.status_code}, expected {status}: {answer.text[:300]}"
        return
    body = _json_of(answer)
    for path, value in wanted.items():
        yield from _difference(path, _part(body, path), _filled(value, on, kept))
    yield from (f"{path} must not be told" for path in call.absent if _part(body, path) is not None)
    if call.faults is not None:
        told = sorted({_fault(fault) for fault in body.get("faults", []) if fault.get("severity") != "warning"})
        if told != sorted(call.faults):
            yield f"faults {told}, expected {sorted(call.faults)}"


def _difference(path: str, found: Any, wanted: Any) -> Iterator[str]:
    if isinstance(wanted, str) and wanted.startswith("~"):
        if not re.fullmatch(wanted[1:], str(found)):
            yield f"{path} is {found!r}, expected to match {wanted[1:]}"
    elif found != wanted:
        yield f"{path} is {found!r}, expected {wanted!r}"


def _of_the_day(by_day: Mapping[str, dict[str, Any]], on: date) -> dict[str, Any]:
    """The expectations of the latest day that has come."""
    begun = [day for day in by_day if date.fromisoformat(day) <= on]
    return by_day[max(begun)] if begun else {}


def _fault(fault: Mapping[str, Any]) -> str:
    """`TQ-DEC-013 hs 2`: code, field and line, as far as they are told."""
    return " ".join(str(fault[name]) for name in ("code", "path", "line") if fault.get(name) not in (None, ""))


def _json_of(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return {}


def _part(body: Any, path: str) -> Any:
    """A part of an answer by dotted path: `lines.0.taxes.1.amount_vnd`; `#` at the end counts a list."""
    for step in path.split("."):
        if step == "#":
            return len(body) if isinstance(body, list) else None
        if isinstance(body, list):
            body = body[int(step)] if step.isdigit() and int(step) < len(body) else None
        else:
            body = body.get(step) if isinstance(body, dict) else None
    return body


def _put(body: Any, path: str, value: Any) -> None:
    """Change a part of a message by dotted path; null takes it out, `*50` repeats a list's first member, renumbered."""
    *way, last = path.split(".")
    for step in way:
        body = body[int(step)] if isinstance(body, list) else body[step]
    if isinstance(value, str) and value.startswith("*"):
        first = body[last][0]
        body[last] = [{**first, "number": number} for number in range(1, int(value[1:]) + 1)]
    elif isinstance(body, list):
        body[int(last)] = value
    elif value is None:
        body.pop(last, None)
    else:
        body[last] = value
