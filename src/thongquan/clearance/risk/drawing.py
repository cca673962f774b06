"""The map of gates and the bands of routes, reckoned here so that a template only prints them: no script, no tiles.

Circles grow with the number of declarations by area, the inner circle is the part where a check found something.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sqrt
from typing import NamedTuple

from thongquan.clearance.risk.places import Place
from thongquan.clearance.risk.queries.maps import Spot

WIDTH = 360
LEAST, MOST = 5.0, 17.0
LETTER = 7.2
BORDER = ("LS06", "LS02", "LS03", "LS01", "LS04", "QN02", "QN01")
"""Gates on the border from the north-west to the sea; the railway station of Đồng Đăng lies behind it."""


class Frame(NamedTuple):
    """A part of the earth on a drawing `WIDTH` wide: degrees west, south, east and north."""

    west: float
    south: float
    east: float
    north: float

    @property
    def scale(self) -> float:
        """Units of the drawing for a degree of latitude."""
        return WIDTH / ((self.east - self.west) * cos(radians((self.south + self.north) / 2)))

    @property
    def height(self) -> int:
        """Height of the drawing."""
        return round((self.north - self.south) * self.scale)

    def holds(self, place: Place) -> bool:
        """Whether a place lies in it."""
        return self.west <= place.longitude <= self.east and self.south <= place.latitude <= self.north

    def at(self, place: Place) -> tuple[float, float]:
        """Where a place lies on the drawing."""
        across = (place.longitude - self.west) / (self.east - self.west) * WIDTH
        return round(across, 1), round((self.north - place.latitude) * self.scale, 1)


WHOLE = Frame(106.48, 21.42, 108.16, 22.2)
NEAR = Frame(106.635, 21.925, 106.765, 22.022)
"""Around Đồng Đăng, where four gates lie within ten kilometers."""


class Mark(NamedTuple):
    """A gate, or the gates of a part drawn larger beside; `inner` is the radius of what was found."""

    x: float
    y: float
    radius: float
    inner: float
    label: str
    label_x: float
    anchor: str
    is_exact: bool
    query: str
    spot: Spot | None


class Sheet(NamedTuple):
    """One drawing: its size, the line through the gates, and the marks, the largest first."""

    width: int
    height: int
    border: str
    marks: tuple[Mark, ...]
    box: tuple[float, float, float, float] | None


class Band(NamedTuple):
    """A route: a curve from a country to an office, as wide as its declarations are many."""

    path: str
    width: float
    found_width: float
    spot: Spot


class Routes(NamedTuple):
    """Bands between two rows of names with their places."""

    width: int
    height: int
    bands: tuple[Band, ...]
    left: tuple[tuple[str, float], ...]
    right: tuple[tuple[str, float], ...]


class Located(NamedTuple):
    """A gate with its place and its name in the reader's language."""

    spot: Spot
    place: Place
    name: str


def sheets(gates: Sequence[Located], places: dict[str, Place], around: str) -> tuple[Sheet, Sheet]:
    """The whole border, its crowded part as one mark named `around`, and that part larger."""
    most = max([*(one.spot.lodged for one in gates), 1])
    near = [one for one in gates if NEAR.holds(one.place)]
    far = [one for one in gates if not NEAR.holds(one.place)]
    border = [places[code] for code in BORDER]
    crowd = [_crowd(near, most, around)] if near else []
    whole = Sheet(
        WIDTH, WHOLE.height, _line(WHOLE, border), (*crowd, *_marks(WHOLE, far, most)), _box() if near else None
    )
    return whole, Sheet(WIDTH, NEAR.height, _line(NEAR, border), _marks(NEAR, near, most), None)


def _marks(frame: Frame, gates: Sequence[Located], most: int) -> tuple[Mark, ...]:
    ordered = sorted(gates, key=lambda one: -one.spot.lodged)
    return tuple(_mark(frame, one, most) for one in ordered)


def _mark(frame: Frame, one: Located, most: int) -> Mark:
    x, y = frame.at(one.place)
    spot = one.spot
    label = f"{one.name} {spot.found.part}/{spot.found.of}"
    radius, inner = _radii(spot.lodged, spot.found.part, most)
    label_x, anchor = _beside(x, radius, label)
    return Mark(x, y, radius, inner, label, label_x, anchor, one.place.is_exact, spot.picked.query(), spot)


def _crowd(near: Sequence[Located], most: int, around: str) -> Mark:
    lodged, found = sum(one.spot.lodged for one in near), sum(one.spot.found.part for one in near)
    checked = sum(one.spot.found.of for one in near)
    spots = [WHOLE.at(one.place) for one in near]
    x, y = (round(sum(of) / len(spots), 1) for of in zip(*spots, strict=True))
    label = f"{around} {found}/{checked}"
    radius, inner = _radii(min(lodged, most), found * min(1.0, most / max(lodged, 1)), most)
    label_x, anchor = _beside(x, radius, label)
    return Mark(x, y, radius, inner, label, label_x, anchor, True, "", None)


def _radii(lodged: float, found: float, most: int) -> tuple[float, float]:
    radius = LEAST + (MOST - LEAST) * sqrt(lodged / most)
    return round(radius, 1), round(radius * sqrt(min(found / lodged, 1.0)), 1) if lodged else 0.0


def _beside(x: float, radius: float, label: str) -> tuple[float, str]:
    """Where a label stands: right of its mark, or left of it where the drawing ends."""
    if x + radius + 5 + len(label) * LETTER <= WIDTH:
        return round(x + radius + 5, 1), "start"
    return round(x - radius - 5, 1), "end"


def _line(frame: Frame, border: Sequence[Place]) -> str:
    return " ".join(f"{x},{y}" for x, y in map(frame.at, border))


def _box() -> tuple[float, float, float, float]:
    """Where the larger drawing lies on the whole."""
    corner = Place(NEAR.north, NEAR.west, "", "", is_exact=True)
    x, y = WHOLE.at(corner)
    return (
        x,
        y,
        round((NEAR.east - NEAR.west) / (WHOLE.east - WHOLE.west) * WIDTH, 1),
        round((NEAR.north - NEAR.south) * WHOLE.scale, 1),
    )


ROW, SIDE, THICK = 30.0, 96.0, 22.0


def routes_of(spots: Sequence[Spot], countries: dict[str, str], offices: dict[str, str]) -> Routes:
    """The bands of these routes, those of one country or office beside one another."""
    left = list(dict.fromkeys(one.key[0] for one in spots))
    right = list(dict.fromkeys(one.key[1] for one in spots))
    height = ROW * max(len(left), len(right), 1)
    most = max([*(one.lodged for one in spots), 1])
    place = {("left", key): _row(left, key, height) for key in left}
    place |= {("right", key): _row(right, key, height) for key in right}
    return Routes(
        width=WIDTH,
        height=round(height),
        bands=tuple(_band(one, place, most) for one in spots),
        left=tuple((countries.get(key, key) or "–", place["left", key] + 4) for key in left),
        right=tuple((offices.get(key, key) or "–", place["right", key] + 4) for key in right),
    )


def _row(keys: Sequence[str], key: str, height: float) -> float:
    return height / len(keys) * (keys.index(key) + 0.5)


def _band(spot: Spot, place: dict[tuple[str, str], float], most: int) -> Band:
    width = max(1.5, THICK * spot.lodged / most)
    from_y, to_y = place["left", spot.key[0]], place["right", spot.key[1]]
    if spot.key[2] == "export":
        from_y, to_y = from_y + width / 2, to_y + width / 2
    start, end = SIDE, WIDTH - SIDE
    middle = (start + end) / 2
    path = f"M{start},{from_y:.1f} C{middle},{from_y:.1f} {middle},{to_y:.1f} {end},{to_y:.1f}"
    found = width * spot.found.part / spot.lodged if spot.lodged else 0.0
    return Band(path, round(width, 1), round(max(found, 1.0) if spot.found.part else 0.0, 1), spot)
