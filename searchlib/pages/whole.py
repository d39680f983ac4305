"""Texts that are no newspaper page: an essay or a note stays whole, Markdown is cut at its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from searchlib.pages.blocks import Block
from searchlib.pages.bylines import Byline, parse_byline
from searchlib.pages.decks import PART
from searchlib.pages.drafts import Draft
from searchlib.pages.fields import PRINTED_DATE, find_day, with_feed_days
from searchlib.pages.furniture import ASKS, EDITORS, is_sure_furniture
from searchlib.pages.line_pieces import piece_of
from searchlib.pages.lines import is_word
from searchlib.pages.mastheads import day_alone, names_section, web_day
from searchlib.pages.names import FREQUENT_SURNAMES, is_sure_name
from searchlib.pages.roles import classify
from searchlib.pages.shapes import LABEL_CHARS, not_a_head
from searchlib.pages.stretches import FURNITURE, Piece, Role, place_of

_BLOCK_TAG = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6]|tr|blockquote)>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|br|div|span|strong|b|em|i|u|a|img|font|center|h[1-6]|ul|ol|li|blockquote|table|tbody|tr|td|th)(?:\s[^<>]*)?/?>|&nbsp;",
    re.IGNORECASE,
)
_BRACKETS = dict(zip("【〖［[《〈「『“‘<", "】〗］]》〉」』”’>", strict=True))
_DAY_LINE = re.compile(
    r"(?:18|19|20)\d\d\s*[年\-/.]\s*\d{1,2}\s*[月\-/.]\s*\d{1,2}日?(?:\s*[(（]?(?:星期|周)[一二三四五六日天][)）]?)?"
    r"(?:\s*\d{1,2}[:：时]\d{2}(?:[:：]\d{2}|分)?)?"
)
_LABEL = re.compile(r"(?:[一-鿿]{2,6}\s*[:：]|[一-鿿][ \u3000]+[一-鿿](?:\s*[:：]|[ \u3000]+))\s*\S")
_WHEN = re.compile(r"(?:开会|会议)?(?:时\s*间|日\s*期)")
_MINUTES = re.compile("(?:[记纪]录|纪要|议事录|决议录)$")
LABELS_BELOW = 2
"""Lines with labels at least that are below a title."""
MAX_DAY_LINE = 40
"""Characters of a line at most that may be a day alone, as feeds and sites in English write it too."""
_LABELS = frozenset({"编者按", "按语", "导语", "导读", "摘要", "正文", "目录", "前言"})
_ORNAMENTS = r"★☆◆◇●○■□▲△※*=~＝～·—–\-"
_ORNATE_TITLE = re.compile(
    rf"[{_ORNAMENTS}]+\s*(?P<title>[^\s{_ORNAMENTS}](?:.*[^\s{_ORNAMENTS}])?)\s*[{_ORNAMENTS}]+"
)
MIN_CONTENTS = 3
"""Headings at least that make a list of contents."""
MAX_WORD = 2
"""Characters of a name at most that stands alone and may as well be a word."""
_HAN_DIGIT = "〇零○一二三四五六七八九"
_YEAR = rf"(?P<year>(?:[12]\d{{3}}|(?:[一二][{_HAN_DIGIT}])?[{_HAN_DIGIT}]{{2}})\s?年\s?)?"
_TOLD_DAY = re.compile(
    rf"(?P<open>[(（【\[])?\s?(?P<day>{_YEAR}(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?月\s?"
    r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})\s?日)[^。，、：:！？()（）]{0,10}(?(open)[)）】\]]|$)"
)
"""A day, in brackets before a text or alone but for what was then: 3月5日讲话, （3月5日于柳溪）."""
MAX_NAME_LINE = 12
"""Characters at most of a line with the writer's name, between a title and the text."""
SEVERAL_TEXTS = 2
"""Articles at least that may have to be joined to one."""
_NO_LINE = re.compile(
    r"[\d(（\[【①-⑳]|[^：:，]{1,12}[:：]|[“「‘][^”」’]*[”」’]$|第[一二三四五六七八九十\d]+[章节回]"
)
"""A label, a number or what somebody says: no line of a title of two."""
MIN_LINE = 8
"""Characters of each line of a title of two at least."""
MIN_TEXT_BELOW = 80
"""Characters of the paragraph below a title of two lines at least."""
MAX_TITLE = 40
"""Characters at most of a first line that is taken for the title of a text."""


Classified = Sequence[tuple[Block, Sequence[Piece]]]
"""Blocks with the pieces that each was cut into."""


def whole_text(lines: Sequence[Block], title: str = "", *, guess: bool = True) -> Draft:
    """
    Take all lines as one article; the first is its headline when it is set like one.

    Args:
        title: What the file says is the headline; no other line is one then.
        guess: Whether a line that is not marked may be the headline.
    """
    draft = Draft()
    rest = list(lines)
    if same_words(lines[0].text, title) if title else guess and _is_title(lines):
        head = _piece(rest.pop(0), "head", "first line of the text, set like a title")
        draft.heads.append(head._replace(text=_strip_deck(head.text)))
        if not title and _has_second(head.text, rest):
            draft.heads.append(_piece(rest.pop(0), "head", "second line of the title, over a long text"))
        if rest and (names := _names_of(rest)):
            byline = _piece(rest.pop(0), "byline", "names alone, between title and text")
            draft.bylines.append(byline._replace(authors=names))
        if len(rest) > 1 and (day := _day_below(rest)):
            line = rest.pop(0)
            signed = Byline((), day=day)
            reason = "day alone, below the title"
            draft.bylines.append(piece_of(line, 0, len(line.text), "byline", reason, signed=signed))
        elif (place := _meeting_day(rest, head.text)) >= 0:
            line = rest.pop(place)
            signed = Byline((), day=find_day(line.text))
            reason = "day of a meeting, below the title of its minutes"
            draft.bylines.append(piece_of(line, 0, len(line.text), "byline", reason, signed=signed))
    signature = rest.pop() if len(rest) > 1 and (names := _names_behind(rest[-1])) else None
    source = rest.pop() if title and len(rest) > 1 and _is_source(rest[-1]) else None
    for line in rest:
        if line.hint == "byline" and not draft.body:
            draft.bylines += classify(line)
        else:
            draft.body += _text(line, "text that is no newspaper page")
    if source:
        draft.bylines += classify(source)
    if signature:
        signed = Byline(names)
        reason = "names behind a dash, below the text"
        draft.bylines.append(piece_of(signature, 0, len(signature.text), "signature", reason, signed=signed))
    return draft


def same_words(text: str, title: str) -> bool:
    """Return whether a line and a title are the same but for punctuation and white space."""
    one, other = _strip(text), _strip(title)
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and shorter in longer and len(shorter) * 4 >= len(longer) * 3


def _is_title(lines: Sequence[Block]) -> bool:
    first, *rest = lines
    if not rest or len(first.text) > MAX_TITLE:
        return False
    title = _strip_deck(first.text)
    signed_below = rest[1:] and rest[1].gap > 0 and len(rest[0].text) <= MAX_NAME_LINE
    stands_out = (
        rest[0].gap > 0
        or PART.match(rest[0].text)
        or day_alone(rest[0].text)
        or _TOLD_DAY.match(rest[0].text)
        or signed_below
        or _are_labels(rest)
        or _has_second(title, rest)
        or bool(not_a_head(rest[0].text))
    )
    return first.level > 0 or (bool(stands_out) and not not_a_head(title))


def _has_second(title: str, rest: Sequence[Block]) -> bool:
    """Return whether a title has a second line: as one is set, over a day or a text that is far longer."""
    if len(rest) <= LABELS_BELOW or rest[0].gap or min(len(title), len(rest[0].text)) < MIN_LINE:
        return False
    second, below = rest[0].text, rest[1].text
    if len(second) > MAX_TITLE or any(not_a_head(line) or _NO_LINE.match(line) for line in (title, second)):
        return False
    return _TOLD_DAY.match(below) is not None or (len(below) >= MIN_TEXT_BELOW and "，" in below)


def _day_alone(text: str) -> str:
    """Return the day of a line that says nothing else, but for the time or the place: 2024-03-05 08:30."""
    if (told := _TOLD_DAY.fullmatch(text)) and told["year"]:
        return find_day(told["day"])
    text = with_feed_days(text) if len(text) <= MAX_DAY_LINE else text
    printed = PRINTED_DATE.match(text) if text[0] in "12" and _DAY_LINE.fullmatch(text) else None
    return find_day(printed.group()) if printed else ""


def _day_below(lines: Sequence[Block]) -> str:
    """Return the day of the first line below a title; of several labels it is the day of a meeting."""
    first = lines[0].text
    return _day_alone(first) or ("" if _are_labels(lines) else day_alone(first))


def _are_labels(lines: Sequence[Block]) -> bool:
    """Return whether lines have labels, as those below the name of a meeting have: 时间：, 地　点　."""
    return len(lines) > LABELS_BELOW and all(_LABEL.match(line.text) for line in lines[:LABELS_BELOW])


def _meeting_day(lines: Sequence[Block], title: str) -> int:
    """Return the place of the line that says when a meeting was, below the title of its minutes; else -1."""
    if not _MINUTES.search(title):
        return -1
    labels = takewhile(lambda place: _LABEL.match(lines[place].text), range(len(lines) - 1))
    return next((n for n in labels if _WHEN.match(lines[n].text) and find_day(lines[n].text)), -1)


def _names_behind(line: Block) -> tuple[str, ...]:
    """Return the names that a last line is, behind a dash: ——周小禾."""
    text = line.text
    if text[0] not in "—–" or len(text) > MAX_NAME_LINE or line.hint:
        return ()
    byline = parse_byline(text.lstrip("—– "))
    return byline.authors if byline and all(map(is_sure_name, byline.authors)) else ()


def _is_source(line: Block) -> bool:
    """Return whether a last line says where the text is from, or who wrote it: 来源：江城日报."""
    pieces = classify(line)
    return len(pieces) == 1 and pieces[0].role in {"byline", "signature"}


def _names_of(rest: Sequence[Block]) -> tuple[str, ...]:
    """Return the names in the first of some lines, as far from the text as from the title; else none."""
    line, *text = rest
    is_apart = len(line.text) <= MAX_NAME_LINE and bool(text) and (text[0].gap > 0) == (line.gap > 0)
    if not (is_apart and not_a_head(text[0].text)):
        return ()
    byline = parse_byline(line.text)
    authors = byline.authors if byline and not byline.has_role else ()
    # 高原 and 安静 may be names, and are more often words.
    is_sure = len(authors) > 1 or any(
        len(name) > MAX_WORD and name[0] in FREQUENT_SURNAMES for name in authors
    )
    return authors if is_sure or any("·" in name for name in authors) else ()


def _strip_deck(text: str) -> str:
    """Return a title without the brackets or ornaments around it: 【坍缩】, === 坍缩 ===."""
    title = text
    if ornate := _ORNATE_TITLE.fullmatch(text):
        title = ornate["title"]
    while title and title[-1] == _BRACKETS.get(title[0]) and title.count(title[0]) == title.count(title[-1]):
        inner = title[1:-1].strip()
        if not inner or (title[0] in inner and inner[0] != title[0]):
            break  # “茶”与“茶山”: two pairs
        title = inner
    return text if title in _LABELS else title


def is_outside(block: Block, pieces: Sequence[Piece]) -> bool:
    """Return whether a block belongs to no text of any kind: the format or its own shape says so."""
    if block.hint in {"furniture", "picture", "contents"}:
        return True
    first = pieces[0]
    if len(pieces) > 1 or first.role not in FURNITURE:
        return False
    return block.level > 0 or first.is_border or is_sure_furniture(first.reason)


def edges_outside(classified: Classified) -> set[int]:
    """Return the places of blocks at the top and the end of a text that belong to none of it."""
    top = takewhile(lambda place: is_outside(*classified[place]), range(len(classified)))
    end = takewhile(
        # A line above what closes a text is its title, and the text is missing.
        lambda place: is_outside(*classified[place]) or (place > 1 and _closes(classified[place][1])),
        range(len(classified) - 1, -1, -1),
    )
    return {*top, *end}


def _closes(pieces: Sequence[Piece]) -> bool:
    """Return whether a last block is no text: who edited it, or on what page it goes on."""
    first = pieces[0]
    return len(pieces) == 1 and (first.role == "continues" or first.reason in {EDITORS, ASKS})


def title_places(pieces: Sequence[Piece], title: str) -> set[int]:
    """
    Return the places of the pieces that are the heads of an article alone; its other headings are sections.

    A heading right below the first is a subtitle, unless one of its level comes again.
    """
    run: list[int] = []
    for place, piece in enumerate(pieces):
        if piece.level and piece.role == "head":
            run.append(place)
        elif run and piece.role not in FURNITURE:
            break
    if title:
        return {place for place in run if same_words(pieces[place].text, title)}
    if not run:
        return set()
    top = min(run, key=lambda place: (pieces[place].level, place))
    later = {piece.level for piece in pieces[run[-1] + 1 :] if piece.level}
    return {
        place for place in run if place <= top or not any(level <= pieces[place].level for level in later)
    }


def one_article(classified: Classified, title: str = "") -> tuple[list[Draft], list[Piece]]:
    """
    Take a text with headings that nobody signs as one article with sections.

    Returns:
        The article with the captions of its pictures, and the furniture.
    """
    pieces = [piece for _, found in classified for piece in found]
    heads = {pieces[place].start for place in title_places(pieces, title)}
    draft = Draft()
    captions: list[Draft] = []
    furniture: list[Piece] = []
    for block, found in classified:
        first = found[0]
        is_dated = first.role == "masthead" and bool(draft.heads) and not draft.body
        if is_outside(block, found) or is_dated:
            furniture += found
        elif first.level and first.role == "head":
            if first.start in heads:
                draft.heads.append(first)
            else:
                draft.body.append(first._replace(role="section", reason="heading inside an article"))
        elif first.role == "caption" and block.hint == "caption":
            captions.append(_caption(found))
        elif block.hint == "byline" and not draft.body:
            draft.bylines += found
        elif draft.heads and not draft.body and first.role == "head" and first.authors:
            draft.bylines.append(first._replace(role="byline", reason="names alone, between head and text"))
        else:
            draft.body += _text(block, "text under a heading")
    return [*([] if draft.is_empty() else [draft]), *captions], furniture


def as_one(drafts: Sequence[Draft], title: str) -> list[Draft]:
    """
    Join what was taken for several articles, where the file says that it is one; captions stay apart.

    Heads behind the first become sections, what signs inside the text becomes text.
    """
    texts = sorted((draft for draft in drafts if not draft.is_caption), key=Draft.begin)
    if len(texts) < SEVERAL_TEXTS:
        return list(drafts)
    named = (draft for draft in texts if any(same_words(piece.text, title) for piece in draft.heads))
    first = next(named, None) or next((draft for draft in texts if draft.heads), texts[0])
    whole = Draft(page=first.page, column=first.column, heads=first.heads)
    for draft in texts:
        if draft is not first:
            reason = "heading inside an article"
            whole.body += [
                piece._replace(role="section", reason=reason) if piece.level else piece._replace(role="body")
                for piece in [*draft.heads, *draft.column]
            ]
        is_lead = not any(piece.role == "body" for piece in whole.body)
        signs = [*draft.bylines, *draft.datelines]
        if is_lead or draft is texts[-1] or draft is first:
            whole.bylines += draft.bylines
            whole.datelines += draft.datelines
        else:
            whole.body += [piece._replace(role="body") for piece in signs]
        whole.body += draft.body
    whole.body.sort(key=place_of)
    return [whole, *(draft for draft in drafts if draft.is_caption)]


def _caption(pieces: Sequence[Piece]) -> Draft:
    draft = Draft(is_caption=True)
    for piece in pieces:
        (draft.bylines if piece.role in {"credit", "byline"} else draft.body).append(piece)
    return draft


def split_markdown(classified: Classified, level: int) -> tuple[list[Draft], list[Piece]]:
    """
    Cut a text at its headings; deeper ones are sections of what they are in.

    A heading without text of its own, over a deeper one, is the column of
    the articles that follow, or the headline when the deeper one is the only
    one below it. A list of contents at the top is no article. Names and a
    dateline right below a heading, and names behind its text, sign the article.

    Args:
        level: Of the headings that begin an article.

    Returns:
        The articles, and what belongs to none.
    """
    drafts: list[Draft] = [Draft()]
    furniture: list[Piece] = []
    lines = [block for block, found in classified if not is_outside(block, found)]
    places = {block.start: place for place, block in enumerate(lines)}
    below = 0
    for block, found in classified:
        first = found[0]
        if is_outside(block, found):
            furniture += found
            continue
        place = places[block.start]
        if block.hint == "column":
            if not drafts[-1].is_empty():
                drafts.append(Draft())
            drafts[-1].column.append(first)
            continue
        if not (first.level and first.role == "head"):
            _take_text(drafts[-1], block, found)
            continue
        opened = drafts[-1]
        goes_on = opened.heads and block.level > opened.heads[-1].level and lines[place - 1].level
        below = below if block.level > level else 0
        if block.level > level and block.level != below and opened.heads and (opened.body or not goes_on):
            opened.body.append(first._replace(role="section", reason="heading inside an article"))
            continue
        if (opened.body or opened.heads) and not goes_on:
            drafts.append(Draft())
        after = lines[place + 1] if place + 1 < len(lines) else None
        if after and (reason := _column_reason(lines, place, level)):
            if after.level == block.level:
                furniture += drafts[-1].column
                drafts[-1].column = []
            drafts[-1].column.append(first._replace(role="column", reason=reason))
            below = after.level
        else:
            drafts[-1].heads.append(first._replace(reason=f"heading of level {block.level}"))
    return _without_contents([draft for draft in drafts if not draft.is_empty()], furniture, level)


def _without_contents(
    drafts: list[Draft], furniture: list[Piece], level: int
) -> tuple[list[Draft], list[Piece]]:
    """Take the first texts for a list of contents where they say the headings that follow."""
    # What is below the first divider: the contents may be divided as the texts are.
    inner = takewhile(
        lambda draft: draft.heads and not draft.column and draft.heads[0].level > level, drafts[1:]
    )
    size = 1 + len(list(inner))
    if not (drafts and _lists(drafts[:size], drafts[size:])):
        return drafts, furniture
    reason = "list of contents: says the headings that follow"
    listed = [piece for draft in drafts[:size] for piece in draft.pieces()]
    contents = [piece._replace(role="contents", reason=reason) for piece in listed]
    return drafts[size:], furniture + contents


def _column_reason(lines: Sequence[Block], place: int, level: int) -> str:
    """Return why a heading is the name of a column: over a deeper one, or short and without a text."""
    block, after = lines[place], lines[place + 1]
    if after.level > block.level and (
        block.level < level or names_section(block.text) or not _is_subtitle(lines, place)
    ):
        return "heading over a deeper heading"
    is_name = block.level == after.level == level > 0 and len(block.text) <= LABEL_CHARS
    return "short heading right over another of its level" if is_name else ""


def _take_text(draft: Draft, block: Block, pieces: Sequence[Piece]) -> None:
    """Add a block to an article: names and dateline where they stand, all else as text."""
    first, last = pieces[0], pieces[-1]
    if draft.heads and not draft.body and first.role == "masthead" and (day := web_day(first.text)):
        draft.bylines.append(first._replace(role="byline", month_day=day, reason="when it was put up"))
        return
    signs_above = not draft.body and draft.heads and first.role in {"byline", "dateline"}
    if signs_above or (draft.heads and last.role == "signature"):
        for piece in pieces:
            if piece.role in {"byline", "signature"}:
                draft.bylines.append(piece)
            elif piece.role == "dateline" and not draft.body:
                draft.datelines.append(piece)
            else:
                draft.body.append(piece._replace(role="body"))
    elif not draft.body and draft.heads and first.role == "head" and first.authors:
        draft.bylines.append(first._replace(role="byline", reason="names alone, between head and text"))
    else:
        draft.body += _text(block, "text under a heading")


def _is_subtitle(lines: Sequence[Block], place: int) -> bool:
    """Return whether the heading after a heading is the only one below it: a headline with its subtitle."""
    level = lines[place].level
    below: list[int] = []
    for line in lines[place + 1 :]:
        if line.level:
            if line.level <= level:
                break
            below.append(line.level)
    peers = sum(1 for line in lines if line.level == level)
    return len(below) == 1 and peers > 1


def _lists(firsts: Sequence[Draft], others: Sequence[Draft]) -> bool:
    """Return whether texts are a list of contents: little more than most of the headings that follow."""
    heads = {_strip(piece.text) for other in others for piece in (*other.heads, *other.column)} - {""}
    text = _strip("\n".join(piece.text for draft in firsts for piece in draft.body))
    if len(heads) < MIN_CONTENTS or sum(map(len, heads)) * 4 < len(text):
        return False
    return sum(head in text for head in heads) * 2 > len(heads)


def _strip(text: str) -> str:
    return "".join(filter(is_word, text))


def _piece(line: Block, role: Role, reason: str) -> Piece:
    return Piece(line.start, line.end, line.text, role, reason, line.gap, line.level)


def _text(line: Block, reason: str) -> list[Piece]:
    """Return the paragraphs of a line: one, or as many as its HTML says."""
    if "<" not in line.text and "&nbsp;" not in line.text:
        return [_piece(line, "body", reason)._replace(is_tail=line.goes_on)]
    pieces: list[Piece] = []
    done = 0
    ends = [m.end() for m in _BLOCK_TAG.finditer(line.text)]
    for end in [*ends, len(line.text)]:
        raw = line.text[done:end]
        if raw.strip():
            bare = _TAG.sub("", raw).strip()
            pieces.append(Piece(line.start + done, line.start + end, bare, "body", reason, line.gap))
        done = end
    return pieces
