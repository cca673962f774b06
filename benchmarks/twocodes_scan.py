"""`thongquan twocodes scan` at length: so many lines of which no two texts are alike, on files, and on Spark.

`python -m benchmarks.twocodes_scan`. The command runs in processes of its own, as a person types it. The lines are
texts of the practice region with other figures, order and slips; of 50 one stands under a wrong code. Where the extra
`thongquan[spark]` and Java are, the same lines are searched on a cluster of two workers (`TQ_BENCH_SCAN_SPARK=0`: not),
and the two results are compared row by row. `TQ_BENCH_SCAN_LINES` says how many lines, `TQ_BENCH_SCAN_HOME` keeps lines
and cases in a folder.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.twocodes_lines import SEED, Source, sources, wrong_codes
from tests.lake.spark import missing
from thongquan.learning.twins import rewritten
from thongquan.learning.twins.scan import LINES

COUNT = int(os.environ.get("TQ_BENCH_SCAN_LINES", "200000"))
HOME = os.environ.get("TQ_BENCH_SCAN_HOME", "")
WITH_SPARK = os.environ.get("TQ_BENCH_SCAN_SPARK", "1") == "1"
CLUSTER = "local-cluster[2,1,2048]"
WRONG_OF = 50
RESULT = ("cases", "members", "pairs")
_PORTION = 50_000
_WAYS = ("order", "typos", "boilerplate", "units", "no diacritics")


def run() -> dict[str, Any]:
    """Seconds on the clock and of processors, megabytes at the most, shares in percent."""
    with tempfile.TemporaryDirectory(prefix="tq-bench-") as made:
        home = Path(HOME or made)
        lines = home / f"lines-{COUNT}"
        if not lines.exists():
            _write(lines)
        here = _scanned(lines, home / f"files-{COUNT}", {})
        _say(f"files: {here}")
        found = {f"files_{name}": value for name, value in here.items()}
        found |= _right(lines, home / f"files-{COUNT}")
        return found | (_on_spark(lines, home) if WITH_SPARK else {})


def _on_spark(lines: Path, home: Path) -> dict[str, Any]:
    if lack := missing():
        _say(lack)
        return {}
    there = _scanned(lines, home / f"spark-{COUNT}", {"LAKE_ENGINE": "spark", "LAKE_SPARK_MASTER": CLUSTER})
    same = all(
        pq.read_table(home / f"files-{COUNT}" / f"{name}.parquet").equals(
            pq.read_table(home / f"spark-{COUNT}" / f"{name}.parquet")
        )
        for name in RESULT
    )
    _say(f"Spark: {there}, the same result: {same}")
    return {f"spark_{name}": value for name, value in there.items()} | {"same_on_spark": same}


def _say(text: str) -> None:
    print(f"twocodes scan: {text}", file=sys.stderr, flush=True)


def _scanned(lines: Path, out: Path, environment: dict[str, str]) -> dict[str, Any]:
    """Run the command, and tell what it took. Memory and processor time hold for the command and its children."""
    command = [sys.executable, "-m", "thongquan.config.cli", "twocodes", "scan", str(lines), "--out", str(out)]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    seconds, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return {
        "seconds": round(seconds, 1),
        "processor_seconds": round(spent, 1),
        "us_a_line": round(1e6 * spent / COUNT, 1),
        "megabytes": round(after.ru_maxrss / 1024),
        **{name: told[name] for name in ("lines", "goods", "compared", "edges", "cases")},
    }


def _right(lines: Path, out: Path) -> dict[str, float]:
    """How many lines under a wrong code came into a case that also holds the right one; how many cases hold such."""
    right = {row["id"]: row["right"] for path in lines.glob("*.truth") for row in pq.read_table(path).to_pylist()}
    members = pq.read_table(out / "members.parquet", columns=["case", "id", "code"]).to_pylist()
    codes: dict[int, set[str]] = {}
    for row in members:
        codes.setdefault(row["case"], set()).add(row["code"])
    wrong = [row for row in members if row["id"] in right]
    noticed = sum(right[row["id"]] in codes[row["case"]] for row in wrong)
    return {
        "wrong_lines": len(right),
        "wrong_in_a_case": round(100 * noticed / max(len(right), 1), 2),
        "cases_with_a_wrong_line": round(100 * len({row["case"] for row in wrong}) / max(len(codes), 1), 2),
    }


def _write(home: Path) -> None:
    """The lines as Parquet files, and beside each the ids of the wrong ones with the right codes."""
    home.mkdir(parents=True)
    texts = sources()
    near = wrong_codes(texts)
    chance = random.Random(SEED)
    rates = {one.code: chance.choice((0.0, 0.05, 0.1, 0.2, 0.3)) for one in texts}
    uses: Counter[str] = Counter()
    for begin in range(0, COUNT, _PORTION):
        rows = list(_rows(range(begin, min(begin + _PORTION, COUNT)), texts, near, rates, chance, uses))
        right = {row["id"]: row.pop("right") for row in rows}
        pq.write_table(pa.Table.from_pylist(rows, schema=LINES), home / f"{begin:09d}.parquet")
        wrong = [(row["id"], right[row["id"]]) for row in rows if row["code"] != right[row["id"]]]
        truth = pa.table({"id": [one for one, _ in wrong], "right": [code for _, code in wrong]})
        pq.write_table(truth, home / f"{begin:09d}.truth")


def _rows(
    numbers: range,
    texts: list[Source],
    near: dict[str, list[str]],
    rates: dict[str, float],
    chance: random.Random,
    uses: Counter[str],
) -> Iterator[dict[str, Any]]:
    for number in numbers:
        one = texts[number % len(texts)]
        text = rewritten(rewritten(one.text, "other model", seed=number), chance.choice(_WAYS), seed=number)
        uses[text] += 1
        if uses[text] > 1:  # the same words again: other figures keep wordings apart
            text = f"{text}, model {uses[text]}X{number}"
        code = chance.choice(near[one.kind]) if number % WRONG_OF == WRONG_OF - 1 else one.code
        value = chance.randrange(1, 900) * 1_000_000
        yield {
            "id": f"{number:09d}",
            "description": text,
            "code": code,
            "right": one.code,
            "price_usd": float(chance.randrange(1, 90)),
            "importer": f"{chance.randrange(2000):010d}",
            "origin": "CN",
            "office": f"LS{chance.randrange(1, 4):02d}",
            "on": date(2026, 1, 1) + timedelta(days=number % 300),
            "value_vnd": value,
            "duty_vnd": int(value * rates.get(code, 0.1)),
        }


if __name__ == "__main__":
    print(json.dumps(run()))
