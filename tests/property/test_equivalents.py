"""Laws of other forms: they add, they rank below, their marks are exact, their scores add up."""

from __future__ import annotations

from tempfile import TemporaryDirectory

import pytest
from conftest import MakeIndex
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import searchlib
from searchlib import Article, Explanation
from searchlib.analysis import Analyzer, fold, fold_with_map, simplify
from searchlib.expansion.entry import expand
from searchlib.expansion.equivalences import resolve_kinds
from searchlib.expansion.expander import MOST_FORMS
from searchlib.expansion.lexicon import Lexicon
from searchlib.expansion.numerals import numbers
from searchlib.highlight import Marker
from searchlib.query.nodes import Phrase, phrases_to_mark
from searchlib.query.parser import parse
from searchlib.textmatch.pattern import pattern
from searchlib.textmatch.phrases import matcher_of
from searchlib.textmatch.written_number import number_matcher

ANALYZER = Analyzer()
MATCHES = ["all", "auto", "any"]
ALL = resolve_kinds(None, exact=False)
LEXICON = Lexicon(frozenset({"湖冬捕"}), {"农行": ("中国农业银行",), "中国农业银行": ("农行",)})
_NUMBERS = (
    "24 二十四 廿四 8月9日 八月九日 89% 百分之八十九 1.2亿 12000万 2024年 二〇二四年 第三届 第3届 两千 2000"
)
_LATIN = "Wi-Fi wifi WiFi 5G 5-G COVID-19"
_OTHERS = "农行 中国农业银行 乾隆 干隆 饼干 餅乾 了解 瞭解 看著 看着 湖冬捕 届 人 的 十 一 万 个 。 ， 5 - ."
PIECES = f"{_NUMBERS} {_LATIN} {_OTHERS}".split()
TEXTS = st.lists(st.sampled_from([*PIECES, " "]), max_size=8).map("".join)


def leaves(tree: Explanation) -> list[Explanation]:
    """Return what has no parts."""
    return [leaf for part in tree.parts for leaf in leaves(part)] if tree.parts else [tree]


@settings(max_examples=40)
@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS, st.booleans(), st.sampled_from(MATCHES))
def test_other_forms_add_and_add_up(texts: list[str], query: str, quoted: bool, match: str) -> None:
    """What `exact` finds is found; a score is what its leaves add up to; each hit says why."""
    assume(fold(query).strip("\n -"))
    typed = searchlib.quote(query) if quoted else query.replace("-", "")
    with TemporaryDirectory() as folder, searchlib.open(f"{folder}/i") as index:
        index.add([Article(id=str(number), body=text) for number, text in enumerate(texts)])
        (index.path / "synonyms.txt").write_text("农行=中国农业银行\n", "utf-8")
        (index.path / "words.txt").write_text("湖冬捕\n", "utf-8")
        index.refresh()
        found = index.search(typed, limit=None, match=match)  # type: ignore[arg-type]
        strict = index.search(typed, limit=None, match=match, exact=True)  # type: ignore[arg-type]
        if not (found.relaxed or strict.relaxed):
            assert {hit.id for hit in strict} <= {hit.id for hit in found}
        assert found.total == len(found)
        for hit in found:
            tree = index.explain(typed, hit.id, match=match)  # type: ignore[arg-type]
            assert tree.value == hit.score
            value = 0.0
            for leaf in leaves(tree):
                value += leaf.value
            assert value == hit.score
            assert hit.why or match == "any"


@given(TEXTS, st.sampled_from(["24", "二十四", "8月9日", "八月九日", "1.2亿", "89%"]))
def test_numbers_in_texts_as_given_are_those_in_folded_texts(text: str, phrase: str) -> None:
    """Both ways to look for a number agree."""
    quick = number_matcher(phrase, exact=False)
    assert quick is not None
    slow = pattern(phrase, exact=False, whole_number=True)
    mapped = fold_with_map(text)
    assert quick.contains(text) == slow.contains(fold(text))
    assert list(quick.spans(text)) == [mapped.span(start, end) for start, end in slow.spans(mapped.text)]


@given(TEXTS, st.sampled_from(["三年，", "，三年", "十二、", "二十四", "八月九日。", "24，"]))
@example("过去了十三年，受污染", "三年，")
@example("第二十二、二十三", "十二、")
def test_a_number_beside_a_mark_is_whole(text: str, clean: str) -> None:
    """What is told of a text as given is what is marked in it."""
    phrase = Phrase(clean, quoted=True, whole_number=True)
    assert matcher_of(phrase).contains(text) == any(
        matcher_of(phrase).spans(text, lambda: fold_with_map(text))
    )
    assert matcher_of(phrase).contains(text) == matcher_of(phrase).pattern.contains(fold(text))


@given(TEXTS, TEXTS)
def test_marks_fold_to_a_form(text: str, query: str) -> None:
    """Each place that is marked reads, folded, as one of the forms asked for."""
    tree = parse(searchlib.quote(query), ANALYZER, match="all", exact=False)
    tree = expand(tree, query, ALL, ANALYZER, LEXICON)
    marked = Marker(tree, ANALYZER).mark(Article(body=text))
    phrases = phrases_to_mark(tree)
    for place in marked.places["body"][0] if text else []:
        there = simplify(fold(text[place.start : place.end])).replace(" ", "")
        assert there == simplify(phrases[place.phrase].text).strip("\n ").replace(" ", "")


@given(st.integers(11, 10**11))
def test_a_number_is_found_from_each_of_its_forms(number: int) -> None:
    """What one form is written as, is a number again, and leads back."""
    for one in numbers(str(number)):
        for form in one.forms:
            back = [found for found in numbers(form) if (found.start, found.end) == (0, len(form))]
            assert back, form
            assert str(number) in back[0].forms, form


@given(st.lists(st.sampled_from(PIECES), min_size=6, max_size=12))
def test_forms_are_few(row: list[str]) -> None:
    """However many numbers a phrase has, so many forms are looked for and no more."""
    query = "的".join(row)
    tree = expand(
        parse(searchlib.quote(query), ANALYZER, match="all", exact=False), query, ALL, ANALYZER, LEXICON
    )
    assert all(len(phrase.equals) <= MOST_FORMS for phrase in phrases_to_mark(tree))


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("二十四届", "24届"),
        ("24届", "二十四届"),
        ("八月九日", "8月9日"),
        ("8月9日", "八月九日"),
        ("89%", "百分之八十九"),
        ("1.2亿元", "12000万元"),
        ("wifi", "Wi-Fi"),
        ("Wi-Fi", "WiFi"),
        ("了解", "瞭解"),
        ("农行", "中国农业银行"),
        ("中国农业银行", "农行"),
        ("第二十四届冬奥会开幕", "第24届冬奥会开幕"),
        ('"第二十四届冬奥会"', "第24届冬奥会"),
    ],
)
@pytest.mark.parametrize("match", ["all", "any"])
def test_the_literal_form_comes_first(make_index: MakeIndex, query: str, other: str, match: str) -> None:
    """Of two articles that differ in nothing else."""
    literal = query.strip('"')
    noise = [Article(id=f"x{n}", body="此处说的是别的事情，与它没有关系。") for n in range(8)]
    frame = "本报讯，昨日在市里说到{}，大家都很高兴。"
    index = make_index(
        Article(id="a", body=frame.format(other)), Article(id="b", body=frame.format(literal)), *noise
    )
    (index.path / "synonyms.txt").write_text("农行=中国农业银行", "utf-8")
    index.refresh()
    hits = index.search(query, match=match)  # type: ignore[arg-type]
    assert [hit.id for hit in hits][:2] == ["b", "a"]
    assert hits[0].score > hits[1].score > 0
    assert "(=" in hits[1].why
    assert "(=" not in hits[0].why.split("; ")[0]
