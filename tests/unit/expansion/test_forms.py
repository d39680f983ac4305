"""The other forms of a clean phrase are those that its tree has."""

from __future__ import annotations

import pytest

from searchlib.analysis import Analyzer, clean_text
from searchlib.expansion.equivalences import ALL
from searchlib.expansion.expander import MOST_CHARS, Expander
from searchlib.expansion.lexicon import Lexicon
from searchlib.query.nodes import Phrase

TEXTS = (
    "党建",
    "19家企业",
    "二十四届",
    "八月九日",
    "8月9日至12日",
    "看著計畫",
    "WiFi6",
    "covid19",
    "百分之五十",
    "一下",
    "零下3度",
    "三点一刻和2024年",
    "餅乾二十個",
    "9" * (MOST_CHARS + 1),
)


@pytest.mark.parametrize("text", TEXTS)
def test_forms_are_those_of_the_tree(text: str) -> None:
    """Both the texts and whether they are numbers, without a phrase being made for each."""
    expander = Expander(ALL, Analyzer(), Lexicon())
    equals = expander.phrase(Phrase(clean_text(text))).equals
    wanted = [form.clean for form in equals], any(form.whole_number for form in equals)
    assert expander.forms(clean_text(text)) == wanted


def test_some_of_these_have_forms() -> None:
    """A list of texts without any would show nothing."""
    expander = Expander(ALL, Analyzer(), Lexicon())
    assert sum(bool(expander.forms(clean_text(text))[0]) for text in TEXTS) > len(TEXTS) // 2
