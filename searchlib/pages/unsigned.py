"""
News that nobody signs, on a page that nothing else shows to be one: heads over texts of other matters each.

What an article's sections are headed by is short, and the rest of the article
speaks of it too. Where all heads of a text, the first like the others, are as
long as headlines are, and only the text below each says its words again, each
begins an article. A few must have texts as long as those of articles: round-ups
of the day's news have heads over two or three paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from searchlib.pages.decks import coverage
from searchlib.pages.kinds import SECTION
from searchlib.pages.mastheads import names_section
from searchlib.pages.shapes import LABEL_CHARS, MAX_HEAD
from searchlib.pages.stretches import FURNITURE, Piece

MIN_HEADLINE = 10
"""Characters of headlines at least, on the average of those behind the first, and of the first."""
MAX_HEADLINE = 40
"""Characters of a headline at most; a longer line without a full stop is text."""
MIN_TEXT = 40
"""Characters of text at least below each headline."""
MIN_LONG_TEXT = 300
"""The same on the average, where they are few."""
MANY = 5
"""Headlines from which the texts may be as short as those of briefs."""
MOST = 60
"""Headlines at most: no page has more, and books have chapters."""
MIN_SAID = 0.3
"""Share of a headline's pairs, at least, that its own text says again, on the average."""
MOST_ELSEWHERE = 0.34
"""Share of that at most which the rest of the page says."""
SELDOM_ELSEWHERE = 0.25
"""The same, from which on the first headline is looked at."""
MOST_OF_FIRST = 0.45
"""The same for the first headline then: the title of an essay is what all of its sections speak of."""
LIKELY_ELSEWHERE = 0.75
"""The same where blank lines set the texts apart, and some say when it was."""
MOSTLY_TOLD = 0.6
"""Share of the texts that say when it was, at least, whatever else they share."""
LONG_HEADLINE = 20
"""Characters of headlines, on the average, from which on no text need say when it was."""
_WHEN = re.compile(
    r"[^，。]{0,12}(?:\d{4}年|\d{1,2}日|近日|日前|[昨今](?:[（(]\d{1,2}[)）])?[日天晚早晨]|[上本]周|当地时间|当日|截至|据[^，。]{2,12}[社网报台])"
)
"""With what a text of news begins, a few words before it."""
_OPINION = re.compile(
    r"(?:今日|本报|本刊|每日|星期|一周|晨报|晚报)?(?:社[论评]|短评|时评|评论|快评|锐评|微评|论坛)|编者(?:按|的话|手记)|编[后余](?:语|话)?|卷首语|发刊词|开篇语"
)
"""What papers call where they give their own opinion."""
_BOXED = re.compile(r"[【〔［\[〈](?P<title>[^【】〔〕［］\[\]〈〉。]{4,})[】〕］\]〉]")
_HEADS = frozenset({"head", "section"})
_NUMBER = re.compile(r"(?:\d{1,2}[.、．]|[(（]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}、)\s*")
MAX_NAME = 12
"""Characters at most of the name of a page over its first headline."""
SEVERAL = 2
LEVEL = 1


def head_unsigned(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces with a level for each that is over unsigned news; none where the text is no such page."""
    shown = [place for place, piece in enumerate(pieces) if piece.role not in FURNITURE]
    if not shown or any(pieces[place].level for place in shown) or not _headline(pieces[shown[0]], MAX_HEAD):
        return []
    is_spaced = all((pieces[place].gap > 0) is (pieces[place].role in _HEADS) for place in shown[1:])
    longest = MAX_HEAD if is_spaced else MAX_HEADLINE
    if not _headline(pieces[shown[0]], longest):
        return []
    heads: list[list[int]] = []
    texts: list[str] = []
    lines: list[int] = []
    is_over = False
    for place in shown:
        if not _headline(pieces[place], longest):
            texts[-1] += pieces[place].text
            lines[-1] += 1
            is_over = False
        elif is_over:
            heads[-1].append(place)
        else:
            heads.append([place])
            texts.append("")
            lines.append(0)
            is_over = True
    name = _name_over(pieces, heads)
    titles = ["".join(_headline(pieces[place], longest) for place in run) for run in heads]
    are_even = is_spaced or (len(heads) >= MANY and set(lines) == {1})
    # Blank lines over heads alone, or one paragraph below each: a page is set so, and hardly an essay.
    are_alone = are_even and all(len(run) == 1 for run in heads)
    if not (_are_of_others(titles, texts) or (are_alone and _are_told_anew(titles, texts))):
        return []
    are_numbered = all(map(_NUMBER.match, titles))
    headed = list(pieces)
    reason = "headline over a text of another matter"
    for place in (place for run in heads for place in run):
        title = _headline(pieces[place], longest)
        if are_numbered:
            title = _NUMBER.sub("", title, count=1)
        headed[place] = pieces[place]._replace(text=title, role="head", level=LEVEL, reason=reason)
    if name is not None:
        headed[name] = pieces[name]._replace(role="masthead", reason="name over the news of a page")
    return headed


def _name_over(pieces: Sequence[Piece], heads: Sequence[list[int]]) -> int | None:
    """Take the line out of the first run of heads that is the name of the page: no other run has two."""
    is_name = len(heads) >= MANY and len(heads[0]) == SEVERAL and all(len(run) == 1 for run in heads[1:])
    return heads[0].pop(0) if is_name and len(pieces[heads[0][0]].text) <= MAX_NAME else None


def head_labelled(pieces: Sequence[Piece]) -> list[Piece]:
    """
    Return pieces with a level for each headline below the bare name of a column; none without one at the top.

    社论, 短评: a leader has no other sign, and its headline is the line below.
    """
    shown = [place for place, piece in enumerate(pieces) if piece.role not in FURNITURE]
    if len(shown) <= SEVERAL or any(pieces[place].level for place in shown):
        return []
    found = [
        (above, below)
        for above, below, text in zip(shown, shown[1:], shown[2:], strict=False)
        if _names_column(pieces[above])
        and _headline(pieces[below])
        and not _names_column(pieces[below])
        and pieces[text].role == "body"
    ]
    if not found or found[0][0] != shown[0]:
        return []
    headed = list(pieces)
    for above, below in found:
        reason = "name of a column over a headline"
        headed[above] = pieces[above]._replace(role="column", reason=reason, is_border=True)
        reason = "headline below the name of a column"
        headed[below] = pieces[below]._replace(role="head", level=LEVEL, reason=reason)
    return headed


def _names_column(piece: Piece) -> bool:
    if len(piece.text) > LABEL_CHARS or piece.role not in {"head", "section", "body"}:
        return False
    name = "".join(piece.text.split())
    return _OPINION.fullmatch(name) is not None or names_section(name)


def _headline(piece: Piece, longest: int = MAX_HEADLINE) -> str:
    """Return what may be a headline, without a box around it; nothing for any other piece."""
    if piece.is_marked or piece.is_tail or len(piece.text) > longest:
        return ""
    is_head = piece.role in _HEADS
    boxed = _BOXED.fullmatch(piece.text) if is_head or piece.role == "body" else None
    return boxed["title"] if boxed else piece.text if is_head else ""


def _have_texts(texts: Sequence[str]) -> bool:
    """Return whether several texts are as long as those of news, and of articles where they are few."""
    count = len(texts)
    if not 1 < count <= MOST or min(map(len, texts)) < MIN_TEXT:
        return False
    return count >= MANY or sum(map(len, texts)) >= MIN_LONG_TEXT * count


def _are_told_anew(titles: Sequence[str], texts: Sequence[str]) -> bool:
    """
    Return whether texts that are evenly set apart say anew when it was, most of them, whatever they share.

    News of one storm or one statesman have the same words; the sections of an
    essay are told from where the last one ended.
    """
    count = len(titles)
    if not _have_texts(texts):
        return False
    odd = sum(title.endswith(("？", "?")) or SECTION.match(title) is not None for title in titles)
    chars = sum(map(len, titles))
    if chars < MIN_HEADLINE * count or odd * 2 > count:
        return False
    said = list(map(coverage, titles, texts))
    if sum(said) < MIN_SAID * count:
        return False
    told = sum(_WHEN.match(text) is not None for text in texts)
    if told >= count * MOSTLY_TOLD:
        return True
    is_told = told >= count * MIN_SAID or chars >= LONG_HEADLINE * count
    return is_told and sum(_elsewhere(titles, texts)) <= sum(said) * LIKELY_ELSEWHERE


def _elsewhere(titles: Sequence[str], texts: Sequence[str]) -> list[float]:
    """Return which share of each title's pairs the rest of the page says."""
    parts = [title + text for title, text in zip(titles, texts, strict=True)]
    return [coverage(title, "".join([*parts[:n], *parts[n + 1 :]])) for n, title in enumerate(titles)]


def _are_of_others(titles: Sequence[str], texts: Sequence[str]) -> bool:
    """Return whether titles are as long as headlines, and each text alone speaks of its own."""
    count = len(titles)
    if not _have_texts(texts):
        return False
    if len(titles[0]) < MIN_HEADLINE or sum(map(len, titles[1:])) < MIN_HEADLINE * (count - 1):
        return False
    said = list(map(coverage, titles, texts))
    if sum(said) < MIN_SAID * count:
        return False
    elsewhere = _elsewhere(titles, texts)
    share = sum(elsewhere) / sum(said)
    is_first_own = elsewhere[0] <= said[0] * MOST_OF_FIRST
    return share <= SELDOM_ELSEWHERE or (is_first_own and share <= MOST_ELSEWHERE)
