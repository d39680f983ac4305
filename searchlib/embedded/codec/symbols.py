r"""
Texts as numbers of two bytes, each of one to four characters that are frequent together in a segment.

The segment has a table of these, its symbols. A text is cut from the front into the
longest symbols; other characters are written as they are, in two bytes or four. So a text is
opened by looking each number up, without the others of its segment, in a tenth of the
time of deflate. What is cut, and with what, is the same for the compiled kernel.

Symbols are chosen by a sample: first its characters, then three times what two
neighbours come to when it is cut with the symbols so far, those first that save most.
Of news they hold 2 characters on average; a character takes 0.99 bytes, the table included.

>>> packer = Packer.trained(["春眠不觉晓，春眠不觉晓，春眠不觉晓".encode()], 1)
>>> packer.table.decode("utf-16-le")
'春眠不觉'
>>> packed = packer.pack(["春眠不觉晓。".encode()], 1)[0]
>>> packed.hex(" ", 2)
'0000 5366 0230'
>>> Unpacker(packer.table).begin(memoryview(packed))
('春眠不觉晓。', 6)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol, Self

from searchlib.arrays import I64, U16, U32, U64, np
from searchlib.embedded.codec.sections import SectionFile
from searchlib.embedded.codec.term_dict import decode
from searchlib.native import engine

if TYPE_CHECKING:
    from searchlib.native import _kernel

TABLE = "articles/symbols"

_MOST_CHARS = 4
_ROUNDS = 3
_FIRST_PLANE = 0xFFEF
"""Codes from here on, one for each of 17 planes, say where the character is that the next two bytes give."""

_COST = 4
"""A symbol takes eight bytes in the table; it saves two for each character but one whenever it is used."""

_OPENED_AT_ONCE = 1 << 20
_CHAR_BITS = 16
_SURROGATES = range(0xD800, 0xE000)
_FACTOR = 0x9E3779B97F4A7C15


class TextPacker(Protocol):
    """Packs texts with symbols of its own."""

    @property
    def table(self) -> bytes:
        """The symbols as they are written, eight bytes each: UTF-16, then zeros."""

    def pack(self, texts: Sequence[bytes], threads: int) -> list[bytes]:
        """Pack texts that are in UTF-8, in which lone surrogates may be."""


def train(sample: Sequence[bytes], share: int) -> TextPacker:
    """Choose symbols by a sample in UTF-8 that is one part in *share* of what is to be packed."""
    kernel = engine().kernel
    if kernel is None:
        return Packer.trained(sample, share)
    made: TextPacker = kernel.Packer(sample, share)
    return made


class Packer:
    """Packs texts without the kernel."""

    def __init__(self, symbols: U64) -> None:
        self._symbols = symbols
        self._sizes = _sizes(np.append(symbols, np.uint64(0)))
        self._singles = np.full(1 << _CHAR_BITS, -1, np.int64)
        is_single = self._sizes[:-1] == 1
        self._singles[symbols[is_single].astype(np.int64)] = np.flatnonzero(is_single)
        self._longer = _Places(symbols, np.flatnonzero(~is_single))

    @classmethod
    def trained(cls, sample: Sequence[bytes], share: int) -> Self:
        """Choose symbols by a sample that is one part in *share* of what is to be packed."""
        chars = _chars_of(sample)[1]
        uses = np.bincount(chars[chars > 0].astype(np.int64))
        singles, of_singles = _best(np.flatnonzero(uses).astype(np.uint64), uses[uses > 0], _FIRST_PLANE)
        symbols, gains = singles, of_singles
        for _ in range(_ROUNDS):
            found, counts = np.unique(cls(symbols).joinable(chars), return_counts=True)
            found, counts = found[counts > 1], counts[counts > 1]
            longer, of_longer = _best(found, counts * (_sizes(found) - 1), _FIRST_PLANE - len(singles))
            symbols, gains = np.concatenate([singles, longer]), np.concatenate([of_singles, of_longer])
        symbols = symbols[gains * share > _COST]
        # A character that no symbol takes the number of is written in two bytes anyway.
        return cls(symbols[(_sizes(symbols) > 1) | (symbols < len(symbols))])

    def joinable(self, chars: U64) -> U64:
        """Return the longer symbols of texts, whenever one is used, and what two neighbours come to."""
        places, codes = self._cut(chars)
        found = chars[places]
        found[codes >= 0] = self._symbols[codes[codes >= 0]]
        sizes = _sizes(found)
        one, other = found[:-1], found[1:]
        fits = (one > 0) & (other > 0) & (sizes[:-1] + sizes[1:] <= _MOST_CHARS)
        joined = one[fits] | other[fits] << (_CHAR_BITS * sizes[:-1][fits]).astype(np.uint64)
        return np.concatenate([found[sizes > 1], joined])

    def _cut(self, chars: U64) -> tuple[I64, I64]:
        """Return where the longest symbols begin, and the code of each; -1 for other characters."""
        codes = self._singles[chars.astype(np.int64)]
        longer = chars.copy()
        for size in range(2, _MOST_CHARS + 1):
            longer[: 1 - size] |= chars[size - 1 :] << np.uint64(_CHAR_BITS * (size - 1))
            found = self._longer.of(longer)
            codes = np.where(found < 0, codes, found)
        steps = np.maximum(self._sizes[codes], 1).tolist()
        places = []
        place = 0
        while place < len(steps):
            places.append(place)
            place += steps[place]
        begun = np.array(places, np.int64)
        return begun, codes[begun]

    @property
    def table(self) -> bytes:
        """The symbols as they are written."""
        return self._symbols.astype("<u8").tobytes()

    def pack(self, texts: Sequence[bytes], threads: int) -> list[bytes]:  # noqa: ARG002 (numpy has none)
        """Pack texts that are in UTF-8."""
        raw, chars, seams = _chars_of(texts)
        places, codes = self._cut(chars)
        raw = raw[places]
        is_none = codes < 0
        is_far = is_none & ((raw < len(self._symbols)) | (raw >= _FIRST_PLANE))
        ends = np.cumsum(1 + is_far)
        packed = np.zeros(int(ends.max(initial=0)), "<u2")
        packed[ends - 1] = np.where(is_none, raw & 0xFFFF, codes)
        packed[ends[is_far] - 2] = _FIRST_PLANE + (raw[is_far] >> _CHAR_BITS)
        seams = np.searchsorted(places, seams)
        starts = [0, *ends[seams].tolist()]
        stops = (ends[seams] - 1 - is_far[seams]).tolist()
        return [packed[start:stop].tobytes() for start, stop in zip(starts, stops, strict=False)]


class _Places:
    """The places of some symbols, found for many at once."""

    def __init__(self, symbols: U64, places: I64) -> None:
        bits = max(4, (4 * len(places)).bit_length())
        self._shift = np.uint64(64 - bits)
        self._last = (1 << bits) - 1
        self._held = np.zeros(1 << bits, np.uint64)
        self._place = np.full(1 << bits, -1, np.int64)
        slots = self._slots_of(symbols[places])
        while len(places):
            free = self._held[slots] == 0
            self._held[slots[free]] = symbols[places[free]]
            is_placed = self._held[slots] == symbols[places]
            self._place[slots[is_placed]] = places[is_placed]
            places, slots = places[~is_placed], slots[~is_placed] + 1 & self._last

    def _slots_of(self, symbols: U64) -> I64:
        return (symbols * np.uint64(_FACTOR) >> self._shift).astype(np.int64)

    def of(self, symbols: U64) -> I64:
        """Return the place of each, -1 for those that are not among them."""
        slots = self._slots_of(symbols)
        found = np.full(len(symbols), -1, np.int64)
        asked = np.arange(len(symbols))
        while len(asked):
            held = self._held[slots]
            is_it = held == symbols[asked]
            found[asked[is_it]] = self._place[slots[is_it]]
            is_other = ~is_it & (held > 0)
            asked, slots = asked[is_other], slots[is_other] + 1 & self._last
        return found


def _chars_of(texts: Sequence[bytes]) -> tuple[U32, U64, I64]:
    """Return the characters of texts with a seam behind each, those that symbols may have, and the seams."""
    decoded = [decode(text) for text in texts]
    raw = np.frombuffer(
        "".join([text + "\0" for text in decoded]).encode("utf-32-le", "surrogatepass"), "<u4"
    )
    is_storable = (raw < _SURROGATES.start) | (raw >= _SURROGATES.stop) & (raw < 1 << _CHAR_BITS)
    lengths = np.array([len(text) + 1 for text in decoded], np.int64)
    return raw, np.where(is_storable, raw, 0).astype(np.uint64), np.cumsum(lengths) - 1


def _sizes(symbols: U64) -> I64:
    """Return how many characters each has."""
    sizes: I64 = np.count_nonzero(_texts_of(symbols), axis=1)
    return sizes


def _best(symbols: U64, gains: I64, most: int) -> tuple[U64, I64]:
    """Return symbols with what each saves: those first that save most, then in the order of their texts."""
    order = np.lexsort((*_texts_of(symbols).T[::-1], -gains))[:most]
    return symbols[order], gains[order]


def _texts_of(symbols: U64) -> U16:
    """Return their characters, as many columns as one may have."""
    return symbols.astype("<u8").view("<u2").reshape(-1, _MOST_CHARS)


class Unpacker(dict[int, str]):
    """Opens texts without the kernel; has the texts of the codes that it has met."""

    def __init__(self, table: memoryview | bytes) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, code: int) -> str:
        """Look up a code that is not one of a plane."""
        if code >= _FIRST_PLANE:
            raise KeyError(code)
        symbol = self._table[2 * _MOST_CHARS * code : 2 * _MOST_CHARS * (code + 1)]
        text = chr(code)
        if len(symbol) == 2 * _MOST_CHARS:
            text = "".join(map(chr, _numbers(symbol))).rstrip("\0") or "\0"
        self[code] = text
        return text

    def begin(self, packed: memoryview) -> tuple[str, int]:
        """
        Open as much as is whole: all, or all but two bytes.

        Returns:
            The text, and how many bytes were opened.

        Raises:
            ValueError: There are half codes.
        """
        codes = _numbers(packed)
        try:
            return "".join(map(self.__getitem__, codes)), len(packed)
        except KeyError:
            found = list(self._beyond_the_first_plane(codes))
            return "".join(found), len(packed) - 2 * (not found[-1])

    def _beyond_the_first_plane(self, codes: Iterable[int]) -> Iterator[str]:
        each = iter(codes)
        for code in each:
            if code < _FIRST_PLANE:
                yield self[code]
            else:
                low = next(each, None)
                yield "" if low is None else chr((code - _FIRST_PLANE) << _CHAR_BITS | low)


def _numbers(packed: memoryview | bytes) -> memoryview[int]:
    if len(packed) % 2:
        raise ValueError("an article is not whole")
    return memoryview(packed).cast("H")


class Packed:
    """Opens the articles of a file that has symbols."""

    def __init__(self, file: SectionFile) -> None:
        """
        Take the table.

        Raises:
            StoreFormatError: It is damaged.
        """
        table = file.view(TABLE)
        kernel = engine().kernel
        self._begin: Callable[[memoryview], tuple[str, int]] = Unpacker(table).begin
        if kernel is not None:
            unpacker = kernel.Unpacker(file.map, *file.section(TABLE)[:2])
            self._begin = partial(_begin, unpacker)

    def open(self, _number: int, packed: memoryview, most: int | None = None) -> memoryview:
        """Return the first bytes of a block, *most* of them, or all: articles are opened one by one."""
        return packed[:most]

    def text(self, article: memoryview) -> str:
        """
        Return the text of an article.

        Raises:
            ValueError: It is no text.
        """
        texts, place = [], 0
        while place < len(article):
            text, opened = self._begin(article[place : place + _OPENED_AT_ONCE])
            if not opened:
                raise ValueError("an article is not whole")
            texts.append(text)
            place += opened
        return "".join(texts)

    def beginning(self, article: memoryview) -> str:
        """
        Return the text of the first bytes of an article, without a character that they cut.

        Raises:
            ValueError: It is no text.
        """
        return self._begin(article)[0]


def _begin(unpacker: _kernel.Unpacker, packed: memoryview) -> tuple[str, int]:
    text, opened = unpacker.begin(bytes(packed))
    return str(text, "utf-32-le", "surrogatepass"), opened
