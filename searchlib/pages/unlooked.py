"""
Which lines of a page need no look: the compiled kernel, where it is built, says it of all lines at once.

Without it, and where it is not sure, the rules look: what a page is split into is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from searchlib.native import engine
from searchlib.pages.blocks import Block
from searchlib.pages.bylines import MAX_BYLINE
from searchlib.pages.captions import MAX_CAPTION, MAX_CREDIT, NOTE_ENDS, NOTED
from searchlib.pages.furniture import CONTROLS_BEGIN, EDITORS_BEGIN
from searchlib.pages.lines import INDENT, QUOTES
from searchlib.pages.mastheads import MAX_PAGE_NAME
from searchlib.pages.names import SURNAMES
from searchlib.pages.printed_labels import SOURCE_BEGINS
from searchlib.pages.roles import MAX_NAMES, SHORT_LINE, head_or_text
from searchlib.pages.shapes import (
    BOX_LIKE,
    MAX_HEAD,
    MAX_WRAPPED_HEAD,
    MIN_COLUMN_TEXT,
    SENTENCE,
    TOO_LONG,
)
from searchlib.pages.signing import OPENINGS, SOURCE_ENDS
from searchlib.pages.stretches import Piece, Role, plain_piece

if TYPE_CHECKING:
    from searchlib.native._kernel import LineReader

_KNOWN: tuple[tuple[Role, str], ...] = (
    ("body", ""),
    ("body", SENTENCE),
    ("body", TOO_LONG),
    ("head", SHORT_LINE),
)
"""What a line surely is, and why, by the number that the kernel gives it; the first is not sure."""
_HEAD_OR_TEXT = len(_KNOWN)
"""The number of a line that is nothing else."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_POSTS = ("记者", "通讯员", "评论员")
_PICTURES = tuple(f"{what}图" for what in ("", *"上下左右本题大小", "资料"))
_CONTINUED = ("接", "上接", "紧接")
_READ_ON = ("文》", "文.", "文…", "多》", "多.", "多…")
_SIGNING = ("作者", "实习生", "编译", "采写", "报道", "整理", "特写", "消息")
_OF_SITES = (
    "关注",
    "下载",
    "点击",
    "备案",
    "安备",
    "未经",
    "举报",
    "许可证",
    "业务",
    "蓝字",
    "订阅",
    "此内容",
)
_CHARS = {
    "quotes": "".join(QUOTES),
    "boxes": "".join(BOX_LIKE),
    # A text: with what it ends, what no dateline has, what one has before 电, 报道 and 消息.
    "text_ends": "。！？”…；：，、》",
    "text_stops": "，。、；：！？“”《》",
    "before_wire": "月日社网报线本",
    "before_report": "月网线本",
    "before_news": "月线本",
    "day_ends": "0123456789一二三四五六七八九〇十年月日版",
    "note_ends": "".join(NOTE_ENDS),
    "noted": NOTED,
    # A head: with what it ends but Han, what it has but Han and digits, and what the rules look for.
    "head_ends": "？！”》",
    "head_marks": "，、？！“”《》—】" + _LETTERS,
    "head_begins": "—0123456789",
    "head_boxes": "【■□●◎",
    "head_breaks": "发报】" + "".join(SOURCE_ENDS),
    "head_stops": "丨撰文图摄片截供源讯电转码版页扫CcIi",
    "opened": "“《",
    "closed": "”》",
    "editors": "".join(EDITORS_BEGIN),
    "controls": "".join(CONTROLS_BEGIN),
    "control_ends": "航录览表索顾引",
    "reports": "日近昨今连据截此同另随目下接",
    "gaps": "】，、",
    "edits": "编校版排统监签终审主总设制视美核策绘",
    "numbered": "度址总报于闻刊气" + _LETTERS,
    "surnames": "".join(SURNAMES),
    "signing": "记通作评实综整采录报供执编校来发",
    "posts_behind": "授任记长员席委表家师系为位",
}
"""Characters that the rules look for."""
_WORDS = {
    "openings": OPENINGS,
    "posts": _POSTS,
    "text_begins": (*_PICTURES, *_CONTINUED, "正文", "全文"),
    "text_signs": (
        "记者",
        "通讯员",
        "作者",
        "文/",
        "文／",
        "文:",
        "文：",
        *_READ_ON,
        *"□■◎●",
        *SOURCE_BEGINS,
    ),
    "head_breaks": (*_CONTINUED, "原创", "正文", "全文", "本", "特约", "实习", *SOURCE_BEGINS),
    "sources": ("来自", "摘自"),
    "head_words": (
        *_READ_ON,
        *_POSTS,
        *_SIGNING,
        *_OF_SITES,
        "刊号",
        "代号",
    ),
}
"""Words that the rules look for, at the beginning of a line or anywhere."""
_SIZES = {
    "head": MAX_HEAD,
    "wrapped_head": MAX_WRAPPED_HEAD,
    "byline": MAX_BYLINE,
    "caption": MAX_CAPTION,
    "credit": MAX_CREDIT,
    "post": 40,
    "column_text": MIN_COLUMN_TEXT,
    "page_name": MAX_PAGE_NAME,
    "names": MAX_NAMES,
    "run": 5,
    "given_name": 4,
    "control": 8,
}
"""Characters at most; of Han in a row from which they are no name."""


def kinds_of(texts: Sequence[str]) -> bytes:
    """Return what each text surely is, 0 where that is not sure; see `known_piece`."""
    try:
        if engine().kernel is not None:
            return _line_reader().read(texts)
    except UnicodeEncodeError:  # a surrogate alone
        pass
    return bytes(len(texts))


def are_plain(texts: Sequence[str]) -> list[bool]:
    """Return which surely are text or a head: nothing in them signs, and they are no furniture."""
    return [0 < kind < _HEAD_OR_TEXT for kind in kinds_of(texts)]


def known_piece(line: Block, kind: int) -> Piece:
    """Return the one piece of a line that is surely of a kind, and whose format says nothing."""
    if kind == _HEAD_OR_TEXT:
        return head_or_text(line)
    return plain_piece(line.start, line.end, line.text, *_KNOWN[kind], gap=line.gap, lead_width=INDENT)


def may_be_listed(texts: Sequence[str], most: int) -> bool:
    """Return whether lines of *most* characters may be titles that come again: False where none can."""
    kernel = engine().kernel
    try:
        return kernel is None or kernel.may_list(texts, most)
    except UnicodeEncodeError:
        return True


@cache
def _line_reader() -> LineReader:
    from searchlib.native._kernel import LineReader  # noqa: PLC0415 (where it is built)

    return LineReader(_CHARS, _WORDS, _SIZES)
