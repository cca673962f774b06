"""What a server meets: broken, hostile and unlucky requests. Each gets a clear answer and leaves nothing behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest
from django.db import connection

from tests.world import World, as_json, import_document
from thongquan.base.core.lanes import LANES
from thongquan.base.core.lanes.gates import Quota, replaced

LODGE = "/api/v1/declarations/"
JSON, XML = "application/json", "application/xml"
BOMB = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><MetaData><Declaration><TypeCode>&c;</TypeCode></Declaration></MetaData>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><MetaData>&x;</MetaData>"""


def changed(**fields: Any) -> bytes:
    """A good import with some raw JSON values put in."""
    body = json.loads(as_json(import_document()))
    return json.dumps({**body, **fields}).encode()


def line_changed(**fields: Any) -> bytes:
    body = json.loads(as_json(import_document()))
    body["lines"][2].update(fields)
    return json.dumps(body).encode()


BAD_BODIES: dict[str, tuple[str, bytes]] = {
    "not JSON": (JSON, b"lodge this please"),
    "nothing": (JSON, b""),
    "a list": (JSON, b"[]"),
    "cut off": (JSON, as_json(import_document())[:-200]),
    "latin letters said to be UTF-8": (
        JSON,
        json.dumps({"flow": "import", "notes": "Café"}, ensure_ascii=False).encode("latin-1"),
    ),
    "UTF-16": (JSON, as_json(import_document()).decode().encode("utf-16")),
    "cut-off XML": (XML, b"<?xml version='1.0'?><MetaData><Declaration><TypeCode>IM"),
    "entity expansion": (XML, BOMB),
    "external entity": (XML, OUTSIDE),
    "XML of another kind": (XML, b"<html><body>hello</body></html>"),
    "not a number": (JSON, line_changed(quantity="NaN")),
    "infinite": (JSON, line_changed(unit_price="Infinity")),
    "10^30": (JSON, line_changed(value="1e30")),
    "minus": (JSON, line_changed(quantity="-5")),
    "zero": (JSON, line_changed(quantity="0")),
    "year 1900": (JSON, changed(arrival_on="1900-01-01")),
    "year 2100": (JSON, changed(arrival_on="2100-01-01")),
    "no such day": (JSON, changed(arrival_on="2026-02-30")),
    "unknown regime": (JSON, changed(regime="A13")),
    "unknown office": (JSON, changed(office="99XX")),
    "unknown field": (JSON, changed(discount="50")),
    "a NUL": (JSON, changed(own_reference="a\x00b")),
    "no lines": (JSON, changed(lines=[])),
    "a huge text": (JSON, line_changed(description="x" * 100_000)),
    "an export regime on an import": (JSON, changed(regime="B11")),
}


def nothing_stored(world: World) -> bool:
    tables = ("declarations_declaration", "declarations_version", "declarations_line", "revenue_liability")
    return all(world.run_sql(f"SELECT count(*) FROM {table}") == [(0,)] for table in tables)


def test_each_bad_body_is_answered_clearly(customs: World) -> None:
    client = customs.api("broker")
    for name, (kind, body) in BAD_BODIES.items():
        answer = client.post(LODGE, body, content_type=kind)
        assert answer.status_code == 422, (name, answer.status_code, answer.content[:300])
        faults = answer.json()["faults"]
        assert faults, name
        assert all(fault["code"].startswith("TQ-") and fault["message"] for fault in faults), name
    assert nothing_stored(customs)


def test_a_body_of_200_megabytes_is_refused_unread(customs: World) -> None:
    answer = customs.api("broker").generic(
        "POST", LODGE, b"{}", content_type=JSON, CONTENT_LENGTH=str(200 * 1024 * 1024)
    )
    assert answer.status_code == 413
    assert answer.json()["faults"][0]["code"] == "TQ-API-003"


def test_many_faults_come_together(customs: World) -> None:
    body = json.loads(as_json(import_document()))
    body["office"], body["regime"] = "99XX", "Z99"
    for line in body["lines"]:
        line["hs"], line["quantity"] = "00000000", "-1"
    faults = customs.api("broker").post(LODGE, json.dumps(body), content_type=JSON).json()["faults"]
    assert len({(fault["code"], fault["path"]) for fault in faults}) >= 12


def test_faults_speak_the_readers_language(customs: World) -> None:
    client, said = customs.api("broker"), set()
    for language in ("vi", "en", "zh-hans", "fr"):
        answer = client.post(LODGE, changed(office="99XX"), content_type=JSON, headers={"accept-language": language})
        said.add(answer.json()["faults"][0]["message"])
    assert len(said) == 4


def test_an_idempotency_key_that_is_too_long_is_refused(customs: World) -> None:
    answer = customs.api("broker").post(
        LODGE, as_json(import_document()), content_type=JSON, headers={"idempotency-key": "k" * 200}
    )
    assert answer.status_code == 422


def test_other_methods_and_addresses_are_answered(customs: World) -> None:
    client = customs.api("broker")
    assert client.put(LODGE, b"{}", content_type=JSON).status_code == 405
    assert client.get(f"{LODGE}999999999999").status_code == 404
    assert client.get(f"{LODGE}%00").status_code in (400, 404)
    assert client.get(f"{LODGE}?text=%00").status_code == 400
    assert client.get(f"{LODGE}?limit=abc").status_code == 422
    assert client.get(f"{LODGE}?text=%27%3B%20DROP%20TABLE").status_code == 200


def test_too_many_requests_are_told_when_to_come_back(customs: World, settings: Any) -> None:
    settings.API_RATE_LIMIT = "3/minute"
    client = customs.api("broker")
    answers = [client.get(LODGE) for _ in range(5)]
    assert [answer.status_code for answer in answers][-1] == 429
    assert int(answers[-1]["Retry-After"]) > 0


def test_a_connection_lost_in_the_middle_leaves_nothing_and_heals(customs: World) -> None:
    """The server ends our connection while the one statement runs; the next request finds a new one."""
    client, body = customs.api("broker"), as_json(import_document())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    customs.run_sql(
        f"""
        CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_terminate_backend({pid}); PERFORM pg_sleep(5); RETURN NEW; END $$
        """
    )
    customs.run_sql("CREATE TRIGGER cut BEFORE INSERT ON revenue_liability FOR EACH ROW EXECUTE FUNCTION cut()")
    answer = client.post(LODGE, body, content_type=JSON)
    assert answer.status_code == 503, answer.content
    assert answer["Retry-After"]
    assert answer.json()["faults"][0]["code"] == "TQ-API-007"
    assert nothing_stored(customs)
    customs.run_sql("DROP TRIGGER cut ON revenue_liability")
    assert client.post(LODGE, body, content_type=JSON).status_code == 201


def test_a_server_that_is_away_is_said_plainly_and_comes_back() -> None:
    """A server of its own is stopped and started under a running program."""
    script = Path(__file__).with_name("server_away.py")
    environment = {
        "TQ_DATA_DIR": tempfile.mkdtemp(prefix="thongquan-away-"),
        "TQ_REALM": "practice",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    result = subprocess.run(
        [sys.executable, str(script)], env=environment, capture_output=True, text=True, check=False, timeout=240
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert json.loads(result.stdout.splitlines()[-1]) == {
        "before": 201,
        "away": 503,
        "page": 503,
        "back": 201,
        "stored": 2,
    }


def test_two_hundred_same_requests_at_once_store_one(customs: World) -> None:
    """Eight clients send the same goods; one wins, the others are told its number."""
    from concurrent.futures import ThreadPoolExecutor

    body, token = as_json(import_document()), customs.token("broker")

    def send(_place: int) -> int:
        from django.db import connections
        from django.test import Client

        try:
            client = Client(headers={"authorization": f"Bearer {token}"})
            return client.post(LODGE, body, content_type=JSON).status_code
        finally:
            connections.close_all()

    room = dict.fromkeys(LANES, Quota(in_flight=8, waiting=8, wait_seconds=60))  # nobody is sent away for want of it
    with replaced(room), ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(send, range(40)))
    assert codes.count(201) == 1
    assert set(codes) == {201, 422}
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(1,)]


@pytest.mark.parametrize("field", ["description", "own_reference", "notes"])
def test_hostile_text_is_kept_as_text(customs: World, field: str) -> None:
    text = "Táo <script>alert(1)</script> '; DROP TABLE x; -- ${7*7} {{7*7}} giống Fuji"
    document = import_document()
    if field == "description":
        first = msgspec.structs.replace(document.lines[0], description=text)
        document = msgspec.structs.replace(document, lines=(first, *document.lines[1:]))
    else:
        document = msgspec.structs.replace(document, **{field: text[: 20 if field == "own_reference" else 300]})
    answer = customs.api("broker").post(LODGE, as_json(document), content_type=JSON)
    assert answer.status_code in (201, 422)
    if answer.status_code == 201:
        page = customs.client("broker").get(f"/declarations/{answer.json()['number']}/").content.decode()
        assert "<script>alert(1)" not in page


def test_the_database_is_really_the_one_asked(customs: World) -> None:
    """Guard of this file: the world's own database is in use, not the shared one."""
    assert customs.run_sql("SELECT current_database()") == [(customs.database,)]
    assert psycopg.__version__
