"""What a case became is done by rooms above: their handlers bring the act, and what came of it is written down.

The act runs in the name of who closed the case, with the rights that person has; where these do not reach, the leaders
of the declaration's office are told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import msgspec
from django.db import transaction

from thongquan.base.accounts.queries import Actor, actor_behind
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import Message
from thongquan.clearance.classification.operations.cases import note_on_case
from thongquan.clearance.classification.queries.cases import Doubtful, is_noted


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """One declaration of a case: the words of who closed it, and the lines whose code is in doubt."""

    number: str
    words: str
    lines: tuple[Doubtful, ...]


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    case: int
    actor: str
    words: str
    lines: tuple[Doubtful, ...] = ()


Act = Callable[[Actor, Work, datetime], Mapping[str, object]]
"""Does it for one declaration and gives what is to be written with it (`audit`); raises as operations do."""


def carry_out(messages: Sequence[Message], *, step: str, act: Act) -> None:
    """Do what cases became, a declaration at a time; each is written on its case under `step`, or why it was not done.

    Idempotent: a declaration is done once for each message.
    """
    for message in messages:
        told = msgspec.json.decode(message.payload, type=_Told)
        actor = actor_behind(told.actor, message.at)
        lines: dict[str, list[Doubtful]] = defaultdict(list)
        for one in told.lines:
            lines[one.declaration].append(one)
        for subject, own in lines.items():
            once = f"{message.id}:{subject}"
            if not is_noted(case=told.case, once=once):
                work = Work(number=own[0].number, words=told.words, lines=tuple(own))
                done, data = _tried(act, actor, work, message.at)
                note_on_case(case=told.case, step=done or step, data=data, once=once, by=actor.reference, at=message.at)


def _tried(act: Act, actor: Actor, work: Work, at: datetime) -> tuple[str, dict[str, object]]:
    """What became of it ('' where it was done) and what is written on the case."""
    first = work.lines[0]
    data: dict[str, object] = {"declaration": first.declaration, "number": work.number, "office": first.office}
    try:
        with transaction.atomic():
            return "", {**data, **act(actor, work, at)}
    except Refused as refused:
        return "not_done", {**data, "faults": msgspec.to_builtins(refused.faults)}
    except (NotAllowed, NotFound):
        return "handed_on", data
