"""What the kernel deflates is inflated by zlib, whatever it is, and takes no more room than zlib's."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.embedded.codec import block_deflating
from searchlib.embedded.codec.block_deflating import DeflatedBlocks, _zlib_deflater, deflater_with
from searchlib.native import engine

pytestmark = pytest.mark.skipif(engine().kernel is None, reason="the kernel is not built here")

HAN = "".join(map(chr, range(0x4E00, 0x5200)))

bytes_of_few = st.text("ab的", max_size=400).map(lambda text: text.encode("gb18030"))
some_bytes = st.one_of(
    st.binary(max_size=300),
    bytes_of_few,
    st.builds(lambda text, times: text * times, st.binary(max_size=40), st.integers(0, 400)),
)


def inflate_all(deflated: DeflatedBlocks, dictionary: bytes) -> list[bytes]:
    """Return the blocks again, each by zlib; each ends where it says."""
    options = (-zlib.MAX_WBITS, dictionary[-(1 << zlib.MAX_WBITS) :])
    found, start = [], 0
    for size, check in zip(deflated.sizes, deflated.checks, strict=True):
        block = deflated.data[start : start + size]
        assert zlib.crc32(block) == check
        inflater = zlib.decompressobj(*options) if dictionary else zlib.decompressobj(options[0])
        found.append(inflater.decompress(block))
        assert inflater.eof
        assert inflater.unused_data == b""
        start += size
    assert start == len(deflated.data)
    return found


@given(st.lists(some_bytes, max_size=6), some_bytes, st.integers(1, 3))
def test_any_blocks_are_inflated(blocks: list[bytes], dictionary: bytes, threads: int) -> None:
    """Empty ones too, with a dictionary that is empty, or part of them."""
    for one in (dictionary, b"".join(blocks)[:300]):
        assert inflate_all(deflater_with(one, threads)(blocks), one) == blocks


@pytest.mark.parametrize("size", [65_535, 65_536, 70_000, 300_000])
def test_long_blocks_of_every_kind_are_inflated(size: int) -> None:
    """Noise is stored in pieces; no match is from beyond the window; codes have all lengths."""
    chance = random.Random(size)
    noise = chance.randbytes(size)
    far = chance.randbytes(32_768)
    skewed = bytes(chance.choices(range(30), [1.618**-place for place in range(30)], k=size))
    blocks = [noise, (far * 20)[:size], skewed, b"a" * size, (far[:32_700] * 20)[:size]]
    for dictionary in (b"", far, far + noise, skewed[:100]):
        assert inflate_all(deflater_with(dictionary, 2)(blocks), dictionary) == blocks


def test_codes_are_no_longer_than_the_format_allows() -> None:
    """Of frequencies like Fibonacci's numbers the best code would have more than 15 bits."""
    frequencies = [1, 1]
    while len(frequencies) < 24:
        frequencies.append(sum(frequencies[-2:]))
    block = b"".join(bytes([value]) * times for value, times in enumerate(frequencies))
    mixed = bytearray(block)
    random.Random(1).shuffle(mixed)
    blocks = [bytes(mixed), block]
    assert inflate_all(deflater_with(b"", 1)(blocks), b"") == blocks


def test_texts_take_no_more_room_than_by_zlib() -> None:
    """Sentences of frequent and rare words, as articles are: within a hundredth."""
    chance = random.Random(3)
    words = ["".join(chance.choices(HAN, k=chance.choice([1, 2, 2, 3, 4]))) for _ in range(3000)]
    weights = [1 / (place + 3) for place in range(len(words))]

    def text(length: int) -> bytes:
        return "".join(chance.choices(words, weights, k=length)).encode("gb18030")

    dictionary, blocks = text(8000)[:32_768], [text(500) for _ in range(50)]
    both = (deflater_with(dictionary, 1), _zlib_deflater(dictionary))
    native, by_zlib = (sum(deflate(blocks).sizes) for deflate in both)
    assert native < 1.01 * by_zlib


def test_a_block_of_a_giant_article_is_deflated_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """By zlib, so that a signal is looked at in between."""
    monkeypatch.setattr(block_deflating, "MAX_BLOCK_AT_ONCE", 1000)
    blocks: Sequence[bytes] = [b"a" * 5000, b"b"]
    assert deflater_with(b"", 1)(list(blocks)) == _zlib_deflater(b"")(list(blocks))
