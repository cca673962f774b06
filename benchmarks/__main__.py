"""`python -m benchmarks NAME`: the last line of standard output is JSON, progress goes to standard error.

`all` runs every one, each in a process of its own, and writes `benchmarks/latest.json` with facts of the machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.machine import machine_facts

NAMES = (
    "decide",
    "wco",
    "lodge",
    "lanes",
    "worklist",
    "load",
    "dryrun",
    "practice",
    "lake",
    "suggest",
    "twocodes",
    "risk",
    "risk_lodging",
)
LATEST = Path(__file__).with_name("latest.json")


def main(words: list[str]) -> int:
    """Run what was named. Returns the exit code."""
    if len(words) != 1 or words[0] not in (*NAMES, "all"):
        print(f"usage: python -m benchmarks {'|'.join((*NAMES, 'all'))}", file=sys.stderr)
        return 2
    if words[0] != "all":
        print(json.dumps(import_module(f"benchmarks.{words[0]}").run()))
        return 0
    machine = machine_facts()
    results = {name: _apart(name) for name in NAMES}
    LATEST.write_text(json.dumps({"machine": machine, **results}, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(results))
    return int(any("error" in result for result in results.values()))


def _apart(name: str) -> dict[str, object]:
    """One benchmark in its own process: what it leaves in memory disturbs no other."""
    print(f"== {name}", file=sys.stderr, flush=True)
    done = subprocess.run([sys.executable, "-m", "benchmarks", name], stdout=subprocess.PIPE, text=True, check=False)
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        return {"error": f"exit code {done.returncode}"}
    result: dict[str, object] = json.loads(lines[-1])
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
