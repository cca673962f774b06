"""Clocks told in YAML: a declaration, its story, and what must follow by when; lengths are those of the shipped law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import holidays
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.reference.files import column, rows
from thongquan.rules.clocks import CERTAIN, NEEDED, Clock, Happening, Story, clock_that_matters, clocks_of
from thongquan.rules.facts import Standing
from thongquan.rules.law import Parameter
from thongquan.rules.terms import Terms, left_of, length_of
from thongquan.rules.worktime import HANOI, Calendar, Week, Window

FOLDER = Path(__file__).parent / "situations" / "clocks"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['title']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
KEYS = {"title", "source", "flow", "channel", "standing", "law", "closed", "events", "at", "expect", "matters"}
OPEN = (Window(time(8), time(12)), Window(time(13), time(17)))
WEEK = Week(date(2021, 6, 1), (OPEN, OPEN, OPEN, OPEN, OPEN, (), ()))
DAYS_OFF = frozenset(holidays.country_holidays("VN", years=[2026, 2027]))
CALENDAR = Calendar(weeks=(WEEK,), holidays=DAYS_OFF)


def moment(text: object) -> datetime:
    return datetime.fromisoformat(str(text)).replace(tzinfo=HANOI)


def shipped(changes: dict[str, Any]) -> Terms:
    """The shipped parameters, with changes: `name: [day, value, unit]`, an empty value for a repeal."""
    series: dict[str, list[tuple[str, Parameter | None]]] = {}
    for row in rows("parameters.csv"):
        told = {name: row[name] for name in ("value", "unit", "source")}
        one = Parameter(**told, verified=row["verified"] == "yes", valid_from=date.fromisoformat(row["valid_from"]))
        series.setdefault(row["name"], []).append((row["valid_from"], one))
    for name, (day, value, unit) in changes.items():
        changed = Parameter(value=value, unit=unit, source="Situation", valid_from=date.fromisoformat(day))
        series.setdefault(name, []).append((day, changed if value else None))

    def parameter(name: str, on: date) -> Parameter | None:
        held = [(day, one) for day, one in series.get(name, []) if day <= on.isoformat()]
        return max(held, key=lambda pair: pair[0])[1] if held else None

    return Terms(CALENDAR, parameter)


def happenings(case: dict[str, Any]) -> Iterator[Happening]:
    for kind, at, *data in case["events"]:
        yield Happening(kind=kind, at=moment(at), data=data[0] if data else {})


def story_of(case: dict[str, Any]) -> Story:
    return Story(
        flow=case.get("flow", "import"),
        channel=case.get("channel", 1),
        standing=Standing(**case.get("standing", {})),
        events=tuple(happenings(case)),
        terms=shipped(case.get("law", {})),
    )


def told(clock: Clock) -> str:
    """`due [/ stopped]`, to the minute, as the situations write it."""
    due = f"{clock.due_at.astimezone(HANOI):%Y-%m-%d %H:%M}"
    return due if clock.stopped_at is None else f"{due} / {clock.stopped_at.astimezone(HANOI):%Y-%m-%d %H:%M}"


def left(clock: Clock, at: datetime) -> str:
    one = left_of(clock.due_at, at, CALENDAR if clock.working else None)
    return f"{clock.name}: {'over ' if one.overdue else ''}{one.amount} {'working ' if one.working else ''}{one.unit}"


@pytest.mark.parametrize("case", CASES)
def test_situation(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    assert case["source"]
    clocks = clocks_of(story_of(case))
    wanted = {name: [due] if isinstance(due, str) else due for name, due in case["expect"].items()}
    found: dict[str, list[str]] = {}
    for clock in clocks:
        if clock.name in wanted or not case.get("at"):
            found.setdefault(clock.name, []).append(told(clock))
    assert found == wanted
    for side, words in case.get("matters", {}).items():
        at = moment(case["at"])
        matters = clock_that_matters(clocks, side=side, at=at)
        assert (left(matters, at) if matters else None) == words


def test_every_length_that_clocks_need_is_shipped_and_readable() -> None:
    assert set(NEEDED) <= column("parameters.csv", "name")
    terms = shipped({})
    for name in set(NEEDED) - {"void_control_flows", "deadline_on_day_off"}:
        parameter = terms.parameter(name, date(2027, 3, 1))
        assert parameter is not None, name
        assert length_of(parameter) is not None, name


KINDS = sorted(
    {
        "file_documents",
        "documents_checked",
        "present_goods",
        "request_specialized",
        "specialized_result",
        "extend_check",
    }
    | {"goods_inspected", "instruct", "amend", "raise_channel", "settle", "unsettle", "release", "clear", "preserve"}
    | {"preserved_result", "request_amendment", "refuse_amendment", "cancel", "expire", "exit", "audit"}
)
TERMS = shipped({})
FIRST = datetime(2026, 12, 21, 9, tzinfo=HANOI)
stories = st.builds(
    lambda flow, channel, steps: Story(
        flow=flow,
        channel=channel,
        standing=Standing(),
        events=(
            Happening(kind="lodged", at=FIRST),
            *(
                Happening(kind=kind, at=FIRST + timedelta(hours=3 * place), data={"approver": "user:1"})
                for place, kind in enumerate(steps, start=1)
            ),
        ),
        terms=TERMS,
    ),
    st.sampled_from(["import", "export"]),
    st.sampled_from([1, 2, 3]),
    st.lists(st.sampled_from(KINDS), max_size=12),
)


@given(stories)
def test_a_clock_begins_with_an_event_and_is_due_after_it(story: Story) -> None:
    moments = {event.at for event in story.events}
    for clock in clocks_of(story):
        assert clock.starts_at in moments
        assert clock.due_at > clock.starts_at
        assert clock.stopped_at is None or clock.stopped_at in moments
        assert clock.stopped_at is None or clock.stopped_at >= clock.starts_at
        assert clock.source


@given(stories)
def test_of_one_name_at_most_one_clock_runs_at_a_time(story: Story) -> None:
    last = story.events[-1].at
    running = [clock.name for clock in clocks_of(story) if clock.runs(last)]
    assert len(running) == len(set(running))


@given(stories)
def test_nothing_runs_after_the_end(story: Story) -> None:
    if any(event.kind in ("cancel", "expire") for event in story.events):
        assert not [clock for clock in clocks_of(story) if clock.runs(story.events[-1].at + timedelta(days=400))]


@given(stories, st.integers(1, 12))
def test_what_comes_later_does_not_move_what_is_due(story: Story, cut: int) -> None:
    """A longer story may stop clocks and add clocks; only an extension moves one."""
    earlier = Story(story.flow, story.channel, story.standing, story.events[:cut], story.terms)
    later = {(clock.name, clock.starts_at): clock.due_at for clock in clocks_of(story)}
    for clock in clocks_of(earlier):
        if clock.name not in ("goods_check", "guarantee"):
            assert later[clock.name, clock.starts_at] == clock.due_at


def test_a_story_without_events_has_no_clock() -> None:
    story = Story("import", 2, Standing(), (), TERMS)
    assert clocks_of(story) == ()
    assert clock_that_matters([], side="customs", at=FIRST) is None


def test_an_extension_of_which_the_law_says_nothing_changes_nothing() -> None:
    steps = ("lodged", "present_goods", "extend_check")
    events = tuple(Happening(kind=kind, at=FIRST, data={"approver": "user:1"}) for kind in steps)
    silent = shipped({"goods_check_extension_days": ["2026-01-01", "", "days"]})
    due = [
        [
            clock.due_at
            for clock in clocks_of(Story("import", 3, Standing(), told, terms))
            if clock.name == "goods_check"
        ]
        for told, terms in ((events, silent), (events[:2], TERMS))
    ]
    assert due[0] == due[1]


def test_an_office_without_hours_has_no_clock_in_working_time() -> None:
    events = (Happening(kind="lodged", at=FIRST), Happening(kind="file_documents", at=FIRST))
    story = Story("import", 2, Standing(), events, Terms(Calendar(), TERMS.parameter))
    assert {clock.name for clock in clocks_of(story)} == {"expiry_not_arrived", "expiry_documents"}


def test_a_clock_is_verified_when_its_length_and_the_hours_are() -> None:
    events = (Happening(kind="lodged", at=FIRST), Happening(kind="file_documents", at=FIRST))
    for sure in (True, False):
        calendar = Calendar(weeks=(WEEK._replace(verified=sure),))
        clocks = clocks_of(Story("import", 2, Standing(), events, Terms(calendar, TERMS.parameter)))
        assert {clock.verified for clock in clocks if clock.name == "document_check"} == {sure}


@pytest.mark.parametrize(("flow", "sure"), [("import", False), ("export", True)])
def test_that_a_ground_applies_to_imports_is_not_verified(flow: str, sure: bool) -> None:
    story = Story(flow, 3, Standing(), (Happening(kind="lodged", at=FIRST),), TERMS)
    assert {clock.verified for clock in clocks_of(story) if clock.name in CERTAIN} == {sure}


@pytest.mark.parametrize(("value", "unit"), [("", "days"), ("two", "days"), ("2", "moons"), ("2", ""), ("-2", "days")])
def test_what_is_no_length_is_not_guessed(value: str, unit: str) -> None:
    assert length_of(Parameter(value=value, unit=unit, valid_from=date(2021, 6, 1), source="x")) is None


@given(st.integers(-5000, 5000))
def test_what_is_left_is_told_in_words_that_fit(minutes: int) -> None:
    at = datetime(2026, 11, 25, 9, 20, tzinfo=HANOI)
    one = left_of(at + timedelta(minutes=minutes), at, None)
    assert one.overdue == (minutes < 0)
    sizes = {"minutes": 1, "hours": 60, "days": 1440}
    assert one.amount * sizes[one.unit] <= abs(minutes) < (one.amount + 1) * sizes[one.unit]
    assert one.amount < 60 or one.unit != "minutes"
