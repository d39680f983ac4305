"""
Folding: two texts that read alike become the same string, and every character knows where it came from.

Four layers, each a function of the one before it:

1. `clean_text`: commas, points and zeros told by their neighbours (`signs`); NFKC,
   radicals and case; quotation marks, the dots of names and invisible characters
   dropped; white space next to a Han character dropped, elsewhere one space; all
   dashes one dash; marks that only separate, and a paragraph's end, become
   `BORDER`. The connectors `- & / _ . ,` stay: the tokenizer wants them (`Wi-Fi`,
   `89.09%`).
2. `border_text`: the connectors become borders too, but for the `,` of thousands and
   the `.` of a decimal; any number of borders in a row is one. In this text phrases are
   looked for: what is in it in a row, is in a row on paper.
3. `simplify`: traditional and variant characters become simplified ones, and
   accented letters plain ones, one to one, so that every offset stays what it is.
4. `units`: what a phrase is made of: a Han character, a run of letters, a
   number, a symbol.

Symbols and the percent sign are characters like any other here, not borders:
`100%` is not `100、`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from searchlib.analysis.accents import PLAIN_OF
from searchlib.analysis.script_table import RADICALS, SIMPLIFIED, TRADITIONAL
from searchlib.analysis.signs import HAN as UNSPACED
from searchlib.analysis.signs import TELLING, part_figures, resolve_signs, resolve_signs_wholly
from searchlib.frozen import dataclass
from searchlib.lazy import lazy_pattern
from searchlib.model import Span

BORDER = "\n"
"""Stands for any separating mark, or a row of them, or the end of a paragraph."""

PARAGRAPH_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
SENTENCE_ENDS = "。！？!?；;…｡"
"""Where a sentence ends, and a paragraph with its last one: bodies of regex classes, for texts as given."""

HAN = UNSPACED
"""Regex class body of the characters that are written without spaces: Han, and with it kana and bopomofo."""

LETTER = rf"[^\W\d_{HAN}][\u0300-\u036f]*"
NUMBER = r"(?:(?<![0-9]\.)[0-9]+(?:,[0-9]+)*\.[0-9]+(?!\.?[0-9])|[0-9]+(?:,[0-9]+)*)"
"""A number with the commas that `signs` left; of points one: in `2024.8.9` each part is a number."""

_TRANSPARENT = frozenset(
    "《》〈〉“”‘’「」『』·\"'‧・﹁﹂﹃﹄〝〞〟‵′‶″«»‹›„‟‚‛⹂❛❜❝❞❟❠⟨⟩⟪⟫\U0001f676\U0001f677\U0001f678"
)
_CONNECTORS = frozenset("&/_.,")
_UNITS_OF_MEASURE = frozenset("%‰‱")
_STROKES_OF_FRACTIONS = frozenset("⁄∕")
_SEPARATING_SYMBOLS = frozenset("<>=^`|´¨¯¸")
_DASHES = frozenset("~−∼〜˗⁓")  # ranges: 5~10, 20℃～33℃

# Each begins with the character that it is about: the search runs through a text at the speed of `find`.
_SPACES = lazy_pattern(r" +")
_SPACE_BY_HAN = lazy_pattern(rf" (?:(?<=[{HAN}] )|(?=[{HAN}]))")
_LONE_POINT = lazy_pattern(r"[.,](?:(?<![0-9].)|(?![0-9]))")
_CONNECTOR = lazy_pattern(r"[-&/_]")
_SPACE_BY_BORDER = lazy_pattern(r" (?:(?<=\n )|(?=\n))")
_BORDERS = lazy_pattern(r"\n{2,}")
_SPACING = ((_SPACES, " "), (_SPACE_BY_HAN, ""), (_SPACE_BY_BORDER, ""))
_TWO_BORDERS = 2 * BORDER
_MANY_POINTS = lazy_pattern(r"\.(?<=[0-9]\.)[0-9]+(?:\.[0-9]+)+")
_BORDERING = ((_LONE_POINT, BORDER), (_CONNECTOR, BORDER), (_SPACE_BY_BORDER, ""), (_BORDERS, BORDER))
UNIT = lazy_pattern(rf"[{HAN}]|(?:{LETTER})+|[0-9]+(?:[.,][0-9]+)*|[^ \n]")
_HAN_EDGES = [code for i in range(0, len(HAN), 3) for code in (ord(HAN[i]), ord(HAN[i + 2]) + 1)]
COMPOSING = lazy_pattern(
    # Hangul vowels and finals, what NFKC makes into them, half-width voiced sound marks, Indic signs.
    "[\u1161-\u1175\u11a8-\u11c2\u3131-\u318e\uff9e-\uff9f\uffa0-\uffdc\U00011a00-\U00011fff]"
)
JOINS = "\U0010ffff"
_INVISIBLE = lazy_pattern(
    # What Unicode has ignored in display (Default_Ignorable_Code_Point), blank braille, an object's place.
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufffc"
    "\U000e0000-\U000e0fff]"
)
_ENCLOSED = lazy_pattern("[\u24eb-\u24ff\u2776-\u2793]")
_TELLING = lazy_pattern(f"[{TELLING}]")

SIMPLIFY = str.maketrans(TRADITIONAL + "".join(PLAIN_OF), SIMPLIFIED + "".join(PLAIN_OF.values()))


class _FateTable(dict[int, "int | str | None"]):
    """The fate of each character after NFKC and case folding, found once and kept."""

    def __missing__(self, code: int) -> int | str | None:
        fate = _fate(chr(code))
        self[code] = fate
        return fate


class _CleanTable(dict[int, str]):
    """
    What the first layer makes of each character by itself, found once and kept.

    A character that NFKC may join with its neighbours, or that its neighbours
    tell, becomes `JOINS`: where that comes out, the text must be normalised as a whole. One table instead of
    NFKC, case and fate in turn makes folding five times as fast.
    """

    def __init__(self, script: Mapping[int, str | int]) -> None:
        self._script = script

    def __missing__(self, code: int) -> str:
        char = chr(code)
        joins = unicodedata.category(char)[0] == "M" or COMPOSING.match(char) or _TELLING.match(char)
        normal = unicodedata.normalize("NFKC", char).casefold()
        made = JOINS if joins else normal.translate(_FATES).translate(self._script)
        self[code] = made
        return made


class _NormalTable(dict[int, str]):
    """NFKC of each character by itself, found once and kept."""

    def __missing__(self, code: int) -> str:
        self[code] = normal = unicodedata.normalize("NFKC", chr(code))
        return normal


class _FoldedTable(dict[int, str]):
    """NFKC, case folding and fate of each character by itself, found once and kept."""

    def __missing__(self, code: int) -> str:
        self[code] = made = _NORMAL[code].casefold().translate(_FATES)
        return made


def _fate(char: str) -> int | str | None:  # noqa: C901 (a row of cases)
    category = unicodedata.category(char)
    if char in _TRANSPARENT or category == "Cf" or _INVISIBLE.match(char):
        return None
    if char in RADICALS:
        return ord(RADICALS[char])
    if _ENCLOSED.match(char):  # ❶, which NFKC leaves
        return str(int(unicodedata.numeric(char)))
    if char in _STROKES_OF_FRACTIONS:
        return "/"
    if char in PARAGRAPH_ENDS:
        return BORDER
    if char.isspace():
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd" or char in _DASHES:
        return "-"
    if char in _CONNECTORS or char in _UNITS_OF_MEASURE:
        return ord(char)
    if category[0] == "P" or category in {"Cc", "Cs"} or char in _SEPARATING_SYMBOLS:
        return BORDER
    return ord(char)


_FATES = _FateTable()
_NORMAL = _NormalTable()
_FOLDED = _FoldedTable()
_CLEAN = _CleanTable({})
CLEAN_SIMPLIFIED = _CleanTable(SIMPLIFY)


def is_han(char: str) -> bool:
    """Return whether *char*, or the first of several, is matched wherever it stands (Han, kana, bopomofo)."""
    # Each regex with all of `HAN` in it takes 1 ms to compile: a search by the command notices.
    return bool(char) and bisect_right(_HAN_EDGES, ord(char[0])) % 2 == 1


def clean_text(text: str) -> str:
    """Apply the first layer: see the module."""
    text = resolve_signs(text)
    folded = text.translate(_CLEAN)
    return _tidy(_normalise(text) if JOINS in folded else folded)


def clean_and_simplify(text: str) -> str:
    """Apply the first layer and the third: `simplify(clean_text(text))`, faster."""
    text = resolve_signs(text)
    folded = text.translate(CLEAN_SIMPLIFIED)
    return _tidy(simplify(_normalise(text)) if JOINS in folded else folded)


def _normalise(text: str) -> str:
    apart, _ = part_figures(resolve_signs_wholly(text))
    return unicodedata.normalize("NFKC", apart).casefold().translate(_FATES)


def _tidy(text: str) -> str:
    if " " in text:
        for pattern, replacement in _SPACING:
            text = pattern.sub(replacement, text)
    if _TWO_BORDERS in text:
        text = _BORDERS.sub(BORDER, text)
    return text.strip(" ")


def border_text(clean: str) -> str:
    """Apply the second layer to the first."""
    clean = _MANY_POINTS.sub(_as_borders, clean)
    for pattern, replacement in _BORDERING:
        clean = pattern.sub(replacement, clean)
    return clean


def _as_borders(match: re.Match[str]) -> str:
    return match.group().replace(".", BORDER)


def fold(text: str) -> str:
    r"""
    Fold *text* for exact matching: width, case, white space, transparent marks, borders.

    >>> fold("《党建》 引领，Ｗｉ－Ｆｉ")
    '党建引领\nwi\nfi'
    """
    return border_text(clean_text(text))


def simplify(folded: str) -> str:
    """
    Fold the script, character by character, so that offsets stay.

    >>> simplify("黨建引領")
    '党建引领'
    """
    return folded.translate(SIMPLIFY)


def units(folded: str) -> Iterator[tuple[str, int, int]]:
    """
    Cut a folded text into units with their offsets in it.

    >>> [unit for unit, *_ in units("联东u谷89.09%")]
    ['联', '东', 'u', '谷', '89.09', '%']
    """
    for match in UNIT.finditer(folded):
        yield match.group(), match.start(), match.end()


@dataclass(frozen=True, slots=True)
class Mapped:
    """A folded text; its character i comes from the range `starts[i]` to `ends[i]` of the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the range of the original that `text[start:end]` covers; *start* < *end*."""
        return self.starts[start], self.ends[end - 1]


def clean_with_map(text: str) -> Mapped:
    """Apply the first layer and remember where each character came from."""
    text = resolve_signs(text)
    made = [_CLEAN[ord(char)] for char in text]
    folded = "".join(made)
    if JOINS in folded:
        mapped = _normalise_with_map(text)
    else:
        starts = tuple(place for place, piece in enumerate(made) for _ in piece)
        mapped = Mapped(folded, starts, tuple(start + 1 for start in starts))
    for pattern, replacement in (*_SPACING, (_BORDERS, BORDER)):
        mapped = _substitute(mapped, pattern, replacement)
    first = len(mapped.text) - len(mapped.text.lstrip(" "))
    last = max(first, len(mapped.text.rstrip(" ")))
    return Mapped(mapped.text[first:last], mapped.starts[first:last], mapped.ends[first:last])


def _normalise_with_map(text: str) -> Mapped:
    """Normalise a text in which characters join, piece by piece."""
    apart, places = part_figures(resolve_signs_wholly(text))
    origins = sorted(
        [*range(len(text)), *places]
    )  # a border that was put in comes from the character after it
    if "".join([_NORMAL[ord(char)] for char in apart]) == unicodedata.normalize("NFKC", apart):
        made = [_FOLDED[ord(char)] for char in apart]
        sources = [origin for origin, piece in zip(origins, made, strict=True) for _ in piece]
        return Mapped("".join(made), tuple(sources), tuple([origin + 1 for origin in sources]))
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, normal in _pieces_of_joined(apart):
        folded = normal.casefold().translate(_FATES)
        chars.append(folded)
        starts += [origins[start]] * len(folded)
        ends += [origins[end - 1] + 1] * len(folded)
    return Mapped("".join(chars), tuple(starts), tuple(ends))


def border_with_map(clean: Mapped) -> Mapped:
    """Apply the second layer to the first, with the map."""
    clean = Mapped(_MANY_POINTS.sub(_as_borders, clean.text), clean.starts, clean.ends)
    for pattern, replacement in _BORDERING:
        clean = _substitute(clean, pattern, replacement)
    return clean


def fold_with_map(text: str) -> Mapped:
    """
    Fold *text* as `fold` does, and remember where each character came from.

    >>> fold_with_map("Ｗｉ－Ｆｉ 網路").span(3, 5)
    (3, 5)
    """
    return border_with_map(clean_with_map(text))


def _substitute(mapped: Mapped, pattern: re.Pattern[str], replacement: str) -> Mapped:
    """`pattern.sub` that takes the map along; *replacement* has one character at most."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for match in pattern.finditer(mapped.text):
        start, end = match.span()
        chars += [mapped.text[done:start], replacement]
        starts += mapped.starts[done:start]
        ends += mapped.ends[done:start]
        if replacement:
            starts.append(mapped.starts[start])
            ends.append(mapped.ends[end - 1])
        done = end
    if not done:
        return mapped
    chars.append(mapped.text[done:])
    starts += mapped.starts[done:]
    ends += mapped.ends[done:]
    return Mapped("".join(chars), tuple(starts), tuple(ends))


def _pieces_of_joined(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the pieces of *text* that NFKC treats by themselves, each with its normal form."""
    normalize = unicodedata.normalize
    start = 0
    for index in range(1, len(text) + 1):
        if index < len(text) and _joins(text[max(start, index - 4) : index], text[index]):
            continue
        yield start, index, normalize("NFKC", text[start:index])
        start = index


def _joins(piece: str, char: str) -> bool:
    """Return whether NFKC looks at *char* together with what is before it (é, 각)."""
    normalize = unicodedata.normalize
    if unicodedata.combining(normalize("NFKC", char)[0]):
        return True
    return normalize("NFKC", piece + char) != normalize("NFKC", piece) + normalize("NFKC", char)
