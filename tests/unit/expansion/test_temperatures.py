"""A temperature is a number with its unit, however both are written; letters with accents are letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import searchlib
from searchlib import Index

TEXTS = {
    "sign": "气温5℃左右",
    "spaced": "最低5 °C，",
    "letters": "降到5°C。",
    "Chinese": "升温5摄氏度",
    "Han": "约五摄氏度",
    "traditional": "升溫5攝氏度",
    "range": "今天3-5℃",
    "below": "零下5℃",
    "fifteen": "15℃高温",
    "decimal": "升温5.5℃",
    "fahrenheit": "41℉",
    "Fahrenheit": "41华氏度",
    "apart": "B2C市场增长5成，C位出道",
    "accent": "在Café見面",
    "plain": "在cafe见面",
    "city": "Đà Nẵng 之行",
    "decomposed": "Zu\u0308rich 湖",
    "bar": "CAFÉ-bar 开业",
}
FIVE = {"sign", "spaced", "letters", "Chinese", "Han", "traditional", "range", "below"}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An article for each text."""
    with searchlib.open(tmp_path_factory.mktemp("temperatures") / "index") as made:
        made.add([{"id": name, "body": text} for name, text in TEXTS.items()])
        yield made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        *[
            (five, FIVE)
            for five in ("5℃", "5°C", "5 °C", "5 ℃", "5摄氏度", "5 摄氏度", "五摄氏度", "-5℃", "５℃")
        ],
        ("15℃", {"fifteen"}),
        ("5.5℃", {"decimal"}),
        ("5.5摄氏度", {"decimal"}),
        ("3-5℃", {"range"}),
        ("零下5℃", {"below"}),
        ("41℉", {"fahrenheit", "Fahrenheit"}),
        ("41华氏度", {"fahrenheit", "Fahrenheit"}),
        ("5 增长", {"apart"}),
        ("cafe", {"accent", "plain", "bar"}),
        ("café", {"accent", "plain", "bar"}),
        ("CAFÉ", {"accent", "plain", "bar"}),
        ("cafe\u0301", {"accent", "plain", "bar"}),
        ("caf*", {"accent", "plain", "bar"}),
        ('"cafe bar"', {"bar"}),
        ("cafebar", {"bar"}),
        ("da nang", {"city"}),
        ("zurich", {"decomposed"}),
        ("zürich", {"decomposed"}),
    ],
)
def test_each_form_finds_all(index: Index, query: str, found: set[str]) -> None:
    """And nothing that has the number and the letter apart."""
    results = index.search(query, match="all", limit=None)
    assert {hit.id for hit in results} == found
    assert all(hit.why and hit.snippet and hit.snippet.marks for hit in results)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cafe", {"plain"}),
        ("café", {"accent", "bar"}),
        ("5℃", {"sign", "letters", "range", "below"}),
        ("5摄氏度", {"Chinese"}),
        ("zurich", set()),
        ("zürich", {"decomposed"}),
    ],
)
def test_exact_keeps_them_apart(index: Index, query: str, found: set[str]) -> None:
    """As it keeps the scripts apart."""
    assert {hit.id for hit in index.search(query, match="all", exact=True, limit=None)} == found


@pytest.mark.parametrize("query", ["café", "cafe"])
def test_plain_text_finds_either(index: Index, query: str) -> None:
    """The words of the query are cut as those of the articles."""
    assert {hit.id for hit in index.search(query, match="any", limit=None)} == {"accent", "plain", "bar"}
    assert [token.text for token in index.analyze("Café")] == ["cafe"]


def test_an_accent_costs_nothing_in_any_part_of_the_score(tmp_path: Path) -> None:
    """The best passage holds the letter in either form."""
    scores = []
    for place, text in enumerate(["党建的é什么 Café", "党建的e什么 Cafe"]):
        with searchlib.open(tmp_path / str(place)) as made:
            made.add([{"id": "1", "body": text}])
            scores.append(made.search("党建的é什么", match="any")[0].score)
            scores.append(made.search("党建的e什么", match="any")[0].score)
    assert len(set(scores)) == 1
