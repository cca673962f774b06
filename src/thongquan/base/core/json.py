"""JSON over HTTP: answers written and bodies read by msgspec, every fault of a body found at once."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from django.http import HttpResponse

from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

T = TypeVar("T")
MAX_DEPTH = 32
_encode = msgspec.json.Encoder(decimal_format="string").encode
_raw = msgspec.json.Decoder(float_hook=Decimal).decode


def answer_json(body: object, *, status: int = 200) -> HttpResponse:
    """An HTTP answer with `body` as JSON; decimals are written as strings so that no reader rounds them."""
    return HttpResponse(_encode(body), status=status, content_type="application/json")


def told_faults(faults: Iterable[Fault]) -> list[dict[str, object]]:
    """Faults with their sentences in the active language, as the API gives them."""
    return [_told(fault) for fault in faults]


def _told(fault: Fault) -> dict[str, object]:
    told = sentence(fault)
    return {
        "code": str(fault.code),
        "severity": fault.severity,
        "path": fault.path,
        "line": fault.line,
        "value": fault.value,
        "message": told.text,
        "remedy": told.remedy,
        "example": told.example,
        "basis": told.basis,
    }


def read_json(body: bytes, kind: type[T]) -> T:
    """Read a body into a struct. Raises `Refused` with every fault: not JSON, unknown fields, wrong types.

    The strict reading is tried first; only a body it refuses is walked field by field to name everything at once.
    Numbers that are no amounts (`NaN`) in a body that reads well are left to the rules.
    """
    try:
        return _strict(kind).decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, InvalidOperation, ValueError):
        pass
    try:
        raw = _raw(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, InvalidOperation, ValueError) as error:
        raise Refused([Fault(code=Code.TQ_FMT_002, values={"detail": str(error)})]) from None
    return read_values(raw, kind)


_decoders: dict[type, msgspec.json.Decoder[Any]] = {}


def _strict(kind: type[T]) -> msgspec.json.Decoder[T]:
    if kind not in _decoders:
        _decoders[kind] = msgspec.json.Decoder(kind)
    return _decoders[kind]


def read_values(raw: object, kind: type[T]) -> T:
    """Read plain values (dicts, lists, numbers, strings) into a struct, under the same conditions as `read_json`."""
    faults = list(_faults(raw, kind, "", 0))
    if faults:
        raise Refused(faults)
    try:
        return msgspec.convert(raw, kind, strict=False)
    except msgspec.ValidationError as error:
        raise Refused([Fault(code=Code.TQ_FMT_004, values={"detail": str(error)})]) from None


def _faults(raw: object, kind: Any, path: str, depth: int) -> Iterator[Fault]:
    """Walk value and type together; a struct field by field, everything else by asking msgspec."""
    kind = _without_none(kind)
    if raw is None or depth > MAX_DEPTH:
        return
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield from _struct_faults(raw, kind, path, depth)
    elif get_origin(kind) is tuple:
        yield from _row_faults(raw, get_args(kind)[0], path, depth)
    else:
        yield from _leaf_faults(raw, kind, path)


def _struct_faults(raw: object, kind: type[msgspec.Struct], path: str, depth: int) -> Iterator[Fault]:
    if not isinstance(raw, dict):
        yield Fault(code=Code.TQ_FMT_004, path=path, value=_shown(raw), values={"expected": "object"})
        return
    hints, prefix = _hints(kind), f"{path}." if path else ""
    for name, value in raw.items():
        if name not in hints:
            yield Fault(code=Code.TQ_FMT_003, path=f"{prefix}{name}", value=_shown(value), values={"field": str(name)})
        elif value is None and not _may_be_none(hints[name]):
            yield Fault(code=Code.TQ_FMT_004, path=f"{prefix}{name}", value="null", values={"expected": "value"})
        else:
            yield from _faults(value, hints[name], f"{prefix}{name}", depth + 1)
    for field in msgspec.structs.fields(kind):
        if field.required and field.name not in raw:
            yield Fault(code=Code.TQ_FMT_005, path=f"{prefix}{field.name}", values={"field": field.name})


def _row_faults(raw: object, kind: Any, path: str, depth: int) -> Iterator[Fault]:
    if not isinstance(raw, list | tuple):
        yield Fault(code=Code.TQ_FMT_004, path=path, value=_shown(raw), values={"expected": "list"})
        return
    for place, value in enumerate(raw):
        if value is None:
            yield Fault(code=Code.TQ_FMT_004, path=f"{path}[{place}]", value="null", values={"expected": "value"})
        yield from _faults(value, kind, f"{path}[{place}]", depth + 1)


def _leaf_faults(raw: object, kind: Any, path: str) -> Iterator[Fault]:
    try:
        value = msgspec.convert(raw, kind, strict=kind is bool or isinstance(raw, bool) or kind is str)
    except (msgspec.ValidationError, InvalidOperation, OverflowError, ValueError) as error:
        code = Code.TQ_FMT_018 if kind in (Decimal, date, int) and isinstance(raw, str) else Code.TQ_FMT_004
        yield Fault(code=code, path=path, value=_shown(raw), values={"expected": _name(kind), "detail": str(error)})
        return
    if isinstance(value, Decimal) and not value.is_finite():
        yield Fault(code=Code.TQ_FMT_006, path=path, value=_shown(raw))
    elif isinstance(value, str) and "\x00" in value:
        yield Fault(code=Code.TQ_FMT_009, path=path, value=_shown(value.replace("\x00", "␀")))


def _without_none(kind: Any) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        rest = [part for part in get_args(kind) if part is not type(None)]
        return rest[0] if len(rest) == 1 else kind
    return kind


def _may_be_none(kind: Any) -> bool:
    return type(None) in get_args(kind)


_known_hints: dict[type, dict[str, Any]] = {}


def _hints(kind: type[msgspec.Struct]) -> dict[str, Any]:
    if kind not in _known_hints:
        hints = get_type_hints(kind)
        _known_hints[kind] = {field.name: hints[field.name] for field in msgspec.structs.fields(kind)}
    return _known_hints[kind]


def _name(kind: Any) -> str:
    return {Decimal: "number", date: "date YYYY-MM-DD", int: "whole number", str: "text", bool: "true or false"}.get(
        kind, str(getattr(kind, "__name__", kind))
    )


def _shown(raw: object) -> str:
    """A short form of what was given, for the message."""
    return (raw if isinstance(raw, str) else str(raw))[:60]
