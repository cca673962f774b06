"""Write docs/states.md: the states of a declaration and of an export certificate as pictures, and every step's law.

python tools/state_docs.py
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

if not settings.configured:
    settings.configure(USE_I18N=False)  # message ids only; no language, no database

from thongquan.base.core.sentences.labels import STATES
from thongquan.clearance.classification.ruling_states import RULING_STEPS, RulingState
from thongquan.clearance.declarations.states import ENDED, STEPS, State
from thongquan.clearance.integrity.states import STEPS as INTEGRITY_STEPS
from thongquan.clearance.integrity.states import State as IntegrityState
from thongquan.clearance.origin.outbound_states import OUTBOUND_STEPS, OutboundState
from thongquan.clearance.origin.verification_states import CASE_STEPS, CaseState
from thongquan.clearance.valuation.states import STEPS as VALUE_STEPS
from thongquan.clearance.valuation.states import State as ValueState

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

OUTBOUND = """
# States of an application for an export certificate

From the table in `clearance/origin/outbound_states.py`. Customs issues no certificate for exports: the enterprise
prepares and hands over, and records what the issuer answered.
"""


VERIFICATION = """
## Verification of a certificate of origin

From the table in `clearance/origin/verification_states.py`. Opening a case doubts its certificates, so that nothing new
uses them (MFN) until `close` accepts them, refuses them or refuses some of their lines; every declaration that used
them is then told (`declarations.verified`).
"""


RULING = """
## Application for an advance ruling

From the table in `clearance/classification/ruling_states.py`. `sign` leads to refused where a refusal was proposed, and
nobody signs what they proposed. A ruling that is issued becomes a precedent and is published without its applicant and
what was marked as a trade secret.
"""


CONSULTATION = """
## Consultation on the customs value

From the table in `clearance/valuation/states.py`. Clearance waits while it is open (`report_check` with the check
`valuation`), release does not; when its last day is over, that is written down and clearance waits no longer. `decide`
leads to rejected where that was proposed: duties are assessed anew with the values found, and the declaration keeps
what was declared.
"""

INTEGRITY = """
## Question of internal control to an officer

From the table in `clearance/integrity/states.py`. An end is proposed after the answer, or once the day of the answer is
over; another person signs it.
"""


def page() -> str:
    """Give the page as text."""
    life = [HEAD, *_picture(), "", *_table(STEPS), "", FOLLOWS]
    cases = [OUTBOUND, *_exports(), VERIFICATION, *_verifications(), RULING, *_rulings()]
    return "\n".join([*life, *cases, CONSULTATION, *_consultations(), INTEGRITY, *_questions(), ""])


def _exports() -> list[str]:
    """The same picture and table of export certificates."""
    arrows = _arrows(OUTBOUND_STEPS)
    names = [f'    state "{state.value.capitalize()}" as {state}' for state in OutboundState]
    ends = [f"    {state} --> [*]" for state in OutboundState if all(state != source for source, _target in arrows)]
    drawn = [*names, "    [*] --> draft: prepare", *_drawn(arrows), *ends]
    return ["```mermaid", "stateDiagram-v2", *drawn, "```", "", *_table(OUTBOUND_STEPS)]


def _verifications() -> list[str]:
    """The states of a case of verification as a picture, and its steps."""
    arrows = _arrows(CASE_STEPS)
    names = [f'    state "{state.value.capitalize()}" as {state}' for state in CaseState]
    drawn = [*names, "    [*] --> opened: open", *_drawn(arrows), "    closed --> [*]"]
    return ["```mermaid", "stateDiagram-v2", *drawn, "```", "", *_table(CASE_STEPS)]


def _rulings() -> list[str]:
    """The states of an application for an advance ruling as a picture, and its steps."""
    arrows = {**_arrows(RULING_STEPS), ("proposed", "refused"): ["sign"]}
    names = [f'    state "{state.value.capitalize()}" as {state}' for state in RulingState]
    ends = [f"    {state} --> [*]" for state in RulingState if all(state != source for source, _target in arrows)]
    drawn = [*names, "    [*] --> draft: start", *_drawn(arrows), *ends]
    return ["```mermaid", "stateDiagram-v2", *drawn, "```", "", *_table(RULING_STEPS)]


def _consultations() -> list[str]:
    """The states of a consultation as a picture, and its steps."""
    arrows = {**_arrows(VALUE_STEPS), ("proposed", "rejected"): ["decide"]}
    return _case(ValueState, "opened: open", arrows, VALUE_STEPS)


def _questions() -> list[str]:
    """The states of a question of internal control as a picture, and its steps."""
    return _case(IntegrityState, "asked: ask", _arrows(INTEGRITY_STEPS), INTEGRITY_STEPS)


def _case(states: Any, first: str, arrows: dict[tuple[str, str], list[str]], table: Mapping[Any, Any]) -> list[str]:
    names = [f'    state "{state.value.capitalize()}" as {state}' for state in states]
    ends = [f"    {state} --> [*]" for state in states if all(state != source for source, _target in arrows)]
    drawn = [*names, f"    [*] --> {first}", *_drawn(arrows), *ends]
    return ["```mermaid", "stateDiagram-v2", *drawn, "```", "", *_table(table)]


def _picture() -> list[str]:
    """A state diagram of the steps that lead to another state; those between the same two states share an arrow."""
    names = [f'    state "{STATES[state]}" as {state}' for state in State]
    drawn = _drawn(_arrows(STEPS))
    ends = [f"    {state} --> [*]" for state in State if state in ENDED]
    return ["```mermaid", "stateDiagram-v2", *names, "    [*] --> channeled: lodge", *drawn, *ends, "```"]


def _arrows(table: Mapping[Any, Any]) -> dict[tuple[str, str], list[str]]:
    """The steps between each two states."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for step, rule in table.items():
        for source, target in rule.moves.items():
            if source != target:
                arrows.setdefault((source, target), []).append(step.value)
    return arrows


def _drawn(arrows: Mapping[tuple[str, str], list[str]]) -> list[str]:
    return [f"    {source} --> {target}: {', '.join(steps)}" for (source, target), steps in arrows.items()]


def _table(table: Mapping[Any, Any]) -> list[str]:
    rows = [
        f"| `{step}` | {_moves(rule.moves)} | `{rule.who}` | {rule.source} |" for step, rule in sorted(table.items())
    ]
    return ["| Step | From → to | Permission | Legal basis |", "|---|---|---|---|", *rows]


def _moves(moves: Mapping[Any, Any]) -> str:
    kept = [source for source, target in moves.items() if source == target]
    parts = [f"{source} → {target}" for source, target in moves.items() if source != target]
    if kept:
        parts.append(f"stays in {', '.join(kept)}")
    return "; ".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
