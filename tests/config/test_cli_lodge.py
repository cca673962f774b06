"""`thongquan lodge`, `decide` and `token create` as people and programs use them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from django.utils.timezone import localdate
from typer.testing import CliRunner, Result

from tests.clearance.declarations.filled import workbook
from tests.world import OTHER_ENTERPRISE, World, as_json, import_document
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.formats.content import content_of
from thongquan.clearance.declarations.formats.excel import blank_workbook
from thongquan.clearance.declarations.formats.wco import write_declaration
from thongquan.config.cli.filing import read_paper
from thongquan.config.cli.judges import Unreachable, remote_judge
from thongquan.config.cli.main import app
from thongquan.rules.document import Party

DECLARANT = "declarant@demo.thongquan.example"
BARE = {"COLUMNS": "200", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "LANGUAGE": "", "TQ_LANGUAGE": ""}


@pytest.fixture
def office(customs: World) -> Iterator[World]:
    """The command finds the office's database where every command finds it."""
    server = os.environ["DATABASE_URL"]
    address = server.replace(f"/{server.split('?')[0].rsplit('/', 1)[-1]}", f"/{customs.database}", 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", address)
        yield customs


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], env=BARE)


def told(result: Result) -> list[dict[str, Any]]:
    return [msgspec.json.decode(line) for line in result.stdout.splitlines()]


def filed(place: Path, name: str, content: bytes) -> Path:
    path = place / name
    path.write_bytes(content)
    return path


def good(place: Path, invoice: str = "CLI-1") -> Path:
    return filed(place, f"{invoice}.json", as_json(import_document(invoice=invoice)))


def bad(place: Path) -> Path:
    document = import_document(invoice="CLI-BAD")
    first = msgspec.structs.replace(document.lines[0], hs="0808", quantity=Decimal(-5))
    document = msgspec.structs.replace(document, regime="Z99", lines=(first, *document.lines[1:]))
    return filed(place, "bad.json", as_json(document))


def stored(office: World) -> int:
    return int(office.run_sql("SELECT count(*) FROM declarations_declaration")[0][0])


def test_all_accepted_ends_with_zero_and_a_number_for_each(office: World, tmp_path: Path) -> None:
    result = run("lodge", good(tmp_path, "A-1"), good(tmp_path, "A-2"), "--as", DECLARANT, "--json")
    assert result.exit_code == 0, result.output
    answers = told(result)
    assert [answer["status"] for answer in answers] == ["accepted", "accepted"]
    assert all(len(answer["number"]) == 12 and answer["channel"] in (1, 2, 3) for answer in answers)
    assert stored(office) == 2
    assert {row[0] for row in office.run_sql("SELECT source FROM declarations_declaration")} == {"cli"}


def test_the_same_file_again_gets_its_first_answer(office: World, tmp_path: Path) -> None:
    path = good(tmp_path)
    first, again = (told(run("lodge", path, "--as", DECLARANT, "--json"))[0] for _ in range(2))
    assert first["number"] == again["number"]
    assert stored(office) == 1


def test_decide_stores_nothing_and_never_tells_the_channel(office: World, tmp_path: Path) -> None:
    result = run("decide", good(tmp_path), "--as", DECLARANT, "--json")
    assert result.exit_code == 0, result.output
    (answer,) = told(result)
    assert answer["accepted"]
    assert answer["channel"] is None
    assert answer["reasons"] == []
    assert Decimal(answer["due_vnd"]) > 0
    assert stored(office) == 0


def test_some_rejected_ends_with_one_and_names_every_fault(office: World, tmp_path: Path) -> None:
    result = run("lodge", good(tmp_path), bad(tmp_path), "--as", DECLARANT, "--json")
    assert result.exit_code == 1
    _first, second = told(result)
    assert second["status"] == "rejected"
    places = {(fault["path"], fault["code"]) for fault in second["faults"]}
    assert {("lines[0].hs", "TQ-DEC-011"), ("lines[0].quantity", "TQ-DEC-009"), ("regime", "TQ-REG-007")} <= places
    assert all(fault["remedy"] for fault in second["faults"])
    assert stored(office) == 1


def test_the_table_for_people_tells_field_line_rule_and_remedy(office: World, tmp_path: Path) -> None:
    result = run("decide", good(tmp_path), bad(tmp_path), "--as", DECLARANT)
    assert result.exit_code == 1
    for word in ("CLI-1.json", "accepted", "bad.json", "rejected", "TQ-DEC-011", "lines[0].hs", "Remedy"):
        assert word in result.stdout, word


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01", b'{"flow": "import"', b"<Declaration>", b"PK\x03\x04 not a book"]
)
def test_what_cannot_be_read_ends_with_two_and_the_others_are_done(
    office: World, tmp_path: Path, content: bytes
) -> None:
    path = filed(tmp_path, "odd", content)
    result = run("lodge", path, bad(tmp_path), good(tmp_path), "--as", DECLARANT, "--json")
    assert result.exit_code == 2, result.output
    assert [answer["status"] for answer in told(result)] == ["unreadable", "rejected", "accepted"]
    assert told(result)[0]["faults"][0]["code"].startswith("TQ-FMT-")


def test_a_missing_file_is_unreadable(office: World, tmp_path: Path) -> None:
    result = run("decide", tmp_path / "nowhere.json", "--as", DECLARANT, "--json")
    assert result.exit_code == 2
    assert told(result)[0]["faults"][0]["code"] == "TQ-FMT-001"


def test_xml_is_recognized_by_its_content(office: World, tmp_path: Path) -> None:
    path = filed(tmp_path, "message.dat", write_declaration(import_document(invoice="XML-1")))
    result = run("lodge", path, "--as", DECLARANT, "--json")
    assert result.exit_code == 0, result.output
    assert office.run_sql("SELECT source FROM declarations_declaration") == [("wco",)]


def test_a_stranger_is_told_so_and_nothing_happens(office: World, tmp_path: Path) -> None:
    result = run("lodge", good(tmp_path), "--as", "nobody@nowhere.example", "--json")
    assert result.exit_code == 2
    assert "nobody@nowhere.example" in result.stderr
    assert stored(office) == 0


def test_nobody_named_is_an_error_of_use(office: World, tmp_path: Path) -> None:
    assert run("lodge", good(tmp_path)).exit_code == 2
    assert run("lodge", good(tmp_path), "--url", "http://127.0.0.1:9").exit_code == 2


def test_a_neighbor_enterprise_is_refused(office: World, tmp_path: Path) -> None:
    document = import_document(trader=Party(name="Công ty khác", tax_code=OTHER_ENTERPRISE))
    path = filed(tmp_path, "other.json", as_json(document))
    result = run("lodge", path, "--as", DECLARANT, "--json")
    assert result.exit_code == 1
    assert told(result)[0]["faults"][0]["code"] == "TQ-API-005"
    assert stored(office) == 0


def test_messages_are_in_the_language_asked_for(office: World, tmp_path: Path) -> None:
    path = bad(tmp_path)
    spoken = {}
    for language in ("vi", "en", "zh-hans", "fr"):
        (answer,) = told(run("decide", path, "--as", DECLARANT, "--json", "--language", language))
        spoken[language] = answer["faults"][0]["message"]
    assert len(set(spoken.values())) >= 2


def test_a_token_is_printed_once_and_works(office: World) -> None:
    result = run("token", "create", "--as", DECLARANT, "--name", "nightly")
    assert result.exit_code == 0, result.output
    secret = result.stdout.strip()
    assert secret.startswith("tq_")
    ((name, digest),) = office.run_sql("SELECT name, digest FROM accounts_apitoken")
    assert name == "nightly"
    assert secret.encode() not in bytes(digest)


def test_a_token_for_a_stranger_or_an_officer_is_refused(office: World) -> None:
    for who in ("nobody@nowhere.example", "director@demo.thongquan.example"):
        result = run("token", "create", "--as", who, "--name", "x")
        assert result.exit_code == 1
        assert "tq_" not in result.output
    assert office.run_sql("SELECT count(*) FROM accounts_apitoken") == [(0,)]


def served(*answers: httpx.Response, heard: list[httpx.Request] | None = None) -> httpx.MockTransport:
    left = list(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        if heard is not None:
            heard.append(request)
        return left.pop(0)

    return httpx.MockTransport(answer)


def test_a_server_is_asked_with_token_and_key_and_answers_alike(tmp_path: Path) -> None:
    heard: list[httpx.Request] = []
    transport = served(
        httpx.Response(201, json={"number": "100000000010", "accepted": True, "faults": []}), heard=heard
    )
    judge = remote_judge("lodge", url="http://tq/", token="tq_x", language="fr", transport=transport)
    paper = read_paper(good(tmp_path), language="en")
    assert judge(paper)["number"] == "100000000010"
    assert heard[0].url == "http://tq/api/v1/declarations/"
    assert heard[0].headers["authorization"] == "Bearer tq_x"
    assert heard[0].headers["accept-language"] == "fr"
    assert heard[0].headers["idempotency-key"] == paper.key
    assert heard[0].content == paper.body


def test_a_busy_server_is_asked_again_when_it_says(tmp_path: Path) -> None:
    waited: list[float] = []
    busy = httpx.Response(429, json={"faults": []}, headers={"Retry-After": "7"})
    transport = served(busy, httpx.Response(200, json={"accepted": True}))
    judge = remote_judge("decide", url="http://tq", token="x", language="en", transport=transport, wait=waited.append)
    assert judge(read_paper(good(tmp_path), language="en"))["accepted"]
    assert waited == [7.0]


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(401, json={"faults": [{"message": "no"}]}),
        httpx.Response(502, text="<html>"),
        httpx.Response(200, text="[]"),
    ],
)
def test_a_server_that_is_none_or_knows_no_such_token_is_unreachable(tmp_path: Path, answer: httpx.Response) -> None:
    judge = remote_judge("lodge", url="http://tq", token="x", language="en", transport=served(answer))
    with pytest.raises(Unreachable):
        judge(read_paper(good(tmp_path), language="en"))


def test_a_rejection_by_a_server_is_told_as_a_rejection(tmp_path: Path) -> None:
    refused = httpx.Response(422, json={"accepted": False, "faults": [{"code": "TQ-DEC-001"}]})
    judge = remote_judge("lodge", url="http://tq", token="x", language="en", transport=served(refused))
    assert not judge(read_paper(good(tmp_path), language="en"))["accepted"]


def test_a_workbook_is_lodged_and_its_faults_name_cells(office: World, tmp_path: Path) -> None:
    template = blank_workbook(on=localdate(now()), language="en")
    whole = content_of(import_document(invoice="XL-1"))
    good_book = filed(tmp_path, "good.xlsx", workbook(template, whole))
    whole.lines[0]["hs"] = "0808"
    bad_book = filed(tmp_path, "bad.xlsx", workbook(template, whole))
    result = run("lodge", good_book, bad_book, "--as", DECLARANT, "--json")
    first, second = told(result)
    assert (first["status"], second["status"]) == ("accepted", "rejected"), result.output
    assert office.run_sql("SELECT source FROM declarations_declaration") == [("excel",)]
    cells = {fault["code"]: fault["cell"] for fault in second["faults"]}
    assert cells["TQ-DEC-011"] == "'Hàng hóa'!A3"
