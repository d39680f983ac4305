"""
Signs that are one thing or another as their neighbours decide: before anything else is folded.

- A comma belongs to a number only where it groups thousands (`1,234,567`): in `500，2024年` and `1,3,5号线`
  it ends one. A full-width comma groups those of full-width figures only.
- The point of a numbered list ends a number too: `1.2024年`, `2.5月1日`.
- A circle, an O or a zero between Han numerals is the numeral zero: `二○二四年`.
- A dot between two Han characters is one of a foreign name (`卡尔•马克思`), between two initials (`J•K`) and
  in the date of an event (`5•12地震`) too, elsewhere a mark.
- `<` and `>` around a few Han characters are quotation marks, elsewhere marks.
- Figures in circles, above or below the line are numbers of their own: `1949①`, `10³`, `1½`.

What is replaced keeps its length. Only `part_figures` puts something in, and tells where.
"""

from __future__ import annotations

import re
from itertools import pairwise

from searchlib.lazy import lazy_pattern

HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b"
    "\u3040-\u30ff\u3100-\u312f\u31a0-\u31e3\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Regex class body of the characters that are written without spaces: Han, and with it kana and bopomofo."""

_FIGURE = "0-9０-９"
_NUMERALS = "一二三四五六七八九十百千"
NUMERALS = f"{_NUMERALS}〇零"
"""Behind one of these a circle, an O or a zero may be the numeral zero."""
YEAR, MONTH = "年", "月"
_CIRCLES = "○◯"
_ZEROS = f"{_CIRCLES}OＯoｏ0０"
_DOTS = "•∙⋅．⸱⸳᛫ꞏ"
_NAME_DOTS = _DOTS.replace("．", "")
_AROUND = "≪≫"
_OPEN, _CLOSED = "<＜﹤`´", ">＞﹥`´"
"""Signs that are quotation marks around a few Han characters: <网格>, `网格´."""
_PRIMES = "′″‴‵‶‷⁗"
ENCLOSED = "\u2460-\u249b\u24ea\u2776-\u2793\u24eb-\u24ff\u3251-\u325f\u32b1-\u32bf\U0001f100-\U0001f10c"
_RAISED = "²³¹⁰⁴-⁹₀-₉"
FRACTION_SIGNS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅟↉"
FRACTIONS = "¼½¾⅐-⅟↉"

TELLING = f"{_CIRCLES}{_DOTS}{_AROUND}<>＜＞﹤﹥`´{_PRIMES}{ENCLOSED}{_RAISED}{FRACTIONS}"
"""Regex class body of the rare signs for which a text must be looked at as a whole."""

_HINTS = (  # each begins with the sign that it is about: the search is as fast as `find`
    lazy_pattern(f"，(?<=[{_FIGURE}]，)(?=[{_FIGURE}])"),
    lazy_pattern(f",(?<=[{_FIGURE}],)(?=[{_FIGURE}])"),
    lazy_pattern(rf"\.(?<=[{_FIGURE}]\.)(?=[{_FIGURE}]{{4}}年|[{_FIGURE}]{{1,2}}月)"),
    lazy_pattern(f"．(?<=[{_FIGURE}]．)(?=[{_FIGURE}]{{4}}年|[{_FIGURE}]{{1,2}}月)"),
)
_FIGURES = lazy_pattern(f"[{_FIGURE}]+(?:[,，.．][{_FIGURE}]+)*")
_OF_FIGURES = frozenset("0123456789０１２３４５６７８９,，.．")
_ZERO = lazy_pattern(f"(?<=[{NUMERALS}])[{_ZEROS}]{{1,4}}")
_ZERO_HINTS = tuple(lazy_pattern(f"{zero}(?<=[{NUMERALS}]{zero})") for zero in _ZEROS)

_SHORT = 100
"""Of a shorter text it is sooner seen that it has no such sign than that no pattern finds one."""
_TELLTALES = frozenset(f"，,.．{_ZEROS}")

_LATIN = "A-Za-zＡ-Ｚ"
_MOST_QUOTED = 20
_RARE = lazy_pattern(
    rf"(?P<dot>[{_DOTS}](?<=[{HAN}].)(?=[{HAN}])"
    rf"|[{_NAME_DOTS}](?:(?<=[{HAN}].)(?=[{_LATIN}])|(?<=[{_LATIN}].)(?=[{HAN}])))"
    rf"|(?P<date>[{_NAME_DOTS}](?:(?<=(?<![0-9.])[1-9].)|(?<=(?<![0-9.])1[0-2].))(?=[0-3]?[0-9](?:[{HAN}]|[”’」』])))"
    rf"|(?P<initial>[{_NAME_DOTS}](?<=(?<![A-Za-z])[A-Z].)(?=[A-Z](?![A-Za-z])))"
    rf"|(?P<around>[{_AROUND}](?:(?<=[{HAN}].)|(?=[{HAN}])))"
    rf"|(?P<quoted>[{_OPEN}][{HAN}]{{1,{_MOST_QUOTED}}}[{_CLOSED}])"
    rf"|(?P<prime>[{_PRIMES}](?:(?<=[{_FIGURE}].)|(?<=[A-Za-z].)(?![{HAN}])))"
    rf"|(?P<circle>[{_CIRCLES}](?=[一二三四五六七八九]年))"
)
_APART = f"{ENCLOSED}{_RAISED}{FRACTIONS}"
_PARTS = lazy_pattern(  # the places between figures of two kinds
    rf"(?<=[{ENCLOSED}])(?=[{_FIGURE}{_APART}])|(?<=[{_FIGURE}{_APART}])(?=[{ENCLOSED}{FRACTIONS}])"
    rf"|(?<=[{_RAISED}{FRACTIONS}])(?=[{_FIGURE}])|(?<=[{_FIGURE}{FRACTIONS}])(?=[{_RAISED}])"
    rf"|(?<=[{_APART}])(?=[,，.．])|(?<=[,，.．])(?=[{_APART}])"
)
_THOUSANDS = lazy_pattern(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_WIDE_THOUSANDS = lazy_pattern("[１-９][０-９]{0,2}(?:，[０-９]{3})+(?:[.．][０-９]+)?")
_LIST_POINT = lazy_pattern(r"\d{1,2}\.\d{4}年|\d{1,2}\.(?:0?[1-9]|1[0-2])月\d{1,2}[日号]")
_PLAIN = str.maketrans("０１２３４５６７８９．", "0123456789.")
_FIGURES_OF_HAN = frozenset(f"一二三四五六七八九〇零{_ZEROS}")
_ZERO_BEHIND = frozenset(f"{_NUMERALS}年后後")
_BORDER = "\n"
_MOST_BEHIND = len("月31日")


def resolve_signs(text: str) -> str:
    r"""
    Write commas, points and zeros as what they are, so that each can be folded by itself.

    >>> [resolve_signs(text) for text in ("500，2024年", "1,3,5号线", "1,234.5元", "二O二四年")]
    ['500\n2024年', '1\n3\n5号线', '1,234.5元', '二〇二四年']
    """
    if len(text) < _SHORT and _TELLTALES.isdisjoint(text):
        return text
    text = _with_borders(text, [match.start() for hint in _HINTS for match in hint.finditer(text)])
    return _ZERO.sub(_as_zeros, text) if any(hint.search(text) for hint in _ZERO_HINTS) else text


def resolve_signs_wholly(text: str) -> str:
    """
    Write the rare signs too as what they are.

    >>> resolve_signs_wholly("卡尔•马克思"), resolve_signs_wholly("A • B"), resolve_signs_wholly("○八年")
    ('卡尔·马克思', 'A • B', '〇八年')
    """
    return _RARE.sub(_put_signs, resolve_signs(text))


def part_figures(text: str) -> tuple[str, list[int]]:
    r"""
    Put a border between figures of two kinds, and tell before which characters of the text.

    >>> part_figures("①2024年10³")
    ('①\n2024年10\n³', [1, 8])
    """
    places = [match.start() for match in _PARTS.finditer(text)]
    bounds = [0, *places, len(text)]
    pieces = (text[start:end] for start, end in pairwise(bounds))
    return _BORDER.join(pieces), places


def _with_borders(text: str, places: list[int]) -> str:
    """Tell the commas and points of the figures that stand around some places."""
    pieces: list[str] = []
    done = 0
    for place in sorted(places):
        if place < done:
            continue
        first = place
        while first > done and text[first - 1] in _OF_FIGURES:
            first -= 1
        for match in _FIGURES.finditer(text, first):
            pieces += [
                text[done : match.start()],
                _mark_rows(match.group(), text[match.end() : match.end() + _MOST_BEHIND]),
            ]
            done = match.end()
            if done > place:
                break
    return "".join([*pieces, text[done:]]) if pieces else text


def _mark_rows(written: str, behind: str) -> str:
    """Turn the commas and points of figures in a row that belong to no number into borders."""
    if "，" in written and not _WIDE_THOUSANDS.fullmatch(written):
        rows = written.split("，")
        done = [_mark_rows(row, "") for row in rows[:-1]]
        return _BORDER.join([*done, _mark_rows(rows[-1], behind)])
    plain = written.translate(_PLAIN).replace("，", ",")
    if "," in plain and not _THOUSANDS.fullmatch(plain):
        rows = written.replace("，", ",").split(",")
        done = [_mark_rows(row, "") for row in rows[:-1]]
        return _BORDER.join([*done, _mark_rows(rows[-1], behind)])
    if "." in plain and _LIST_POINT.match(plain + behind.translate(_PLAIN)) and plain.count(".") == 1:
        return re.sub("[.．]", _BORDER, written)
    return written.replace("，", ",")


def _as_zeros(match: re.Match[str]) -> str:
    found, text, end = match.group(), match.string, match.end()
    behind = text[end : end + 1]
    zero = "零" if text[match.start() - 1 : match.start()] == "零" else "〇"  # 二零○五 has one kind of zero
    if all(char in _CIRCLES for char in found) or behind in _ZERO_BEHIND - {""}:
        return zero * len(found)
    before = text[max(0, match.start() - 2) : match.start()]
    is_row = len(before) > 1 and all(char in _FIGURES_OF_HAN for char in before)
    is_alone = not (behind.isalnum() and behind.isascii()) and not behind.isdecimal()
    return zero * len(found) if is_row and is_alone else found


def _put_signs(match: re.Match[str]) -> str:
    if match["quoted"]:
        return f"“{match['quoted'][1:-1]}”"
    return _TOLD[match.lastgroup or ""]


_TOLD = {"dot": "·", "date": "·", "initial": "·", "around": "“", "prime": _BORDER, "circle": "〇"}
