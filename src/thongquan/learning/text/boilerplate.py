"""What stands under every line and tells nothing of the goods. Patterns on folded text."""

from __future__ import annotations

import re

_NAMED = r"[^,;#()]{0,60}"
_PATTERNS = (
    r"^\s*[a-z0-9][\w./-]{0,24}#&",  # a code of the own stock book in front
    r"#&\s?[a-z]{0,2}\s*$",  # the country behind, as exporters write
    r"(?:hang\s?)?moi\s?100\s?%?",
    r"hang moi\s?,?\s?chua qua su dung|(?:hang )?chua qua su dung|hang moi(?! san xuat)",
    r"100\s?% (?:new|moi)|brand[ -]?new(?: 100\s?%)?|new 100\s?%|全新|100\s?%全新",
    r"hang f\.?\s?o\.?\s?c\.?",
    r"khong thuoc danh muc (?:cam|cites)|hang khong thuoc danh muc cites",
    r"nguyen dai nguyen kien|thao roi de tien van chuyen",
    r"(?:khong in nhan hieu|khong co nhan hieu|khong (?:nhan )?hieu|no brand|khong nhan hieu|无品牌)",
    r"dung cho san xuat,? khong kinh doanh|phuc vu san xuat trong nha may|dung trong san xuat",
    r"hang khong co chuc nang thu phat song|khong tich hop mat ma dan su",
    r"hang dong goi dong nhat|hang dong nhat|dong bao dong nhat|da dong goi ban le|dang roi",
    r"hang dat chat luong xuat nhap khau|trong luong ca bi theo chi tiet dong goi",
    r"co giay kiem dich|co giay kiem tra attp|han su dung con tren 2/3 thoi gian|khong dung trong y te",
    r"\b(?:nsx|nha san xuat|hang sx|manufacturer|maker|生产商)\b\s?:?" + _NAMED,
    r"\b(?:xuat xu|nuoc sx|made in|xx)\b\s?:?\s?[^,;#()]{0,20}|do [^,;]{2,20} san xuat|原产[国地]?[^,;，]{0,10}",
    r"\b(?:muc|dong|po|lot|stt|hd|inv|invoice)\s?(?:no|so)?\.?\s?:?\s?\d+(?:\s?(?:pl|inv)\b)?",
)
_ALL = re.compile("|".join(f"(?:{one})" for one in _PATTERNS))


def blank(folded: str) -> list[tuple[int, int]]:
    """Places of what says nothing, as (start, end)."""
    return [match.span() for match in _ALL.finditer(folded)]
