"""When the worker passes on: at once on a calm machine, later and together on a busy one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import cast

import psutil
import pytest

from tests.base.ledger.shared import wait_until_settled
from tests.world import World, as_json, import_document
from thongquan.base.core.outbox import Message, Subscription
from thongquan.base.core.processors import Load
from thongquan.config import worker
from thongquan.config.pacing import BUSY_SECONDS, CALM_SECONDS, PATIENCE_SECONDS, Patience


@pytest.fixture
def processors(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets how busy the processors are in each further look, 0 to 100."""

    def are(*shares: int) -> None:
        monkeypatch.setattr(psutil, "cpu_times", _times(shares).__next__)

    return are


class Times(SimpleNamespace):
    def __iter__(self) -> Iterator[float]:
        return iter((self.user, self.idle))


def _times(shares: tuple[int, ...]) -> Iterator[Times]:
    user = idle = 0.0
    for share in (0, *shares):
        user, idle = user + share, idle + 100 - share
        yield Times(user=user, idle=idle)


def test_the_load_is_that_since_the_last_look(processors: Callable[..., None]) -> None:
    processors(99, 10, 86)
    load = Load()
    assert [load.is_high() for _ in range(3)] == [True, False, True]


def test_the_relay_rests_longer_while_others_need_the_processors(processors: Callable[..., None]) -> None:
    processors(99, 10)
    pause = worker.relay_pause(Load())
    assert [pause(), pause()] == [BUSY_SECONDS, CALM_SECONDS]


def test_patience_ends_with_calm_or_with_time(processors: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    processors(99, 10, 99, 99)
    moment = [1000.0]
    monkeypatch.setattr("thongquan.config.pacing.time.monotonic", lambda: moment[0])
    patience = Patience()
    assert [patience.is_over(), patience.is_over()] == [False, True]
    moment[0] += PATIENCE_SECONDS + 1
    assert patience.is_over()
    patience.caught_up()
    assert not patience.is_over()


def test_patient_consumers_hear_in_their_own_rounds(
    customs: World, processors: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Message] = []
    kinds = frozenset({"declaration.lodged"})
    monkeypatch.setattr(worker, "SUBSCRIPTIONS", [Subscription("patient", kinds, heard.extend, patient=True)])
    customs.api("broker").post("/api/v1/declarations/", as_json(import_document()), content_type="application/json")
    wait_until_settled()
    processors(99, 10)
    step = worker.in_calm(worker.patient_round, Patience())
    worker.relay_round()
    assert (step(), heard) == (False, [])
    assert not step()
    assert [message.kind for message in heard] == ["declaration.lodged"]


def test_what_works_apart_waits_for_calm_too(processors: Callable[..., None]) -> None:
    rounds: list[str] = []
    processors(99, 10)
    step = worker.in_calm(lambda: bool(rounds.append("round")), Patience())
    step()
    assert rounds == []
    step()
    assert rounds == ["round"]


def test_full_batches_take_turns_with_those_who_wait(processors: Callable[..., None]) -> None:
    processors(99, 10, 99)
    rests: list[float] = []
    stopping = cast("threading.Event", SimpleNamespace(wait=rests.append))
    full = iter((True, True, False))
    step = worker.in_turns(lambda: next(full), Load(), stopping)
    assert [step(), len(rests), step(), len(rests), step(), len(rests)] == [True, 1, True, 1, False, 1]
