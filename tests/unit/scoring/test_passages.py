"""The best passage: what it holds, in which writing, and what it does to the order."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from conftest import MakeIndex

from searchlib import Article, Explanation, Index
from searchlib.scoring.passages import MOST_CHARS, Passages, Text
from searchlib.scoring.rescoring import RESCORE_DEPTH

WEIGHTS = {"农业": 2.0, "银行": 1.0, "wifi": 1.0}


def passage_shares(passages: Passages, *texts: str) -> list[float]:
    """Return the share of each text's best passage."""
    shares: list[float] = passages.shares([Text([text]) for text in texts]).passage.tolist()
    return shares


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("", 0.0),
        ("别的。", 0.0),
        ("农业银行的WiFi", 1.0),
        ("農業，《銀》行，ＷＩＦＩ。", 1.0),
        ("农 业\u3000银\u200b行 wifi", 1.0),
        ("农业。银行。", (2 / 4 + 3 / 4 + 3 / 4) / 3),
        ("农业。别的。银行。", (2 / 4 + 2 / 4 + 3 / 4) / 3),
        ("农业。。。！\n银行。", (2 / 4 + 3 / 4 + 3 / 4) / 3),
        ("银行。银行。wifi。", (1 / 4 + 2 / 4 + 2 / 4) / 3),
        ("wifis，awifi，农-业", 0.0),
        ("wifi6", 1 / 4),
        ("éwifi，wifiя，wifi한", 0.0),
        ("カwifi・wifi", 1 / 4),
        ("农" + "\U0003134a" + "业", 0.0),
        ("字" * MOST_CHARS + "农业", 0.0),
    ],
)
def test_the_share_of_the_best_passage(text: str, share: float) -> None:
    """A third of the best sentence's share, of the best two neighbouring ones', and of the whole text's."""
    assert passage_shares(Passages(WEIGHTS), text) == pytest.approx([share])
    among = Passages(WEIGHTS).shares(
        [Text([one]) for one in ("农业银行wifi", text, "", "银行。")] + [Text([])]
    )
    assert among.passage.tolist() == pytest.approx([1.0, share, 0.0, 0.25, 0.0])


@pytest.mark.parametrize(
    ("before", "body", "share"),
    [
        ((), "农业。银行。", 3 / 4),
        ((), "别的。别的。农业。银行。wifi。", 3 / 4),
        ((), "别的。别的。别的。农业。银行。", 2 / 4),
        ((), "。！\n别的。《》。别的。别的。别的。农业。", 0.0),
        (("银行", "别的。别的？", "", "别的"), "别的。别的。农业。wifi。", 3 / 4),
        (("银行", "农业"), "别的。别的。别的。别的。wifi农业。", 3 / 4),
        (("农业", "", "《》"), "", 2 / 4),
        ((), "", 0.0),
        (("字" * MOST_CHARS,), "农业", 0.0),
    ],
)
def test_the_share_of_the_lead(before: tuple[str, ...], body: str, share: float) -> None:
    """What stands before the body, and the body's first three sentences with the next."""
    text = Text([*before, body, "刘慧"], sum(len(part) + 1 for part in before))
    among = Passages(WEIGHTS).shares([Text(["农业。"]), text, Text([])])
    assert among.lead.tolist() == pytest.approx([2 / 4, share, 0.0])


def test_texts_of_one_article_are_apart() -> None:
    """A word does not stand across the end of a text; the next text is the next sentence."""
    shares = Passages(WEIGHTS).shares([Text(["农", "业"]), Text(["农业", "银行"])])
    assert shares.passage.tolist() == pytest.approx([0.0, (2 / 4 + 3 / 4 + 3 / 4) / 3])


def test_terms_of_one_character_and_of_many() -> None:
    """Each stands where all its characters do."""
    passages = Passages({"湖": 1.0, "查干湖冬捕": 1.0, "5": 1.0})
    shares = passage_shares(passages, "查干湖", "查干湖冬捕", "5湖", "15 2.5%")
    assert shares == pytest.approx([1 / 3, 2 / 3, 2 / 3, 1 / 3])


def test_a_connector_of_the_query_is_no_letter() -> None:
    """The parts of a compound stand in it, and a number stands before its sign."""
    passages = Passages({"wi-fi": 1.0, "wi": 1.0, "fi": 1.0, "9.5%": 1.0, "9.5": 1.0})
    shares = passage_shares(passages, "Wi-Fi", "9.5%", "9.5%a", "wi")
    assert shares == pytest.approx([3 / 5, 2 / 5, 2 / 5, 1 / 5])


@pytest.mark.parametrize("query", ["ab OR abc OR 农业 OR 5g", "headline:农业 OR 农业 OR abc OR 5g"])
def test_what_one_term_lacks_says_nothing_of_another(make_index: MakeIndex, query: str) -> None:
    """That `ab` stands nowhere bounds no `abc`, and what the headline lacks may stand in the body."""
    index = make_index(
        Article(id="without", body="农业 abc 5g"),
        Article(id="with", headline="农业", body="农业 abc 5g。天气。", publication="ab"),
    )
    unread = {"publication": 0.0}  # that it has `ab` is known, its text counts for nothing
    explained = [str(index.explain(query, key, boosts=unread)) for key in ("without", "with")]
    shares = [re.findall(r"the best passage: holds ([0-9.]+)", explanation) for explanation in explained]
    assert shares[0] == shares[1] != []


@pytest.fixture
def news(make_index: MakeIndex) -> Index:
    """A hundred and twenty articles of the same words, and one that has some of them in one sentence."""
    chance = random.Random(4)
    words = ["农业", "银行", "支持", "春耕", "贷款", "发放", "查干湖", "旅游", "科技"]
    articles = []
    for number in range(120):
        text = "。".join(chance.choice(words) + chance.choice(words) for _ in range(30))
        articles.append(Article(id=f"{number:03}", headline=chance.choice(words), body=text))
    articles.append(Article(id="x", body="天气很好。" * 20 + "农业银行发放春耕贷款。" + "别的也有。" * 20))
    return make_index(*articles)


QUERIES = [
    "农业银行怎么发放春耕贷款？",
    "农业 春耕 贷款 旅游",
    "农业 OR 银行 OR 科技 OR 旅游",
    "查干湖春耕科技银行",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("match", ["any", "auto"])
def test_the_order_is_one_whatever_is_asked_for(news: Index, query: str, match: Any) -> None:
    """Pages of any size are parts of one order; scores go down with it, and ties go by id."""
    whole = [(hit.id, hit.score) for hit in news.search(query, match=match, limit=None)]
    assert whole == sorted(whole, key=lambda hit: (-hit[1], hit[0]))
    for size in (1, 3, 10, RESCORE_DEPTH - 1, RESCORE_DEPTH + 1):
        paged = [
            (hit.id, hit.score)
            for offset in range(0, len(whole), size)
            for hit in news.search(query, match=match, limit=size, offset=offset, snippets=offset % 2)
        ]
        assert paged == whole, size


def leaves(explanation: Explanation) -> list[float]:
    """Return the values of the leaves, in order."""
    if not explanation.parts:
        return [explanation.value]
    return [value for part in explanation.parts for value in leaves(part)]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("match", ["any", "auto"])
def test_the_leaves_add_up_with_passages(news: Index, query: str, match: Any) -> None:
    """Exactly, for those whose passages were looked into and for the others."""
    looked_into = 0
    hits = news.search(query, match=match, limit=None)
    for hit in hits:
        explanation = news.explain(query, hit.id, match=match)
        total = 0.0
        for value in leaves(explanation):
            total += value
        assert total == hit.score == explanation.value
        looked_into += "the best passage: holds" in str(explanation)
    assert looked_into == min(RESCORE_DEPTH, len(hits)) > 0


def test_one_sentence_beats_the_words_all_over_the_article(make_index: MakeIndex) -> None:
    """From three words on: for fewer the frequencies alone decide."""
    index = make_index(
        Article(id="apart", body="农业很好。天气好。贷款不多。天气好。银行开门。天气好。" * 3),
        Article(id="together", body="天气好。" * 11 + "农业的贷款由银行发放。" + "天气好。" * 6),
        *(Article(id=f"other{number}", body="天气好。" * 20) for number in range(5)),
    )
    assert [hit.id for hit in index.search("农业 贷款 银行")] == ["together", "apart"]
    assert [hit.id for hit in index.search("农业 贷款")] == ["apart", "together"]


def test_a_field_without_weight_brings_no_passage(make_index: MakeIndex) -> None:
    """Its text does not count here either."""
    index = make_index(
        Article(id="headline", headline="农业银行发放春耕贷款", body="别的"), Article(id="z", body="农业")
    )
    found = index.search("农业银行发放春耕贷款", match="any", boosts={"headline": 0.0})
    assert {hit.id: hit.score for hit in found}["headline"] == 0.0
