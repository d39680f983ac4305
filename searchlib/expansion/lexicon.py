"""
The user's words and synonyms: two plain text files beside the index.

`words.txt` has a word a line; `synonyms.txt` has `农行=中国农业银行` a line, each
of which finds the other, or `A=>B`, where A finds B. What begins with `#` is a remark.
They work on the query's side: nothing is indexed again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from searchlib.analysis import border_text, clean_and_simplify
from searchlib.errors import CorpusError
from searchlib.lazy import lazy_pattern
from searchlib.message import Message

WORDS = "words.txt"
SYNONYMS = "synonyms.txt"
FILES = (WORDS, SYNONYMS)


MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_TEXT_CHARS = 200
"""Of one word or synonym. The name of an office is a tenth of it, and each length more costs every query."""

MAX_SYNONYMS = 100
"""Of one text. A phrase has far fewer other forms (`expander.MOST_FORMS`)."""

_HAN_TEXT = lazy_pattern(rf"[\u4e00-\u9fff]{{1,{MAX_TEXT_CHARS}}}")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_WORD_CHARS = _LETTERS | frozenset("0123456789")


class Lexicon:
    """Words that are one word, and for each text what else may stand for it; folded and simplified."""

    def __init__(
        self, words: frozenset[str] = frozenset(), synonyms: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self.words = words
        self.synonyms = synonyms or {}
        self.is_empty = not (self.words or self.synonyms)
        self._words = _Finder(self.words)
        self._synonyms = _Finder(self.synonyms)

    def __bool__(self) -> bool:
        return not self.is_empty

    def words_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the user's words are in a simplified text, the longest first, none in another."""
        return self._words.places(text)

    def synonyms_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where something is that has synonyms in a simplified text, the longest first."""
        return self._synonyms.places(text)


class _Finder:
    """
    Finds any of some texts; letters and figures at an end of one must be a whole word there.

    Letters may follow a number, as the unit in 100km.

    A regular expression of a million words takes half a minute to compile.
    """

    def __init__(self, texts: Collection[str]) -> None:
        self._texts = texts

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        """The lengths of the texts that begin with a character, the longest first."""
        found: dict[str, set[int]] = {}
        for text in self._texts:
            found.setdefault(text[0], set()).add(len(text))
        return {char: sorted(lengths, reverse=True) for char, lengths in found.items()}

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each, from left to right."""
        lengths = self._lengths
        start = 0
        while lengths and start < len(text):
            end = self._end(text, start, lengths.get(text[start], ()))
            if end:
                yield start, end
            start = end or start + 1

    def _end(self, text: str, start: int, lengths: Iterable[int]) -> int:
        """Return where the longest ends that begins at a place; 0 when none does."""
        before = _LETTERS if text[start] in _LETTERS else _WORD_CHARS
        inside = start > 0 and text[start] in _WORD_CHARS and text[start - 1] in before
        for length in () if inside else lengths:
            end = start + length
            if text[start:end] in self._texts and end <= len(text):
                goes_on = end < len(text) and text[end - 1] in _WORD_CHARS and text[end] in _WORD_CHARS
                if not goes_on:
                    return end
        return 0


class NamedText(NamedTuple):
    """A text in UTF-8, and what an error message calls it."""

    label: str
    data: bytes | None


def read_lexicon(words: NamedText, synonyms: NamedText) -> Lexicon:
    """
    Read both texts; one that is not there says nothing.

    Raises:
        CorpusError: A line cannot be read. It is named and not shown: the text may be a stranger's idea.
    """
    return Lexicon(_read_words(words), _read_synonyms(synonyms))


def _read_words(source: NamedText) -> frozenset[str]:
    words: set[str] = set()
    plain: list[str] = []
    for number, line in _lines(source):
        if len(line) > 1 and _HAN_TEXT.fullmatch(line):
            plain.append(line)
        else:
            words.add(_word(source, number, line))
    return frozenset(words.union(_all_cleaned(plain)))


def _all_cleaned(texts: list[str]) -> list[str]:
    """Fold texts of Han only, which are folded character by character, in one go."""
    return clean_and_simplify("\n".join(texts)).split("\n") if texts else []


def _read_synonyms(source: NamedText) -> dict[str, tuple[str, ...]]:
    lines: list[tuple[int, bool, list[str]]] = []
    for number, line in _lines(source):
        half = line.replace("＝", "=").replace("＞", ">")
        one_way = "=>" in half
        lines.append((number, one_way, half.split("=>" if one_way else "=")))
    plain = list({side for *_, written in lines for side in written if _HAN_TEXT.fullmatch(side)})
    cleaned = dict(zip(plain, _all_cleaned(plain), strict=True))
    synonyms: dict[str, dict[str, None]] = {}
    for number, one_way, written in lines:
        texts = _sides(source, number, written, cleaned, one_way=one_way)
        for text in texts[:1] if one_way else texts:
            others = synonyms.setdefault(text, {})
            others.update(dict.fromkeys(other for other in texts if other != text))
            if len(others) > MAX_SYNONYMS:
                raise CorpusError(
                    source.label, Message("a text has at most {} synonyms", MAX_SYNONYMS), line=number
                )
    return {text: tuple(others) for text, others in synonyms.items()}


def _lines(source: NamedText) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, with their number."""
    if source.data is None:
        return
    if len(source.data) > MAX_FILE_BYTES:
        raise CorpusError(source.label, Message("is larger than {} MiB", MAX_FILE_BYTES // 1024**2))
    for number, raw in enumerate(source.data.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        try:
            line = raw.decode("utf-8").partition("#")[0].strip()
        except UnicodeDecodeError:
            reason = Message("this is not UTF-8; save the file as UTF-8")
            raise CorpusError(source.label, reason, line=number) from None  # it would show the bytes
        if line:
            yield number, line


def _word(source: NamedText, number: int, line: str) -> str:
    _check_length(source, number, line)
    word = clean_and_simplify(line)
    if len(line.split()) > 1 or "=" in line:
        raise CorpusError(source.label, "a line holds one word", line=number)
    if len(border_text(word).strip("\n ")) < 2 or "\n" in border_text(word):  # noqa: PLR2004
        raise CorpusError(source.label, "a word has two characters or more, and no punctuation", line=number)
    return word


def _check_length(source: NamedText, number: int, text: str) -> None:
    if len(text) > MAX_TEXT_CHARS:
        reason = Message("a word or synonym has at most {} characters", MAX_TEXT_CHARS)
        raise CorpusError(source.label, reason, line=number)


def _sides(
    source: NamedText, number: int, written: list[str], cleaned: Mapping[str, str], *, one_way: bool
) -> list[str]:
    """Return the texts of a line that find each other, folded; with *one_way* the first finds the second."""
    bad = len(written) < 2 or (one_way and len(written) > 2)  # noqa: PLR2004
    if len(written) > MAX_SYNONYMS + 1:
        raise CorpusError(source.label, Message("a text has at most {} synonyms", MAX_SYNONYMS), line=number)
    texts: dict[str, None] = {}
    for side in written:
        clean = cleaned.get(side)
        if clean is None:
            _check_length(source, number, side)
            clean = clean_and_simplify(side)
            bad = bad or bool(set("=>") & set(side)) or not border_text(clean).strip("\n ")
        texts[clean] = None
    if bad:
        raise CorpusError(source.label, "write A=B, or A=>B where only A finds B", line=number)
    return list(texts)
