"""The sandbox: a second database of the same server, made by one command, of its own realm and with keys of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.world import World
from thongquan.config.cli.sandbox import address_beside


@pytest.mark.parametrize(
    ("url", "beside"),
    [
        ("postgresql://u:p@db:5432/thongquan?sslmode=require", "postgresql://u:p@db:5432/thongquan_sandbox?sslmode=require"),
        ("postgresql://postgres@/cua%20khau?host=/run/pg", "postgresql://postgres@/cua%20khau_sandbox?host=/run/pg"),
    ],
)  # fmt: skip
def test_the_sandbox_stands_beside_on_the_same_server(url: str, beside: str) -> None:
    assert address_beside(url) == beside


def test_one_command_makes_a_realm_of_its_own_and_leaves_the_first_alone(customs: World, tmp_path: Path) -> None:
    server = os.environ["DATABASE_URL"]
    address = server.replace(f"/{server.split('?')[0].rsplit('/', 1)[-1]}", f"/{customs.database}", 1)
    environ = {**os.environ, "DATABASE_URL": address, "TQ_DATA_DIR": str(tmp_path)}

    def sandbox(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "thongquan.config.cli", "sandbox", *words]
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)

    before = customs.run_sql("SELECT count(*) FROM core_outboxmessage")
    try:
        made = sandbox("prepare")
        assert made.returncode == 0, made.stderr
        assert "declarant@demo" in made.stdout
        assert (tmp_path / "sandbox" / "demo-people.txt").stat().st_mode & 0o077 == 0
        with psycopg.connect(address_beside(address)) as beside:
            row = beside.execute("SELECT name FROM core_realm").fetchone()
        assert row == ("sandbox",)
        assert customs.run_sql("SELECT name FROM core_realm") == [("practice",)]
        assert customs.run_sql("SELECT count(*) FROM core_outboxmessage") == before
        token = sandbox("token", "create", "--as", "declarant@demo.thongquan.example", "--name", "thu")
        assert token.returncode == 0, token.stderr
        assert len(token.stdout.strip()) > 20
        assert sandbox("token", "create", "--as", "nobody@x.example", "--name", "thu").returncode == 1
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{customs.database}_sandbox" WITH (FORCE)')
