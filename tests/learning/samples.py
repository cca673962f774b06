"""A small office: a few goods, each written in a few ways."""

from __future__ import annotations

from itertools import product

from thongquan.learning.suggest import Example, Source

GOODS = (
    ("Áo phông nam bằng vải cotton", "61091010", ("size L", "size M", "màu trắng", "màu đen")),
    ("Giày thể thao đế cao su", "64041190", ("size 40", "size 41", "đôi", "màu xanh")),
    ("Máy khoan điện cầm tay", "84672100", ("500W", "750W", "220V", "kèm phụ kiện")),
    ("Nồi cơm điện gia dụng", "85166010", ("1,8 lít", "1,2 lít", "700W", "nắp gài")),
    ("Gạch men lát nền", "69072193", ("60x60 cm", "30x30 cm", "bóng kính", "chống trơn")),
    ("Táo tươi Fuji", "08081000", ("thùng 10kg", "thùng 9kg", "size 80", "quả đồng đều")),
    ("Tỏi củ tươi", "07032090", ("bao 20kg", "bao 10kg", "đường kính 5 cm", "chưa bóc vỏ")),
    ("Bàn gỗ văn phòng", "94033000", ("120x60 cm", "140x70 cm", "có ngăn kéo", "sơn PU")),
    ("Bóng đèn LED", "85395210", ("9W", "12W", "ánh sáng trắng", "đui E27")),
    ("Thép cuộn cán nóng", "72083900", ("dày 2 mm", "dày 3 mm", "khổ 1.250 mm", "không hợp kim")),
    ("Xe đạp trẻ em", "87120030", ("12 inch", "16 inch", "màu hồng", "có bánh phụ")),
    ("Pin lithium sạc lại", "85076090", ("3.7V", "2000 mAh", "18650", "dạng khối")),
)
MAKES = ("hiệu Sunway", "hiệu Minh Long", "hiệu Hoàng Gia", "model AX-200", "model BT-75", "xuất xứ Quảng Tây")
WAYS = ("{name}, {say}", "{name} {say}, hàng mới 100%", "{say} {name}", "NVL12#&{name}, {say}, không hiệu")


def history() -> list[Example]:
    """480 lines of 12 goods, each good in ten wordings and each wording in four ways."""
    return [
        Example(way.format(name=name, say=say), code, Source.HISTORY, f"line:{number}")
        for number, ((name, code, says), way) in enumerate(product(GOODS, WAYS))
        for say in (*says, *MAKES)
    ]


def nomenclature() -> list[Example]:
    """A few lines of the nomenclature."""
    return [
        Example("Live horses", "0101", Source.NOMENCLATURE, "0101"),
        Example("T-shirts of cotton, knitted", "610910", Source.NOMENCLATURE, "610910"),
        Example("Apples, fresh", "080810", Source.NOMENCLATURE, "080810"),
    ]
