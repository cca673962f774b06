"""`thongquan risk`: learn from findings, run the closed loop on a world, tell how good a model is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from thongquan.config.cli.risk_models import card_of_world, promoted, train_here, watched_here, write_card
from thongquan.learning import risk as risks
from thongquan.learning.risk.drift import drift_of
from thongquan.learning.risk.evaluating import BUDGETS, backtest
from thongquan.learning.risk.findings import Learning, learning_of
from thongquan.learning.risk.loop import Rules
from thongquan.learning.risk.measures import auc, average_precision
from thongquan.learning.risk.selection import LEAST_EXPLORATION

REFUSED, NOT_READ = 1, 2
RECENT_DAYS, SHOWN = 28, 12
_SHARES = (0.125, 0.25, 0.5, 1.0)
app = typer.Typer(no_args_is_help=True, help="Risk: train a model, run the closed loop on a world, report.")
_World = Annotated[Path, typer.Option(help="Directory of a world of docs/practice-world.md.")]
_Model = Annotated[Path, typer.Option("--model", help="Folder of the model.")]


@app.command()
def train(
    world: Annotated[Path | None, typer.Option(help="Directory of a world of docs/practice-world.md.")] = None,
    model: Annotated[Path | None, typer.Option(help="Folder to write the model to.")] = None,
    own: Annotated[bool, typer.Option("--own", help="Learn from the records of this installation instead.")] = False,
    run: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """Learn from what inspections found, in the order of time: of a world, or with --own of this installation.

    A model of a world comes as text and JSON into the folder; `promote` brings it into an installation. One of the own
    records is kept as a challenger and judged against the champion on the last four weeks.
    """
    if own:
        typer.echo(json.dumps(train_here(run, say=lambda done, of: _say(f"step {done} of {of}"))))
        return
    if world is None or model is None:
        typer.echo("Say --world DIR and --model FOLDER, or --own.", err=True)
        raise typer.Exit(NOT_READ)
    learned = _learning(world)
    try:
        made = risks.chosen(_opened(learned), learned.labels, progress=lambda done, of: _say(f"forest {done} of {of}"))
    except risks.ModelError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(REFUSED) from None
    risks.save(made.model, model)
    write_card(model, card_of_world(world.resolve().name, learned, made))
    told = {"version": made.model.version, "lines": made.model.lines, "findings": made.model.found}
    typer.echo(json.dumps({**told, "settings": made.settings._asdict(), "average_precision": made.worth}))


@app.command()
def promote(model: _Model) -> None:
    """Bring a model that was trained elsewhere into this installation, as a challenger.

    Its seat and how far it is let in are for two people with their second factor, at the page of the model: one
    proposes, another approves.
    """
    try:
        typer.echo(json.dumps(promoted(model)))
    except risks.ModelError as error:
        typer.echo(f"{error}; nothing was changed", err=True)
        raise typer.Exit(REFUSED) from None


@app.command()
def watch() -> None:
    """Measure the champion on the last four weeks of this installation, and fall back when it no longer holds."""
    typer.echo(json.dumps(watched_here()))


@app.command("backtest")
def run_backtest(
    world: _World,
    truth: Annotated[Path, typer.Option(help="Directory of the truth: only the judge reads it.")],
    budget: Annotated[
        list[float] | None, typer.Option(help="Share of the lines that is opened; may be repeated.")
    ] = None,
    exploration: Annotated[
        float, typer.Option(min=LEAST_EXPLORATION, max=1.0, help="Share of the budget that goes by chance.")
    ] = Rules().exploration,
    baselines: Annotated[bool, typer.Option(help="Also run rules, compliance, look-up and chance.")] = True,
) -> None:
    """Run the closed loop on a world and print the table as JSON. The last four months are judged."""
    try:
        told = backtest(
            world,
            truth,
            budgets=tuple(budget or BUDGETS),
            rules=Rules(exploration=exploration),
            baselines=baselines,
            say=_say,
        )
    except (OSError, ValueError) as error:
        typer.echo(f"not a world with its truth: {error}", err=True)
        raise typer.Exit(NOT_READ) from None
    typer.echo(json.dumps(told))


@app.command()
def report(
    world: _World,
    model: _Model,
    curve: Annotated[bool, typer.Option("--curve", help="Also the learning curve: trains four models.")] = False,
) -> None:
    """Tell how a model does on the last four weeks of a world, and how far the trade moved from what came before."""
    learned = _learning(world)
    try:
        scorer = risks.load(model).opened()
        told = _told(learned, scorer)
        if curve:
            told["learning_curve"] = _learning_curve(learned)
    except risks.ModelError as error:
        typer.echo(f"{error}; rules alone select", err=True)
        raise typer.Exit(REFUSED) from None
    typer.echo(json.dumps(told))


def _say(text: str) -> None:
    typer.echo(text, err=True)


def _learning(world: Path) -> Learning:
    try:
        return learning_of(world, risks.read_trade(world))
    except (OSError, ValueError) as error:
        typer.echo(f"{world} is not a world: {error}", err=True)
        raise typer.Exit(NOT_READ) from None


def _opened(learned: Learning) -> risks.Features:
    return learned.features.rows(learned.findings.revealed.row)


def _told(learned: Learning, scorer: risks.Scorer) -> dict[str, Any]:
    opened, labels = _opened(learned), learned.labels
    if opened.names != scorer.model.names:
        raise risks.ModelDamagedError("the model was made for other features")
    late = labels.at >= labels.at.max() - RECENT_DAYS * 86_400
    said = scorer.probability(opened.values[late])
    moved = drift_of(opened.rows(~late), opened.rows(late), said, labels.fraud[late], learned.findings.by_chance[late])
    return {
        "version": scorer.model.version,
        "lines": int(late.sum()),
        "auc": auc(said, labels.fraud[late]),
        "average_precision": average_precision(said, labels.fraud[late]),
        "calibration_error": moved.calibration,
        "random_lane": moved.random_lane._asdict(),
        "psi": dict(moved.features[:SHOWN]),
        "alarms": moved.alarms,
        "unseen": bool(scorer.model.trained_until < labels.at[late].min()),
    }


def _learning_curve(learned: Learning) -> list[dict[str, float]]:
    """Average precision on the last fifth of the time, by how much of the earlier findings was learned from."""
    opened, labels = _opened(learned), learned.labels
    order = np.argsort(labels.at, kind="stable")
    cut = round(0.8 * len(order))
    late, found = order[cut:], []
    for share in _SHARES:
        rows = order[cut - max(1, round(share * cut)) : cut]
        known = risks.Labels(labels.fraud[rows], labels.evaded[rows], labels.potential[rows], labels.at[rows])
        if known.fraud.sum() < risks.LEAST_FINDINGS:
            continue
        scorer = risks.trained(opened.rows(rows), known, risks.Settings()).opened()
        worth = average_precision(scorer.probability(opened.values[late]), labels.fraud[late])
        found.append({"lines": len(rows), "average_precision": worth})
    return found
