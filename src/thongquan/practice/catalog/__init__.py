"""The goods of the practice world: what crosses the border, and how declarants write it down. Pure, invented by us.

`kinds()` gives every kind of goods of the shipped catalog (`reference/practice/catalog.csv`) in a fixed order.
`descriptions(kind, rng=..., count=...)` writes it down as declarants do, the same texts for the same generator.
Every price, weight, brand and model is an invented practice figure: none is taken from a market or a register.
"""

from thongquan.practice.catalog.kind import Kind
from thongquan.practice.catalog.shelf import kinds
from thongquan.practice.catalog.writing import LONGEST, descriptions

__all__ = ["LONGEST", "Kind", "descriptions", "kinds"]
