"""Every code is said, documented, translated in four languages, and has a case that fails with it."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from django.utils.translation import gettext, override

from thongquan.base.core import sentences
from thongquan.base.core.sentences import SENTENCES, field_label, sentence
from thongquan.base.core.sentences.labels import FIELDS, LISTS, TAXES, WORDS
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault, Reason
from tools import error_docs

ROOT = Path(__file__).resolve().parents[3]
LOCALE = Path(sentences.__file__).parents[1] / "locale"
LANGUAGES = ("vi", "zh_Hans", "fr")


def catalogue(language: str) -> dict[str, str]:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if not entry.fuzzy}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_code_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Code)
    for code, told in SENTENCES.items():
        assert told.text, code
        assert told.remedy, code
        assert told.basis, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_with_the_same_placeholders(language: str) -> None:
    known = catalogue(language)
    for code, told in SENTENCES.items():
        for text in (told.text, told.remedy):
            assert known.get(text), (code, text)
            assert placeholders(known[text]) == placeholders(text), (code, text)
        assert known.get(told.basis), (code, told.basis)
    for labels in (FIELDS, TAXES, LISTS, WORDS):
        assert all(known.get(label) for label in labels.values())


def test_the_page_of_errors_is_current() -> None:
    assert error_docs.PAGE.read_text(encoding="utf-8") == error_docs.page(), "run python tools/error_docs.py"


RULES = ("DEC", "REG", "VAL", "TAX", "ORI", "LAW", "CHN")


def test_every_code_of_the_rules_has_a_case_that_fails_with_it() -> None:
    seen: set[str] = set()
    for path in (ROOT / "tests").rglob("*"):
        if path.suffix in {".py", ".yaml"} and path != Path(__file__):
            text = path.read_text(encoding="utf-8")
            seen |= {code.replace("_", "-") for code in re.findall(r"TQ[-_][A-Z]{3}[-_]\d{3}", text)}
    assert [code.value for code in Code if code.value[3:6] in RULES and code.value not in seen] == []


def test_a_fault_is_told_with_its_values_and_the_name_of_its_field() -> None:
    with override(None):
        told = sentence(Fault(code=Code.TQ_DEC_008, path="lines[1].quantity", value="1.234", values={"decimals": "2"}))
    assert told.text == "“quantity” keeps 2 decimals; 1.234 has more."
    assert told.example == "12.25"
    assert told.basis == "Circular 38/2015/TT-BTC, Art. 18.5, as amended"


def test_a_reason_is_told_with_the_name_of_its_tax() -> None:
    with override(None):
        told = sentence(Reason(code=Code.TQ_CHN_011, channel=2, source="x", values={"tax": "sct"}))
    assert told.text == "An officer must assess special consumption tax of this line."


def test_a_missing_value_and_an_unknown_code_never_fail() -> None:
    with override(None):
        assert sentence(Fault(code=Code.TQ_LAW_002)).text == "There is no exchange rate of … for …."
        assert sentence(Fault(code="TQ-OLD-001")).text == "TQ-OLD-001"


def test_braces_in_a_value_stay_as_they_are() -> None:
    with override(None):
        told = sentence(Fault(code=Code.TQ_DEC_012, value="{0}{x}", values={"on": "2026-11-20"}))
    assert told.text == "Code {0}{x} is not in the nomenclature on 2026-11-20."


def test_a_field_is_named_whatever_its_place() -> None:
    with override(None):
        assert field_label("lines[3].hs") == gettext("HS code")
        assert field_label("permits[0].kind") == "kind of permit"
        assert field_label("something.else") == "something.else"
