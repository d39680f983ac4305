"""
Blocks of articles, deflated with one dictionary: by the compiled kernel in threads, else by zlib.

Both write raw deflate (RFC 1951), which any inflater reads, but not the same bytes: the kernel's are as many,
within a hundredth. Neither depends on the number of threads.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

from searchlib.native import engine

MAX_BLOCK_AT_ONCE = 1 << 20
"""Maximum size of a block that is deflated in one call, in bytes: between two calls a signal is looked at."""

_LEVEL = 4


class DeflatedBlocks(NamedTuple):
    """Blocks, one after another, with the size of each in bytes and its CRC-32."""

    data: bytes
    sizes: Sequence[int]
    checks: Sequence[int]


Deflate = Callable[[list[bytes]], DeflatedBlocks]


def deflater_with(dictionary: bytes, threads: int) -> Deflate:
    """Return what deflates blocks; the kernel uses up to *threads*."""
    kernel = engine().kernel
    by_zlib = _zlib_deflater(dictionary)
    if kernel is None:
        return by_zlib
    native = kernel.BlockDeflater(dictionary)

    def deflate(blocks: list[bytes]) -> DeflatedBlocks:
        if any(len(block) > MAX_BLOCK_AT_ONCE for block in blocks):
            return by_zlib(blocks)
        return DeflatedBlocks(*native.deflate(blocks, threads))

    return deflate


def _zlib_deflater(dictionary: bytes) -> Deflate:
    options = (_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY)
    # Copied for each block, which is faster than taking the dictionary in again.
    prepared = zlib.compressobj(*options, *([dictionary] if dictionary else []))

    def deflate_one(block: bytes) -> bytes:
        compressor, data = prepared.copy(), memoryview(block)
        places = range(0, len(data), MAX_BLOCK_AT_ONCE)
        packed = [compressor.compress(data[place : place + MAX_BLOCK_AT_ONCE]) for place in places]
        return b"".join([*packed, compressor.flush()])

    def deflate(blocks: list[bytes]) -> DeflatedBlocks:
        packed = [deflate_one(block) for block in blocks]
        return DeflatedBlocks(b"".join(packed), list(map(len, packed)), list(map(zlib.crc32, packed)))

    return deflate
