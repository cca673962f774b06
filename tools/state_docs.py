"""Write docs/states.md: the states of a declaration as a picture, and every step with its law.

python tools/state_docs.py
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

if not settings.configured:
    settings.configure(USE_I18N=False)  # message ids only; no language, no database

from thongquan.base.core.sentences.labels import STATES
from thongquan.clearance.declarations.states import ENDED, STEPS, State

PAGE = Path(__file__).resolve().parent.parent / "docs" / "states.md"
HEAD = """# States of a declaration

Written by `python tools/state_docs.py` from the one table in `clearance/declarations/states.py`; do not edit by hand.
Each step is one operation: it checks the permission, moves the state, and writes its event, one ledger row and one
message in one transaction. A declaration is lodged, decided and assigned to a channel in one moment.
"""


def page() -> str:
    """Give the page as text."""
    return "\n".join([HEAD, *_picture(), "", *_table(), ""])


def _picture() -> list[str]:
    """A state diagram of the steps that lead to another state; those between the same two states share an arrow."""
    arrows: dict[tuple[State, State], list[str]] = {}
    for step, rule in STEPS.items():
        for source, target in rule.moves.items():
            if source != target:
                arrows.setdefault((source, target), []).append(step.value)
    names = [f'    state "{STATES[state]}" as {state}' for state in State]
    drawn = [f"    {source} --> {target}: {', '.join(steps)}" for (source, target), steps in arrows.items()]
    ends = [f"    {state} --> [*]" for state in State if state in ENDED]
    return ["```mermaid", "stateDiagram-v2", *names, "    [*] --> channeled: lodge", *drawn, *ends, "```"]


def _table() -> list[str]:
    rows = [
        f"| `{step}` | {_moves(rule.moves)} | `{rule.who}` | {rule.source} |" for step, rule in sorted(STEPS.items())
    ]
    return ["| Step | From → to | Permission | Legal basis |", "|---|---|---|---|", *rows]


def _moves(moves: dict[State, State]) -> str:
    kept = [source for source, target in moves.items() if source == target]
    parts = [f"{source} → {target}" for source, target in moves.items() if source != target]
    if kept:
        parts.append(f"stays in {', '.join(kept)}")
    return "; ".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
