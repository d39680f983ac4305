"""Queries over time beside all articles, places in an order, the articles and the text of a page."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from searchlib import Article, ConfigError, CorpusError, Index, SearchTimeoutError, page_text, read

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MakeIndex

DATES = ["2023-12-30", "2024-01-01", "2024-01-02", "2024-03-01", "2024", None, "--08-09"]


@pytest.fixture
def dated(make_index: MakeIndex) -> Index:
    """Seven articles, of which the even ones have 党建."""
    return make_index(
        *(
            {"id": n, "date": date, "body": "党建引领" if n % 2 == 0 else "农业丰收"}
            for n, date in enumerate(DATES)
        )
    )


def test_months_are_those_of_all_articles(dated: Index) -> None:
    """Both queries have the same months, none is left out, and shares are of the articles of the month."""
    trends = dated.trends(["党建", "农业"])
    assert trends.periods == ("2023-12", "2024-01", "2024-02", "2024-03")
    assert trends.articles == (1, 2, 0, 1)
    assert trends.counts == {"党建": (1, 1, 0, 0), "农业": (0, 1, 0, 1)}
    assert trends.undated == {"党建": 2, "农业": 1}
    assert trends.share("党建") == (1.0, 0.5, 0.0, 0.0)
    assert trends.to_dicts()[1] == {
        "query": "党建",
        "period": "2024-01",
        "count": 1,
        "articles": 2,
        "share": 0.5,
    }


@pytest.mark.parametrize(
    ("by", "periods"), [("year", ("2023", "2024")), ("day", ("2024-01-01", "2024-01-02"))]
)
def test_years_and_days(dated: Index, by: str, periods: tuple[str, ...]) -> None:
    """A range bounds them; a date that is not full is in none of its parts."""
    options = {} if by == "year" else {"since": "2024-01", "until": "2024-02"}
    trends = dated.trends(["党建"], by=by, **options)  # type: ignore[arg-type]
    assert trends.periods == periods
    assert sum(trends.articles) == (4 if by == "year" else 2)


def test_wrong_arguments(dated: Index) -> None:
    """One text is no list of queries."""
    with pytest.raises(TypeError, match="list of queries"):
        dated.trends("党建")
    with pytest.raises(ConfigError, match="year, month, day"):
        dated.trends(["党建"], by="week")  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="sort"):
        dated.kwic("党建", sort="best")  # type: ignore[arg-type]


def test_places_are_counted_beyond_the_limit(make_index: MakeIndex) -> None:
    """All of them when asked; what was counted when the time is over."""
    index = make_index(*({"id": n, "headline": f"第{n}号", "body": "党建，党建。"} for n in range(50)))
    lines = index.kwic("党建", limit=3)
    assert (len(lines), lines.articles, lines.count_places()) == (3, 50, 100)
    with pytest.raises(SearchTimeoutError) as ended:
        lines.count_places(timeout=1e-9)
    assert 0 <= ended.value.partial < 100


def test_places_in_the_order_of_what_precedes_or_follows(make_index: MakeIndex) -> None:
    """The first of all places by that order, not of the first that were found."""
    index = make_index(*({"id": n, "body": f"丙{n}党建{9 - n}"} for n in range(10)))
    assert [line.after for line in index.kwic("党建", limit=3, sort="right")] == ["0", "1", "2"]
    assert [line.before for line in index.kwic("党建", limit=3, sort="left")] == ["丙0", "丙1", "丙2"]


def test_a_page_is_in_reading_order(make_index: MakeIndex) -> None:
    """By the places on the page; records by their numbers, 10 after 2."""
    spans = {"a#10": (50, 60), "a#2": (5, 9), "a#1": (70, 80)}
    index = make_index(
        *(Article(id=one, body=one, source="a", spans=(span,)) for one, span in spans.items()),
        *({"id": f"b#{n}", "body": "x", "source": "b"} for n in (10, 2, 1)),
    )
    assert [article.id for article in index.page("a")] == ["a#2", "a#10", "a#1"]
    assert [article.id for article in index.page("b")] == ["b#1", "b#2", "b#10"]
    assert index.page("c") == []


def test_spans_are_ranges_of_the_text_of_a_page(corpus_folder: Path) -> None:
    """Of every article of the corpus the headline is in its ranges; white space apart."""
    seen = 0
    for article in read(corpus_folder):
        text = page_text(article.source)
        own = "".join(text[start:end] for start, end in article.spans)
        if article.kind == "article" and article.headline:
            seen += "".join(article.headline.split())[:4] in "".join(own.split())
    assert seen >= 20


def test_the_text_of_a_page_inside_an_archive_and_of_a_pdf(corpus_folder: Path, tmp_path: Path) -> None:
    """The same text; a PDF is read in a process of its own."""
    page = min(corpus_folder.glob("*.txt"))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(page, "b/page.txt")
    assert page_text(tmp_path / "a.zip" / "b" / "page.txt") == page_text(page)
    canvas = pytest.importorskip("reportlab.pdfgen.canvas").Canvas(str(tmp_path / "a.pdf"))
    canvas.drawString(100, 700, "Winter fishing")
    canvas.save()
    assert "Winter fishing" in page_text(tmp_path / "a.pdf")


@pytest.mark.parametrize("name", ["none.txt", "a.jsonl", "a.html", "a.zip/none.txt"])
def test_what_has_no_text_of_its_own_says_so(tmp_path: Path, name: str) -> None:
    """Files that are not there, records, markup."""
    (tmp_path / "a.jsonl").write_text('{"body": "x"}')
    (tmp_path / "a.html").write_text("<p>x")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b.txt", "x")
    with pytest.raises(CorpusError):
        page_text(tmp_path / name)


def test_facts_are_as_people_read_them() -> None:
    """Nothing that is not known, no dashes for a year."""
    article = Article(id="7", publication="松原日报", date="--12-29", page="A01", authors=("刘慧", "李明"))
    assert article.facts() == ("松原日报", "12-29", "A01", "刘慧 李明")
    assert Article().facts() == ()
