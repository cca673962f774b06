"""Brand, model, size, material and use, as far as a description names them."""

from __future__ import annotations

import re
from typing import NamedTuple

from thongquan.learning.text.canonical import Canonical

_NAME = r"\s?[:(]?\s?([^\s,;:()][^,;()#]{0,30}?)(?=\s*(?:[,;()#]|$|\s{2}|\bmodel\b|\bma hang\b|\bsize\b))"
_BRAND = re.compile(r"(?:\b(?:nhan hieu|thuong hieu|hieu|brand|trademark)\b|品牌)" + _NAME)
_MODEL = re.compile(
    r"(?:\b(?:model|ma hang|ky ma hieu|ky hieu|part no|p/n|item no|ma)\b|型号)\s?[.:]?\s?([a-z0-9][\w./-]{0,30})"
)
_USE = re.compile(r"(?:\b(?:dung cho|dung de|dung lam|su dung cho|used for|used in|for)\b|用于)" + _NAME)
_MATERIALS = {
    "plastic": "nhua plastic plastics pvc pe pp pet abs hdpe ldpe polyethylene polypropylene 塑料",
    "steel": "thep steel inox 钢 不锈钢",
    "iron": "sat gang iron 铁",
    "aluminum": "nhom aluminum aluminium 铝",
    "copper": "dong copper brass 铜",
    "wood": "go wood wooden bamboo tre mdf plywood 木 竹",
    "paper": "giay paper carton cardboard 纸",
    "glass": "kinh glass thuy tinh 玻璃",
    "ceramic": "gom su ceramic porcelain 陶瓷",
    "rubber": "cao su rubber 橡胶",
    "leather": "da leather 皮革",
    "cotton": "bong cotton 棉",
    "polyester": "polyester 涤纶 聚酯",
    "silicone": "silicone silicon 硅胶",
    "wool": "len wool 羊毛",
    "silk": "lua silk to tam 丝绸",
    "stone": "stone granite marble 石",
}
_NO_MATERIAL = {("duong", "kinh"), ("mat", "kinh"), ("hoat", "dong"), ("tu", "dong"), ("dong", "co"), ("cao", "su")}
"""Pairs whose second word is no material: diameter, spectacles, operation, automatic."""
_MATERIAL_OF = {word: name for name, words in _MATERIALS.items() for word in words.split()}
_SPELLED_WITH_MARKS = {
    "dong": "đồng",
    "da": "da",
    "bong": "bông",
    "len": "len",
    "go": "gỗ",
    "su": "sứ",
    "to": "tơ",
    "kinh": "kính",
    "sat": "sắt",
    "lua": "lụa",
    "tam": "tằm",
    "giay": "giấy",
}


class Traits(NamedTuple):
    """What a description names; '' or empty where it does not."""

    brand: str
    model: str
    sizes: tuple[str, ...]
    materials: tuple[str, ...]
    use: str


def traits(goods: Canonical) -> Traits:
    """Read the traits out of the folded text."""
    model = _first(_MODEL, goods.text)
    return Traits(
        brand=_first(_BRAND, goods.text),
        model=model or (goods.models[0] if goods.models else ""),
        sizes=tuple(str(one) for one in goods.quantities if one.unit),
        materials=_materials(goods),
        use=_first(_USE, goods.text),
    )


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return " ".join(found[1].split()) if found else ""


def _materials(goods: Canonical) -> tuple[str, ...]:
    """Materials by name, in the order of the text. A word that means something else with other diacritics does not
    count as that material."""
    found: dict[str, None] = {}
    before = ""
    for word in goods.words:
        name = None if (before, word.folded) in _NO_MATERIAL else _MATERIAL_OF.get(word.folded)
        before = word.folded
        if name and (word.plain == word.folded or _SPELLED_WITH_MARKS.get(word.folded, word.plain) == word.plain):
            found.setdefault(name)
    for run in goods.han:
        for spelling, material in _MATERIAL_OF.items():
            if spelling in run:
                found.setdefault(material)
    return tuple(found)
