"""
EUC-TW, the encoding of old Unix systems in Taiwan, for which Python has no codec.

Its first two planes (CNS 11643-1992) hold the characters of Big5 in nearly the
same order, so a short table of runs takes each code to its Big5 code, and
Python's own codec does the rest. The higher planes, rare even where EUC-TW was
in use, are an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

# Runs of codes that follow each other in both encodings: EUC-TW, Big5, how many. Found by comparing CNS 11643
# as the iconv of GNU libc 2.36 reads it with Python's cp950; control pictures and two vertical marks, which
# Big5 lacks, are left out.
_PLANE_1 = """
    a1a1a140+21 a1b6a157+2 a1b9a156+1 a1bea15d+44 a1eaa1ac+1 a1eba1ab+1 a1eca1ad+22 a2a5a1c4+1
    a2a7a1c6+27 a2c2a1e2+1 a2c3a1e1+1 a2c4a1e3+19 a2d7a1f7+1 a2d8a1f6+1 a2d9a1f8+4 a2dea155+1
    a2dfa1fe+78 a4a1a2af+29 a4bfa2cd+1 a4c1a2cf+142 a6a1c7e9+20 a6b5c6b5+10 a7a8c6c2+1 a7afc6c5+1
    a7b4c6c6+1 c4a1a440+1412 d3a3ad40+424 d7d3acfe+1 d7d4afd0+1876 ebd0be52+1 ebd1bbc8+387 efdcbe53+525
    f5b5c2cb+1 f5b6c1ab+189 f7b7c2cc+84 f8adc456+1 f8aec361+54 f8e4c3ba+1 f8e5c3b9+1 f8e6c3bb+90
    f9e2c457+354
"""
_PLANE_2 = """
    a1a1c940+10 a1abc94b+33 a1ccc9be+1 a1cdc96c+48 a1fdc9bf+46 a2cdcaf7+1 a2cec9ed+167 a4b9caf8+1840
    b7efdadf+1 b7f0d6cd+108 b8fed77b+537 bee3d6cc+1 bee4dae0+100 bfead77a+1 bfebdba7+399 c4a4ddfd+1637
    d5cbebf1+1 d5cce8a3+146 d7a2ecde+1 d7a3e976+287 daa8f0cb+1 daa9eb5b+116 dbbfebf2+137 dceaecdf+104
    ddf4f056+1 ddf5edaa+222 e0b9eeec+198 e2c3f057+82 e3b7f0cc+86 e4afeeeb+1 e4b0f163+8 e4b8f16c+153
    e5f3f269+56 e6cdf4b5+1 e6cef2c3+113 e7e1f16b+1 e7e2f375+142 e9b4f268+1 e9b5f466+45 e9e2f4b6+71
    eacbf663+1 eaccf4fd+194 ecd2f664+490 f1e6f9c4+1 f1e7f977+43 f2b4f9c5+1 f2b5f9c7+11 f2c0f9c6+1
    f2c1f9d2+4
"""
_PLANE_2_SHIFT = b"\x8e\xa2"

_WELL_FORMED = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xfe]{2}|\x8e[\xa1\xa2][\xa1-\xfe]{2})*")
_CODES = re.compile(rb"[\x00-\x7f]+|\x8e[\xa1\xa2]..|..", re.DOTALL)


def decode_euc_tw(data: bytes) -> str:
    """
    Decode EUC-TW strictly.

    Raises:
        UnicodeDecodeError: The bytes are no EUC-TW, or a character is outside
            the two planes known here.

    >>> decode_euc_tw(bytes.fromhex("c4e3c5c6"))
    '中文'
    """
    well_formed = _WELL_FORMED.match(data)
    end = well_formed.end() if well_formed else 0
    if end < len(data):
        raise UnicodeDecodeError("euc_tw", data, end, end + 1, "illegal multibyte sequence")
    table = _big5_codes()
    pieces = []
    for match in _CODES.finditer(data):
        code = match[0]
        big5 = code if code[0] < 0x80 else table.get(code.removeprefix(b"\x8e\xa1"))  # noqa: PLR2004 (ASCII)
        if big5 is None:
            raise UnicodeDecodeError("euc_tw", data, match.start(), match.end(), "no such character")
        pieces.append(big5)
    return b"".join(pieces).decode("cp950")


@cache
def _big5_codes() -> dict[bytes, bytes]:
    """Map each EUC-TW code, of plane 2 with its shift, to the Big5 code of the same character."""
    cns = [bytes((row, cell)) for row in range(0xA1, 0xFF) for cell in range(0xA1, 0xFF)]
    big5 = [
        bytes((row, cell)) for row in range(0xA1, 0xFE) for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    ]
    table = {}
    for shift, runs in ((b"", _PLANE_1), (_PLANE_2_SHIFT, _PLANE_2)):
        for first, first_big5, count in _runs(runs):
            start, start_big5 = cns.index(first), big5.index(first_big5)
            codes = zip(cns[start : start + count], big5[start_big5 : start_big5 + count], strict=True)
            table.update({shift + code: code_big5 for code, code_big5 in codes})
    return table


def _runs(text: str) -> Iterator[tuple[bytes, bytes, int]]:
    for run in text.split():
        codes, count = run.split("+")
        yield bytes.fromhex(codes[:4]), bytes.fromhex(codes[4:]), int(count)
