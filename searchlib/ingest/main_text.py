"""
Where on an HTML page is the text? The smallest element that holds nearly all of its prose.

A page of a site is an article among menus, lists of other headlines, comments
and imprints, none of which its elements need to name. Prose shows itself: it
has sentences, and is no link. From the whole page the search goes down to the
element that holds most of it, and stops where several articles are next to one
another. The headline is looked for above that element, by the page's title.

Source:
    The idea of text density: Sun, Song & Liao, "DOM Based Content Extraction
    via Text Density", SIGIR 2011.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searchlib.frozen import dataclass
from searchlib.pages.fields import PRINTED_DATE

_SENTENCE_MARKS = "。！？；，,!?"
_LONG = 40
"""Characters of a paragraph from which it is prose without any mark."""
MIN_PROSE = 60
"""Characters of prose on a page at least; a shorter text is not worth a search."""
_MIN_TOLD = 15
"""Characters beside the links of a paragraph at least that tells of them at the end of a text."""
_MOST = 0.6
"""Share of an element's prose that one of its children holds at least, for the search to go on in it."""
_MIN_ALL = 0.5
"""Share of the page's prose that the text must have at least."""
_FEW_LINKS = 0.3
"""Share of a paragraph's characters in links, from which on it is no prose."""
_OWN_ARTICLE = 150
"""Characters of prose below a heading that make an article beside the text."""
_TWIN = 20
"""The same, in an element with the tag and classes of the one that holds the text."""
_MIN_TITLE = 4
"""Characters of a heading at least that the page's title may contain by no chance."""
_PARAGRAPHS = frozenset({"p", "li", "blockquote", "pre", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6"})
HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Element:
    """An element that is open where a paragraph stands: its number on the page, its tag and classes."""

    number: int
    tag: str
    classes: str = ""


@dataclass(frozen=True, slots=True)
class SearchedParagraph:
    """
    A paragraph of the page as the search sees it.

    `may_be_text` is False outside of the element that the page itself names as the place of its text.
    """

    text: str
    tag: str
    linked: float
    is_aside: bool
    path: tuple[Element, ...]
    may_be_text: bool = True

    @property
    def is_head(self) -> bool:
        """Whether it is a heading in the text."""
        return self.tag in HEADS and not self.is_aside

    def prose(self) -> int:
        """Return how many characters of prose it has."""
        if self.is_aside or not self.may_be_text or self.tag in HEADS or self.linked > _FEW_LINKS:
            return 0
        is_prose = len(self.text) >= _LONG or any(mark in self.text for mark in _SENTENCE_MARKS)
        return len(self.text) if is_prose else 0

    def linked_prose(self) -> int:
        """Return how many characters of prose it has as one link: a page of articles may show their leads."""
        is_lead = len(self.text) >= _LONG and "。" in self.text
        return len(self.text) if is_lead and not self.is_aside and self.tag not in HEADS else 0


def find_text(paragraphs: Sequence[SearchedParagraph], title: str) -> range | None:
    """
    Return which paragraphs are headline and text of the page's article, None where nothing tells.

    Args:
        title: What the page says is its title; the name of the site may follow.
    """
    weights = [paragraph.prose() for paragraph in paragraphs]
    told = [paragraph.prose() or paragraph.linked_prose() for paragraph in paragraphs]
    total = sum(weights)
    if total < MIN_PROSE:
        return None
    first, end, depth = 0, len(paragraphs), 0
    while (child := _densest_child(paragraphs, weights, told, (first, end), depth)) is not None:
        first, end = child
        depth += 1
    if (first, end) == (0, len(paragraphs)) or sum(weights[first:end]) < total * _MIN_ALL:
        return None
    begin = _headline_place(paragraphs, first, end, title)
    while end < len(paragraphs) and weights[end] and not paragraphs[end].is_head:
        end += 1
    last = max(place for place in range(first, end) if weights[place])
    tail = (place for place in range(last + 1, end) if _is_no_text(paragraphs[place]))
    return range(begin, next(tail, end))


def _is_no_text(paragraph: SearchedParagraph) -> bool:
    """Return whether a paragraph behind the last prose begins what is not the article's any more."""
    words = len(paragraph.text) * (1 - paragraph.linked)
    tells = (
        paragraph.tag == "p" and words >= _MIN_TOLD and "，" in paragraph.text
    )  # where more is to be found
    return paragraph.is_aside or paragraph.is_head or (paragraph.linked > _FEW_LINKS and not tells)


def _densest_child(
    paragraphs: Sequence[SearchedParagraph],
    weights: Sequence[int],
    told: Sequence[int],
    place: tuple[int, int],
    depth: int,
) -> tuple[int, int] | None:
    """Return the paragraphs of the child that holds most of an element's prose, None where none does."""
    first, end = place
    children = list(_children(paragraphs, first, end, depth))
    whole = sum(weights[first:end])
    for element, start, stop in children:
        if element.tag in _PARAGRAPHS or sum(weights[start:stop]) < whole * _MOST:
            continue
        for other, other_start, other_stop in children:
            is_twin = (other.tag, other.classes) == (element.tag, element.classes)
            least = _TWIN if is_twin else _OWN_ARTICLE
            if other is not element and _has_article(paragraphs, told, other_start, other_stop, least):
                return None
        return start, stop
    return None


def _children(
    paragraphs: Sequence[SearchedParagraph], first: int, end: int, depth: int
) -> Iterator[tuple[Element, int, int]]:
    """Yield the elements at a depth with the paragraphs that each holds."""
    start = first
    while start < end:
        path = paragraphs[start].path
        if len(path) <= depth:
            start += 1
            continue
        element = path[depth]
        stop = start + 1
        while stop < end and paragraphs[stop].path[depth : depth + 1] == (element,):
            stop += 1
        yield element, start, stop
        start = stop


def _has_article(
    paragraphs: Sequence[SearchedParagraph], weights: Sequence[int], first: int, end: int, least: int
) -> bool:
    """Return whether a heading with at least so much prose below it is among paragraphs."""
    below = -1
    for place in range(first, end):
        if paragraphs[place].is_head:
            below = 0
        elif below >= 0:
            below += weights[place]
            if below >= least:
                return True
    return False


def _headline_place(paragraphs: Sequence[SearchedParagraph], first: int, end: int, title: str) -> int:
    """Return where the headline is, with headings right above it, the text's first place at the latest."""
    bare = _strip(title)

    def is_title(place: int) -> bool:
        text = _strip(paragraphs[place].text)
        return len(text) >= _MIN_TITLE and not paragraphs[place].is_aside and text in bare

    above = range(first - 1, -1, -1)
    named = [place for place in above if is_title(place)]
    inside = next((place for place in range(first, end) if paragraphs[place].is_head), None)
    is_headed = inside == first and not any(paragraphs[place].is_head for place in named)
    heads = [place for place in above if paragraphs[place].is_head]
    if inside is not None and (is_headed or is_title(inside)):
        over = heads[0] if heads and is_headed and not is_title(inside) else first
        return _first_head(paragraphs, over) if _is_over_day(paragraphs, over, inside) else first
    found = next((place for place in named if paragraphs[place].is_head), None)
    if found is None and named:
        found = named[0]
    if found is None:
        best = min((paragraphs[place].tag for place in heads), default="")
        found = next((place for place in heads if paragraphs[place].tag == best), first)
    return _first_head(paragraphs, found)


def _first_head(paragraphs: Sequence[SearchedParagraph], place: int) -> int:
    """Return the first of the headings one after another that end at a place."""
    while place > 0 and paragraphs[place - 1].is_head:
        place -= 1
    return place


def _is_over_day(paragraphs: Sequence[SearchedParagraph], place: int, inside: int) -> bool:
    """Return whether a heading is over a day and a text whose own headings are deeper: of its sections."""
    between = paragraphs[place + 1 : inside]
    rank = min(paragraphs[n].tag for n in range(_first_head(paragraphs, place), place + 1))
    is_deeper = rank < paragraphs[inside].tag and not any(p.is_aside or p.prose() for p in between)
    return is_deeper and any(PRINTED_DATE.search(p.text) for p in between)


def _strip(text: str) -> str:
    return "".join(filter(str.isalnum, text))
