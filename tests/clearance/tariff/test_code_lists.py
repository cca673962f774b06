"""Code lists as forms need them."""

from __future__ import annotations

from django.utils import timezone

from tests.world import World
from thongquan.clearance.tariff.queries.code_lists import code_name, code_values, find_codes


def test_codes_are_named_and_found_in_any_language(customs: World) -> None:
    on = timezone.localdate()
    assert code_name("country", "CN", on, "vi") == "Trung Quốc"
    assert code_name("country", "XX", on, "vi") == ""
    assert "CN" in [one.code for one in find_codes("country", "trung quoc", on, "fr")]
    assert find_codes("unit", "kgm", on, "en")[0].code == "KGM"
    assert {one.group for one in find_codes("regime", "", on, "vi", group="export")} == {"export"}
    assert code_values("nonsense", on, "vi") == ()
