"""
Unsigned news by rule: every head of a page is a headline, because all of them look it and none leads on.

Either only the text below each says its words again, or texts that are evenly set apart say anew when it
was. A few must have texts as long as those of articles: round-ups of the day's news have heads over two or
three paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchlib.pages.decks import coverage
from searchlib.pages.kinds import SECTION
from searchlib.pages.news_features import Headed, begins_with_time

MIN_HEADLINE = 10
"""Characters of headlines at least, on the average of those behind the first, and of the first."""
MIN_TEXT = 40
"""Characters of text at least below each headline."""
MIN_LONG_TEXT = 300
"""The same on the average, where they are few."""
MANY = 5
"""Headlines from which the texts may be as short as those of briefs."""
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


def are_all_news(runs: Sequence[Headed], *, is_spaced: bool) -> bool:
    """
    Return whether every head begins an article.

    Args:
        is_spaced: Whether blank lines are over heads alone.
    """
    titles = [run.title for run in runs]
    texts = ["".join([piece.text for piece in run.text]) for run in runs]
    # Blank lines over heads alone, or one paragraph below each: a page is set so, and hardly an essay.
    are_even = is_spaced or (len(runs) >= MANY and all(len(run.text) == 1 for run in runs))
    are_alone = are_even and all(len(run.heads) == 1 for run in runs)
    return _have_texts(texts) and (
        _are_of_others(titles, texts) or (are_alone and _are_told_anew(titles, texts))
    )


def _have_texts(texts: Sequence[str]) -> bool:
    """Return whether several texts are as long as those of news, and of articles where they are few."""
    count = len(texts)
    if min(map(len, texts)) < MIN_TEXT:
        return False
    return count >= MANY or sum(map(len, texts)) >= MIN_LONG_TEXT * count


def _are_told_anew(titles: Sequence[str], texts: Sequence[str]) -> bool:
    """
    Return whether texts that are evenly set apart say anew when it was, most of them, whatever they share.

    News of one storm or one statesman have the same words; the sections of an
    essay are told from where the last one ended.
    """
    count = len(titles)
    odd = sum(title.endswith(("？", "?")) or SECTION.match(title) is not None for title in titles)
    chars = sum(map(len, titles))
    if chars < MIN_HEADLINE * count or odd * 2 > count:
        return False
    said = list(map(coverage, titles, texts))
    if sum(said) < MIN_SAID * count:
        return False
    told = sum(begins_with_time(text) for text in texts)
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
    if len(titles[0]) < MIN_HEADLINE or sum(map(len, titles[1:])) < MIN_HEADLINE * (count - 1):
        return False
    said = list(map(coverage, titles, texts))
    if sum(said) < MIN_SAID * count:
        return False
    elsewhere = _elsewhere(titles, texts)
    share = sum(elsewhere) / sum(said)
    is_first_own = elsewhere[0] <= said[0] * MOST_OF_FIRST
    return share <= SELDOM_ELSEWHERE or (is_first_own and share <= MOST_ELSEWHERE)
