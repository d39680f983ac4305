"""
The lines that programs set between the sheets of a file: {3}----, --- Page 3 ---, <!-- page 3 -->.

They are furniture, and a sentence that one of them cuts goes on after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from searchlib.pages.blocks import Block
from searchlib.pages.lines import ends_sheet, first_characters

_AROUND = r"[\s\-=—–*_~·•<>\[\](){}【】（）|/!#\\]"
_NUMBER = r"\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?"
_PAGE_MARK = re.compile(
    rf"\{{\d{{1,4}}\}}\s*[-=*]{{3,}}"
    rf"|{_AROUND}*(?:"
    rf"(?:page|pg)[\s_.\-]*(?:number|num|no)?[\s_.:=\"'#\-]*{_NUMBER}[\"']?"
    rf"|page[\s_\-]*(?:split|break|div|end|start|separator|sep)(?:[\s:=\"'#]*{_NUMBER})?[\"']?"
    rf"|\\?(?:newpage|pagebreak|clearpage)|分页符?|换页符?"
    r"|第\s*(?:\d{1,4}|[一二三四五六七八九十百]{1,4})\s*[页頁](?:\s*[,，/]?\s*共\s*\d{1,4}\s*[页頁])?"
    rf"){_AROUND}*"
    rf"|{_AROUND}{{2,}}P\.?\s?{_NUMBER}{_AROUND}{{2,}}|[\[【(（]\s*\d{{1,3}}\s*/\s*\d{{1,3}}\s*[\]】)）]"
    r"|<(?P<tag>page[_-]?(?:number|num|no)?|header|footer|watermark)\b[^<>]*>[^<>]{1,60}</(?P=tag)>"
    r"|<div[^<>]*page-break[^<>]*>\s*</div>",
    re.IGNORECASE,
)
_MAY_BE_MARK = re.compile(r"page|pg|[页頁换分]|\}[-=*\s]{3}|P\.?\s?\d|\d\s*/\s*\d|<[a-z]", re.IGNORECASE)
_BEGINS = re.compile(r"[\-=—–*_~·•<>\[\](){}【】（）|/!#\\pP第分换]")
"""With one of these such a line begins: most lines are asked no more."""
_MAX_MARK = 90
"""Characters of such a line at most."""
_UNREAD = frozenset({"furniture", "picture"})


def is_page_mark(text: str) -> bool:
    """
    Return whether a line is set between two sheets.

    >>> [is_page_mark(line) for line in ("{3}--------", "<!-- page 3 -->", "=== 第3页 ===", "第3页的说明")]
    [True, True, True, False]
    """
    return (
        len(text) <= _MAX_MARK
        and _BEGINS.match(text) is not None
        and _MAY_BE_MARK.search(text) is not None
        and _PAGE_MARK.fullmatch(text) is not None
    )


def take_marks(blocks: Sequence[Block], text: str) -> Sequence[Block]:
    """
    Make furniture of the lines between sheets; what goes on behind one belongs to the paragraph before it.

    Args:
        text: Of the page, which blocks are ranges of: marks of the format are left out of a block's own text.
    """
    may_be = [begin.start() for begin in _BEGINS.finditer(first_characters(blocks))]
    hinted = [place for place, block in enumerate(blocks) if block.hint == "furniture"]
    own = [place for place in may_be if is_page_mark(blocks[place].text)]
    printed = [place for place in hinted if is_page_mark(text[blocks[place].start : blocks[place].end])]
    places = sorted({*own, *printed})
    if not places:
        return blocks
    marked = list(blocks)
    for place in places:
        marked[place] = blocks[place]._replace(hint="furniture", level=0)
    for place in places:
        before = next((block for block in reversed(marked[:place]) if block.hint not in _UNREAD), None)
        after = next((i for i in range(place + 1, len(marked)) if marked[i].hint not in _UNREAD), None)
        if before is None or after is None or before.level or marked[after].level or marked[after].indented:
            continue
        if not ends_sheet(before.text) and before.hint == marked[after].hint:
            marked[after] = marked[after]._replace(goes_on=True)
    return marked
