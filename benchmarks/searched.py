"""From lodging to the report of the search for the same goods: `python -m benchmarks.searched [DECLARATIONS]`.

A worker as `thongquan run` starts it follows the outbox; declarations of five lines are lodged at an even pace, and for
each the time from the answer to the row that says it was searched is measured by the wall. Five seconds are asked for.
The last line is JSON.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

from msgspec.structs import replace

from benchmarks.office import office, say
from thongquan.rules.document import Document

DECLARATIONS, PACE_SECONDS, GIVE_UP_SECONDS, STEP_SECONDS = 60, 0.5, 60.0, 0.02
_SEARCHED = "SELECT declaration FROM classification_searched"


def run(declarations: int = DECLARATIONS) -> dict[str, float]:
    """Seconds from lodging to the report: median, 95 of 100, the longest; and how many were searched in 5 seconds."""
    with office() as url:
        worker = subprocess.Popen(
            [sys.executable, "-m", "thongquan.config.cli", "worker"],
            env={**os.environ, "DATABASE_URL": url},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            times = sorted(_times(declarations))
        finally:
            os.killpg(worker.pid, signal.SIGTERM)
            worker.wait(60)
    return {
        "declarations": len(times),
        "median_s": round(times[len(times) // 2], 2),
        "p95_s": round(times[int(0.95 * (len(times) - 1))], 2),
        "longest_s": round(times[-1], 2),
        "within_5_s": round(sum(one <= 5 for one in times) / declarations, 4),
    }


def _times(declarations: int) -> list[float]:
    """Lodge at an even pace and look for the reports meanwhile."""
    from django.db import connection
    from django.utils.timezone import localdate

    from benchmarks.samples import imports
    from thongquan.base.accounts.queries import system_actor
    from thongquan.base.core.clock import now
    from thongquan.clearance.declarations.operations import lodge_declaration
    from thongquan.clearance.tariff.queries import current_law

    documents = imports(current_law(), localdate(now()), lines=5, count=declarations)
    codes = {one.trader.tax_code for one in documents if one.trader and one.trader.tax_code}
    actor = system_actor("bench", enterprises=codes)
    lodged: dict[int, float] = {}
    found: dict[int, float] = {}
    start = time.monotonic()
    while len(found) < declarations and time.monotonic() < start + declarations * PACE_SECONDS + GIVE_UP_SECONDS:
        if len(lodged) < declarations and time.monotonic() >= start + len(lodged) * PACE_SECONDS:
            document = _numbered(documents[len(lodged) % len(documents)], len(lodged))
            done = lodge_declaration(actor=actor, document=document, at=now(), source="api")
            lodged[int(done.number[:11])] = time.monotonic()
        with connection.cursor() as sql:
            sql.execute(_SEARCHED)
            for (key,) in sql.fetchall():
                found.setdefault(key, time.monotonic())
        time.sleep(STEP_SECONDS)
    say(f"{len(found)} of {len(lodged)} declarations were searched")
    return [found[key] - at for key, at in lodged.items() if key in found]


def _numbered(document: Document, number: int) -> Document:
    """The document under another invoice, so that it is not taken for one lodged before."""
    invoice = document.invoice and replace(document.invoice, number=f"SEARCHED-{number}")
    return replace(document, invoice=invoice)


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else DECLARATIONS)))
