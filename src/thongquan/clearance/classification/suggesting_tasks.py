"""Training by the clock, in a process of its own: what it takes of memory is gone when it ends, and nobody waits."""

from __future__ import annotations

import logging
import subprocess
import sys

from procrastinate.contrib.django import app

from thongquan.base.core.clock import now
from thongquan.base.core.processors import are_busy
from thongquan.clearance.classification.operations.suggesting import due
from thongquan.clearance.classification.operations.suggesting_sheets import TASK, drop_old_sheets
from thongquan.clearance.classification.operations.suggesting_sheets import answer_sheet as answer

log = logging.getLogger(__name__)
LONGEST_SECONDS = 3600
LOCK = "suggest-train"


@app.periodic(cron="10 2 * * *")
@app.task(queueing_lock="suggest-train-nightly", lock=LOCK, pass_context=False)
def train_of_the_night(timestamp: int) -> None:
    """Every night: learn anew from everything declared until now, and drop workbooks that were answered."""
    drop_old_sheets(at=now())
    train()


@app.periodic(cron="*/3 * * * *")
@app.task(queueing_lock="suggest-train-first", lock=LOCK, pass_context=False)
def train_the_first(timestamp: int) -> None:
    """Every three minutes: train when there is no model yet, or when the history has doubled since the last one.

    A busy machine is left alone until the next time: what people wait for goes first.
    """
    if due() and not are_busy():
        train()


def train() -> None:
    """Run the command that trains, and say so in the log when it fails: the model in force stays."""
    command = [sys.executable, "-m", "thongquan.config.cli", "suggest", "train"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False)
    if done.returncode:
        log.error("no model was trained: %s", done.stderr[-2000:])


@app.task(name=TASK, pass_context=False)
def answer_sheet(sheet: int) -> None:
    """Answer a workbook of descriptions."""
    answer(sheet=sheet, at=now())
