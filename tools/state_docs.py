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

FOLLOWS = """## What follows by itself

Handlers of the outbox take these steps or open these cases, each once however often a message comes:

| After | Follows | By |
|---|---|---|
| the books are even, or open again | `settle`, `unsettle` | `declarations.money` |
| settled, in channel 1 or with every check reported | `clear`, where every condition is met | `control.clearing` |
| `amend_after` more than 60 days after clearance or after an audit was opened | \
an open case of violation with the act `short_duty_self_corrected` (duty rose) or `wrong_without_duty`; \
people propose and decide | `declarations.late` |
| a certificate of origin that was filed late is accepted | `grant_late_certificate`: duties recalculated, the excess \
paid back by an approved claim, or the guarantee freed | `declarations.proofs` |
| a proof of origin did not come in time | `lapse_late_certificate`; under a guarantee `charge_late_certificate`: the \
difference falls due | the hourly task |
| `amend`, `complete`, `amend_after`, `confirm_correction`, `audit` | what is owed is assessed anew | the step itself |
"""


def page() -> str:
    """Give the page as text."""
    return "\n".join([HEAD, *_picture(), "", *_table(), "", FOLLOWS])


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
