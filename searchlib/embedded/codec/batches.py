"""
Many texts folded at once, as an array of code points: what `clean_and_simplify` makes of each, for counting.

One look into a table folds a character and says what kind it is. What a row of
spaces or borders comes to does not matter to words and pairs, so rows stay as
they are; the tests hold the rest to `clean_and_simplify`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from searchlib.analysis.analyzer import COMPOUND, compound_words
from searchlib.analysis.folding import (
    CLEAN_SIMPLIFIED,
    HAN,
    JOINS,
    UNIT,
    border_text,
    clean_and_simplify,
    is_han,
)
from searchlib.analysis.grams import MAX_TERM_CHARS
from searchlib.analysis.signs import MONTH, NUMERALS, YEAR, resolve_signs
from searchlib.analysis.words import JIEBA_HAN, KANA
from searchlib.arrays import I64, U8, U32, Bools, np

Codes = U32
Kinds = U8
Places = I64

END, END_OF_LINE, SPACE, CONNECTOR, OTHER, RARE_HAN, COMMON_HAN = range(7)
"""The kinds of characters: the end of a text, a border, a space, `-&/_.,`, letters and the like, Han."""

_GONE, _MANY, _JOINING, _UNKNOWN = range(7, 11)
_BITS = 21
_MASK = np.uint32((1 << _BITS) - 1)
_ALL_CODES = 0x110000
_CONNECTORS = frozenset("-&/_.,")
_COMMON_HAN = re.compile(f"[{JIEBA_HAN}]")
_KEPT_RUNS = 1 << 13
_RARE_HAN_WORD = re.compile(rf"[{KANA}]+|[{HAN}]")
_COMPOUND = re.compile(COMPOUND)


class _Table:
    """Kind and code of what each character becomes, found once and kept."""

    def __init__(self, value_of: Callable[[int], int]) -> None:
        self._value_of = value_of
        self._values = np.full(_ALL_CODES, _UNKNOWN << _BITS, np.uint32)

    def __getitem__(self, codes: Codes) -> Codes:
        values = self._values[codes]
        unknown = np.unique(codes[values == _UNKNOWN << _BITS])
        if len(unknown):
            self._values[unknown] = [self._value_of(code) for code in unknown.tolist()]
            values = self._values[codes]
        return values


def _value(made: str) -> int:
    if not made:
        return _GONE << _BITS
    if made == JOINS:
        return _JOINING << _BITS
    return _classify(made) if len(made) == 1 else _MANY << _BITS


def _classify(char: str) -> int:
    if char == "\n":
        kind = END_OF_LINE
    elif char == " ":
        kind = SPACE
    elif char in _CONNECTORS:
        kind = CONNECTOR
    elif _COMMON_HAN.match(char):
        kind = COMMON_HAN
    else:
        kind = RARE_HAN if is_han(char) else OTHER
    return kind << _BITS | ord(char)


def fates(codes: Sequence[int]) -> list[list[int]]:
    """Return what each of some characters becomes: characters, each as its kind and code in one number."""
    return [
        [_JOINING << _BITS] if made == JOINS else [_classify(char) for char in made]
        for made in map(CLEAN_SIMPLIFIED.__getitem__, codes)
    ]


def kinds(codes: Sequence[int]) -> list[int]:
    """Return kind and code of each of some characters of a folded text, in one number."""
    return [_classify(chr(code)) for code in codes]


_YEAR, _MONTH = map(_classify, (YEAR, MONTH))
_NUMERALS = np.array([_classify(char) for char in NUMERALS], np.uint32)


@lru_cache(maxsize=1)
def _tables() -> tuple[_Table, _Table]:
    """Return the table for texts as they come, and the one for texts that are folded."""
    return _Table(lambda code: _value(CLEAN_SIMPLIFIED[code])), _Table(lambda code: _classify(chr(code)))


class Folded:
    """
    Texts one after another, each ended by an `END`: `codes` and `kinds` of all characters.

    `texts` tells which of the texts given each is: those that NFKC must see as
    a whole come last.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        values, self.texts = _fold(texts)
        self.codes: Codes = values & _MASK
        self.kinds: Kinds = (values >> np.uint32(_BITS)).astype(np.uint8)

    @property
    def text_of(self) -> Places:
        """The text that each character belongs to, as a place in `texts`."""
        ends = self.kinds == END
        before: Places = np.cumsum(ends) - ends
        return before

    def runs(self) -> tuple[list[str], Places, Places]:
        """Return what is no Han that jieba knows, run by run, with starts and ends; no lone separators."""
        sort = _RUN_SORTS[self.kinds]
        bounds = np.concatenate([[0], np.flatnonzero(sort[1:] != sort[:-1]) + 1, [len(sort)]])
        starts, ends = bounds[:-1], bounds[1:]
        if not len(sort):
            return [], starts[:0], ends[:0]
        others = np.concatenate([[0], np.cumsum(self.kinds == OTHER)])
        chosen = (sort[starts] == _RARE) | ((sort[starts] == _UNHAN) & (others[ends] > others[starts]))
        starts, ends = starts[chosen], ends[chosen]
        text = decode_codes(self.codes)
        return [text[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)], starts, ends


_NO_RUN, _UNHAN, _RARE = range(3)
_RUN_SORTS = np.zeros(_UNKNOWN + 1, np.uint8)
_RUN_SORTS[[CONNECTOR, OTHER]] = _UNHAN
_RUN_SORTS[RARE_HAN] = _RARE


def decode_codes(codes: Codes) -> str:
    """Return code points as a text."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _encode(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint32, copy=False)


def _fold(texts: Sequence[str]) -> tuple[Codes, Places]:
    raw_table, clean_table = _tables()
    raw = _encode("\n".join([*texts, ""]))
    values = raw_table[raw]
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1) - 1
    told = np.unique(np.searchsorted(ends, _find_uncertain(values)))
    if len(told):
        raw = raw.copy()
        for number in told.tolist():
            start, end = int(ends[number]) - len(texts[number]), int(ends[number])
            raw[start:end] = _encode(resolve_signs(texts[number]))
            values[start:end] = raw_table[raw[start:end]]
    values[ends] = END << _BITS
    order = np.arange(len(texts))
    kinds = values >> np.uint32(_BITS)
    if (kinds == _JOINING).any():
        whole = np.unique(np.searchsorted(ends, np.flatnonzero(kinds == _JOINING)))
        is_whole = np.zeros(len(texts), np.bool_)
        is_whole[whole] = True
        kept = ~np.repeat(is_whole, np.diff(ends, prepend=-1))
        clean = [clean_and_simplify(texts[number]) for number in whole.tolist()]
        cleaned = clean_table[_encode("\n".join([*clean, ""]))]
        cleaned[np.cumsum([len(text) + 1 for text in clean]) - 1] = END << _BITS
        raw = np.concatenate([raw[kept], np.zeros(len(cleaned), np.uint32)])
        values = np.concatenate([values[kept], cleaned])
        order = np.concatenate([order[~is_whole], whole])
    values = _expand(raw, values)
    values = values[values != _GONE << _BITS]
    return _without_spaces_by_han(values), order


def _find_uncertain(values: Codes) -> Places:
    """Return where signs stand that `resolve_signs` may change, in texts of which one is at least."""
    last = len(values) - 1
    found = []
    for sign in ",.":
        places = np.flatnonzero(values == _classify(sign))
        places = places[_are_figures(values[places - 1]) & _are_figures(values[np.minimum(places + 1, last)])]
        if sign == ".":
            behind = [values[np.minimum(places + distance, last)] for distance in (2, 3, 5)]
            is_list = (behind[0] == _MONTH) | (behind[1] == _MONTH) | (behind[2] == _YEAR)
            places = places[is_list]
        found.append(places)
    zeros = np.flatnonzero((values == _classify("0")) | (values == _classify("o")))
    found.append(zeros[np.isin(values[zeros - 1], _NUMERALS)])
    return np.concatenate(found)


def _are_figures(values: Codes) -> Bools:
    return (values >= _classify("0")) & (values <= _classify("9"))


def _expand(raw: Codes, values: Codes) -> Codes:
    """Put in the characters of those that become several, `…` or `℃`."""
    places = np.flatnonzero(values == _MANY << _BITS)
    if not len(places):
        return values
    made = {
        code: [_classify(char) for char in CLEAN_SIMPLIFIED[code]] for code in np.unique(raw[places]).tolist()
    }
    sizes = np.ones(len(values), np.int64)
    for code, pieces in made.items():
        sizes[places[raw[places] == code]] = len(pieces)
    firsts = np.cumsum(sizes) - sizes
    expanded = np.repeat(values, sizes)
    for code, pieces in made.items():
        starts = firsts[places[raw[places] == code]]
        for number, piece in enumerate(pieces):
            expanded[starts + number] = piece
    return expanded


def _without_spaces_by_han(values: Codes) -> Codes:
    kinds = values >> np.uint32(_BITS)
    spaces = np.flatnonzero(kinds == SPACE)
    if not len(spaces):
        return values
    others = np.flatnonzero(kinds != SPACE)
    after = np.searchsorted(others, spaces)  # each text has an end, so there always is one
    by_han = kinds[others[after]] >= RARE_HAN
    by_han |= (after > 0) & (kinds[others[after - 1]] >= RARE_HAN)
    kept = np.ones(len(values), np.bool_)
    kept[spaces[by_han]] = False
    return values[kept]


@lru_cache(maxsize=_KEPT_RUNS)
def words_of_run(run: str) -> list[str]:
    """
    Return the words of one of `Folded.runs`.

    >>> words_of_run("wi-fi,5g"), words_of_run("カラ㐂")
    (['wi-fi', 'wi', 'fi', '5g', '5', 'g'], ['カラ', '㐂'])
    """
    if is_han(run[0]):
        return _RARE_HAN_WORD.findall(run)
    return [word for match in _COMPOUND.finditer(run) for word, *_ in compound_words(match.group())]


@lru_cache(maxsize=_KEPT_RUNS)
def units_of_run(run: str) -> list[str]:
    r"""
    Return the units of one of `Folded.runs` that is not Han, and the borders between them.

    There are never more of them than characters.

    >>> units_of_run("wi-fi,89.09%")
    ['wi', '\n', 'fi', '\n', '89.09', '%']
    """
    return [match.group()[:MAX_TERM_CHARS] for match in _UNIT_OR_BORDER.finditer(border_text(run))]


_UNIT_OR_BORDER = re.compile(rf"\n|{UNIT.pattern}")
