"""Texts packed by symbols: the kernel and the arrays choose, pack and open the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from conftest import MakeIndex
from engine_choice import answered_by
from forged_segments import forge
from hypothesis import given
from hypothesis import strategies as st

import searchlib
from searchlib import Article, StoreFormatError
from searchlib.embedded.codec import symbols
from searchlib.embedded.codec.sections import SectionFile
from searchlib.embedded.codec.symbols import Packer, Unpacker
from searchlib.embedded.codec.term_dict import encode
from searchlib.native import engine

BMP = [chr(code) for code in range(0x10000)]
HARD = st.sampled_from(
    [*"天地玄黄，。ab0\n", "\0", "\ud83d", "\ude00", "\U0001f600", "\U0010ffff", "\uffef", "\uffff"]
)


def opened(table: bytes, packed: bytes) -> str:
    """Open a text with the arrays."""
    text, size = Unpacker(table).begin(memoryview(packed))
    assert size == len(packed)
    return text


def both(sample: Sequence[str], share: int, texts: Sequence[str]) -> tuple[bytes, list[bytes]]:
    """Return the table, and what texts are packed to: by the arrays and, where it is there, by the kernel."""
    made = Packer.trained([encode(text) for text in sample], share)
    packed = made.pack([encode(text) for text in texts], 1)
    if engine().kernel is not None:
        for threads in (1, 3):
            other = symbols.train([encode(text) for text in sample], share)
            assert other.table == made.table
            assert other.pack([encode(text) for text in texts], threads) == packed
    return made.table, packed


@given(st.lists(st.lists(HARD, max_size=60).map("".join), max_size=12), st.sampled_from([1, 2, 5, 1000]))
def test_texts_come_back(texts: list[str], share: int) -> None:
    """Whatever is in them, and those that are not of the sample."""
    table, packed = both(texts[::2], share, texts)
    assert [opened(table, data) for data in packed] == texts


def test_all_characters_of_a_language_with_many() -> None:
    """There are more characters than codes: those that are left over are written in four bytes."""
    chance = random.Random(3)
    texts = ["".join(chance.sample(BMP, len(BMP))), "".join(map(chr, range(0x10000, 0x110000, 97)))]
    texts += ["".join(chance.sample(BMP, 2)) for _ in range(9000)] * 2
    table, packed = both(texts, 9, texts)
    assert 0xFFEF - 20 <= len(table) // 8 <= 0xFFEF
    assert [opened(table, data) for data in packed] == texts


def test_what_is_frequent_together_takes_two_bytes() -> None:
    """Up to four characters; any other Han character takes two as well, also where nothing is frequent."""
    chance = random.Random(4)
    words = ["春眠不觉", "处处闻", "啼鸟", "夜"]
    texts = ["".join(chance.choices(words, k=40)) for _ in range(200)]
    table, packed = both(texts, 1, [*texts, "鑫", "a"])
    symbol = [table[at : at + 8].decode("utf-16-le").rstrip("\0") for at in range(0, len(table), 8)]
    assert set(words[:2]) <= set(symbol)
    assert sum(map(len, packed[:-2])) < 0.75 * sum(map(len, texts))
    assert packed[-2:] == ["鑫".encode("utf-16-le"), b"a\0"]
    assert both([], 1, ["鑫a"]) == (b"", ["鑫a".encode("utf-16-le")])


TABLES = {
    "of nothing": b"",
    "of zeros": bytes(80),
    "of half characters": "\ud83d\ude00a\udfff".encode("utf-16-le", "surrogatepass") * 9,
    "with holes": b"a\0\0\0b\0\0\0" * 40,
    "of quotation marks": b'"\0\\\0{\0\0\0' * 40,
}


def read(segment: Path, article: memoryview) -> str | None:
    """Return an article, None where it is not valid."""
    try:
        return symbols.Packed(SectionFile(segment)).text(article)
    except ValueError:
        return None


@pytest.mark.skipif(engine().kernel is None, reason="there is one way to read them")
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_what_somebody_made_is_read_alike(table: bytes, make_index: MakeIndex) -> None:
    """Codes that are not there or cut, whatever the table: the same text or an error, and never a crash."""
    index = make_index(Article(id="1", headline="湖", body="水，" * 40 + "\U00020000"))
    index.close()
    (segment,) = index.path.glob("*.slseg")
    forge(segment, {symbols.TABLE: np.frombuffer(table, np.uint64)})
    block = SectionFile(segment).view("articles/blocks")
    made = [block[:size] for size in range(len(block))]
    ends = b"\0\xd8\xef\xff"
    made += [
        memoryview(bytes([low, high, *more]))
        for low in ends
        for high in ends
        for more in (b"", b"ab", b"abc")
    ]
    # A character beyond the first plane, at each place of the row of codes that the kernel looks up at once.
    water, beyond = "水".encode("utf-16-le"), b"\xf1\xff\0\0"
    made += [memoryview(water * size + beyond + water * 130) for size in range(120, 132)]
    made += [memoryview(water * size + beyond[:2]) for size in range(120, 132)]
    found = []
    for name in ("numpy", "native"):
        with answered_by(name), searchlib.open(index.path) as opened_index:
            texts = [read(segment, article) for article in made]
            try:
                found.append((texts, [hit.id for hit in opened_index.search('"水，水"')]))
            except StoreFormatError:
                found.append((texts, []))
    assert found[0] == found[1]
    assert None in found[0][0]


def test_a_table_that_is_damaged_is_noticed(make_index: MakeIndex) -> None:
    """By whoever reads an article first."""
    index = make_index(Article(id="1", body="春眠不觉晓，" * 99))
    index.close()
    (segment,) = index.path.glob("*.slseg")
    data = bytearray(segment.read_bytes())
    data[SectionFile(segment).section(symbols.TABLE)[0]] ^= 1
    segment.write_bytes(data)
    for name in ("numpy", "native")[: 1 + (engine().kernel is not None)]:
        with answered_by(name), searchlib.open(index.path) as opened_index:
            for ask in (lambda: opened_index.get("1"), lambda: opened_index.search('"眠不觉晓"').total):
                with pytest.raises(
                    StoreFormatError, match="section articles/symbols does not fit its checksum"
                ):
                    ask()
