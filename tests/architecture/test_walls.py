"""The walls of the house that import contracts cannot see, each with a proof that its test can fail."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field, ForeignKey, ManyToManyField, OneToOneField

SOURCE = Path(__file__).resolve().parents[2] / "src" / "thongquan"
LAYERS = [
    "config",
    "academy",
    "insight.status",
    "insight.public",
    "clearance.lawdesk",
    "clearance.postaudit",
    "clearance.integrity",
    "clearance.valuation",
    "clearance.declarations",
    "clearance.revenue",
    "clearance.tariff",
    "clearance.violations",
    "base.attachments",
    "base.notices",
    "base.accounts",
    "base.ledger",
    "base.web",
    "base.core",
]


def modules() -> Iterator[Path]:
    yield from (path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts)


def app_of(path: Path) -> str:
    """The app a file belongs to: `base.core`, `clearance.tariff`, or the room itself."""
    parts = path.relative_to(SOURCE).parts
    return (
        ".".join(parts[:2])
        if parts[0] in {"base", "clearance", "insight"} and len(parts) > 2
        else parts[0].removesuffix(".py")
    )


def imports_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def foreign_models(path: Path, source: str) -> list[str]:
    """Models of other apps that a file imports."""
    own = f"thongquan.{app_of(path)}."
    found = (name for name in imports_of(ast.parse(source)) if re.match(r"thongquan\.[\w.]+\.models\b", name))
    return [name for name in found if not name.startswith(own)]


def test_models_are_imported_only_in_their_own_app() -> None:
    offenders = {str(path.relative_to(SOURCE)): foreign_models(path, path.read_text()) for path in modules()}
    assert {path: names for path, names in offenders.items() if names} == {}


def test_the_model_wall_can_fall() -> None:
    path = SOURCE / "clearance" / "tariff" / "views.py"
    assert foreign_models(path, "from thongquan.base.ledger.models import Entry") != []


def relations() -> Iterator[tuple[str, str, str]]:
    """(app, field, app pointed to) of every foreign key between our apps."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey | OneToOneField | ManyToManyField) and isinstance(field, Field):
                yield model._meta.app_config.name, str(field), field.related_model._meta.app_config.name


def upward(pointing: str, pointed: str) -> bool:
    """Whether a key points to a room above its own, or to a sibling's."""
    names = [name.removeprefix("thongquan.") for name in (pointing, pointed)]
    if pointing == pointed or not all(name in LAYERS for name in names):
        return False
    return LAYERS.index(names[1]) <= LAYERS.index(names[0])


def test_foreign_keys_point_downward() -> None:
    assert [row for row in relations() if upward(row[0], row[2])] == []


def test_the_foreign_key_wall_can_fall() -> None:
    assert upward("thongquan.clearance.tariff", "thongquan.clearance.declarations")
    assert not upward("thongquan.clearance.declarations", "thongquan.clearance.tariff")


def test_no_generic_foreign_keys() -> None:
    assert [path.name for path in modules() if "GenericForeignKey" in path.read_text()] == []


def inner_imports(source: str) -> list[int]:
    """Lines of imports inside functions."""
    tree = ast.parse(source)
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [
        inner.lineno
        for function in functions
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def test_no_imports_inside_functions() -> None:
    found = {str(path.relative_to(SOURCE)): inner_imports(path.read_text()) for path in modules()}
    assert {path: lines for path, lines in found.items() if lines} == {}
    assert inner_imports("def f():\n    import os") == [2]


def function_lengths(source: str) -> list[tuple[str, int]]:
    """Name and number of lines of every function."""
    return [
        (node.name, (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_functions_and_files_keep_their_size() -> None:
    sources = {path: path.read_text() for path in modules()}
    lengths = [(path.name, name, size) for path, text in sources.items() for name, size in function_lengths(text)]
    assert [row for row in lengths if row[2] > 60] == []
    assert sum(row[2] < 30 for row in lengths) / len(lengths) >= 0.9
    files = [len(text.splitlines()) for text in sources.values()]
    assert sum(size <= 250 for size in files) / len(files) >= 0.9
    assert function_lengths("def f():\n    a = 1\n    return a") == [("f", 3)]


def float_uses(source: str) -> list[int]:
    """Lines where a float literal or the name `float` appears."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
    ]


def test_no_float_touches_the_rules() -> None:
    found = {path.name: float_uses(path.read_text()) for path in modules() if app_of(path) == "rules"}
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert float_uses("rate = 0.08") == [1]


@pytest.mark.parametrize("pattern", [r"py[p]i\.org|pythonhoste[d]|npmj[s]\.(org|com)|deb\.debia[n]"])
def test_no_file_names_a_package_registry(pattern: str) -> None:
    root = SOURCE.parents[1]
    names = ["requirements.lock", "package-lock.json", "pyproject.toml", "Makefile", ".npmrc", "package.json"]
    texts = {name: (root / name).read_text() for name in names if (root / name).exists()}
    assert [name for name, text in texts.items() if re.search(pattern, text)] == []
    assert re.search(pattern, "https://files.python" + "hosted.org")
