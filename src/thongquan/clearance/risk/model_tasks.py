"""Training and watching by the clock, each in a process of its own: its memory is gone when it ends, nobody waits."""

from __future__ import annotations

import logging
import subprocess
import sys

from procrastinate.contrib.django import app

from thongquan.clearance.risk.operations.training import TASK

log = logging.getLogger(__name__)
LONGEST_SECONDS = 3 * 3600
LOCK = "risk-models"


@app.periodic(cron="0 18 * * 6")
@app.task(queueing_lock="risk-train-weekly", lock=LOCK, pass_context=False)
def train_of_the_week(timestamp: int) -> None:
    """Every Sunday at 01:00 in Hà Nội: learn anew from what became known; the model is kept as a challenger."""
    _run("train", "--own")


@app.periodic(cron="0 19 * * *")
@app.task(queueing_lock="risk-watch-nightly", lock=LOCK, pass_context=False)
def watch_of_the_night(timestamp: int) -> None:
    """Every night at 02:00 in Hà Nội: measure the champion on the last four weeks; fall back when it holds no more."""
    _run("watch")


@app.task(name=TASK, lock=LOCK, pass_context=False)
def train_asked(run: int) -> None:
    """The training that a person asked for."""
    _run("train", "--own", "--run", str(run))


def _run(*words: str) -> None:
    """Run a command of `thongquan risk`, and say so in the log when it fails: the champion stays as it is."""
    command = [sys.executable, "-m", "thongquan.config.cli", "risk", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False)
    if done.returncode:
        log.error("thongquan risk %s failed: %s", " ".join(words), done.stderr[-2000:])
