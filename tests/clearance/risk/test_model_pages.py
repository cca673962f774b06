"""Models over HTTP: the registry, a version with its card, steps of two people, downloads, and who is kept out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.clearance.risk.languages import leftovers
from tests.clearance.risk.models import registered, seated
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.risk.models import DriftWeek, ModelVersion
from thongquan.clearance.risk.queries.champions import champion, folder_of, forget_champion

RATE = {"share": 0.1, "low": 0.04, "high": 0.2, "lines": 60}
MEASURED = {
    "lines": 200,
    "found": 21,
    "auc": 0.8,
    "average_precision": 0.41,
    "calibration": 0.02,
    "top": {"share": 0.5, "low": 0.3, "high": 0.7, "lines": 20},
    "unseen": True,
}
WEEK = {
    "measured": MEASURED,
    "psi": [["price_text", 0.31], ["gross", 0.04]],
    "alarms": ["price_text"],
    "calibration": 0.13,
    "random_lane": RATE,
    "new": {"firm": 0.05, "hs": 0.01},
    "grounds": ["calibration"],
}


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA_DIR = tmp_path
    forget_champion()
    yield
    forget_champion()


def measured(version: str, other: str) -> None:
    """A version with everything that a page can show."""
    row = ModelVersion.objects.get(version=version)
    row.counts = {
        "lines": {"inspection": 180, "audit": 12, "codes": 6, "certificate": 2},
        "found": {"inspection": 19, "codes": 2},
        "by_chance": 40,
        "declared": 4_000,
    }
    row.settings = {"rounds": 200, "leaves": 8}
    row.measures = {
        "judged_since": int((now() - timedelta(days=28)).timestamp()),
        "own": MEASURED,
        "others": {other: {**MEASURED, "unseen": False}},
        "duels": {other: {"difference": 0.05, "low": 0.01, "high": 0.1}},
        "curve": [{"lines": 100, "average_precision": 0.2}, {"lines": 200, "average_precision": 0.35}],
        "worth": [0.3, 0.4, 0.35],
    }
    row.save()
    DriftWeek.objects.create(model=row, on=now().date(), at=now(), told=WEEK)


def test_two_people_seat_a_model_over_http(customs: World) -> None:
    version = registered()
    analyst, director = customs.client("risk_analyst"), customs.client("director")
    page = f"/risk/models/{version}/"
    answer = analyst.post(f"{page}seat", {"seat-words": ""})
    assert answer.status_code == 422
    assert analyst.post(f"{page}seat", {"seat-words": "Tốt hơn trên bốn tuần"}).status_code == 302
    assert f'action="{page}approve"' not in analyst.get(page).content.decode()
    assert analyst.post(f"{page}approve", {"approve-words": ""}).status_code == 422
    assert f'action="{page}approve"' in director.get(page).content.decode()
    assert director.post(f"{page}approve", {"approve-words": "Đồng ý"}).status_code == 302
    held = champion()
    assert held is not None
    assert held.version == version
    told = director.get(page).content.decode()
    assert "Tốt hơn trên bốn tuần" in told
    assert "Đồng ý" in told


def test_the_registry_tells_who_scores_what_waits_and_alarms(customs: World) -> None:
    first, second = seated(customs, 1), seated(customs, 2)
    (folder_of(second) / "forest.txt").unlink()
    forget_champion()
    told = customs.client("risk_analyst").get("/risk/models/").content.decode()
    assert told.count("●") >= 1
    assert f"/risk/models/{first}/" in told
    assert "is-warning" in told
    assert customs.api("risk_analyst").get("/api/v1/risk/models").json()["scores"] == first


def test_every_measure_is_on_the_page_and_in_files(customs: World) -> None:
    first, second = registered(1), seated(customs, 2)
    measured(second, first)
    browser = customs.client("risk_analyst")
    told = browser.get(f"/risk/models/{second}/").content.decode()
    assert told.count("<svg") >= 3
    assert "price_text" in told
    assert "▲" in told
    paper = browser.get(f"/risk/models/{second}/card.pdf")
    assert paper.content.startswith(b"%PDF")
    sheet = browser.get(f"/risk/models/{second}/measures.csv").content.decode("utf-8-sig")
    assert "PSI,price_text,0.310" in sheet
    assert browser.get(f"/risk/models/{second}/measures.xlsx").content[:2] == b"PK"
    api = customs.api("risk_analyst").get(f"/api/v1/risk/models/{second}").json()
    assert api["weeks"][0]["told"]["alarms"] == ["price_text"]


@pytest.mark.parametrize("language", ["vi", "zh-hans", "fr"])
def test_no_english_is_left_over(customs: World, language: str) -> None:
    first, second = registered(1), seated(customs, 2)
    measured(second, first)
    browser = customs.client("risk_analyst")
    assert leftovers(browser, "/risk/models/", language) == []
    assert leftovers(browser, f"/risk/models/{second}/", language) == []


def test_a_training_is_asked_for_once(customs: World) -> None:
    browser = customs.client("risk_analyst")
    for _ask in range(2):
        assert browser.post("/risk/models/train").status_code == 302
    assert customs.run_sql("SELECT count(*) FROM risk_modelrun") == [(1,)]
    assert "disabled" in browser.get("/risk/models/").content.decode()


@pytest.mark.parametrize("person", ["declarant", "clearance_officer", "gate_officer", "administrator"])
def test_a_stranger_sees_no_model(customs: World, person: str) -> None:
    version = registered()
    browser = customs.client(person)
    for address in ("", f"{version}/", f"{version}/card.pdf", f"{version}/measures.csv"):
        assert browser.get(f"/risk/models/{address}").status_code in (403, 404)
    assert browser.post(f"/risk/models/{version}/seat", {"seat-words": "x"}).status_code in (403, 404)
    assert browser.post("/risk/models/train").status_code in (403, 404)
    assert customs.api(person).get("/api/v1/risk/models").status_code in (401, 403, 404)


def test_a_neighbor_reads_models_but_takes_no_step(customs: World) -> None:
    """A right role for reading is none for proposing; a program with a token proposes nothing at all."""
    version = registered()
    browser = customs.client("internal_control")
    assert browser.get(f"/risk/models/{version}/").status_code == 200
    assert browser.post(f"/risk/models/{version}/seat", {"seat-words": "x"}).status_code in (403, 404)
    assert browser.post(f"/risk/models/{version}/approve", {"approve-words": "x"}).status_code in (403, 404)
    assert customs.run_sql("SELECT count(*) FROM risk_modelproposal") == [(0,)]
