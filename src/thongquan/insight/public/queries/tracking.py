"""Where a declaration stands, for whoever knows its number and its code.

The code is computed from the number with a secret of this installation: nothing is stored, and nobody can guess it (50
bits, and few tries a minute). A wrong number and a wrong code are answered alike, and without looking anything up.
What is told holds neither names nor goods nor amounts, neither the channel nor its reasons.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

import msgspec

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.secrets import secret
from thongquan.clearance.declarations.numbers import key_of_number, subject_of
from thongquan.clearance.declarations.queries import Happened, Stand, events_of, stand_by_subject
from thongquan.clearance.declarations.queries.clocks import Due, clocks_of_declaration
from thongquan.clearance.declarations.states import State, Step

SECRET_NAME = "track.key"  # noqa: S105  (the name of a file, not its content)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which people take for others."""
LENGTH, HALF = 10, 5
ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})
GREEN, RED = 1, 3
TOLD = frozenset(
    {
        "lodged",
        Step.FILE_DOCUMENTS,
        Step.DOCUMENTS_CHECKED,
        Step.PRESENT_GOODS,
        Step.GOODS_INSPECTED,
        Step.INSTRUCT,
        Step.AMEND,
        Step.AMEND_AFTER,
        Step.SETTLE,
        Step.RELEASE,
        Step.CLEAR,
        Step.PRESERVE,
        Step.EXIT,
        Step.CANCEL,
        Step.EXPIRE,
    }
)
"""What of the story is told; the rest concerns the parties alone."""


class Tracked(msgspec.Struct, frozen=True, kw_only=True):
    """Where it stands: state, what comes next (a word of `words.NEXT`), the clock that matters, and the story."""

    number: str
    flow: str
    state: str
    next: str
    due: Due | None
    registered_at: datetime
    story: tuple[tuple[str, datetime], ...]


def tracking_code(number: str) -> str:
    """The code of a declaration, the same for all its numbers: `7K3QW-8MZ2R`."""
    digest = hmac.digest(secret(SECRET_NAME), b"track:%d" % key_of_number(number), hashlib.sha256)
    bits = int.from_bytes(digest[:8], "big")
    text = "".join(LETTERS[bits >> (5 * place) & 31] for place in range(LENGTH))
    return f"{text[:HALF]}-{text[HALF:]}"


def code_fits(number: str, code: str) -> bool:
    """Compared in a time that tells nothing; case, spaces and letters that look alike do not matter."""
    given = "".join(code.upper().split()).replace("-", "").translate(ALIKE)
    wanted = tracking_code(number).replace("-", "")
    return bool(key_of_number(number)) and hmac.compare_digest(given.encode(), wanted.encode())


def tracked(*, number: str, code: str, at: datetime) -> Tracked | None:
    """What may be told to whoever has the code; None when number and code do not fit together, whichever is wrong."""
    plain = "".join(number.split())
    if not code_fits(plain, code):
        return None
    stand = stand_by_subject(subject_of(key_of_number(plain)))
    if stand is None:
        return None
    events = events_of(stand.number)
    declarant = system_actor("track", enterprises=[stand.tax_code])
    _, due = clocks_of_declaration(actor=declarant, stand=stand, at=at)
    return Tracked(
        number=stand.number,
        flow=stand.flow,
        state=stand.state,
        next=_next(stand, events),
        due=due,
        registered_at=stand.registered_at,
        story=tuple((one.kind, one.at) for one in reversed(events) if one.kind in TOLD),
    )


def _next(stand: Stand, events: list[Happened]) -> str:
    """What has to happen now for it to go on."""
    state, done = State(stand.state), {one.kind for one in events}
    if state not in (State.CHANNELED, State.SETTLED):
        return str(state)
    if stand.channel > GREEN and Step.DOCUMENTS_CHECKED not in done:
        return "documents_checked" if Step.FILE_DOCUMENTS in done else "file_documents"
    if stand.channel == RED and Step.GOODS_INSPECTED not in done:
        return "goods_inspected" if Step.PRESENT_GOODS in done else "present_goods"
    return "clear" if state is State.SETTLED else "settle"
