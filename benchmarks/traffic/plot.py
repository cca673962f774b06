"""A plain drawing of lines over an axis, several panels below one another, as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 860, 250, 70, 150, 44, 46
COLORS = ("#0f766e", "#b45309", "#4338ca", "#be123c", "#4d7c0f", "#6b7280", "#7e22ce")
STYLE = (
    "<style>text{font:12px system-ui,sans-serif;fill:#374151}.t{font-weight:600;font-size:14px}"
    ".g{stroke:#e5e7eb}.r{stroke:#be123c;stroke-dasharray:5 4}polyline{fill:none;stroke-width:1.8}</style>"
)


class Series(NamedTuple):
    """A named line."""

    name: str
    points: Sequence[tuple[float, float]]


class Panel(NamedTuple):
    """Lines over one pair of axes. `rule` is a level to stay under; `log` draws powers of ten at equal distance."""

    title: str
    x: str
    y: str
    series: Sequence[Series]
    rule: float | None = None
    log: bool = False


class _Scale(NamedTuple):
    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def at(self, value: float) -> float:
        low, high, value = (math.log10(max(one, 1e-9)) if self.log else one for one in (self.low, self.high, value))
        share = (min(max(value, low), high) - low) / ((high - low) or 1)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> list[float]:
        if self.log:
            powers = range(round(math.log10(self.low)), round(math.log10(self.high)) + 1)
            return [10.0**power for power in powers]
        step = 10 ** math.floor(math.log10((self.high - self.low) or 1))
        step *= next(part for part in (0.1, 0.2, 0.5, 1, 2) if (self.high - self.low) / (step * part) <= 6)
        first = math.ceil(self.low / step)
        return [place * step for place in range(first, math.floor(self.high / step + 1e-9) + 1)]


def drawn(panels: Sequence[Panel]) -> str:
    """The whole picture."""
    parts = [part for place, panel in enumerate(panels) for part in _panel(panel, place * HEIGHT)]
    height = HEIGHT * len(panels)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">'
    return "\n".join([head, STYLE, '<rect width="100%" height="100%" fill="#fff"/>', *parts, "</svg>", ""])


def _panel(panel: Panel, offset: int) -> list[str]:
    across, up = _scales(panel, offset)
    left, right = across.start, across.end
    parts = [_text(LEFT, offset + 22, panel.title, "t"), _text(LEFT, offset + 38, panel.y)]
    parts.append(_text(right, offset + HEIGHT - 8, panel.x, anchor="end"))
    for tick in up.ticks():
        parts.append(f'<line class="g" x1="{left}" x2="{right}" y1="{up.at(tick):.1f}" y2="{up.at(tick):.1f}"/>')
        parts.append(_text(left - 6, up.at(tick) + 4, f"{tick:,.6g}", anchor="end"))
    parts += [_text(across.at(tick), up.start + 16, f"{tick:,.6g}", anchor="middle") for tick in across.ticks()]
    if panel.rule is not None:
        level = up.at(panel.rule)
        parts.append(f'<line class="r" x1="{left}" x2="{right}" y1="{level:.1f}" y2="{level:.1f}"/>')
    return parts + _lines(panel, across, up)


def _scales(panel: Panel, offset: int) -> tuple[_Scale, _Scale]:
    several = [point for series in panel.series for point in series.points] or [(0.0, 1.0)]
    xs, ys = [x for x, _y in several], [y for _x, y in several]
    most = max([*ys, panel.rule or 0.0]) or 1.0
    if panel.log:
        low = 10 ** math.floor(math.log10(max(min(ys), 1e-3)))
        high = 10 ** math.ceil(math.log10(most))
    else:
        low, high = 0.0, most * 1.08
    across = _Scale(min(xs), max(xs), LEFT, WIDTH - RIGHT)
    return across, _Scale(low, high, offset + HEIGHT - BOTTOM, offset + TOP + 6, panel.log)


def _lines(panel: Panel, across: _Scale, up: _Scale) -> list[str]:
    """The lines, each named at its end; names keep their distance."""
    parts, ends = [], []
    for place, series in enumerate(panel.series):
        color = COLORS[place % len(COLORS)]
        points = " ".join(f"{across.at(x):.1f},{up.at(y):.1f}" for x, y in series.points)
        parts.append(f'<polyline points="{points}" stroke="{color}"/>')
        if series.points:
            ends.append((up.at(series.points[-1][1]), series.name, color))
    lowest = -math.inf
    for level, name, color in sorted(ends):
        lowest = max(level, lowest + 14)
        parts.append(f'<text x="{across.end + 8}" y="{lowest + 4:.1f}" style="fill:{color}">{escape(name)}</text>')
    return parts


def _text(x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
