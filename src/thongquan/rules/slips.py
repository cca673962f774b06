"""The exit slip: whether it lets this vehicle pass this gate at this moment.

Legal basis: Customs Law 54/2014/QH13 Art. 40 (goods leave the supervision area after release or clearance). That the
right to leave is a slip bound to plate, gate and hours, good for one use, is a measure of this system and not law.

A slip says all that a gate needs to know, so that it can be judged without network; whether it was used before is known
only where uses are kept.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Frozen
from thongquan.rules.worktime import HANOI


class Slip(Frozen, frozen=True, kw_only=True):
    """What a slip says. `serial` names it; it holds in [valid_from, valid_until); `gate` is a code of the gates."""

    realm: str
    serial: str
    number: str
    plate: str
    gate: str
    valid_from: datetime
    valid_until: datetime


def plain_plate(plate: str) -> str:
    """A plate as it is compared: upper case, without blanks, dots and dashes (`29C-123.45` is `29C12345`)."""
    text = unicodedata.normalize("NFKC", plate).upper()
    return "".join(character for character in text if character.isalnum())


def told_moment(at: datetime) -> str:
    """A moment as gates write it, in the time of Hà Nội, to the minute."""
    return f"{at.astimezone(HANOI):%d/%m/%Y %H:%M}"


def passing_faults(slip: Slip, *, plate: str, gate: str, at: datetime) -> tuple[Fault, ...]:
    """Every reason not to let this vehicle pass here now: TQ-CTL-082 hours, -083 plate, -084 gate, -091 no plate."""
    found: list[Fault] = []
    if not plain_plate(plate):
        found.append(Fault(code=Code.TQ_CTL_091, path="plate"))
    elif plain_plate(plate) != plain_plate(slip.plate):
        found.append(Fault(code=Code.TQ_CTL_083, path="plate", value=plate[:20], values={"plate": slip.plate}))
    if gate != slip.gate:
        found.append(Fault(code=Code.TQ_CTL_084, path="gate", value=gate[:12], values={"gate": slip.gate}))
    if not slip.valid_from <= at < slip.valid_until:
        values = {
            "valid_from": told_moment(slip.valid_from),
            "valid_until": told_moment(slip.valid_until),
            "at": told_moment(at),
        }
        found.append(Fault(code=Code.TQ_CTL_082, path="at", value=slip.serial, values=values))
    return tuple(found)
