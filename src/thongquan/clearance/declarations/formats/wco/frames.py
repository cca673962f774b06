"""Structs from flat values and back: `{"invoice.amount": ...}` becomes a Document with its Invoice inside."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec

from thongquan.rules.parts import Frozen


@lru_cache(maxsize=1024)
def split(key: str) -> tuple[str, str]:
    """Give the struct that a dotted field is in, and its name there."""
    prefix, _, name = key.rpartition(".")
    return prefix, name


class Frame:
    """How one struct is put together from the fields that the table names, some of them inside other structs."""

    def __init__(self, struct: type[Frozen], keys: Iterable[str], lists: Iterable[str] = ()) -> None:
        self.struct = struct
        self.lists = tuple(dict.fromkeys(lists))
        prefixes = {key.rpartition(".")[0] for key in keys} - {""}
        prefixes |= {prefix[:place] for prefix in prefixes for place, mark in enumerate(prefix) if mark == "."}
        self.inside = {prefix: _struct_at(struct, prefix) for prefix in prefixes}
        self._deepest_first = sorted(prefixes, key=lambda prefix: -prefix.count("."))

    def build(self, values: dict[str, Any]) -> Any:
        """Give the struct; lists become tuples, structs inside are made when any of their fields is there."""
        for key in self.lists:
            if key in values:
                values[key] = tuple(values[key])
        if not self.inside:
            return self.struct(**values)
        parts: dict[str, dict[str, Any]] = {"": {}}
        for key, value in values.items():
            prefix, name = split(key)
            if prefix in parts:
                parts[prefix][name] = value
            else:
                parts[prefix] = {name: value}
        for prefix in self._deepest_first:
            if prefix in parts:
                outer, _, name = prefix.rpartition(".")
                parts.setdefault(outer, {})[name] = self.inside[prefix](**parts[prefix])
        return self.struct(**parts[""])

    def flatten(self, struct: Any) -> dict[str, Any]:
        """Give the fields that say something, those of the structs inside under their dotted names."""
        values: dict[str, Any] = {}
        self._flatten(struct, "", values)
        return values

    def _flatten(self, struct: Any, prefix: str, values: dict[str, Any]) -> None:
        for name in struct.__struct_fields__:
            value = getattr(struct, name)
            if value is None or value == ():
                continue
            key = prefix + name
            if key in self.inside:
                self._flatten(value, key + ".", values)
            else:
                values[key] = value


def _struct_at(struct: type[msgspec.Struct], path: str) -> type[msgspec.Struct]:
    """Give the struct class of a dotted field, whether or not the field may be None."""
    for name in path.split("."):
        types = {field.name: field.type for field in msgspec.inspect.type_info(struct).fields}  # type: ignore[attr-defined]  # a struct's type info is a StructType
        found = types[name]
        options = found.types if isinstance(found, msgspec.inspect.UnionType) else (found,)
        struct = next(option.cls for option in options if isinstance(option, msgspec.inspect.StructType))
    return struct
