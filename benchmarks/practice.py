"""Declarations of a practice world per second on one core, and what the best look-up table over identifiers knows."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

DECLARATIONS, MONTHS, SEED = 60_000, 24, 7
GOAL, ALARM = 4_000, 0.65
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_NUM_THREADS")


def run() -> dict[str, float]:
    """Keys `declarations_per_second` (processor time of one thread, files written) and `lookup_auc`."""
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    import pyarrow as pa

    from thongquan.practice import world as worlds

    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    with tempfile.TemporaryDirectory(prefix="tq-bench-", dir=os.environ.get("TQ_BENCH_DIR")) as home:
        out = Path(home) / "world"
        started = time.process_time()
        made = worlds.build(out, worlds.Plan(seed=SEED, months=MONTHS, declarations=DECLARATIONS))
        rate = made.declarations / (time.process_time() - started)
        found = worlds.look_ups(out)
    worst = max(found, key=lambda name: found[name])
    print(
        f"practice: {rate:,.0f} declarations per second (goal {GOAL:,}), {made.lines:,} lines; "
        f"best look-up over {worst}: AUC {found[worst]:.3f} (alarm above {ALARM})",
        file=sys.stderr,
        flush=True,
    )
    return {"declarations_per_second": round(rate, 1), "lookup_auc": round(found[worst], 4)}
