"""
Bytes to text: which encoding is this file in?

Archives grow over decades, so one folder mixes UTF-8 with GB18030, Big5 and
UTF-16, and nothing on disk says which is which. Every decoder here is strict:
no character is ever replaced or left out to make a file fit.
"""

from __future__ import annotations

import codecs
import re

from searchlib.errors import CorpusError
from searchlib.readers.euc_tw import decode_euc_tw
from searchlib.readers.plausibility import plausibility

_CURE = "convert it to UTF-8 first, for example with: iconv -f GB18030 -t UTF-8"

# UTF-32 first: its little-endian mark starts with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_COMPRESSED = "is a compressed file; unpack it first"
_IMAGE = "is an image; take its text out first with OCR"
_MAGIC = (
    (b"%PDF-", "is a PDF; take its text out first, for example with pdftotext"),
    (b"PK\x03\x04", "is a ZIP archive or an Office document; unpack it or save it as plain text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Office document; save it as plain text"),
    (b"{\\rtf", "is a rich text document (RTF); save it as plain text"),
    (b"\x89PNG\r\n\x1a\n", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"\x1f\x8b", _COMPRESSED),
    (b"BZh", _COMPRESSED),
    (b"\xfd7zXZ\x00", _COMPRESSED),
    (b"\x28\xb5\x2f\xfd", _COMPRESSED),
    (b"7z\xbc\xaf\x27\x1c", _COMPRESSED),
    (b"Rar!\x1a\x07", _COMPRESSED),
)

_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1A), *range(0x1B, 0x20), 0x7F])
"""Control characters that no text needs; not tab, line ends, form feed, and the end mark of DOS files."""
_MOST_CONTROLS = 0.05
"""OCR and PDF texts hold a stray control character now and then; from this share on it is no text."""

_PLAUSIBLE = 0.4
"""Least score for a Chinese encoding: everyday characters at random score 0.3, real texts 0.5 to 0.9."""
_SURE = 0.6
"""From this score on, EUC-TW is not tried: GB18030 and EUC-TW take the same bytes."""
_CHANCE_BYTES = 12
"""So many bytes of GB18030 may be UTF-8 by chance, each two of them a letter of another script."""
_DECLARED_BONUS = 0.2
"""What a declaration in the file counts: enough to settle a short text, not to overrule a clear one."""

_DECLARATION = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""")
_DECLARED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "euc-tw": "euc_tw",
}
"""The names that files use, each with the first of its family."""
_DECLARATION_BYTES = 2048

# Of each family the first member that fits: GB18030 contains GBK and GB2312; Big5-HKSCS contains Big5, and
# cp950 has the few codes that HKSCS lacks. UTF-16 is here for Chinese without a space or line end, which has
# no NUL byte to be known by.
_CHINESE = (("gb18030",), ("big5hkscs", "cp950"), ("utf-16-le",), ("utf-16-be",))

_FOREIGN = ("cp1252", "cp1251", "koi8_r", "cp932", "euc_jp")
"""
Where the detector may look once no Chinese encoding fits.

One code page a script, because among those of one script it guesses, and a
wrong guess would be silent. Korean's is left out: it takes nearly any GBK file.
"""


def decode(data: bytes, source: str) -> str:
    r"""
    Return the text of a file's bytes, whatever encoding they are in.

    The byte order mark is not part of the text, and `\r\n` and `\r` become
    `\n`: all offsets into a text are into what is returned here.

    Args:
        source: What an error message calls the file.

    Raises:
        CorpusError: The bytes are no text, or in no encoding that can be
            told; the reason names the cure.

    >>> decode("查干湖冬捕\r\n开网".encode("gb18030"), "a.txt")
    '查干湖冬捕\n开网'
    """
    _refuse_magic(data, source)
    text = _by_mark(data, source)
    if text is None:
        text = _by_nul_bytes(data, source) if b"\0" in data else _without_nul_bytes(data, source)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _refuse_magic(data: bytes, source: str) -> None:
    for magic, reason in _MAGIC:
        if data.startswith(magic):
            raise CorpusError(source, reason)


def _by_mark(data: bytes, source: str) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                place = error.start + len(mark)
                reason = f"is marked as {encoding.upper()}, but broken at byte {place}"
                raise CorpusError(source, f"{reason}; save it again as UTF-8") from error
    return None


def _by_nul_bytes(data: bytes, source: str) -> str:
    texts = (_strictly(data, encoding) for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"))
    scored = [(plausibility(text, count_ascii=True), text) for text in texts if text is not None]
    score, text = max(scored, default=(0.0, ""))
    if score < _PLAUSIBLE or "\0" in text:
        place = data.index(0)
        reason = f"holds NUL bytes, the first at byte {place}, and is no UTF-16 or UTF-32: it is no text"
        raise CorpusError(source, f"{reason}; leave it out")
    return text


def _without_nul_bytes(data: bytes, source: str) -> str:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    too_many_controls = controls > _MOST_CONTROLS * len(data)
    text = _strictly(data, "utf-8")
    if text is None or _reads_better_as_gb(data, text):
        text = _as_chinese(data)
    elif too_many_controls:
        raise CorpusError(source, f"holds {controls} control characters: it is no text; leave it out")
    if text is None:
        _refuse_damaged(data, source)
        text = None if too_many_controls else _as_foreign(data)
    if text is None:
        raise CorpusError(source, f"is in no encoding that can be told; {_CURE}")
    return text


def _reads_better_as_gb(data: bytes, text: str) -> bool:
    """Tell whether bytes that are UTF-8 by chance are frequent characters of GB18030: 一 reads as һ."""
    if len(data) > _CHANCE_BYTES or text.isascii() or any(char > "\u07ff" for char in text):
        return False
    gb = _strictly(data, "gb18030")
    return gb is not None and plausibility(gb) > _SURE


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return decode_euc_tw(data) if encoding == "euc_tw" else data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _as_chinese(data: bytes) -> str | None:
    declared = _declared(data)
    best, found = _PLAUSIBLE, None
    for family in (*_CHINESE, ("euc_tw",)):
        if family == ("euc_tw",) and best >= _SURE:
            continue
        text = next(filter(None, (_strictly(data, encoding) for encoding in family)), None)
        if text is not None:
            score = plausibility(text) + (_DECLARED_BONUS if family[0] == declared else 0.0)
            if score > best:
                best, found = score, text
    return found


def _declared(data: bytes) -> str | None:
    match = _DECLARATION.search(data[:_DECLARATION_BYTES])
    return _DECLARED.get(match[1].decode("ascii").lower()) if match else None


def _refuse_damaged(data: bytes, source: str) -> None:
    """Tell a damaged file from one in an unknown encoding: the cures differ."""
    for encoding, name in (("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("big5hkscs", "Big5")):
        if plausibility(data.decode(encoding, "replace")) > _PLAUSIBLE:
            place = _first_broken_byte(data, encoding)
            cure = f"repair it, or drop what is broken with: iconv -c -f {name} -t UTF-8"
            raise CorpusError(source, f"is {name}, but broken at byte {place}; {cure}")


def _first_broken_byte(data: bytes, encoding: str) -> int:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    raise AssertionError(encoding)


def _as_foreign(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 (a folder of Chinese never needs it)

    match = from_bytes(data, cp_isolation=list(_FOREIGN), enable_fallback=False).best()
    if match is None or match.encoding not in _FOREIGN or not match.coherence:
        return None  # without a language recognised in it, the guess is as good as any other
    return str(match)
