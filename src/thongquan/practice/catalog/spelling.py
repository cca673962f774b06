"""Habits of how it is written: each function takes a text and gives it as somebody with that habit writes it."""

from __future__ import annotations

import re
import unicodedata

from thongquan.practice.catalog.draws import Draws

LONGEST = 200
"""Characters that the field for the description holds."""

_MARKED = [sign for sign in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))) if unicodedata.name(sign, "")]
_BARE = {
    ord(sign): plain
    for sign in _MARKED
    if (plain := unicodedata.normalize("NFD", sign)[0]) != sign and plain.isascii() and plain.isalpha()
} | {ord("đ"): "d", ord("Đ"): "D"}
_OLD_TONES = (
    *(("hóa", "hoá"), ("hòa", "hoà"), ("thủy", "thuỷ"), ("tỏa", "toả"), ("khóa", "khoá"), ("xòe", "xoè")),
    *(("họa", "hoạ"), ("quý", "quí"), ("kỹ", "kĩ"), ("lý", "lí"), ("mỹ", "mĩ")),
)
_ABBREVIATIONS = (
    *(("không", "ko"), ("công suất", "CS"), ("điện áp", "đ/áp"), ("nhãn hiệu", "NH"), ("kích thước", "KT")),
    *(("chất liệu", "CL"), ("đường kính", "ĐK"), ("dùng cho", "dc"), ("dung tích", "DT"), ("sản xuất", "sx")),
    *(("nhà sản xuất", "NSX"), ("xuất xứ", "xx"), ("quy cách", "QC"), ("trọng lượng", "TL"), ("hàng mới", "mới")),
    *(("điện thoại", "ĐT"), ("máy tính", "MT"), ("linh kiện", "LK"), ("gia đình", "GĐ"), ("công nghiệp", "CN")),
    *(("tự động", "TĐ"), ("phụ tùng", "PT"), ("thực phẩm", "TP"), ("đông lạnh", "ĐL"), ("đóng gói", "đ/gói")),
    *(("điều hòa", "ĐH"), ("người lớn", "NL"), ("trẻ em", "TE"), ("sử dụng", "SD"), ("nhiệt độ", "t°")),
    *(("và ", "& "), ("được ", "đc "), ("thùng", "thg"), ("chiếc", "ch"), ("bằng ", "= "), ("màn hình", "MH")),
)
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_UNIT = re.compile(r"(?<=\d) (?=(?:kg|g|ml|mm|cm|m|lít|W|kW|V|A|inch|GB|TB|mAh)\b)")
_KEPT = re.compile(r"[#&/%\d]")


def bare(text: str, draws: Draws) -> str:
    """Types without diacritics."""
    return text.translate(_BARE)


def half_bare(text: str, draws: Draws) -> str:
    """Loses the diacritics of some words."""
    return " ".join(word.translate(_BARE) if draws.happens(0.4) else word for word in text.split(" "))


def old_tones(text: str, draws: Draws) -> str:
    """Sets tone marks and `y` as older keyboards and schools do."""
    for new, old in _OLD_TONES:
        text = text.replace(new, old)
    return text


def abbreviates(text: str, draws: Draws) -> str:
    """Shortens common words."""
    for long, short in _ABBREVIATIONS:
        if long in text and draws.happens(0.75):
            text = text.replace(long, short)
    return text


def shouts(text: str, draws: Draws) -> str:
    """Writes capital letters only."""
    return text.upper()


def whispers(text: str, draws: Draws) -> str:
    """Writes no capital letters."""
    return text.lower()


def slips(text: str, draws: Draws) -> str:
    """Swaps, drops or doubles a letter of one word."""
    words = text.split(" ")
    place = draws.below(len(words))
    word = words[place]
    at = 1 + draws.below(max(1, len(word) - 2))
    if len(word) < 4 or _KEPT.search(word):
        return text
    before, here, after = word[:at], word[at], word[at + 1 :]
    words[place] = draws.one((before + after[0] + here + after[1:], before + after, before + here + here + after))
    return " ".join(words)


def tightens(text: str, draws: Draws) -> str:
    """Leaves no blanks after commas and colons, nor before units."""
    return _UNIT.sub("", text.replace(", ", ",").replace(": ", ":"))


def loosens(text: str, draws: Draws) -> str:
    """Sets blanks before commas, or two where one would do."""
    return text.replace(", ", " , ") if draws.happens(0.5) else text.replace(" ", "  ", 2)


def points(text: str, draws: Draws) -> str:
    """Writes decimals with a point."""
    return _DECIMAL_COMMA.sub(".", text)


def closes(text: str, draws: Draws) -> str:
    """Ends as a sentence, or with what came from the copied cell."""
    return text + draws.one((".", ".", ";", ",", " ./"))


def fits(text: str, room: int = LONGEST) -> str:
    """Cuts what the field does not hold, at a clause where there is one."""
    if len(text) <= room:
        return text
    cut = text.rfind(",", room // 2, room)
    return text[: cut if cut > 0 else room].rstrip(" ,;(")
