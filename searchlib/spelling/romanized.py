"""
Pinyin typed as Latin: the words of the index that are read so.

`qingdao` are syllables, `qd` the first letters of them. Only words that the index
has are offered, those in the most articles first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

import numpy as np

from searchlib.codec import schema
from searchlib.codec.segment import OpenSegment
from searchlib.codec.terms import Flags
from searchlib.query.nodes import Phrase
from searchlib.ranking.matching import Matcher
from searchlib.spelling.sounds import chars_by_syllable

MAX_SYLLABLES = 4
_MOST = 400
_LONGEST = 6
_MOST_BEGUN = 3
_CODES = 1 << 18

Reading = tuple[str, ...]


def syllable_rows(typed: str) -> Iterator[Reading]:
    """
    Yield the ways to cut letters into syllables, and at last into first letters.

    >>> list(syllable_rows("xian"))
    [('xian',), ('xi', 'an')]
    >>> list(syllable_rows("qd"))
    [('q', 'd')]
    """
    whole = sorted(_cut(typed, MAX_SYLLABLES), key=len)
    yield from whole
    if not whole and 1 < len(typed) <= MAX_SYLLABLES:
        yield tuple(typed)


def _cut(typed: str, most: int) -> Iterator[Reading]:
    """Yield the ways to cut letters into syllables, *most* at most."""
    if not typed:
        yield ()
    if not 0 < len(typed) <= most * _LONGEST:
        return
    for size in range(min(_LONGEST, len(typed)), 0, -1):
        if typed[:size] in chars_by_syllable():
            yield from ((typed[:size], *rest) for rest in _cut(typed[size:], most - 1))


def beginnings_read(typed: str) -> list[list[Flags]]:
    """
    Return what letters may be the beginning of: for each way to read them, what each character can be.

    The last syllable may be there in part (`qingd`), or each as its first letter (`qd`).
    """
    rows = list(_cut_in_part(typed, _MOST_BEGUN))
    if 1 < len(typed) <= _MOST_BEGUN and tuple(typed) not in rows:
        rows.append(tuple(typed))
    return [[*map(_flags, row[:-1]), _flags_of_beginning(row[-1])] for row in rows]


def _cut_in_part(typed: str, most: int) -> Iterator[Reading]:
    """Yield the ways to cut letters into syllables, *most* at most, the last one whole or in part."""
    if not 0 < len(typed) <= most * _LONGEST:
        return
    if any(syllable.startswith(typed) for syllable in chars_by_syllable()):
        yield (typed,)
    for size in range(1, min(_LONGEST, len(typed) - 1) + 1):
        if typed[:size] in chars_by_syllable():
            yield from ((typed[:size], *rest) for rest in _cut_in_part(typed[size:], most - 1))


def words_read(typed: str, matcher: Matcher) -> list[str]:
    """Return the words, of two characters and more, that are read as *typed*, the most frequent first."""
    found: dict[str, None] = {}
    for row in syllable_rows(typed):
        if len(row) > 1:
            flags = [_flags(part) for part in row]
            for segment in matcher.snapshot.segments:
                found.update(dict.fromkeys(_terms_read(segment, schema.TEXT, row, flags)))
    return _by_frequency(found, matcher)


def texts_read(typed: str, matcher: Matcher) -> list[str]:
    """Return whatever stands somewhere and is read as *typed*, in whole syllables: names that jieba cuts."""
    found: dict[str, None] = {}
    for row in syllable_rows(typed):
        if len(row) > 1 and len(row[0]) > 1:
            found.update(dict.fromkeys(_chains(row, matcher)))
    return _by_frequency(found, matcher)


def _by_frequency(words: Iterable[str], matcher: Matcher) -> list[str]:
    counts = {word: len(matcher.candidates(Phrase(word))) for word in words}
    return sorted((word for word in counts if counts[word]), key=lambda word: (-counts[word], word))


def _chains(row: Reading, matcher: Matcher) -> Iterable[str]:
    """Return what stands somewhere and is read so, put together of pairs."""
    chains = [""]
    for first, second in pairwise(map(_flags, row)):
        pairs: dict[str, None] = {}
        for segment in matcher.snapshot.segments:
            pairs.update(dict.fromkeys(_terms_read(segment, schema.TEXT_GRAMS, ("", ""), [first, second])))
        chains = [
            chain + pair[bool(chain) :]
            for chain in chains
            for pair in pairs
            if not chain or chain[-1] == pair[0]
        ][:_MOST]
    return [chain for chain in chains if len(matcher.docs(Phrase(chain)))]


def _terms_read(segment: OpenSegment, name: str, row: Reading, flags: list[Flags]) -> Iterator[str]:
    field = segment.field(name)
    if field is None:
        return
    terms, postings = field
    if len(row) <= 3:  # noqa: PLR2004 (as many characters as a term has that is packed)
        numbers = terms.spelt(flags, whole=True).tolist()
        numbers.sort(key=postings.doc_freq, reverse=True)
        yield from map(terms.term_of, numbers[:_MOST])
        return
    for word, _ in terms.from_prefix("\u3400", only=False):
        if len(word) == len(row) and all(flag[ord(char)] for flag, char in zip(flags, word, strict=True)):
            yield word


@lru_cache(maxsize=16)
def _flags(part: str) -> Flags:
    """Return for each code point whether it is read as a syllable, or begins with a letter."""
    flags = np.zeros(_CODES, np.bool_)
    syllables = [part] if part in chars_by_syllable() else [s for s in chars_by_syllable() if s[0] == part]
    for syllable in syllables:
        flags[[ord(char) for char in chars_by_syllable()[syllable]]] = True
    return flags


@lru_cache(maxsize=64)
def _flags_of_beginning(part: str) -> Flags:
    """Return for each code point whether a syllable that it is read as begins with some letters."""
    flags = np.zeros(_CODES, np.bool_)
    for syllable, chars in chars_by_syllable().items():
        if syllable.startswith(part):
            flags[[ord(char) for char in chars]] = True
    return flags
