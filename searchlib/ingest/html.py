"""
HTML to a page of blocks: heads with their levels, paragraphs, captions, and what is set beside the text.

Menus, forms and footers are told by their elements, by the names that pages
give them, and by being nothing but links; the splitter tells the rest by what
the lines say. One file is one article, or as many as it has `<article>`
elements with a heading each, or as a newspaper's page has. Not for pages that
a script fills in: their text is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from searchlib.frozen import replace
from searchlib.ingest.html_heads import names_list, with_heads
from searchlib.ingest.html_parser import HALF, HtmlBlock, HtmlReader
from searchlib.ingest.main_text import HEADS, Element, SearchedParagraph, find_text
from searchlib.model import Article
from searchlib.pages import split_blocks
from searchlib.pages.around import names_others
from searchlib.pages.blocks import Hint, Page, PageBuilder, Said
from searchlib.pages.fields import PRINTED_DATE
from searchlib.pages.mastheads import day_alone

_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—·•»]+\s+|--+")
"""What is between a page's title and the name of its site."""
_MOST_LINK_CHARS = 60
"""Characters of a block at most that is nothing but links and so belongs to a menu."""
_MOST_MARK = 16
"""Characters of a block at most that is a card's number, channel or way to the whole text."""
_MIN_LINKS = 2
"""Blocks of links next to one another at least that are a menu, where nothing else says so."""


MAX_LEVEL = 6
"""The lowest level of a heading."""
_MIN_HEADLINE = 7
"""Characters of the only heading of a page at least that counts more than the page's title."""
_MIN_TITLE = 4
"""Characters of a line at least with which a title begins by no chance."""
_SEVERAL_HEADS = 2
_MOSTLY = 0.85
"""Share of a block's characters in links from which it is nothing but links."""


def articles_of_html(text: str, source: str, *, furniture: bool = False) -> Iterator[Article]:
    """
    Yield the articles of a page; none when there is nothing to read on it.

    Args:
        furniture: Yield what belongs to no article too, last, as one record.
    """
    number = 0
    rest: list[Article] = []
    for page in pages_of_html(text):
        found = split_blocks(page, source=source)
        rest += [found.remainder] if found.remainder else []
        for article in found.articles:
            if article.headline or article.body:
                number += 1
                yield replace(article, id=f"{source}#{number}")
    if furniture and rest:
        yield as_one_remainder(rest)


def as_one_remainder(parts: Sequence[Article]) -> Article:
    """Join the furniture of several parts of one file."""
    spans = sorted({span for part in parts for span in part.spans})
    return replace(parts[0], body="\n".join(part.body for part in parts), spans=tuple(spans))


def pages_of_html(text: str) -> Iterator[Page]:
    """Yield an HTML text as pages of blocks: one, or one for each `<article>` of several."""
    reader = HtmlReader(text)
    reader.feed(text)
    reader.finish()
    blocks, are_cards = with_heads(_without_site_name(_without_menus(reader.blocks)), reader.title)
    seen = [block for block in blocks if not block.is_aside]
    if not seen:
        blocks = seen = [replace(block, is_aside=False) for block in reader.blocks]
    if not blocks:
        return
    numbers = {block.article for block in seen if block.article and block.tag in HEADS}
    if len(numbers) > 1:
        for number in sorted(numbers):
            part = _with_card_marks_aside([block for block in seen if block.article == number])
            yield _page(part, Said(**{**reader.facts, "headline": ""}), None)
        rest = [replace(block, is_aside=True) for block in blocks if block.is_aside or not block.article]
        if rest:
            yield _page(rest, Said(), None)
        return
    blocks = _with_days_below(blocks)
    is_text = _texts(blocks, reader)
    shown = [
        block if block.is_aside is not is_seen else replace(block, is_aside=not is_seen)
        for block, is_seen in zip(blocks, is_text, strict=True)
    ]
    shown = _put_under_title(shown, reader)
    said = _read_said(shown, reader)
    if not said.headline and (deck := _deck_over_day(shown)):
        title, *below = deck
        said = replace(said, headline=title.text, subtitle=" ".join(block.text for block in below))
        shown = [replace(block, is_aside=True) if block in below else block for block in shown]
    yield _page(shown, replace(said, headline="") if are_cards else said, reader)


def _with_card_marks_aside(blocks: Sequence[HtmlBlock]) -> list[HtmlBlock]:
    """Mark what a card has about its headline and text as set beside it: a number, the channel, 阅读全文."""
    first = next((place for place, block in enumerate(blocks) if block.tag in HEADS), 0)
    last = len(blocks) - 1
    return [
        replace(block, is_aside=True)
        if not (block.is_byline or block.day or "。" in block.text)
        and (
            (place < first and len(block.text) <= _MOST_MARK)
            or (place == last > first and block.linked > _MOSTLY and len(block.text) <= _MOST_MARK)
        )
        else block
        for place, block in enumerate(blocks)
    ]


def _with_days_below(blocks: Sequence[HtmlBlock]) -> list[HtmlBlock]:
    """Take a heading that begins with a day, right below a higher one, for what it says: when and who."""
    changed = list(blocks)
    said: tuple[Element, ...] = ()
    for place, (head, below) in enumerate(pairwise(blocks), 1):
        is_below = head.tag in HEADS and below.tag in HEADS and head.tag < below.tag
        day = day_alone(below.text.partition("\n")[0]) if is_below else ""
        if day or (said and below.path == said):
            changed[place] = replace(below, tag="p", day=day, is_byline=True)
            said = below.path
    return changed


def _texts(blocks: Sequence[HtmlBlock], reader: HtmlReader) -> list[bool]:
    """Return for each block whether it is headline or text: in the place that the page names, or is found."""
    headed = any(block.article and block.tag in HEADS and not block.is_aside for block in blocks)
    named = [not block.is_aside and (block.article > 0 or (not headed and block.in_main)) for block in blocks]
    may_be = named if any(named) else [not block.is_aside for block in blocks]
    paragraphs = [
        SearchedParagraph(block.text, block.tag, block.linked, block.is_aside, block.path, is_named)
        for block, is_named in zip(blocks, may_be, strict=True)
    ]
    found = find_text(paragraphs, f"{reader.facts.get('headline', '')}\n{reader.title}")
    first = may_be.index(True) if any(may_be) else 0
    if found is None:
        heads = [place for place in range(first) if paragraphs[place].is_head]
        found = range(heads[0] if heads else first, len(blocks))
    leads = next((place for place in found if paragraphs[place].prose()), 0)
    return [
        place in found
        and not block.is_aside
        and (may_be[place] or place < first)
        and not (place < leads and _is_label(block))
        for place, block in enumerate(blocks)
    ]


def _is_label(block: HtmlBlock) -> bool:
    """Return whether a block over the text is links to the site's own pages: the channel, tags."""
    is_about = block.is_byline or block.day or "来源" in block.text or "來源" in block.text
    return block.linked > HALF and block.tag not in HEADS and not is_about


def _without_menus(blocks: Sequence[HtmlBlock]) -> list[HtmlBlock]:
    """Mark blocks as set beside the text that are rows of links."""
    links = [
        block.linked > _MOSTLY
        and len(block.text) <= _MOST_LINK_CHARS
        and block.tag not in HEADS
        and not (block.is_byline or "。" in block.text)
        for block in blocks
    ]
    marked = list(blocks)
    start = 0
    for place, is_link in enumerate([*links, False]):
        if is_link:
            continue
        if place - start >= _MIN_LINKS:
            is_labelled = start > 0 and names_others(blocks[start - 1].text)
            for i in range(start - is_labelled, place):
                marked[i] = replace(blocks[i], is_aside=True)
        start = place + 1
    return marked


def _without_site_name(blocks: Sequence[HtmlBlock]) -> Sequence[HtmlBlock]:
    """
    Mark the name of a site as set beside the text, with the menu below it.

    It is a main heading that is a link and has no text, over one that is no link.
    """
    tops = [place for place, block in enumerate(blocks) if block.tag == "h1" and not block.is_aside]
    linked = [place for place in tops if blocks[place].linked > _MOSTLY]
    if len(tops) < _SEVERAL_HEADS or linked != tops[:1]:
        return blocks
    first, second = tops[:_SEVERAL_HEADS]
    if any("。" in block.text for block in blocks[first:second]):
        return blocks
    return [
        replace(block, is_aside=True)
        if place == first or (first < place < second and block.tag not in HEADS and not block.is_byline)
        else block
        for place, block in enumerate(blocks)
    ]


def _put_under_title(blocks: Sequence[HtmlBlock], reader: HtmlReader) -> list[HtmlBlock]:
    """
    Put the headings of a text below the one that is the page's title, where others are of its level.

    Those right above it name the channel, those below are sections of the one article.
    """
    named, *site = _SITE.split(reader.title, maxsplit=1)
    titles = {_strip(reader.facts.get("headline", "")), _strip(named) if site else ""} - {""}
    heads = [place for place, block in enumerate(blocks) if block.tag in HEADS and not block.is_aside]
    found = [place for place in heads if _strip(blocks[place].text) in titles]
    if len(found) != 1:
        return list(blocks)
    place, level = found[0], int(blocks[found[0]].tag[1])
    under = list(blocks)
    for above in reversed([head for head in heads if head < place]):
        if blocks[above].tag > blocks[place].tag or any("。" in b.text for b in blocks[above:place]):
            break
        under[above] = replace(blocks[above], is_aside=True)
    below = [head for head in heads if head > place]
    deeper = level + 1 - min((int(blocks[head].tag[1]) for head in below), default=level + 1)
    for head in below if deeper > 0 else ():
        tag = f"h{min(MAX_LEVEL, int(blocks[head].tag[1]) + deeper)}"
        under[head] = replace(blocks[head], tag=tag)
    return under


def _read_said(blocks: Sequence[HtmlBlock], reader: HtmlReader) -> Said:
    """Return what the file says of its article; its title is the headline where no heading is one."""
    facts = dict(reader.facts)
    seen = [block for block in blocks if not block.is_aside]
    best = min((block.tag for block in seen if block.tag in HEADS), default="")
    title = facts.get("headline") or _SITE.split(reader.title, maxsplit=1)[0]
    if not best:
        title = _beginning_of(title, seen) or title
    is_headed = best == "h1" or _are_items(seen, best) or _is_only_head(seen, title)
    facts["headline"] = "" if is_headed else title
    if "date" not in facts:
        first = next((place for place, block in enumerate(blocks) if not block.is_aside), 0)
        days = [(place, block.day) for place, block in enumerate(blocks) if block.day]
        # The nearest to the headline: other headlines of the site have dates beside them too.
        facts["date"] = min(days, key=lambda day: abs(day[0] - first))[1] if days else ""
    return Said(**facts)


def _deck_over_day(blocks: Sequence[HtmlBlock]) -> list[HtmlBlock]:
    """Return the highest heading and those right below it, where a day follows before one article's text."""
    seen = [block for block in blocks if not block.is_aside]
    best = min((block.tag for block in seen if block.tag in HEADS), default="")
    heads = [place for place, block in enumerate(seen) if block.tag == best]
    if not best or len(heads) != 1:
        return []
    deck = list(takewhile(lambda block: block.tag in HEADS, seen[heads[0] :]))
    below = seen[heads[0] + len(deck) :]
    facts = takewhile(lambda block: block.tag not in HEADS and "。" not in block.text, below)
    is_dated = any(PRINTED_DATE.search(block.text) for block in facts)
    is_title = len(_strip(deck[0].text)) >= _MIN_HEADLINE and not names_list(deck[0].text)
    return deck if is_dated and is_title else []


def _is_only_head(blocks: Sequence[HtmlBlock], title: str) -> bool:
    """Return whether one heading is over all of the text, and the page's title is nowhere on the page."""
    heads = [place for place, block in enumerate(blocks) if block.tag in HEADS]
    if len(heads) != 1 or len(_strip(blocks[heads[0]].text)) < _MIN_HEADLINE:
        return False
    is_over = not any("。" in block.text for block in blocks[: heads[0]])
    return is_over and not any(_strip(title) in _strip(block.text) for block in blocks if len(title) > 1)


def _beginning_of(title: str, blocks: Sequence[HtmlBlock]) -> str:
    """Return the line with which a page's title begins: the name of the site follows it, without a space."""
    bare = _strip(title)
    lines = [block.text for block in blocks if _MIN_TITLE <= len(_strip(block.text)) < len(bare)]
    return max((line for line in lines if bare.startswith(_strip(line))), key=len, default="")


def _are_items(blocks: Sequence[HtmlBlock], tag: str) -> bool:
    """Return whether the highest headings are each in an element of its own, one made like the other."""
    heads = [_holder(block) for block in blocks if block.tag == tag]
    texts = {element.number for block in blocks if block.tag not in HEADS for element in block.path}
    holders = [holder for holder in heads if holder is not None]
    kinds = {(holder.tag, holder.classes) for holder in holders}
    numbers = {holder.number for holder in holders}
    return len(holders) == len(heads) == len(numbers) > 1 and len(kinds) == 1 and numbers <= texts


def _holder(head: HtmlBlock) -> Element | None:
    """Return the element that a heading is in."""
    outer = [element for element in head.path if element.tag not in HEADS]
    return outer[-1] if outer else None


def _is_one(blocks: Sequence[HtmlBlock], reader: HtmlReader) -> bool:
    """Return whether the page's title is that of one heading, which no other equals in level."""
    title = _strip(reader.facts.get("headline") or reader.title)
    heads = [block for block in blocks if block.tag in HEADS and not block.is_aside]
    named = [block for block in heads if len(_strip(block.text)) > 1 and _strip(block.text) in title]
    return len(named) == 1 and all(block is named[0] or block.tag > named[0].tag for block in heads)


def _page(blocks: Sequence[HtmlBlock], said: Said, reader: HtmlReader | None) -> Page:
    builder = PageBuilder()
    title = _strip(said.headline)
    has_heads = any(block.tag in HEADS and not block.is_aside for block in blocks)
    for block in blocks:
        level = int(block.tag[1]) if block.tag in HEADS else 0
        if not (level or has_heads) and title and _strip(block.text) == title:
            level, has_heads = 1, True
        hint: Hint = "furniture" if block.is_aside else "caption" if block.is_caption else ""
        if block.is_byline and not (hint or level):
            hint = "byline"
        title_end = 0 if level or hint else block.title_end
        for part in block.text.split("\n"):
            line = part.strip()
            if line:
                hints = {"lead": part[: len(part) - len(part.lstrip())], "level": level, "hint": hint}
                places = [block.start] * len(line)
                end = min(title_end, len(line))
                builder.add(line, places, block.start, block.end, gap=1, title_end=end, **hints)
                title_end = 0
    is_one = reader is not None and _is_one(blocks, reader)
    return builder.page(said=said, has_lines=False, is_broken=False, is_marked=True, is_one=is_one)


def _strip(text: str) -> str:
    return "".join(filter(str.isalnum, text))
