"""
A run of text without spaces as the pieces that may stand apart from each other.

Pieces are jieba's words with three rules on top, because a query's smallest
parts must still mean something: a number keeps what it counts (`19家|企业`,
`8月9日`, `1400多个|城乡|网格`, `5℃`), neighbouring single characters stay together
(`青农`: jieba did not know the name), and a lone one stays with the word before
it, at the start with the one after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from searchlib.analysis.analyzer import WORD, Analyzer
from searchlib.analysis.folding import border_text, is_han

# Measure words (量词) of two and three characters and those that follow 万 or 多: people, places, money,
# area, weight, time. One-character measure words need no list: a lone character stays with the number.
_MEASURE = (
    "(?:平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|公斤|千克|公顷|英里|海里|人次|美元|欧元|日元|港元|元钱"
    "|年度|年代|年级|个月|月份|小时|分钟|秒钟|世纪|季度|周年|周岁|个百分点|百分点|摄氏度|千瓦时|千瓦|兆瓦"
    "|[个家名人位户所项次件条辆台座处间套栋幢层亩吨斤克米升元块张把支根棵株片本册份篇部首幅封类种级批组对队班"
    "场局轮回倍度岁年月日天届期村镇县区市省线站里艘架头只口箱袋瓶桶袋盒床票枚])"
)
_COUNTING = re.compile(rf"[几多余来]?[十百千万亿]*[几多余来]?{_MEASURE}?")
_DEGREES = r"(?:[0-9][0-9.,]*(?: ?°[cf])?-)*[0-9]+(?:[.,][0-9]+)* ?°[cf](?![a-z0-9])"
_PART = re.compile(rf"(?P<degrees>{_DEGREES})|{WORD.pattern}")
_DATE_PART = re.compile(r"[0-9][年月日号时点分秒]\Z")


def pieces(clean: str, analyzer: Analyzer) -> list[str]:
    """
    Cut a text that `clean_text` made, and that has no space, into pieces of the same kind.

    >>> from searchlib.analysis import clean_text
    >>> pieces(clean_text("19家企业8月9日签约"), Analyzer())
    ['19家', '企业', '8月9日', '签约']
    """
    found: list[str] = []
    for row in _rows(clean, analyzer):
        found += _with_singles(_with_numbers(row))
    return [piece for piece in found if border_text(piece).strip("\n ")]


def _rows(clean: str, analyzer: Analyzer) -> Iterator[list[str]]:
    """Yield the words between one border and the next, as they stand in *clean*."""
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
    counted = ""  # what stands behind the number that the last piece begins with
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


def _with_singles(words: list[str]) -> list[str]:
    """Join neighbouring single characters with each other, a lone one with its neighbour."""
    rows: list[str] = []
    singles = ""
    for word in [*words, ""]:
        if len(word) == 1 and is_han(word):
            singles += word
            continue
        if len(singles) == 1 and rows:
            rows[-1] += singles
        elif len(singles) == 1 and word:
            word = singles + word  # noqa: PLW2901 (at the start it stays with the word after it)
        elif singles:
            rows.append(singles)
        singles = ""
        if word:
            rows.append(word)
    return rows
