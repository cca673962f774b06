"""`thongquan person create`: the first administrator of an installation."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner, Result

from tests.world import World
from thongquan.base.accounts.models import Membership, User
from thongquan.config.cli.main import app

GOOD = "a long enough password"


@pytest.fixture
def office(customs: World) -> Iterator[World]:
    """The command finds the office's database where every command finds it."""
    server = os.environ["DATABASE_URL"]
    name = server.split("?")[0].rsplit("/", 1)[-1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", server.replace(f"/{name}", f"/{customs.database}", 1))
        yield customs


def create(email: str, role: str, place: str, *more: str, password: str = GOOD) -> Result:
    words = ["person", "create", email, "--name", "Nguyễn Văn An", "--role", role, "--place", place, *more]
    return CliRunner().invoke(app, words, env={"TQ_NEW_PASSWORD": password})


def test_an_administrator_is_made(office: World) -> None:
    made = create("an@example.vn", "administrator", "VI")
    assert made.exit_code == 0, made.output
    user = User.objects.get(email="an@example.vn")
    assert user.check_password(GOOD)
    assert user.password.startswith("argon2")
    assert Membership.objects.get(user=user).role == "administrator"
    assert GOOD not in made.output


def test_an_enterprise_not_known_yet_is_named(office: World) -> None:
    assert create("b@example.vn", "declarant", "0101234567").exit_code == 1
    made = create("b@example.vn", "declarant", "0101234567", "--place-name", "Công ty TNHH Sông Kỳ Cùng")
    assert made.exit_code == 0, made.output
    assert Membership.objects.get(user__email="b@example.vn").organization.code == "0101234567"


def test_what_is_wrong_is_said(office: World) -> None:
    assert create("c@example.vn", "administrator", "VI", password="short").exit_code == 1
    assert create("c@example.vn", "emperor", "VI").exit_code == 1
    assert create("c@example.vn", "administrator", "XX").exit_code == 1
    assert not User.objects.filter(email="c@example.vn").exists()
    assert create("d@example.vn", "director", "VI").exit_code == 0
    assert create("d@example.vn", "director", "VI").exit_code == 1
