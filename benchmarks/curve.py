"""A small picture of lines over a number: SVG without a library, readable on light and on dark ground."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDE, HIGH, LEFT, TOP, RIGHT, BOTTOM = 760, 360, 52, 48, 150, 44
COLORS = ("#8a8f98", "#0f766e", "#b45309", "#6d28d9", "#be123c")


def drawn(
    title: str, lines: Sequence[tuple[str, Sequence[float], Sequence[float]]], *, across: str, goal: float | None = None
) -> str:
    """Lines (label, numbers across, shares from 0 to 1) as SVG, each labeled at its end."""
    first = min(min(xs) for _label, xs, _ys in lines)
    last = max(max(xs) for _label, xs, _ys in lines)

    def x(value: float) -> float:
        return LEFT + (value - first) / max(last - first, 1) * (WIDE - LEFT - RIGHT)

    def y(share: float) -> float:
        return TOP + (1.1 - min(share, 1.1)) / 1.1 * (HIGH - TOP - BOTTOM)

    parts = [_text(LEFT, 22, title, weight="600")]
    for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        parts += [
            _rule(LEFT, y(share), WIDE - RIGHT, y(share)),
            _text(LEFT - 8, y(share) + 4, f"{share:.0%}", anchor="end"),
        ]
    step = max(round((last - first) / 6), 1)
    parts += [_text(x(at), HIGH - 24, f"{at:g}") for at in range(int(first), int(last) + 1, step)]
    parts.append(_text((LEFT + WIDE - RIGHT) / 2, HIGH - 6, across))
    if goal is not None:
        parts.append(_rule(LEFT, y(goal), WIDE - RIGHT, y(goal), dash="5 4", color="#666"))
    ends: list[float] = []
    for place, (label, xs, ys) in enumerate(lines):
        color = COLORS[place % len(COLORS)]
        points = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in zip(xs, ys, strict=True))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2"/>')
        end = y(ys[-1])
        while any(abs(end - other) < 15 for other in ends):
            end += 15
        ends.append(end)
        parts.append(_text(WIDE - RIGHT + 8, end + 4, label, color=color))
    size = f'width="{WIDE}" height="{HIGH}" viewBox="0 0 {WIDE} {HIGH}"'
    ground = f'<rect width="{WIDE}" height="{HIGH}" fill="#ffffff"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">{ground}{"".join(parts)}</svg>\n'


def _text(x: float, y: float, words: str, *, anchor: str = "start", color: str = "#333", weight: str = "400") -> str:
    style = f'font-family="system-ui, sans-serif" font-size="13" font-weight="{weight}" fill="{color}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {style}>{escape(words)}</text>'


def _rule(x: float, y: float, to_x: float, to_y: float, *, dash: str = "", color: str = "#e3e3e3") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{color}"{dashed}/>'
