"""What a dry run found, as its page and that of its workbasket show it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from thongquan.base.core.sentences import sentence
from thongquan.clearance.lawdesk.charts import chapter_chart
from thongquan.clearance.lawdesk.labels import RUN_STATES, name_of_tax
from thongquan.clearance.lawdesk.queries import RunFile
from thongquan.clearance.lawdesk.views.common import chapter_names
from thongquan.rules.decision import Fault


def shown_run(run: RunFile, at: datetime) -> dict[str, Any]:
    """What templates need of a dry run; without a result only how far it is."""
    shown: dict[str, Any] = {"run": run, "run_state": RUN_STATES[run.state]}
    if run.outcome is None:
        return shown
    outcome = run.outcome
    names = chapter_names((one.code for one in outcome.chapters), at)
    return {
        **shown,
        "outcome": outcome,
        "balance": outcome.more_vnd - outcome.less_vnd,
        "turned": sum(turn.declarations for turn in outcome.channels),
        "chart": chapter_chart(outcome.chapters, names),
        "chapters": [(one, names.get(one.code, "")) for one in outcome.chapters],
        "taxes": [(name_of_tax(tax), amount) for tax, amount in outcome.taxes.items()],
        "breaks": [(one, _told(one.code, one.field, one.value, one.values)) for one in run.breaks],
    }


def _told(code: str, field: str, value: str, values: dict[str, str]) -> str:
    return sentence(Fault(code=code, path=field, value=value, values=values)).text
