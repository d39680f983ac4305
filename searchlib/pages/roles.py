"""
What a line is, by its own shape: head, byline, dateline, text, caption or furniture.

Only what the line itself shows is decided here; what a head belongs to, or
whether a byline opens or closes an article, is told by its neighbours
(assembly.py).
"""

from __future__ import annotations

import re

from searchlib.pages.blocks import LINE_WRAP, Block
from searchlib.pages.bylines import MAX_BYLINE, Byline, parse_byline
from searchlib.pages.captions import (
    CAPTION_BEGINS,
    MAX_CAPTION,
    MAX_CREDIT,
    MAY_NOTE,
    may_have_note,
    read_caption,
)
from searchlib.pages.fields import DATED, find_day
from searchlib.pages.furniture import (
    column_label,
    end_of_continuation,
    read_furniture,
)
from searchlib.pages.letters import letter_writer
from searchlib.pages.line_pieces import piece_of
from searchlib.pages.lines import INDENT, begins_prose, is_han
from searchlib.pages.mastheads import day_alone, read_page_label, read_page_name
from searchlib.pages.names import SURNAMES
from searchlib.pages.printed_labels import begins_label, parse_labelled
from searchlib.pages.shapes import (
    BOX_LIKE,
    MAX_HEAD,
    MAX_WRAPPED_HEAD,
    SENTENCE,
    TOO_LONG,
    begins_with_sign,
    clean_head,
    icons_end,
    in_brackets,
    is_marked_head,
    not_a_head,
)
from searchlib.pages.signing import (
    BYLINE_STARTS,
    CLOSING_BRACKETS,
    MAY_OPEN,
    MAY_SIGN,
    may_open,
    read_byline_line,
    read_ending,
    read_opening,
    read_plain,
)
from searchlib.pages.stretches import Piece, Role, plain_piece

_BOLD_MARKS = frozenset("*_")
_BOLD = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?P<text>[^\s*_](?:[^*_]*[^\s*_])?)(?P=mark)")
# A headline on the first line of its text: **冬捕开网** 查干湖…, 【冬捕开网】查干湖…, 冬捕开网　本报讯 ….
_RUN_IN = re.compile(
    r"(?:\*\*(?P<bold>[^*]{4,50})\*\*[\s:：]*(?=[^\s:：].{20})"
    r"|【(?P<boxed>(?:【[^【】]+】)?[^【】]{6,50})】[\s:：]*(?=[^\s:：][^。]{10,}。))"
)
# A byline on the line of the headline, behind white space or a box.
_ASIDE_BEGINS = re.compile(r"[\s□■●◎]")
_ASIDE = re.compile(
    r"(?:\s{2,}|\u3000|\s*(?=[□■●◎]))(?P<by>[□■●◎]?\s*[^\s。，]{0,16}?(?:记者|通讯员|作者|文[/／图:：]).*)$"
)
_SPECIAL_BEGINS = CAPTION_BEGINS | BOX_LIKE
_MAY_SIGN_ENDS = frozenset(CLOSING_BRACKETS) | frozenset("社端》")
_MAY_BE_SPECIAL = re.compile(f"{MAY_SIGN.pattern}|{MAY_NOTE.pattern}|{MAY_OPEN.pattern}|转")
"""What a line that begins with a Han character has that is neither a head nor text from end to end."""
TEXT_LABEL = "label of the text"
"""Why 正文： at the beginning of a text is furniture."""
SHORT_LINE = "short line without a full stop"
"""Why most heads are heads."""
_TEXT_LABEL_BEGINS = frozenset("正全【")
_COLUMN_BEGINS = frozenset("专栏")
_CONTINUED_BEGINS = frozenset(">►▶(（[【紧上接")
_PROSE_ENDS = ("。", "。”")
NOT_PROSE_BEGINS = _SPECIAL_BEGINS | _TEXT_LABEL_BEGINS | frozenset("紧接上")
"""Han characters with which begins what ends with a full stop too and is no prose: 图为…。 接第一版…。"""
_TEXT_LABEL = re.compile(r"(?:正文|全文)\s*[:：]\s*(?=\S)|【(?:正文|全文)】\s*(?=\S)")
_WRITER_LABEL = re.compile(r"^(?:作者|文|记者|撰文|编辑|by)\s*(?:[:：/／|｜]|\s)\s*", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*[、,，;；/／|｜&]\s*|(?<=[一-鿿])\s+(?=[一-鿿])")
_DAY_ALONE = re.compile(
    r"(?:[一-鿿A-Za-z]{2,8}\s*[:：]\s*)?[\d一二三四五六七八九〇零十年月日号时分秒.\-/:：TZ+ \u3000]+"
)
_ORNAMENTS = " \u3000·•・*—–-~～◇◆○●"
"""What may be on both sides of a writer's name on a line of its own."""
MAX_MARKS = 20
"""Characters of icons and marks about a head at most."""
MAX_SPOKEN = 40
"""Characters at most of a headline that ends like a sentence, with a byline after it."""
MAX_NAMES = 24
"""Characters of a line at most that may be names alone."""


def classify(line: Block) -> list[Piece]:
    """
    Cut a block into pieces that each have one role, as its shape and what its format says tell.

    Returns:
        Pieces in order; together they cover the block but for white space.
    """
    text = line.text
    if (
        text.endswith(_PROSE_ENDS)
        and text[0] not in NOT_PROSE_BEGINS
        and begins_prose(text)
        and not (line.hint or line.level or "://" in text)
    ):
        pieces = _of_prose(line)
    else:
        pieces = _classify(line)
    if line.goes_on and pieces[0].role in {"body", "head"}:
        reason = "goes on over the end of a sheet"
        pieces[0] = pieces[0]._replace(
            role="body", text=line.text[: pieces[0].end - line.start], reason=reason, is_tail=True
        )
    return pieces


def _classify(line: Block) -> list[Piece]:  # noqa: C901 (one kind of line after another)
    text = line.text
    if line.hint and (hinted := _read_hint(line)):
        return hinted
    if line.level:
        return [_heading(line)]
    if len(text) > MAX_CAPTION and text[0] not in "*_正全【" and not end_of_continuation(text):
        return read_opening(line) or _read_run_in_head(line) or read_ending(line) or [head_or_text(line)]
    if text[0] in _BOLD_MARKS and (bold := _BOLD.fullmatch(text)):
        inner = line._replace(start=line.start + bold.start("text"), text=bold["text"])
        first, *others = classify(inner._replace(end=line.start + bold.end("text")))
        pieces = [first._replace(start=line.start, is_bold=True), *others]
        return [*pieces[:-1], pieces[-1]._replace(end=line.end)]
    if text[0] in _CONTINUED_BEGINS and (end := end_of_continuation(text)):
        mark = piece_of(line, 0, end, "continued", "上接: goes on from another page")
        if end == len(text):
            return [mark]
        rest = line._replace(start=line.start + end, text=text[end:])
        first, *others = (
            read_opening(rest)
            or read_ending(rest)
            or [piece_of(rest, 0, len(rest.text), "body", "text behind 上接")]
        )
        return [mark, first._replace(is_tail=True, gap=0), *others]
    if len(text) <= MAX_BYLINE and (signed := read_plain(line)):
        return signed
    if "《" in text and ("版" in text or text[0] in BYLINE_STARTS) and (signed := read_byline_line(line)):
        return signed
    if text[0] in _COLUMN_BEGINS and (label := column_label(text)) is not None:
        return [_column(line, label)]
    if text[0] in _TEXT_LABEL_BEGINS and (behind := _TEXT_LABEL.match(text)):
        return [piece_of(line, 0, behind.end(), "furniture", TEXT_LABEL), *_behind(line, behind.end())]
    if furniture := read_furniture(text):
        return [_read_label(piece_of(line, 0, len(text), *furniture))]
    if (
        is_han(text[0])
        and text[0] not in _SPECIAL_BEGINS
        and text[-1] not in _MAY_SIGN_ENDS
        and not _MAY_BE_SPECIAL.search(text)
    ):
        return [head_or_text(line)]
    return (
        read_byline_line(line)
        or read_caption(line)
        or read_opening(line)
        or _read_run_in_head(line)
        or _head_with_byline(line)
        or read_ending(line)
        or [head_or_text(line)]
    )


def _of_prose(line: Block) -> list[Piece]:
    """
    Cut what begins as prose does and ends with a full stop: text, behind a dateline or before a credit.

    It is no byline, no furniture and signs nothing: all these end otherwise.
    """
    text = line.text
    size = len(text)
    if size <= MAX_CAPTION and may_have_note(text[-MAX_CREDIT:]) and (caption := read_caption(line)):
        return caption
    sign = MAY_OPEN.search(text, 0, MAX_BYLINE)
    if sign and may_open(text, sign.start()) and (opening := read_opening(line)):
        return opening
    return _as_prose(line)


def _as_prose(line: Block) -> list[Piece]:
    size = len(line.text)
    is_long = size > MAX_HEAD or (size > MAX_WRAPPED_HEAD and LINE_WRAP in line.text)
    reason = TOO_LONG if is_long else SENTENCE
    return [plain_piece(line.start, line.end, line.text, "body", reason, gap=line.gap, lead_width=INDENT)]


def _read_hint(line: Block) -> list[Piece] | None:
    """Take a block for what its format says that it is, where that settles it."""
    text = line.text
    if line.hint == "picture":
        return [piece_of(line, 0, len(text), "furniture", "picture")]
    if line.hint == "contents":
        return [piece_of(line, 0, len(text), "contents", "title among the contents of an issue")]
    if line.hint == "column":
        return [_column(line, in_brackets(text) or text)]
    if line.hint == "furniture":
        role, reason = read_furniture(text) or ("furniture", "the file sets it apart from the text")
        return [piece_of(line, 0, len(text), role, reason)]
    if line.hint == "caption":
        found = read_byline_line(line) or read_caption(line)
        return found or [piece_of(line, 0, len(text), "caption", "caption: the file says so")]
    if line.hint == "byline":
        return [_read_writer(line)]
    if line.hint in {"table", "code"}:
        return [piece_of(line, 0, len(text), "body", f"row of a {line.hint}")]
    if line.hint in {"text", "list"}:
        found = classify(line._replace(hint=""))
        if len(found) == 1 and found[0].role == "head" and not found[0].authors:
            return [found[0]._replace(role="body", text=text, reason="text: the file says so")]
        return found
    return None


def _read_writer(line: Block) -> Piece:
    """Take a block for the names of writers, people or offices, because the file says so."""
    piece = piece_of(line, 0, len(line.text), "byline", reason := "byline: the file says so")
    bare = in_brackets(line.text) or line.text[icons_end(line.text) :]
    if (labelled := parse_labelled(bare)) or (labelled := parse_byline(bare)):
        return piece_of(line, 0, len(line.text), "byline", reason, signed=labelled)
    if (day := day_alone(bare)) or ((day := find_day(bare)) and _DAY_ALONE.fullmatch(bare)):
        return piece._replace(month_day=day)
    if begins_label(bare) and not _WRITER_LABEL.match(bare):
        return piece  # 译者：…, 校对：…
    named = _WRITER_LABEL.sub("", bare).strip(_ORNAMENTS)
    return piece._replace(authors=tuple(name for name in _BETWEEN_NAMES.split(named) if name))


def _column(line: Block, name: str) -> Piece:
    """Return a label 专栏: as furniture, as the name of the column where it has one."""
    if not name:
        piece = piece_of(line, 0, len(line.text), "furniture", "label of a column without a name")
    else:
        piece = piece_of(line, 0, len(line.text), "column", "label of a column", text=name)
    return piece._replace(is_border=True)


def _read_label(piece: Piece) -> Piece:
    """Give a page label its page: 第3版(), 第A05版:要闻; A05 民生 may be in any corner of one."""
    if piece.role != "masthead":
        return piece
    if page := read_page_label(piece.text):
        return piece._replace(page=page, is_border=True)
    return piece._replace(page=read_page_name(piece.text))


def _behind(line: Block, place: int) -> list[Piece]:
    """Read what is after a first piece on its line: text, and what signs it."""
    rest = Block(line.start + place, line.end, line.text[place:])
    pieces = (
        read_opening(rest)
        or read_ending(rest)
        or [piece_of(rest, 0, len(rest.text), "body", "text behind it on its line")]
    )
    return [piece._replace(is_tail=True) for piece in pieces]


def _read_run_in_head(line: Block) -> list[Piece] | None:
    """Recognise a headline that is on the first line of its text."""
    match = _RUN_IN.match(line.text) if line.text[0] in "*【" else None
    inner = (match["bold"] or match["boxed"]).strip().rstrip("。:：") if match else ""
    if match is None or not inner or not_a_head(inner):
        return None
    head = piece_of(line, 0, match.end(), "head", "head on the first line of its text", text=inner)
    return [head, *_behind(line, match.end())]


def _head_with_byline(line: Block) -> list[Piece] | None:
    """Recognise a headline with the byline after it on its line."""
    text = line.text
    if len(text) > MAX_HEAD + MAX_BYLINE or not _ASIDE_BEGINS.search(text, 1) or not MAY_SIGN.search(text):
        return None
    match = _ASIDE.search(text, 1)
    byline = parse_byline(match["by"].lstrip("□■●◎ ")) if match else None
    if match is None or byline is None or not byline.has_role:
        return None
    if not_a_head(text[: match.start()]) or (
        match.start() > MAX_SPOKEN and text[match.start() - 1] in "！？!?”"
    ):
        return None
    head = line._replace(end=line.start + match.start(), text=text[: match.start()])
    reason = "names and posts behind the headline"
    return [
        head_or_text(head),
        piece_of(line, match.start("by"), len(text), "byline", reason, signed=byline),
    ]


def _heading(line: Block) -> Piece:
    role: Role = "head"
    reason = f"heading of level {line.level}"
    bold = _BOLD.fullmatch(line.text)
    text = bold["text"] if bold else line.text
    dated = DATED.fullmatch(text) if line.hint == "dated" else None
    text = dated["title"] if dated else text
    if (byline := parse_byline(text)) and byline.has_role:
        reason = "names and posts, set as a heading"
        return piece_of(line, 0, line.end - line.start, "byline", reason, text=text, signed=byline)._replace(
            lead_width=0.0
        )
    furniture = None if dated else read_furniture(line.text)
    if furniture and furniture[0] != "furniture":
        role, reason = furniture
    day = find_day(dated["day"]) if dated else ""
    head = Piece(line.start, line.end, clean_head(text), role, reason, gap=line.gap, level=line.level)
    return _read_label(head._replace(month_day=day) if day else head)


def head_or_text(line: Block) -> Piece:
    """Return a line that is nothing else as a head, or as text."""
    text = line.text
    if len(text) > MAX_HEAD + MAX_MARKS:
        return piece_of(line, 0, len(text), "body", TOO_LONG)
    bare = clean_head(text)
    if bare is not text and is_marked_head(text):
        return piece_of(line, 0, len(text), "section", "head between section marks")._replace(
            text=bare, is_marked=True
        )
    if reason := not_a_head(bare):
        return piece_of(line, 0, len(text), "body", reason)
    names = parse_byline(bare) if len(bare) <= MAX_NAMES and bare[0] in SURNAMES else None
    if writer := letter_writer(bare):
        names = Byline((writer,))
    head = plain_piece(line.start, line.end, bare, "head", SHORT_LINE, gap=line.gap, lead_width=INDENT)
    is_label = bare is not text and begins_with_sign(text)
    if is_label or names:
        return head._replace(authors=names.authors if names else (), is_label=is_label)
    return head
