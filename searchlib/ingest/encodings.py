"""
Bytes to text: which encoding is this file in?

Archives grow over decades, so one folder mixes UTF-8 with GB18030, Big5 and
UTF-16, and nothing on disk says which is which. Every decoder here is strict:
no character is replaced or left out to make a file fit. Only where the encoding
is beyond doubt and a few bytes are broken, these are read as U+FFFD, and it is
said.
"""

from __future__ import annotations

import codecs
import re
import warnings

from searchlib.errors import CorpusError
from searchlib.ingest.euc_tw import decode_euc_tw
from searchlib.ingest.notes import Notes
from searchlib.ingest.plausibility import han_plausibility, plausibility, share_in_gb2312, share_of_kana
from searchlib.message import Message

_CURE = Message("convert it to UTF-8 first, for example with: iconv -f GB18030 -t UTF-8")

# UTF-32 first: its little-endian mark starts with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_COMPRESSED = Message("is a compressed file"), Message("unpack it first")
_IMAGE = Message("is an image"), Message("take its text out first with OCR")
_MAGIC = (
    (b"%PDF-", (Message("is a PDF"), Message("take its text out first, for example with pdftotext"))),
    (
        b"PK\x03\x04",
        (
            Message("is a ZIP archive or an Office document"),
            Message("unpack it or save it as plain text"),
        ),
    ),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        (
            Message("is an old Office document"),
            Message("convert it with: soffice --headless --convert-to docx (or xlsx)"),
        ),
    ),
    (b"{\\rtf", (Message("is a rich text document (RTF)"), Message("save it as plain text"))),
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
_ASCII = bytes(range(0x80))
_MOST_CONTROLS = 0.05
"""OCR and PDF texts hold a stray control character now and then; from this share on it is no text."""

_PADDING = b"\0" * 64
"""NUL bytes in a row, as many as no text in UTF-16 or UTF-32 has."""
_PLAUSIBLE = 0.4
"""Least score for a Chinese encoding: everyday characters at random score 0.3, real texts 0.5 to 0.9."""
_SURE = 0.6
"""From this score on, EUC-TW is not tried: GB18030 and EUC-TW take the same bytes."""
_LEAST_EUC_TW_CHARS = 12
"""Fewer characters are not taken for EUC-TW, which is rare and reads nearly whatever GB18030 does."""
_CHANCE_BYTES = 12
"""Maximum number of bytes of GB18030 that may be UTF-8 by chance, each two a letter of another script."""
_LEAST_GB = -0.2
_LEAST_BIG5 = 0.2
"""Least scores of what holds no frequent characters; words of a Cyrillic code page score -0.3 as GB18030."""
_PAIR_BONUS = 0.025
_MOST_BONUS = 0.5
_MOST_RARE = 0.5
"""Share of characters outside GB2312 up to which bytes are GB18030 though they hold no frequent ones."""
_LEAST_KANA = 0.3
"""Share of kana or zhuyin from which bytes are tried as such before they are read as Big5."""
_PLAUSIBLE_BESIDE_KANA = 0.25
"""Least score of the Han characters beside kana: those of a Japanese encoding read as GB18030 have 0.1."""
_SURE_CHARS = 8
_NEARLY_ALL = 0.95
"""Minimum number of characters, with this share of hangul, of a Korean text: half of Chinese is no hangul."""
_MOST_BROKEN = 0.02
"""Share of characters that may be broken in a text whose encoding is beyond doubt."""
_BROKEN = re.compile("\ufffd+")
_LEAST_WHOLE = 3
"""Whole characters beside each broken one, at least."""
_FEW_BROKEN = 2
"""Number of broken places that a short text may have."""
END_OF_FILE = "\x1a"
"""What DOS and CP/M put at the end of a text."""
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
_END_CHARS = 1024
"""DOS filled the last block of a file with end marks."""

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


def decode(data: bytes, source: str, notes: Notes | None = None) -> str:
    r"""
    Return the text of a file's bytes, whatever encoding they are in.

    The byte order mark is not part of the text, nor is the end mark of DOS, and
    `\r\n` and `\r` become `\n`: all offsets into a text are into what is
    returned here.

    Args:
        source: What an error message calls the file.
        notes: Takes the remark that some bytes are broken; without it that is a warning.

    Raises:
        CorpusError: The bytes are no text, or in no encoding that can be
            told; the reason names the cure.

    >>> decode("查干湖冬捕\r\n开网".encode("gb18030"), "a.txt")
    '查干湖冬捕\n开网'
    """
    _refuse_magic(data, source)
    data = _without_padding(data)
    text = _by_mark(data, source, notes)
    if text is None:
        text = _by_nul_bytes(data, source) if b"\0" in data else _without_nul_bytes(data, source, notes)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if END_OF_FILE in text[-_END_CHARS:]:
        before = text.rstrip(f"{END_OF_FILE}\n\0 ")
        text = text[: text.index(END_OF_FILE, len(before))] if END_OF_FILE in text[len(before) :] else text
    return text


def _without_padding(data: bytes) -> bytes:
    """Leave out NUL bytes that fill a block before or after a text, as a program that broke off left it."""
    if not (data.startswith(_PADDING) or data.endswith(_PADDING)):
        return data
    bare = data.strip(b"\0")
    return data if b"\0" in bare else bare


def _refuse_magic(data: bytes, source: str) -> None:
    if known := magic_of(data):
        raise CorpusError(source, Message("{}; {}", *known))


def magic_of(data: bytes) -> tuple[Message, Message] | None:
    """Return what bytes are that begin as no text does, and the cure."""
    return next((known for magic, known in _MAGIC if data.startswith(magic)), None)


def _by_mark(data: bytes, source: str, notes: Notes | None) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                place = error.start + len(mark)
                text = data[len(mark) :].decode(encoding, "replace")
                if _is_hardly_broken(text):
                    _remark(source, encoding.upper(), place, text, notes)
                    return text
                reason = Message("is marked as {}, but broken at byte {}", encoding.upper(), place)
                raise CorpusError(source, Message("{}; save it again as UTF-8", reason)) from error
    return None


def _by_nul_bytes(data: bytes, source: str) -> str:
    texts = (_strictly(data, encoding) for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"))
    scored = [(plausibility(text, count_ascii=True), text) for text in texts if text is not None]
    score, text = max(scored, default=(0.0, ""))
    if score < _PLAUSIBLE or "\0" in text:
        place = data.index(0)
        reason = Message(
            "holds NUL bytes, the first at byte {}, and is no UTF-16 or UTF-32: it is no text", place
        )
        raise CorpusError(source, Message("{}; leave it out", reason))
    return text


def _without_nul_bytes(data: bytes, source: str, notes: Notes | None) -> str:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    too_many_controls = controls > _MOST_CONTROLS * len(data)
    text = _strictly(data, "utf-8")
    if text is None or _reads_better_as_gb(data, text):
        text = _as_kana(data) or _as_chinese(data)
    elif too_many_controls:
        raise CorpusError(
            source, Message("holds {} control characters: it is no text; leave it out", controls)
        )
    if text is None and not too_many_controls:
        text = _mend_utf8(data, source, notes) or _by_repertoire(data)
    if text is None:
        text = _mend(data, source, notes)
    if text is None:
        text = None if too_many_controls else _as_foreign(data)
    if text is None:
        raise CorpusError(source, Message("is in no encoding that can be told; {}", _CURE))
    return text


def _as_kana(data: bytes) -> str | None:
    """Read bytes as kana, zhuyin, pinyin and Han of GB18030 where they hold much of the former."""
    text = _strictly(data, "gb18030")
    if text is None or share_of_kana(text) < _LEAST_KANA:
        return None
    han = han_plausibility(text)
    is_japanese = han is not None and (han < _PLAUSIBLE_BESIDE_KANA or _is_rather_foreign(data, han))
    return None if is_japanese else text


def _is_rather_foreign(data: bytes, score: float) -> bool:
    """Return whether bytes that are GB18030 with a score are rather Japanese or Korean in EUC."""
    japanese = _strictly(data, "euc_jp")
    if japanese is not None and share_of_kana(japanese, least_run=1) > _LEAST_KANA:
        return (han_plausibility(japanese) or 0.0) > score
    korean = _strictly(data, "euc_kr")
    if korean is None:
        return False
    beyond_ascii = [character for character in korean if character > "\x7f"]
    hangul = sum("\uac00" <= character <= "\ud7a3" for character in beyond_ascii)
    return len(beyond_ascii) >= _SURE_CHARS and hangul >= _NEARLY_ALL * len(beyond_ascii)


def _by_repertoire(data: bytes) -> str | None:
    """
    Read bytes that hold no frequent characters: names, tables, signs.

    They are GB18030, or Big5, where they decode as characters of its everyday
    part, and as more of them than in the other.
    """
    gb = _strictly(data, "gb18030")
    big5 = next(filter(None, (_strictly(data, encoding) for encoding in _CHINESE[1])), None)
    gb_score = None
    share = share_in_gb2312(gb) if gb is not None else 0.0
    if gb is not None and share >= 1 - _MOST_RARE:
        gb_score = han_plausibility(gb)
        gb_score = _PLAUSIBLE if gb_score is None else gb_score
        if _is_rather_foreign(data, gb_score):
            return None
        if gb_score < _LEAST_GB:
            gb_score = None
    big5_score = plausibility(big5) if big5 is not None else -1.0
    if gb_score is None:
        return big5 if big5_score > _LEAST_BIG5 else None
    # Four in ten characters of Big5 have a second byte that none of GB2312 has: the longer, the surer.
    bonus = min(_MOST_BONUS, _PAIR_BONUS * len(data.translate(None, _ASCII))) if share == 1 else share - 1
    if gb_score + bonus > big5_score:
        return gb
    return big5 if share < 1 and big5_score > _LEAST_BIG5 else None


def _reads_better_as_gb(data: bytes, text: str) -> bool:
    """Return whether bytes that are UTF-8 by chance are frequent characters of GB18030: 一 reads as һ."""
    if len(data) > _CHANCE_BYTES or text.isascii() or any(char > "\u07ff" for char in text):
        return False
    gb = _strictly(data, "gb18030")
    return gb is not None and plausibility(gb) > _SURE


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        if encoding == "euc_tw":
            return decode_euc_tw(data)
        return data.decode(encoding, _EURO if encoding == "gb18030" else "strict")
    except UnicodeDecodeError:
        return None


def _euro(error: UnicodeError) -> tuple[str, int]:
    """Read the byte 80 as Windows writes it into GBK; all else stays an error."""
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == _EURO_BYTE:
        return "€", error.start + 1
    raise error


_EURO_BYTE = 0x80
_EURO = "searchlib.euro"
codecs.register_error(_EURO, _euro)


def _as_chinese(data: bytes) -> str | None:
    declared = _decode_declared(data)
    best, found = _PLAUSIBLE, None
    for family in (*_CHINESE, ("euc_tw",)):
        if family == ("euc_tw",) and best >= _SURE:
            continue
        text = next(filter(None, (_strictly(data, encoding) for encoding in family)), None)
        if text is not None and family == ("euc_tw",) and len(text) < _LEAST_EUC_TW_CHARS:
            continue
        if text is not None:
            score = plausibility(text) + (_DECLARED_BONUS if family[0] == declared else 0.0)
            if score > best:
                best, found = score, text
    return found


def _decode_declared(data: bytes) -> str | None:
    match = _DECLARATION.search(data[:_DECLARATION_BYTES])
    return _DECLARED.get(match[1].decode("ascii").lower()) if match else None


def _mend_utf8(data: bytes, source: str, notes: Notes | None) -> str | None:
    """Read UTF-8 of which a few bytes are broken; nothing else has many characters of several bytes in it."""
    text = data.decode("utf-8", "replace")
    whole = sum(character > "\u07ff" and character != "\ufffd" for character in text)
    if whole < _LEAST_WHOLE * text.count("\ufffd") or not _is_hardly_broken(text):
        return None
    _remark(source, "UTF-8", _first_broken_byte(data, "utf-8"), text, notes)
    return text


def _mend(data: bytes, source: str, notes: Notes | None) -> str | None:
    """
    Read GB18030 or Big5 of which a few bytes are broken.

    Raises:
        CorpusError: More than a few are: the cure is another than for an unknown encoding.
    """
    for encoding, name in (("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("big5hkscs", "Big5")):
        text = data.decode(encoding, "replace")
        if plausibility(text) > _PLAUSIBLE:
            place = _first_broken_byte(data, encoding)
            if _is_hardly_broken(text):
                _remark(source, name, place, text, notes)
                return text
            cure = Message("repair it, or drop what is broken with: iconv -c -f {} -t UTF-8", name)
            raise CorpusError(source, Message("is {}, but broken at byte {}; {}", name, place, cure))
    return None


def _is_hardly_broken(text: str) -> bool:
    broken = len(_BROKEN.findall(text))
    return broken <= max(_FEW_BROKEN, _MOST_BROKEN * len(text)) and broken * _LEAST_WHOLE <= len(text)


def _remark(source: str, encoding: str, place: int, text: str, notes: Notes | None) -> None:
    broken = text.count("\ufffd")
    reason = Message(
        "is {}, but broken at byte {}; {} of its characters read as U+FFFD", encoding, place, broken
    )
    if notes is None:
        warnings.warn(f"{source} {reason}", UnicodeWarning, stacklevel=2)
    else:
        notes.remark(CorpusError(source, reason))


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
    is_japanese = match.encoding in {"cp932", "euc_jp"}
    return None if is_japanese and not share_of_kana(str(match), least_run=1) else str(match)
