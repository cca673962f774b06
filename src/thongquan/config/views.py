"""Pages about the program itself: how to speak to it over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thongquan.base.web.guard import open_page
from thongquan.config.api import api

_METHODS = ("get", "post", "put", "patch", "delete")


@require_GET
@open_page
def described_api(request: HttpRequest) -> HttpResponse:
    """Every operation and every schema of the OpenAPI document, readable without a script; open to everyone."""
    schema = api.get_openapi_schema()
    context = {"api": api, "operations": _operations(schema), "schemas": _schemas(schema)}
    return render(request, "config/api.html", context)


def _operations(schema: Any) -> list[dict[str, Any]]:
    return [
        {
            "anchor": operation["operationId"],
            "method": method.upper(),
            "path": path,
            "summary": operation.get("summary", ""),
            "description": operation.get("description", ""),
            "parameters": operation.get("parameters", []),
            "bodies": list(operation.get("requestBody", {}).get("content", {})),
            "answers": [(status, answer["description"]) for status, answer in operation["responses"].items()],
        }
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method in _METHODS
    ]


def _schemas(schema: Any) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "description": part.get("description", ""),
            "fields": [
                {"name": field, "kind": _kind(words), "required": field in part.get("required", [])}
                for field, words in part.get("properties", {}).items()
            ],
        }
        for name, part in sorted(schema["components"]["schemas"].items())
    ]


def _kind(words: dict[str, Any]) -> str:
    """A short word for the type of a field: `text`, `list of Line`, `Party or null`."""
    if "$ref" in words:
        return str(words["$ref"].rsplit("/", 1)[-1])
    if "anyOf" in words:
        return " / ".join(_kind(part) for part in words["anyOf"])
    if words.get("type") == "array":
        parts = words.get("prefixItems") or [words.get("items") or {}]  # of a tuple each place has its own
        return f"[{', '.join(map(_kind, parts))}]"
    form = words.get("format")
    return f"{words.get('type', 'any')} ({form})" if form else str(words.get("type", words.get("enum", "any")))
