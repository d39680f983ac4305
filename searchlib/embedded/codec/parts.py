"""
Articles to an analysed batch: words come from one call of the cutting engine, pairs from code points.

Where the kernel counts, it is given the texts, and what it cannot know of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from searchlib.analysis import Analyzer, is_han
from searchlib.analysis.folding import BORDER
from searchlib.arrays import I64, U64, np
from searchlib.article_json import article_of_text
from searchlib.dates import number_of
from searchlib.embedded.codec.analyzed_batch import (
    CODE_BITS,
    FIRST_UNIT,
    UNIT_BITS,
    AnalyzedBatch,
    Batch,
    GramPart,
    TermPart,
)
from searchlib.embedded.codec.batches import (
    COMMON_HAN,
    CONNECTOR,
    END,
    END_OF_LINE,
    RARE_HAN,
    Folded,
    Places,
    decode_codes,
    units_of_run,
    words_of_run,
)
from searchlib.embedded.codec.field_sections import DOC_BITS, Occurrences
from searchlib.embedded.codec.kernel_texts import Edge, edge
from searchlib.embedded.codec.schema import in_order
from searchlib.embedded.codec.term_dict import encode
from searchlib.embedded.codec.text_slices import slice_texts, split_long, units_at_cut
from searchlib.model import TEXT_FIELDS, Article
from searchlib.scoring.headline_match import strip_text, text_check
from searchlib.stored_values import full_date, stored_values

if TYPE_CHECKING:
    from searchlib.native import _kernel

_MOST_LOOSE = 1 << 20
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


def analyze(analyzer: Analyzer, batch: Batch) -> AnalyzedBatch:
    """Analyse the articles of a batch."""
    articles = [article_of_text(text) for text in batch.texts]
    docs = range(batch.first, batch.first + len(articles))
    part = AnalyzedBatch([], [], term_part([]), {}, {}, {})
    for article in articles:
        published = full_date(article.date)
        part.dates.append(number_of(published) if published else 0)
    part.stored_values = term_part(
        (value, doc) for article, doc in zip(articles, docs, strict=True) for value in stored_values(article)
    )
    if batch.counter is not None:
        _count(batch.counter, batch, articles, part)
        return part
    part.headlines = [text_check(strip_text(article.headline)) for article in articles]
    for name in (*TEXT_FIELDS, *batch.own):
        texts = [
            (text, doc) for article, doc in zip(articles, docs, strict=True) for text in article.texts(name)
        ]
        if texts:
            field = _Field(analyzer, batch.first, len(articles))
            for some in slice_texts(texts, field.bridge):
                field.add(some)
            part.words[name], part.grams[name], part.lengths[name] = field.words, field.grams, field.lengths
    return part


def _count(
    counter: _kernel.TextCounter, batch: Batch, articles: Sequence[Article], part: AnalyzedBatch
) -> None:
    """Have the kernel count the texts of a batch."""
    names = in_order((*TEXT_FIELDS, *batch.own))
    texts: list[tuple[int, int, bytes]] = []
    cuts: list[tuple[int, int, Edge, Edge]] = []

    def pieces(text: str, doc: int, field: int) -> Iterator[str]:
        """Cut a long text up; the pairs between the pieces count as well."""

        def bridge(before: str, after: str, doc: int) -> None:
            found = units_at_cut(before, after)
            if found is not None:
                cuts.append((field, doc, edge(found[0]), edge(found[1])))

        return split_long(text, doc, bridge)

    for doc, article in enumerate(articles, batch.first):
        for field, name in enumerate(names):
            for text in article.texts(name):
                texts += [(field, doc, encode(piece)) for piece in pieces(text, doc, field)]
    headlines = [encode(article.headline) for article in articles]
    part.counted, part.headlines, lengths = counter.count(batch.first, len(articles), texts, cuts, headlines)
    part.lengths = {
        name: np.frombuffer(of, np.uint32).astype(np.int64) for name, of in zip(names, lengths, strict=True)
    }


class _Field:
    """One text field of a batch, slice by slice."""

    def __init__(self, analyzer: Analyzer, first: int, size: int) -> None:
        self._analyzer = analyzer
        self._first = first
        self.lengths: I64 = np.zeros(size, np.int64)
        self._word_numbers = Numbers()
        self._unit_numbers = Numbers()
        self._unit_numbers[BORDER] = _BORDER_CODE - FIRST_UNIT
        self._words: list[Occurrences] = []
        self._han: list[Occurrences] = []
        self._others: list[tuple[U64, Occurrences]] = []
        self._most = _MOST_LOOSE

    def bridge(self, before: str, after: str, doc: int) -> None:
        """Take the pair of units between which a text is cut, if they are in one row."""
        edges = units_at_cut(before, after)
        if edges is None:
            return
        codes = [ord(unit) if is_han(unit) else self._unit_numbers[unit] + FIRST_UNIT for unit in edges]
        one = np.array([doc], np.uint64)
        if max(codes) < FIRST_UNIT:
            pair = np.array([codes[0] << CODE_BITS | codes[1]], np.uint64)
            self._han.append(Occurrences.of(pair << np.uint64(DOC_BITS) | one))
        else:
            pair = np.array([codes[0] << UNIT_BITS | codes[1]], np.uint64)
            self._others.append((pair, Occurrences.of(one)))

    def add(self, texts: Sequence[tuple[str, int]]) -> None:
        """Take texts, each with its document."""
        folded = Folded([text for text, _ in texts])
        runs = folded.runs()
        text_docs = np.array([doc for _, doc in texts], np.uint64)[folded.texts]
        of_char = text_docs[folded.text_of]
        han, pairs, others = _grams(self._unit_numbers, folded, runs, of_char)
        self._han.append(han)
        self._others.append((pairs, others))
        run_words = (runs[0], of_char[runs[1]])
        words, of_word = _words(self._analyzer, self._word_numbers, folded, run_words, text_docs)
        self._words.append(words)
        self._compact()
        self.lengths += np.bincount(of_word - np.uint64(self._first), minlength=len(self.lengths))

    def _compact(self) -> None:
        """Count together what slices have in common, when there is as much again as last time."""
        if sum(len(part.values) for part in (*self._words, *self._han)) > self._most:
            self._words, self._han = [Occurrences.add_up(self._words)], [Occurrences.add_up(self._han)]
            pairs, others = pair_up(self._others)
            self._others = [(pairs, Occurrences.add_up(others))]
            kept = len(self._words[0].values) + len(self._han[0].values)
            self._most = max(_MOST_LOOSE, 2 * kept)

    @property
    def words(self) -> TermPart:
        """The words of all slices."""
        return TermPart(list(self._word_numbers), Occurrences.add_up(self._words))

    @property
    def grams(self) -> GramPart:
        """The units and pairs of all slices."""
        pairs, others = pair_up(self._others)
        return GramPart(
            list(self._unit_numbers), Occurrences.add_up(self._han), pairs, Occurrences.add_up(others)
        )


def pair_up(parts: Sequence[tuple[U64, Occurrences]]) -> tuple[U64, list[Occurrences]]:
    """Give the pairs of several parts one numbering: return all pairs, and each part with its numbers."""
    if len(parts) == 1:
        return parts[0][0], [parts[0][1]]
    pairs, places = np.unique(
        np.concatenate([np.empty(0, np.uint64), *(own for own, _ in parts)]), return_inverse=True
    )
    ends = np.cumsum([len(own) for own, _ in parts]).tolist()
    found = []
    for (own, occurrences), end in zip(parts, ends, strict=True):
        numbers = places[end - len(own) : end].astype(np.uint64)
        many = occurrences.many_keys >> np.uint64(DOC_BITS)
        found.append(occurrences.rename(numbers[occurrences.terms], numbers[many]))
    return pairs, found


def term_part(found: Iterable[tuple[str, int]]) -> TermPart:
    """Count terms, each given with its document."""
    pairs = list(found)
    numbers = Numbers()
    terms = numbers.of([term for term, _ in pairs])
    docs = np.array([doc for _, doc in pairs], np.uint64)
    return TermPart(list(numbers), Occurrences.of(terms << np.uint64(DOC_BITS) | docs))


Runs = tuple[list[str], Places, Places]


def _words(
    analyzer: Analyzer, numbers: Numbers, folded: Folded, runs: tuple[list[str], U64], text_docs: U64
) -> tuple[Occurrences, U64]:
    """Return the words of a field by their *numbers*, and the document of each; *runs* with theirs."""
    kinds = folded.kinds
    is_common = kinds == COMMON_HAN
    kept = is_common | (kinds == END)
    kept[1:] |= is_common[:-1]  # one border for all that is between two runs of Han
    codes = np.where(is_common, folded.codes, np.where(kinds == END, 0, _BORDER_CODE))[kept]
    end, between = numbers.of(["\0", BORDER])
    cut = numbers.of(analyzer.cut(decode_codes(codes.astype(np.uint32))))
    is_end = cut == end
    is_word = ~is_end & (cut != between)
    others = [words_of_run(run) for run in runs[0]]
    sizes = np.fromiter(map(len, others), np.int64, len(others))
    terms = np.concatenate([cut[is_word], numbers.of(list(chain.from_iterable(others)))])
    docs = np.concatenate([text_docs[(np.cumsum(is_end) - is_end)[is_word]], np.repeat(runs[1], sizes)])
    return Occurrences.of(terms << np.uint64(DOC_BITS) | docs), docs


def _grams(
    numbers: Numbers, folded: Folded, runs: Runs, of_char: U64
) -> tuple[Occurrences, U64, Occurrences]:
    """Return the Han units and pairs of a field, the other ones, and what stands for these."""
    kinds = folded.kinds
    codes = np.full(len(kinds), _GONE, np.uint32)
    is_han = kinds >= RARE_HAN
    codes[is_han] = folded.codes[is_han]
    codes[(kinds == END_OF_LINE) | (kinds == CONNECTOR)] = _BORDER_CODE
    codes[kinds == END] = 0
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
    in_pair = is_unit[:-1] & is_unit[1:]
    is_han = codes < FIRST_UNIT
    both_han = is_han[:-1] & is_han[1:] & in_pair
    first = codes << np.uint64(CODE_BITS + DOC_BITS) | docs
    han = np.concatenate(
        [first[is_unit & is_han], first[:-1][both_han] | codes[1:][both_han] << np.uint64(DOC_BITS)]
    )
    mixed = in_pair & ~both_han
    alone = is_unit & ~is_han
    shifted = codes << np.uint64(UNIT_BITS)
    pairs, places = np.unique(
        np.concatenate([shifted[alone], shifted[:-1][mixed] | codes[1:][mixed]]), return_inverse=True
    )
    other_docs = np.concatenate([docs[alone], docs[:-1][mixed]])
    others = Occurrences.of(places.astype(np.uint64) << np.uint64(DOC_BITS) | other_docs)
    return Occurrences.of(han), pairs, others


def _places(starts: Places, sizes: Places) -> Places:
    """Return the places from each start on, so many each."""
    total = int(sizes.sum())
    return np.repeat(starts - (np.cumsum(sizes) - sizes), sizes) + np.arange(total)
