"""Where a fault lies, in three tongues: our field, the WCO pointer, the path of the element."""

from __future__ import annotations

from lxml.etree import _Element

from thongquan.clearance.declarations.formats.wco.groups import Group
from thongquan.clearance.declarations.formats.wco.leaves import Leaf
from thongquan.clearance.declarations.formats.wco.national import ROLES
from thongquan.clearance.declarations.formats.wco.nodes import Node
from thongquan.clearance.declarations.formats.wco.parts import Part
from thongquan.clearance.declarations.formats.wco.session import Trouble
from thongquan.clearance.declarations.formats.wco.table import ROOTS
from thongquan.rules.decision import Fault


def fault(trouble: Trouble, flow: str) -> Fault:
    """Give the fault with the field it concerns (`lines[2].value`), the WCO pointer and the path of the element."""
    pointer: list[str] = []
    names: list[str] = []
    field: list[str] = []
    line: int | None = None
    node: Node | None = None
    for element in [*reversed(list(trouble.element.iterancestors())), trouble.element]:
        name = str(element.tag).rpartition("}")[2]
        node = ROOTS.get(name) if not names else node.local.get(name) if isinstance(node, Group) else None
        place = _place(element)
        many = node is not None and node.many
        names.append(f"{name}[{place + 1}]" if many else name)
        if node is not None and node.wco:
            pointer.append(f"{node.wco}[{place + 1}]" if many else node.wco)
        field += _field(node, place, flow)
        if name == "GovernmentAgencyGoodsItem":
            line = place + 1
    values = {"pointer": "/".join(pointer), "element": "/".join(names)}
    return Fault(code=trouble.code, path=".".join(field), line=line, value=trouble.value, values=values)


def _place(element: _Element) -> int:
    """Count the elements of the same name that stand before this one in its parent."""
    return sum(1 for _ in element.itersiblings(str(element.tag), preceding=True))


def _field(node: Node | None, place: int, flow: str) -> list[str]:
    if isinstance(node, Part):
        key = ROLES.get(node.key, {}).get(flow, node.key)
        return [f"{key}[{place}]" if node.many else key]
    if isinstance(node, Leaf):
        return [ROLES.get(node.key, {}).get(flow, node.key)]
    return []
