"""Who judges a file: the program itself on its own database, or a server over HTTP. Both answer alike."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx
import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import OperationError
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import told_faults
from thongquan.clearance.declarations.api.bodies import SIGNATURE, decision_answer
from thongquan.clearance.declarations.operations import decide_declaration, lodge_signed
from thongquan.config.cli.filing import Paper
from thongquan.rules.decision import Fault

Answer = dict[str, Any]
Judge = Callable[[Paper], Answer]
Sign = Callable[[bytes], str]
TIMEOUT_SECONDS = 30.0
TRIES, BUSY = 5, frozenset({429, 503})
PATHS = {"lodge": "/api/v1/declarations/", "decide": "/api/v1/declarations/decide"}


class Unreachable(Exception):  # noqa: N818  (the state of a server, told to a person)
    """The server did not answer, or not as Thông Quan does."""


def local_judge(verb: str, actor: Actor, *, sign: Sign | None = None) -> Judge:
    """Judge on the database of this installation, as this person; `sign` signs what is lodged."""

    def judge(paper: Paper) -> Answer:
        try:
            return _lodged(paper, actor, sign) if verb == "lodge" else _tried(paper, actor)
        except Refused as refused:
            return {"accepted": False, "faults": told_faults(refused.faults)}
        except OperationError as error:
            fault = Fault(code=error.code, values={"detail": error.detail})
            return {"accepted": False, "faults": told_faults([fault])}

    return judge


def _lodged(paper: Paper, actor: Actor, sign: Sign | None) -> Answer:
    lodged = lodge_signed(
        actor=actor,
        document=paper.document,
        body=paper.body,
        signature=sign(paper.body) if sign else "",
        at=now(),
        source=paper.source,
        idempotency_key=paper.key,
    )
    head = {"number": lodged.number, "state": lodged.state, "registered_at": lodged.registered_at}
    return {**head, **decision_answer(lodged.decision)}


def _tried(paper: Paper, actor: Actor) -> Answer:
    return decision_answer(decide_declaration(actor=actor, document=paper.document, at=now()))


def remote_judge(
    verb: str,
    *,
    url: str,
    token: str,
    language: str,
    sign: Sign | None = None,
    transport: httpx.BaseTransport | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Judge:
    """Let a server judge; one connection for all files. Judging raises `Unreachable`.

    A server that is busy says when to come again; until then it is waited, a few times.
    """
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": language}
    client = httpx.Client(base_url=url.rstrip("/"), headers=headers, timeout=TIMEOUT_SECONDS, transport=transport)

    def judge(paper: Paper) -> Answer:
        sent = {"Content-Type": paper.media, **(_lodging_headers(paper, sign) if verb == "lodge" else {})}
        try:
            answer = client.post(PATHS[verb], content=paper.body, headers=sent)
            for _ in range(TRIES):
                if answer.status_code not in BUSY:
                    break
                wait(float(answer.headers.get("Retry-After", "1")))
                answer = client.post(PATHS[verb], content=paper.body, headers=sent)
            return _body(answer)
        except (httpx.HTTPError, ValueError) as error:
            raise Unreachable(str(error)) from error

    return judge


def _lodging_headers(paper: Paper, sign: Sign | None) -> dict[str, str]:
    return {"Idempotency-Key": paper.key, **({SIGNATURE: sign(paper.body)} if sign else {})}


def _body(answer: httpx.Response) -> Answer:
    """What the API said. Raises ValueError when it is not the API, or when it does not know the token."""
    body = msgspec.json.decode(answer.content)
    if not isinstance(body, dict) or answer.status_code >= 500 or answer.status_code in (401, 404):
        told = [str(fault.get("message")) for fault in body.get("faults", [])] if isinstance(body, dict) else []
        message = " ".join([f"HTTP {answer.status_code}.", *told])
        raise ValueError(message)
    return {"accepted": answer.is_success, **body}
