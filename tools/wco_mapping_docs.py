"""Write docs/wco-mapping.md: every element of the WCO mapping table with its identifier and its field.

`python tools/wco_mapping_docs.py` writes the page; with `check` it only tells whether the page is current.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from thongquan.clearance.declarations.formats.wco.groups import Group
from thongquan.clearance.declarations.formats.wco.leaves import Integer, Leaf
from thongquan.clearance.declarations.formats.wco.national import ROLES
from thongquan.clearance.declarations.formats.wco.nodes import Node
from thongquan.clearance.declarations.formats.wco.parts import Part, Words
from thongquan.clearance.declarations.formats.wco.table import SUBMISSION

PAGE = Path(__file__).resolve().parent.parent / "docs" / "wco-mapping.md"
HEAD = """\
# WCO Data Model mapping

Written by `tools/wco_mapping_docs.py` from the table in `clearance/declarations/formats/wco/table`; do not edit.

The table drives the reader, the writer and the names in fault messages. Rows stand in the order of the schema, which is
the order in which elements are written. A message is read whatever its namespaces and prefixes; it is written with
those of the model. What no row names is kept in `extensions` and written back in its place: unknown elements and
attributes, another order, exact words where they differ from the value (`007`, trailing blanks), misspelled names.

## How to read a row

- *Element* has a dot for each level of depth; `*` repeats. *WCO* is the identifier of the class or element, empty
  where the schema at hand names none.
- *Field* is the field of the part it stands in: the document, else the nearest part above it in bold.
- A row `when ...` is a repeated part that stands for a field of its own: `TQ` marks what is ours.
- `unitCode` and `currencyID` go to the field named beside; weights are kilograms, another unit is refused (TQ-FMT-020).

## What the flow decides

The flow is told by a statement of ours `FLOW`, else by TypeCode (`IM.` import, `EX.` export), else (`CO.`, `COR`,
`INV`) export when an office of exit is named, import when not. TypeCode `IMA` or `EXA` and FunctionCode `9` are what a
document without those codes is written with; '' stands for one that the message leaves out.

| Table | Import | Export |
|---|---|---|
"""


def page() -> str:
    """Give the page as text."""
    roles = [f"| `{key}` | `{names['import']}` | `{names['export']}` |\n" for key, names in ROLES.items()]
    head = "\n## The table\n\n| Element | WCO | Field | Kind |\n|---|---|---|---|\n"
    return "".join([HEAD, *roles, head, *_rows(SUBMISSION, 0)])


def _rows(node: Node, depth: int) -> Iterator[str]:
    name = "· " * depth + node.name + (" \\*" if node.many else "")
    if isinstance(node, Part):
        kind = "words" if isinstance(node, Words) else f"part `{node.struct.__name__}`"
        yield _row(f"{'· ' * depth}**{node.name}**" + (" \\*" if node.many else ""), node.wco, node.key, kind)
        yield from _promotions(node, depth + 1)
    elif isinstance(node, Leaf):
        unit = node.unit if isinstance(node, Integer) else None
        beside = f", `{node.attributes[0]}` to `{unit}`" if unit else ""
        yield _row(name, node.wco, node.key, node.kind + beside)
    else:
        yield _row(name, node.wco, "", "")
    if isinstance(node, Group):
        for child in node.children:
            yield from _rows(child, depth + 1)


def _promotions(part: Part, depth: int) -> Iterator[str]:
    for promotion in part.promotions:
        said = ", ".join(f"{field} = {word}" for field, word in promotion.match.items())
        given = ", ".join(f"{field}{'?' if field in promotion.optional else ''}" for field in promotion.take)
        targets = ", ".join(
            f"{promotion.many}[].{target}" if promotion.many else target for target in promotion.take.values()
        )
        indent = "· " * depth
        yield _row(f"{indent}*when {said + ' and ' if said else ''}only {given}*", "", targets, "")


def _row(element: str, wco: str, field: str, kind: str) -> str:
    shown = ", ".join(f"`{name}`" for name in field.split(", ")) if field else ""
    return f"| {element} | {wco} | {shown} | {kind} |\n"


def main(words: list[str]) -> int:
    """Write or check the page; 1 when it is not current."""
    if words == ["check"]:
        current = PAGE.exists() and PAGE.read_text(encoding="utf-8") == page()
        print("docs/wco-mapping.md is current" if current else "docs/wco-mapping.md: run tools/wco_mapping_docs.py")
        return 0 if current else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
