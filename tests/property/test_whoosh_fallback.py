"""Whoosh's own queries on our index, beside brute force, beside Whoosh's own codec, beside our arrays."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import whoosh.index
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from reference import Reference
from strategies import articles, plain_text
from whoosh import query as q
from whoosh_twin import GRAMS, Bm25, Twin, terms_of

import searchlib
from searchlib import Article, Index
from searchlib.analysis import Analyzer, clean_text
from searchlib.model import TEXT_FIELDS
from searchlib.query.nodes import Phrase
from searchlib.query.parser import parse

PIECES = ["党建", "引领", "黨建", "治理", "青", "岛", "湖", "的", "5G", "5", "ab", "abc", "Wi-Fi", "9.09%"]
PIECES += ["，", "。", "\n", " ", "89.09%", "企业", "カタ", "é"]
PAGES = ("", "A01", "A05")
FIELDS = ("body", "headline", f"body{GRAMS}", "characters")
OTHERS = ("id", "date", "stored_values", "authors")
TOLERANCE = 1e-5
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Every step of shrinking would build two indexes: minutes, and what is drawn is small enough to read."""

texts = st.lists(st.sampled_from(PIECES), max_size=10).map("".join) | plain_text(12)


@dataclass(frozen=True)
class Collection:
    """The same articles three times, and the terms of each."""

    index: Index
    twin: Twin
    terms: dict[str, dict[str, list[str]]]
    reference: Reference


def _positions(terms: Sequence[str]) -> Iterator[int]:
    return (place for place, term in enumerate(terms) if term)


def matches(tree: Any, terms: Mapping[str, Sequence[str]]) -> bool:
    """Tell from an article's terms whether it matches a tree of Whoosh's."""
    if isinstance(tree, (q.And, q.Or, q.DisjunctionMax)):
        return (all if isinstance(tree, q.And) else any)(matches(one, terms) for one in tree.subqueries)
    if isinstance(tree, q.Not):
        return not matches(tree.query, terms)
    if isinstance(tree, q.AndNot):
        return matches(tree.a, terms) and not matches(tree.b, terms)
    if isinstance(tree, q.AndMaybe):
        return matches(tree.a, terms)
    return _stands(tree, terms)


def _stands(tree: Any, terms: Mapping[str, Sequence[str]]) -> bool:
    """Return whether an article has what a leaf asks for."""
    if isinstance(tree, q.Phrase):
        row = list(terms["characters"])
        return any(row[place : place + len(tree.words)] == tree.words for place in _positions(row))
    held = list(filter(None, terms.get(tree.fieldname, ())))
    if isinstance(tree, q.Every):
        return bool(held) or tree.fieldname is None
    asks = {
        q.Term: lambda term: term == tree.text,
        q.Prefix: lambda term: term.startswith(tree.text),
        q.Wildcard: lambda term: re.match(fnmatch.translate(tree.text), term),
        q.FuzzyTerm: lambda term: _within_one(tree.text, term, tree.prefixlength),
        q.TermRange: lambda term: tree.start <= term <= tree.end,
    }[type(tree)]
    return any(map(asks, held))


def _within_one(wanted: str, term: str, prefix: int) -> bool:
    """Return whether two words differ in one insertion, deletion or change at most, after a common prefix."""
    if wanted[:prefix] != term[:prefix]:
        return False
    short, long = sorted((wanted[prefix:], term[prefix:]), key=len)
    same = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        return short[same + 1 :] == long[same + 1 :]
    return short[same:] == long[same + 1 :]


@st.composite
def leaves(draw: st.DrawFn, terms: Mapping[str, Sequence[str]]) -> Any:
    """Draw a leaf whose words are in the collection, or nearly."""
    name = draw(st.sampled_from([*FIELDS, *FIELDS, *OTHERS]))
    word = draw(st.sampled_from([*terms[name], "火星"]))
    place = draw(st.integers(0, len(word) - 1))
    kind = draw(
        st.sampled_from(
            ["term", "term", "term", "prefix", "wildcard", "range", "every", "phrase", "fuzzy", "max"]
        )
    )
    if kind == "prefix":
        return q.Prefix(name, word[: place + 1])
    if kind == "wildcard":
        middle = draw(st.sampled_from(["*", "?", "*?"]))
        return q.Wildcard(name, draw(st.sampled_from(["", "*"])) + word[:place] + middle + word[place + 1 :])
    if kind == "range":
        return q.TermRange(name, *sorted([word, draw(st.sampled_from(terms[name] or ["一"]))]))
    if kind == "every":
        return q.Every(draw(st.sampled_from([None, name])))
    if kind == "max":  # of terms alone: of matchers that end early Whoosh's maximum loses the others
        others = draw(st.lists(st.sampled_from([word, *terms[name]]), min_size=1, max_size=2))
        return q.DisjunctionMax([q.Term(name, one) for one in [word, *others]])
    if kind == "fuzzy":
        return q.FuzzyTerm(name, word, maxdist=1, prefixlength=draw(st.integers(0, 1)))
    if kind == "phrase":
        row = list(terms["characters"])
        start = draw(st.integers(0, len(row)))
        words = row[start : start + draw(st.integers(1, 4))] or ["火", "星"]
        return q.Phrase("characters", draw(st.sampled_from([words, words[::-1]])))
    return q.Term(name, word)


def trees(terms: Mapping[str, Sequence[str]]) -> st.SearchStrategy[Any]:
    """Draw trees of Whoosh's queries; `Not` by itself is wrong in Whoosh, see the last test."""

    def joined(below: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        several, pair = st.lists(below, min_size=2, max_size=3), st.tuples(below, below)
        return st.one_of(
            several.map(q.And),
            several.map(q.Or),
            pair.map(lambda two: q.And([two[0], q.Not(two[1])])),
            pair.map(lambda two: q.AndNot(*two)),
            pair.map(lambda two: q.AndMaybe(*two)),
        )

    return st.recursive(leaves(terms), joined, max_leaves=6)


def build(folder: str, analyzer: Analyzer, batches: list[list[Article]], data: st.DataObject) -> Collection:
    """Put the articles into both indexes, a batch a segment, and take some out again."""
    index, twin = searchlib.open(Path(folder) / "index"), Twin()
    kept: dict[str, Article] = {}
    for batch in batches:
        first = data.draw(st.integers(0, 5), label="first")
        added = {
            f"{number:03d}": Article(
                id=f"{number:03d}",
                headline=article.headline,
                body=article.body,
                authors=article.authors,
                date=article.date,
                page=PAGES[number % 3],
            )
            for number, article in enumerate(batch, first)
        }
        index.add(added.values())
        twin.add({key: terms_of(article, analyzer) for key, article in added.items()})
        kept |= added
    gone = data.draw(st.lists(st.sampled_from(sorted(kept)), max_size=3, unique=True), label="gone")
    index.delete(gone)
    twin.delete(gone)
    left = {key: article for key, article in kept.items() if key not in gone}
    terms = {key: terms_of(article, analyzer) for key, article in left.items()}
    return Collection(index, twin, terms, Reference(left.values(), analyzer))


def our_scores(made: Collection, tree: Any, limit: int | None = None, mask: Any = None) -> dict[str, float]:
    """Return what Whoosh's matchers find and score on our index; lengths come from our codec."""

    def length_of(searcher: Any, doc: int, name: str) -> int:
        return int(searcher.doc_field_length(doc, name))

    with whoosh.index.open_dir(str(made.index.path)).searcher(weighting=_model(made, length_of)) as searcher:
        return {hit["article"]["id"]: hit.score for hit in searcher.search(tree, limit=limit, mask=mask)}


def twin_scores(made: Collection, tree: Any) -> dict[str, float]:
    """Return the same of the twin; it keeps lengths in a byte, so they are counted from the terms."""

    def length_of(searcher: Any, doc: int, name: str) -> int:
        return len(made.terms[searcher.stored_fields(doc)["key"]][name])

    with made.twin.index.searcher(weighting=_model(made, length_of)) as searcher:
        return {hit["key"]: hit.score for hit in searcher.search(tree, limit=None)}


def _model(made: Collection, length_of: Any) -> Bm25:
    return Bm25(length_of, made.reference._mean_lengths, len(made.terms))


BATCHES = st.lists(st.lists(articles(texts), min_size=1, max_size=5), min_size=1, max_size=3)


@settings(max_examples=max(40, settings().max_examples // 4), phases=UNSHRUNK)
@given(BATCHES, st.data())
def test_whoosh_finds_on_our_index_what_the_terms_say(
    analyzer: Analyzer, batches: list[list[Article]], data: st.DataObject
) -> None:
    """Random trees of Whoosh's own queries: the same as brute force and as Whoosh's own codec."""
    with TemporaryDirectory() as folder:
        made = build(folder, analyzer, batches, data)
        with made.index:
            names = {name for terms in made.terms.values() for name in terms} | {*FIELDS, *OTHERS}
            vocabulary = {name: _all_terms(made, name) for name in names}
            for _ in range(6):
                tree = data.draw(trees(vocabulary), label="tree")
                found, theirs = our_scores(made, tree), twin_scores(made, tree)
                assert set(found) == set(theirs)
                if not _holds(tree, (q.Not, q.AndNot)):  # wrong in Whoosh, see the last test
                    assert set(found) == {key for key, terms in made.terms.items() if matches(tree, terms)}
                # Whether Whoosh scores a prefix by one depends on how many terms a segment has, deleted too.
                if not _holds(tree, (q.Not, q.AndNot, q.MultiTerm)):
                    assert found == pytest.approx(theirs, abs=TOLERANCE)
                    best = list(our_scores(made, tree, limit=3).values())
                    assert best == pytest.approx(sorted(found.values())[::-1][:3], abs=TOLERANCE)


def _holds(tree: Any, kinds: Any) -> bool:
    return isinstance(tree, kinds) or any(_holds(child, kinds) for child in tree.children())


def _all_terms(made: Collection, name: str) -> list[str]:
    """Return a field's terms; characters in the order of their texts, borders as empty strings left out."""
    every = [term for terms in made.terms.values() for term in terms.get(name, ()) if term]
    return every if name == "characters" else sorted(set(every))


WORDS = ["党建", "引领", "黨建", "治理", "青", "湖", "企业", "5", "ab", "abc"]


@settings(max_examples=max(40, settings().max_examples // 4), phases=UNSHRUNK)
@given(BATCHES, st.data())
def test_our_arrays_score_as_whooshs_matchers_do(
    analyzer: Analyzer, batches: list[list[Article]], data: st.DataObject
) -> None:
    """The same trees of words, with AND, OR and NOT, in one field with weight 1: articles, scores, order."""
    with TemporaryDirectory() as folder:
        made = build(folder, analyzer, batches, data)
        with made.index:
            for _ in range(4):
                words = data.draw(
                    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique_by=_term), label="words"
                )
                name = data.draw(st.sampled_from(["body", "headline"]), label="field")
                typed, tree, mask = _both(words, name, analyzer, data)
                ours = made.index.search(
                    typed,
                    match="all",
                    limit=None,
                    snippets=0,
                    equivalences=["script"],
                    boosts=dict.fromkeys(TEXT_FIELDS, 1.0),
                )
                theirs = our_scores(made, tree, mask=mask)
                scores = {hit.id: hit.score for hit in ours}
                assert scores == pytest.approx(theirs, abs=TOLERANCE), typed
                assert [hit.id for hit in ours] == sorted(scores, key=lambda key: (-scores[key], key)), typed


def _term(word: str) -> str:
    """Return the term that a word is: two that are one term are counted once by us, twice by Whoosh."""
    return word.replace("黨", "党")


def _both(words: list[str], name: str, analyzer: Analyzer, data: st.DataObject) -> tuple[str, Any, Any]:
    """Return a question typed for us, as a tree of Whoosh's, and what Whoosh is to leave out."""
    typed = [f"{name}:{word}" for word in words]
    asked = [_as_terms(one, analyzer) for one in typed]
    how = data.draw(st.sampled_from(["and", "or", "but"]), label="how")
    if how == "but" and len(words) > 1:
        return f"{' '.join(typed[1:])} -{typed[0]}", q.And(asked[1:]), asked[0]
    if how == "or":
        return " OR ".join(typed), q.Or(asked), None
    return " ".join(typed), q.And(asked), None


def _as_terms(typed: str, analyzer: Analyzer) -> Any:
    """Return a word of one or two units as Whoosh's terms: the last gram must stand, all terms are scored."""
    leaf = parse(typed, analyzer, match="all", exact=False)
    assert isinstance(leaf, Phrase)
    name = str(leaf.field)
    words = [q.Term(name, word) for word in dict.fromkeys(analyzer.words(clean_text(leaf.clean)))]
    grams = terms_of(Article(body=leaf.clean), analyzer)["body_grams"]
    return q.AndMaybe(q.Term(name + GRAMS, grams[-1]), q.Or(words))


def test_whoosh_excludes_wrongly_in_every_codec(analyzer: Analyzer, tmp_path: Path) -> None:
    """
    Whoosh's `InverseMatcher` forgets deletions behind its child's last posting, its `AndNotMatcher` what
    stands before the first posting of its first child (whoosh3 3.54, Whoosh 2.7.4). Where this test fails,
    Whoosh has mended it, and the trees above can be drawn with `Not` and compared with the terms.
    """
    batch = [Article(id=str(n), headline="湖" * (n > 0), body="湖水") for n in range(3)]
    with searchlib.open(tmp_path / "index") as index:
        index.add(batch)
        index.delete("2")
        twin = Twin()
        twin.add({article.id: terms_of(article, analyzer) for article in batch})
        twin.delete("2")
        terms = {article.id: terms_of(article, analyzer) for article in batch[:2]}
        made = Collection(index, twin, terms, Reference(batch[:2], analyzer))
        for tree, wrong in [
            (q.Not(q.Term("body", "湖水")), {"2"}),
            (q.AndNot(q.Term("headline", "湖"), q.Term("body", "湖水")), {"1"}),
        ]:
            assert set(our_scores(made, tree)) == set(twin_scores(made, tree)) == wrong
            assert not any(matches(tree, held) for held in terms.values())
