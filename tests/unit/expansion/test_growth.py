"""Long queries: the work grows with their length and not with its square, or they are refused."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from work import lines_run

from searchlib import Article, QueryError
from searchlib.analysis import Analyzer
from searchlib.article_json import record_of
from searchlib.embedded.codec.analyzed_batch import Batch
from searchlib.embedded.codec.parts import analyze
from searchlib.expansion.entry import expand
from searchlib.expansion.equivalences import resolve_kinds
from searchlib.expansion.lexicon import Lexicon, NamedText, read_lexicon
from searchlib.highlight.coverage import Coverage, QueryParts
from searchlib.highlight.marking import MOST_PHRASES, Marker
from searchlib.query.language import MOST_FUZZY_CHARS
from searchlib.query.nodes import Near, Phrase, Query, Terms
from searchlib.query.parser import read_query
from searchlib.scoring.query_terms import MOST_PLAIN_TERMS, weigh_terms
from searchlib.textmatch import pattern
from searchlib.textmatch.proximity import near_places
from searchlib.textmatch.raw import UnfoldedPattern

ALL = resolve_kinds(None, exact=False)
NO_LEXICON = Lexicon()
LONG: dict[str, Callable[[int], str]] = {
    "dates": lambda n: "2024年8月9日" * n,
    "fields": lambda n: "headline:" * n,
    "letters": lambda n: "abcdefghij" * n,
    "Roman numerals": lambda n: "ⅧⅨ" * n,
    "numbers": lambda n: "一百二十三个" * n,
    "percentages": lambda n: "5%" * n,
    "temperatures": lambda n: "5℃，" * n,
    "figures": lambda n: "9" * n * 9,
    "hyphens": lambda n: "a-" * n,
    "characters": lambda n: "".join(chr(0x4E00 + place % 5000) for place in range(4 * n)),
    "stars": lambda n: "*" * n,
    "marks that are not closed": lambda n: "“" * n + "a",
    "marks that are closed": lambda n: "“a”" * n,
    "escapes": lambda n: '"\\' * n,
    "brackets": lambda n: "(党) " * n,
    "weights": lambda n: "党^2" + "^2" * n,
    "signs": lambda n: "党|" * n,
    "wildcards": lambda n: "党? " * n,
}


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    """One that has cut something before, so that what is loaded once is not counted."""
    made = Analyzer()
    for make in LONG.values():
        understood(make(3), made, "auto")
        understood(make(3), made, "any")
    return made


def understood(query: str, analyzer: Analyzer, match: str) -> Query | None:
    """Return the tree of a query with its other forms; None where it is refused."""
    try:
        parsed = read_query(query, analyzer, match=match, exact=False, lenient=True)
    except QueryError:
        return None
    return expand(parsed.tree, query, ALL, analyzer, NO_LEXICON)


@pytest.mark.parametrize("match", ["auto", "any"])
@pytest.mark.parametrize("make", LONG.values(), ids=LONG)
def test_reading_a_query_grows_with_its_length(
    analyzer: Analyzer, make: Callable[[int], str], match: str
) -> None:
    """Twice the length is at most a little more than twice the work."""
    once, twice = (lines_run(lambda n=n: understood(make(n), analyzer, match)) for n in (150, 300))  # type: ignore[misc]
    assert twice < 2.5 * once + 900


@pytest.mark.parametrize("text", ["a" * (MOST_FUZZY_CHARS + 1), "党建" * 500, "㍿" * 20, "a*" + "b" * 60])
def test_a_long_word_has_no_other_spellings(analyzer: Analyzer, text: str) -> None:
    """It is refused with its bound; leniently the sign is left out."""
    with pytest.raises(QueryError, match=f"a word with ~ has more than {MOST_FUZZY_CHARS} characters"):
        read_query(f"{text}~", analyzer, match="all", exact=False)
    found = read_query(f"{text}~", analyzer, match="all", exact=False, lenient=True)
    assert "~" not in repr(found.tree)


def test_the_longest_word_with_other_spellings(analyzer: Analyzer) -> None:
    """As many characters as may be: a pattern for each spelling, each as long as the word."""
    (tree,) = [read_query("a" * MOST_FUZZY_CHARS + "~", analyzer, match="all", exact=False).tree]
    assert isinstance(tree, Phrase)
    assert len(pattern._neighbours(tree.text)) <= 4 * MOST_FUZZY_CHARS + 2


@pytest.mark.parametrize("within", [1000, 5, "s", "p"])
@pytest.mark.parametrize("last", ["的", "湖", "海"])
def test_frequent_words_near_each_other(within: int | str, last: str) -> None:
    """Eight of them in twice the text is twice the work, found (的), found once (湖) or not at all (海)."""
    sides = tuple((Phrase(char),) for char in f"的的的的的的的{last}")
    counts = []
    for size in (60, 120):
        text = "的人一是" * size + "湖" + "的人一是" * 3
        near = Near(sides, within)
        counts.append(lines_run(lambda near=near, text=text: list(near_places(near, text))))  # type: ignore[misc]
    assert counts[1] < 2.5 * counts[0] + 2000


def test_a_word_repeated_is_looked_for_once() -> None:
    """Which of eight equal words has a place does not matter: not each of their orders is tried."""
    counts = []
    for size in (3, 6, 12):
        near = Near(((Phrase("湖"),), *[(Phrase("的"),)] * size), 30)
        text = ("的人一是" * 8 + "湖" * 3 + "，" * 40) * 4
        counts.append(lines_run(lambda near=near, text=text: list(near_places(near, text))))  # type: ignore[misc]
    assert counts[1] < 3 * counts[0]
    assert counts[2] < 3 * counts[1]


def test_more_alternatives_are_no_more_than_they_are() -> None:
    """Six in each of eight brackets."""
    sides = tuple(tuple(map(Phrase, "的了是在和有")) for _ in range(8))
    counts = []
    for size in (30, 60):
        text = "的一了二是三在四和五有六" * size
        near = Near(sides, 1000)
        counts.append(lines_run(lambda near=near, text=text: list(near_places(near, text))))  # type: ignore[misc]
    assert counts[1] < 2.5 * counts[0] + 2000


def plain(size: int) -> Terms:
    """Return a plain text of different pairs and words."""
    return Terms("".join(chr(0x4E00 + place * 7 % 9000) for place in range(size)))


def test_plain_text_has_a_bound(analyzer: Analyzer) -> None:
    """What is looked up, and what is marked, of a text however long; of a shorter one all."""
    assert len(weigh_terms(plain(9000), analyzer)) == MOST_PLAIN_TERMS
    assert len(weigh_terms(plain(300), analyzer)) > 300
    assert len(Marker(plain(9000), analyzer).phrases) <= 3 * MOST_PHRASES
    kept = weigh_terms(Terms("党建引领" + "".join(f"{n} " for n in range(3000))), analyzer)
    assert {"党建", "引领"} <= {term.text for term in kept}


def test_marks_of_plain_text_grow_with_it(analyzer: Analyzer) -> None:
    """Finding which phrases hold which, and what they weigh, goes by their length."""
    article = Article(id="1", body="党建引领" * 10)
    counts = []
    for size in (300, 600):
        weights = {phrase.text: 1.0 for phrase in Marker(plain(size), analyzer).phrases}
        act = Marker(plain(size), analyzer, lambda weights=weights: weights)  # type: ignore[misc]

        def work(act: Marker = act, size: int = size) -> None:
            Marker(plain(size), analyzer)
            act.mark(article)
            assert act.coverage.of(act.coverage.terms[0]) > 0

        counts.append(lines_run(work))
    assert counts[1] < 2.6 * counts[0] + 2000


def test_what_is_within_a_text() -> None:
    """The same as looking for each by itself."""
    parts = ["党", "党建", "建引领", "农业", "领"]
    text = "党建引领农"
    assert QueryParts(parts).within(text) == {number for number, part in enumerate(parts) if part in text}
    assert QueryParts([]).within(text) == set()


def test_a_set_of_terms_weighs_their_sum() -> None:
    """Each counted once."""
    coverage = Coverage([Phrase("党建引领"), Phrase("引领"), Phrase("湖")], {"党建": 2.0, "引领": 3.0})
    assert [coverage.of(terms) for terms in coverage.terms] == [5.0, 3.0, 3.0]
    assert coverage.of(coverage.terms[0] | coverage.terms[2]) == 8.0
    assert coverage.of(0) == 0


@pytest.mark.parametrize("query", ["9" * 1_000_000, "1" + "万" * 9000, "一点二" + "亿" * 9000 + "个"])
def test_huge_numbers_are_texts(analyzer: Analyzer, query: str) -> None:
    """Nobody writes them otherwise, and no library refuses them with an error of its own."""
    numbers = count()
    for match in ("all", "any"):
        assert understood(query, analyzer, match) is not None
        next(numbers)
    assert next(numbers) == 2


def test_a_text_is_asked_for_each_character_once() -> None:
    """However often the phrase repeats it; a text that is shorter than the phrase is not asked at all."""

    class Asked(str):
        __slots__ = ("times",)

        def __contains__(self, key: object) -> bool:
            self.times = getattr(self, "times", 0) + 1
            return super().__contains__(key)  # type: ignore[operator]

    raw = UnfoldedPattern("党" * 4000, exact=False)
    short, long = Asked("党建" * 100), Asked("党建引" * 3000)
    assert not list(raw.spans(short))
    assert not hasattr(short, "times")
    assert not list(raw.spans(long))
    assert long.times <= 2


def test_reading_words_and_synonyms_grows_with_them() -> None:
    """And so does looking for them in a text."""
    counts = []
    for size in (300, 600):
        words = NamedText("words.txt", "".join(f"词语{n}\n" for n in range(size)).encode())
        synonyms = NamedText("synonyms.txt", "".join(f"词{n}a=语{n}\n" for n in range(size)).encode())

        def read(words: NamedText = words, synonyms: NamedText = synonyms, size: int = size) -> None:
            lexicon = read_lexicon(words, synonyms)
            assert len(list(lexicon.words_in("词语7，" * size))) == size

        counts.append(lines_run(read))
    assert counts[1] < 2.5 * counts[0] + 900


@pytest.mark.parametrize("char", ["a", "9", "新", "Ａ", "カ", "𠮷"])
def test_a_row_without_spaces_is_folded_and_cut_once(analyzer: Analyzer, char: str) -> None:
    """Whatever its length, so that one article cannot hold up the others."""
    counts = []
    for size in (3000, 6000):
        record = record_of(Article(id="1", body=char * size))
        counts.append(lines_run(lambda record=record: analyze(analyzer, Batch(0, [record]))))  # type: ignore[misc]
    assert counts[1] < 2.5 * counts[0] + 2000
