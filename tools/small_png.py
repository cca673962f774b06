"""Make a PNG of a page small: at most 256 colors. Enough for screenshots, no imaging library needed.

Reads what Chromium writes (8 bits a channel, RGB or RGBA, not interlaced) and writes an indexed PNG.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLORS = 256
CHANNELS = {2: 3, 6: 4}
Color = tuple[int, int, int]


def shrink(data: bytes) -> bytes:
    """The picture with the most frequent colors, every other one replaced by the nearest of them."""
    chunks = list(chunks_of(data))
    width, height, depth, kind = struct.unpack(">IIBB", chunks[0][1][:10])
    if depth != 8 or kind not in CHANNELS:
        raise ValueError("only 8-bit RGB and RGBA pictures can be made smaller")
    raw = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    rows = [pixels(row, CHANNELS[kind]) for row in unfiltered(raw, width * CHANNELS[kind], CHANNELS[kind])]
    counted = Counter(pixel for row in rows for pixel in row)
    palette = [color for color, _times in counted.most_common(COLORS)]
    index = placed(counted, palette)
    body = b"".join(b"\x00" + bytes(map(index.__getitem__, row)) for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colors = b"".join(bytes(color) for color in palette)
    parts = ((b"IHDR", head), (b"PLTE", colors), (b"IDAT", zlib.compress(body, 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(chunk(name, part) for name, part in parts)


def chunks_of(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and body of each part of the file."""
    place = len(SIGNATURE)
    while place < len(data):
        size = int.from_bytes(data[place : place + 4], "big")
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        place += size + 12


def chunk(name: bytes, body: bytes) -> bytes:
    """One part as it is written: length, name, body, checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def unfiltered(raw: bytes, width: int, step: int) -> Iterator[bytearray]:
    """The rows of `width` bytes, each predictor of the PNG standard undone."""
    above = bytearray(width)
    for start in range(0, len(raw), width + 1):
        row = bytearray(raw[start + 1 : start + 1 + width])
        undo(raw[start], row, above, step)
        yield row
        above = row


def undo(predictor: int, row: bytearray, above: bytearray, step: int) -> None:
    """Add back what was predicted: 1 left, 2 above, 3 their mean, 4 Paeth's choice."""
    if predictor == 2:
        row[:] = bytes((one + over) & 255 for one, over in zip(row, above, strict=True))
        return
    if predictor == 0:
        return
    for place in range(len(row)):
        left = row[place - step] if place >= step else 0
        corner = above[place - step] if place >= step else 0
        guess = {1: left, 3: (left + above[place]) // 2}.get(predictor)
        row[place] = (row[place] + (paeth(left, above[place], corner) if guess is None else guess)) & 255


def paeth(left: int, over: int, corner: int) -> int:
    """Whichever of the three is nearest to left + over - corner."""
    aim = left + over - corner
    return min((left, over, corner), key=lambda one: abs(aim - one))


def pixels(row: bytearray, step: int) -> list[Color]:
    """The colors of a row; what is transparent does not occur on a page."""
    return list(zip(row[0::step], row[1::step], row[2::step], strict=True))


def placed(colors: Iterable[Color], palette: list[Color]) -> dict[Color, int]:
    """Place of each color in the palette; those alike up to three bits share one search."""
    index = {color: place for place, color in enumerate(palette)}
    near: dict[Color, int] = {}
    for color in colors:
        if color not in index:
            rough = (color[0] | 7, color[1] | 7, color[2] | 7)
            if rough not in near:
                near[rough] = nearest(color, palette)
            index[color] = near[rough]
    return index


def nearest(color: Color, palette: list[Color]) -> int:
    """Place of the color of the palette that differs least."""
    red, green, blue = color
    return min(
        range(len(palette)),
        key=lambda place: (
            (palette[place][0] - red) ** 2 + (palette[place][1] - green) ** 2 + (palette[place][2] - blue) ** 2
        ),
    )
