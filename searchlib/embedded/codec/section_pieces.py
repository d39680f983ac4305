"""
Sections that are made piece by piece, several at a time, while their file takes one after the other.

What does not fit in a little memory waits in a file of its own; or in memory, where
the whole section is held anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

from searchlib.arrays import AnyArray, np
from searchlib.embedded.codec.sections import SectionWriter

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

WaitingFile = Callable[[], IO[bytes]]
"""Makes an empty file, which whoever made this closes, if it is not used up."""

IN_MEMORY_BYTES = 1 << 20


class Pieces:
    """One section in the making: an array of one type, piece by piece."""

    def __init__(self, dtype: DTypeLike, waiting_file: WaitingFile | None = None) -> None:
        """*waiting_file* makes a file for what is not little; None keeps all in memory."""
        self._dtype = np.dtype(dtype)
        self.waiting_file = waiting_file
        self._held: list[AnyArray] = []
        self._held_bytes = 0
        self._file: IO[bytes] | None = None

    def add(self, values: AnyArray) -> None:
        """
        Take the next piece.

        Raises:
            OverflowError: A number is too large for the type: the section would say something else.
        """
        if values.dtype != self._dtype:
            limit = np.iinfo(self._dtype).max
            if len(values) and np.iinfo(values.dtype).max > limit and int(values.max()) > limit:
                raise OverflowError(int(values.max()), limit)
            values = values.astype(self._dtype)
        self._held.append(values)
        self._held_bytes += values.nbytes
        if self.waiting_file is not None and self._held_bytes >= IN_MEMORY_BYTES:
            if self._file is None:
                self._file = self.waiting_file()
            for piece in self._held:
                self._file.write(piece.view(np.uint8).data if len(piece) else b"")
            self._held.clear()
            self._held_bytes = 0

    def __iter__(self) -> Iterator[AnyArray]:
        """Yield the section again, in pieces of any size; it is used up by the last."""
        if self._file is not None:
            self._file.seek(0)
            size = self._dtype.itemsize
            while data := self._file.read(max(1, IN_MEMORY_BYTES // size) * size):
                yield np.frombuffer(data, self._dtype)
            self._file.close()
            self._file = None
        held, self._held = self._held, []
        yield from held

    def write(self, writer: SectionWriter, name: str) -> None:
        """Write the section."""
        writer.add_pieces(name, self._dtype, self)


class PackedPieces:
    """A section that holds several small numbers in each byte, whatever pieces they come in."""

    def __init__(
        self, pack: Callable[[AnyArray], AnyArray], to_a_byte: int, waiting_file: WaitingFile | None = None
    ) -> None:
        """*pack* makes bytes of numbers, the last filled up with zeros, *to_a_byte* in each."""
        self._pack = pack
        self._to_a_byte = to_a_byte
        self._pieces = Pieces(np.uint8, waiting_file)
        self._left: AnyArray | None = None

    def add(self, numbers: AnyArray) -> None:
        """Take the next numbers, of the type of all others."""
        if self._left is not None:
            numbers = np.concatenate([self._left, numbers])
        whole = len(numbers) - len(numbers) % self._to_a_byte
        self._pieces.add(self._pack(numbers[:whole]))
        self._left = numbers[whole:].copy()

    def write(self, writer: SectionWriter, name: str) -> None:
        """Write the section."""
        if self._left is not None and len(self._left):
            self._pieces.add(self._pack(self._left))
        self._pieces.write(writer, name)
