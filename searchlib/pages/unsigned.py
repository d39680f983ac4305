"""
News that nobody signs, on a page that nothing else shows to be one: heads over texts of other matters each.

What an article's sections are headed by is short, and the rest of the article
speaks of it too; an article has a longer head, and its text begins anew. A small
model has learnt how much each of that counts (news_features.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from searchlib.pages.boosted import log_odds
from searchlib.pages.briefs import are_all_news
from searchlib.pages.mastheads import names_section
from searchlib.pages.news_features import Headed, features_of
from searchlib.pages.shapes import LABEL_CHARS, MAX_HEAD
from searchlib.pages.stretches import FURNITURE, Piece

MAX_HEADLINE = 40
"""Characters of a headline at most; a longer line is text, but where blank lines are over heads alone."""
MANY = 5
"""Headlines from which two lines over the first are the name of the page and a headline."""
MOST = 60
"""Headlines at most: no page has more, and books have chapters."""
MOST_CHARS = 100_000
"""Characters of a text at most that the model is asked about, for the same reason: a twelfth of a second."""
MODEL = "news_heads.txt"
SURE = 5.0
"""
Log-odds, at least, of all heads together that rather begin an article than not, for a text to be a page.

Models of other sources divide 0.2 % of the single articles of sites and papers, and 4 % of a collection
with many round-ups of the day's news, which have a head over each matter; the rules alone divide 0.4 and 0 %.
"""
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
    """
    Return pieces with a level for each that is over unsigned news; none where the text is no such page.

    Heads that begin no article of their own are those of sections.
    """
    is_spaced = _is_spaced(pieces)
    runs = read_headed(pieces, MAX_HEAD if is_spaced else MAX_HEADLINE)
    name = _take_name(pieces, runs)
    if not 1 < len(runs) <= MOST:
        return []
    begun = _begun(runs, is_spaced=is_spaced)
    if not any(begun):
        return []
    if all(_NUMBER.match(run.title) for run in runs):
        runs = [run.without(_NUMBER) for run in runs]
    marked = list(pieces)
    for run, begins in zip(runs, [True, *begun], strict=True):
        for place, head in zip(run.places, run.heads, strict=True):
            if begins:
                reason = "headline over a text of another matter"
                marked[place] = head._replace(role="head", level=LEVEL, reason=reason)
            else:
                reason = "head over what goes on with the matter"
                marked[place] = pieces[place]._replace(role="section", reason=reason, is_marked=True)
    if name is not None:
        marked[name] = pieces[name]._replace(role="masthead", reason="name over the news of a page")
    return marked


def _begun(runs: Sequence[Headed], *, is_spaced: bool) -> list[bool]:
    """Return whether each head but the first begins an article."""
    if are_all_news(runs, is_spaced=is_spaced):
        return [True] * (len(runs) - 1)
    if sum(len(piece.text) for run in runs for piece in run.text) > MOST_CHARS:
        return [False] * (len(runs) - 1)
    odds = [log_odds(MODEL, features) for features in features_of(runs)]
    is_page = sum(max(0.0, each) for each in odds) >= SURE
    return [is_page and each > 0 for each in odds]


def _is_spaced(pieces: Sequence[Piece]) -> bool:
    """Return whether blank lines are over heads alone, and over each but the first."""
    shown = [piece for piece in pieces if piece.role not in FURNITURE]
    return all((piece.gap > 0) is (piece.role in _HEADS) for piece in shown[1:])


def read_headed(pieces: Sequence[Piece], longest: int = MAX_HEADLINE) -> list[Headed]:
    """Return what may be headlines, each with the text below; nothing where text is over the first."""
    shown = [place for place, piece in enumerate(pieces) if piece.role not in FURNITURE]
    if any(pieces[place].level for place in shown):
        return []
    runs: list[Headed] = []
    for place in shown:
        piece = pieces[place]
        title = _headline(piece, longest)
        if not title and not runs:
            return []
        if not title:
            runs[-1].text.append(piece)
        elif runs and not runs[-1].text:
            runs[-1].places.append(place)
            runs[-1].heads.append(piece._replace(text=title))
        else:
            runs.append(Headed([place], [piece._replace(text=title)], []))
    return runs


def _take_name(pieces: Sequence[Piece], runs: Sequence[Headed]) -> int | None:
    """Take the line out of the first run of heads that is the name of the page: no other run has two."""
    is_name = (
        len(runs) >= MANY and len(runs[0].heads) == SEVERAL and all(len(run.heads) == 1 for run in runs[1:])
    )
    if not is_name or len(pieces[runs[0].places[0]].text) > MAX_NAME:
        return None
    runs[0].heads.pop(0)
    return runs[0].places.pop(0)


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
