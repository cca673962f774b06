"""Habits of what is said: each function gives one clause of a description, or '' when there is nothing to say."""

from __future__ import annotations

from thongquan.practice.catalog.draws import Draws
from thongquan.practice.catalog.kind import Kind

SHORT, LONG = "\ue000", "\ue001"
"""Signs that stand for a number of up to two and up to five digits, which is filled in last."""

_OWN_CODES = ("NVL", "NPL", "NL", "PL", "SP", "HH", "TP", "VT", "CCDC", "MMTB", "NPLSX", "LK", "PT", "NLSX", "BTP")
_PLANT_CHAPTERS = 14
_FARM_CHAPTERS = 24
_STUFF_CHAPTERS = 31
_FARM_CODES = ("SP", "HH", "TP", "NVL", "NL")
_FARM_WORDS = (
    "hàng đóng gói đồng nhất",
    "hàng chưa qua chế biến",
    "đã qua sơ chế thông thường",
    "hàng đạt chất lượng xuất nhập khẩu",
    "hàng không thuộc danh mục CITES",
    "trọng lượng cả bì theo chi tiết đóng gói",
    "có giấy kiểm dịch",
)
_FOOD_WORDS = (
    "hàng đóng gói đồng nhất",
    "hàng mới sản xuất",
    "hạn sử dụng còn trên 2/3 thời gian",
    "đã đóng gói bán lẻ",
    "có giấy kiểm tra ATTP",
    "không dùng trong y tế",
)
_STUFF_WORDS = ("dạng rời", "hàng đồng nhất", "hàng không chứa tiền chất", "dùng trong sản xuất", "đóng bao đồng nhất")
_WARE_WORDS = (
    "không thuộc danh mục cấm",
    "hàng chưa qua sử dụng",
    "dùng cho sản xuất, không kinh doanh",
    "nguyên đai nguyên kiện",
    "hàng F.O.C",
    "không in nhãn hiệu",
    "phục vụ sản xuất trong nhà máy",
)
_POWERED_WORDS = (
    "hàng không có chức năng thu phát sóng",
    "không tích hợp mật mã dân sự",
    "tháo rời để tiện vận chuyển",
    "hàng chưa qua sử dụng",
    "điện áp dưới 1000V",
    "hàng F.O.C",
    "phục vụ sản xuất trong nhà máy",
)
_POWERED = frozenset({"84", "85"})
_NEW = ("hàng mới 100%", "mới 100%", "hàng mới 100 %", "hàng mới, chưa qua sử dụng", "Hàng mới 100%", "brand new")
_BRAND_WORDS = ("hiệu {}", "nhãn hiệu {}", "nhãn hiệu: {}", "hiệu: {}", "Brand: {}", "thương hiệu {}", "hiệu ({})")
_NO_BRAND = ("không nhãn hiệu", "không hiệu", "no brand", "không có nhãn hiệu")
_MODEL_WORDS = ("model {}", "model: {}", "Model: {}", "mã {}", "mã hàng {}", "ký hiệu {}", "P/N: {}", "ký mã hiệu: {}")
_SIZE_WORDS = ("{}", "{}", "{}", "kích thước {}", "KT: {}", "quy cách {}", "size {}", "({})")
_PACKING_WORDS = ("{}", "đóng gói {}", "đóng {}", "({})", "quy cách đóng gói: {}", "hàng đóng {}")
_COUNTRIES = {
    "CN": ("Trung Quốc", "TQ", "China", "CN"),
    "VN": ("Việt Nam", "VN", "Viet Nam"),
    "KR": ("Hàn Quốc", "HQ", "Korea"),
    "JP": ("Nhật Bản", "NB", "Japan"),
    "TW": ("Đài Loan", "Taiwan"),
    "TH": ("Thái Lan", "TL", "Thailand"),
    "MY": ("Malaysia",),
    "DE": ("Đức", "Germany"),
}
_ORIGIN_WORDS = ("xuất xứ {}", "xx {}", "hàng {}", "do {} sản xuất", "Made in {}", "XX: {}", "nước SX: {}")
_PLACES = ("GUANGXI", "PINGXIANG", "DONGGUAN", "SHENZHEN", "YIWU", "FOSHAN", "NINGBO", "KUNMING", "GUANGZHOU", "HEBEI")
_SOUNDS = ("YUEHE", "LANZHU", "QINGSONG", "MEIYUAN", "BEIQIU", "SHANHE", "XINLAN", "HONGXI", "ZHUYUE", "WANQIU")
_TRADES = ("CO., LTD", "TRADE CO.,LTD", "INDUSTRY CO.,LTD", "FACTORY", "IMP AND EXP CO., LTD")


def is_farm(kind: Kind) -> bool:
    """Food, drink and tobacco (chapters 1 to 24): nobody writes that they are new."""
    return int(kind.hs[:2]) <= _FARM_CHAPTERS


def coded(kind: Kind) -> float:
    """How readily a kind gets a code of a stock book: farm produce half as often (a factor)."""
    return 0.5 if is_farm(kind) else 1.0


def own_code(kind: Kind, draws: Draws) -> str:
    """Writes the code of the own stock book in front: `NVL123#&`."""
    word = draws.one(_FARM_CODES if is_farm(kind) else _OWN_CODES)
    if draws.happens(0.35):
        word = word.lower()
    tail = draws.one((SHORT, LONG, LONG, f"-{SHORT}", f"{SHORT}-{SHORT}", f"_{LONG}"))
    return f"{word}{tail}#&"


def leaving_mark(kind: Kind, draws: Draws) -> str:
    """Closes an export with the country of origin: `#&VN`."""
    return "#&VN"


def plain_name(kind: Kind, draws: Draws) -> str:
    """Names the goods in Vietnamese, in full."""
    return kind.name_vi


def trade_name(kind: Kind, draws: Draws) -> str:
    """Names the goods as the market calls them for short."""
    return kind.short_vi or kind.name_vi


def with_english(kind: Kind, draws: Draws) -> str:
    """Sets the English name beside the Vietnamese one, or before it."""
    if not kind.name_en:
        return kind.name_vi
    form = draws.one(("{vi} ({en})", "{en} - {vi}", "{vi} / {en}", "{vi} {en}", "{en} ({vi})"))
    return form.format(vi=kind.name_vi, en=kind.name_en)


def with_chinese(kind: Kind, draws: Draws) -> str:
    """Keeps the Chinese name of the invoice beside the Vietnamese one."""
    if not kind.zh:
        return kind.name_vi
    return draws.one(("{vi} ({zh})", "{vi} {zh}", "{zh} {vi}", "{vi}/{zh}")).format(vi=kind.name_vi, zh=kind.zh)


def detail(kind: Kind, draws: Draws) -> str:
    """Says what it is made of or what it is for."""
    return draws.one(kind.details) if kind.details else ""


def size(kind: Kind, draws: Draws) -> str:
    """Gives size, power or grade."""
    return draws.one(_SIZE_WORDS).format(draws.one(kind.sizes)) if kind.sizes else ""


def brand(kind: Kind, draws: Draws) -> str:
    """Names the brand, or says that there is none."""
    if not kind.brands:
        return ""
    if draws.happens(0.18):
        return draws.one(_NO_BRAND)
    return draws.one(_BRAND_WORDS).format(draws.one(kind.brands))


def model(kind: Kind, draws: Draws) -> str:
    """Gives the number of the model or of the part."""
    return draws.one(_MODEL_WORDS).format(draws.one(kind.models)) if kind.models else ""


def packing(kind: Kind, draws: Draws) -> str:
    """Says how it is packed."""
    return draws.one(_PACKING_WORDS).format(draws.one(kind.packings)) if kind.packings else ""


def maker(kind: Kind, draws: Draws) -> str:
    """Names an (invented) maker of the other side of the border."""
    if kind.flow != "import" or kind.origins[0][0] != "CN":
        return ""
    name = f"{draws.one(_PLACES)} {draws.one(_SOUNDS)} {draws.one(_TRADES)}"
    return draws.one(("NSX: {}", "nhà sản xuất {}", "hãng SX: {}", "nsx {}")).format(name)


def made_in(kind: Kind, draws: Draws) -> str:
    """Repeats the usual country of origin, though the line has a field for it."""
    country = "VN" if kind.flow == "export" else kind.origins[0][0]
    if kind.flow == "both" or country not in _COUNTRIES:
        return ""
    return draws.one(_ORIGIN_WORDS).format(draws.one(_COUNTRIES[country]))


def is_new(kind: Kind, draws: Draws) -> str:
    """Closes with the boilerplate that the goods are new; of minerals and fertilizers only some write it."""
    chapter = int(kind.hs[:2])
    if chapter <= _FARM_CHAPTERS or (chapter <= _STUFF_CHAPTERS and draws.happens(0.6)):
        return ""
    return draws.one(_NEW)


def boilerplate(kind: Kind, draws: Draws) -> str:
    """Adds a sentence that stands under everything."""
    chapter = int(kind.hs[:2])
    if chapter <= _FARM_CHAPTERS:
        return draws.one(_FOOD_WORDS if chapter > _PLANT_CHAPTERS else _FARM_WORDS)
    if chapter <= _STUFF_CHAPTERS:
        return draws.one(_STUFF_WORDS)
    return draws.one(_POWERED_WORDS if kind.hs[:2] in _POWERED else _WARE_WORDS)


def reference(kind: Kind, draws: Draws) -> str:
    """Points at a line of the packing list or at an earlier declaration."""
    return draws.one(
        (f"mục {SHORT} PL", f"dòng {SHORT} inv", f"PO {LONG}", f"lot {LONG}", f"STT {SHORT}", f"HĐ {LONG}")
    )
