"""Two ways in: the whole one for people, a shorter one for requests with a token and no cookie."""

from __future__ import annotations

import io
from typing import Any

import msgspec
import pytest

from tests.world import World, as_json, import_document
from thongquan.config import wsgi


def ask(body: bytes = b"", **environ: str) -> tuple[int, dict[str, str], bytes]:
    answered: list[Any] = []
    asked: dict[str, Any] = {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": "/api/v1/declarations/",
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "QUERY_STRING": "",
        **environ,
    }
    parts = wsgi.application(asked, lambda status, headers, *_: answered.extend((status, headers)))
    content = b"".join(parts)
    return int(answered[0][:3]), {name.lower(): value for name, value in answered[1]}, content


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which way each request took."""
    ways: list[str] = []
    for name, handler in (("people", wsgi._people), ("programs", wsgi._programs)):

        def passed(*values: Any, way: str = name, inner: Any = handler) -> Any:
            ways.append(way)
            return inner(*values)

        monkeypatch.setattr(wsgi, f"_{name}", passed)
    return ways


def test_a_token_lodges_by_the_shorter_way_with_the_same_headers_of_safety(customs: World, taken: list[str]) -> None:
    token = customs.token("declarant")
    status, headers, content = ask(as_json(import_document()), HTTP_AUTHORIZATION=f"Bearer {token}")
    assert (status, taken) == (201, ["programs"])
    assert len(msgspec.json.decode(content)["number"]) == 12
    assert headers["content-length"] == str(len(content))
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_a_stranger_is_refused_by_either_way(customs: World, taken: list[str]) -> None:
    assert ask(HTTP_AUTHORIZATION="Bearer tq_unknown")[0] == 401
    assert ask()[0] == 401
    assert ask(HTTP_AUTHORIZATION="Bearer tq_unknown", HTTP_COOKIE="sessionid=x")[0] == 401
    assert taken == ["programs", "people", "people"]


def test_a_page_never_takes_the_shorter_way(customs: World, taken: list[str]) -> None:
    ask(PATH_INFO="/declarations/", HTTP_AUTHORIZATION="Bearer tq_unknown")
    assert taken == ["people"]


def test_a_wrong_host_and_a_flood_of_bytes_are_refused_by_the_shorter_way(customs: World) -> None:
    bearer = f"Bearer {customs.token('declarant')}"
    assert ask(HTTP_AUTHORIZATION=bearer, HTTP_HOST="elsewhere.example")[0] == 400
    assert ask(b"{}", HTTP_AUTHORIZATION=bearer, CONTENT_LENGTH="999999999")[0] == 413
