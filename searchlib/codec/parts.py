"""
A batch of articles analysed: what a segment needs of them, in arrays that can travel between processes.

A part depends on its articles alone, so that it does not matter where, or in
which order, the parts of a segment are made. Words come from one call of the
cutting engine for the batch; characters and their pairs from its code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from searchlib.analysis import Analyzer
from searchlib.analysis.batches import (
    COMMON_HAN,
    CONNECTOR,
    END,
    END_OF_LINE,
    RARE_HAN,
    Folded,
    Places,
    decoded,
    units_of_run,
    words_of_run,
)
from searchlib.analysis.folding import BORDER
from searchlib.codec.documents import full_date, stored_values
from searchlib.codec.fields import DOC_BITS, I64, U64, Occurrences
from searchlib.codec.records import article_of
from searchlib.model import TEXT_FIELDS

FIRST_UNIT = 1 << 21
"""Codes from here on stand for units that are no single Han character, by their number in the part."""

CODE_BITS = 22
_CODE_MASK = np.uint64((1 << CODE_BITS) - 1)
_BORDER_CODE = 10
_GONE = 0xFFFFFFFF


class Numbers(dict[str, int]):
    """Gives each new string the next number."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number

    def of(self, texts: Sequence[str]) -> U64:
        """Return the number of each text, a new one for a text not seen before."""
        return np.fromiter(map(self.__getitem__, texts), np.uint64, len(texts))


@dataclass
class Batch:
    """Records of articles, and the place in the segment of the first one."""

    first: int
    records: list[bytes]
    own: tuple[str, ...] = ()
    """The fields of one's own whose texts are analysed as well."""


@dataclass
class TermPart:
    """Terms as strings; the postings name them by their place in `texts`."""

    texts: list[str]
    found: Occurrences


@dataclass
class GramPart:
    """
    Units and pairs, each as two codes of `CODE_BITS`, the second 0 for a unit.

    `han` has those of Han alone, ascending; in `others` a code from `FIRST_UNIT` on is a place in `units`.
    """

    units: list[str]
    han: Occurrences
    others: Occurrences


@dataclass
class Part:
    """A batch analysed; documents are numbered as in the segment."""

    dates: list[int]
    stored_values: TermPart
    words: dict[str, TermPart]
    grams: dict[str, GramPart]
    lengths: dict[str, I64]


def analyze(analyzer: Analyzer, batch: Batch) -> Part:
    """Analyse the articles of a batch."""
    articles = [article_of(record) for record in batch.records]
    docs = range(batch.first, batch.first + len(articles))
    part = Part([], term_part([]), {}, {}, {})
    for article in articles:
        published = full_date(article.date)
        part.dates.append(int(published.replace("-", "")) if published else 0)
    part.stored_values = term_part(
        (value, doc) for article, doc in zip(articles, docs, strict=True) for value in stored_values(article)
    )
    for name in (*TEXT_FIELDS, *batch.own):
        texts = [
            (text, doc) for article, doc in zip(articles, docs, strict=True) for text in article.texts(name)
        ]
        if texts:
            folded = Folded([text for text, _ in texts])
            runs = folded.runs()
            text_docs = np.array([doc for _, doc in texts], np.uint64)[folded.texts]
            of_char = text_docs[folded.text_of]
            part.grams[name] = _grams(folded, runs, of_char)
            part.words[name], of_word = _words(analyzer, folded, runs, of_char, text_docs)
            part.lengths[name] = np.bincount(of_word - np.uint64(batch.first), minlength=len(articles))
    return part


def term_part(found: Iterable[tuple[str, int]]) -> TermPart:
    """Count terms, each given with its document."""
    pairs = list(found)
    numbers = Numbers()
    terms = numbers.of([term for term, _ in pairs])
    docs = np.array([doc for _, doc in pairs], np.uint64)
    return TermPart(list(numbers), Occurrences.of(terms << np.uint64(DOC_BITS) | docs))


Runs = tuple[list[str], Places, Places]


def _words(
    analyzer: Analyzer, folded: Folded, runs: Runs, of_char: U64, text_docs: U64
) -> tuple[TermPart, U64]:
    """Return the words of a field, and the document of each."""
    kinds = folded.kinds
    is_common = kinds == COMMON_HAN
    kept = is_common | (kinds == END)
    kept[1:] |= is_common[:-1]  # one border for all that stands between two runs of Han
    codes = np.where(is_common, folded.codes, np.where(kinds == END, 0, _BORDER_CODE))[kept]
    numbers = Numbers()
    end, between = numbers.of(["\0", BORDER])
    cut = numbers.of(analyzer.cut(decoded(codes.astype(np.uint32))))
    is_end = cut == end
    is_word = ~is_end & (cut != between)
    others = [words_of_run(run) for run in runs[0]]
    sizes = np.fromiter(map(len, others), np.int64, len(others))
    terms = np.concatenate([cut[is_word], numbers.of(list(chain.from_iterable(others)))])
    docs = np.concatenate(
        [text_docs[(np.cumsum(is_end) - is_end)[is_word]], np.repeat(of_char[runs[1]], sizes)]
    )
    return TermPart(list(numbers), Occurrences.of(terms << np.uint64(DOC_BITS) | docs)), docs


def _grams(folded: Folded, runs: Runs, of_char: U64) -> GramPart:
    kinds = folded.kinds
    codes = np.full(len(kinds), _GONE, np.uint32)
    is_han = kinds >= RARE_HAN
    codes[is_han] = folded.codes[is_han]
    codes[(kinds == END_OF_LINE) | (kinds == CONNECTOR)] = _BORDER_CODE
    codes[kinds == END] = 0
    numbers = Numbers()
    numbers[BORDER] = _BORDER_CODE - FIRST_UNIT
    texts, starts, ends = runs
    unhan = kinds[starts] != RARE_HAN
    units = [units_of_run(text) for text, chosen in zip(texts, unhan.tolist(), strict=True) if chosen]
    codes[_places(starts[unhan], (ends - starts)[unhan])] = _GONE
    sizes = np.fromiter(map(len, units), np.int64, len(units))
    flat = list(chain.from_iterable(units))
    numbered = np.fromiter(map(numbers.__getitem__, flat), np.int64, len(flat))
    # The border was the first: its number is negative, and the units' begin at 1.
    codes[_places(starts[unhan], sizes)] = (numbered + FIRST_UNIT).astype(np.uint32)
    kept = codes != _GONE
    codes, docs = codes[kept].astype(np.uint64), of_char[kept]
    is_unit = (codes != 0) & (codes != _BORDER_CODE)
    first = codes << np.uint64(CODE_BITS + DOC_BITS) | docs
    in_pair = is_unit[:-1] & is_unit[1:]
    pairs = first[:-1][in_pair] | codes[1:][in_pair] << np.uint64(DOC_BITS)
    keys = np.concatenate([first[is_unit], pairs])
    is_han_alone = np.concatenate(
        [
            codes[is_unit] < FIRST_UNIT,
            (codes[:-1] < FIRST_UNIT)[in_pair] & (codes[1:] < FIRST_UNIT)[in_pair],
        ]
    )
    return GramPart(list(numbers), Occurrences.of(keys[is_han_alone]), Occurrences.of(keys[~is_han_alone]))


def _places(starts: Places, sizes: Places) -> Places:
    """Return the places from each start on, so many each."""
    total = int(sizes.sum())
    return np.repeat(starts - (np.cumsum(sizes) - sizes), sizes) + np.arange(total)


def split_codes(coded: U64) -> tuple[U64, U64]:
    """Return the two codes of units and pairs."""
    return coded >> np.uint64(CODE_BITS), coded & _CODE_MASK
