"""What reads alike becomes the same string."""

from __future__ import annotations

import pytest
from checks import patience
from work import growth

from searchlib.analysis import border_text, clean_text, fold, fold_with_map, is_han, simplify, units
from searchlib.analysis.script_table import SIMPLIFIED, TRADITIONAL


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("Straße", "strasse"),
        ("《党建》“引”「领」", "党建引领"),
        ("乔治·华盛顿", "乔治华盛顿"),
        ("党 建\u3000引\t领", "党建引领"),
        ("用 5G  ready go", "用5g ready go"),
        ("一。二！三", "一\n二\n三"),
        ("一。\n\n “二", "一\n二"),
        ("Wi-Fi a/b a_b", "wi\nfi a\nb a\nb"),
        ("89.09%，1,234.5。", "89.09%\n1,234.5\n"),
        ("3. 5", "3\n5"),
        ("5~10—20", "5\n10\n20"),
        ("a<b>=c|d", "a\nb\nc\nd"),
        ("￥100+5€", "¥100+5€"),
        ("零\u200b宽\ufe00度", "零宽度"),
        ("\ud800孤", "\n孤"),
        ("①②㈱", "1\n2\n株\n"),
        ("٣३", "33"),
        ("ｶﾞ각é", "ガ각é"),
        ("", ""),
        (" \u3000 ", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    """Width, case, spaces, transparent marks, borders."""
    assert fold(text) == folded


def test_connectors_stay_in_the_first_layer() -> None:
    """The tokenizer sees them, the phrases do not."""
    clean = clean_text("Wi-Fi，89.09%")
    assert clean == "wi-fi,89.09%"
    assert border_text(clean) == "wi\nfi\n89.09%"


def test_simplify_is_one_to_one() -> None:
    """The table has no traditional character twice, and every pair changes something."""
    assert len(TRADITIONAL) == len(SIMPLIFIED) > 2000
    assert len(set(TRADITIONAL)) == len(TRADITIONAL)
    assert simplify("黨建引領裡後麵") == "党建引领里后面"


def test_simplify_settles() -> None:
    """What is simplified is not changed again."""
    assert simplify(simplify(TRADITIONAL)) == simplify(TRADITIONAL)


def test_units() -> None:
    """Han one by one, letters and numbers whole, signs by themselves."""
    text = "用u谷89.09%的é 3个"
    assert [unit for unit, *_ in units(text)] == ["用", "u", "谷", "89.09", "%", "的", "é", "3", "个"]
    assert all(text[start:end] == unit for unit, start, end in units(text))


@pytest.mark.parametrize(
    ("char", "answer"),
    [
        ("湖", True),
        ("𠮷", True),
        ("の", True),
        ("〇", True),
        ("a", False),
        ("5", False),
        ("각", False),
        ("。", False),
    ],
)
def test_is_han(char: str, answer: bool) -> None:
    """Han, kana and bopomofo are matched wherever they stand."""
    assert is_han(char) is answer


def test_the_map_leads_back() -> None:
    """A span of the folded text is the range it came from, marks and spaces inside it too."""
    text = "说《党 建》 ，Ｗｉ－Ｆｉ"
    mapped = fold_with_map(text)
    start = mapped.text.index("党建")
    assert text[slice(*mapped.span(start, start + 2))] == "党 建"
    start = mapped.text.index("wi")
    assert text[slice(*mapped.span(start, start + 2))] == "Ｗｉ"


@pytest.mark.parametrize(
    ("first", "unit"),
    [("a", "\u0301"), ("", " \n"), ("", "湖 "), ("", "-"), ("", "."), ("", "“ ”"), ("湖", " ")],
)
def test_folding_is_linear(first: str, unit: str) -> None:
    """Anything in a row: its work doubles with it, and where patterns do it, the square would be an hour."""
    assert growth(lambda size: fold_with_map(first + unit * size), 400) < 2.3
    assert fold_with_map(first + unit * 300).text == fold(first + unit * 300)
    with patience(60):
        fold(first + unit * 300_000)
