"""Training the model that suggests codes, and putting one in force: two people, or nobody before the first one."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.classification.models import SuggestionModel
from thongquan.clearance.classification.permissions import check_anywhere
from thongquan.clearance.classification.queries import suggesting_knowledge as known
from thongquan.clearance.classification.queries.suggesting_models import folder_of, stored_versions, whole
from thongquan.clearance.classification.suggesting_states import PROPOSABLE, Stand
from thongquan.learning.suggest import Example, Model, Report, digests, reported, save, trained_and_calibrated
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

SYSTEM = "system:suggest"
KEPT = 6
_NO_WORSE = 0.02
_GROWN, _AT_LEAST = 2, 200


class Trained(NamedTuple):
    """What a training came to. `fresh` is False when nothing new was there to learn: the version is an old one."""

    version: str
    state: str
    fresh: bool
    counts: dict[str, int]
    seconds: float


def train_suggestions(*, at: datetime, timer: Callable[[], float] = time.perf_counter) -> Trained:
    """Learn anew from everything known, measure on goods held out, and keep it as a challenger.

    The first model goes into force at once, since none is worse than nothing of the kind; so do later ones while the
    model in force was told to be followed and they are no worse by their reports.
    """
    began = timer()
    examples = known.knowledge(localdate(at))
    counts = _counts(examples)
    model = trained_and_calibrated(examples)
    before = SuggestionModel.objects.filter(version=model.version).first()
    if before is not None and whole(before):
        return Trained(before.version, before.state, False, counts, timer() - began)
    report = reported(examples, offices=known.offices_of)
    _write(model)
    with transaction.atomic():
        row = _kept(model, counts, plain(report), timer() - began, at)
    _tidy()
    return Trained(row.version, row.state, True, counts, row.seconds)


def due() -> bool:
    """Whether to train before the night: there is no model, or the history has doubled since the one in force."""
    row = SuggestionModel.objects.filter(state=Stand.CHAMPION).defer("report").first()
    return row is None or known.lines_of_history() > _GROWN * row.counts.get("lines", 0) + _AT_LEAST


def _counts(examples: list[Example]) -> dict[str, int]:
    counts = dict.fromkeys(("history", "precedent", "nomenclature", "reference", "lines"), 0)
    for one in examples:
        counts[one.source] += 1
        counts["lines"] += one.times if one.source == "history" else 0
    return counts


def _write(model: Model) -> None:
    """The files are whole before anybody can find them."""
    folder = folder_of(model.version)
    draft = folder.with_name(f"{folder.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    save(model, draft)
    shutil.rmtree(folder, ignore_errors=True)
    draft.replace(folder)


def _kept(
    model: Model, counts: dict[str, int], report: dict[str, Any], seconds: float, at: datetime
) -> SuggestionModel:
    found = digests(folder_of(model.version))
    champion = SuggestionModel.objects.select_for_update().filter(state=Stand.CHAMPION).first()
    values = {
        "trained_at": at,
        "seconds": round(seconds, 2),
        "counts": counts,
        "arrays": found.arrays,
        "words": found.words,
        "report": report,
    }
    row = SuggestionModel.objects.filter(version=model.version).first() or SuggestionModel(version=model.version)
    row.state = row.state or Stand.CHALLENGER
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    details = {"counts": counts, "arrays": found.arrays, "words": found.words}
    record(action="suggestion.trained", subject=_subject(row), actor=SYSTEM, at=at, details=details)
    if champion is None or (champion.follows and champion.pk != row.pk and _no_worse(report, champion.report)):
        _choose(row, by=SYSTEM, follows=True, at=at)
    return row


def _no_worse(report: dict[str, Any], before: dict[str, Any]) -> bool:
    """By the share right at once at six digits, each on goods held out of its own history."""
    if not before:
        return True
    return bool(report) and report["levels"]["6"]["right"][0] >= before["levels"]["6"]["right"][0] - _NO_WORSE


def plain(report: Report | None) -> dict[str, Any]:
    """A report as JSON keeps it; {} for none."""
    if report is None:
        return {}
    return {
        "levels": {str(digits): level._asdict() for digits, level in report.scores.levels.items()},
        "median_ms": round(report.scores.median_ms, 2),
        "p95_ms": round(report.scores.p95_ms, 2),
        "curve": [one._asdict() for one in report.curve],
        "strange": report.strange._asdict(),
    }


def _subject(row: SuggestionModel) -> str:
    return f"suggestion:{row.version}"


def propose_model(*, actor: Actor, version: str, why: str, at: datetime) -> None:
    """Propose that a model goes into force; a second person puts it there.

    Raises `NotAllowed`, `NotFound`; `Refused` with TQ-CLS-046 without words, -080 in another state, -082 when its
    files are not whole, all at once.
    """
    check_anywhere(actor, "classification.teach")
    with transaction.atomic():
        row = _locked(version)
        faults = [*_stands(row, PROPOSABLE), *_whole(row)]
        if not why.strip():
            faults.append(Fault(code=Code.TQ_CLS_046, path="why", values={"field": "why"}))
        if faults:
            raise Refused(faults)
        row.state, row.proposed_by, row.proposed_at, row.why = Stand.PROPOSED, actor.reference, at, why.strip()[:1000]
        row.save()
        _told("suggestion.proposed", row, actor.reference, at)


def withdraw_proposal(*, actor: Actor, version: str, at: datetime) -> None:
    """Take a proposal back, one's own or another's. Raises `NotAllowed`, `NotFound`, `Refused` with TQ-CLS-080."""
    check_anywhere(actor, "classification.teach")
    with transaction.atomic():
        row = _locked(version)
        if faults := _stands(row, frozenset({Stand.PROPOSED})):
            raise Refused(faults)
        row.state = Stand.RETIRED if row.chosen_at else Stand.CHALLENGER
        row.proposed_by, row.proposed_at = "", None
        row.save()
        _told("suggestion.withdrawn", row, actor.reference, at)


def put_in_force(*, actor: Actor, version: str, follows: bool, at: datetime) -> None:
    """Put a proposed model in force; the one before is kept to go back to. `follows`: its successors of the night take
    its place by themselves while they are no worse.

    Raises `NotAllowed`, `NotFound`; `Refused` with TQ-CLS-080, -081 for who proposed it, -082, all at once.
    """
    check_anywhere(actor, "classification.teach")
    with transaction.atomic():
        row = _locked(version)
        faults = [*_stands(row, frozenset({Stand.PROPOSED})), *_whole(row)]
        if row.proposed_by == actor.reference:
            faults.append(Fault(code=Code.TQ_CLS_081, path="actor", value=row.version[:8]))
        if faults:
            raise Refused(faults)
        _choose(row, by=actor.reference, follows=follows, at=at)


def _locked(version: str) -> SuggestionModel:
    """Every switch locks the model in force first, so that two of them never cross."""
    list(SuggestionModel.objects.select_for_update().filter(state=Stand.CHAMPION).values_list("id"))
    row = SuggestionModel.objects.select_for_update().filter(version=version).first()
    if row is None:
        raise NotFound(version)
    return row


def _stands(row: SuggestionModel, states: frozenset[Stand]) -> list[Fault]:
    return [] if row.state in states else [Fault(code=Code.TQ_CLS_080, path="state", value=row.version[:8])]


def _whole(row: SuggestionModel) -> list[Fault]:
    return [] if whole(row) else [Fault(code=Code.TQ_CLS_082, path="version", value=row.version[:8])]


def _choose(row: SuggestionModel, *, by: str, follows: bool, at: datetime) -> None:
    SuggestionModel.objects.filter(state=Stand.CHAMPION).update(state=Stand.RETIRED)
    row.state, row.chosen_by, row.chosen_at, row.follows = Stand.CHAMPION, by, at, follows
    row.save()
    _told("suggestion.chosen", row, by, at, follows=follows)


def _told(kind: str, row: SuggestionModel, by: str, at: datetime, **more: object) -> None:
    details = {"state": str(row.state), **more}
    record(action=kind, subject=_subject(row), actor=by, at=at, details=details)
    announce(kind=kind, subject=_subject(row), payload=details, at=at)


def _tidy() -> None:
    """Keep the files of the model in force, of the proposed one and of the last few; rows are kept for ever."""
    rows = SuggestionModel.objects
    needed = set(rows.filter(state__in=[Stand.CHAMPION, Stand.PROPOSED]).values_list("version", flat=True))
    needed |= set(rows.order_by("-trained_at").values_list("version", flat=True)[:KEPT])
    needed |= set(rows.exclude(chosen_at=None).order_by("-chosen_at").values_list("version", flat=True)[:KEPT])
    for path in stored_versions():
        if path.name not in needed:
            shutil.rmtree(path, ignore_errors=True)
