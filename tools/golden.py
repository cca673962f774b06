"""Keep stored decisions of a release for ever: `python tools/golden.py DATABASE_URL` appends to the golden corpus.

The corpus (`tests/rules/golden/<release>.jsonl`) holds facts and decisions as they were stored, one per line, base64 of
their bytes. Every later program must decide them the same (`tests/rules/test_golden.py`). Take them from a practice
realm only: nothing real belongs into the repository.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

import psycopg

from thongquan.rules.facts import RULES_RELEASE

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "rules" / "golden"
EACH = 12
_CHOSEN = """
    SELECT v.facts, v.decision FROM (
        SELECT d.id, row_number() OVER (PARTITION BY d.flow, d.channel ORDER BY d.id) AS place
        FROM declarations_declaration d
    ) chosen JOIN declarations_version v ON v.declaration_id = chosen.id
    WHERE chosen.place <= %s AND v.rules_release = %s ORDER BY v.declaration_id
"""


def main(address: str) -> int:
    """Write the corpus of this release from a practice database; refuses another realm."""
    with psycopg.connect(address) as database:
        realm = database.execute("SELECT name FROM core_realm").fetchone()
        if realm != ("practice",):
            print("Only a practice realm gives examples.", file=sys.stderr)
            return 2
        rows = database.execute(_CHOSEN, [EACH, RULES_RELEASE]).fetchall()
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{RULES_RELEASE}.jsonl"
    lines = [json.dumps({"facts": _text(facts), "decision": _text(decision)}) for facts, decision in rows]
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
    print(f"{len(lines)} decisions in {path.name}")
    return 0


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
