"""Invented enterprises. Their names are put together from words that no register holds side by side, and their tax
codes begin with 99990, a province that does not exist."""

from __future__ import annotations

import msgspec

from thongquan.practice.chance import Chance
from thongquan.practice.goods import FARM, MACHINE, MATERIAL, WARE

GROUPS = (FARM, MATERIAL, WARE, MACHINE)
FICTITIOUS = "99990"
_FORMS = {
    FARM: ("Công ty TNHH Nông sản {}", "Hợp tác xã Nông sản {}", "Công ty TNHH Xuất nhập khẩu Trái cây {}"),
    MATERIAL: ("Công ty TNHH Vật tư công nghiệp {}", "Công ty cổ phần Thép và Hóa chất {}", "Công ty TNHH Vật liệu {}"),
    WARE: ("Công ty TNHH Thương mại {}", "Công ty TNHH Hàng tiêu dùng {}", "Công ty cổ phần May mặc {}"),
    MACHINE: ("Công ty TNHH Điện tử {}", "Công ty TNHH Cơ khí {}", "Công ty cổ phần Linh kiện {}"),
}
_THINGS = (
    *("Hoa Đào", "Trăng Non", "Suối Mây", "Gió Ngàn", "Chim Khuyên", "Lá Phong", "Sao Hôm", "Ngọn Sóng", "Cánh Buồm"),
    *("Mái Ngói", "Cầu Vồng", "Sương Mai", "Đồi Chè", "Bến Nước", "Cối Xay"),
)
_KINDS = ("Xanh", "Vàng", "Biếc", "Thu", "Mới", "Hồng", "Bạc", "Tím")
_STREETS = ("Trần Đăng Ninh", "Lê Lợi", "Bà Triệu", "Hùng Vương", "Trần Phú", "Nguyễn Du")
_TOWNS = ("Đồng Đăng, Lạng Sơn", "Lương Văn Tri, Lạng Sơn", "Móng Cái, Quảng Ninh", "Bắc Ninh", "Hà Nội", "Hải Phòng")


class Enterprise(msgspec.Struct, frozen=True, kw_only=True):
    """A trader: tax code of ten digits, name, address, the trades it keeps to and how much it trades."""

    tax_code: str
    name: str
    street: str = ""
    city: str = ""
    groups: tuple[str, ...] = GROUPS
    weight: int = 1


def invented_enterprises(seed: str, *, count: int = 48) -> list[Enterprise]:
    """Give `count` enterprises (at most 120), a quarter of them of each trade; few of them trade much."""
    chance = Chance(seed, "enterprises")
    names = chance.some([f"{thing} {kind}" for thing in _THINGS for kind in _KINDS], count)
    return [_enterprise(chance, place, name) for place, name in enumerate(names)]


def _enterprise(chance: Chance, place: int, name: str) -> Enterprise:
    group = GROUPS[place % len(GROUPS)]
    return Enterprise(
        tax_code=f"{FICTITIOUS}{place + 1:05d}",
        name=chance.one(_FORMS[group]).format(name),
        street=f"{chance.within(1, 240)} {chance.one(_STREETS)}",
        city=chance.one(_TOWNS),
        groups=(group,),
        weight=1 + 24 // (1 + place // len(GROUPS)),
    )
