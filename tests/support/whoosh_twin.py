"""The same articles in Whoosh's own codec, and a weighting for Whoosh's matchers that scores as we do."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from whoosh import fields, formats
from whoosh.analysis import Token
from whoosh.filedb.filestore import RamStorage
from whoosh.scoring import BaseScorer, WeightingModel

from searchlib import Article
from searchlib.analysis import Analyzer, clean_text, fold, grams_of, rows_of_units, simplify
from searchlib.model import TEXT_FIELDS
from searchlib.scoring.bm25f import K1, SHARES, B
from searchlib.stored_values import stored_values

BETWEEN = "\x1f"
GRAMS = "_grams"

Terms = Mapping[str, list[str]]
"""For each field an article's terms in their order, empty strings where positions are left free."""


def terms_of(article: Article, analyzer: Analyzer) -> dict[str, list[str]]:
    """Return what an index holds of an article, from the rules alone."""
    found: dict[str, list[str]] = {"id": [article.id], "characters": []}
    for name in TEXT_FIELDS:
        found[name], found[name + GRAMS] = [], []
        for text in article.texts(name):
            found[name] += analyzer.words(clean_text(text))
            for row in rows_of_units(simplify(fold(text))):
                found[name + GRAMS] += grams_of(row)
                found["characters"] += [*row, ""]
            found["characters"].append("")
    found["date"] = [article.date] if article.date and len(article.date) == len("2024-08-09") else []
    found["stored_values"] = list(stored_values(article))
    return found


def _cut(value: str, *, positions: bool = False, start_pos: int = 0, **_options: Any) -> Iterator[Token]:
    token = Token(positions, removestops=False)
    token.boost = 1.0
    for place, text in enumerate(value.split(BETWEEN), start_pos):
        if text:
            token.text, token.stopped = text, False
            if positions:
                token.pos = place
            yield token


class _Given(fields.FieldType):  # type: ignore[misc]
    """A field whose terms are given, joined by `BETWEEN`."""

    def __init__(self, *, positions: bool) -> None:
        self.format = formats.Positions() if positions else formats.Frequency()
        self.analyzer = _cut
        self.scorable = True
        self.vector = None
        self.stored = self.unique = self.spelling = False
        self.set_sortable(False)


class Twin:
    """An index in memory, in Whoosh's default codec; a batch is a segment."""

    def __init__(self) -> None:
        schema = fields.Schema(key=fields.ID(stored=True, unique=True))
        for name in ("id", "date", "stored_values", "characters"):
            schema.add(name, _Given(positions=name == "characters"))
        for name in TEXT_FIELDS:
            schema.add(name, _Given(positions=False))
            schema.add(name + GRAMS, _Given(positions=False))
        self.index = RamStorage().create_index(schema)

    def add(self, batch: Mapping[str, Terms]) -> None:
        """Add articles by id, replacing those that are there."""
        writer = self.index.writer()
        for key in batch:
            writer.delete_by_term("key", key)
        for key, terms in batch.items():
            held = {name: BETWEEN.join(found) for name, found in terms.items() if any(found)}
            writer.add_document(key=key, **held)
        writer.commit(merge=False)

    def delete(self, keys: Iterable[str]) -> None:
        """Mark articles as deleted."""
        writer = self.index.writer()
        for key in keys:
            writer.delete_by_term("key", key)
        writer.commit(merge=False)


class Bm25(WeightingModel):  # type: ignore[misc]
    """
    BM25 of one field with weight 1, as `embedded.search.bm25f` has it: deleted articles do not count.

    Args:
        length_of: Returns how many words a document of a segment's searcher has in a field.
        means: The mean of these lengths for each text field.
    """

    def __init__(
        self, length_of: Callable[[Any, int, str], int], means: Mapping[str, float], articles: int
    ) -> None:
        self._length_of = length_of
        self._means = means
        self._articles = articles

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: int = 1) -> _Scorer:  # noqa: ARG002
        """Return what scores a term's postings."""
        holders = sum(1 for _ in searcher.get_parent().reader().postings(fieldname, text).all_ids())
        idf = math.log(1 + (self._articles - holders + 0.5) / (holders + 0.5))
        name = fieldname.removesuffix(GRAMS)

        def norm(doc: int) -> float:
            if name not in TEXT_FIELDS:
                return 1.0
            length = max(1, self._length_of(searcher, doc, name))
            return 1 - B + B * length / self._means[name]

        return _Scorer(SHARES["pair" if fieldname.endswith(GRAMS) else "word"] * idf, norm)


class _Scorer(BaseScorer):  # type: ignore[misc]
    def __init__(self, idf: float, norm: Callable[[int], float]) -> None:
        self._idf = idf
        self._norm = norm

    def supports_block_quality(self) -> bool:
        return False

    def max_quality(self) -> float:
        return self._idf

    def score(self, matcher: Any) -> float:
        tf = matcher.weight() / self._norm(matcher.id())
        return float(self._idf * tf / (K1 + tf))
