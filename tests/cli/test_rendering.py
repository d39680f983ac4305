"""What a person sees of hits and articles, and what a program reads."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from searchlib import Article, Hit, Results, Snippet
from searchlib.answers import json_object, of_articles, of_results
from searchlib.cli.articles import article_lines, facts_lines
from searchlib.cli.cells import width_of
from searchlib.cli.hits import facet_lines, result_lines
from searchlib.cli.quantities import count_of, milliseconds, size
from searchlib.cli.terminal import TerminalView

ARTICLE = Article(
    id="corpus/a.txt#2",
    headline="查干湖冬捕节开幕",
    body="昨日开幕。头鱼拍出高价，渔民增收。明日再捕。",
    authors=("刘慧", "李明"),
    date="2023-12-29",
    publication="松原日报",
    page="A01",
    source="corpus/a.txt",
    extra={"stars": 3, "记者": ["刘慧", "李明"]},
)
SNIPPET = Snippet("头鱼拍出高价", start=5, marks=((0, 2),))


def results(*hits: Hit, total: int = 1) -> Results:
    """An answer of *hits*."""
    return Results(hits, total, facets={"publication": {"松原日报": total}}, took_ms=1.26, query="头鱼")


def test_an_answer_for_a_person() -> None:
    """Number, headline, facts with the id last, snippet with its context, footer, facets."""
    hit = Hit(ARTICLE.id, 2.5, ARTICLE, "头鱼: body", (SNIPPET,), ((0, 3),))
    assert list(result_lines(results(hit, total=12), TerminalView(), offset=9)) == [
        "10  查干湖冬捕节开幕",
        "    松原日报 · 2023-12-29 · A01 · 刘慧 李明 · corpus/a.txt#2",
        "    头鱼拍出高价…",
        "",
        "10–10 of 12 · 1.3 ms · more: --offset 10",
        "publication: 松原日报 12",
    ]


def test_facets_of_many_values() -> None:
    """A value stays beside its count, a long one is cut before it; how many are not shown is said."""
    counts = {"一个很长很长的报纸的名字": 1234} | {f"作者{n}": 40 - n for n in range(35)}
    lines = list(facet_lines("authors", counts, TerminalView(width=24)))
    assert lines[:3] == ["authors:", "  一个很长很长… 1,234 ·", "  作者0 40 · 作者1 39 ·"]
    assert lines[-1].endswith("6 more: --json")
    assert max(map(width_of, lines)) <= 24
    shown = [entry for line in lines[1:] for entry in line.split("·") if entry.strip()]
    assert len(shown) == 31
    assert all(entry.split()[-1].replace(",", "").isdigit() for entry in shown[:-1])
    (line,) = facet_lines("authors", counts, TerminalView())
    assert line.count(" · ") == 35
    months = {"2024-03": 1, "2023-11": 9, "2024-01": 1}
    assert list(facet_lines("month", months, TerminalView())) == ["month: 2023-11 9 · 2024-01 1 · 2024-03 1"]
    assert list(facet_lines("extra.key", {}, TerminalView(width=24))) == ["extra.key: (none)"]


def test_marks_are_coloured_in_headline_and_snippet() -> None:
    """With colour, the matches stand out from the bold headline and the plain snippet."""
    hit = Hit(ARTICLE.id, 2.5, ARTICLE, "", (SNIPPET,), ((0, 3),))
    number, _, snippet, *_ = result_lines(results(hit), TerminalView(color=True), offset=0)
    assert number == "\x1b[2m1\x1b[0m  \x1b[1;31m查干湖\x1b[0m\x1b[1m冬捕节开幕\x1b[0m"
    assert snippet == "   \x1b[1;31m头鱼\x1b[0m拍出高价…"


def test_a_snippet_inside_a_sentence_shows_that_it_goes_on() -> None:
    """An ellipsis stands where a sentence is broken; another field than the body is named."""
    inside = Snippet("拍出高价", start=7, marks=((2, 4),))
    other = Snippet("松原日报", field="publication")
    hit = Hit(ARTICLE.id, 1.0, ARTICLE, "", (inside, other))
    lines = list(result_lines(results(hit), TerminalView(), offset=0))
    assert lines[2:4] == ["   …拍出高价…", "   publication: 松原日报"]


def test_a_long_id_is_never_cut() -> None:
    """Where facts and id do not fit in a line, the id has its own."""
    assert list(facts_lines(ARTICLE, TerminalView(width=20))) == ["松原日报 · 2023-12-…", "corpus/a.txt#2"]


def test_a_caption_without_headline_is_named_by_its_kind() -> None:
    """There is always something to number."""
    caption = Article(id="7", body="渔民收网。", kind="photo_caption", date="--12-29", source="a.txt")
    hit = Hit("7", 1.0, caption, "")
    assert list(result_lines(results(hit), TerminalView(), offset=0))[:2] == [
        "1  (photo caption)",
        "   12-29 · a.txt · 7",
    ]


def test_a_whole_article() -> None:
    """Everything that is printed, in the order of print, then further keys."""
    assert list(article_lines(ARTICLE, TerminalView())) == [
        "查干湖冬捕节开幕",
        "松原日报 · 2023-12-29 · A01 · 刘慧 李明 · corpus/a.txt#2",
        "",
        "昨日开幕。头鱼拍出高价，渔民增收。明日再捕。",
        "",
        "stars: 3",
        "记者: 刘慧, 李明",
    ]


def test_json_has_no_numbers_that_are_none() -> None:
    """JSON has no word for infinity, which 1e999 in a record is, and programs refuse a line that has one."""
    extra = {"n": math.inf, "m": [1.5, -math.inf, {"o": math.nan}], "p": 2.5}
    line = json_object(of_articles([replace(ARTICLE, extra=extra)]))
    (read,) = json.loads(line, parse_constant=pytest.fail)["articles"]
    assert read["extra"] == {"n": None, "m": [1.5, None, {"o": None}], "p": 2.5}
    assert read["headline"] == ARTICLE.headline


def test_json_is_one_line_with_the_format_first() -> None:
    """The keys of the object and of a hit are fixed, in this order."""
    hit = Hit(ARTICLE.id, 2.5, ARTICLE, "头鱼: body", (SNIPPET,), ((0, 3),))
    line = json_object(of_results(results(hit)))
    content = json.loads(line)
    assert "\n" not in line
    assert "查干湖" in line
    assert list(content) == [
        "format",
        "query",
        "total",
        "relaxed",
        "dropped",
        "undated",
        "suggestion",
        "suggestion_reason",
        "suggestion_total",
        "hints",
        "repaired",
        "took_ms",
        "facets",
        "facet_sizes",
        "hits",
    ]
    assert content["hits"] == [
        {
            "id": "corpus/a.txt#2",
            "score": 2.5,
            "headline": "查干湖冬捕节开幕",
            "headline_marks": [[0, 3]],
            "authors": ["刘慧", "李明"],
            "date": "2023-12-29",
            "publication": "松原日报",
            "page": ARTICLE.page,
            "kind": "article",
            "source": "corpus/a.txt",
            "extra": dict(ARTICLE.extra),
            "snippets": [{"text": "头鱼拍出高价", "start": 5, "marks": [[0, 2]], "field": "body"}],
            "why": "头鱼: body",
            "missing": [],
            "reprints": [],
        }
    ]


@pytest.mark.parametrize(
    ("size_bytes", "said"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (5 * 10**9, "5.0 GB"),
    ],
)
def test_sizes(size_bytes: int, said: str) -> None:
    """Sizes change their unit where they would be rounded to a thousand."""
    assert size(size_bytes) == said


def test_counts_and_times() -> None:
    """Thousands are set apart, short times keep a tenth."""
    assert [count_of(n, "article") for n in (0, 1, 12480)] == ["0 articles", "1 article", "12,480 articles"]
    assert [milliseconds(t) for t in (0.04, 9.94, 9.96, 1234.5)] == ["0.0 ms", "9.9 ms", "10 ms", "1,234 ms"]
