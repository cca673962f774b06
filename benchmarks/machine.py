"""On what it was measured."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from pathlib import Path

import psutil


def machine_facts() -> dict[str, object]:
    """Processor, cores, memory, system and day; nothing that names the machine or its owner."""
    return {
        "processor": _processor(),
        "cores": psutil.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "measured_on": datetime.now(UTC).date().isoformat(),
        "load_before": round(psutil.getloadavg()[0], 2),
    }


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        for line in facts.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"
