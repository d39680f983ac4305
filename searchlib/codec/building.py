"""
Articles to one segment: analysed in batches, counted in arrays, sorted once.

Words come from one call of the cutting engine for a batch; characters and their
pairs from the code points of the whole batch. The result is what the analyzer
gives article by article, which the tests hold it to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from searchlib.analysis import Analyzer, border_text, clean_and_simplify, is_han
from searchlib.analysis.analyzer import COMPOUND, compound_words
from searchlib.analysis.folding import HAN, UNIT
from searchlib.analysis.grams import MAX_TERM_CHARS, joined
from searchlib.analysis.words import JIEBA_HAN, KANA
from searchlib.codec import schema
from searchlib.codec.articles import ArticleWriter
from searchlib.codec.documents import full_date, stored_values
from searchlib.codec.fields import (
    DOC_BITS,
    I64,
    U64,
    Occurrences,
    Ranking,
    SortedField,
    firsts_of,
    ranks_of_ids,
)
from searchlib.codec.kinds import write_fused
from searchlib.codec.postings import MAX_DOCS
from searchlib.codec.sections import SectionWriter
from searchlib.codec.terms import pack_pairs
from searchlib.model import TEXT_FIELDS, Article

_BATCH_CHARS = 500_000
_BATCH_DOCS = 2_000
_SEGMENT_CHARS = 10_000_000
_BETWEEN = "\0"
_NOT_JIEBA = re.compile(f"[^{JIEBA_HAN}{_BETWEEN}]+")
_OTHER_WORD = re.compile(rf"{_BETWEEN}|[{KANA}]+|(?![{JIEBA_HAN}])[{HAN}]|{COMPOUND}")
_NOT_HAN = re.compile(rf"[^{HAN}\n{_BETWEEN}]+")

_FIRST_UNIT = 1 << 21
"""Codes from here on stand for units that are no single Han character."""
_CODE_BITS = 22
_BORDER_CODE = 10
_GONE = 0xFFFFFFFF


class _Numbers(dict[str, int]):
    """Gives each new string the next number."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


class TermCollector:
    """Collects the terms of one field, given as strings."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._parts: list[Occurrences] = []

    def numbers(self, words: Sequence[str]) -> U64:
        """Return the number of each word, a new one for a word not seen before."""
        return np.fromiter(map(self._numbers.__getitem__, words), np.uint64, len(words))

    def add(self, numbers: U64, docs: U64) -> None:
        """Take terms by number with their documents, which no other call may name again."""
        self._parts.append(Occurrences.of(numbers << np.uint64(DOC_BITS) | docs))

    def sorted(self) -> SortedField | None:
        """Return the field as it is written, None when it has no term."""
        found = _joined(self._parts)
        if not len(found.values):
            return None
        numbers = np.unique(found.terms)  # a number may have been given to what is no word
        texts = list(self._numbers)
        ranking = Ranking.of([texts[number] for number in numbers.tolist()])
        ranks = np.zeros(len(texts), np.uint64)
        ranks[numbers] = ranking.ranks
        many = found.many_keys >> np.uint64(DOC_BITS)
        found = found.renamed(ranks[found.terms], ranks[many])
        return SortedField.of(ranking.packed, ranking.strings, found)


class GramCollector:
    """Collects a text field's units and pairs, each as two codes of 22 bits, the second 0 for a unit."""

    def __init__(self) -> None:
        self._units = _Numbers()
        self._parts: list[Occurrences] = []

    def add(self, text: str, docs: I64) -> None:
        """Take the bordered texts of a batch, each ended by NUL; *docs* are their documents."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).copy()
        places: list[int] = []
        numbers: list[int] = []
        gone: list[int] = []
        for match in _NOT_HAN.finditer(text):
            place = match.start()
            for unit in UNIT.findall(match.group()):
                places.append(place)
                numbers.append(_FIRST_UNIT + self._units[unit[:MAX_TERM_CHARS]])
                place += 1
            gone.extend(range(place, match.end()))
        codes[places] = numbers
        codes[gone] = _GONE
        codes = codes[codes != _GONE].astype(np.uint64)
        ends = codes == 0
        text_of = np.cumsum(ends) - ends
        of_doc = docs.astype(np.uint64)[text_of]
        is_unit = ~ends & (codes != _BORDER_CODE)
        first = codes << np.uint64(_CODE_BITS + DOC_BITS)
        in_pair = is_unit[:-1] & is_unit[1:]
        pairs = first[:-1][in_pair] | codes[1:][in_pair] << np.uint64(DOC_BITS) | of_doc[:-1][in_pair]
        self._parts.append(Occurrences.of(np.concatenate([(first | of_doc)[is_unit], pairs])))

    def sorted(self) -> SortedField | None:
        """Return the field as it is written, None when it has no term."""
        found = _joined(self._parts)
        if not len(found.values):
            return None
        found.values.sort()
        terms = found.terms
        starts = firsts_of(terms)
        coded = terms[starts]
        first, second = coded >> np.uint64(_CODE_BITS), coded & np.uint64((1 << _CODE_BITS) - 1)
        is_han = (first < _FIRST_UNIT) & (second < _FIRST_UNIT)
        texts = list(self._units)
        others = [_text(int(a), int(b), texts) for a, b in zip(first[~is_han], second[~is_han], strict=True)]
        ranking = Ranking.of(others, pack_pairs(first[is_han], second[is_han]))
        ranks = np.empty(len(coded), np.uint64)
        ranks[is_han], ranks[~is_han] = np.split(ranking.ranks, [int(is_han.sum())])
        sizes = np.diff(np.concatenate([starts, [len(terms)]]))
        many = ranks[np.searchsorted(coded, found.many_keys >> np.uint64(DOC_BITS))]
        found = found.renamed(np.repeat(ranks, sizes), many)
        return SortedField.of(ranking.packed, ranking.strings, found)


def _sorted(collectors: Mapping[str, TermCollector | GramCollector]) -> dict[str, SortedField]:
    found = {name: collector.sorted() for name, collector in collectors.items()}
    return {name: field for name, field in found.items() if field is not None}


def _joined(parts: list[Occurrences]) -> Occurrences:
    """Put parts together and let go of them: memory is what limits a segment."""
    found = Occurrences.joined(parts)
    parts.clear()
    return found


def _text(first: int, second: int, units: list[str]) -> str:
    """Return the unit of a code, or the pair of two."""
    texts = [
        units[code - _FIRST_UNIT] if code >= _FIRST_UNIT else chr(code) for code in (first, second) if code
    ]
    return joined(*texts) if len(texts) > 1 else texts[0]


class SegmentBuilder:
    """Takes articles until it is full or asked to write its segment."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._cut = analyzer.cut
        self._articles = ArticleWriter()
        self._keys = {
            name: TermCollector() for name in (schema.ID, schema.FILE, schema.DATE, schema.STORED_VALUES)
        }
        self._words = {name: TermCollector() for name in TEXT_FIELDS}
        self._grams = {name: GramCollector() for name in TEXT_FIELDS}
        self._lengths: dict[str, list[I64]] = {name: [] for name in TEXT_FIELDS}
        self._dates: list[int] = []
        self._ids: list[str] = []
        self._batch: list[Article] = []
        self._files: list[str] = []
        self._batch_chars = 0
        self._chars = 0

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def is_full(self) -> bool:
        """Whether the segment should be written before more is added: by documents, or by memory."""
        return len(self) >= MAX_DOCS or self._chars >= _SEGMENT_CHARS

    def add(self, article: Article, file: str = "") -> None:
        """Take one article, and the file that it came from."""
        record = {name: value for name, value in article.to_dict().items() if value not in ("", None, [], {})}
        self._articles.add(json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=str))
        published = full_date(article.date)
        self._dates.append(int(published.replace("-", "")) if published else 0)
        self._ids.append(article.id)
        self._files.append(file)
        self._batch.append(article)
        size = sum(len(text) for name in TEXT_FIELDS for text in article.texts(name))
        self._batch_chars += size
        self._chars += size
        if self._batch_chars >= _BATCH_CHARS or len(self._batch) >= _BATCH_DOCS:
            self._analyze()

    def _analyze(self) -> None:
        """Turn the batch into arrays."""
        first = len(self) - len(self._batch)
        values = [(value, doc) for doc, a in enumerate(self._batch, first) for value in stored_values(a)]
        self._add_keys(schema.STORED_VALUES, values)
        for name in TEXT_FIELDS:
            texts = [
                (text, doc) for doc, article in enumerate(self._batch, first) for text in article.texts(name)
            ]
            cleaned = [(clean_and_simplify(text), doc) for text, doc in texts]
            docs = np.array([doc for _, doc in cleaned], np.int64)
            big = "".join(clean + _BETWEEN for clean, _ in cleaned)
            lengths = np.zeros(len(self._batch), np.int64)
            if len(docs):
                self._grams[name].add(border_text(big), docs)
                lengths = self._add_words(name, big, docs, first)
            self._lengths[name].append(lengths)
        self._batch.clear()
        self._batch_chars = 0

    def _add_words(self, name: str, big: str, docs: I64, first: int) -> I64:
        """Take the words of a batch; return how many each document has."""
        collector = self._words[name]
        end, between = collector.numbers([_BETWEEN, "\n"])
        cut = collector.numbers(self._cut(_NOT_JIEBA.sub("\n", big)))
        is_end = cut == end
        is_word = ~is_end & (cut != between)
        others = self._others(big)
        numbers = np.concatenate([cut[is_word], collector.numbers([word for word, _ in others])])
        text_of = np.concatenate(
            [(np.cumsum(is_end) - is_end)[is_word], np.array([n for _, n in others], np.int64)]
        )
        of_doc = docs[text_of]
        collector.add(numbers, of_doc.astype(np.uint64))
        return np.bincount(of_doc - first, minlength=len(self._batch))

    @staticmethod
    def _others(big: str) -> list[tuple[str, int]]:
        """Return the words that are not jieba's, each with the number of its text."""
        found: list[tuple[str, int]] = []
        number = 0
        for match in _OTHER_WORD.finditer(big):
            word = match.group()
            if word == _BETWEEN:
                number += 1
            elif is_han(word[0]):
                found.append((word, number))
            else:
                found += [(part, number) for part, *_ in compound_words(word)]
        return found

    def _add_keys(self, name: str, found: Iterable[tuple[str, int]]) -> None:
        pairs = list(found)
        if pairs:
            collector = self._keys[name]
            collector.add(
                collector.numbers([key for key, _ in pairs]), np.array([doc for _, doc in pairs], np.uint64)
            )

    def write(self, path: Path) -> None:
        """Write the segment's file, forced to the disk."""
        if self._batch:
            self._analyze()
        self._add_keys(schema.ID, ((key, doc) for doc, key in enumerate(self._ids)))
        self._add_keys(schema.FILE, ((file, doc) for doc, file in enumerate(self._files) if file))
        dates = (
            (f"{d // 10000:04d}-{d // 100 % 100:02d}-{d % 100:02d}", doc)
            for doc, d in enumerate(self._dates)
            if d
        )
        self._add_keys(schema.DATE, dates)
        with SectionWriter(path) as writer:
            for name, collector in self._keys.items():
                field = collector.sorted()
                if field is not None:
                    field.write(writer, name)
                if name == schema.ID:
                    writer.add("ids", ranks_of_ids(field))
            write_fused(writer, schema.TEXT, _sorted(self._words))
            write_fused(writer, schema.TEXT_GRAMS, _sorted(self._grams))
            for name in TEXT_FIELDS:
                lengths = np.concatenate(self._lengths[name])
                if lengths.any():
                    writer.add(f"lengths/{name}", lengths.astype(np.min_scalar_type(int(lengths.max()))))
            writer.add("dates", np.array(self._dates, np.uint32))
            self._articles.write(writer)
            writer.finish()
