"""Every address of the API that asks who comes, and the scope a token needs there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from tests.world import World
from thongquan.base.accounts.scopes import AREAS, SCOPES, scope_needed
from thongquan.config.api import api

ROOT = "/api/v1/"
OPEN_FOR_RESIDENTS = {f"{ROOT}residents/prepared"}


def operations() -> Iterator[tuple[str, str, bool]]:
    """Method, path and whether it is open to all, of every operation."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, told in methods.items():
            yield method.upper(), str(path), not told.get("security")


CLOSED = [(method, path) for method, path, is_open in operations() if not is_open]


def test_every_closed_area_has_scopes_of_its_own() -> None:
    areas = {path.removeprefix(ROOT).partition("/")[0] for _method, path in CLOSED}
    assert areas <= set(AREAS)
    assert {scope for pair in AREAS.values() for scope in pair} == set(SCOPES)


def test_what_is_open_is_only_law_and_what_the_public_sees() -> None:
    areas = {path.removeprefix(ROOT).partition("/")[0] for _m, path, is_open in operations() if is_open}
    assert areas - {"residents"} <= {"law", "status", "procedures", "calculator", "track", "rulings"}
    opened = {path for _m, path, is_open in operations() if is_open and path.startswith(f"{ROOT}residents")}
    assert opened <= OPEN_FOR_RESIDENTS


def filled(path: str) -> str:
    return re.sub(r"{\w+}", "101234567890", path)


def test_a_token_with_every_other_scope_is_refused_at_every_door(customs: World) -> None:
    clients = {}
    for place, scope in enumerate(SCOPES):  # nobody may hold as many tokens as there are scopes
        token = customs.token(("broker", "declarant")[place % 2], scopes=tuple(set(SCOPES) - {scope}))
        clients[scope] = Client(SERVER_NAME="127.0.0.1", headers={"authorization": f"Bearer {token}"})
    let_in = []
    for method, path in CLOSED:
        scope = scope_needed(method, path)
        answer = clients[scope].generic(method, filled(path), b"{}", content_type="application/json")
        told = answer.json()["faults"][0]["code"] if answer.status_code == 403 else ""
        if told != "TQ-ACC-007":
            let_in.append((method, path, answer.status_code))
    assert let_in == []
    assert len(CLOSED) > 40


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_scope_opens_its_own_door_alone(customs: World, method: str) -> None:
    token = customs.token("declarant", scopes=("money:read", "money:write"))
    client = Client(SERVER_NAME="127.0.0.1", headers={"authorization": f"Bearer {token}"})
    for area in AREAS:
        answer = client.generic(method, f"{ROOT}{area}/", b"{}", content_type="application/json")
        refused = answer.status_code == 403 and b"TQ-ACC-007" in answer.content
        assert refused == (area not in {"money"} and answer.status_code not in {404, 405}), (area, answer.status_code)
