"""Clocks of a declaration: what must happen by when, derived from what has happened and counted by nobody.

Legal basis: Customs Law 54/2014/QH13 Art. 23.2 (checks), 36 (release), 43 (priority enterprises); Circular
38/2015/TT-BTC as amended by 39/2018, Art. 20 (amendment), 22.1a (15 days), 32 (preservation); Law 107/2016/QH13 Art. 9
(guarantee). Every length is a dated parameter with its own source (`rules.terms`); one that the law in hand does not
give starts no clock.

A clock opens with an event, stops with another, and may open again: the story of the same name then holds several.
"""

from thongquan.rules.clocks.deriving import clock_that_matters, clocks_of
from thongquan.rules.clocks.table import CERTAIN, NEEDED
from thongquan.rules.clocks.values import CUSTOMS, DECLARANT, Clock, Happening, Side, Story

__all__ = [
    "CERTAIN",
    "CUSTOMS",
    "DECLARANT",
    "NEEDED",
    "Clock",
    "Happening",
    "Side",
    "Story",
    "clock_that_matters",
    "clocks_of",
]
