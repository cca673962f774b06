"""What stands under every line and tells nothing of the goods. Patterns on folded text."""

from __future__ import annotations

import re
from functools import lru_cache

_NAMED = r"[^,;#()]{0,60}"
_PATTERNS: dict[str, tuple[str, ...]] = {
    # a code of the own stock book in front
    r"^\s*[a-z0-9][\w./-]{0,24}#&": ("#&",),
    # the country behind, as exporters write
    r"#&\s?[a-z]{0,2}\s*$": ("#&",),
    r"(?:hang\s?)?moi\s?100\s?%?": ("moi",),
    r"hang moi\s?,?\s?chua qua su dung|(?:hang )?chua qua su dung|hang moi(?! san xuat)": ("qua su dung", "hang moi"),
    r"100\s?% (?:new|moi)|brand[ -]?new(?: 100\s?%)?|new 100\s?%|全新|100\s?%全新": ("100", "new", "全新"),
    r"hang f\.?\s?o\.?\s?c\.?": ("hang f",),
    r"(?:hang )?k(?:hong|o) thuoc danh muc (?:cam|cites)": ("danh muc",),
    r"nguyen dai nguyen kien|thao roi de tien van chuyen": ("nguyen kien", "tien van"),
    r"(?:k(?:hong|o) in nhan hieu|k(?:hong|o) co nhan hieu|k(?:hong|o) (?:nhan )?hieu|no brand|无品牌)": (
        "ng in",
        "ko in",
        "co nhan",
        "ng hieu",
        "ko hieu",
        "ng nhan",
        "ko nhan",
        "no brand",
        "无品牌",
    ),
    r"dung cho san xuat,? k(?:hong|o) kinh doanh|phuc vu san xuat trong nha may|dung trong san xuat": ("san xuat",),
    r"hang k(?:hong|o) co chuc nang thu phat song|k(?:hong|o) tich hop mat ma dan su": ("thu phat", "mat ma"),
    r"hang dong goi dong nhat|hang dong nhat|dong bao dong nhat|da dong goi ban le|dang roi": (
        "dong nhat",
        "ban le",
        "dang roi",
    ),
    r"hang dat chat luong xuat nhap khau|trong luong ca bi theo chi tiet dong goi": (
        "chat luong xuat",
        "trong luong ca",
    ),
    r"co giay kiem dich|co giay kiem tra attp|han su dung con tren 2/3 thoi gian|k(?:hong|o) dung trong y te": (
        "co giay ki",
        "han su dung",
        "y te",
    ),
    r"\b(?:nsx|nha san xuat|hang sx|manufacturer|maker|生产商)\b\s?:?" + _NAMED: (
        "nsx",
        "nha san xuat",
        "hang sx",
        "manufacturer",
        "maker",
        "生产商",
    ),
    r"\b(?:xuat xu|nuoc sx|made in|xx)\b\s?:?\s?[^,;#()]{0,20}|do [^,;]{2,20} (?:san xuat|sx)"
    r"|原产[国地]?[^,;，]{0,10}": (
        "xuat xu",
        "nuoc sx",
        "made in",
        "xx",
        "san xuat",
        " sx",
        "原产",
    ),
    r"\b(?:muc|dong|po|lot|stt|hd|inv|invoice)\s?(?:no|so)?\.?\s?:?\s?\d+(?:\s?(?:pl|inv)\b)?": (
        "muc",
        "dong",
        "po",
        "lot",
        "stt",
        "hd",
        "inv",
    ),
}
"""Each with words of which at least one must stand in a text for it to be found there."""
_HINTS = tuple((place, hint) for place, hints in enumerate(_PATTERNS.values()) for hint in hints)


def blank(folded: str) -> list[tuple[int, int]]:
    """Places of what says nothing, as (start, end)."""
    hinted = frozenset([place for place, hint in _HINTS if hint in folded])
    return [match.span() for match in _joined(hinted).finditer(folded)] if hinted else []


@lru_cache(maxsize=2048)
def _joined(places: frozenset[int]) -> re.Pattern[str]:
    """The patterns at these places as one, in their order. Most texts need few of them, and those few are fast."""
    return re.compile("|".join(f"(?:{pattern})" for place, pattern in enumerate(_PATTERNS) if place in places))
