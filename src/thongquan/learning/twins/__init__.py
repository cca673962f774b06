"""One good under two codes: lines that tell of the same goods, and whether their codes may both be right."""

from thongquan.learning.twins.deciding import Attribute, Kind, parting
from thongquan.learning.twins.evaluating import Query, Result, evaluated
from thongquan.learning.twins.finding import Found, Partner, found
from thongquan.learning.twins.index import Index, Line, index_of
from thongquan.learning.twins.judging import FIRST_JUDGE, Judge, Reviewed, aimed, fitted, weighed
from thongquan.learning.twins.rewriting import WAYS, rewritten

__all__ = [
    "FIRST_JUDGE",
    "WAYS",
    "Attribute",
    "Found",
    "Index",
    "Judge",
    "Kind",
    "Line",
    "Partner",
    "Query",
    "Result",
    "Reviewed",
    "aimed",
    "evaluated",
    "fitted",
    "found",
    "index_of",
    "parting",
    "rewritten",
    "weighed",
]
