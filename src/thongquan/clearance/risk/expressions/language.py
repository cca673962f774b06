"""Compiling and running expressions: checked against the types of the facts, all live ones in one evaluation."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cel_expr_python import cel

from thongquan.clearance.risk.expressions.facts import GOODS, VARIABLES
from thongquan.clearance.risk.expressions.limits import BUDGET_SECONDS, MOST_CHARACTERS, over_limit, words_of

__all__ = ["MOST_CHARACTERS", "Compiled", "Problem", "compiled", "evaluated", "problems_of"]

_ENVIRONMENT = cel.NewEnv(variables=VARIABLES)
_MESSAGE = re.compile(r"<input>:(\d+):(\d+): (.*)")
_FIELD = re.compile(r"\b\w+\.(\w+)\b(?!\s*\()")
_TRIES = 3
_LARGEST_LINES = 50


@dataclass(frozen=True)
class Problem:
    """Why it is not let in: `kind` is unreadable, limit, answer, facts, field, slow or fails; what and where."""

    kind: str
    what: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True)
class Compiled:
    """Expressions ready to run: each alone, and all as one list; `names` are the facts that any of them speaks of."""

    each: tuple[Any, ...]
    together: Any
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.each)


def problems_of(expression: str) -> list[Problem]:
    """Everything that keeps an expression from being let in; an empty list when nothing does."""
    limits = [Problem("limit", f"{name} {most}") for name, most in over_limit(expression)]
    if limits:
        return limits
    try:
        program = _ENVIRONMENT.compile(expression)
    except RuntimeError as error:
        return [_unreadable(str(error))]
    if program.return_type() != cel.Type.BOOL:
        return [Problem("answer", program.return_type().name())]
    if not words_of(expression) & VARIABLES.keys():
        return [Problem("facts")]
    return _unknown_fields(expression) or _trial(program)


def _unreadable(message: str) -> Problem:
    found = _MESSAGE.search(message)
    if found is None:
        return Problem("unreadable", message[:200])
    return Problem("unreadable", found[3].removesuffix(" (in container '')")[:200], int(found[1]), int(found[2]))


def _unknown_fields(expression: str) -> list[Problem]:
    """Names after a dot that no goods have: the type of a map would let them pass and fail on every declaration."""
    bare = re.sub(r"\"[^\"]*\"|'[^']*'|\d+\.\d+", "", expression)
    return [Problem("field", name) for name in dict.fromkeys(_FIELD.findall(bare)) if name not in GOODS]


def _trial(program: Any) -> list[Problem]:
    """Run it on the largest declaration there can be: it must answer, and in time (the fastest run counts)."""
    facts, took = largest(), []
    for _ in range(_TRIES):
        begun = time.perf_counter()
        answer = program.eval(data=facts)
        took.append(time.perf_counter() - begun)
        if answer.type() != cel.Type.BOOL:
            return [Problem("fails", str(answer.value())[:200])]
    return [Problem("slow")] if min(took) > BUDGET_SECONDS else []


def largest() -> dict[str, Any]:
    """Facts of a declaration with the most lines, its texts as long as they may be."""
    goods = {name: "x" * 200 if place < _TEXTS else 1.0 for place, name in enumerate(GOODS)}
    plain = {cel.Type.STRING.name(): "x" * 70, cel.Type.INT.name(): 1, cel.Type.DOUBLE.name(): 1.0}
    facts = {name: plain.get(kind.name(), True) for name, kind in VARIABLES.items()}
    return {**facts, "goods": [dict(goods) for _ in range(_LARGEST_LINES)]}


_TEXTS = 5


def compiled(expressions: Sequence[str]) -> Compiled:
    """Make expressions ready that were let in before. Raises `RuntimeError` on one that was not."""
    each = tuple(_ENVIRONMENT.compile(one) for one in expressions)
    together = _ENVIRONMENT.compile(f"[{', '.join(f'({_one_line(one)})' for one in expressions)}]")
    spoken = frozenset[str]().union(*map(words_of, expressions))
    return Compiled(each, together, tuple(name for name in VARIABLES if name in spoken))


def _one_line(expression: str) -> str:
    """An expression that stands among others: a comment ends with its own line, not with theirs."""
    return f"{expression}\n"


def evaluated(programs: Compiled, facts: Mapping[str, Any]) -> tuple[bool, ...]:
    """Whether each expression says yes of these facts; one that fails on them says no, and the others are heard."""
    asked = {name: facts[name] for name in programs.names}
    answer = programs.together.eval(data=asked)
    if answer.type() == cel.Type.ERROR:
        return tuple(_alone(program, asked) for program in programs.each)
    return tuple(answer.plain_value())


def _alone(program: Any, facts: Mapping[str, Any]) -> bool:
    answer = program.eval(data=facts)
    return answer.type() == cel.Type.BOOL and bool(answer.value())
