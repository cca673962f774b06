"""The part of `thongquan risk` that works on the registry of an installation."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import typer

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import told_faults
from thongquan.clearance.risk.operations.registry import WORLD, Card, register_model
from thongquan.clearance.risk.operations.training import train_own, watch_champion
from thongquan.clearance.risk.queries.trade import lines_kept
from thongquan.config import risk_outcomes
from thongquan.config.cli import boot
from thongquan.learning import risk as risks
from thongquan.learning.risk.findings import Learning
from thongquan.learning.risk.training import Chosen

CARD, REFUSED = "card.json", 1
_MOST_NAME = 60


def card_of_world(name: str, learned: Learning, made: Chosen) -> Card:
    """What a model of a world was made from."""
    at, findings = learned.labels.at, learned.findings
    return Card(
        source=WORLD,
        world=name[:_MOST_NAME],
        since=datetime.fromtimestamp(int(at.min()), UTC),
        until=datetime.fromtimestamp(int(at.max()), UTC),
        counts={
            "lines": {"inspection": len(at)},
            "found": {"inspection": int(learned.labels.fraud.sum())},
            "by_chance": int(findings.by_chance.sum()),
            "declared": len(learned.features.values),
        },
        settings=made.settings._asdict(),
        measures={"worth": list(made.worth)},
    )


def write_card(folder: Path, card: Card) -> None:
    """Beside the files of the model, for whoever brings it into an installation."""
    (folder / CARD).write_text(json.dumps(msgspec.to_builtins(card), indent=1) + "\n", encoding="utf-8")


def promoted(folder: Path) -> dict[str, Any]:
    """Bring a model into the registry. Raises ModelError when its files or its card are not whole."""
    model = risks.load(folder)
    try:
        card = msgspec.json.decode((folder / CARD).read_bytes(), type=Card)
    except (OSError, msgspec.MsgspecError) as error:
        message = f"{CARD} does not tell what the model was made from: {error}"
        raise risks.ModelDamagedError(message) from error
    with boot.database():
        fresh = register_model(actor=system_actor("risk"), model=model, card=card, at=now())
    return {"version": model.version, "new": fresh, "next": f"/risk/models/{model.version}/"}


def train_here(run: int | None, *, say: Callable[[int, int], None]) -> dict[str, Any]:
    """Train on the own records; what was never handed over is read first. Ends the command when too little is known."""
    with boot.database():
        added = risk_outcomes.catch_up()
        try:
            version = train_own(actor=system_actor("risk"), at=now(), run=run, say=say)
        except Refused as refused:
            typer.echo(json.dumps(told_faults(refused.faults), ensure_ascii=False, default=str), err=True)
            raise typer.Exit(REFUSED) from None
        return {"version": version, "lines": lines_kept(), "declarations_added": added}


def watched_here() -> dict[str, Any]:
    """Watch the champion of this installation."""
    with boot.database():
        return {"grounds": list(watch_champion(actor=system_actor("risk"), at=now()))}
