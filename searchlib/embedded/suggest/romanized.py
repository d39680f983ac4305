"""
Pinyin typed as Latin: the words of the index that are read so.

`qingdao` are syllables, `qd` the first letters of them; tones may be marked (`Qīngdǎo`), syllables
apart (`qing dao`, `xi'an`), and ü is `ü`, `v`, `u` before e, or `yu`. Only what the index has is
offered, what the most articles have first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from unicodedata import normalize

from searchlib.analysis.phonetics import chars_by_syllable
from searchlib.analysis.stopwords import stopword_weight
from searchlib.arrays import np
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.segment import OpenSegment
from searchlib.embedded.codec.term_dict import PACKED_CHARS, Flags
from searchlib.embedded.search.matching import Matcher
from searchlib.query.nodes import Phrase

MAX_LETTERS = 72
"""Longer letters are no pinyin that somebody types."""

_MAX_INITIALS = 12
_INITIALS_ANYHOW = 3
_MOST = 400
_MOST_ROWS = 32
_MOST_READ = 8
_LONGEST = 6
_CODES = 1 << 18
_VERIFIED = 8
_MOST_TRIED = 4
_COHERENT = 0.5
_COHERENT_PAIR = 0.05
_BY_CHANCE = 10_000
"""In so many articles some characters stand side by side once that have nothing to do with each other."""

_TONES = re.compile("[\u0300\u0301\u0304\u0306\u030c]")
_TONE_NUMBERS = re.compile(r"(?:[a-z]+[1-5])+")
_APART = re.compile(r"[\s'’`-]+")
_PINYIN = re.compile(r"[a-z]+(?: [a-z]+)*")

Reading = tuple[str, ...]
Count = Callable[[str], int]
"""In how many articles a text occurs."""


def letters_of(typed: str) -> str:
    """
    Return pinyin as plain letters, one space where syllables are kept apart; "" for anything else.

    >>> letters_of("Qīngdǎo"), letters_of("lǜ sè"), letters_of("xi'an"), letters_of("qing1dao3")
    ('qingdao', 'lv se', 'xi an', 'qing dao')
    """
    marked = normalize("NFD", normalize("NFKC", typed).casefold())
    letters = _TONES.sub("", marked).replace("u\u0308", "v").replace("u:", "v")
    letters = _APART.sub(" ", letters).strip()
    if _TONE_NUMBERS.fullmatch(letters.replace(" ", "")):
        letters = re.sub("[1-5] ?", " ", letters).strip()
    return letters if len(letters) <= MAX_LETTERS and _PINYIN.fullmatch(letters) else ""


@lru_cache(maxsize=1)
def _syllables() -> dict[str, str]:
    """Return the characters of each syllable, also as ü is written where there is no key for it."""
    known = chars_by_syllable()
    others = {"lue": "lve", "nue": "nve", "lyue": "lve", "nyue": "nve", "lyu": "lv", "nyu": "nv"}
    for first in "jqxy":
        others |= {f"{first}v{rest}": f"{first}u{rest}" for rest in ("", "e", "an", "n")}
    return known | {other: known[syllable] for other, syllable in others.items()}


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    return frozenset(syllable[:size] for syllable in _syllables() for size in range(1, len(syllable) + 1))


def syllable_rows(typed: str) -> Iterator[Reading]:
    """
    Yield the ways to cut pinyin into syllables, and at last into first letters.

    >>> list(syllable_rows("xian")), list(syllable_rows("xi an"))
    ([('xian',), ('xi', 'an')], [('xi', 'an')])
    >>> list(syllable_rows("qd"))
    [('q', 'd')]
    """
    whole = _rows(typed, in_part=False)
    yield from whole
    if not whole and " " not in typed and 1 < len(typed) <= _MAX_INITIALS:
        yield tuple(typed)


def _rows(typed: str, *, in_part: bool) -> list[Reading]:
    """Return the ways to cut pinyin into syllables, shortest first; *in part*: the last may be cut off."""
    rows: list[Reading] = [()]
    parts = typed.split()
    for number, part in enumerate(parts, start=1):
        cuts = list(islice(_cut_syllables(part, in_part=in_part and number == len(parts)), _MOST_ROWS))
        rows = [(*row, *cut) for row in rows for cut in cuts][:_MOST_ROWS]
    return sorted(filter(None, rows), key=len)


def _cut_syllables(letters: str, *, in_part: bool) -> Iterator[Reading]:
    """Yield the ways to cut letters into syllables; only ways that come to the end are gone."""
    size = len(letters)
    if not 0 < size <= MAX_LETTERS:
        return
    steps: list[list[int]] = [[] for _ in range(size)]
    reaches = [False] * size + [True]
    for start in range(size - 1, -1, -1):
        for end in range(min(size, start + _LONGEST), start, -1):
            known = _beginnings() if in_part and end == size else _syllables()
            if reaches[end] and letters[start:end] in known:
                steps[start].append(end)
        reaches[start] = bool(steps[start])

    def ways(start: int) -> Iterator[Reading]:
        if start == size:
            yield ()
        else:
            for end in steps[start]:
                yield from ((letters[start:end], *rest) for rest in ways(end))

    if reaches[0]:
        yield from ways(0)


def beginnings_read(typed: str) -> tuple[list[list[Flags]], list[list[Flags]]]:
    """
    Return what pinyin may be the beginning of: for each way to read it, what each character can be.

    Returns:
        Ways to read it in whole syllables; then those in which the last syllable is there in part
        (`qingd`), or each as its first letter (`qd`).
    """
    whole = _rows(typed, in_part=False)
    part = [row for row in _rows(typed, in_part=True) if row not in set(whole)]
    letters = tuple(typed.replace(" ", ""))
    whole, part = whole[:_MOST_READ], part[:_MOST_READ]
    read = [[*map(_flags, row[:-1]), _flags_of_beginning(row[-1])] for row in (*whole, *part)]
    may_be_initials = 1 < len(letters) <= (_INITIALS_ANYHOW if read else _MAX_INITIALS)
    if may_be_initials and letters not in {*whole, *part}:
        read.append(list(map(_flags_of_beginning, letters)))
    return [list(map(_flags, row)) for row in whole], read


def words_read(typed: str, matcher: Matcher) -> list[str]:
    """Return the words, of two characters and more, that are read as *typed*, the most frequent first."""
    found: dict[str, None] = {}
    for row in syllable_rows(typed):
        if len(row) > 1:
            flags = [_flags(part) for part in row]
            for segment in matcher.snapshot.segments:
                found.update(dict.fromkeys(_words_of(segment, flags)))
    counts = {word: len(matcher.candidates(Phrase(word))) for word in found}
    return sorted((word for word in counts if counts[word]), key=lambda word: (-counts[word], word))


def texts_read(typed: str, matcher: Matcher, count: Count) -> list[str]:
    """Return what occurs somewhere, holds together, and is read as *typed*: names that jieba cuts."""
    found: dict[str, int] = {}
    for row in _rows(typed, in_part=False):
        if len(row) > 1:
            chains = chains_read(list(map(_flags, row)), matcher)
            found.update({chain: count(chain) for chain in chains if _is_name_like(chain, matcher)})
    kept = {chain: held for chain, held in found.items() if held >= _least(chain, matcher)}
    return sorted(kept, key=lambda chain: (-kept[chain], chain))


def texts_begun(rows: Iterable[Sequence[Flags]], matcher: Matcher) -> list[str]:
    """Return a few texts, each of which some article has, with one of some characters at each place."""
    found: dict[str, None] = {}
    for row in islice((row for row in rows if len(row) > 1), _MOST_TRIED):
        for chain in chains_read(row, matcher):
            phrase = Phrase(chain)
            few = matcher.candidates(phrase)[:_VERIFIED].tolist()
            holds_together = _is_name_like(chain, matcher) and len(few) >= min(
                _VERIFIED, _least(chain, matcher)
            )
            if holds_together and any(matcher.holds(phrase, doc) for doc in few):
                found[chain] = None
    return list(found)


def _is_name_like(chain: str, matcher: Matcher) -> bool:
    """Return whether no particle or other light word is in a text: delete is not 得了特."""
    return all(stopword_weight(word) == 1 for word in matcher.analyzer.words(chain))


def _least(chain: str, matcher: Matcher) -> float:
    """Return in how many articles a text must occur, so that its characters are no chance neighbours."""
    pairs = [first + second for first, second in pairwise(chain)]
    parts, share = (list(chain), _COHERENT_PAIR) if len(pairs) == 1 else (pairs, _COHERENT)
    is_of_words = all(len(word) > 1 for word in matcher.analyzer.words(chain))
    by_chance = 0 if is_of_words else matcher.snapshot.size // _BY_CHANCE
    return max(1 + by_chance, share * min(len(matcher.candidates(Phrase(part))) for part in parts))


def chains_read(flags: Sequence[Flags], matcher: Matcher) -> list[str]:
    """Return texts put together of pairs that occur, the likeliest first: a few, to be looked for."""
    chains = [""]
    for pair_flags in pairwise(flags):
        following: dict[str, list[str]] = {}
        for segment in matcher.snapshot.segments:
            for pair in _pairs_of(segment, pair_flags):
                following.setdefault(pair[0], []).append(pair)
        firsts = [pair for pairs in following.values() for pair in pairs]
        chains = [
            chain + pair[bool(chain) :]
            for chain in chains
            for pair in dict.fromkeys(following.get(chain[-1], ()) if chain else firsts)
        ][:_MOST]
    counts = {chain: len(matcher.candidates(Phrase(chain))) for chain in chains if chain}
    ordered = sorted((chain for chain in counts if counts[chain]), key=lambda chain: (-counts[chain], chain))
    return ordered[:_VERIFIED]


def _words_of(segment: OpenSegment, flags: list[Flags]) -> Iterator[str]:
    """Yield the words of a segment that have one of some characters at each place, and no more."""
    field = segment.field(schema.TEXT)
    if field is None:
        return
    terms, postings = field
    short = len(flags) <= PACKED_CHARS
    numbers = terms.spelt(flags, whole=True) if short else terms.spelt_long(flags, whole=True)
    order = np.argsort(-postings.doc_freqs(numbers), kind="stable")
    yield from map(terms.term_of, numbers[order[:_MOST]].tolist())


def _pairs_of(segment: OpenSegment, flags: Iterable[Flags]) -> Iterator[str]:
    field = segment.field(schema.TEXT_GRAMS)
    if field is None:
        return
    terms, postings = field
    numbers = terms.spelt(list(flags), whole=True)
    order = np.argsort(-postings.doc_freqs(numbers), kind="stable")
    yield from map(terms.term_of, numbers[order[:_MOST]].tolist())


@lru_cache(maxsize=32)
def _flags(part: str) -> Flags:
    """Return for each code point whether it is read as a syllable, or begins with a letter."""
    if part not in _syllables():
        return _flags_of_beginning(part)
    flags = np.zeros(_CODES, np.bool_)
    flags[list(map(ord, _syllables()[part]))] = True
    return flags


@lru_cache(maxsize=64)
def _flags_of_beginning(part: str) -> Flags:
    """Return for each code point whether a syllable that it is read as begins with some letters."""
    flags = np.zeros(_CODES, np.bool_)
    for syllable, chars in _syllables().items():
        if syllable.startswith(part):
            flags[list(map(ord, chars))] = True
    return flags
