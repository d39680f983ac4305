"""
A run of text without spaces as the pieces that may be apart from each other.

Pieces are jieba's words with four rules on top, because a query's smallest
parts must still mean something: a number keeps what it counts (`19家|企业`,
`8月9日`, `1400多个|城乡|网格`, `5℃`), neighbouring single characters stay together
(`青农`: jieba did not know the name), a lone one stays with the word before
it, at the start with the one after it, and a stop word is a word of its own, as
if there were spaces around it (`马云|的|演讲`). A function character such as 的
is never a piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from searchlib.analysis.analyzer import WORD_TEXT, Analyzer
from searchlib.analysis.folding import border_text, is_han, simplify
from searchlib.analysis.stopwords import FUNCTION_WORDS, SURE_CHARACTERS, is_question_word, is_stop_word
from searchlib.lazy import lazy_pattern

# Measure words (量词) of two and three characters and those that follow 万 or 多: people, places, money,
# area, weight, time. One-character measure words need no list: a lone character stays with the number.
_MEASURE = (
    "(?:平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|公斤|千克|公顷|英里|海里|人次|美元|欧元|日元|港元|元钱"
    "|年度|年代|年级|个月|月份|小时|分钟|秒钟|世纪|季度|周年|周岁|个百分点|百分点|摄氏度|千瓦时|千瓦|兆瓦"
    "|[个家名人位户所项次件条辆台座处间套栋幢层亩吨斤克米升元块张把支根棵株片本册份篇部首幅封类种级批组对队班"
    "场局轮回倍度岁年月日天届期村镇县区市省线站里艘架头只口箱袋瓶桶袋盒床票枚])"
)
LONGEST_ROW = 12
"""Maximum number of single characters in a row of which all parts are tried: a name has no more."""

_LONGEST_READ = 200
_COUNTING = lazy_pattern(rf"[几多余来]?[十百千万亿]*[几多余来]?{_MEASURE}?")
_DEGREES = r"(?:[0-9][0-9.,]*(?: ?°[cf])?-)*[0-9]+(?:[.,][0-9]+)* ?°[cf](?![a-z0-9])"
_PART = lazy_pattern(rf"(?P<degrees>{_DEGREES})|{WORD_TEXT}")
_WHY_TIME = "为什么时候"
"""No question: its first character ends a name before it."""
_DATE_PART = lazy_pattern(r"[0-9][年月日号时点分秒]\Z")


def pieces(clean: str, analyzer: Analyzer) -> list[str]:
    """
    Cut a text that `clean_text` made, and that has no space, into pieces of the same kind.

    Function characters are left out unless there is nothing else. Two characters are one piece:
    who types 着名 means 著名.

    >>> from searchlib.analysis import clean_text
    >>> pieces(clean_text("19家企业8月9日签约"), Analyzer())
    ['19家', '企业', '8月9日', '签约']
    >>> pieces(clean_text("马云的演讲"), Analyzer())
    ['马云', '演讲']
    """
    if len(clean) == 2 and all(map(is_han, clean)):  # noqa: PLR2004
        return [clean]
    found: list[str] = []
    for row in _rows(clean, analyzer):
        found += _with_singles(_with_questions(_with_numbers(row)))
    found = [piece for piece in found if border_text(piece).strip("\n ")]
    return [piece for piece in found if not _is_function_character(piece)] or found


def looser_pieces(piece: str, analyzer: Analyzer) -> list[tuple[str, str]]:
    """
    Return the parts of a piece that mean nearly as much as all of it, each with what it lacks.

    A single character stays with its neighbours in a piece, and may be a verb beside a name.
    The longest parts come first, the shortest have two characters; of a row of more than
    `LONGEST_ROW` single characters there are only pairs, with nothing said of the rest.

    >>> looser_pieces("王思聪花", Analyzer())[0]
    ('王思聪', '花')
    >>> looser_pieces("小区多", Analyzer()), looser_pieces("农业", Analyzer())
    ([('小区', '多')], [])
    >>> [part for part, _ in looser_pieces("硕塞卒于", Analyzer())]
    ['硕塞卒', '塞卒于', '硕塞', '塞卒', '卒于']
    """
    words = [word for row in _rows(piece, analyzer) for word in row]
    if len(words) < 2 or "".join(words) != piece or not all(map(is_han, piece)):  # noqa: PLR2004
        return []
    if all(len(word) == 1 for word in words):
        if len(piece) > LONGEST_ROW:
            return [(pair, "") for pair in dict.fromkeys(map("".join, pairwise(piece[:_LONGEST_READ])))]
        lengths = range(len(piece) - 1, 1, -1)
        places = [(start, start + length) for length in lengths for start in range(len(piece) - length + 1)]
        return [(piece[start:end], piece[:start] + piece[end:]) for start, end in places]
    return [(word, piece.replace(word, "", 1)) for word in words if len(word) > 1]


def _rows(clean: str, analyzer: Analyzer) -> Iterator[list[str]]:
    """Yield the words between one border and the next, as they are in *clean*."""
    row: list[str] = []
    done = 0
    for match in _PART.finditer(clean):
        if match.start() > done:
            yield row
            row = []
        row += analyzer.han_words(match.group()) if match.lastgroup == "han" else [match.group()]
        done = match.end()
    yield row


def _with_numbers(words: list[str]) -> list[str]:
    """Join numbers with what they count, and the parts of a date with each other."""
    joined: list[str] = []
    counted = ""  # what is after the number that the last piece begins with
    open_number = False
    for word in words:
        if open_number and _COUNTING.fullmatch(counted + word):
            counted += word
            joined[-1] += word
            continue
        if word[0].isdigit() and joined and _DATE_PART.search(joined[-1][-2:]):
            joined[-1] += word
        else:
            joined.append(word)
        open_number = word[0].isdigit()
        counted = ""
    return joined


def _with_questions(words: Iterable[str]) -> Iterator[str]:
    """Join 哪 or 几 with what is counted (哪|座), and 什么 with 时候; 华|为什么|时候 is 华为|什么时候."""
    before = ""
    for word in words:
        if before and is_question_word(before) and is_question_word(before + word):
            before += word
            continue
        if simplify(before + word) == _WHY_TIME:
            yield before[0]
            before = before[1:] + word
            continue
        if before:
            yield before
        before = word
    if before:
        yield before


def _with_singles(words: Iterable[str]) -> list[str]:
    """Join neighbouring single characters with each other, a lone one with its neighbour; not stop words."""
    found: list[str] = []
    section: list[str] = []
    for word in words:
        if (len(word) > 1 and is_stop_word(word)) or simplify(word) in SURE_CHARACTERS:
            found += [*_join_characters(section), word]
            section = []
        else:
            section.append(word)
    return found + _join_characters(section)


def _join_characters(words: Sequence[str]) -> list[str]:
    """Join the single characters of a row of words in which no stop word is certain."""
    rows: list[str] = []
    singles: list[str] = []
    lone = ""
    for word in [*words, ""]:
        if len(word) == 1 and is_han(word):
            singles.append(word)
            continue
        if all(map(is_stop_word, singles)):
            rows += singles
        elif len(singles) == 1 and rows and not is_stop_word(rows[-1]):
            rows[-1] += singles[0]
        elif len(singles) == 1 and word:
            lone = singles[0]
        else:
            rows.append("".join(singles))
        singles = []
        if word:
            rows.append(lone + word)
            lone = ""
    return rows


def _is_function_character(piece: str) -> bool:
    return len(piece) == 1 and simplify(piece) in FUNCTION_WORDS
