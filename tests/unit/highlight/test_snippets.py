"""Which passages are shown, and what is marked in them."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from wcwidth import wcwidth
from work import growth

from searchlib import Article, Snippet
from searchlib.analysis import Analyzer
from searchlib.expansion.entry import expand
from searchlib.expansion.equivalences import resolve_kinds
from searchlib.expansion.lexicon import Lexicon
from searchlib.highlight import Marker, fragments, select
from searchlib.highlight.fragments import cells, clauses, sentence_ends, strip_span
from searchlib.highlight.marking import merge_spans
from searchlib.highlight.selection import MAX_CELLS
from searchlib.query.parser import parse

ANALYZER = Analyzer()


def passages(article: Article, query: str, count: int = 1) -> tuple[Snippet, ...]:
    """Return the passages of an article for a query."""
    tree = parse(query, ANALYZER, match="auto", exact=False)
    return select(article, Marker(tree, ANALYZER).mark(article), count)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("一。二！三", ["一。", "二！", "三"]),
        ("他说：“好！”走了。\n完", ["他说：“好！”", "走了。", "完"]),
        ("一……二", ["一……", "二"]),
        ("  一。  二  ", ["一。", "二"]),
        ("", []),
        ("。", ["。"]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    """They end with their marks and closing quotes."""
    ends = sentence_ends(text)
    cut = [strip_span(text, start, end) for start, end in pairwise([0, *ends])]
    assert [text[a:b] for a, b in cut if a < b] == parts


def test_clauses() -> None:
    """Commas and colons divide."""
    text = "一，二：三 四"
    assert [text[a:b] for a, b in clauses(text, 0, len(text))] == ["一，", "二：", "三", "四"]


def test_cells() -> None:
    """Han is two wide, a combining mark nothing."""
    assert cells("湖a\u0301\n") == 3


def test_cells_are_those_of_wcwidth() -> None:
    """Also where they are known without it: every character of Unicode, alone."""
    assert [
        char for char in map(chr, range(sys.maxunicode + 1)) if cells(char) != max(0, wcwidth(char))
    ] == []


def test_a_whole_sentence_with_its_marks() -> None:
    """The passage begins with the sentence that matched and takes in what fits."""
    article = Article(body="第一句。查干湖冬捕节开幕。第三句。")
    assert passages(article, "冬捕") == (Snippet("查干湖冬捕节开幕。第三句。", 4, ((3, 5),)),)


def test_the_passage_with_more_of_the_query_comes_first() -> None:
    """Not the first that has anything."""
    article = Article(
        body="农业丰收。" + "别的事情。" * 40 + "农业和党建都好。" + "别的事情。" * 40 + "党建。"
    )
    first, second, *_ = passages(article, "农业 党建", 3)
    assert first.text.startswith("农业和党建都好。")
    assert second.start != first.start


def test_passages_do_not_overlap() -> None:
    """Each place is shown once."""
    found = passages(Article(body="湖水。" * 200), "湖水", 5)
    spans = sorted((s.start, s.start + len(s.text)) for s in found)
    assert len(spans) == 5
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_another_field_when_the_body_has_nothing() -> None:
    """The first field that has it."""
    article = Article(headline="冬捕", body="没有。", authors=("李明", "刘慧"))
    assert passages(article, "刘慧") == (Snippet("刘慧", 0, ((0, 2),), "authors"),)


def test_the_beginning_of_the_body_when_only_the_headline_has_it() -> None:
    """Without marks."""
    assert passages(Article(headline="冬捕", body="开幕了。走了。"), "冬捕") == (
        Snippet("开幕了。走了。", 0),
    )


def test_no_text_no_passage() -> None:
    """An article with nothing but an id."""
    assert passages(Article(id="1"), "冬捕") == ()
    assert passages(Article(body="冬捕"), "冬捕", 0) == ()


def test_a_sentence_without_end_is_cut_around_the_place() -> None:
    """The place is in it, and it fits."""
    (found,) = passages(Article(body="水" * 500 + "查干湖" + "水" * 500), "查干湖")
    assert "查干湖" in found.text
    assert cells(found.text) <= MAX_CELLS


def test_marks_are_where_the_text_was_typed() -> None:
    """Width, script, spaces and marks inside the place."""
    article = Article(headline="《黨 建》引領", body="Ｗｉ－Ｆｉ")
    tree = parse("党建引领 wi-fi", ANALYZER, match="auto", exact=False)
    marked = Marker(tree, ANALYZER).mark(article)
    assert [article.headline[a:b] for a, b in marked.headline_marks] == ["黨 建》引領"]
    assert passages(article, "wi-fi")[0].marks == ((0, 5),)


def test_why_is_one_line() -> None:
    """Whatever marks the query has."""
    tree = parse("党建。引领 “农业，湖”", ANALYZER, match="auto", exact=False)
    why = Marker(tree, ANALYZER).mark(Article(headline="党建。引领", body="农业，湖")).why
    assert "\n" not in why
    assert why.startswith("党建 引领: headline 1; ")


@pytest.mark.parametrize(
    ("query", "text", "why"),
    [
        ("党建", "黨建，党建。", "党建: body 1; 黨建 (=党建): body 1"),
        ("“黨建”", "《党 建》", '"党建" (=黨建): body 1'),
        ("5G", "5 G", "5 g (=5g): body 1"),
        ("正文:党建", "黨建", "body:黨建 (=党建): body 1"),
        ("ＡＢＣ", "abc", "abc: body 1"),
        ("湖水~", "湖永", "湖水~: body 1"),
    ],
)
def test_why_shows_another_form(query: str, text: str, why: str) -> None:
    """Another script, or space where none was asked for; width, case and marks are no other form."""
    tree = parse(query, ANALYZER, match="all", exact=False)
    assert Marker(tree, ANALYZER).mark(Article(body=text)).why == why


def test_excluded_words_are_not_marked() -> None:
    """What must not stand is not looked for."""
    assert Marker(parse("党建 -农业", ANALYZER, match="all", exact=False), ANALYZER).phrases == [
        *Marker(parse("党建", ANALYZER, match="all", exact=False), ANALYZER).phrases
    ]


def test_what_is_rare_is_shown_first() -> None:
    """Not what is long: phrases count as the ranking weighs them."""
    article = Article(body="经济发展大会召开。" + "别的事情。" * 40 + "查干湖结冰。" + "别的事情。" * 40)
    tree = parse("经济发展大会 查干湖", ANALYZER, match="all", exact=False)
    weights = {"经济": 0.1, "发展": 0.1, "大会": 0.2, "查干": 3.0, "干湖": 3.0}
    (found,) = select(article, Marker(tree, ANALYZER, lambda: weights).mark(article), 1)
    assert found.text.startswith("查干湖结冰。")
    assert passages(article, "经济发展大会 查干湖")[0].text.startswith("经济发展")


@pytest.mark.parametrize(
    ("query", "text", "marks"),
    [
        ("于乐在哪里出身", "于乐在1985年出身于北京。哪里", ["于乐在", "出身"]),
        ("徐晓飞是什么职业", "徐晓飞是运动员，职业球员。", ["徐晓飞", "职业"]),
        ("什么是埼玉县的中心", "埼玉是什么？县的中心。", ["埼玉", "中心"]),
        ("什么是的", "这是湖的水，什么？", ["什么"]),
        ("湖在哪里", "他在家。", ["在"]),
        ("在5G基站旁", "5G基站，5月，G。", ["5G基站"]),
        ("二十四届", "第24届", ["24"]),
    ],
)
def test_plain_text_is_marked_where_it_says_something(query: str, text: str, marks: list[str]) -> None:
    """Words and what is left of names; question and function words only where nothing else stands."""
    tree = parse(query, ANALYZER, match="any", exact=False)
    tree = expand(tree, query, resolve_kinds(None, exact=False), ANALYZER, Lexicon())
    (found,) = select(Article(body=text), Marker(tree, ANALYZER).mark(Article(body=text)), 1)
    assert [found.text[a:b] for a, b in found.marks] == marks


def test_a_head_alone_is_too_short_a_passage() -> None:
    """What follows in the next paragraph is shown too; after a whole line it is not."""
    article = Article(body=f"查干湖（；）\n位于{'水' * 20}。\n湖边有人。\n别的。")
    first, second = passages(article, "湖", 2)
    assert first.text == f"查干湖（；）\n位于{'水' * 20}。"
    assert second.text == "湖边有人。\n别的。"


@pytest.mark.parametrize(
    "unit", ["湖\ufe00", "e\u0301", "👨\u200d👩\u200d👧", "👍🏽", "🇨🇳", "각", "ｶﾞ", "\ud83d\ude00"]
)
def test_no_cut_parts_a_character(unit: str) -> None:
    """However a reader's one character is put together."""
    text = unit * 200
    for place in ("", "水"):
        (found,) = passages(Article(body=text + place + text), "水")
        assert (found.start - len(place) * (found.start > len(text))) % len(unit) == 0
        assert len(found.text.replace("水", "")) % len(unit) == 0
        assert 0 < cells(found.text) <= MAX_CELLS


def test_merged() -> None:
    """Places that touch are one mark."""
    assert merge_spans([(3, 4), (0, 2), (1, 3), (6, 7)]) == ((0, 4), (6, 7))


@pytest.mark.parametrize("text", ["湖水和江水。", "湖水和江水，", "湖水和江水", "水", "水\n"])
def test_many_places_are_looked_at_one_by_one(text: str) -> None:
    """Twice as many places in twice as many sentences, or in one, are twice the work."""
    assert len(passages(Article(body=text * 800), "水", 3)) == 3
    assert growth(lambda size: passages(Article(body=text * size), "水", 3), 400) < 2.3


class _CountingWidths(dict[str, int]):
    """The width of each character, and how often one was asked for."""

    looked_at = 0

    def __getitem__(self, char: str) -> int:
        self.looked_at += 1
        return 2 if char >= "\u4e00" else int(char not in "\n\u0301")


@pytest.mark.parametrize(
    "text",
    [
        "新" * 30_000 + "党建" + "新" * 30_000,
        "新" * 60_000,
        "党建" * 30_000,
        "党建，" * 20_000,
        "党建。" * 20_000,
        "a" * 60_000,
        "党建" + "新" * 30_000 + "。" + "党建" + "新" * 30_000,
        "党建\n" * 20_000,
        "\u0301" * 60_000,
    ],
    ids=lambda text: f"{text[:4]!r} {len(text)}",
)
@pytest.mark.parametrize("query", ["党建", "新", ""])
def test_the_work_grows_with_the_text(
    text: str, query: str, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text without the ends of sentences is looked at a few times over, not once for each of its parts."""
    widths = _CountingWidths()
    monkeypatch.setattr(fragments, "_WIDTHS", widths)
    marked = Marker(parse(query, analyzer, match="auto", exact=False), analyzer).mark(Article(body=text))
    for snippet in select(marked.article, marked, 3):
        assert fragments.cells(snippet.text) <= MAX_CELLS
    assert 0 < widths.looked_at < 100 * len(text)  # once for each part would be 400
