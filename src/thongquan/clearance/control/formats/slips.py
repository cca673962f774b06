"""The code of an exit slip: short enough for a square of two centimeters, signed, read anywhere without a database.

`TQ1` and then, in base32 without padding: the first four bytes of the key's name, the Ed25519 signature (64 bytes) and
the body, a JSON list of realm, serial, number, plate, gate, first minute (since 1970, UTC) and minutes of validity.
Base32 keeps to the capital letters and digits that squares hold best and hand scanners type right on any keyboard.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO

import msgspec
import segno
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from thongquan.base.core.faults import Refused
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.slips import Slip

PREFIX = "TQ1"
SIGNED_AS = b"thongquan exit slip 1\n"
KEY_FORMAT = "thongquan-slip-key-1"
MARK_BYTES, SIGNATURE_BYTES, PUBLIC_BYTES = 4, 64, 32
LONGEST_CODE = 600
SERIAL_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SERIAL_LENGTH = 10
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, ".": None})
_MINUTE = timedelta(minutes=1)
_START = datetime(1970, 1, 1, tzinfo=UTC)
_body = msgspec.json.Decoder(tuple[str, str, str, str, str, int, int])
LATEST_MINUTE = 100_000_000


def mark_of(public: bytes) -> bytes:
    """Which key signed: the first four bytes of the key's SHA-256, as in the ledger's names of keys."""
    return hashlib.sha256(public).digest()[:MARK_BYTES]


def encode(slip: Slip, private: Ed25519PrivateKey) -> str:
    """Sign a slip and write its code. Its hours are whole minutes."""
    begin, length = (slip.valid_from - _START) // _MINUTE, (slip.valid_until - slip.valid_from) // _MINUTE
    words = [slip.realm, slip.serial, slip.number, slip.plate, slip.gate, begin, length]
    body = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
    public = private.public_key().public_bytes_raw()
    raw = mark_of(public) + private.sign(SIGNED_AS + body) + body
    return PREFIX + base64.b32encode(raw).decode().rstrip("=")


def is_code(text: str) -> bool:
    """Whether a text looks like the code of a slip rather than its ten characters."""
    return text.strip().upper().startswith(PREFIX) and len(text.strip()) > SERIAL_LENGTH + len(PREFIX)


def plain_serial(text: str) -> str:
    """The ten characters as they are kept; letters that look like digits are read as digits."""
    return text.strip().upper().translate(_LOOKALIKES)


def shown_serial(serial: str) -> str:
    """The ten characters in two groups, for people."""
    return f"{serial[:5]}-{serial[5:]}"


def decode(code: str, keys: Iterable[bytes]) -> Slip:
    """Read a slip and check its signature against public keys (32 bytes each).

    Raises `Refused` with TQ-CTL-080 (no slip) or TQ-CTL-081 (changed, forged, or of a key that is not trusted).
    """
    raw = _raw(code)
    mark, signature, body = raw[:MARK_BYTES], raw[MARK_BYTES:][:SIGNATURE_BYTES], raw[MARK_BYTES + SIGNATURE_BYTES :]
    if not any(_is_signed(public, mark, signature, body) for public in keys):
        raise Refused([Fault(code=Code.TQ_CTL_081, path="code", value=code[:24])])
    return _slip(code, body)


def _raw(code: str) -> bytes:
    text = "".join(code.split()).upper()
    if not text.startswith(PREFIX) or len(text) > LONGEST_CODE:
        raise _no_slip(code)
    body = text[len(PREFIX) :]
    try:
        raw = base64.b32decode(body + "=" * (-len(body) % 8))
    except ValueError as error:  # also what is not ASCII
        raise _no_slip(code) from error
    if len(raw) <= MARK_BYTES + SIGNATURE_BYTES:
        raise _no_slip(code)
    return raw


def _is_signed(public: bytes, mark: bytes, signature: bytes, body: bytes) -> bool:
    if mark_of(public) != mark:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, SIGNED_AS + body)
    except (InvalidSignature, ValueError):
        return False
    return True


def _slip(code: str, body: bytes) -> Slip:
    try:
        realm, serial, number, plate, gate, begin, length = _body.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _no_slip(code) from error
    if not (0 <= begin <= LATEST_MINUTE and 0 < length <= LATEST_MINUTE):
        raise _no_slip(code)
    valid_from = _START + begin * _MINUTE
    return Slip(
        realm=realm,
        serial=serial,
        number=number,
        plate=plate,
        gate=gate,
        valid_from=valid_from,
        valid_until=valid_from + length * _MINUTE,
    )


def _no_slip(code: str) -> Refused:
    return Refused([Fault(code=Code.TQ_CTL_080, path="code", value=code[:24])])


def key_words(realm: str, public: bytes) -> dict[str, str]:
    """The public key as the file that gates keep."""
    return {
        "format": KEY_FORMAT,
        "realm": realm,
        "key": hashlib.sha256(public).hexdigest()[:16],
        "public_key": public.hex(),
    }


def read_key(words: Mapping[str, object]) -> bytes:
    """The public key in such a file. Raises ValueError when it is none."""
    public = bytes.fromhex(str(words.get("public_key", "")))
    if words.get("format") != KEY_FORMAT or len(public) != PUBLIC_BYTES:
        message = "not a key file of exit slips"
        raise ValueError(message)
    return public


def square_of(code: str) -> str:
    """The code as a QR square: an SVG element without style, to stand in a page."""
    out = BytesIO()
    segno.make(code, error="m", micro=False, boost_error=False).save(
        out, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4, svgclass="ct-square", lineclass=None
    )
    return out.getvalue().decode()
