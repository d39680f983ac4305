"""The pages: what they show, that hostile texts stay texts, limits, languages, exports."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import queries

from searchlib import Article, Index
from searchlib.web.wording import CHINESE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import MakeIndex

testclient = pytest.importorskip("starlette.testclient", reason="the extra web is not installed")

PACKAGE = __import__("pathlib").Path(__import__("searchlib").__file__).parent / "web"


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, and the text of marks."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.marked: list[str] = []
        self._in_mark = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "mark":
            self._in_mark = True
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_mark = self._in_mark and tag != "mark"

    def handle_data(self, data: str) -> None:
        if self._in_mark:
            self.marked[-1] += data

    def all(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for name, attributes in self.elements if name == tag)

    def links(self) -> list[str]:
        return [str(one["href"]) for one in self.all("a")]


def page_of(client: Any, path: str, **params: Any) -> Page:
    """Return a page, which must be there."""
    answer = client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    return Page(answer.text)


# --- a search


def test_hits_are_marked_and_lead_to_their_articles(client: Any) -> None:
    """Ids of any characters are in the address, and the place among the hits."""
    page = page_of(client, "/", q="党建引领")
    assert {"党建引领"} <= set(page.marked)
    ids = [parse_qs(urlsplit(link).query).get("id", [""])[0] for link in page.links() if "article?" in link]
    assert "a/2#?&+ 党" in ids
    for link in (link for link in page.links() if link.startswith("article?")):
        assert client.get(f"/{link}").status_code == 200


def test_an_empty_query_shows_the_newest(client: Any) -> None:
    """As browsing; the last date of all stands first."""
    text = client.get("/").text
    dates = re.findall(r'class="facts">[^<]*?(\d{4}-\d\d-\d\d)', text)
    assert len(dates) == 10
    assert dates == sorted(dates, reverse=True)


def test_filters_are_links_with_counts(client: Any) -> None:
    """The first values with how many more there are; a chosen one is a pill, the others stay."""
    assert re.search(r"\+ [34] more", client.get("/", params={"q": "会议"}).text)
    page = page_of(client, "/", q="会议", publication="报1")
    chosen = [one for one in page.all("a") if one.get("aria-current") == "true"]
    assert any("publication" not in str(one["href"]) for one in chosen)
    others = [link for link in page.links() if "publication=报1&publication=" in link]
    assert len(others) >= 5
    every = page_of(client, "/", q="会议", all="publication").links()
    assert len([link for link in every if re.search(r"publication=报\d", link)]) >= 11


def test_the_histogram_keeps_what_is_outside_of_the_range(client: Any) -> None:
    """Its bars are buttons of a form, those of the range are marked; one is a month."""
    whole = page_of(client, "/", q="会议")
    ranged = page_of(client, "/", q="会议", since="2022-03", until="2022-05")
    bars = [
        [one["value"] for one in page.all("button") if one.get("name") == "m"] for page in (whole, ranged)
    ]
    assert bars[0] == bars[1]
    assert len(bars[0]) > 40
    chosen = [one["value"] for one in ranged.all("button") if str(one.get("class", "")).endswith(" in")]
    assert chosen == ["2022-03", "2022-04", "2022-05"]
    pills = [
        page_of(client, "/", q="会议", **one)
        for one in ({"m": "2022-03"}, {"since": "2022-03", "until": "2022-03"})
    ]
    assert pills[0].links()[8:-4] == pills[1].links()[8:-4]


def test_more_than_sixty_months_are_years(make_index: MakeIndex) -> None:
    """And a short range of them shows its months below."""
    index = make_index(
        *({"id": n, "body": "党建", "date": f"{1950 + n % 70}-{n % 12 + 1:02}-01"} for n in range(200))
    )
    client = client_of(index)
    bars = [one["value"] for one in page_of(client, "/", q="党建").all("button") if one.get("name") == "m"]
    assert (bars[0], bars[-1], len(bars)) == ("1950", "2019", 70)
    bars = [
        one["value"]
        for one in page_of(client, "/", q="党建", m="1960").all("button")
        if one.get("name") == "m"
    ]
    assert len([bar for bar in bars if str(bar).startswith("1960-")]) > 1


def client_of(index: Index, **options: Any) -> Any:
    """Return a client of an index."""
    from searchlib.web import app  # noqa: PLC0415 (an extra)

    return testclient.TestClient(app(index, **options), base_url="http://localhost")


def test_what_was_changed_of_a_query_is_said(client: Any) -> None:
    """Words left out, what each hit lacks, another spelling."""
    assert "shown without: 火星" in client.get("/", params={"q": "党建 火星"}).text
    assert "missing: " in client.get("/", params={"q": "党建 青岛 冬捕 会议 渔民 公式"}).text
    assert "Did you mean:" in client.get("/", params={"q": "党健引领"}).text
    assert "Nothing found" in client.get("/", params={"q": '"火星人登陆"'}).text


def test_a_broken_query_is_pointed_at(client: Any) -> None:
    """With the column; while one types it is mended and the answer says so."""
    answer = client.get("/", params={"q": "(党建"})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert client.get("/", params={"q": "(党建", "live": 1}).status_code == 200
    said = client.get("/", params={"q": "党建", "since": "x", "live": 1})
    assert (said.status_code, said.headers["content-type"]) == (400, "text/plain; charset=utf-8")


def test_pages_follow_each_other(client: Any) -> None:
    """By links that keep the question; the last has no next one."""
    link, count = "/?q=会议", 0
    seen: list[str] = []
    while link:
        page = Page(client.get(link).text)
        seen += [one for one in page.links() if one.startswith("article?")]
        link = next((f"/{one['href']}" for one in page.all("a") if one.get("rel") == "next"), "")
        count += 1
    ids = [parse_qs(urlsplit(one).query)["id"][0] for one in seen]
    assert count == 7
    assert len(ids) == len(set(ids)) == 61


def test_reprints_are_under_one_hit(make_index: MakeIndex) -> None:
    """Opened, they lead to the others."""
    body = "查干湖冬捕节昨日开幕，头鱼拍出了九十九万元的高价，渔民们高兴极了。" * 4
    index = make_index(
        *({"id": n, "headline": "冬捕", "body": body, "publication": f"报{n}"} for n in range(3))
    )
    page = page_of(client_of(index), "/", q="冬捕", group="reprints", lang="en")
    assert len(list(page.all("li"))) >= 3
    assert len({link for link in page.links() if link.startswith("article?")}) == 3


# --- an article and its page


def test_an_article_shows_every_mark_with_its_number(client: Any) -> None:
    """In the headline, the subtitle and the body; the first leads to the next."""
    page = page_of(client, "/article", id="a1", q="冬捕 头鱼", at=1)
    marks = [one["id"] for one in page.all("mark")]
    assert marks == [f"m{n}" for n in range(1, len(marks) + 1)]
    assert page.marked == ["冬捕", "头鱼", "冬捕", "头鱼"]
    metas = {one.get("name"): one.get("content") for one in page.all("meta")}
    assert metas["citation_title"] == "查干湖冬捕节开幕"
    assert metas["z:itemType"] == "newspaperArticle"
    assert metas["citation_public_url"] == "http://localhost/article?id=a1"


def test_an_article_leads_back_and_to_the_hits_beside_it(client: Any) -> None:
    """The question is kept; the first has none before it."""
    hits = [
        link for link in page_of(client, "/", q="会议", sort="newest").links() if link.startswith("article?")
    ]
    page = Page(client.get(f"/{hits[1]}").text)
    by_id = {one.get("id"): one.get("href") for one in page.all("a")}
    assert by_id["back"] == "./?q=会议&sort=newest"
    assert by_id["earlier"] == hits[0]
    assert by_id["later"] == hits[2]
    first = {one.get("id") for one in Page(client.get(f"/{hits[0]}").text).all("a")}
    assert "earlier" not in first
    assert "later" in first


def test_the_page_is_beside_its_article(page_client: Any, corpus_index: Index) -> None:
    """Its own parts, those of others as links, all of the text, every hit marked."""
    article = next(a for a in corpus_index if len(corpus_index.page(a.source)) > 3 and "党建" in a.body)
    page = page_of(page_client, "/original", id=article.id, q="党建")
    assert any(one.get("class") == "own" for one in page.all("span"))
    assert len([link for link in page.links() if link.startswith("original?")]) >= 3
    assert "党建" in page.marked
    shown = page_client.get("/article", params={"id": article.id}).text
    assert "original?" in shown


@pytest.mark.parametrize(
    "source", ["../../etc/passwd", "/etc/passwd", "corpus/../../x", "a\0b", "secret.txt"]
)
def test_no_file_is_read_outside_of_the_pages(make_index: MakeIndex, tmp_path: Path, source: str) -> None:
    """Whatever an index names as the source; a link that leads outside neither."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "secret.txt").write_text("secret words of the machine")
    (tmp_path / "pages" / "link.txt").symlink_to(tmp_path / "secret.txt")
    for number, name in enumerate((source, "pages/link.txt")):
        articles = [Article(id=f"{number}{n}", body="党建", source=name, spans=((n, n + 1),)) for n in (1, 2)]
        client = client_of(make_index(*articles), pages=[tmp_path / "pages"])
        answer = client.get("/original", params={"id": f"{number}1"})
        assert answer.status_code in {200, 400}
        assert "secret words" not in answer.text
        assert "root:" not in answer.text


HOSTILE_PATHS = [
    "/?q={q}",
    "/?q=党建&publication={q}",
    "/?q={q}&live=1",
    "/article?id=x&q={q}",
    "/article?id={q}",
    "/kwic?q={q}",
    "/kwic?q=党建",
    "/trend?q={q}",
    "/like?id=x&whole=1",
    "/help?q={q}",
    "/{q}",
    "/feed.atom?q={q}",
    "/?q=党建",
]


@pytest.mark.parametrize("path", HOSTILE_PATHS)
@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>\"'&]]>", '"><img src=x onerror=alert(1)>', "a\u202eb"]
)
def test_hostile_texts_are_shown_as_texts(client: Any, path: str, query: str) -> None:
    """No element and no attribute comes of a query, a filter, an id, an article or a file's name."""
    answer = client.get(path.replace("{q}", quote(query)))
    assert answer.status_code in {200, 400, 404}
    if "xml" in answer.headers["content-type"]:
        ET.fromstring(answer.content)  # noqa: S314 (our own)
        return
    page = Page(answer.text)
    scripts = list(page.all("script"))
    assert all(one.get("src", "").startswith("s.js?") for one in scripts)  # type: ignore[union-attr]
    assert not list(page.all("img"))
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert not [one for _, one in page.elements if "style" in one]


# --- what is taken away


def test_csv_has_all_hits_and_no_formulas(client: Any) -> None:
    """Excel reads it as UTF-8, and takes no cell for a formula."""
    answer = client.get("/export.csv", params={"q": "党建", "sort": "newest", "limit": 3})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == client.get("/api/search", params={"q": "党建"}).json()["total"] > 60
    assert "'=HYPERLINK(1)" in {row["headline"] for row in rows}
    assert rows[0]["rank"] == "1"


def test_exports_end_and_say_so(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many rows a last one says that there are more."""
    monkeypatch.setattr("searchlib.web.exports.MAX_ROWS", 5)
    rows = client.get("/export.csv", params={"q": "党建"}).text.splitlines()
    assert len(rows) == 7
    assert "no more than the first 5" in rows[-1]
    lines = client.get("/export.jsonl", params={"q": "党建"}).text.splitlines()
    assert json.loads(lines[-1]) == {"truncated": True, "rows": 5}


def test_lines_of_json_are_those_of_the_command(client: Any) -> None:
    """A hit a line, as in the answer of a search."""
    lines = client.get("/export.jsonl", params={"q": "冬捕"}).text.splitlines()
    assert [json.loads(line) for line in lines] == client.get("/api/search", params={"q": "冬捕"}).json()[
        "hits"
    ]
    assert client.get("/export.csv", params={"q": "(党建"}).status_code == 400


def test_the_feed_is_atom(client: Any) -> None:
    """The newest first, whole addresses, an id of its own for each."""
    feed = ET.fromstring(client.get("/feed.atom", params={"q": "会议"}).content)  # noqa: S314 (our own)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    dates = [entry.findtext(f"{atom}updated", "") for entry in entries]
    assert len(entries) == 50
    assert dates == sorted(dates, reverse=True)
    assert len({entry.findtext(f"{atom}id") for entry in entries}) == 50
    links = [link.get("href", "") for entry in entries for link in entry.findall(f"{atom}link")]
    assert len(links) == 50
    assert all(link.startswith("http://localhost/article?") for link in links)


def test_citations_are_files(client: Any) -> None:
    """BibTeX and RIS, with the address of the article."""
    assert client.get("/cite.bib?id=a1").text.startswith("@article{2023-")
    assert "UR  - http://localhost/article?id=a1\r\n" in client.get("/cite.ris?id=a1").text
    assert client.get("/cite.ris?id=nobody").status_code == 404


def test_places_and_their_table(client: Any) -> None:
    """Each with its article; the table has them all."""
    page = page_of(client, "/kwic", q="党建", by="right")
    assert set(page.marked) == {"党建"}
    assert len(page.marked) == 100
    rows = client.get("/kwic.csv", params={"q": "党建"}).text.splitlines()
    assert len(rows) > 300


def test_several_words_over_time(client: Any) -> None:
    """Lines of shares, a table, and CSV; a sixth is refused."""
    text = client.get("/trend", params={"q": "党建，会议", "by": "year"}).text
    assert text.count("<polyline") == 2
    rows = list(
        csv.reader(io.StringIO(client.get("/trend.csv", params={"q": "党建,会议", "by": "year"}).text))
    )
    assert rows[0] == ["\ufeffyear", "党建", "党建 (share)", "会议", "会议 (share)", "all"]
    assert client.get("/trend", params={"q": "a,b,c,d,e,f"}).status_code == 400
    several = client.get("/trend?q=党建&q=会议&by=year").text
    assert several.count("<polyline") == 2
    (table,) = re.findall(r'href="(trend\.csv[^"]*)"', several)
    assert parse_qs(urlsplit(unescape(table)).query)["q"] == ["党建,会议"]


# --- words

MADE = {*Article.__dataclass_fields__, "article", "brief", "photo_caption"}
"""What the code makes messages of: fields and kinds."""


def test_every_word_of_the_pages_is_translated() -> None:
    """Those of the templates and of the code; none is left that nobody says."""
    texts = [path.read_text("utf-8") for path in sorted(PACKAGE.glob("templates/*.html"))]
    code = "".join(
        path.read_text("utf-8") for path in sorted(PACKAGE.glob("*.py")) if path.name != "wording.py"
    )
    said = {found for text in texts for found in re.findall(r"\bt\(\s*[\"']([^\"'+]*)[\"']\s*[,)]", text)}
    said |= set(re.findall(r"\bt\(\s*\"([^\"]*)\"", code))
    assert len(said) > 60
    assert sorted(said - set(CHINESE)) == []
    unused = [message for message in CHINESE if message not in "".join(texts) + code]
    assert [message for message in unused if message.strip("()") not in MADE and "in a" not in message] == []


def test_a_translation_has_the_same_gaps() -> None:
    """As many, and Chinese."""
    for english, chinese in CHINESE.items():
        assert len(re.findall(r"\{\d*\}", chinese)) == english.count("{}"), english
        assert re.search(r"[\u3000-\uffef]", chinese), english


# --- anything


@given(
    queries(),
    st.sampled_from(["/", "/kwic", "/trend", "/api/search", "/api/suggest", "/feed.atom", "/api/why-not"]),
)
def test_no_query_is_an_error_of_ours(client: Any, query: str, path: str) -> None:
    """Whatever is typed: an answer, or an error that says what is wrong."""
    assume(not any("\ud800" <= char <= "\udfff" for char in query))  # which no address can hold
    answer = client.get(path, params={"q": query, "id": "a1"} if path == "/api/why-not" else {"q": query})
    assert answer.status_code in {200, 400}, answer.text


NAMES = st.sampled_from(
    [
        *("q", "id", "match", "sort", "since", "until", "m", "limit", "offset", "publication", "by"),
        *("extra.a", "at", "all", "lang", "live", "group", "exact", "facet", "whole", "as", "more"),
        *("equivalences", "date"),
    ]
)
VALUES = st.one_of(
    st.text(max_size=20), st.sampled_from(["a1", "1", "-1", "2024-08", "newest", "党建", "none", "x"])
)


@given(
    st.sampled_from(
        ["/", "/article", "/original", "/like", "/kwic", "/trend", "/help", "/export.csv", "/kwic.csv"]
    )
    | st.sampled_from(
        ["/api/search", "/api/kwic", "/api/trends", "/api/article", "/feed.atom", "/trend.csv"]
    ),
    st.lists(st.tuples(NAMES, VALUES), max_size=6),
)
def test_no_address_is_an_error_of_ours(client: Any, path: str, params: list[tuple[str, str]]) -> None:
    """Any parameters with any values, repeated or not."""
    answer = client.get(path, params=[(name, value.encode("utf-8", "replace")) for name, value in params])
    assert answer.status_code in {200, 400, 404}, answer.text


@given(st.binary(max_size=60))
def test_no_bytes_are_an_error_of_ours(client: Any, raw: bytes) -> None:
    """An address that is no UTF-8, or no address."""
    query = "".join(f"%{byte:02X}" for byte in raw)
    assert client.get(f"/?q={query}").status_code in {200, 400}
