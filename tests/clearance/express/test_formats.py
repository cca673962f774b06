"""Files of parcels read a record at a time, whatever is wrong with them, and gone on with from any record."""

from __future__ import annotations

import random

import pytest

from tests.clearance.express.parcels import as_csv, as_ndjson, row
from thongquan.base.core.faults import Refused
from thongquan.clearance.express.formats import MAX_LINE, Lines, Record, count_parcels, head_of, records
from thongquan.clearance.express.formats.sample import sample_csv


def lines_of(content: bytes, *, offset: int = 0, number: int = 1, part: int = 64) -> Lines:
    """The file as parts that cut anywhere."""

    def fetch(place: int) -> bytes:
        start = place - place % part
        return content[place : start + part]

    return Lines(fetch, offset=offset, number=number)


def read(content: bytes, part: int = 64) -> tuple[str, str, list[Record]]:
    lines = lines_of(content, part=part)
    kind, columns = head_of(lines)
    if not columns:
        lines = lines_of(content, part=part)
    return kind, columns, list(records(lines, kind, columns))


def told(found: list[Record]) -> list[tuple[int, str, list[str]]]:
    return [(one.line, one.parcel.consignment, [str(fault.code) for fault in one.faults]) for one in found]


@pytest.mark.parametrize("part", [1, 7, 64, 10_000])
def test_parts_cut_anywhere(part: int) -> None:
    content = as_csv([row(1), row(2, address="Số 1\nphố Trần"), row(3)])
    _kind, _columns, found = read(content, part)
    assert found[1].parcel.address == "Số 1\nphố Trần"
    assert [(one.line, one.after) for one in found] == [(2, 3), (3, 5), (5, 6)]


def test_rows_of_one_number_are_one_parcel_and_contradictions_are_told() -> None:
    found = read(sample_csv())[2]
    assert [len(one.parcel.goods) for one in found] == [1, 2]
    found = read(as_csv([row(1), row(1, recipient="Ai khác", hs="64021990"), row(2)]))[2]
    assert told(found) == [(2, "VN261100000001", ["TQ-EXP-014"]), (4, "VN261100000002", [])]
    assert (found[0].faults[0].line, found[0].faults[0].path, found[0].lines) == (3, "recipient", (2, 3))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_excel_separates_as_it_likes(delimiter: str) -> None:
    content = b"\xef\xbb\xbf" + as_csv([row(1)], delimiter=delimiter).replace(b"\r\n", b"\n")
    assert told(read(content)[2]) == [(2, "VN261100000001", [])]


def test_what_cannot_be_read_spoils_its_record_alone() -> None:
    good = as_csv([row(1), row(2), row(3)]).split(b"\r\n")
    broken = b"\r\n".join(
        [
            good[0],
            good[1],
            b'"never closed,1,2',
            b"\xff\xfe,1",
            b"x" * (MAX_LINE + 1),
            b"",
            good[2],
            b"a," * 40,
            good[3],
        ]
    )
    codes = told(read(broken, 1000)[2])
    assert codes == [
        (2, "VN261100000001", []),
        (3, "", ["TQ-EXP-008"]),
        (4, "", ["TQ-EXP-008"]),
        (5, "", ["TQ-EXP-008"]),
        (7, "VN261100000002", []),
        (8, "", ["TQ-EXP-008"]),
        (9, "VN261100000003", []),
    ]
    good = as_ndjson([row(1), row(2)]).splitlines()
    mixed = b"\n".join([good[0], b"{", b'{"colour": 1, "weight_kg": "x"}', b"", good[1]])
    assert told(read(mixed)[2]) == [
        (1, "VN261100000001", []),
        (2, "", ["TQ-FMT-002"]),
        (3, "", ["TQ-FMT-003", "TQ-FMT-018"]),
        (5, "VN261100000002", []),
    ]


def test_numbers_are_told_with_the_row_of_their_goods() -> None:
    found = read(as_csv([row(1), row(1, quantity="1,5")]))[2]
    (fault,) = found[0].faults
    assert (fault.code, fault.line, fault.path, fault.value) == ("TQ-FMT-018", 3, "goods[1].quantity", "1,5")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "TQ-EXP-006"),
        (b"\xff\xfec\x00o\x00", "TQ-EXP-006"),
        (b"name,colour\n", "TQ-EXP-006"),
        (b"consignment,hs,hs\n", "TQ-EXP-007"),
        (b"consignment,colour\n", "TQ-EXP-007"),
    ],
)
def test_a_head_that_no_file_of_parcels_has(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        head_of(lines_of(content))
    assert {fault.code for fault in refused.value.faults} == {code}


@pytest.mark.parametrize("write", [as_csv, as_ndjson])
def test_reading_goes_on_from_any_record_and_counting_agrees(write: object) -> None:
    chance = random.Random(7)
    rows = [row(number // 2 if number % 5 == 0 else number) for number in range(40)]
    content = write(rows)  # type: ignore[operator]  # one of the two writers above
    kind, columns, found = read(content)
    for one in chance.sample(found[:-1], 8):
        rest = list(records(lines_of(content, offset=one.end, number=one.after), kind, columns))
        assert rest == found[found.index(one) + 1 :]
    lines = lines_of(content)
    if columns:
        lines.next()
    assert count_parcels(lines, kind, columns, most=1000) == len(found)
