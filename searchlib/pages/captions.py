"""What pictures have below them: what they show, who took them, where they are from."""

from __future__ import annotations

import re

from searchlib.pages.blocks import Block
from searchlib.pages.bylines import (
    Byline,
    parse_byline,
)
from searchlib.pages.fields import find_dateline
from searchlib.pages.line_pieces import piece_of
from searchlib.pages.shapes import (
    icons_end,
)
from searchlib.pages.signing import (
    CREDIT,
    MAY_CREDIT,
    byline_before,
    read_ending,
)
from searchlib.pages.stretches import Piece

# A credit that names no photographer, or names one behind the word.
_PICTURE_NOTE = re.compile(
    r"(?:^|(?<=[\s。！？”\"]))[(（]?(?:(?:[一-鿿]{1,6}社|本报)?(?:记者)?(?:[一-鿿·]{2,4})?发(?:[(（][^()（）]{2,20}[)）])?"
    r"|(?:本报)?资料(?:图片?|照片|片)|视频截图|网络图片?|图片?(?:片)?由[^。，]{1,20}(?:提供|供图)|图片?来源[:：][^。，]{1,20}"
    r"|[一-鿿]{2,12}供图|(?:摄影|图片)\s*[:：/／\s]\s*(?P<names>[一-鿿·]{1,4}(?:[\s、]{1,2}[一-鿿·]{1,4}){0,3})"
    r"|图\s*[:：/／]\s*(?!文)(?P<others>[一-鿿·]{1,4}(?:[\s、]{1,2}[一-鿿·]{1,4}){0,3}))[)）]?。?$"
)
CAPTION_BEGINS = frozenset("(（↑↓←→▲△▼▽图上下左右本题大小资")
_CAPTION_START = re.compile(
    r"(?:[（(]?[↑↓←→][)）]?|[▲△▼▽]\s*(?=\S)|图片?说明[:：]"
    r"|(?:上|下|左|右|本|题|大|小|资料)?图(?:[①-⑳一二三四1-9]{1,2})?(?:片)?(?:为|[:：]|[①-⑳]))"
)
_FILE_PICTURE = re.compile(r"[(（](?:资料图片?|资料照片|视频截图|网络图片?)[)）]。?$")
MAY_NOTE = re.compile(r"发(?=[(（)）。]|$)|片|图|截|供|摄|源")
NOTE_ENDS = frozenset("发)）片图供摄影")
NOTED = "影片图源"
"""The last characters of labels of such a note."""
_NOTE_LABEL = re.compile(rf"[{NOTED}]\s*[:：/／\s]")
_OF_ALL = re.compile(r"[(（]?(?:图片?(?:片)?由|图片?来源|(?:摄影|图片?)\s*[:：/／])")
SOURCE = "where the picture is from"
SOURCE_OF_ALL = "where the pictures of the text are from"
"""Why a line is a credit; the second is below a text, and makes no caption of its last paragraph."""
BEHIND_MARK = "caption: a sentence behind a picture mark"
"""Why a line is a caption of which nothing but its mark tells: several in a row are news in short."""
_PICTURE_MARKS = "■▲△▼▽◆●◀▶"
_CAPTION_END = re.compile(r"。[”’]?$")
MAX_CREDIT = 60
"""Characters of what stands about the photographer at most."""
MAX_CAPTION = 220
"""Characters of a caption at most."""


def read_caption(line: Block) -> list[Piece] | None:
    """Recognise a caption, and what is behind it about the picture."""
    text = line.text
    if len(text) > MAX_CAPTION:
        return None
    start = icons_end(text)
    tail = text[-MAX_CREDIT:]
    since = max(start, len(text) - MAX_CREDIT)
    may_note = may_have_note(tail)
    if may_note and (note := _PICTURE_NOTE.search(text, since)):
        return _with_note(line, start, note)
    credit = CREDIT.search(text, since) if may_note and MAY_CREDIT.search(tail) else None
    byline = parse_byline(credit["names"]) if credit else None
    if credit and byline:
        cut = len(text[: credit.start("names")].rstrip("(（ \u3000"))
        if cut > start:
            shown = text[start:cut].strip()
            return [
                piece_of(line, 0, cut, "caption", "caption: ends with the photographer", text=shown),
                piece_of(line, cut, len(text), "credit", "photographer's name", signed=byline),
            ]
    is_marked = (text[start : start + 1] in CAPTION_BEGINS and _CAPTION_START.match(text, start)) or (
        start and _CAPTION_START.match(text)
    )
    if is_marked or (may_note and text[-1] in "。)）" and _FILE_PICTURE.search(tail)):
        is_sentence = start and text[0] in _PICTURE_MARKS and not _CAPTION_START.match(text, start)
        reason = BEHIND_MARK if is_sentence else "caption: says what the picture shows"
    elif start and text[0] in _PICTURE_MARKS and _CAPTION_END.search(text) and not read_ending(line):
        reason = BEHIND_MARK
    else:
        return None
    if start and (find_dateline(text[start:], is_marked=True) or byline_before(text, start)):
        return None  # ▲临溪四日电…: a telegram; ■本报记者 高原 …: who reports
    return [piece_of(line, 0, len(text), "caption", reason, text=text[start:])]


def may_have_note(tail: str) -> bool:
    """Return whether a text that ends so may end with the photographer or where its picture is from."""
    if not MAY_NOTE.search(tail):
        return False
    return tail.rstrip("。")[-1:] in NOTE_ENDS or _NOTE_LABEL.search(tail) is not None


def _with_note(line: Block, start: int, note: re.Match[str]) -> list[Piece]:
    """Cut a caption from the note about its picture; the note may be the whole line."""
    text = line.text
    cut = len(text[: note.start()].rstrip("(（ \u3000"))
    names = parse_byline(note["names"] or note["others"] or "") or Byline(())
    is_alone = cut <= start
    credit = piece_of(line, 0 if is_alone else cut, len(text), "credit", SOURCE, signed=names)
    if is_alone:
        reason = SOURCE_OF_ALL if _OF_ALL.match(text) else SOURCE
        return [credit._replace(reason=reason)]
    reason = "caption: ends with where the picture is from"
    return [piece_of(line, 0, cut, "caption", reason, text=text[start:cut].strip()), credit]
