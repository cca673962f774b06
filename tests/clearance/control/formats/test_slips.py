"""The code of a slip: short, read back as written, and worthless once a single character is changed."""

from __future__ import annotations

import base64
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from thongquan.base.core.faults import Refused
from thongquan.clearance.control.formats.slips import (
    PREFIX,
    SIGNED_AS,
    decode,
    encode,
    is_code,
    key_words,
    mark_of,
    plain_serial,
    read_key,
    square_of,
)
from thongquan.rules.codes import Code
from thongquan.rules.slips import Slip

PRIVATE = Ed25519PrivateKey.generate()
KEYS = [PRIVATE.public_key().public_bytes_raw()]
BEGIN = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def slip(plate: str = "桂FA1234") -> Slip:
    return Slip(
        realm="practice",
        serial="7K3M9QXT2P",
        number="101234567890",
        plate=plate,
        gate="LS01",
        valid_from=BEGIN,
        valid_until=BEGIN + timedelta(hours=4),
    )


def refusal(code: str, keys: list[bytes] = KEYS) -> str:
    with pytest.raises(Refused) as refused:
        decode(code, keys)
    return refused.value.faults[0].code


@given(st.text(max_size=20))
def test_a_slip_is_read_as_it_was_written(plate: str) -> None:
    assert decode(encode(slip(plate), PRIVATE), KEYS) == slip(plate)


def test_it_is_small_enough_to_scan_and_read_in_small_letters_too() -> None:
    code = encode(slip(), PRIVATE)
    assert re.fullmatch(r"[A-Z0-9]+", code)
    square = segno.make(code, error="m", micro=False)
    assert int(square.version) <= 10
    assert square.mode == "alphanumeric"
    assert decode(f"  {code.lower()[:80]}\n{code.lower()[80:]} ", KEYS) == slip()


def test_any_changed_character_is_found() -> None:
    code = encode(slip(), PRIVATE)
    for place in range(len(PREFIX), len(code) - 1):  # the last character holds bits that no byte has
        other = "A" if code[place] != "A" else "B"
        assert refusal(code[:place] + other + code[place + 1 :]) in {Code.TQ_CTL_081, Code.TQ_CTL_080}


def test_another_key_does_not_count_and_a_stolen_name_of_a_key_neither() -> None:
    forger = Ed25519PrivateKey.generate()
    assert refusal(encode(slip(), forger)) == Code.TQ_CTL_081
    body = json.dumps(["practice", "7K3M9QXT2P", "101234567890", "29C1", "LS01", 1, 9]).encode()
    forged = mark_of(KEYS[0]) + forger.sign(SIGNED_AS + body) + body
    assert refusal(PREFIX + base64.b32encode(forged).decode().rstrip("=")) == Code.TQ_CTL_081


@pytest.mark.parametrize(
    "text", ["", "TQ1", "hello", "TQ1" + "A" * 40, "TQ1é", "TQ1" + "A" * 900, "TQ1!!!!" + "A" * 300]
)
def test_what_is_no_slip_is_said_to_be_none(text: str) -> None:
    assert refusal(text) == Code.TQ_CTL_080


def test_a_well_signed_body_that_is_no_slip_is_refused() -> None:
    for body in (b"[]", b"{}", b'["a","b","c","d","e",-1,5]', b'["a","b","c","d","e",1,0]', b"\xff"):
        raw = mark_of(KEYS[0]) + PRIVATE.sign(SIGNED_AS + body) + body
        assert refusal(PREFIX + base64.b32encode(raw).decode().rstrip("=")) == Code.TQ_CTL_080


def test_ten_characters_are_read_however_they_are_typed() -> None:
    assert plain_serial(" 7k3m9-qxt2p ") == "7K3M9QXT2P"
    assert plain_serial("O0IL1") == "00111"
    assert not is_code("TQ1K3M9-QXT2P")
    assert is_code(encode(slip(), PRIVATE))


def test_the_key_file_is_read_back_and_nothing_else_is_one() -> None:
    assert read_key(key_words("practice", KEYS[0])) == KEYS[0]
    for words in ({}, {"format": "x", "public_key": KEYS[0].hex()}, {**key_words("p", KEYS[0]), "public_key": "00"}):
        with pytest.raises(ValueError, match="key file"):
            read_key(words)


def test_the_square_stands_in_a_page_without_style() -> None:
    square = square_of(encode(slip(), PRIVATE))
    assert square.startswith("<svg ")
    assert "style" not in square
    assert 'class="ct-square"' in square
