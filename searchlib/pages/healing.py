"""
Broken text made whole: spaces of line ends taken out, cut sentences joined, doubled paragraphs kept once.

Nothing is added but a space between Latin words and nothing changes its
order: what is left are the characters of the page in the order of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from searchlib.native import engine
from searchlib.pages.blocks import LINE_WRAP
from searchlib.pages.lines import INDENT, MIN_COLUMN, SLACK, is_han, width, widths
from searchlib.pages.shapes import BEHIND_STOP, MAX_ENDING, MIN_OCR_LINES, STOPS, is_unfinished
from searchlib.pages.stretches import Piece

if TYPE_CHECKING:
    from searchlib.native._kernel import Healer

_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200b\u3000\ufeff\x0b]+")
_EACH_SPACE = re.compile(f"({_SPACES.pattern})")
_EDGES = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_INNER_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200b\u3000\ufeff]")
_LATIN_WRAP = re.compile(r"\x0b(?:(?<=[A-Za-z]\x0b)(?=[A-Za-z0-9])|(?<=[0-9]\x0b)(?=[A-Za-z]))")
_BLANKS = "\t\u3000\x0b"
_OPENING = "“‘《「『〈"
_CLOSING = "”’》」』〉"
_ANY_QUOTE = re.compile(rf"[{_OPENING}{_CLOSING}\"]")
_QUOTES = re.compile(rf"[{_OPENING}\"]")
_MARKS = frozenset("。，、；：？！“”‘’《》〈〉「」『』（）【】…—·,.;:?!\"'()[]~～-–")
# A paragraph that begins so does not go on with the sentence before it.
_OPENS_PARAGRAPH = re.compile(
    r"(?:同时|此外|另外|另据|截至|据悉|据了解|据介绍|近年来|今年以来|去年以来|下一步|接下来|随后|目前|近日|日前|活动中|活动期间|会上|会议(?:指出|强调|要求)|记者)"
    r"|[一二三四五六七八九十]+[、是]|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[.、．]\D"
)
MAX_OCR_COLUMN = 35
"""Characters between two spaces at most, if the spaces are to be the ends of a column's lines."""
MIN_DOUBLED = 20
"""Characters of a paragraph that cannot stand twice in an article by chance."""


def heal(pieces: Sequence[Piece], *, broken: bool = True) -> str:
    """
    Make a body of the paragraphs of a page.

    Heads of sections are never joined; a tail goes on with the paragraph before it, on its line.

    Args:
        broken: False for text that no column or OCR broke: its paragraphs stay
            as they are, only the lines inside them are joined.

    >>> heal([Piece(0, 6, "开展物业服务", "body", ""), Piece(7, 16, "品质提升攻坚行动。", "body", "")])
    '开展物业服务品质提升攻坚行动。'
    """
    if not broken:
        return _join_whole(pieces)
    try:
        return _heal(pieces) if engine().kernel is None else _healer().heal(pieces)
    except UnicodeEncodeError:  # a surrogate alone
        return _heal(pieces)


def _heal(pieces: Sequence[Piece]) -> str:
    """As `Healer.heal` of the kernel."""
    texts = [piece.text.replace(LINE_WRAP, "") for piece in pieces]
    # Printable is no white space but " ": most paragraphs have none at all.
    whole = [
        piece.role == "section" or not (" " in text or is_unfinished(text) or not text.isprintable())
        for piece, text in zip(pieces, texts, strict=True)
    ]
    if all(whole):
        return _join_tight(pieces, texts)
    columns, usual = _columns(pieces)
    healed: list[list[str]] = []
    seen: set[str] = set()
    before = ""
    open_end = False
    for piece, text, is_whole, column in zip(pieces, texts, whole, columns, strict=True):
        if piece.role == "section":
            healed.append([" ".join(piece.text.split())])
            open_end = False
            continue
        key = text if is_whole else _without_spaces(text)
        # Two cut sentences may end in the same words; only side by side are these one piece printed twice.
        if not key or (key in seen and (key == before or not open_end)):
            # A piece that is there twice is there in place of what it went on with.
            open_end = open_end and key != before
            continue
        before = key
        if len(key) >= MIN_DOUBLED:
            seen.add(key)
        full = False
        if is_whole:
            made = text if len(text) == len(piece.text) else _join_wraps(piece.text)
        else:
            made, full = _close_spaces(piece.text.strip(_EDGES), piece.lead_width, column, usual)
        if healed and (piece.is_tail or (open_end and not _OPENS_PARAGRAPH.match(made))):
            healed[-1].append(_between(healed[-1][-1], made) + made)
        else:
            healed.append([made])
        open_end = full and is_unfinished(made)
    return "\n".join(map("".join, healed))


def _join_tight(pieces: Sequence[Piece], texts: Sequence[str]) -> str:
    """
    Make a body of paragraphs that all end with a sentence, and have no white space but line ends.

    Args:
        texts: Of the pieces, without line ends.
    """
    healed: list[str] = []
    seen: set[str] = set()
    for piece, text in zip(pieces, texts, strict=True):
        if piece.role == "section":
            healed.append(" ".join(piece.text.split()))
            continue
        if text in seen:
            continue
        if len(text) >= MIN_DOUBLED:
            seen.add(text)
        made = text if len(text) == len(piece.text) else _join_wraps(piece.text)
        if healed and piece.is_tail:
            healed[-1] += _between(healed[-1], made) + made
        else:
            healed.append(made)
    return "\n".join(healed)


def _join_whole(pieces: Sequence[Piece]) -> str:
    """Make a body of paragraphs that nothing broke: only the lines inside them are joined."""
    whole: list[str] = []
    for piece in pieces:
        text = join_lines(piece.text)
        if whole and text and piece.is_tail:
            whole[-1] += _between(whole[-1], text) + text
        elif text:
            whole.append(text)
    return "\n".join(whole)


def _columns(pieces: Sequence[Piece]) -> tuple[list[float | None], float | None]:
    """Return the column of each paragraph that has spaces to show it, and the usual one."""
    columns = [
        _column(piece.text, piece.lead_width)
        if piece.role != "section" and _may_have_spaces(piece.text)
        else None
        for piece in pieces
    ]
    shown = sorted([column for column in columns if column])
    return columns, shown[len(shown) // 2] if shown else None


def _may_have_spaces(text: str) -> bool:
    return " " in text or not text.isprintable()


def _join_wraps(text: str) -> str:
    """Join the lines of a text without other white space; Latin words stay apart."""
    return _LATIN_WRAP.sub(" ", text).replace(LINE_WRAP, "")


def _without_spaces(text: str) -> str:
    text = text.replace(" ", "")
    return text if text.isprintable() else _SPACES.sub("", text)


def _has_spaces(text: str) -> bool:
    # Printable is no white space but " ": to ask for that is faster than to look for each.
    return " " in text or (not text.isprintable() and _SPACES.search(text) is not None)


def join_lines(text: str) -> str:
    """Join the lines of a text, cut at each `LINE_WRAP`; Latin words stay apart."""
    parts = [part.strip() for part in text.strip().split(LINE_WRAP)]
    return "".join([parts[0], *(_between(left, right) + right for left, right in pairwise(parts))])


def _between(left: str, right: str) -> str:
    """Return what is between two parts of a broken line: a space between Latin words, else nothing."""
    if not (left and right and _is_latin(left[-1]) and _is_latin(right[0])):
        return ""
    return "" if left[-1].isdigit() and right[0].isdigit() else " "


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _close_spaces(
    text: str, lead_width: float, own_column: float | None, usual_column: float | None
) -> tuple[str, bool]:
    """
    Take out the spaces that stand for line ends or lie inside Han words; keep the others as one.

    A title of two parts keeps its space inside quotation marks, unless the line ended there.

    Args:
        own_column: How wide the columns are that the paragraph itself shows.
        usual_column: The same of the article, for a paragraph too short to show it.

    Returns:
        The text, and whether its last line runs to the column's edge, so
        that it may go on elsewhere; true as well when no lines are to be seen.
    """
    column = own_column or usual_column
    if not _has_spaces(text):
        return text, _is_full(text, lead_width, column)
    if column and not own_column and max(_widths(text)) > column + INDENT + SLACK:
        column = None
    if not _INNER_SPACES.search(text):
        last = width(text[text.rfind(LINE_WRAP) + 1 :])
        return _join_wraps(text), column is None or last >= column - SLACK
    return _close_each(text, lead_width, column)


def _close_each(text: str, lead_width: float, column: float | None) -> tuple[str, bool]:
    """Take out or keep each space of a text that has some inside its lines."""
    parts = _EACH_SPACE.split(text)
    out: list[str] = []
    line_width = lead_width
    depth = 0
    straight = False
    has_quotes = _QUOTES.search(text) is not None
    for part, space, after in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
        if has_quotes and _ANY_QUOTE.search(part):
            depth = max(0, depth + sum(map(part.count, _OPENING)) - sum(map(part.count, _CLOSING)))
            straight ^= part.count('"') % 2 == 1
        wrapped = LINE_WRAP in space
        if column is not None:
            line_width += width(part)
            wrapped |= line_width >= column - SLACK
        out.append(part)
        left, right = part[-1], after[0]
        may_be_real = not wrapped or (left.isascii() and right.isascii())
        if may_be_real and _is_real_space(left, right, wrapped=wrapped, quoted=depth > 0 or straight):
            out.append(" ")
        line_width = 0.0 if wrapped else line_width + 0.5
    out.append(parts[-1])
    return "".join(out), column is None or line_width + width(parts[-1]) >= column - SLACK


def _is_full(text: str, lead_width: float, column: float | None) -> bool:
    """Return whether a line runs to the column's edge; true as well when no column is known."""
    return not column or lead_width + width(text) >= column - SLACK


def _is_real_space(left: str, right: str, *, wrapped: bool, quoted: bool) -> bool:
    if _is_latin(left) and _is_latin(right):
        return not (wrapped and left.isdigit() and right.isdigit())
    if wrapped:
        return False
    if is_han(left) and is_han(right):
        return quoted
    return not ((left in _MARKS and not _is_latin(right)) or (right in _MARKS and not _is_latin(left)))


def _widths(text: str) -> list[float]:
    """Return how wide each line of a text is, cut at its spaces, tabs and line ends."""
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    return widths([part for part in text.split(" ") if part])


def _column(text: str, lead_width: float) -> float | None:
    """
    Return how wide the column was in which a text was set, when its spaces show it.

    They do when they are at regular distances: most lines but the last are
    about as wide as the widest.
    """
    lines = _widths(text)
    if len(lines) < MIN_OCR_LINES or max(lines) > MAX_OCR_COLUMN:
        return None
    lines[0] += lead_width
    widest = max(lines)
    full = sum([line >= widest - SLACK - INDENT for line in lines[:-1]])
    return widest if widest >= MIN_COLUMN and full * 5 >= len(lines[:-1]) * 3 else None


@cache
def _healer() -> Healer:
    from searchlib.native._kernel import Healer  # noqa: PLC0415 (where it is built)

    rules: dict[str, str | float] = {
        "opening": _OPENING,
        "closing": _CLOSING,
        "marks": "".join(_MARKS),
        "edges": _EDGES,
        "stops": "".join(STOPS),
        "behind_stop": "".join(BEHIND_STOP),
        "slack": SLACK,
        "indent": INDENT,
        "column": MIN_COLUMN,
        "ocr_column": MAX_OCR_COLUMN,
        "ocr_lines": MIN_OCR_LINES,
        "doubled": MIN_DOUBLED,
        "ending": MAX_ENDING,
    }
    return Healer(rules, _OPENS_PARAGRAPH.match)
