"""
What a line is, by its own shape: head, byline, dateline, text, caption or furniture.

Only what the line itself shows is decided here; what a head belongs to, or
whether a byline opens or closes an article, is told by its neighbours
(assembly.py).
"""

from __future__ import annotations

import re

from searchlib.pages.blocks import LINE_WRAP, Block
from searchlib.pages.bylines import (
    MAX_BYLINE,
    Byline,
    parse_byline,
    parse_citation,
    parse_labelled,
    parse_names_and_day,
    parse_source,
    plain_byline,
    tells_task,
)
from searchlib.pages.fields import DATED, NAME, find_dateline, find_day
from searchlib.pages.furniture import (
    column_label,
    continues_start,
    end_mark,
    end_of_continuation,
    read_furniture,
)
from searchlib.pages.letters import letter_writer
from searchlib.pages.lines import INDENT, begins_prose, is_han, width
from searchlib.pages.mastheads import read_page_label, read_page_name
from searchlib.pages.names import SURNAMES
from searchlib.pages.shapes import (
    BOX_LIKE,
    MAX_HEAD,
    MAX_WRAPPED_HEAD,
    begins_with_sign,
    clean_head,
    icons_end,
    in_brackets,
    is_marked_head,
    not_a_head,
)
from searchlib.pages.stretches import Piece, Role

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
_TAIL_SIGNATURE = re.compile(r"[(（【［\[](?P<names>[^()（）【】\[\]［］]{2,80})[)）】］\]]$")
_TAIL_BYLINE = re.compile(
    r"(?<=[。！？!?”])\s*(?:[□■◎●]\s*|(?=作者[:：]|文[/／:：]|[^\s。，,()（）]{0,14}(?:记者|通讯员)))"
    r"(?P<names>[^。！？!?，,()（）]{2,60})$"
)
_NO_TAIL = frozenset("。！？!?，,()（）")
_OFFICE = re.compile(
    r"[一-鿿]{2,10}(?:处|编辑部|宣传部|组织部|办公室|团委|党委|工会|学生会|记者团|文学社|报社|委员会|协会|中心|学院|中学|小学)"
)
"""An office that signs in brackets, alone on a line: （教务处）."""
_AUTHOR_NOTE = re.compile(r"(?:本文)?作者(?:系|为|是|单位|简介)")
_ENDS_SENTENCE = re.compile(r"[。！？!?”\"’」…](?:[(（][^()（）]{2,20}[)）])?$")
_BYLINE_BEFORE_TEXT = re.compile(
    r"(?P<by>(?:[^。！？!?“”\"]{0,24}(?:记\s?者|通\s?讯\s?员)|(?<=[□■●◎])|(?<=[□■●◎]\s))[^。！？!?，,“”\"]{1,60}?"
    r"(?:摄影报道|图文报道|报\s?道|文/图|文/摄))[\s:：]+(?=\S{2})"
    r"|(?P<named>[^\s。，,()（）]{0,14}(?:记者|通讯员)\s?[^。！？!?，,“”\"\d]{2,40}?)(?: {2,}|\u3000+)"
    r"(?=\S{4}.*[。！？])"
)
# 极目新闻记者 周小禾 柳溪镇…: one space behind the name, and the office before 记者.
_OFFICE_BEFORE_TEXT = re.compile(
    rf"(?P<by>[一-鿿/]{{0,12}}(?:本[报刊社台网]|[新闻报网社刊台]|客户端|周刊)(?:首席|特约|见习|实习|全媒体)?(?:记者|通讯员|评论员)"
    rf"[ \u3000]{NAME}(?:[ \u3000、]{NAME}){{0,4}})[ \u3000]+(?=\S{{4}}.*[。！？])"
)
_LEAD_BRACKETS = re.compile(r"[(（【［\[](?P<names>[^()（）【】\[\]［］]{2,60})[)）】］\]]\s*(?=\S{2})")
_OWN_DATELINE = re.compile(r"(?<=\s)本[ \x0b]?[报刊社][ \x0b]?(?:[一-鿿]{0,6}\d{1,2}月\d{1,2}日)?(?:讯|电)")

_PHOTOGRAPHER = (
    r"(?:[^\s。，,()（）]{0,14}(?:记者|通讯员)\s*)?"
    r"[一-鿿·]{1,4}(?:[\s、]{1,2}[一-鿿·]{1,4}){0,3}\s*/?\s*(?:摄影|摄|供图)"
)
_CREDIT = re.compile(rf"(?:^|[\s。！？”\"(（])[(（]?(?P<names>{_PHOTOGRAPHER})[)）]?[。]?$")
# A credit that names no photographer, or names one behind the word.
_PICTURE_NOTE = re.compile(
    r"(?:^|(?<=[\s。！？”\"]))[(（]?(?:(?:[一-鿿]{1,6}社|本报)?(?:记者)?(?:[一-鿿·]{2,4})?发(?:[(（][^()（）]{2,20}[)）])?"
    r"|(?:本报)?资料(?:图片?|照片|片)|视频截图|网络图片?|图片?(?:片)?由[^。，]{1,20}(?:提供|供图)|图片?来源[:：][^。，]{1,20}"
    r"|[一-鿿]{2,12}供图|(?:摄影|图片)\s*[:：/／\s]\s*(?P<names>[一-鿿·]{1,4}(?:[\s、]{1,2}[一-鿿·]{1,4}){0,3})"
    r"|图\s*[:：/／]\s*(?!文)(?P<others>[一-鿿·]{1,4}(?:[\s、]{1,2}[一-鿿·]{1,4}){0,3}))[)）]?。?$"
)
_CAPTION_BEGINS = frozenset("(（↑↓←→▲△▼▽图上下左右本题大小资")
_CAPTION_START = re.compile(
    r"(?:[（(]?[↑↓←→][)）]?|[▲△▼▽]\s*(?=\S)|图片?说明[:：]"
    r"|(?:上|下|左|右|本|题|大|小|资料)?图(?:[①-⑳一二三四1-9]{1,2})?(?:片)?(?:为|[:：]|[①-⑳]))"
)
_FILE_PICTURE = re.compile(r"[(（](?:资料图片?|资料照片|视频截图|网络图片?)[)）]。?$")
# What a line must hold at least, to be looked at more closely: most lines have none of it.
# Each alternative begins with a character of its own: then the engine looks for those alone.
_MAY_SIGN = re.compile(
    r"记\s?者|通\s?讯\s?员|作者|撰|评论员|实习生|文|图|摄|编译|采写|报\s?道|整理|供稿|来源|□|■|●|◎"
)
_SIGNS = re.compile(r"[记通作撰评实文图摄编采报整供来□■●◎]")
_MAY_NOTE = re.compile(r"发(?=[(（)）。]|$)|片|图|截|供|摄|源")
_NOTE_ENDS = frozenset("发)）片图供摄影")
_NOTE_LABEL = re.compile(r"[影片图源]\s*[:：/／\s]")
_MAY_CREDIT = re.compile(r"摄|供图")
_OPENS = re.compile(r"[讯电消报记通文日特]")
_MAY_OPEN = re.compile(r"讯|电|特写|消\s?息|报\s?道|记\s?者|通讯员|文/|日[】〕］\])）]")
_MAY_BE_SIGNED = re.compile(r"[记通评]|\s本")
"""What is before a text that has a comma before the word of a dateline: who signs, or 本报讯 behind names."""
_SPECIAL_BEGINS = _CAPTION_BEGINS | BOX_LIKE
_MAY_BE_SPECIAL = re.compile(f"{_MAY_SIGN.pattern}|{_MAY_NOTE.pattern}|{_MAY_OPEN.pattern}|转")
"""What a line that begins with a Han character has that is neither a head nor text from end to end."""
TEXT_LABEL = "label of the text"
"""Why 正文： at the beginning of a text is furniture."""
_TEXT_LABEL_BEGINS = frozenset("正全【")
_COLUMN_BEGINS = frozenset("专栏")
_CONTINUED_BEGINS = frozenset(">►▶(（[【紧上接")
_PROSE_ENDS = ("。", "。”")
_NOT_PROSE_BEGINS = _SPECIAL_BEGINS | _TEXT_LABEL_BEGINS | frozenset("紧接上")
"""Han characters with which begins what ends with a full stop too and is no prose: 图为…。 接第一版…。"""
_TEXT_LABEL = re.compile(r"(?:正文|全文)\s*[:：]\s*(?=\S)|【(?:正文|全文)】\s*(?=\S)")
_BYLINE_STARTS = "□■●◎(（[【［"
_PLAIN_BEGINS = frozenset("□■●◎本记通")
_BOXES = "□■●◎ "
_CLOSING_BRACKETS = ")）】］]"
_BYLINE_MARKS = "□■●◎"
_HAS_LABEL = re.compile(r"[:：\d原]")
_LABEL_WORDS = re.compile(
    r"作者\s*[:：]|记者\s*[:：]|通讯员\s*[:：]|撰稿\s*[:：]|来源\s*[:：]|出处\s*[:：]|时间\s*[:：]"
)
_DAY_ENDS = frozenset("0123456789日")
_YEAR_BEGINS = frozenset("12")
_POST_OR_PRINTED = re.compile("[者员于]")
_DATED_LABEL = re.compile(r"\d日?\s.{0,20}(?:记者|通讯员|作者)|(?:发[布表]|更新|刊)于\s*[:：]?\s*[12]\d{3}")
_WRITER_LABEL = re.compile(r"^(?:作者|文|记者|撰文|编辑|by)\s*(?:[:：/／|｜]|\s)\s*", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*[、,，;；/／|｜&]\s*|(?<=[一-鿿])\s+(?=[一-鿿])")
_DAY_ALONE = re.compile(
    r"(?:[一-鿿A-Za-z]{2,8}\s*[:：]\s*)?[\d一二三四五六七八九〇零十年月日号时分秒.\-/:：TZ+ \u3000]+"
)
_ORNAMENTS = " \u3000·•・*—–-~～◇◆○●"
"""What may be on both sides of a writer's name on a line of its own."""
_PICTURE_MARKS = "■▲△▼▽◆●◀▶"
_CAPTION_END = re.compile(r"。[”’]?$")
_NOBODY = Byline(())
MAX_MARKS = 20
"""Characters of icons and marks about a head at most."""
MAX_CREDIT = 60
"""Characters of what stands about the photographer at most."""
MAX_SPOKEN = 40
"""Characters at most of a headline that ends like a sentence, with a byline after it."""
MAX_NAMES = 24
"""Characters of a line at most that may be names alone."""
MAX_CAPTION = 220
"""Characters of a caption at most."""


def classify(line: Block) -> list[Piece]:
    """
    Cut a block into pieces that each have one role, as its shape and what its format says tell.

    Returns:
        Pieces in order; together they cover the block but for white space.
    """
    text = line.text
    is_whole = text.endswith(_PROSE_ENDS) and text[0] not in _NOT_PROSE_BEGINS and begins_prose(text)
    is_prose = is_whole and not (line.hint or line.level or "://" in text)
    pieces = _of_prose(line) if is_prose else _classify(line)
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
        return _opening(line) or _read_run_in_head(line) or _ending(line) or [_head_or_text(line)]
    if text[0] in _BOLD_MARKS and (bold := _BOLD.fullmatch(text)):
        inner = line._replace(start=line.start + bold.start("text"), text=bold["text"])
        first, *others = classify(inner._replace(end=line.start + bold.end("text")))
        pieces = [first._replace(start=line.start, is_bold=True), *others]
        return [*pieces[:-1], pieces[-1]._replace(end=line.end)]
    if text[0] in _CONTINUED_BEGINS and (end := end_of_continuation(text)):
        mark = _piece(line, 0, end, "continued", "上接: goes on from another page")
        if end == len(text):
            return [mark]
        rest = line._replace(start=line.start + end, text=text[end:])
        first, *others = (
            _opening(rest) or _ending(rest) or [_piece(rest, 0, len(rest.text), "body", "text behind 上接")]
        )
        return [mark, first._replace(is_tail=True, gap=0), *others]
    if len(text) <= MAX_BYLINE and (signed := _signed_plainly(line)):
        return signed
    if "《" in text and ("版" in text or text[0] in _BYLINE_STARTS) and (signed := _byline_line(line)):
        return signed
    if text[0] in _COLUMN_BEGINS and (label := column_label(text)) is not None:
        return [_column(line, label)]
    if text[0] in _TEXT_LABEL_BEGINS and (behind := _TEXT_LABEL.match(text)):
        return [_piece(line, 0, behind.end(), "furniture", TEXT_LABEL), *_behind(line, behind.end())]
    if furniture := read_furniture(text):
        return [_read_label(_piece(line, 0, len(text), *furniture))]
    if (
        is_han(text[0])
        and text[0] not in _SPECIAL_BEGINS
        and text[-1] not in _CLOSING_BRACKETS
        and not _MAY_BE_SPECIAL.search(text)
    ):
        return [_head_or_text(line)]
    return (
        _byline_line(line)
        or _caption(line)
        or _opening(line)
        or _read_run_in_head(line)
        or _head_with_byline(line)
        or _ending(line)
        or [_head_or_text(line)]
    )


def _may_open(text: str, sign: int) -> bool:
    """Return whether a dateline or byline may be before a text that has its first sign at a place."""
    return not 0 <= text.find("，") < sign or _MAY_BE_SIGNED.search(text, 0, MAX_BYLINE) is not None


def _signed_plainly(line: Block) -> list[Piece] | None:
    """Recognise a line of posts and names alone, or of labels before them."""
    text = line.text
    if (
        text[0] in _PLAIN_BEGINS
        and "版" not in text
        and (byline := plain_byline(bare := text.lstrip(_BOXES)))
    ):
        return [_piece(line, 0, len(text), "byline", "line of names and posts", text=bare, signed=byline)]
    if labelled := _read_labels(text):
        return [_piece(line, 0, len(text), "byline", "labels or names alone, and a day", signed=labelled)]
    return None


def _read_labels(text: str) -> Byline | None:
    """Read what a website prints below a headline: labels of writer, source and date, or names and a day."""
    if _HAS_LABEL.search(text) and _may_have_labels(text) and (labelled := parse_labelled(text)):
        return labelled
    return parse_names_and_day(text) if text[-1] in _DAY_ENDS or text[0] in _YEAR_BEGINS else None


def _of_prose(line: Block) -> list[Piece]:
    """
    Cut what begins as prose does and ends with a full stop: text, behind a dateline or before a credit.

    It is no byline, no furniture and signs nothing: all these end otherwise.
    """
    text = line.text
    size = len(text)
    if size <= MAX_CAPTION and _may_note(text[-MAX_CREDIT:]) and (caption := _caption(line)):
        return caption
    sign = _MAY_OPEN.search(text, 0, MAX_BYLINE)
    if sign and _may_open(text, sign.start()) and (opening := _opening(line)):
        return opening
    is_long = size > MAX_HEAD or (size > MAX_WRAPPED_HEAD and LINE_WRAP in text)
    reason = "too long for a head" if is_long else "sentence"
    return [Piece(line.start, line.end, text, "body", reason, line.gap, lead_width=INDENT)]


def _may_have_labels(text: str) -> bool:
    """Return whether a line has what each that `parse_labelled` takes has at least."""
    if (":" in text or "：" in text) and _LABEL_WORDS.search(text):
        return True
    return text.startswith("原创") or (
        _POST_OR_PRINTED.search(text) is not None and _DATED_LABEL.search(text) is not None
    )


def _read_hint(line: Block) -> list[Piece] | None:
    """Take a block for what its format says that it is, where that settles it."""
    text = line.text
    if line.hint == "picture":
        return [_piece(line, 0, len(text), "furniture", "picture")]
    if line.hint == "contents":
        return [_piece(line, 0, len(text), "contents", "title among the contents of an issue")]
    if line.hint == "column":
        return [_column(line, in_brackets(text) or text)]
    if line.hint == "furniture":
        role, reason = read_furniture(text) or ("furniture", "the file sets it apart from the text")
        return [_piece(line, 0, len(text), role, reason)]
    if line.hint == "caption":
        found = _byline_line(line) or _caption(line)
        return found or [_piece(line, 0, len(text), "caption", "caption: the file says so")]
    if line.hint == "byline":
        return [_read_writer(line)]
    if line.hint in {"table", "code"}:
        return [_piece(line, 0, len(text), "body", f"row of a {line.hint}")]
    if line.hint in {"text", "list"}:
        found = classify(line._replace(hint=""))
        if len(found) == 1 and found[0].role == "head" and not found[0].authors:
            return [found[0]._replace(role="body", text=text, reason="text: the file says so")]
        return found
    return None


def _read_writer(line: Block) -> Piece:
    """Take a block for the names of writers, people or offices, because the file says so."""
    piece = _piece(line, 0, len(line.text), "byline", reason := "byline: the file says so")
    bare = in_brackets(line.text) or line.text[icons_end(line.text) :]
    if (labelled := parse_labelled(bare)) or (labelled := parse_byline(bare)):
        return _piece(line, 0, len(line.text), "byline", reason, signed=labelled)
    if (day := find_day(bare)) and _DAY_ALONE.fullmatch(bare):
        return piece._replace(month_day=day)
    named = _WRITER_LABEL.sub("", bare).strip(_ORNAMENTS)
    return piece._replace(authors=tuple(name for name in _BETWEEN_NAMES.split(named) if name))


def _piece(
    line: Block,
    start: int,
    end: int,
    role: Role,
    reason: str,
    *,
    text: str | None = None,
    signed: Byline = _NOBODY,
) -> Piece:
    """
    Return a stretch of a line as a piece.

    Args:
        text: What is read of it, where that is not all.
        signed: What it says of who wrote.
    """
    return Piece(
        line.start + start,
        line.start + end,
        line.text[start:end].strip() if text is None else text,
        role,
        reason,
        gap=0 if start else line.gap,
        authors=signed.authors,
        publication=signed.publication,
        month_day=signed.day,
        page=signed.page,
        roles=signed.roles,
        is_tail=start > 0,
        lead_width=width(line.text[:start]) + INDENT if start else INDENT,
    )


def _column(line: Block, name: str) -> Piece:
    """Return a label 专栏: as furniture, as the name of the column where it has one."""
    if not name:
        piece = _piece(line, 0, len(line.text), "furniture", "label of a column without a name")
    else:
        piece = _piece(line, 0, len(line.text), "column", "label of a column", text=name)
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
        _opening(rest)
        or _ending(rest)
        or [_piece(rest, 0, len(rest.text), "body", "text behind it on its line")]
    )
    return [piece._replace(is_tail=True) for piece in pieces]


def _read_run_in_head(line: Block) -> list[Piece] | None:
    """Recognise a headline that is on the first line of its text."""
    match = _RUN_IN.match(line.text) if line.text[0] in "*【" else None
    inner = (match["bold"] or match["boxed"]).strip().rstrip("。:：") if match else ""
    if match is None or not inner or not_a_head(inner):
        return None
    head = _piece(line, 0, match.end(), "head", "head on the first line of its text", text=inner)
    return [head, *_behind(line, match.end())]


def _head_with_byline(line: Block) -> list[Piece] | None:
    """Recognise a headline with the byline after it on its line."""
    text = line.text
    if len(text) > MAX_HEAD + MAX_BYLINE or not _ASIDE_BEGINS.search(text, 1) or not _MAY_SIGN.search(text):
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
    return [_head_or_text(head), _piece(line, match.start("by"), len(text), "byline", reason, signed=byline)]


def _heading(line: Block) -> Piece:
    role: Role = "head"
    reason = f"heading of level {line.level}"
    bold = _BOLD.fullmatch(line.text)
    text = bold["text"] if bold else line.text
    dated = DATED.fullmatch(text) if line.hint == "dated" else None
    text = dated["title"] if dated else text
    if (byline := parse_byline(text)) and byline.has_role:
        reason = "names and posts, set as a heading"
        return _piece(line, 0, line.end - line.start, "byline", reason, text=text, signed=byline)._replace(
            lead_width=0.0
        )
    furniture = None if dated else read_furniture(line.text)
    if furniture and furniture[0] != "furniture":
        role, reason = furniture
    day = find_day(dated["day"]) if dated else ""
    head = Piece(line.start, line.end, clean_head(text), role, reason, gap=line.gap, level=line.level)
    return _read_label(head._replace(month_day=day) if day else head)


def _byline_line(line: Block) -> list[Piece] | None:
    """Recognise a line that is a byline or a signature and nothing else."""
    text = line.text
    if len(text) > MAX_BYLINE or not (text[0] in _BYLINE_STARTS or _MAY_SIGN.search(text)):
        return None
    if "。" in text and "《" not in text and text[-1] not in _CLOSING_BRACKETS:
        return None
    wrapped = in_brackets(text)
    bare = wrapped or text[icons_end(text) :]
    byline = parse_byline(bare)
    if wrapped and byline is None and (writer := letter_writer(wrapped)):
        byline = Byline((writer,))
    if wrapped and byline is None and _OFFICE.fullmatch(wrapped):
        byline = Byline((wrapped,))
    if wrapped and (source := _source(wrapped)):
        reason = "source or author's note in brackets"
        return [_piece(line, 0, len(text), "signature", reason, signed=source)]
    credit = _CREDIT.fullmatch(text) if _MAY_CREDIT.search(text) else None
    boxed = text[0] in _BYLINE_MARKS
    if byline is None or not (byline.has_role or wrapped or boxed or credit or tells_task(bare)):
        return None
    if credit and not tells_task(bare):
        return [_piece(line, 0, len(text), "credit", "photographer's name", signed=byline)]
    if wrapped:
        return [_piece(line, 0, len(text), "signature", "names in brackets", signed=byline)]
    return [_piece(line, 0, len(text), "byline", "line of names and posts", text=bare, signed=byline)]


def _source(text: str) -> Byline | None:
    """Read brackets that name no writer but close an article too: (据新华社), (作者系江城大学教授)."""
    if cited := parse_citation(text):
        return cited
    paper = parse_source(text)
    return Byline((), paper) if paper or _AUTHOR_NOTE.match(text) else None


def _caption(line: Block) -> list[Piece] | None:
    text = line.text
    if len(text) > MAX_CAPTION:
        return None
    start = icons_end(text)
    tail = text[-MAX_CREDIT:]
    since = max(start, len(text) - MAX_CREDIT)
    may_note = _may_note(tail)
    if may_note and (note := _PICTURE_NOTE.search(text, since)):
        return _with_note(line, start, note)
    credit = _CREDIT.search(text, since) if may_note and _MAY_CREDIT.search(tail) else None
    byline = parse_byline(credit["names"]) if credit else None
    if credit and byline:
        cut = len(text[: credit.start("names")].rstrip("(（ \u3000"))
        if cut > start:
            shown = text[start:cut].strip()
            return [
                _piece(line, 0, cut, "caption", "caption: ends with the photographer", text=shown),
                _piece(line, cut, len(text), "credit", "photographer's name", signed=byline),
            ]
    is_marked = (text[start : start + 1] in _CAPTION_BEGINS and _CAPTION_START.match(text, start)) or (
        start and _CAPTION_START.match(text)
    )
    if is_marked or (may_note and text[-1] in "。)）" and _FILE_PICTURE.search(tail)):
        reason = "caption: says what the picture shows"
    elif start and text[0] in _PICTURE_MARKS and _CAPTION_END.search(text) and not _ending(line):
        reason = "caption: a sentence behind a picture mark"
    else:
        return None
    if start and find_dateline(text[start:], is_marked=True):
        return None  # ▲临溪四日电…: a telegram
    return [_piece(line, 0, len(text), "caption", reason, text=text[start:])]


def _may_note(tail: str) -> bool:
    """Return whether a text that ends so may end with the photographer or where its picture is from."""
    if not _MAY_NOTE.search(tail):
        return False
    return tail.rstrip("。")[-1:] in _NOTE_ENDS or _NOTE_LABEL.search(tail) is not None


def _with_note(line: Block, start: int, note: re.Match[str]) -> list[Piece]:
    """Cut a caption from the note about its picture; the note may be the whole line."""
    text = line.text
    cut = len(text[: note.start()].rstrip("(（ \u3000"))
    names = parse_byline(note["names"] or note["others"] or "") or Byline(())
    is_alone = cut <= start
    credit = _piece(
        line, 0 if is_alone else cut, len(text), "credit", "where the picture is from", signed=names
    )
    if is_alone:
        return [credit]
    reason = "caption: ends with where the picture is from"
    return [_piece(line, 0, cut, "caption", reason, text=text[start:cut].strip()), credit]


def _opening(line: Block) -> list[Piece] | None:
    """Recognise a first paragraph: byline, dateline or both before the text."""
    text = line.text
    pieces: list[Piece] = []
    place = 0
    start = icons_end(text)
    hint = _OPENS.search(text, start, start + MAX_BYLINE)
    if hint is None or not _MAY_OPEN.search(text, hint.start(), start + MAX_BYLINE):
        return None
    dateline = find_dateline(text[start:], is_marked=start > 0)
    if dateline is None and (before := _byline_before(text, start)):
        end, byline = before
        shown = text[start:end].strip()
        pieces.append(
            _piece(line, 0, end, "byline", "names and posts before the text", text=shown, signed=byline)
        )
        place = start = end
        dateline = find_dateline(text[start:])
    if dateline:
        signed = parse_byline(dateline.signed) if dateline.signed else None
        end = start + (dateline.end if dateline.signed and not signed else dateline.rest)
        printed = text[start : start + dateline.end]
        said = signed or _NOBODY
        if not said.day and dateline.month_day:
            said = said._replace(day=dateline.month_day)
        pieces.append(
            _piece(line, place, end, "dateline", "dateline before the text", text=printed, signed=said)
        )
        place = end
    if not pieces:
        return None
    place = len(text) - len(text[place:].lstrip())
    if place < len(text):
        rest = Block(line.start + place, line.end, text[place:])
        behind = [_piece(rest, 0, len(rest.text), "body", "text behind the dateline or byline")]
        first, *others = _ending(rest) or behind
        pieces += [first._replace(is_tail=True, lead_width=width(text[:place]) + INDENT), *others]
    return pieces


def _byline_before(text: str, start: int) -> tuple[int, Byline] | None:
    """Find the byline with which a paragraph begins: 记者 丁霞 报道, or names up to 本报讯."""
    head = text[start : start + MAX_BYLINE]
    is_signed = start > 0 or "记" in head or "通" in head or "评" in head
    match = _BYLINE_BEFORE_TEXT.match(text, start) if is_signed else None
    if match and (byline := parse_byline((match["by"] or match["named"]).strip())):
        return match.end(), byline
    office = _OFFICE_BEFORE_TEXT.match(text, start) if is_signed else None
    if office and (byline := parse_byline(office["by"])):
        return office.end(), byline
    bracketed = _LEAD_BRACKETS.match(text, start)
    if bracketed and (byline := parse_byline(bracketed["names"].strip())) and byline.has_role:
        return bracketed.end(), byline
    dateline = _OWN_DATELINE.search(text, start, start + MAX_BYLINE) if "本" in head else None
    if dateline and dateline.start() > start:
        byline = parse_byline(text[start : dateline.start()].strip())
        return (dateline.start(), byline) if byline else None
    return None


def _ending(line: Block) -> list[Piece] | None:
    """Recognise a last paragraph: names in brackets, or 下转, behind its last sentence."""
    text = line.text
    if (ends := end_mark(text)) > 0:
        before = Block(line.start, line.start + ends, text[:ends].rstrip(), line.gap)
        pieces = _ending(before) or [_piece(before, 0, len(before.text), "body", "text before an end mark")]
        return [*pieces, _piece(line, ends, len(text), "furniture", "end mark or editors behind the text")]
    cut = continues_start(text)
    if cut > 0:
        mark = _piece(line, cut, len(text), "continues", "下转: goes on on another page")
        return [_piece(line, 0, cut, "body", "text before 下转"), mark]
    since = max(0, len(text) - MAX_BYLINE)
    if text[-1] not in _CLOSING_BRACKETS:
        hint = _SIGNS.search(text, since)
        if hint is None or not _MAY_SIGN.search(text, hint.start()):
            return None
    match = _TAIL_SIGNATURE.search(text, since)
    if match is None and text[-1] not in _NO_TAIL:
        match = _TAIL_BYLINE.search(text, since)
    if match is None:
        return None
    byline = parse_byline(match["names"].strip()) or _source(match["names"].strip())
    if byline is None:
        return None
    if not (byline.has_role or _ENDS_SENTENCE.search(text[: match.start()].rstrip())):
        return None
    return [
        _piece(line, 0, match.start(), "body", "text before a signature"),
        _piece(
            line, match.start(), len(text), "signature", "names in brackets behind the text", signed=byline
        ),
    ]


def _head_or_text(line: Block) -> Piece:
    text = line.text
    if len(text) > MAX_HEAD + MAX_MARKS:
        return _piece(line, 0, len(text), "body", "too long for a head")
    bare = clean_head(text)
    if bare is not text and is_marked_head(text):
        return _piece(line, 0, len(text), "section", "head between section marks")._replace(
            text=bare, is_marked=True
        )
    if reason := not_a_head(bare):
        return _piece(line, 0, len(text), "body", reason)
    names = parse_byline(bare) if len(bare) <= MAX_NAMES and bare[0] in SURNAMES else None
    if writer := letter_writer(bare):
        names = Byline((writer,))
    return Piece(
        line.start,
        line.end,
        bare,
        "head",
        "short line without a full stop",
        gap=line.gap,
        authors=names.authors if names else (),
        is_label=bare is not text and begins_with_sign(text),
        lead_width=INDENT,
    )
