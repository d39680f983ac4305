"""Citations: whole texts compared, hostile fields, and fields that are not known."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from strategies import articles

from searchlib import Article, ConfigError, citation_tags, cite

ARTICLE = Article(
    id="7",
    headline="查干湖冬捕\n开幕",
    authors=("刘慧", "李明", "王芳", "赵强"),
    publication="松原日报",
    date="2023-12-29",
    page="A01",
)


def test_plain_is_gb_7714() -> None:
    """Three authors and 等; what is on the web says so."""
    assert cite(ARTICLE) == "刘慧, 李明, 王芳, 等. 查干湖冬捕 开幕[N]. 松原日报, 2023-12-29(A01)."
    assert cite(Article(headline="冬捕"), url="http://a/?id=7") == "冬捕[N/OL]. http://a/?id=7."
    assert cite(Article(date="--12-29")) == "[无题][N]. 12-29."


def test_bibtex() -> None:
    """An entry that biblatex takes for a newspaper's; special characters are escaped."""
    hostile = Article(id="7", headline="100% {A}_b & \\c", authors=("李 明",), date="2023-12")
    assert cite(ARTICLE, "bibtex", url="http://a/?id=7") == (
        "@article{2023-10220a3a,\n"
        "  entrysubtype = {newspaper},\n"
        "  author = {{刘慧} and {李明} and {王芳} and {赵强}},\n"
        "  title = {查干湖冬捕 开幕},\n"
        "  journal = {松原日报},\n"
        "  date = {2023-12-29},\n"
        "  year = {2023},\n"
        "  pages = {A01},\n"
        "  url = {http://a/?id=7},\n"
        "  langid = {chinese},\n"
        "}\n"
    )
    assert r"title = {100\% \{A\}\_b \& \textbackslash{}c}" in cite(hostile, "bibtex")


def test_ris() -> None:
    """A newspaper article for Zotero and EndNote, a line each, the date in its own form."""
    lines = cite(ARTICLE, "ris").split("\r\n")
    assert lines[0] == "TY  - NEWS"
    assert "DA  - 2023/12/29/" in lines
    assert [line[6:] for line in lines if line.startswith("AU")] == list(ARTICLE.authors)
    assert lines[-2:] == ["ER  - ", ""]
    assert "DA  - 2024///" in cite(Article(date="2024"), "ris")
    assert "DA" not in cite(Article(date="--12-29"), "ris")


def test_the_tags_that_zotero_reads() -> None:
    """The kind of item first; one tag for each author; nothing empty."""
    tags = citation_tags(ARTICLE, url="http://a/?id=7")
    assert tags[0] == ("z:itemType", "newspaperArticle")
    assert [content for name, content in tags if name == "citation_author"] == list(ARTICLE.authors)
    assert dict(tags)["citation_journal_title"] == "松原日报"
    assert all(content for _, content in citation_tags(Article()))


@given(articles())
def test_no_field_breaks_out_of_its_line(article: Article) -> None:
    """A value has no line of its own, and the braces of BibTeX are in pairs."""
    ris = cite(article, "ris").split("\r\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in ris[:-1])
    bare = re.sub(r"\\[{}]", "", cite(article, "bibtex"))
    assert bare.count("{") == bare.count("}")
    assert "\n" not in cite(article)


def test_an_unknown_style_is_refused() -> None:
    """The message names those that there are."""
    with pytest.raises(ConfigError, match="plain, bibtex, ris"):
        cite(ARTICLE, "apa")  # type: ignore[arg-type]
