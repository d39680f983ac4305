"""The kernel opens blocks of articles, of older formats too, and refuses what somebody made of them."""

from __future__ import annotations

import random
import zlib
from functools import partial
from pathlib import Path

import pytest
from forged_segments import changed_blocks, deflate, deflated, forge

import searchlib
from searchlib import Article, StoreError
from searchlib.embedded.codec.sections import SectionFile
from searchlib.native import engine

pytestmark = pytest.mark.skipif(engine().kernel is None, reason="the arrays open blocks by zlib itself")

_HAN = "".join(map(chr, range(0x4E00, 0x9FA6)))
_ENDS = [f"{first}{second}漆隶" for first in "壹贰叁肆伍陆柒捌玖拾" for second in "佰仟萬億兆京垓秭穰溝"]


def _bodies(chance: random.Random) -> list[str]:
    """Return texts that compress in all ways: not at all, to nothing, with long codes, from near and far."""
    rare = [2.0**-place for place in range(30)]
    piece = "".join(chance.choices(_HAN, k=700))
    return [
        "",
        "一",
        "".join(chance.choices(_HAN, k=5000)),
        "".join(chance.choices(_HAN[:30], rare, k=30_000)),
        "好" * 9000,
        "好的，" * 3000,
        piece * 20,
        piece[:5] + piece * 3 + "".join(chance.choices("0123456789abc\U00020000\U0001f600é", k=900)),
        "".join(map(chr, range(0x4E00, 0x9FA6, 3))),
    ]


@pytest.mark.parametrize("level", [0, 1, 4, 9])
@pytest.mark.parametrize("strategy", [zlib.Z_DEFAULT_STRATEGY, zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE])
def test_blocks_of_every_kind_are_opened(tmp_path: Path, level: int, strategy: int) -> None:
    """What is at the end of a text is found, and not where only its pairs are: all of the text was read."""
    bodies = [f"{text}。{_ENDS[number]}" for number, text in enumerate(_bodies(random.Random(5)))]
    pairs = [f"{end[:2]}，{end[1:3]}，{end[2:]}" for end in _ENDS[: len(bodies)]]
    with searchlib.open(tmp_path / "x.idx") as index:
        index.add(Article(id=f"{number}", body=body) for number, body in enumerate(bodies))
        index.add(Article(id=f"pairs {number}", body=body) for number, body in enumerate(pairs))
    dictionary = "好的，".encode("gb18030") * 99
    for segment in (tmp_path / "x.idx").glob("*.slseg"):
        deflate(segment, partial(deflated, dictionary=dictionary, level=level, strategy=strategy))
    with searchlib.open(tmp_path / "x.idx") as index:
        for number, body in enumerate(bodies):
            (hit,) = index.search(searchlib.quote(_ENDS[number]))
            assert hit.id == f"{number}"
            assert hit.snippet is not None
            assert hit.snippet.text in body
            assert hit.article.body == body


@pytest.mark.parametrize("form", ["symbols", "deflate"])
def test_blocks_that_somebody_made_are_an_error_or_a_text(tmp_path: Path, form: str) -> None:
    """With checksums that fit, nothing but a `StoreError` comes of a block that was changed or cut short."""
    chance = random.Random(7)

    def change(data: bytes) -> bytes:
        block = bytearray(data)
        for _ in range(chance.choice([0, 1, 1, 4])):
            block[min(chance.randrange(len(block)), chance.randrange(len(block)))] ^= 1 << chance.randrange(8)
        return bytes(block[: chance.choice([None, None, chance.randrange(len(block))])])

    common = "".join(chance.choices(_HAN[:300], k=4000))
    with searchlib.open(tmp_path / "x.idx") as index:
        texts = (common[chance.randrange(3000) :][: chance.randrange(200, 900)] for _ in _ENDS)
        index.add(Article(id=end, body=f"{text}。{end}") for text, end in zip(texts, _ENDS, strict=True))
    (segment,) = (tmp_path / "x.idx").glob("*.slseg")
    if form == "deflate":
        deflate(segment, partial(deflated, change=change))
    else:
        forge(segment, changed_blocks(SectionFile(segment), change))
    found: list[list[str] | None] = []
    for end in _ENDS:
        with searchlib.open(tmp_path / "x.idx") as index:
            try:
                found.append([hit.id for hit in index.search(searchlib.quote(end))])
            except StoreError:
                found.append(None)
    assert found.count(None) > len(_ENDS) / 4 or form == "symbols"
    assert sum(ids == [end] for ids, end in zip(found, _ENDS, strict=True)) > len(_ENDS) / 8
    assert all(ids in (None, [], [end]) for ids, end in zip(found, _ENDS, strict=True))
