"""The terms of one field on their way into a file: `term_dict` has what is read of it."""

from __future__ import annotations

from collections.abc import Sequence

from searchlib.arrays import I64, U8, np
from searchlib.embedded.codec.section_pieces import Pieces, WaitingFile
from searchlib.embedded.codec.sections import SectionWriter
from searchlib.embedded.codec.term_dict import (
    CHAR_MASK,
    END,
    MOST_SHARED,
    PACKED_CHARS,
    STRINGS_IN_BLOCK,
    Packed,
    code_points,
)


def write_terms(writer: SectionWriter, prefix: str, packed: Packed, strings: Sequence[bytes]) -> None:
    """Write the terms of a field; both kinds ascend."""
    written = TermWriter()
    written.add(packed, strings)
    written.write(writer, prefix)


class TermWriter:
    """Takes the terms of a field, in their order, and writes its sections."""

    def __init__(self, waiting_file: WaitingFile | None = None) -> None:
        """*waiting_file* is as of `Pieces`."""
        self._packed = Pieces(np.uint64, waiting_file)
        self._seen = np.zeros(1, np.bool_)
        self._has_three = False
        self._strings = Pieces(np.uint8, waiting_file)
        self._blocks_at = Pieces(np.uint32, waiting_file)
        self._string_bytes = self._string_count = 0
        self._waiting: list[bytes] = []

    def add(self, packed: Packed, strings: Sequence[bytes]) -> None:
        """Take the next terms; all that are packed come before the first string."""
        for place in range(PACKED_CHARS):
            chars = code_points(packed, place)
            lacking = int(chars.max(initial=0)) + 1 - len(self._seen)
            if lacking > 0:
                self._seen = np.append(self._seen, np.zeros(lacking, np.bool_))
            self._seen[chars] = True
        self._has_three = self._has_three or bool((packed & np.uint64(CHAR_MASK)).any())
        self._packed.add(packed)
        self._waiting += strings
        self._end_blocks(len(self._waiting) - len(self._waiting) % STRINGS_IN_BLOCK)

    def _end_blocks(self, count: int) -> None:
        """Write so many of the strings that wait."""
        if count:
            data, places = _front_coded(self._waiting[:count])
            del self._waiting[:count]
            self._strings.add(data)
            self._blocks_at.add(places + self._string_bytes)
            self._string_bytes += len(data)
            self._string_count += count

    def write(self, writer: SectionWriter, prefix: str) -> None:
        """Write all sections; what was taken is used up."""
        self._end_blocks(len(self._waiting))
        self._seen[0] = False
        alphabet = np.flatnonzero(self._seen)
        ranks = np.zeros(len(self._seen), np.uint64)
        ranks[alphabet] = np.arange(1, len(alphabet) + 1)
        third_bits = len(alphabet).bit_length() if self._has_three else 0
        sizes = np.zeros(len(alphabet) + 1, np.int64)
        rest = Pieces(np.uint64, self._packed.waiting_file)
        highest = 0
        for packed in self._packed:
            first, second, third = (ranks[code_points(packed, place)] for place in range(PACKED_CHARS))
            sizes += np.bincount(first.astype(np.int64), minlength=len(sizes))
            ranked = second << np.uint64(third_bits)
            if third_bits:
                ranked |= third
            highest = max(highest, int(ranked.max(initial=0)))
            rest.add(ranked)
        writer.add(f"{prefix}/alphabet", alphabet.astype(np.uint32))
        writer.add(f"{prefix}/groups", np.cumsum(sizes).astype(np.uint32))
        width = np.promote_types(np.uint16, np.min_scalar_type(highest))
        writer.add_pieces(f"{prefix}/rest", width, rest)
        self._strings.write(writer, f"{prefix}/strings")
        self._blocks_at.write(writer, f"{prefix}/blocks_at")
        writer.add(f"{prefix}/shape", np.array([third_bits, self._string_count], np.uint32))


def _front_coded(strings: Sequence[bytes]) -> tuple[U8, I64]:
    """Return strings, each without what it shares with the one before, and where each block begins."""
    count = len(strings)
    lengths = np.fromiter(map(len, strings), np.int64, count)
    heads = np.array(strings, f"S{MOST_SHARED + 1}").view(np.uint8).reshape(count, MOST_SHARED + 1)
    shared = np.zeros(count, np.int64)
    shared[1:] = np.argmin(np.append(heads[1:] == heads[:-1], np.zeros((max(0, count - 1), 1), bool), 1), 1)
    shared[1:] = np.minimum(np.minimum(shared[1:], MOST_SHARED), np.minimum(lengths[1:], lengths[:-1]))
    shared[::STRINGS_IN_BLOCK] = 0
    starts = np.cumsum(lengths - shared + 2) - (lengths - shared + 2)
    firsts = np.cumsum(lengths) - lengths
    order = np.arange(int(lengths.sum()))
    kept = order >= np.repeat(firsts + shared, lengths)
    data = np.empty(int((lengths - shared + 2).sum()), np.uint8)
    data[starts] = shared
    data[starts + lengths - shared + 1] = END[0]
    data[(order + np.repeat(starts + 1 - firsts - shared, lengths))[kept]] = np.frombuffer(
        b"".join(strings), np.uint8
    )[kept]
    return data, starts[::STRINGS_IN_BLOCK]
