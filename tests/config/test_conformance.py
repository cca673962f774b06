"""The conformance pack: our own server conforms on any day, and a server that errs is found out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from tests.world import ENTERPRISE, World
from thongquan.base.core import clock
from thongquan.config.cli import conformance as command
from thongquan.config.cli.main import app
from thongquan.config.conformance import Case, Result, Setting, cases_of, message_of, run_case

Answer = Callable[[httpx.Request], httpx.Response]


def through(customs: World) -> httpx.Client:
    """An HTTP client whose requests are answered by the office itself."""
    api = customs.api("declarant")

    def handle(request: httpx.Request) -> httpx.Response:
        headers = {name: value for name, value in request.headers.items() if name not in {"content-type", "host"}}
        kind = request.headers.get("content-type", "application/json")
        path = request.url.raw_path.decode()
        answer = api.generic(request.method, path, request.content, content_type=kind, headers=headers)
        return httpx.Response(answer.status_code, content=answer.content, headers=dict(answer.headers))

    return httpx.Client(transport=httpx.MockTransport(handle), base_url="http://127.0.0.1")


def setting(customs: World) -> Setting:
    return Setting(token=customs.token("declarant"), enterprise=ENTERPRISE, on=command._today(), mark="T1")


@pytest.mark.parametrize("day", ["", "2026-12-31", "2027-01-01", "2027-02-07", "2027-03-01"])
def test_every_case_of_the_pack_conforms(customs: World, monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """Today, and on the days when law and calendars change."""
    if day:
        moment = datetime.fromisoformat(f"{day}T03:00:00+00:00")
        monkeypatch.setattr(clock.timezone, "now", lambda: moment)
    client, given = through(customs), setting(customs)
    results = [run_case(case, client, given) for case in cases_of()]
    assert len(results) >= 20
    assert [one for one in results if not one.passed] == []
    assert len({one.name for one in results}) == len(results)


def one(name: str) -> Case:
    return next(case for case in cases_of() if case.name == name)


def told_by(answer: Answer, name: str) -> Result:
    """What the pack says of a server that answers so."""
    client = httpx.Client(transport=httpx.MockTransport(answer), base_url="http://127.0.0.1")
    given = Setting(token="t", enterprise=ENTERPRISE, on=date(2026, 12, 31), mark="T1")
    return run_case(one(name), client, given)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"number": "12"}, "number"),
        ({"due_vnd": "5635001"}, "due_vnd"),
        ({"lines": []}, "lines.#"),
        ({"faults": [{"code": "TQ-X", "path": "a", "severity": "error"}]}, "faults"),
    ],
)
def test_an_answer_that_differs_is_told_with_its_place(customs: World, change: dict[str, Any], word: str) -> None:
    client, case, given = through(customs), one("lodge-five-lines"), setting(customs)
    body = message_of(case.calls[0], on=given.on, kept={"mark": "T2", "enterprise": ENTERPRISE})
    good = client.post("/api/v1/declarations/", content=body, headers={"content-type": "application/json"}).json()
    result = told_by(lambda request: httpx.Response(201, json=good | change), case.name)
    assert not result.passed
    assert any(word in difference for difference in result.differences)


def test_a_wrong_status_and_a_server_that_is_away_are_told(customs: World) -> None:
    assert "status 500" in told_by(lambda request: httpx.Response(500), "no-token").differences[0]

    def away(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    assert "no answer" in told_by(away, "no-token").differences[0]


@pytest.mark.parametrize("day", ["2026-12-31", "2027-01-01", "2027-02-07", "2027-03-01"])
def test_what_the_pack_expects_follows_the_day(day: str) -> None:
    on = date.fromisoformat(day)
    bodies: list[bytes] = []

    def keep(request: httpx.Request) -> httpx.Response:
        bodies.append(request.content)
        return httpx.Response(201, json={})

    client = httpx.Client(transport=httpx.MockTransport(keep), base_url="http://127.0.0.1")
    run_case(one("lodge-five-lines"), client, Setting(token="t", enterprise=ENTERPRISE, on=on, mark="T"))
    assert json.loads(bodies[0])["arrival_on"] == day


def serve(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> None:
    """The command's requests are answered so."""
    real = httpx.Client
    monkeypatch.setattr(
        command.httpx, "Client", lambda **given: real(transport=httpx.MockTransport(answer), base_url="http://x")
    )


def test_nothing_is_tried_on_a_real_server(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def real(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(200, json={"realm": "real"})

    serve(monkeypatch, real)
    result = CliRunner().invoke(app, ["conformance", "http://x", "--token", "t"])
    assert result.exit_code == 2
    assert asked == ["/api/v1/status"]


def test_the_command_tells_what_differs_and_ends_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, lambda request: httpx.Response(200, json={"realm": "sandbox"}))
    result = CliRunner().invoke(app, ["conformance", "http://x", "--token", "t", "--only", "no-token", "--json"])
    assert result.exit_code == 1
    told = json.loads(result.stdout.splitlines()[0])
    assert (told["name"], told["passed"]) == ("no-token", False)


def test_the_pack_is_written_for_those_who_test_without_a_server(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["conformance", "--out", str(tmp_path)])
    assert result.exit_code == 0
    sent = json.loads((tmp_path / "lodge-five-lines" / "1-send.json").read_bytes())
    assert sent["arrival_on"] == command._today().isoformat()
    assert (tmp_path / "wco-message" / "1-send.xml").read_bytes().startswith(b"<?xml")
    assert json.loads((tmp_path / "no-token" / "1-expect.json").read_bytes())["status"] == 401
