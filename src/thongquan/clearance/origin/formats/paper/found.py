"""From the pages of a paper to the fields of a certificate, each with how sure it is; a person confirms them all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.formats.paper.anchors import form_of
from thongquan.clearance.origin.formats.paper.layout import rows_of, squeezed
from thongquan.clearance.origin.formats.paper.regions import EMPTY, Form, Held, boxes_on, ticked
from thongquan.clearance.origin.formats.paper.shape import Page
from thongquan.clearance.origin.formats.paper.values import country_in, days_in, hs_in, money_in, quantity_in
from thongquan.clearance.origin.formats.texts import Texts, Written
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.origin.numbers import folded_number

FEWEST = 3
DOUBTED = 0.6
"""A value that is not of the kind its field asks for is worth so much of what its pieces are."""
_SIGNS = re.compile(r"[^\w./-]+")


@dataclass
class Sure:
    """How sure a field is (0 to 1), and the page it was read on."""

    sure: float
    page: int = 1


@dataclass
class FoundPaper:
    """What was read: texts by field, certainty by path, warnings to show beside them."""

    written: Written = field(default_factory=Written)
    sure: dict[str, Sure] = field(default_factory=dict)
    notes: list[Fault] = field(default_factory=list)
    form: str = ""

    def put(self, key: str, text: str, sure: float, page: int) -> None:
        """Keep a field of the head, once."""
        if text and key not in self.written.fields:
            self.written.fields[key] = text
            self.sure[key] = Sure(sure, page)


def found_paper(pages: Sequence[Page]) -> FoundPaper:
    """Fields of a paper. Raises `Refused`: TQ-ORI-071 nothing to read, TQ-ORI-070 pages of different certificates."""
    if not any(len(page.pieces) >= FEWEST for page in pages):
        raise Refused([Fault(code=Code.TQ_ORI_071, path="file")])
    forms = [form_of([page]) for page in pages]
    made = FoundPaper(form=next((form for form in forms if form), ""))
    for number, page in enumerate(pages, 1):
        if page.turned:
            values = {"page": str(number), "degrees": str(page.turned)}
            made.notes.append(Fault(code=Code.TQ_ORI_073, values=values, severity="warning"))
    if not made.form:
        made.notes.append(Fault(code=Code.TQ_ORI_072, severity="warning"))
        return made
    read = [
        (number, form, boxes_on(form, page))
        for number, (form, page) in enumerate(zip(forms, pages, strict=True), 1)
        if form
    ]
    _check_one_certificate([(form, boxes) for _number, form, boxes in read])
    for number, form, boxes in read:
        _read_page(made, form, number, boxes, pages[number - 1])
    return made


def _check_one_certificate(read: Sequence[tuple[str, Form]]) -> None:
    """Numbers that differ by more than a misread letter belong to different certificates; so do different forms."""
    numbers = [(form, number) for form, boxes in read if (number := _number(boxes.blocks.get("ref", EMPTY)))]
    first = numbers[0] if numbers else ("", "")
    others = [number for form, number in numbers if form != first[0] or not _alike(first[1], number)]
    if others:
        values = {"numbers": ", ".join(dict.fromkeys([first[1], *others]))}
        raise Refused([Fault(code=Code.TQ_ORI_070, path="file", values=values)])


def _alike(one: str, other: str) -> bool:
    return folded_number(one) == folded_number(other)


def _number(box: Held) -> str:
    return _SIGNS.sub("", box.lines[0].split()[0])[:40] if box.lines and box.lines[0].split() else ""


def _read_page(made: FoundPaper, form: str, number: int, boxes: Form, page: Page) -> None:
    agreement = next((row.key for row in rows_of(form, "title")), "")
    titles = [row for row in rows_of(form, "title") if row.squeezed in squeezed(" ".join(p.text for p in page.pieces))]
    sure = 0.97 if len(titles) > 1 else 0.8
    made.put("agreement", agreement, sure, number)
    made.put("form", form, sure, number)
    for row in rows_of(form, "box"):
        box = boxes.blocks.get(row.box, EMPTY)
        if row.box.isdigit() and box.text and row.box not in made.written.boxes:
            made.written.boxes[row.box] = box.text[:500]
    _read_head(made, number, boxes)
    _read_parts(made, form, number, boxes.blocks.get("3", EMPTY))
    _read_certification(made, number, boxes.blocks.get("12", EMPTY))
    for key, certain in ticked(form, page.pieces).items():
        made.put(key, "yes", certain, number)
    for _item, cells in boxes.items:
        _read_item(made, number, cells)


def _read_head(made: FoundPaper, number: int, boxes: Form) -> None:
    reference = boxes.blocks.get("ref", EMPTY)
    made.put("number", _number(reference), reference.sure, number)
    issued = boxes.blocks.get("issued", EMPTY)
    made.put("issuing_country", country_in(issued.text), issued.sure, number)
    for box, key in (("1", "exporter"), ("2", "consignee")):
        held = boxes.blocks.get(box, EMPTY)
        made.put(key, held.text[:500], held.sure, number)


def _read_parts(made: FoundPaper, form: str, number: int, box: Held) -> None:
    """Fields inside the box of transport, each after its own printed words."""
    for row in rows_of(form, "part"):
        for line in box.lines:
            after = _after(line, row.label)
            if not after:
                continue
            days = days_in(after) if row.key == "shipped_on" else [("", after)]
            made.put(row.key, days[0][1] if days else "", box.sure, number)


def _after(line: str, label: str) -> str:
    wanted = squeezed(label)
    for place in range(len(line) + 1):
        head = squeezed(line[:place])
        if len(head) == len(wanted):
            return line[place:].strip(" :.,") if SequenceMatcher(None, head, wanted).ratio() > 0.8 else ""
    return ""


def _read_certification(made: FoundPaper, number: int, box: Held) -> None:
    """The day is the last one printed; the authority what remains without the printed sentence."""
    days = days_in(box.text)
    if days:
        made.put("issued_on", days[-1][1], box.sure, number)
    noise = [row.squeezed for row in rows_of("", "noise")]
    kept = [line for line in box.lines if not days_in(line) and not _is_noise(squeezed(line), noise)]
    made.put("issuer", " ".join(kept)[:300], box.sure * 0.9, number)


def _is_noise(text: str, noise: Sequence[str]) -> bool:
    return (
        not text
        or any(text in one or SequenceMatcher(None, text, one).ratio() > 0.8 for one in noise)
        or any(
            len(text) > 8 and SequenceMatcher(None, text, one).find_longest_match().size >= 0.8 * len(text)
            for one in noise
        )
    )


def _read_item(made: FoundPaper, number: int, cells: dict[str, Held]) -> None:
    goods, amounts, invoice = cells.get("7", EMPTY), cells.get("9", EMPTY), cells.get("10", EMPTY)
    hs, description = hs_in(goods.text)
    fob, currency = money_in(amounts.text)
    criterion = cells.get("8", EMPTY)
    days = days_in(invoice.text)
    plain = invoice.text.replace(days[0][0], " ").split() if days else invoice.text.split()
    texts: dict[str, tuple[str, float]] = {
        "hs": (hs, goods.sure),
        "description": (description[:500], goods.sure),
        "criterion": (criterion.text.strip("\"'“”").strip()[:24], criterion.sure),
        "fob": (fob, amounts.sure),
        "currency": (currency if fob else "", amounts.sure),
        "invoice": (plain[0].strip(",;")[:40] if plain else "", invoice.sure),
        **{key: (text, amounts.sure) for key, text in quantity_in(amounts.text).items()},
    }
    place = len(made.written.lines)
    line: Texts = {key: text for key, (text, _sure) in texts.items() if text}
    if made.written.fields.get("issuing_country"):
        line["origin"] = made.written.fields["issuing_country"]
        texts["origin"] = (line["origin"], made.sure["issuing_country"].sure)
    made.written.lines.append(line)
    for key, text in line.items():
        made.sure[f"lines[{place}].{key}"] = Sure(texts[key][1] * _worth(key, text), number)
    if line.get("invoice"):
        _add_invoice(made, line["invoice"], invoice.sure, number)


def _worth(key: str, text: str) -> float:
    """Less for what is not of the kind the field asks for."""
    if key in ("quantity", "gross_weight_kg", "fob"):
        return 1.0 if re.fullmatch(r"\d+(\.\d+)?", text) else DOUBTED
    return 1.0 if key != "hs" or len(text) in (6, 8) else DOUBTED


def _add_invoice(made: FoundPaper, invoice: str, sure: float, number: int) -> None:
    known = [one for one in made.written.fields.get("invoices", "").split("; ") if one]
    if invoice not in known:
        made.written.fields["invoices"] = "; ".join([*known, invoice])
        made.sure["invoices"] = Sure(min(sure, made.sure["invoices"].sure) if known else sure, number)
