"""The worker process: relays the outbox, seals the ledger, reads files, sends e-mails and webhooks, runs tasks."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType
from typing import Any

import psutil
from django.db import DatabaseError, InterfaceError, connection
from django.db.backends.signals import connection_created
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from thongquan.base.attachments.tasks import read_loop_step
from thongquan.base.core.clock import now
from thongquan.base.core.memory import settle
from thongquan.base.core.outbox import BATCH, ComeAgain, Subscription, pass_by, relay, with_news
from thongquan.base.core.processors import Load
from thongquan.base.ledger.tasks import seal_loop_step
from thongquan.base.notices.tasks import deliver_loop_step, mail_loop_step
from thongquan.config.pacing import BUSY_SECONDS, CALM_SECONDS, Patience
from thongquan.config.subscriptions import SUBSCRIPTIONS
from thongquan.insight.status.recorder import record

log = logging.getLogger(__name__)
IDLE_SECONDS = 0.5
PATIENT_SECONDS = 5.0
TROUBLE_SECONDS = 3.0
SEAL_SECONDS = 2.0
READ_SECONDS = 1.0
SEND_SECONDS = 1.0
LAKE_SECONDS = float(os.environ.get("TQ_LAKE_SECONDS", "30"))
"""Pace of consumers that work apart: nobody waits for the lake, and few large parts are cheaper than many small."""
NICE, DATABASE_NICE = 15, 5
"""The priorities of this process and of the server's behind its connections: whoever waits for an answer goes first,
and what follows from it comes in batches."""
DELIVERERS = 3
"""So many webhooks are called at a time; a slow one keeps one of these waiting, no more."""


def work() -> None:
    """Run until asked to stop."""
    stopping = until_stopped()
    lower(os.getpid(), NICE)
    lower_connections(DATABASE_NICE)
    settle()
    loops = [
        threading.Thread(
            target=loop, args=(stopping, in_turns(relay_round, Load(), stopping), relay_pause(Load())), name="relay"
        ),
        threading.Thread(
            target=loop, args=(stopping, in_calm(patient_round, Patience()), PATIENT_SECONDS), name="patient"
        ),
        threading.Thread(target=loop, args=(stopping, in_calm(apart_round, Patience()), LAKE_SECONDS), name="lake"),
        threading.Thread(target=loop, args=(stopping, seal_round, SEAL_SECONDS), name="sealer"),
        threading.Thread(target=loop, args=(stopping, read_round, READ_SECONDS), name="reader"),
        threading.Thread(target=loop, args=(stopping, mail_round, SEND_SECONDS), name="mailer"),
        *(
            threading.Thread(target=loop, args=(stopping, deliver_round, SEND_SECONDS), name=f"deliverer-{number}")
            for number in range(DELIVERERS)
        ),
        threading.Thread(target=queue, args=(stopping,), name="queue"),
        threading.Thread(target=record, args=(stopping, "worker"), name="recorder"),
    ]
    for thread in loops:
        thread.start()
    for thread in loops:
        thread.join()


def lower(pid: int, nice: int) -> None:
    """Lower the priority of a process of ours; one that is not ours or not a server's is left alone.

    Linux weighs sessions against each other before processes (`sched_autogroup`, sched(7)): one that leads a session
    has it lowered too.
    """
    with contextlib.suppress(psutil.Error, OSError):
        process = psutil.Process(pid)
        if process.uids().real == os.getuid() and (pid == os.getpid() or "postgres" in process.name()):
            process.nice(max(process.nice(), nice))
            if os.getsid(pid) == pid:
                Path(f"/proc/{pid}/autogroup").write_text(str(nice), encoding="ascii")


def lower_connections(nice: int) -> None:
    """Lower the server's process behind every connection of this one, where the server is on this machine."""

    def opened(*, connection: Any, **_told: object) -> None:
        if str(connection.settings_dict["HOST"]).startswith("/"):  # a socket
            lower(connection.connection.info.backend_pid, nice)

    connection_created.disconnect(dispatch_uid="lower_connections")
    connection_created.connect(opened, weak=False, dispatch_uid="lower_connections")


def until_stopped() -> threading.Event:
    """An event that is set when this process is asked to stop."""
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    return stopping


def loop(stopping: threading.Event, step: Callable[[], bool], pause: float | Callable[[], float]) -> None:
    """Repeat a step, at once while there is work; after trouble with the database wait and go on."""
    while not stopping.is_set():
        try:
            busy = step()
        except (DatabaseError, InterfaceError):
            log.warning("the database does not answer; trying again", exc_info=True)
            connection.close()
            stopping.wait(TROUBLE_SECONDS)
            continue
        if not busy:
            stopping.wait(pause() if callable(pause) else pause)
    connection.close()


def relay_round() -> bool:
    """One batch for every consumer; True when one had a full batch: a few messages wait for company."""
    return _handed_to(one for one in SUBSCRIPTIONS if not (one.apart or one.patient))


def patient_round() -> bool:
    """The same for consumers that nobody waits for."""
    return _handed_to(one for one in SUBSCRIPTIONS if one.patient)


def in_calm(step: Callable[[], bool], patience: Patience) -> Callable[[], bool]:
    """The step when its turn has come: in a calm moment, or when it waited long enough; until then nothing is done."""

    def one() -> bool:
        if not patience.is_over():
            return False
        is_full = step()
        if not is_full:
            patience.caught_up()
        return is_full

    return one


def in_turns(step: Callable[[], bool], load: Load, stopping: threading.Event) -> Callable[[], bool]:
    """The step, and on a busy machine a rest as long as it took: at most half of the time while others wait."""

    def one() -> bool:
        started = time.monotonic()
        is_full = step()
        if is_full and load.is_high():
            stopping.wait(time.monotonic() - started)
        return is_full

    return one


def relay_pause(load: Load) -> Callable[[], float]:
    """The pause after a round of the relay that was no full batch."""
    return lambda: BUSY_SECONDS if load.is_high() else CALM_SECONDS


def _handed_to(subscriptions: Iterable[Subscription]) -> bool:
    """One batch for each; True when one had a full batch."""
    at = now()
    soon = with_news(subscriptions)
    if len(soon) > 1:
        pass_by(soon, at=at)
        soon = with_news(soon)
    return max((relay(subscription, at=at) >= subscription.batch for subscription in soon), default=False)


def apart_round() -> bool:
    """The same for consumers that work apart; one whose place is not there is asked again at the next round."""
    at, passed = now(), 0
    for subscription in with_news(one for one in SUBSCRIPTIONS if one.apart):
        try:
            passed = max(passed, relay(subscription, at=at))
        except ComeAgain:
            log.warning("consumer %s cannot write; trying again", subscription.consumer, exc_info=True)
    return passed >= BATCH


def seal_round() -> bool:
    """Seal what is settled and hand the heads to the witness files; True while a full batch may be waiting."""
    return seal_loop_step(now())


def read_round() -> bool:
    """Read one attached file in its sandbox; True when there was one."""
    return read_loop_step(now())


def mail_round() -> bool:
    """Send one e-mail; True when there was one."""
    return mail_loop_step(now())


def deliver_round() -> bool:
    """Make one try of a webhook; True when there was one."""
    return deliver_loop_step(now())


def queue(stopping: threading.Event) -> None:
    """Queued and periodic tasks; after trouble the queue is opened again."""
    while not stopping.is_set():
        try:
            asyncio.run(_queue_until(stopping))
        except Exception:
            log.warning("the task queue stopped; opening it again", exc_info=True)
            stopping.wait(TROUBLE_SECONDS)


async def _queue_until(stopping: threading.Event) -> None:
    if not isinstance(app.connector, DjangoConnector):
        raise TypeError("tasks are queued on Django's own database")
    with app.replace_connector(app.connector.get_worker_connector()) as replaced:
        async with replaced.open_async() as opened:
            running = asyncio.create_task(
                opened.run_worker_async(install_signal_handlers=False, delete_jobs="successful", concurrency=2)
            )
            while not stopping.is_set() and not running.done():
                await asyncio.sleep(IDLE_SECONDS)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
