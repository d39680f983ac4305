"""Segments that somebody made: with articles as the fifth format had them, or with other sections."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from searchlib.embedded.codec import symbols
from searchlib.embedded.codec.article_store import Articles
from searchlib.embedded.codec.sections import PAGE_CHECKS, Array, SectionFile, SectionWriter
from searchlib.embedded.codec.term_dict import encode

_NOT_GB18030 = re.compile(
    "[\u1e3f\u9fb4-\u9fbb\ud800-\udfff\ue000-\uf8ff\ufe10-\ufe19"
    "\U00020087\U00020089\U000200cc\U000215d7\U0002298f\U000241fe]"
)
_BLOCK_BYTES = 1024


def encode_text(text: str) -> bytes:
    """Return a text as such a segment has it before deflate."""
    return b"\xff" + encode(text) if _NOT_GB18030.search(text) else text.encode("gb18030")


def deflated(
    texts: Sequence[str],
    dictionary: bytes = b"",
    *,
    level: int = 4,
    strategy: int = zlib.Z_DEFAULT_STRATEGY,
    change: Callable[[bytes], bytes] = bytes,
) -> dict[str, Array]:
    """Return the sections of articles; *change* is what somebody makes of a block, its checksum fits."""
    options = (level, zlib.DEFLATED, -15, zlib.DEF_MEM_LEVEL, strategy)
    blocks: list[bytes] = []
    firsts, starts = [], []
    is_open: bytes | None = None
    for number, text in enumerate(texts):
        if is_open is None:
            firsts.append(number)
            is_open = b""
        starts.append(len(is_open))
        is_open += encode_text(text)
        if len(is_open) >= _BLOCK_BYTES or number + 1 == len(texts):
            packer = zlib.compressobj(*options, *([dictionary] if dictionary else []))
            blocks.append(change(packer.compress(is_open) + packer.flush()))
            is_open = None
    return {
        "articles/blocks": np.frombuffer(b"".join(blocks), np.uint8),
        "articles/offsets": np.cumsum([0, *map(len, blocks)]).astype(np.uint64),
        "articles/checks": np.array([zlib.crc32(block) for block in blocks], np.uint32),
        "articles/firsts": np.array(firsts, np.uint32),
        "articles/starts": np.array(starts, np.uint16),
        "articles/dictionary": np.frombuffer(zlib.compress(dictionary), np.uint8),
    }


def deflate(segment: Path, made: Callable[[list[str]], dict[str, Array]] = deflated) -> None:
    """Write the articles of a segment's file as the fifth format had them."""
    forge(segment, made(list(Articles(SectionFile(segment)).texts())), without={symbols.TABLE})


def changed_blocks(file: SectionFile, change: Callable[[bytes], bytes]) -> dict[str, Array]:
    """Return the sections of articles with other blocks, and the right checksums."""
    offsets, data = file.array("articles/offsets").tolist(), bytes(file.view("articles/blocks"))
    blocks = [change(data[start:end]) for start, end in pairwise(offsets)]
    return {
        "articles/blocks": np.frombuffer(b"".join(blocks), np.uint8),
        "articles/offsets": np.cumsum([0, *map(len, blocks)]).astype(np.uint64),
        "articles/checks": np.array([zlib.crc32(block) for block in blocks], np.uint32),
    }


LIES = ("zeros", "ones", "cut", "longer", "chance", "other")
"""What `lie` can say in the place of a section."""


def lie(truth: Array, how: str) -> Array:
    """Return what a stranger may put in the place of a section, with numbers of the same type."""
    data = truth.tobytes()
    told = {
        "zeros": bytes(len(data)),
        "ones": b"\xff" * len(data),
        "cut": data[: len(data) // 2 // truth.itemsize * truth.itemsize],
        "longer": data * 3,
        "chance": random.Random(5).randbytes(len(data)),
        "other": data[::-1],
    }
    return np.frombuffer(told[how], truth.dtype)


def forge(segment: Path, sections: dict[str, Array], without: Collection[str] = ()) -> None:
    """Give a segment other sections, with the right checksums, as a stranger can make one."""
    whole = SectionFile(segment)
    forged = segment.parent.parent / segment.name
    with SectionWriter(forged) as file:
        for name in dict.fromkeys([*whole.names, *sections]):
            if name != PAGE_CHECKS and name not in without:  # the writer's own
                file.add(name, sections[name] if name in sections else whole.array(name))
        file.finish()
    forged.replace(segment)
