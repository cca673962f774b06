"""Pictures: size, and copies without place, device and all other metadata. Runs in the sandbox only."""

from __future__ import annotations

import io

from PIL import (
    ExifTags,
    Image,
    ImageChops,
    ImageFile,
    ImageMath,
    ImageOps,
    ImagePalette,
    ImageSequence,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from thongquan.base.attachments.reading.shape import Found, packed
from thongquan.rules.codes import Code

FORMATS = ("PNG", "JPEG", "WEBP")
LOADED = (
    *(PngImagePlugin, JpegImagePlugin, WebPImagePlugin, MpoImagePlugin, TiffImagePlugin, ImageFile, ImagePalette),
    *(ImageSequence, ImageChops, ImageMath, ExifTags),
)
"""Named so that they are loaded: inside the walls nothing can be imported any more."""
MAX_PIXELS = 50_000_000
THUMB, VIEW = 240, 3600
_WHITE = (255, 255, 255)


def read_picture(content: bytes) -> bytes:
    """Answer for a picture; more than 50 million points are TQ-ATT-012 before any of them is unpacked."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        width, height = picture.size
        if width * height > MAX_PIXELS:
            return packed(Found(fault=Code.TQ_ATT_012))
        picture.draft("RGB", (VIEW, VIEW))
        plain = _plain(picture)
    found = Found(width=width, height=height)
    view = _shrunk(plain, VIEW, 88)
    return packed(found, _shrunk(plain, THUMB, 80), view)


def _plain(picture: Image.Image) -> Image.Image:
    """Upright, on white, in plain colors; a new picture, so nothing but the points comes along."""
    if picture.mode != "P":
        picture.thumbnail((VIEW, VIEW))
    upright = ImageOps.exif_transpose(picture)
    if upright.mode == "P" or "transparency" in upright.info or upright.mode in ("LA", "PA", "La", "RGBa"):
        upright = upright.convert("RGBA")
    if upright.mode == "RGBA":
        ground = Image.new("RGB", upright.size, _WHITE)
        ground.paste(upright, mask=upright.getchannel("A"))
        return ground
    plain = Image.new("RGB", upright.size)
    plain.paste(upright.convert("RGB"))
    return plain


def _shrunk(picture: Image.Image, side: int, quality: int) -> bytes:
    smaller = picture.copy() if max(picture.size) > side else picture
    smaller.thumbnail((side, side))
    out = io.BytesIO()
    smaller.save(out, "JPEG", quality=quality)
    return out.getvalue()
