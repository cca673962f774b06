"""Words of a world: invented names, plates and numbers, and the texts that declarants write."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np

from thongquan.practice.catalog import Kind, descriptions
from thongquan.practice.world.numbers import Array, Ints, stream

LONGEST = 200
_FORMS = (
    "Công ty TNHH Thương mại {}",
    "Công ty TNHH Xuất nhập khẩu {}",
    "Công ty cổ phần {}",
    "Công ty TNHH MTV {}",
    "Công ty TNHH Logistics {}",
    "Hợp tác xã Nông sản {}",
)
_FIRST = (
    *("Hoa Đào", "Trăng Non", "Suối Mây", "Gió Ngàn", "Chim Khuyên", "Lá Phong", "Sao Hôm", "Ngọn Sóng", "Cánh Buồm"),
    *("Mái Ngói", "Cầu Vồng", "Sương Mai", "Đồi Chè", "Bến Nước", "Cối Xay", "Hạc Giấy", "Đèn Trời", "Ruộng Bậc"),
)
_SECOND = ("Xanh", "Vàng", "Biếc", "Thu", "Mới", "Hồng", "Bạc", "Tím", "Sớm", "Ấm", "Cao", "Lành", "Sáng", "Vững")
_CITIES = (
    "Guangzhou",
    "Shenzhen",
    "Yiwu",
    "Foshan",
    "Nanning",
    "Pingxiang",
    "Kunming",
    "Chongzuo",
    "Dongguan",
    "Hangzhou",
)
_SOUNDS = (
    "Lanyue",
    "Qingsong",
    "Meihe",
    "Beiqiu",
    "Shanlu",
    "Xinlan",
    "Hongxi",
    "Zhuyue",
    "Wanqiu",
    "Yunfan",
    "Tianzhu",
)
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vi", "Nông", "Lương", "Hà", "Đặng")
_MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Quang", "Ngọc", "Xuân", "Hữu")
_GIVEN = ("An", "Bình", "Cường", "Dũng", "Giang", "Hải", "Hùng", "Lan", "Long", "Nam", "Sơn", "Thắng", "Tú", "Vinh")
_FEWEST_TEXTS, _MOST_TEXTS, _HABITS = 6, 160, 3


class Texts:
    """The texts of all kinds in one list; each enterprise keeps to a few texts for the goods it trades."""

    def __init__(self, seed: int, kinds: Sequence[Kind], lines: int) -> None:
        each = min(max(lines // (len(kinds) * 8), _FEWEST_TEXTS), _MOST_TEXTS)
        written = [_written(seed, kind, each) for kind in kinds]
        self.texts: Array = np.array([text for texts in written for text in texts], dtype=object)
        self._first = np.cumsum([0, *(len(texts) for texts in written[:-1])])
        self._count = np.array([len(texts) for texts in written], dtype=np.int64)

    def places(self, rng: np.random.Generator, firm: Ints, kind: Ints) -> Ints:
        """The text of each line: one of the few that the enterprise uses for these goods."""
        habit = rng.integers(0, _HABITS, len(firm))
        return np.asarray(self._first[kind] + (firm * 7919 + kind * 104_729 + habit * 31) % self._count[kind])


def _written(seed: int, kind: Kind, count: int) -> list[str]:
    texts = descriptions(kind, rng=stream(seed, "texts", kind.key), count=count)
    return [unicodedata.normalize("NFC", text)[:LONGEST] for text in texts]


def enterprise_names(rng: np.random.Generator, count: int) -> list[str]:
    """Names of enterprises that no register holds."""
    picks = [rng.integers(0, len(words), count).tolist() for words in (_FORMS, _FIRST, _SECOND)]
    numbers = rng.integers(2, 99, count).tolist()
    return [
        f"{_FORMS[form].format(f'{_FIRST[first]} {_SECOND[second]}')} {number}"
        for form, first, second, number in zip(*picks, numbers, strict=True)
    ]


def seller_names(rng: np.random.Generator, count: int) -> tuple[list[str], list[str]]:
    """Names and cities of foreign parties."""
    sounds, cities, numbers = (rng.integers(0, most, count).tolist() for most in (len(_SOUNDS), len(_CITIES), 900))
    names = [
        f"{_CITIES[city]} {_SOUNDS[sound]} {number + 100} Trading Co., Ltd"
        for sound, city, number in zip(sounds, cities, numbers, strict=True)
    ]
    return names, [_CITIES[city] for city in cities]


def person_names(rng: np.random.Generator, count: int) -> list[str]:
    """Names of drivers."""
    picks = [rng.integers(0, len(words), count).tolist() for words in (_FAMILY, _MIDDLE, _GIVEN)]
    return [f"{_FAMILY[a]} {_MIDDLE[b]} {_GIVEN[c]}" for a, b, c in zip(*picks, strict=True)]


def plates(rng: np.random.Generator, count: int) -> list[str]:
    """Plates in the form of Lạng Sơn, with a letter that is not given out."""
    numbers = rng.integers(0, 100_000, count).tolist()
    return [f"12W-{number // 100:03d}.{number % 100:02d}" for number in numbers]
