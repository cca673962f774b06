"""A declarant's proof: it stands on its own, offline, and fails when anything in it is altered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.base.ledger.shared import seal, write
from thongquan.base.ledger import operations
from thongquan.base.ledger.lines import ProofFile, write_line
from thongquan.base.ledger.queries import inclusion_proofs, signed_heads
from thongquan.base.ledger.verification import Unreadable, verify_proof
from thongquan.base.ledger.witness import read_heads

MINE = "declaration:101234567890"
OTHER = "declaration:109999999999"


@pytest.fixture
def proof(ledger: Path) -> ProofFile:
    """Three events of mine among forty of another, under two heads."""
    write(20, subject=OTHER)
    write(1, subject=MINE)
    seal()
    write(20, start=50, subject=OTHER)
    write(2, start=90, subject=MINE)
    seal()
    return inclusion_proofs(MINE)


def altered(proof: ProofFile, **changes: Any) -> bytes:
    """The file with fields of its second event replaced, or of the head where the name begins with `head_`."""
    words = json.loads(write_line(proof))
    for name, value in changes.items():
        if name.startswith("head_"):
            words["head"][name.removeprefix("head_")] = value
        else:
            words["proofs"][1][name] = value
    return json.dumps(words).encode()


def kinds(content: bytes, **options: Any) -> set[str]:
    return {finding.kind for finding in verify_proof(content, **options).findings}


def test_the_events_of_one_declaration_are_proved_offline(proof: ProofFile) -> None:
    report = verify_proof(write_line(proof))
    assert (report.entries, report.waiting, report.findings) == (3, 0, [])
    assert {entry.subject for entry in proof.proofs} == {MINE}
    assert all(len(entry.path) <= 6 for entry in proof.proofs)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"details": '{"note":"Hữu Nghị","number":91}'}, "altered"),
        ({"actor": "user:13"}, "altered"),
        ({"at": "2026-03-02T08:31:31.000000Z"}, "altered"),
        ({"salt": "00" * 16}, "altered"),
        ({"hash": "00" * 32}, "altered"),
        ({"leaf": "00" * 32}, "altered"),
        ({"index": 3}, "path"),
        ({"index": 4000}, "path"),
        ({"path": []}, "path"),
        ({"head_root": "00" * 32}, "path"),
        ({"head_root": "00" * 32}, "signature"),
        ({"head_size": 43}, "signature"),
        ({"head_at": "2020-01-01T00:00:00.000000Z"}, "signature"),
        ({"head_identity": "another"}, "signature"),
        ({"head_signature": "00" * 64}, "signature"),
        ({"head_public_key": "00" * 32}, "signature"),
        ({"head_key": "0" * 16}, "signature"),
    ],
)
def test_an_altered_proof_fails(proof: ProofFile, changes: dict[str, Any], kind: str) -> None:
    assert kind in kinds(altered(proof, **changes))


def test_a_proof_of_another_subject_is_no_proof_of_this_one(proof: ProofFile) -> None:
    words = json.loads(write_line(proof))
    words["subject"] = OTHER
    assert kinds(json.dumps(words).encode()) == {"subject"}


def test_a_head_by_an_untrusted_key_or_unknown_to_the_witness_is_told(proof: ProofFile, ledger: Path) -> None:
    assert kinds(write_line(proof), trusted_keys=["0" * 16]) == {"key"}
    heads = list(signed_heads())
    assert kinds(write_line(proof), witness=heads) == set()
    lie = altered(proof, head_at="2020-01-01T00:00:00.000000Z")
    assert kinds(lie, witness=heads) == {"signature", "witness"}


def test_what_waits_is_said_and_not_claimed(ledger: Path) -> None:
    write(2, subject=MINE)
    before = inclusion_proofs(MINE)
    assert (before.head, before.proofs, before.waiting) == (None, [], 2)
    assert verify_proof(write_line(before)).waiting == 2
    seal()
    write(1, start=9, subject=MINE)
    after = inclusion_proofs(MINE)
    assert (len(after.proofs), after.waiting) == (2, 1)


def test_a_proof_reads_few_rows_however_long_the_ledger(ledger: Path) -> None:
    write(1, subject=MINE)
    for round_ in range(4):
        write(16, start=round_ * 20, subject=OTHER)
        seal()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        proved = inclusion_proofs(MINE)
    assert len(proved.proofs[0].path) == 7
    assert len(queries) <= 10


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"format":"x","subject":"a","head":null,"proofs":[]}',
        b'{"format":"thongquan-ledger-proof-1","subject":"a","head":null,"proofs":[{"index":0,"hash":"","id":1}]}',
        b'{"format":"thongquan-ledger-proof-1","subject":"a","head":{},"proofs":[]}',
        b'{"format":"thongquan-ledger-proof-1","subject":"a","head":{"format":"x"},"proofs":[]}',
    ],
)
def test_what_is_no_proof_is_unreadable(content: bytes) -> None:
    with pytest.raises(Unreadable):
        verify_proof(content)


def test_hexadecimal_that_is_none_is_unreadable(proof: ProofFile) -> None:
    with pytest.raises(Unreadable):
        verify_proof(altered(proof, path=["zz"]))


def test_heads_are_published_once_and_a_torn_line_is_written_again(proof: ProofFile, ledger: Path) -> None:
    assert operations.publish_heads() == 2
    assert operations.publish_heads() == 0
    file = ledger / "witness" / "heads-2026-03.jsonl"
    content = file.read_bytes()
    file.write_bytes(content[:-20])
    assert operations.publish_heads() == 1
    assert file.read_bytes() == content
    assert read_heads(file) == list(signed_heads())


def test_a_saved_heads_document_serves_as_witness(proof: ProofFile, tmp_path: Path) -> None:
    saved = tmp_path / "heads.json"
    saved.write_text(json.dumps({"heads": [signed.words() for signed in signed_heads()]}))
    assert read_heads(saved) == list(signed_heads())
    alone = tmp_path / "one.jsonl"
    alone.write_text(json.dumps(next(iter(signed_heads())).words()) + "\n")
    assert [signed.head.size for signed in read_heads(alone)] == [22]
