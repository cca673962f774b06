"""Papers drawn for the tests: Form E and Form D, digital or scanned with noise and a slant."""

from __future__ import annotations

import io
import random
from datetime import date, timedelta
from functools import cache

import pypdfium2
import typst
from django.utils.timezone import localdate
from PIL import Image

from thongquan.base.core.clock import now
from thongquan.base.core.papers.making import FONTS

NUMBER = "E264500000123456"


def day() -> date:
    return localdate(now()) - timedelta(days=3)


def items(count: int = 2, *, form: str = "E") -> list[tuple[str, ...]]:
    goods = ("Quả táo tươi FRESH APPLES 新鲜苹果", "POTATOES", "GARLIC")
    codes = ("0808.10", "0701.90", "0703.20")
    return [
        (
            str(number),
            "N/M",
            f"{number * 100} CARTONS {goods[number % 3]} HS CODE: {codes[number % 3]}",
            "WO" if number % 2 else "RVC 40%",
            f"{number},200.50 KGS",
            f"GX-2611-00{number % 3}",
        )
        for number in range(1, count + 1)
    ]


SHEET = """
#set page(width: 210mm, height: 297mm, margin: 10mm)
#set text(size: 8pt, font: ("Tinos", "Noto Serif SC"))
#table(columns: (1fr, 1fr), inset: 4pt,
 table.cell(rowspan: 1)[1. {word} consigned from (Exporter's business name, address, country) \\ {exporter}],
 [Reference No. {number} \\ #align(center)[{title} \\ PREFERENTIAL TARIFF \\ CERTIFICATE OF ORIGIN \\ (Combined Declaration and Certificate) \\ FORM {form}] \\ Issued in {country}],
 [2. {word} consigned to (Consignee's name, address, country) \\ {consignee}], [],
 [3. Means of transport and route (as far as known) \\ Departure date {shipped} \\ Vessel's name/Aircraft etc. {vehicle} \\ Port of Discharge HUU NGHI],
 [4. For Official Use])
#v(-1em)
#table(columns: (1.2fr, 2fr, 6fr, 2.2fr, 3fr, 2.4fr), inset: 4pt,
 [5. Item number], [6. Marks and numbers on packages],
 [7. Number and type of packages, description of {word7} (including quantity where appropriate and HS number in six digit code)],
 [8. Origin criteria (see Overleaf Notes)], [9. Gross weight or net weight or other quantity, and value (FOB) only when RVC criterion is applied],
 [10. Number, date of Invoices],
 {items})
#v(-1em)
#table(columns: (1fr, 1fr), inset: 4pt,
 [11. Declaration by the exporter \\ The undersigned hereby declares that the above details and statement are correct \\ CHINA \\ NANNING {issued}],
 [12. Certification \\ It is hereby certified, on the basis of control carried out, that the declaration by the exporter is correct. \\ NANNING CUSTOMS, GUANGXI \\ NANNING {issued} \\ Place and date, signature and stamp of certifying authority])
#v(-1em)
#table(columns: (1fr,), inset: 4pt, [13. \\ {mark} Issued Retroactively #h(2em) Exhibition #h(2em) Movement Certificate #h(2em) Third Party Invoicing])
"""


def _quoted(text: str) -> str:
    return '#"' + text.replace("\\", "").replace('"', "'") + '"'


@cache
def digital(
    number: str = NUMBER, *, form: str = "E", count: int = 2, late: bool = False, pages: tuple[str, ...] = ()
) -> bytes:
    """A digital PDF; `pages` are numbers of further pages of other certificates."""
    sheets = "#pagebreak()\n".join(_sheet(one, form, count, late=late) for one in (number, *pages))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    made = typst.compile({"main.typ": sheets.encode()}, font_paths=fonts)
    assert isinstance(made, bytes)
    return made


def _sheet(number: str, form: str, count: int, *, late: bool) -> str:
    is_e = form == "E"
    printed = day().strftime("%b. %d, %Y").upper()
    cells = [f"[{_quoted(cell)}]" for row in items(count, form=form) for cell in row]
    words = {
        "word": "Products" if is_e else "Goods",
        "word7": "products" if is_e else "goods",
        "number": number,
        "form": form,
        "title": "ASEAN-CHINA FREE TRADE AREA" if is_e else "ASEAN TRADE IN GOODS AGREEMENT",
        "country": "THE PEOPLE'S REPUBLIC OF CHINA" if is_e else "THAILAND",
        "exporter": _quoted("GUANGXI PINGXIANG TRADING CO., LTD. 广西凭祥贸易有限公司"),
        "consignee": _quoted("Công ty TNHH Xuất nhập khẩu Bình Minh"),
        "shipped": printed,
        "issued": printed,
        "vehicle": "FA1234",
        "items": ", ".join(cells),
        "mark": "\\[X\\]" if late else "\\[ \\]",
    }
    text = SHEET
    for name, value in words.items():
        text = text.replace("{" + name + "}", value)
    return text


def picture(content: bytes, place: int = 0, *, turn: int = 0, slant: float = 0.6, noise: int = 12) -> Image.Image:
    """A page as a scanner gives it: gray specks, a slight slant, perhaps lying on its side."""
    drawn = pypdfium2.PdfDocument(content)[place].render(scale=2200 / 842).to_pil().convert("L")
    drawn = drawn.rotate(slant, fillcolor=255)
    specks = random.Random(7)
    grain = Image.frombytes("L", (256, 256), bytes(specks.randrange(255 - noise, 256) for _ in range(256 * 256)))
    grain = grain.resize(drawn.size)
    return Image.composite(drawn, grain, drawn.point(lambda one: 255 if one < 200 else 0)).rotate(-turn, expand=True)


@cache
def scanned(*, turn: int = 0, form: str = "E", number: str = NUMBER) -> bytes:
    """A PDF that holds nothing but a picture."""
    return as_pdf(picture(digital(number, form=form), turn=turn))


def as_pdf(*pictures: Image.Image) -> bytes:
    out = io.BytesIO()
    first, *rest = [one.convert("RGB") for one in pictures]
    first.save(out, "PDF", resolution=190, save_all=True, append_images=rest)
    return out.getvalue()


def blank() -> bytes:
    """A scan of the empty side."""
    return as_pdf(Image.new("L", (1200, 1700), 250))
