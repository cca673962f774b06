"""Reckoning the compliance of all enterprises at 00:00: all of them in one transaction, or yesterday's result stands.

Legal basis: Circular 81/2019/TT-BTC Art. 10, 12 and 14 as amended by Circular 06/2024/TT-BTC.
"""

from __future__ import annotations

import logging
from datetime import date, datetime

import msgspec
from django.db import transaction

from thongquan.base.accounts.operations import assess_enterprise, keep_histories
from thongquan.base.accounts.queries import Actor
from thongquan.base.accounts.queries.holdings import enterprises_among, standings_on
from thongquan.base.core.outbox import announce
from thongquan.clearance.risk.models import Compliance, Reckoning
from thongquan.clearance.risk.queries.records import criteria_on, known_traders, records_on
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.compliance import Assessed, Record, assess
from thongquan.rules.facts import Standing

log = logging.getLogger(__name__)
DONE, FAILED = "done", "failed"
SOURCE = "Circular 81/2019/TT-BTC Art. 10, 12, 14"


def reckon_compliance(*, actor: Actor, on: date, at: datetime) -> int:
    """Reckon every enterprise for a day; gives how many changed. For programs only; the same day again changes nothing.

    When it fails nothing of it stays, levels and ranks stand as they were, and the failed reckoning is kept; the error
    is raised again for whoever watches the queue.
    """
    try:
        with transaction.atomic():
            count, changed = _reckon(actor, on, at)
            Reckoning.objects.create(
                on=on, started_at=at, finished_at=at, state=DONE, enterprises=count, changed=changed
            )
    except Exception as error:
        log.exception("compliance of %s was not reckoned; the results before it stand", on)
        Reckoning.objects.create(on=on, started_at=at, state=FAILED, error=repr(error)[:200])
        raise
    return changed


def _reckon(actor: Actor, on: date, at: datetime) -> tuple[int, int]:
    law = current_law()
    criteria = criteria_on(law, on)
    codes = known_traders()
    records = records_on(codes, on, criteria)
    latest = _latest(on)
    changed = []
    for code, (record, _history) in records.items():
        assessed = assess(record, criteria)
        if _keep(code, record, assessed, latest.get(code), law.version, at):
            changed.append((code, assessed))
    _tell_accounts(actor, changed, [code for code, _one in changed], on, at)
    keep_histories(actor=actor, histories={code: history for code, (_record, history) in records.items()}, on=on)
    return len(codes), len(changed)


def _latest(on: date) -> dict[str, Compliance]:
    rows = Compliance.objects.filter(valid_from__lte=on).order_by("tax_code", "-valid_from").distinct("tax_code")
    return {row.tax_code: row for row in rows}


def _keep(code: str, record: Record, assessed: Assessed, before: Compliance | None, law: str, at: datetime) -> bool:
    """Write a row when level or rank changed, else bring its grounds up to date; whether it changed."""
    told = {
        "level": assessed.level,
        "rank": assessed.rank,
        "assessed": msgspec.to_builtins(assessed),
        "facts": msgspec.to_builtins(record),
        "law_version": law,
        "at": at,
    }
    if before is not None and (before.level, before.rank) == (assessed.level, assessed.rank):
        Compliance.objects.filter(pk=before.pk).update(**told)
        return False
    Compliance.objects.update_or_create(tax_code=code, valid_from=record.on, defaults=told)
    return True


def _tell_accounts(actor: Actor, changed: list[tuple[str, Assessed]], codes: list[str], on: date, at: datetime) -> None:
    """Hold the new level beside the enterprise, where lodging reads it; who is barred stays barred."""
    known, held = enterprises_among(codes), standings_on(codes, on)
    for code, one in changed:
        if code in known:
            before = held[code].standing if code in held else Standing()
            assess_enterprise(
                actor=actor,
                tax_code=code,
                valid_from=on,
                source=SOURCE,
                at=at,
                level=one.level,
                rank=one.rank,
                priority=before.priority,
                barred=before.barred,
            )
    for code, one in changed:
        payload = {"tax_code": code, "level": one.level, "rank": one.rank, "on": on.isoformat()}
        announce(kind="risk.compliance_changed", subject=f"enterprise:{code}", payload=payload, at=at)
