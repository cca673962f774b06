"""Measuring real requests, and what the public is told of them."""

from __future__ import annotations

import csv
import io
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tests.world import World
from thongquan.base.core.clock import now
from thongquan.insight.status import recorder
from thongquan.insight.status.buckets import SIZE, Histogram, bucket_of, edges_of
from thongquan.insight.status.groups import GROUPS, group_of
from thongquan.insight.status.measuring import HOUR_SECONDS, SLOTS, Key, Measures, Pulse, outcome_of
from thongquan.insight.status.middleware import Measured
from thongquan.insight.status.models import Answers, Beats
from thongquan.insight.status.operations import forget_old, write_beat, write_measures
from thongquan.insight.status.queries import hours_until, incidents_in, period_of, times_until, word_of
from thongquan.insight.status.queries.hours import Hour

MINUTE = timedelta(minutes=1)


def client() -> Client:
    """Somebody nobody knows."""
    return Client(SERVER_NAME="127.0.0.1", headers={"accept-language": "en"})


def hour_number(at: datetime) -> int:
    return int(at.timestamp()) // HOUR_SECONDS


def beat_through(begin: datetime, end: datetime, *, process: str = "a") -> None:
    """A process that lives from one moment to another."""
    pulse, at = Pulse(), begin
    while at < end:
        write_beat(process=process, source="web", pulse=pulse, at=at)
        at += timedelta(seconds=10)


@given(st.integers(min_value=0, max_value=100_000_000))
def test_every_time_lies_in_its_bucket(microseconds: int) -> None:
    low, high = edges_of(bucket_of(microseconds))
    assert low <= microseconds < high
    assert low == 0 or (high - low) * 4 <= low


@given(st.lists(st.integers(min_value=200, max_value=5_000_000), min_size=1, max_size=60))
def test_a_percentile_is_right_within_its_bucket(times: list[int]) -> None:
    histogram = Histogram()
    for time in times:
        histogram.add(time)
    for percent in (50, 95):
        true = sorted(times)[max(-(-len(times) * percent // 100), 1) - 1]
        low, high = edges_of(bucket_of(true))
        told = histogram.percentile(percent)
        assert told is not None
        assert low <= told <= high


def test_histograms_of_processes_add_up() -> None:
    one, two = Histogram(), Histogram()
    one.add(1_000)
    two.add(1_000)
    two.add(900_000)
    merged = Histogram().merge([one, Histogram(two.packed)])
    assert (merged.total, merged.counts[bucket_of(1_000)]) == (3, 2)
    assert Histogram().percentile(50) is None
    assert len(one.packed) == SIZE * 4


@pytest.mark.parametrize(
    ("method", "path", "group"),
    [
        ("POST", "/api/v1/declarations/", "lodge"),
        ("POST", "/declarations/draft/12/lodge", "lodge"),
        ("POST", "/declarations/upload/", "lodge"),
        ("GET", "/api/v1/declarations/", "lists"),
        ("GET", "/declarations/", "lists"),
        ("GET", "/declarations/101234567890/", "declaration"),
        ("GET", "/api/v1/declarations/101234567890", "declaration"),
        ("GET", "/control/gate/", "gate"),
        ("POST", "/control/101234567890/release/", "checks"),
        ("GET", "/law/codes/08081000/", "public"),
        ("GET", "/api/v1/files/", "api"),
        ("GET", "/", "pages"),
        ("GET", "/static/web/app.js", ""),
    ],
)
def test_requests_are_counted_in_their_group(method: str, path: str, group: str) -> None:
    assert group_of(method, path) == group
    assert not group or group in GROUPS


@pytest.mark.parametrize(
    ("status", "outcome"), [(200, "ok"), (302, "ok"), (404, "refused"), (429, "refused"), (503, "failed")]
)
def test_only_our_own_errors_are_failures(status: int, outcome: str) -> None:
    assert outcome_of(status) == outcome


def test_the_middleware_counts_what_was_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    measures = Measures()
    monkeypatch.setattr("thongquan.insight.status.middleware.measures", measures)
    for status in (200, 500):
        Measured(lambda request, status=status: HttpResponse(status=status))(RequestFactory().get("/declarations/"))
    Measured(lambda request: HttpResponse())(RequestFactory().get("/static/x.css"))
    assert [(key.group, key.outcome, requests) for key, requests, _ in measures.changed()] == [
        ("lists", "failed", 1),
        ("lists", "ok", 1),
    ]
    assert measures.changed() == []


def test_threads_lose_no_count() -> None:
    measures = Measures()
    key = Key(1, "pages", "ok")
    threads = [threading.Thread(target=lambda: [measures.count(key, 500) for _ in range(500)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert measures.changed()[0][1] == 4000


@pytest.mark.django_db
def test_two_processes_add_up_and_writing_twice_adds_nothing() -> None:
    at = datetime(2031, 5, 6, 7, 30, tzinfo=UTC)
    for process, microseconds in (("one", 2_000), ("two", 50_000)):
        measures = Measures()
        measures.process = process
        for _ in range(20):
            measures.count(Key(hour_number(at), "lodge", "ok"), microseconds)
        assert write_measures(measures=measures, at=at) == 1
        assert write_measures(measures=measures, at=at) == 0
        measures.put_back(iter([Key(hour_number(at), "lodge", "ok")]))
        assert write_measures(measures=measures, at=at) == 1
    (hour,), (whole,) = times_until(at, 24)
    assert (hour.requests, hour.group, whole.requests) == (40, "lodge", 40)
    assert hour.p50_ms == pytest.approx(2, rel=0.25)
    assert hour.p95_ms == pytest.approx(50, rel=0.25)


@pytest.mark.django_db
def test_what_cannot_be_written_is_written_later(monkeypatch: pytest.MonkeyPatch) -> None:
    at, measures = now(), Measures()
    measures.count(Key(hour_number(at), "pages", "failed"), 700)

    def away(*_: object, **__: object) -> None:
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr(Answers.objects, "bulk_create", away)
        with pytest.raises(OperationalError):
            write_measures(measures=measures, at=at)
    assert write_measures(measures=measures, at=at) == 1
    assert Answers.objects.get().requests == 1


@pytest.mark.django_db
def test_an_hour_without_a_server_is_down_though_nobody_asked() -> None:
    """One process lives for an hour, none in the next, one again in the third."""
    begin = datetime(2031, 5, 6, 7, 0, tzinfo=UTC)
    beat_through(begin + 20 * MINUTE, begin + 60 * MINUTE)
    beat_through(begin + 120 * MINUTE, begin + 150 * MINUTE, process="b")
    hours = hours_until(begin + timedelta(minutes=150, seconds=10), 4)
    assert [word_of(hour.availability) for hour in hours] == ["unknown", "up", "down", "up"]
    assert [hour.judged for hour in hours] == [0, 240, 360, 180], "nothing is judged before the first heartbeat"
    period = period_of(hours)
    assert period.availability == pytest.approx((240 + 180) / (240 + 360 + 180))
    assert period.down_seconds == 3600
    (incident,) = incidents_in(hours)
    assert (incident.kind, incident.seconds, incident.ongoing) == ("silent", 3600, False)


@pytest.mark.django_db
def test_a_server_that_stopped_just_now_is_told_as_stopped() -> None:
    begin = datetime(2031, 5, 6, 7, 0, tzinfo=UTC)
    beat_through(begin, begin + 10 * MINUTE)
    hours = hours_until(begin + 20 * MINUTE, 2)
    (incident,) = incidents_in(hours)
    assert incident.ongoing
    assert hours[-1].alive_share == pytest.approx(60 / 119)


@pytest.mark.django_db
def test_a_beat_that_failed_is_never_told_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database was away for a slot: writing the next beat does not fill it."""
    begin, pulse = datetime(2031, 5, 6, 7, 0, tzinfo=UTC), Pulse()
    write_beat(process="a", source="web", pulse=pulse, at=begin)

    def away(*_: object, **__: object) -> None:
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr(Beats.objects, "bulk_create", away)
        with pytest.raises(OperationalError):
            write_beat(process="a", source="web", pulse=pulse, at=begin + timedelta(seconds=10))
    write_beat(process="a", source="web", pulse=pulse, at=begin + timedelta(seconds=20))
    assert hours_until(begin + MINUTE, 1)[0].bits == 0b101


def test_failed_requests_weigh_where_the_server_lived() -> None:
    at = datetime(2031, 5, 6, 7, 0, tzinfo=UTC)
    whole = (1 << SLOTS) - 1
    bad = Hour(at=at, first=0, passed=SLOTS, bits=whole, requests=200, failed=50)
    good = Hour(at=at + timedelta(hours=1), first=0, passed=SLOTS, bits=whole, requests=4)
    assert (bad.availability, good.availability) == (0.75, 1.0)
    assert period_of([bad, good]).availability == pytest.approx(0.875)
    (incident,) = incidents_in([bad, good])
    assert (incident.kind, incident.failed, incident.requests) == ("failing", 50, 200)
    assert [word_of(share) for share in (1.0, 0.95, 0.5, None)] == ["up", "impaired", "down", "unknown"]


@pytest.mark.django_db
def test_hours_are_kept_for_ninety_days() -> None:
    at = now()
    for days in (0, 89, 91):
        write_beat(process="a", source="web", pulse=Pulse(), at=at - timedelta(days=days))
    assert forget_old(at=at) == 1
    assert Beats.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_recorder_writes_until_it_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    stopping = threading.Event()
    monkeypatch.setattr(recorder, "EVERY_SECONDS", 0.01)
    waits = iter([False, False, True])
    monkeypatch.setattr(stopping, "wait", lambda seconds: next(waits))
    recorder.record(stopping, "worker")
    assert Beats.objects.get().source == "worker"


def test_a_stranger_reads_the_status_page(customs: World) -> None:
    """Real requests through the whole stack, written down, told as page, JSON and CSV; nothing of anybody is in it."""
    from thongquan.insight.status.measuring import measures

    at = now()
    measures.begin()
    beat_through(at - 5 * MINUTE, at)
    client().get("/law/")
    customs.api("declarant").post("/api/v1/declarations/", b"{}", content_type="application/json")
    write_measures(measures=measures, at=at)
    page = client().get("/status/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "Lodging declarations" in text
    assert "polyline" in text
    assert "Measured availability" in text
    assert "private" in page["Cache-Control"]
    body = client().get("/api/v1/status").json()
    assert body["availability"]["today"]["availability"] > 0.9
    assert {row["group"] for row in body["times"]} >= {"lodge", "public"}
    assert {row["name"] for row in body["components"]} == {"web", "database", "worker", "ledger"}
    rows = list(csv.DictReader(io.StringIO(client().get("/status/hours.csv").content.decode("utf-8-sig"))))
    assert sum(int(row["requests"]) for row in rows) >= 2
    assert "lodge" in client().get("/status/times.csv").content.decode()
    assert client().post("/status/").status_code == 405


def test_a_neighbor_sees_the_same_as_everybody(customs: World) -> None:
    assert customs.client("partner_agency").get("/status/").status_code == 200


def test_too_many_requests_of_a_stranger_are_told_to_wait(customs: World, settings: object) -> None:
    settings.PUBLIC_RATE_LIMIT = "3/minute"  # type: ignore[attr-defined]  # pytest-django's settings
    answers = [client().get("/status/hours.csv") for _ in range(5)]
    assert [answer.status_code for answer in answers][:1] == [200]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert client().get("/api/v1/status").status_code == 429
