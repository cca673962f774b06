"""The report of models tells what was measured, and the pages take the steps of a switch."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from lxml import html

from tests.clearance.classification.suggesting.store import REPORT
from tests.world import World
from thongquan.clearance.classification import suggesting_charts as charts
from thongquan.clearance.classification.models import SuggestionModel
from thongquan.learning.curves import interval

URL = "/classification/suggest/models/"


@pytest.fixture
def measured(suggests: Path) -> str:
    SuggestionModel.objects.update(report=REPORT)
    return suggests.name


def read(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    root: Any = html.fromstring(answer.content.decode())
    return " ".join(root.text_content().split())


def test_the_report_tells_accuracy_intervals_and_the_first_day_of_an_office(customs: World, measured: str) -> None:
    answer = customs.client("clearance_officer").get(URL)
    text = read(answer)
    low, high = (f"{100 * one:.1f}".removesuffix(".0").replace(".", ",") for one in interval(0.8, 200))
    assert f"[{low}" in text
    assert f"–{high}" in text
    assert "Đơn vị chưa từng thấy: 20BB" in text
    assert "4 chữ số, 150 mặt hàng: đúng ngay 32 %" in text.replace("\u00a0", " ")
    root: Any = html.fromstring(answer.content.decode())
    assert len(root.xpath("//svg[contains(@class, 'sg-chart')]")) == 4
    assert measured[:8] in text


def test_the_figures_are_a_file(customs: World, measured: str) -> None:
    answer = customs.client("director").get(f"{URL}figures.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert ["strange", "4", "20BB", "0.320", "150"] in rows
    assert ["chapter", "6", "84", "0.850", "100"] in rows
    assert customs.client("director").get(f"{URL}figures.exe").status_code == 404


def test_the_report_is_a_paper_to_print(customs: World, suggests: Path) -> None:
    client = customs.client("director")
    assert client.get(f"{URL}figures.pdf").status_code == 404  # nothing is measured yet
    SuggestionModel.objects.update(report=REPORT)
    answer = client.get(f"{URL}figures.pdf")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert customs.client("declarant").get(f"{URL}figures.pdf").status_code == 403  # a stranger to customs


def test_two_people_switch_on_the_pages(customs: World, measured: str) -> None:
    SuggestionModel.objects.update(state="retired")
    leader, director, url = customs.client("team_leader"), customs.client("director"), f"{URL}{measured}/"
    refused = leader.post(f"{url}step", {"step": "propose", "why": " "})
    assert refused.status_code == 422
    assert "TQ-CLS-046" in refused.content.decode()
    assert leader.post(f"{url}step", {"step": "propose", "why": "Tốt hơn"}).status_code == 302
    own = leader.post(f"{url}step", {"step": "choose"})
    assert "TQ-CLS-081" in own.content.decode()
    assert "Đưa vào sử dụng" not in read(leader.get(url))
    assert director.post(f"{url}step", {"step": "choose", "follows": "on"}).status_code == 302
    row = SuggestionModel.objects.get()
    assert (row.state, row.follows) == ("champion", True)
    again = director.post(f"{url}step", {"step": "choose"})
    assert "TQ-CLS-080" in again.content.decode()


def test_a_model_whose_files_were_changed_is_told(customs: World, measured: str, suggests: Path) -> None:
    (suggests / "model.json").write_text("{}")
    assert "Hôm nay không có mô hình nào trả lời" in read(customs.client("director").get(URL))


def test_before_the_first_model_the_page_says_what_will_come(customs: World, store: Path) -> None:
    text = read(customs.client("clearance_officer").get(URL))
    assert "Mô hình đầu tiên được huấn luyện ngầm" in text


def test_a_stranger_and_a_neighbor_read_no_report(customs: World, measured: str) -> None:
    for url in (URL, f"{URL}{measured}/", f"{URL}figures.csv"):
        assert Client(SERVER_NAME="127.0.0.1").get(url).status_code == 302
        for role in ("declarant", "neighbor_customs", "partner_agency"):
            assert customs.client(role).get(url).status_code == 403
    assert customs.client("declarant").post(f"{URL}{measured}/step", {"step": "propose"}).status_code == 403
    assert customs.client("clearance_officer").post(f"{URL}{measured}/step", {"step": "propose"}).status_code == 403


def test_drawings_hold_what_was_measured() -> None:
    level = REPORT["levels"]["6"]  # type: ignore[index]  # plain values
    curve = charts.reliability(level)
    assert curve is not None
    ((_look, points),) = curve.lines
    assert [point.x for point in points] == sorted(point.x for point in points)
    assert points[0].y > points[-1].y
    bars = charts.chapters(level, {"84": "Máy"})
    assert bars is not None
    assert all(bar.low <= bars.start + bar.width <= bar.high for bar in bars.bars)
    assert charts.learning([], 6) is None
    assert charts.abstention({}) is None
