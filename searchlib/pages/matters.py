"""
One article or two? Heads inside an unmarked article, told apart by what the texts around them speak of.

A page's unsigned news follow a signed article as its sections would. A section
goes on with the matter of its article: words of its head stand elsewhere in it.
The head of another article has its words in its own text alone. How sure that
must be depends on how the heads look: those of sections are one line, and
shorter than headlines; dailies of old hardly had any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from searchlib.pages.decks import coverage
from searchlib.pages.drafts import Draft
from searchlib.pages.kinds import SECTION
from searchlib.pages.stretches import FURNITURE, Piece

_role_of = attrgetter("role")

MIN_TEXT = 40
"""Characters of text at least on both sides of a head that may begin an article."""
MIN_LONE = 8
"""Characters of a head at least that is the only one in an article: these have several sections or none."""
MIN_SEVERAL = 12
"""Characters of each head at least, where there are several."""
MIN_TITLE = 6
"""Characters of headlines of a page at least, on the average."""
MIN_OWN = 0.25
"""Share of a head's pairs at least that its own text says again."""
MOST_OTHER = 0.34
"""Share of that at most which the rest of the article says."""
MOST_OTHER_OF_NEWS = 0.6
"""The same, on the average of all heads that look like headlines: sections of one text in ten say less."""
SELDOM = 0.1
"""Share of a head's pairs that the rest of the page says by chance."""
MIN_OLD_TEXT = 20
"""Characters of text at least below a headline of an old page."""
LIKE_SIGNED = 0.75
"""Length of heads at least beside that of the page's signed headlines, of which they may be more."""
LIKE_OLD = 0.4
"""The same on an old page."""
LONGER_TEXT = 1.5
"""Length of their texts at most, beside that of the signed ones."""
MIN_TELLING = 80
"""Characters of texts at least, on the average, for what they say again to tell something."""
MIN_TOLD = 0.35
"""Share of a heading's pairs that its own text says again, on the average, where headings are headlines."""
MORE_BELOW = 1.2
"""How many times what the others say that is, at least."""
SEVERAL = 2
_COLUMN_BEHIND = re.compile(r"[一-鿿”’？！][（(][一-鿿·]{2,10}[）)]$")
"""The name of a column behind a headline: 街头即景（遇见）."""
OLD = "1966"
"""Before that year a page of a daily is short news, most of them unsigned."""


class _Run(NamedTuple):
    """Heads one after another inside an article, and the text below them."""

    heads: Sequence[Piece]
    text: Sequence[Piece]

    def title(self) -> str:
        return " ".join(piece.text for piece in self.heads)

    def own(self) -> str:
        return "".join(piece.text for piece in self.text)


def part_matters(drafts: Sequence[Draft], *, day: str = "", is_paper: bool = False) -> list[Draft]:
    """
    Cut articles at heads inside them that tell of another matter; each must, where there are several.

    Args:
        day: Of the page, ISO, where it is known.
        is_paper: Whether the text is surely a page of a paper.
    """
    parted: list[Draft] = []
    is_old = bool(day) and day < OLD
    is_unsigned = is_paper and not any(draft.bylines or draft.datelines for draft in drafts)
    for draft in drafts:
        if draft.is_caption or draft.is_continued or "section" not in map(_role_of, draft.body):
            parted.append(draft)
            continue
        lead, *others = _runs(draft.body)
        may_be = all(_may_be_headline(piece) for run in others for piece in run.heads)
        is_cut = may_be and _are_others(lead, others, draft)
        if may_be and not is_cut:
            heads, texts = _like_signed(others, drafts) or (1.0, LONGER_TEXT + 1)
            is_news = is_unsigned or (heads >= LIKE_SIGNED and texts <= LONGER_TEXT)
            is_cut = _are_news(lead, others, draft, is_old=is_old and heads >= LIKE_OLD, is_news=is_news)
        if is_cut:
            draft.body = list(lead.text)
            parted += [draft, *map(_article, others)]
        else:
            parted.append(draft)
    return parted


def other_matters(pieces: Sequence[Piece]) -> int:
    """
    Return the deepest level to which headings tell of other matters each, 0 where they are those of one text.

    A page of a paper sets its headlines in several sizes; those of sections share the matter of the text.
    """
    found = 0
    for level in sorted({piece.level for piece in pieces if piece.level and piece.role == "head"}):
        titles, texts = _headed(pieces, 1, level)
        if len(titles) < SEVERAL or min(map(len, texts)) < MIN_TEXT:
            continue
        said, elsewhere = _said(titles, texts)
        is_long = sum(map(len, titles)) >= MIN_TITLE * len(titles)
        if is_long and said >= MIN_OWN and elsewhere <= said * MOST_OTHER:
            found = level
    return found


def are_told_below(pieces: Sequence[Piece], level: int) -> bool:
    """
    Return whether headings of a level are told again by the text below each, more than by the others.

    That of a piece of news says what its headline says; a section says what comes after its heading. Short
    texts do not tell, and headings are taken for headlines.
    """
    titles, texts = _headed(pieces, level, level)
    if sum(map(len, texts)) < MIN_TELLING * len(texts):
        return True
    said, elsewhere = _said(titles, texts)
    return said >= MIN_TOLD and said >= elsewhere * MORE_BELOW


def _headed(pieces: Sequence[Piece], highest: int, deepest: int) -> tuple[list[str], list[str]]:
    """Return the headings of some levels, those over one another as one, and the text below each."""
    titles: list[str] = []
    texts: list[str] = []
    for piece in pieces:
        if piece.role == "head" and highest <= piece.level <= deepest:
            if texts and not texts[-1]:
                titles[-1] += piece.text
            else:
                titles.append(piece.text)
                texts.append("")
        elif titles and piece.role not in FURNITURE:
            texts[-1] += piece.text
    return titles, texts


def _said(titles: Sequence[str], texts: Sequence[str]) -> tuple[float, float]:
    """Return which share of a title its own text says, and which the others, on the average."""
    own = sum(map(coverage, titles, texts))
    elsewhere = sum(
        coverage(title, "".join([*titles[:n], *titles[n + 1 :], *texts[:n], *texts[n + 1 :]]))
        for n, title in enumerate(titles)
    )
    return own / max(1, len(titles)), elsewhere / max(1, len(titles))


def _runs(body: Sequence[Piece]) -> Iterator[_Run]:
    """Yield the text over the first head inside an article, and the heads with the text below each."""
    start = 0
    while start < len(body) or not start:
        text = start
        while text < len(body) and body[text].role == "section":
            text += 1
        end = text
        while end < len(body) and body[end].role != "section":
            end += 1
        if not start and text:
            yield _Run((), ())
        yield _Run(body[start:text], body[text:end])
        if end == start:
            break
        start = end


def _may_be_headline(piece: Piece) -> bool:
    return not (piece.level or piece.is_marked or piece.is_tail)


def _are_others(lead: _Run, runs: Sequence[_Run], draft: Draft) -> bool:
    """Return whether each head is surely that of another article."""
    if any(len(run.heads) > 1 for run in runs):
        return False
    least = MIN_LONE if len(runs) == 1 else MIN_SEVERAL
    return all(_is_another(run, [lead, *runs], draft, least) for run in runs)


def _is_another(run: _Run, runs: Sequence[_Run], draft: Draft, least: int) -> bool:
    rest = _rest(run, runs, draft)
    own = run.own()
    if len(run.title()) < least or len(own) < MIN_TEXT or len(rest) < MIN_TEXT:
        return False
    said = coverage(run.title(), own)
    return said >= MIN_OWN and coverage(run.title(), rest) <= said * MOST_OTHER


def _are_news(lead: _Run, runs: Sequence[_Run], draft: Draft, *, is_old: bool, is_news: bool) -> bool:
    """
    Return whether heads look like headlines, and tell of other matters, all of them together.

    Args:
        is_old: Whether the page is of a time when papers set hardly any sections.
        is_news: Whether the page has news that look alike; the text of each must then say its head again.
    """
    columns = sum(_COLUMN_BEHIND.search(run.title()) is not None for run in runs)
    if columns * 2 >= len(runs) and lead.text:
        return True
    are_heads = is_old or any(len(run.heads) > 1 for run in runs)
    if not (are_heads or is_news):
        return False
    texts = [len(run.own()) for run in runs]
    titles = [run.title().strip("“”") if is_old else run.title() for run in runs]
    numbered = sum(SECTION.match(title) is not None for title in titles)
    if min(texts) < MIN_OLD_TEXT or not lead.text or numbered * 2 > len(runs):
        return False
    said = sum(coverage(run.title(), run.own()) for run in runs)
    elsewhere = sum(coverage(run.title(), _rest(run, [lead, *runs], draft)) for run in runs)
    if not are_heads and said < MIN_OWN * len(runs):
        return False
    return elsewhere <= max(SELDOM * len(runs), said * MOST_OTHER_OF_NEWS)


def _like_signed(runs: Sequence[_Run], drafts: Sequence[Draft]) -> tuple[float, float] | None:
    """Return how long heads and their texts are beside those of the signed articles, if there are several."""
    signed = [d for d in drafts if d.heads and d.body and (d.bylines or d.datelines) and not d.is_caption]
    if len(signed) < SEVERAL:
        return None
    heads = sum(max(len(piece.text) for piece in d.heads) for d in signed) / len(signed)
    texts = sum(sum(len(p.text) for p in d.body[: _first_head(d)]) for d in signed) / len(signed)
    own_heads = sum(len(run.title()) for run in runs) / len(runs)
    own_texts = sum(len(run.own()) for run in runs) / len(runs)
    return own_heads / heads, own_texts / max(texts, 1)


def _first_head(draft: Draft) -> int:
    return next((n for n, piece in enumerate(draft.body) if piece.role == "section"), len(draft.body))


def _rest(run: _Run, runs: Sequence[_Run], draft: Draft) -> str:
    """Return what is said elsewhere in an article than below a head."""
    others = [piece.text for other in runs if other is not run for piece in (*other.heads, *other.text)]
    return "".join([*(piece.text for piece in draft.heads), *others])


def _article(run: _Run) -> Draft:
    reason = "head over a text of another matter"
    return Draft(heads=[head._replace(role="head", reason=reason) for head in run.heads], body=list(run.text))
