"""Lines that sign an article, and the stretches before and behind its text that do."""

from __future__ import annotations

import re

from searchlib.pages.blocks import Block
from searchlib.pages.bylines import MAX_BYLINE, Byline, parse_byline, plain_byline, tells_task
from searchlib.pages.fields import NAME, find_dateline, find_day, signed_within
from searchlib.pages.furniture import (
    continues_start,
    end_mark,
)
from searchlib.pages.letters import letter_writer
from searchlib.pages.line_pieces import NOBODY, piece_of
from searchlib.pages.lines import INDENT, width
from searchlib.pages.names import names_in
from searchlib.pages.printed_labels import (
    parse_citation,
    parse_day_and_source,
    parse_labelled,
    parse_names_and_day,
    source_alone,
    source_within,
)
from searchlib.pages.shapes import (
    icons_end,
    in_brackets,
)
from searchlib.pages.stretches import Piece

_TAIL_SIGNATURE = re.compile(r"[(（【［\[](?P<names>[^()（）【】\[\]［］]{2,80})[)）】］\]]$")
_TAIL_BYLINE = re.compile(
    r"(?<=[。！？!?”])\s*(?:[□■◎●]\s*|(?=作者[:：]|文[/／:：]|[^\s。，,()（）]{0,14}(?:记者|通讯员)))"
    r"(?P<names>[^。！？!?，,()（）]{2,60})$"
)
_TAIL_SOURCE = re.compile(r"(?<=[。！？!?”])\s*(?P<source>[^\s。！？!?，,()（）]{3,20})$")
"""Where a text is from, without brackets behind its last sentence: …很高兴。据新华社."""
SOURCE_ENDS = frozenset("社报网闻道息电端》")
_COMPILED = re.compile(r"本[报刊网台]综合(?:整理|报道|消息)?")
_SIGNING = frozenset({"byline", "signature", "dateline", "continued"})
_NO_TAIL = frozenset("。！？!?，,()（）")
SOURCE_ALONE = "agency or paper that the text is from"
"""Why a line, or what is behind the last sentence, signs though it names nobody."""
_OFFICE = re.compile(
    r"[一-鿿]{2,10}(?:处|编辑部|宣传部|组织部|办公室|团委|党委|工会|学生会|记者团|文学社|报社|委员会|协会|中心|学院|中学|小学)"
)
"""An office that signs in brackets, alone on a line: （教务处）."""
_COLLECTIVE = re.compile(
    r"(?:本[报刊社台网]|[一-鿿]{2,8}(?:日报|晚报|时报|商报|社|周刊|在线))(?:特[约邀])?评论员"
)
"""Who signs what a paper says itself: 本报评论员."""
_DESK = re.compile(r"[一-鿿]{2,6}(?:中心|[组部台室])\s*[/／]\s*(?:综合|(?P<names>[一-鿿、· ]{2,12}?))\s*报道")
"""The desk of a site before who reports: 国际中心/综合报道, 社会中心/周小禾报道."""
_SPACED_OUT = re.compile(
    r"(?:[一-鿿][ \u3000]){0,4}(?:记[ \u3000]者|通[ \u3000]讯[ \u3000]员)(?:[ \u3000][一-鿿]){2,}"
)
"""A line whose characters are set apart one by one: 本 报 记 者 高 原."""
_NOTE = re.compile(
    r"(?:本文)?作者(?:系|为|是|单位|简介)|(?:本[报刊网台]|[一-鿿]{2,8}[报社网])?综合(?:整理|报道|消息)?$"
)
"""What is said of a text in brackets without a name: (作者系江城大学教授), (本报综合)."""
_ENDS_SENTENCE = re.compile(r"[。！？!?”\"’」…](?:[(（][^()（）]{2,20}[)）])?$")
_BYLINE_BEFORE_TEXT = re.compile(
    r"(?P<by>(?:[^。！？!?“”\"]{0,24}(?:记\s?者|通\s?讯\s?员)|(?<=[□■●◎])|(?<=[□■●◎]\s))[^。！？!?，,“”\"]{1,60}?"
    r"(?:摄影报道|图文报道|报\s?道|文/图|文/摄))[\s:：]+(?=\S\x0b?\S)"
    r"|(?P<named>[^\s。，,()（）]{0,14}(?:记者|通讯员)\s?[^。！？!?，,“”\"\d]{2,40}?)(?: {2,}|\u3000+)"
    r"(?=\S(?:\x0b?\S){3}.*[。！？])"
)
# 极目新闻记者 周小禾 柳溪镇…, ■记者 高原 柳溪镇…: one space behind the name, an office or a mark before 记者.
_OFFICE_BEFORE_TEXT = re.compile(
    rf"(?P<by>(?:[一-鿿/]{{0,12}}(?:本[报刊社台网]|[新闻报网社刊台]|客户端|周刊)|(?<=[■-◿★☆])|(?<=[■-◿★☆]\s))"
    rf"(?:首席|特约|见习|实习|全媒体)?(?:记者|通讯员|评论员)"
    rf"[ \u3000]{NAME}(?:[ \u3000、]{NAME}){{0,4}})(?:[ \u3000]+|(?<=[ \u3000、][一-鿿]{{3}})\x0b)"
    r"(?=\S(?:\x0b?\S){3}.*[。！？])"
)
_LEAD_BRACKETS = re.compile(
    r"[(（【［\[〔](?P<names>[^()（）【】\[\]［］〔〕]{2,60})[)）】］\]〕]\s*(?=\S\x0b?\S)"
)
_OWN_DATELINE = re.compile(r"(?<=\s)本[ \x0b]?[报刊社][ \x0b]?(?:[一-鿿]{0,6}\d{1,2}月\d{1,2}日)?(?:讯|电)")
_PHOTOGRAPHER = (
    r"(?:[^\s。，,()（）]{0,14}(?:记者|通讯员)\s*)?"
    r"[一-鿿·]{1,4}(?:[\s、]{1,2}[一-鿿·]{1,4}){0,3}\s*/?\s*(?:摄影|摄|供图)"
)
CREDIT = re.compile(rf"(?:^|[\s。！？”\"(（])[(（]?(?P<names>{_PHOTOGRAPHER})[)）]?[。]?$")
# What a line must hold at least, to be looked at more closely: most lines have none of it.
# Each alternative begins with a character of its own: then the engine looks for those alone.
MAY_SIGN = re.compile(
    r"记\s?者|通\s?讯\s?员|作者|撰|评论员|实习生|文|图|摄|编译|采写|报\s?道|整理|供稿|来源|□|■|●|◎"
)
_SIGNS = re.compile(r"[记通作撰评实文图摄编采报整供来□■●◎]")
MAY_CREDIT = re.compile(r"摄|供图")
_OPENS = re.compile(r"[讯电消报记通文日社特]")
OPENINGS = (
    "讯",
    "电",
    "特写",
    "消息",
    "报道",
    "记者",
    "通讯员",
    "文/",
    *(f"{last}{close}" for last in "日社" for close in "】〕］])）"),
)
"""Words before a text one of which who reports, or a dateline, has at least."""
MAY_OPEN = re.compile("|".join(r"\s?".join(map(re.escape, word)) for word in OPENINGS))
_MAY_BE_SIGNED = re.compile(r"[记通评]|\s本")
"""What is before a text that has a comma before the word of a dateline: who signs, or 本报讯 behind names."""
BYLINE_STARTS = "□■●◎(（[【［"
_PLAIN_BEGINS = frozenset("□■●◎本记通")
_BOXES = "□■●◎ "
CLOSING_BRACKETS = ")）】］]"
_BYLINE_MARKS = "□■●◎"
_HAS_LABEL = re.compile(r"[:：丨\d原]")
_COLONS = re.compile(r"[:：丨]")
_LABEL_WORDS = re.compile(
    r"(?:作\s?者|记者|通讯员|撰稿人?|署\s?名|主笔|执笔|写作|采访(?:人员|整理)?|来源|出处|时间|日期)\s*[:：丨]"
)
_BOXED_LABEL = re.compile(
    r"[【\[［](?P<label>作者|记者|撰文|来源)[】\]］]\s*(?=\S)|[Bb][Yy][:：]?\s+(?=[一-鿿])"
)
"""【作者】周小禾, By 周小禾."""
_DAY_ENDS = frozenset("0123456789日")
_YEAR_BEGINS = frozenset("12")
_DATE = re.compile(r"(?:18|19|20)\d\d\s*[-/.年]\s*\d")
_WRITER = re.compile(r"记者|通讯员|作者|撰[文稿]|采写|供稿|文字?\s*[|｜/／:：]|[□■◎●]|(?:发[布表]|更新|刊)于")
"""What is beside a day on a line that says who wrote, or that the text was put up then."""


def signs_article(piece: Piece) -> bool:
    """Return whether a piece signs, as only articles are signed; where they are from pictures say too."""
    return piece.role in _SIGNING and piece.reason != SOURCE_ALONE


def may_open(text: str, sign: int) -> bool:
    """Return whether a dateline or byline may be before a text that has its first sign at a place."""
    return not 0 <= text.find("，") < sign or _MAY_BE_SIGNED.search(text, 0, MAX_BYLINE) is not None


def read_plain(line: Block) -> list[Piece] | None:
    """Recognise a line of posts and names alone, of labels before them, or of the source of a text."""
    text = line.text
    if (
        text[0] in _PLAIN_BEGINS
        and "版" not in text
        and (byline := plain_byline(bare := text.lstrip(_BOXES)))
    ):
        return [piece_of(line, 0, len(text), "byline", "line of names and posts", text=bare, signed=byline)]
    bare = text[icons_end(text) :] or text
    labelled = _read_labels(text)
    if labelled is None and len(bare) < len(text) and find_day(bare):
        labelled = _read_labels(bare) or _read_labels(f"记者：{bare}")  # □ 周小禾 2024-03-05
    if labelled:
        return [piece_of(line, 0, len(text), "byline", "labels or names alone, and a day", signed=labelled)]
    return _read_source_line(line)


def _read_source_line(line: Block) -> list[Piece] | None:
    """Recognise a line that names where a text is from and says no more: 据新华社."""
    source = source_alone(line.text)
    if not (source or (line.text[0] == "本" and _COMPILED.fullmatch(line.text))):
        return None
    said = Byline((), source)
    return [piece_of(line, 0, len(line.text), "signature", SOURCE_ALONE, signed=said)]


def _read_labels(text: str) -> Byline | None:
    """Read what a website prints below a headline: labels of writer, source and date, or names and a day."""
    if boxed := _BOXED_LABEL.match(text):
        text = f"{boxed['label'] or '署名'}：{text[boxed.end() :]}"
    if _HAS_LABEL.search(text) and _may_have_labels(text) and (labelled := parse_labelled(text)):
        return labelled
    if printed := parse_day_and_source(text):
        return printed
    return parse_names_and_day(text) if text[-1] in _DAY_ENDS or text[0] in _YEAR_BEGINS else None


def _may_have_labels(text: str) -> bool:
    """Return whether a line has what each that `parse_labelled` takes has at least."""
    if _COLONS.search(text) and _LABEL_WORDS.search(text):
        return True
    return text.startswith("原创") or (_DATE.search(text) is not None and _WRITER.search(text) is not None)


def read_byline_line(line: Block) -> list[Piece] | None:
    """Recognise a line that is a byline or a signature and nothing else."""
    text = line.text
    if len(text) > MAX_BYLINE or not (text[0] in BYLINE_STARTS or MAY_SIGN.search(text)):
        return None
    wrapped = in_brackets(text)
    if "。" in text and "《" not in text and not (wrapped and text[-1] in CLOSING_BRACKETS):
        return None
    bare = wrapped or text[icons_end(text) :]
    told = parse_byline(signed_within(wrapped)) if wrapped else None
    byline = (
        told or _read_whole(bare, is_wrapped=bool(wrapped)) or (parse_labelled(wrapped) if wrapped else None)
    )
    # 【新华社江湾5日电】 opens a text, （据新华社江湾5日电） ends one.
    is_dateline = text[0] not in "(（" and find_dateline(text) is not None
    if wrapped and told is None and not is_dateline and (source := _source(wrapped)):
        reason = "source or author's note in brackets"
        return [piece_of(line, 0, len(text), "signature", reason, signed=source)]
    credit = CREDIT.fullmatch(text) if MAY_CREDIT.search(text) else None
    boxed = text[0] in _BYLINE_MARKS
    if byline is None or not (byline.has_role or wrapped or boxed or credit or tells_task(bare)):
        return None
    if credit and not tells_task(bare):
        return [piece_of(line, 0, len(text), "credit", "photographer's name", signed=byline)]
    if wrapped:
        return [piece_of(line, 0, len(text), "signature", "names in brackets", signed=byline)]
    return [piece_of(line, 0, len(text), "byline", "line of names and posts", text=bare, signed=byline)]


def _writer_among_labels(text: str) -> Byline | None:
    """Read what brackets tell of editors and writers: 责编：王平 作者：周小禾."""
    labelled = parse_labelled(text)
    return labelled if labelled and labelled.authors else None


def _read_whole(text: str, *, is_wrapped: bool) -> Byline | None:
    """Read what signs from end to end: names with posts, the desk of a site, an office, 本报评论员."""
    if text[1:2] in {" ", "\u3000"} and _SPACED_OUT.fullmatch(text):
        text = "".join(text.split())
    if byline := parse_byline(text):
        return byline
    if "/" in text and (desk := _DESK.fullmatch(text)):
        names = names_in(desk["names"]) if desk["names"] else []
        return Byline(tuple(names), has_role=True) if names is not None else None
    if is_wrapped and (writer := letter_writer(text)):
        return Byline((writer,))
    if is_wrapped and _OFFICE.fullmatch(text):
        return Byline((text,))
    is_papers = text.endswith("评论员") and _COLLECTIVE.fullmatch(text) is not None
    return Byline((text,), has_role=True) if is_papers else None


def _source(text: str) -> Byline | None:
    """Read brackets that name no writer but close an article too: (据新华社), (作者系江城大学教授)."""
    if cited := parse_citation(text):
        return cited
    paper = source_within(text)
    return Byline((), paper) if paper or _NOTE.match(text) else None


def read_opening(line: Block) -> list[Piece] | None:
    """Recognise a first paragraph: byline, dateline or both before the text."""
    text = line.text
    pieces: list[Piece] = []
    place = 0
    start = icons_end(text)
    hint = _OPENS.search(text, start, start + MAX_BYLINE)
    if hint is None or not MAY_OPEN.search(text, hint.start(), start + MAX_BYLINE):
        return None
    dateline = find_dateline(text[start:], is_marked=start > 0)
    if dateline is None and (before := byline_before(text, start)):
        end, byline = before
        shown = text[start:end].strip()
        pieces.append(
            piece_of(line, 0, end, "byline", "names and posts before the text", text=shown, signed=byline)
        )
        place = start = end
        dateline = find_dateline(text[start:])
    if dateline:
        signed = parse_byline(dateline.signed) if dateline.signed else None
        end = start + (dateline.end if dateline.signed and not signed else dateline.rest)
        printed = text[start : start + dateline.end]
        said = signed or NOBODY
        if not said.day and dateline.month_day:
            said = said._replace(day=dateline.month_day)
        pieces.append(
            piece_of(line, place, end, "dateline", "dateline before the text", text=printed, signed=said)
        )
        place = end
    if not pieces:
        return None
    place = len(text) - len(text[place:].lstrip())
    if place < len(text):
        rest = Block(line.start + place, line.end, text[place:])
        behind = [piece_of(rest, 0, len(rest.text), "body", "text behind the dateline or byline")]
        first, *others = read_ending(rest) or behind
        pieces += [first._replace(is_tail=True, lead_width=width(text[:place]) + INDENT), *others]
    return pieces


def byline_before(text: str, start: int) -> tuple[int, Byline] | None:
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


def _read_tail_source(line: Block, tail: re.Match[str]) -> list[Piece] | None:
    """Cut a text from the agency behind its last sentence."""
    source = source_alone(tail["source"])
    if not source:
        return None
    before = piece_of(line, 0, tail.start(), "body", "text before its source")
    said = Byline((), source)
    return [before, piece_of(line, tail.start(), len(line.text), "signature", SOURCE_ALONE, signed=said)]


def read_ending(line: Block) -> list[Piece] | None:
    """Recognise a last paragraph: names in brackets, or 下转, behind its last sentence."""
    text = line.text
    if (ends := end_mark(text)) > 0:
        before = Block(line.start, line.start + ends, text[:ends].rstrip(), line.gap)
        pieces = read_ending(before) or [
            piece_of(before, 0, len(before.text), "body", "text before an end mark")
        ]
        return [*pieces, piece_of(line, ends, len(text), "furniture", "end mark or editors behind the text")]
    cut = continues_start(text)
    if cut > 0:
        mark = piece_of(line, cut, len(text), "continues", "下转: goes on on another page")
        return [piece_of(line, 0, cut, "body", "text before 下转"), mark]
    since = max(0, len(text) - MAX_BYLINE)
    if text[-1] in SOURCE_ENDS and (tail := _TAIL_SOURCE.search(text, since)):
        return _read_tail_source(line, tail)
    if text[-1] not in CLOSING_BRACKETS:
        hint = _SIGNS.search(text, since)
        if hint is None or not MAY_SIGN.search(text, hint.start()):
            return None
    match = _TAIL_SIGNATURE.search(text, since)
    if match is None and text[-1] not in _NO_TAIL:
        match = _TAIL_BYLINE.search(text, since)
    if match is None:
        return None
    names = match["names"].strip()
    byline = parse_byline(names) or _writer_among_labels(names) or _source(names)
    if byline is None:
        return None
    if not (byline.has_role or _ENDS_SENTENCE.search(text[: match.start()].rstrip())):
        return None
    return [
        piece_of(line, 0, match.start(), "body", "text before a signature"),
        piece_of(
            line, match.start(), len(text), "signature", "names in brackets behind the text", signed=byline
        ),
    ]
