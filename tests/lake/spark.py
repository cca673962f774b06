"""Whether Spark can be tried here: `python -m tests.lake.spark` says what is missing, and nothing when all is there."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

JAVA = 17


def missing() -> str:
    """What is missing, in a sentence; '' when Spark can be tried."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed (the extra thongquan[spark]): tests of the lake on Spark are not collected."
    if java_release() < JAVA:
        return f"Java {JAVA} or newer is not here: tests of the lake on Spark are not collected."
    return ""


def java_release() -> int:
    """The release of the Java that Spark would start; 0 without one."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if java is None or not Path(java).exists():
        return 0
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0


if __name__ == "__main__":
    print(missing() or "", end="\n" if missing() else "")
