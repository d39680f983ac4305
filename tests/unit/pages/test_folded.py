"""One form of a page for the rules: traditional, full-width and simplified characters read alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_choice import answered_by

from searchlib import split_page
from searchlib.analysis.script_table import SIMPLIFIED, TRADITIONAL
from searchlib.native import engine
from searchlib.pages import folded
from searchlib.pages.folded import fold_page, unfold

CORPUS = sorted((Path(__file__).parents[3] / "corpus").glob("*.txt"))
TO_TRADITIONAL = {ord(s): t for s, t in zip(SIMPLIFIED, TRADITIONAL, strict=True)}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("〔記者陳怡君／台北報導〕", "〔记者陈怡君/台北报道〕"),
        ("本報３月５日訊", "本报3月5日讯"),
        ("「柳溪」『春茶』", "“柳溪”‘春茶’"),
        ("plain text, 简体", "plain text, 简体"),
    ],
)
def test_every_character_becomes_one(text: str, folded: str) -> None:
    """A folded text is as long as the page, so its places are places on the page."""
    assert fold_page(text) == folded
    assert len(folded) == len(text)


@pytest.mark.parametrize(
    ("value", "page", "restored"),
    [
        ("陈怡君", "（記者 陳怡 君）", "陳怡君"),
        ("台湾后续", "前後 臺灣後續", "臺灣後續"),
        ("NBA 台湾", "NBA\n臺灣", "NBA 臺灣"),
        ("台湾 春茶上市", "臺灣  春茶上市", "臺灣 春茶上市"),
        ("没有", "別的", "没有"),
    ],
)
def test_what_is_read_folded_is_given_as_printed(value: str, page: str, restored: str) -> None:
    """White space that was taken out stays out, a space that was put in stays in."""
    assert unfold(value, page, fold_page(page)) == restored


def test_the_corpus_is_split_alike_in_both_scripts() -> None:
    """Articles, authors and datelines of the five pages are the same in traditional characters."""
    assert len(CORPUS) == 5
    for path in CORPUS:
        page = path.read_text("utf-8")
        traditional = page.translate(TO_TRADITIONAL)
        plain, other = split_page(page), split_page(traditional)
        assert [a.spans for a in other] == [a.spans for a in plain]
        for name in ("headline", "authors", "dateline", "body", "byline"):
            expected = [str(getattr(article, name)).translate(TO_TRADITIONAL) for article in plain]
            assert [str(getattr(article, name)) for article in other] == expected, (path.name, name)


def test_an_article_of_which_nothing_was_folded_is_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its characters are those of the page, though another article's are not."""
    asked: list[str] = []

    def record(value: str, page: str, simple: str) -> str:
        asked.append(value)
        return unfold(value, page, simple)

    monkeypatch.setattr(folded, "unfold", record)
    page = "冬捕开网\n□记者 李明\n本报讯 查干湖昨日开网。\n\n\n春茶上市\n□記者 陳怡君\n本報訊 茶園開採。"
    found = [(article.headline, article.authors, article.body) for article in split_page(page)]
    assert found == [
        ("冬捕开网", ("李明",), "查干湖昨日开网。"),
        ("春茶上市", ("陳怡君",), "茶園開採。"),
    ]
    assert "春茶上市" in asked
    assert "冬捕开网" not in asked


@pytest.mark.parametrize(
    "name",
    [
        "numpy",
        pytest.param(
            "native", marks=pytest.mark.skipif(engine().kernel is None, reason="there are only arrays")
        ),
    ],
)
@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("木报讯 春茶上市。", "本报讯 春茶上市。"),
        ("【新华杜南塘5日电】春茶上市。", "【新华社南塘5日电】春茶上市。"),
        ("木報訉 春茶上市。", "本报讯 春茶上市。"),
        ("春茶木报讯上市。", "春茶木报讯上市。"),
    ],
)
def test_what_was_misread_before_a_text_is_mended_by_either_engine(name: str, text: str, folded: str) -> None:
    """Also on a page that has nothing else to fold."""
    with answered_by(name):
        assert fold_page(text) == folded
