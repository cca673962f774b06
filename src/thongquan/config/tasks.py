"""What the whole house does by the clock."""

from __future__ import annotations

import logging
import subprocess
import sys

from procrastinate.contrib.django import app

log = logging.getLogger(__name__)
HOURS = 6


@app.periodic(cron="30 2 * * *")
@app.task(queueing_lock="lake-compact")
def compact_lake(timestamp: int) -> None:
    """Every night, in a process of its own: what it needs of memory and of engines is gone when it ends."""
    command = [sys.executable, "-m", "thongquan.config.cli", "lake", "compact"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=HOURS * 3600, check=False)
    if done.returncode:
        log.error("the lake was not compacted: %s", done.stderr[-2000:])
