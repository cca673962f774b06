"""Sources in the reader's language."""

from __future__ import annotations

import pytest
from django.utils.translation import override, pgettext

from thongquan.base.core.law_notes import NOTES
from thongquan.base.core.law_words import CONTEXT, WORDS, legal


@pytest.mark.parametrize("language", ["vi", "zh-hans", "fr"])
def test_every_word_is_put_over(language: str) -> None:
    with override(language):
        same = [word for word in (*WORDS, *NOTES) if pgettext(CONTEXT, word) == word]
    assert same in ([], ["compilation"])


def test_numbers_and_symbols_stay() -> None:
    with override("vi"):
        assert legal("Circular 81/2019/TT-BTC Art. 10") == "Thông tư 81/2019/TT-BTC Điều 10"
        assert legal("Customs Law 54/2014/QH13, Art. 33") == "Luật Hải quan 54/2014/QH13, Điều 33"
    with override("en"):
        assert legal("Decree 08/2015/NĐ-CP Art. 21.3") == "Decree 08/2015/NĐ-CP Art. 21.3"


def test_notes_stand_in_whole_sentences() -> None:
    with override("fr"):
        said = legal("Law 107/2016/QH13 Art. 16.11, text not at hand; the key is ours")
    assert said == "Loi 107/2016/QH13 art. 16.11, texte non disponible; la clé est de nous"
