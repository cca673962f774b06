"""The same goods are found again however they are written; what differs in what decides is other goods."""

from __future__ import annotations

import pytest

from tests.learning.samples import history
from thongquan.learning.nearness import features_of, lines_of
from thongquan.learning.text import canonical
from thongquan.learning.twins import (
    FIRST_JUDGE,
    WAYS,
    Attribute,
    Index,
    Kind,
    Line,
    Query,
    Reviewed,
    aimed,
    evaluated,
    fitted,
    found,
    index_of,
    parting,
    rewritten,
    weighed,
)

LINES = [Line(f"line:{number}", one.description, one.code) for number, one in enumerate(history())]
TEXT = "Máy khoan điện cầm tay, 750W, model DK-13, vỏ nhựa, kèm mũi khoan 10 mm"
CODE = "84672100"


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of([*LINES, Line("asked", TEXT, CODE, price_usd=20.0, importer="0100100100", origin="CN")])


@pytest.mark.parametrize("way", [way for way in WAYS if way != "other model"])
def test_goods_written_otherwise_are_found_first(index: Index, way: str) -> None:
    hits = [
        found(index, Line("q", rewritten(TEXT, way, seed=seed), CODE)).partners[0].line.key == "asked"
        for seed in range(20)
    ]
    assert sum(hits) >= 19


def test_a_rewriting_is_the_same_for_the_same_seed_and_differs_from_the_text() -> None:
    for way in WAYS:
        assert rewritten(TEXT, way, seed=3) == rewritten(TEXT, way, seed=3)
        assert any(rewritten(TEXT, way, seed=seed) != TEXT for seed in range(5))
    assert canonical(rewritten(TEXT, "other model", seed=1)).quantities != canonical(TEXT).quantities


def test_another_code_for_the_same_goods_is_an_alarm_and_the_right_one_is_not(index: Index) -> None:
    wrong = found(index, Line("q", f"{TEXT}, hàng mới 100%", "85166010"))
    against = wrong.against("85166010")
    assert against is not None
    assert (against.line.key, against.line.code) == ("asked", CODE)
    assert FIRST_JUDGE.alarms(wrong)
    right = found(index, Line("q", f"{TEXT}, hàng mới 100%", CODE))
    assert right.against(CODE) is None
    assert not FIRST_JUDGE.alarms(right)


def test_a_shorter_code_that_agrees_is_no_other_code(index: Index) -> None:
    assert found(index, Line("q", TEXT, "846721")).against("846721") is None


def test_price_and_parties_speak_too(index: Index) -> None:
    same = found(index, Line("q", TEXT, CODE, price_usd=20.0, importer="0100100100", origin="cn")).partners[0]
    far = found(index, Line("q", TEXT, CODE, price_usd=2000.0, importer="0900900900")).partners[0]
    assert (same.parties, same.price) == (2, pytest.approx(0.0))
    assert far.parties == 0
    assert far.price == pytest.approx(4.605, abs=0.01)
    assert same.score > far.score
    assert found(index, Line("q", TEXT, CODE)).partners[0].price is None


def test_numbers_that_agree_speak_for_the_same_goods() -> None:
    index = index_of(
        [Line("a", "Tủ lạnh 200 lít hiệu Funiki", "84182190"), Line("b", "Tủ lạnh 90 lít Funiki", "84182190")]
    )
    partners = found(index, Line("q", "tủ lạnh Funiki 90L", "84182190")).partners
    assert [one.line.key for one in partners] == ["b", "a"]
    assert partners[0].numbers == 1.0 > partners[1].numbers


def test_the_same_goods_under_one_code_are_one_group_with_their_number() -> None:
    index = index_of([Line(str(place), "Táo tươi Fuji, hàng mới 100%", "08081000") for place in range(7)])
    assert [one.times for one in found(index, Line("q", "táo tươi fuji", "08081000")).partners] == [7]
    assert index.groups.tolist() == [0] * 7


def test_lines_of_no_goods_are_left_out() -> None:
    index = index_of([Line("a", "", "08081000"), Line("b", "táo", ""), Line("c", "táo", "08081000")])
    assert index.groups.tolist() == [-1, -1, 0]


MATERIAL = Attribute("7323", Kind.MATERIAL, "material")
KNITTED = Attribute("61", Kind.WORDS, "knitted or woven", ("det kim|knitted|针织", "det thoi|woven|机织"))
POWER = Attribute("8516", Kind.LIMIT, "power", unit="w", limits=(1000.0,))


@pytest.mark.parametrize(
    ("attribute", "one", "other", "code", "parts"),
    [
        (MATERIAL, "Nồi inox 5 lít", "Nồi nhôm 5 lít", "73239310", True),
        (MATERIAL, "Nồi inox 5 lít", "Nồi thép 5 lít", "73239310", False),
        (MATERIAL, "Nồi inox 5 lít", "Nồi 5 lít", "73239310", False),
        (MATERIAL, "Nồi inox 5 lít", "Nồi nhôm 5 lít", "84181000", False),
        (KNITTED, "Áo dệt kim", "Áo dệt thoi", "61091010", True),
        (KNITTED, "Áo 针织", "Áo woven", "61091010", True),
        (POWER, "Nồi điện 700W", "Nồi điện 1,5 kW", "85166010", True),
        (POWER, "Nồi điện 1200W", "Nồi điện 1,5 kW", "85166010", False),
    ],
)
def test_goods_that_differ_in_a_deciding_attribute_part(
    attribute: Attribute, one: str, other: str, code: str, parts: bool
) -> None:
    told = parting([attribute], canonical(one), canonical(other), (code, "99999999"))
    assert (told is attribute) is parts
    assert (parting([attribute], canonical(other), canonical(one), ("99999999", code)) is attribute) is parts


def test_a_parted_line_raises_no_alarm() -> None:
    index = index_of([Line("a", "Áo phông nam dệt kim cotton size L", "61091010")])
    asked = Line("q", "Áo phông nam dệt thoi cotton size L", "62052020")
    assert found(index, asked).against(asked.code) is not None
    parted = found(index, asked, deciding=[KNITTED])
    assert parted.partners[0].parted_by == "knitted or woven"
    assert parted.against(asked.code) is None
    assert not FIRST_JUDGE.alarms(parted)


def asked(index: Index) -> list[Query]:
    queries = []
    for number, line in enumerate(LINES):
        for way in ("boilerplate", "case", "no diacritics", "typos"):
            text = rewritten(line.description, way, seed=number)
            wrong = LINES[(number + 48) % len(LINES)].code
            queries.append(Query(line._replace(description=text), wrong=False, partner=number))
            queries.append(Query(line._replace(description=text, code=wrong), wrong=True, partner=number))
    return queries


@pytest.fixture(scope="module")
def answers(index: Index) -> list[Reviewed]:
    """What is found for all that is asked; the kind of goods is their code."""
    return [Reviewed(found(index, one.line), one.wrong, LINES[one.partner].code) for one in asked(index)]


def test_a_judge_fitted_on_reviewed_lines_keeps_to_its_share_of_false_alarms(
    index: Index, answers: list[Reviewed]
) -> None:
    judge = fitted([(one.found, one.wrong) for one in answers[::2] + answers[1::4]], false_alarms=0.003)
    noted: list[bool] = []
    queries = asked(index)[::3]
    result = evaluated(index, queries, judge, noted=noted)
    assert noted == [judge.alarms(one.found) for one in answers[::3]]
    assert result.false_alarms is not None
    assert result.false_alarms <= 0.003
    assert result.detected is not None
    assert result.detected >= 0.9
    assert result.recall_10 is not None
    assert result.recall_10 >= 0.95
    assert result.memory > 0


def test_an_alarm_tells_its_measured_precision(answers: list[Reviewed]) -> None:
    judge = fitted([(one.found, one.wrong) for one in answers])
    strong = next(one.found for one in answers if one.wrong and judge.alarms(one.found))
    band = judge.precision(strong)
    assert band is not None
    assert 0 < band.right <= band.alarms
    assert sum(one.alarms for one in judge.bands) == sum(judge.alarms(one.found) for one in answers)
    assert FIRST_JUDGE.precision(strong) is None


def test_a_judge_needs_both_sorts(index: Index) -> None:
    right = [(found(index, LINES[0]), False)] * 5
    with pytest.raises(ValueError, match="both"):
        fitted(right)


def test_a_threshold_keeps_to_the_goal_of_every_set(answers: list[Reviewed]) -> None:
    weights = weighed(answers)
    loose = aimed(weights, [(answers, 0.5)])
    strict = aimed(weights, [(answers, 0.5), (answers[::2], 0.003)])
    assert strict.threshold > loose.threshold
    assert sum(strict.alarms(one.found) for one in answers if not one.wrong) <= 0.003 * len(answers)
    assert aimed(weights, [(answers, 0.5)], least=0.99).threshold == 0.99
    assert aimed(weights, [(answers, 1.0)]).threshold == 0.0


def test_goods_of_one_kind_count_as_hanging_together(answers: list[Reviewed]) -> None:
    """Where all alarms among right lines are of one kind, they say more of that kind than of the share of all."""
    apart = [one._replace(kind="") for one in answers]
    judge = aimed(weighed(apart), [(apart, 0.02)])
    assert {judge.alarms(one.found) for one in answers if not one.wrong} == {True, False}
    together = [one._replace(kind="doubted" if judge.alarms(one.found) else "") for one in answers]
    assert aimed(judge.weights, [(together, 0.02)]).threshold > judge.threshold


def test_a_set_without_right_lines_is_refused(index: Index) -> None:
    wrong = [Reviewed(found(index, LINES[0]), True)]
    with pytest.raises(ValueError, match="right as declared"):
        aimed((0.0,) * 9, [(wrong, 0.1)])


def test_an_empty_index_finds_nothing() -> None:
    assert found(index_of([]), LINES[0]).partners == ()


def test_an_index_takes_few_bytes_a_line() -> None:
    goods = [rewritten(one.description, "other model", seed=number) for number, one in enumerate(history() * 8)]
    index = index_of([Line(str(number), text, "84672100") for number, text in enumerate(goods)])
    assert index.memory / len(index.first) <= 250


def test_features_of_a_line_are_kept_whole() -> None:
    lines = lines_of([TEXT, "Táo tươi Fuji"])
    assert lines.of(0).tolist() == features_of(canonical(TEXT)).tolist()
    assert lines.of(1).tolist() == features_of(canonical("Táo tươi Fuji")).tolist()
