"""Tampering with the database or with an export is found, and the first row that was touched is named."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import msgspec
import pytest

from tests.base.ledger.shared import AT, Tamper, exported, seal, verified, write
from thongquan.base.ledger import merkle, operations
from thongquan.base.ledger.encoding import entry_values
from thongquan.base.ledger.heads import BEFORE_THE_FIRST, TreeHead, read_head, sign, signing_key
from thongquan.base.ledger.lines import EndLine, EntryLine, HeadLine, Line, write_line
from thongquan.base.ledger.models import Leaf
from thongquan.base.ledger.queries import latest_head, signed_heads
from thongquan.base.ledger.verification import Unreadable, read_lines, verify_export
from thongquan.base.ledger.witness import read_heads

INDEX = 4


@pytest.fixture
def sealed(ledger: Path) -> Path:
    """An origin and nine entries under two heads: leaves 0-4 and 5-9."""
    write(4)
    seal()
    write(5, start=20)
    seal()
    return ledger


def entry_id(index: int) -> int:
    return Leaf.objects.get(index=index).entry_id


def first(**options: object) -> tuple[str, int | None, int | None]:
    found = verified(**options).first
    assert found is not None, "nothing was found"
    return found.kind, found.index, found.entry_id


def test_an_untouched_ledger_verifies(sealed: Path) -> None:
    report = verified()
    assert (report.entries, report.heads, report.waiting, report.realm) == (10, 2, 0, "practice")
    assert report.first is None


def test_an_export_may_be_written_read_and_verified_without_the_database(sealed: Path, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    file.write_bytes(b"".join(write_line(line) + b"\n" for line in exported()))
    with file.open("rb") as raw:
        assert verify_export(read_lines(raw)).findings == []


def test_one_altered_byte_of_details_names_the_row(sealed: Path, tamper: Tamper) -> None:
    row = entry_id(INDEX)
    tamper("UPDATE ledger_entry SET details = set_byte(details, 3, get_byte(details, 3) # 1) WHERE id = %s", row)
    assert first() == ("altered", INDEX, row)
    assert len(verified().findings) == 1


def test_a_byte_that_is_no_text_any_more_is_exported_and_named(sealed: Path, tamper: Tamper) -> None:
    row = entry_id(INDEX)
    tamper("UPDATE ledger_entry SET details = set_byte(details, 3, 255) WHERE id = %s", row)
    assert first() == ("altered", INDEX, row)


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'user:13'",
        "action = 'declaration.released'",
        "subject = 'declaration:9'",
        "at = at + interval '1 microsecond'",
        "at = 'infinity'",
        "salt = set_byte(salt, 0, get_byte(salt, 0) # 1)",
        "leaf = set_byte(leaf, 31, get_byte(leaf, 31) # 1)",
    ],
)
def test_every_altered_column_names_the_row(sealed: Path, tamper: Tamper, change: str) -> None:
    row = entry_id(INDEX)
    tamper(f"UPDATE ledger_entry SET {change} WHERE id = %s", row)
    assert first() == ("altered", INDEX, row)


def test_the_earliest_of_several_altered_rows_comes_first(sealed: Path, tamper: Tamper) -> None:
    for index in (8, 2, 6):
        tamper("UPDATE ledger_entry SET actor = 'user:13' WHERE id = %s", entry_id(index))
    assert first() == ("altered", 2, entry_id(2))
    assert len(verified().findings) == 3


def forged() -> tuple[bytes, bytes, bytes]:
    values = entry_values(
        action="declaration.lodged", subject="declaration:101234567890", actor="user:66", at=AT, details={}
    )
    return values.details, values.salt, values.leaf


def replace_entry(tamper: Tamper, index: int) -> bytes:
    details, salt, leaf = forged()
    tamper(
        "UPDATE ledger_entry SET actor = 'user:66', at = %s, details = %s, salt = %s, leaf = %s WHERE id = %s",
        *(AT, details, salt, leaf, entry_id(index)),
    )
    return leaf


def test_content_replaced_with_a_fitting_leaf_is_named_by_the_tree(sealed: Path, tamper: Tamper) -> None:
    replace_entry(tamper, INDEX)
    assert first() == ("altered", INDEX, entry_id(INDEX))


@pytest.mark.parametrize("index", [2, 3, 6, 9])
def test_content_leaf_and_tree_replaced_together_are_found_by_the_kept_hashes(
    sealed: Path, tamper: Tamper, index: int
) -> None:
    leaf = replace_entry(tamper, index)
    tamper("UPDATE ledger_leaf SET hash = %s WHERE index = %s", leaf, index)
    found = verified().first
    assert found is not None
    assert (found.kind, found.index, found.last) == ("altered", index & ~1, index | 1)


def test_all_hashes_replaced_are_found_by_the_signed_root(sealed: Path, tamper: Tamper) -> None:
    leaf = replace_entry(tamper, 6)
    tamper("UPDATE ledger_leaf SET hash = %s WHERE index = 6", leaf)
    rewrite_nodes(tamper)
    found = verified().first
    assert found is not None
    assert (found.kind, found.index, found.last) == ("root", 5, 9)


def rewrite_nodes(tamper: Tamper) -> list[bytes]:
    hashes = [bytes(value) for value in Leaf.objects.order_by("index").values_list("hash", flat=True)]
    frontier = merkle.Frontier()
    for place, value in (node for leaf in hashes for node in frontier.append(leaf)):
        tamper("UPDATE ledger_node SET hash = %s WHERE level = %s AND index = %s", value, place.level, place.index)
    return hashes


def rewrite_heads(tamper: Tamper, key_file: Path) -> None:
    """Sign the whole history anew, as one who has the database and a key can."""
    hashes, key, previous = rewrite_nodes(tamper), signing_key(key_file), BEFORE_THE_FIRST
    for old in list(signed_heads()):
        head = dataclasses.replace(
            old.head, root=merkle.tree_head(hashes[: old.head.size]), previous=previous, key_id=key.key_id
        )
        signed, previous = sign(head, key), head.digest()
        tamper(
            "UPDATE ledger_head SET root = %s, previous = %s, signature = %s, key_id = %s WHERE size = %s",
            *(head.root, head.previous, signed.signature, head.key_id, head.size),
        )


def test_history_signed_anew_with_another_key_is_found(sealed: Path, tamper: Tamper) -> None:
    leaf = replace_entry(tamper, INDEX)
    tamper("UPDATE ledger_leaf SET hash = %s WHERE index = %s", leaf, INDEX)
    rewrite_heads(tamper, sealed / "stolen.ed25519")
    assert {finding.kind for finding in verified().findings} >= {"signature", "key"}


def test_history_signed_anew_with_the_stolen_key_is_found_by_the_witness_only(sealed: Path, tamper: Tamper) -> None:
    operations.publish_heads()
    witness = read_heads(sealed / "witness" / "heads-2026-03.jsonl")
    assert verified(witness=witness).findings == []
    leaf = replace_entry(tamper, 7)
    tamper("UPDATE ledger_leaf SET hash = %s WHERE index = 7", leaf)
    rewrite_heads(tamper, sealed / "secrets" / "ledger.ed25519")
    assert verified().findings == [], "without a witness nobody could tell"
    found = verified(witness=witness).first
    assert found is not None
    assert (found.kind, found.index, found.last) == ("witness", 5, 9)


def test_a_ledger_cut_back_to_an_older_head_is_found_by_the_witness(sealed: Path, tamper: Tamper) -> None:
    operations.publish_heads()
    witness = read_heads(sealed / "witness" / "heads-2026-03.jsonl")
    tamper("DELETE FROM ledger_head WHERE size = 10")
    tamper("DELETE FROM ledger_node WHERE ((index + 1) << level) > 5")
    tamper("DELETE FROM ledger_entry WHERE id IN (SELECT entry_id FROM ledger_leaf WHERE index >= 5)")
    tamper("DELETE FROM ledger_leaf WHERE index >= 5")
    assert verified().findings == []
    assert first(witness=witness)[:2] == ("witness", 5)


def test_a_deleted_row_is_named(sealed: Path, tamper: Tamper) -> None:
    row = entry_id(INDEX)
    tamper("DELETE FROM ledger_entry WHERE id = %s", row)
    assert first() == ("deleted", INDEX, row)


@pytest.mark.parametrize("index", [0, 4, 9])
def test_a_row_deleted_with_its_leaf_is_named(sealed: Path, tamper: Tamper, index: int) -> None:
    tamper("DELETE FROM ledger_entry WHERE id = %s", entry_id(index))
    tamper("DELETE FROM ledger_leaf WHERE index = %s", index)
    assert first()[:2] == ("missing", index)


def test_an_entry_slipped_in_behind_the_sealer_is_named(sealed: Path, tamper: Tamper) -> None:
    row = entry_id(2)
    tamper(
        "INSERT INTO ledger_entry (xid, at, actor, action, subject, details, salt, leaf) "
        "SELECT xid, at, actor, action, subject, details, salt, leaf FROM ledger_entry WHERE id = %s",
        row,
    )
    kind, index, slipped = first()
    assert (kind, index) == ("skipped", None)
    assert slipped is not None
    assert slipped > entry_id(9)


def test_two_rows_that_changed_places_are_named(sealed: Path, tamper: Tamper) -> None:
    third, fourth = entry_id(3), entry_id(4)
    tamper("UPDATE ledger_leaf SET entry_id = %s WHERE index = 3", -1)
    tamper("UPDATE ledger_leaf SET entry_id = %s WHERE index = 4", third)
    tamper("UPDATE ledger_leaf SET entry_id = %s WHERE index = 3", fourth)
    assert first()[:2] == ("altered", 3)


def test_a_changed_transaction_id_is_out_of_order(sealed: Path, tamper: Tamper) -> None:
    row = entry_id(9)
    tamper("UPDATE ledger_entry SET xid = '3' WHERE id = %s", row)
    assert first() == ("order", 9, row)
    tamper("UPDATE ledger_entry SET xid = '9000000000000' WHERE id = %s", row)
    assert first() == ("order", 9, row)


def test_a_kept_hash_alone_that_was_changed_accuses_no_row(sealed: Path, tamper: Tamper) -> None:
    tamper("UPDATE ledger_node SET hash = %s WHERE level = 1 AND index = 1", bytes(32))
    assert [(finding.kind, finding.index, finding.last) for finding in verified().findings] == [("cache", 2, 3)]


def test_heads_that_lost_their_order_are_found(sealed: Path, tamper: Tamper) -> None:
    tamper("DELETE FROM ledger_head WHERE size = 5")
    assert {finding.kind for finding in verified().findings} == {"chain"}


def test_leaves_without_a_head_are_found(sealed: Path, tamper: Tamper) -> None:
    tamper("DELETE FROM ledger_head WHERE size = 10")
    found = verified().first
    assert found is not None
    assert (found.kind, found.index, found.last) == ("root", 5, 9)


def test_only_trusted_keys_may_sign(sealed: Path) -> None:
    signed = latest_head()
    assert signed is not None
    assert verified(trusted_keys=[signed.head.key_id]).findings == []
    assert {finding.kind for finding in verified(trusted_keys=["0" * 16]).findings} == {"key"}


def test_a_ledger_whose_origin_is_of_another_database_is_found(sealed: Path, tamper: Tamper) -> None:
    tamper("UPDATE core_realm SET identity = gen_random_uuid()")
    assert {finding.kind for finding in verified().findings} == {"origin", "signature", "chain"}


def test_a_ledger_without_origin_says_so(empty_ledger: Path) -> None:
    write(1)
    seal()
    assert {finding.kind for finding in verified().findings} == {"origin", "key"}


def test_an_empty_ledger_verifies(ledger: Path) -> None:
    report = verified()
    assert (report.entries, report.waiting, report.findings) == (0, 1, [])


def broken(lines: list[Line], name: str) -> list[Line]:
    entry = next(line for line in lines if isinstance(line, EntryLine))
    head = next(line for line in lines if isinstance(line, HeadLine))
    return {
        "cut off": lines[:-1],
        "no header": lines[1:],
        "two headers": [lines[0], *lines],
        "after the end": [*lines, entry],
        "not hexadecimal": [lines[0], msgspec.structs.replace(entry, hash="zz"), lines[-1]],
        "head without size": [lines[0], HeadLine({**head.head, "size": "many"}), lines[-1]],
        "head of another format": [lines[0], HeadLine({**head.head, "format": "2"}), lines[-1]],
        "empty": [],
    }[name]


@pytest.mark.parametrize(
    "name",
    [
        *("cut off", "no header", "two headers", "after the end", "not hexadecimal", "head without size"),
        *("head of another format", "empty"),
    ],
)
def test_what_is_no_whole_export_is_unreadable(sealed: Path, name: str) -> None:
    with pytest.raises(Unreadable):
        verify_export(broken(exported(), name))


@pytest.mark.parametrize("raw", [b"not json", b"{}", b'{"type":"song"}', b"\xff\xfe", b'{"type":"end","entries":"x"}'])
def test_lines_that_are_none_are_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable, match="line 1"):
        list(read_lines([raw]))


def test_an_export_edited_by_hand_is_found(sealed: Path) -> None:
    lines = exported()
    lines = [line for line in lines if not (isinstance(line, EntryLine) and line.index == 9)]
    found = verify_export(lines).first
    assert found is not None
    assert (found.kind, found.index) == ("missing", 9)
    end = next(line for line in lines if isinstance(line, EndLine))
    assert end.entries == 10


def test_a_head_reads_back_as_it_was_written(sealed: Path) -> None:
    signed = latest_head()
    assert signed is not None
    assert read_head(json.loads(json.dumps(signed.words()))) == signed
    assert isinstance(signed.head, TreeHead)
    assert not dataclasses.replace(signed, public=bytes(32)).is_genuine()
    assert not dataclasses.replace(signed, signature=bytes(64)).is_genuine()
