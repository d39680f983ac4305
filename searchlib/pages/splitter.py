"""From a page's text to its articles: lines, roles, drafts, and last the records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal, NamedTuple, get_args

from searchlib.errors import ConfigError
from searchlib.model import Article, Span
from searchlib.pages.assembly import Draft, assemble
from searchlib.pages.blocks import LINE_WRAP, Block, Page
from searchlib.pages.continuations import give_back, give_heads, join_continued
from searchlib.pages.decks import coverage
from searchlib.pages.fields import PageFacts
from searchlib.pages.folded import fold_page, unfold, unfold_article
from searchlib.pages.front_matter import read_front_matter
from searchlib.pages.furniture import NO_WORD, is_navigation
from searchlib.pages.kinds import Plan, decide, label_places
from searchlib.pages.letters import sign_letters
from searchlib.pages.lines import read_lines
from searchlib.pages.listed import take_contents
from searchlib.pages.making import make_article, parts_of, remainder_of, spans_of, with_said
from searchlib.pages.markdown import SUFFIXES, is_grounded, looks_marked, read_markdown
from searchlib.pages.mastheads import read_masthead
from searchlib.pages.matters import part_matters
from searchlib.pages.page_marks import take_marks
from searchlib.pages.paths import read_source
from searchlib.pages.reflow import reflow
from searchlib.pages.roles import TEXT_LABEL, classify
from searchlib.pages.sizes import with_levels
from searchlib.pages.stretches import FURNITURE, Piece
from searchlib.pages.styles import divides_pages, headline_level
from searchlib.pages.whole import (
    Classified,
    as_one,
    edges_outside,
    one_article,
    same_words,
    split_markdown,
    title_places,
    whole_text,
)

Split = Literal["auto", "never"]

MIN_HEADLESS = 3
"""Articles that a page must have at least which begins with text: most begin with a head."""
MAX_UNMARKED = 20
"""Characters of a line with a comma at most that may be a head, though the format marks others and not it."""
LONG_ARTICLE = 1500
"""Characters of a text from which its first part must say something of its headline again."""
LONG_LEAD = 1000
"""Characters of the first part of a long text."""
MIN_SAID_AGAIN = 0.12
"""Share of a headline's pairs, at least, that the first part of a long text has: 96 % of news texts do."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_PLAIN = (".txt", ".text")
_JOINABLE: frozenset[str] = frozenset({"", "text", "quote"})
_UNREAD: frozenset[str] = frozenset({"furniture", "picture", "contents"})
_EVIDENCE = frozenset({"byline", "signature", "dateline", "continued"})


@dataclass(frozen=True, slots=True)
class PageSplit:
    """
    What a page was split into.

    Attributes:
        articles: In the order in which they begin.
        furniture: Ranges of the page that belong to no article.
        pieces: Every stretch of the page with its role and the reason for it, in order.
        remainder: The furniture as one record, which is no article; None where there is none.
        plan: What the text was taken for, and why.
    """

    articles: tuple[Article, ...]
    furniture: tuple[Span, ...]
    pieces: tuple[Piece, ...]
    remainder: Article | None = None
    plan: Plan | None = None


def split_page(text: str, *, source: str = "", split: Split = "auto") -> list[Article]:
    r"""
    Split a page's text into its articles, in reading order.

    A text that is no newspaper page stays one article; a Markdown file that
    is not a page is split at its headings. Any text will do, an empty one has no
    articles.

    Args:
        source: Path or name of the page. It is kept, ids are made of it, and
            a date in it is the page's.
        split: "never" takes the whole text as one article.

    Raises:
        ConfigError: *split* is neither.

    >>> page = "冬捕开网\n□记者 李明\n本报1月5日讯 查干湖昨日开网。"
    >>> [(a.headline, a.body, a.authors) for a in split_page(page)]
    [('冬捕开网', '查干湖昨日开网。', ('李明',))]
    """
    for name, value in {"text": text, "source": source}.items():
        if not isinstance(value, str):
            raise TypeError(f"{name} is a {type(value).__name__}, not a str")
    return list(split_text(text, source=source, split=split).articles)


def split_text(text: str, *, source: str = "", split: Split = "auto") -> PageSplit:
    """Split a page's text and say what every part of it was taken for; see `split_page`."""
    return split_blocks(read_text(text, source), source=source, split=split)


def read_text(text: str, source: str = "") -> Page:
    """Read a text as a page of blocks: as Markdown where its name or its heads say so, else line by line."""
    name = source.lower()
    is_marked = name.endswith(SUFFIXES) or (not name.endswith(_PLAIN) and looks_marked(text))
    if is_marked or is_grounded(text) or read_front_matter(text)[1]:
        return read_markdown(text)
    folded = fold_page(text)
    return Page(text, tuple(read_lines(folded)), folded=folded)


def split_blocks(page: Page, *, source: str = "", split: Split = "auto") -> PageSplit:
    """
    Split a page of blocks; see `split_page`.

    Spans and pieces are ranges of the file's own text where the page knows it.
    """
    if split not in get_args(Split):
        raise ConfigError("split", split, "it is one of " + ", ".join(get_args(Split)))
    text = page.text
    folded = page.folded if page.folded is not None else fold_page(text)
    blocks = _prepared(page, folded, split)
    if not blocks:
        return PageSplit((), (), ())
    facts = _source_facts(source)
    drafts, furniture, plan, is_page = _take_apart(
        blocks, page, split, is_named=bool(facts.day and facts.page)
    )
    facts = _page_facts(furniture, facts)
    drafts.sort(key=lambda draft: draft.pieces()[0].start)
    texts = sum(not draft.is_caption for draft in drafts)
    articles: list[Article] = []
    used = list(furniture)
    for n, draft in enumerate(drafts, 1):
        if page.said and texts == 1 and not draft.is_caption:
            _give_title(draft, fold_page(page.said.headline))
        article, taken = make_article(
            draft,
            facts,
            folded,
            source=source,
            article_id=f"{source}#{n}" if source else "",
            is_page=is_page,
            is_broken=page.is_broken,
        )
        if folded is not text:
            article = unfold_article(article, parts_of(draft, taken), text, folded)
        if page.said:
            article = with_said(article, page.said, is_alone=texts == 1)
        if page.places:
            article = replace(article, spans=tuple(map(page.place, article.spans)))
        articles.append(article)
        used += taken
    used.sort(key=lambda piece: piece.start)
    spans = spans_of(furniture, text)
    if page.places:
        spans = tuple(map(page.place, spans))
        used = [piece.at(*page.place((piece.start, piece.end))) for piece in used]
    remainder = remainder_of(furniture, text, spans, facts, source)
    return PageSplit(tuple(articles), spans, tuple(used), remainder, plan)


def _prepared(page: Page, folded: str, split: Split) -> list[Block]:
    """Return the blocks of a page as the rules read them: folded, paragraphs joined, heads with levels."""
    blocks: Sequence[Block] = page.blocks
    if folded is not page.text and page.folded is None:
        blocks = [block._replace(text=_folded_text(block, folded)) for block in blocks]
    blocks = take_marks(blocks, folded)
    if split == "auto":
        blocks = take_contents(blocks)
    joined = _joined(blocks, folded, apart=page.places is not None) if page.has_lines else list(blocks)
    return with_levels(joined)


def _folded_text(block: Block, folded: str) -> str:
    """Return a block's text folded: a stretch of the folded page, where the block has its characters."""
    if block.end - block.start != len(block.text):
        return fold_page(block.text)
    stretch = folded[block.start : block.end]
    return stretch.replace("\n", LINE_WRAP) if LINE_WRAP in block.text else stretch


def _joined(blocks: Sequence[Block], text: str, *, apart: bool) -> list[Block]:
    """Join the lines of paragraphs; what the format calls something else than text stands between them."""
    plain: list[Block] = []
    hinted: list[Block] = []
    gap = 0
    for block in blocks:
        if block.hint in _JOINABLE:
            plain.append(block._replace(gap=max(block.gap, gap)) if gap else block)
            gap = 0
        else:
            hinted.append(block)
            gap = max(gap, block.gap, 1) if apart else gap
    joined = reflow(plain, text)
    return sorted([*joined, *hinted], key=lambda block: block.start) if hinted else joined


class _Parts(NamedTuple):
    """The articles, the furniture, what the text was taken for, and whether as a newspaper page."""

    drafts: list[Draft]
    furniture: list[Piece]
    plan: Plan
    is_page: bool = False


_SIGNED_PAGE = Plan("page", 0, "datelines, bylines, a masthead or controls of an e-edition")
_NO_PAGE = Plan("text", 0, "no heading is marked, and too few lines sign, or tell of a page")
_AS_ASKED = Plan("text", 0, "taken as one article, as was asked")


def _take_apart(blocks: Sequence[Block], page: Page, split: Split, *, is_named: bool) -> _Parts:
    """
    Decide what a text is, and take it apart as that.

    Args:
        is_named: Whether the file's name says of which day and page of a paper it is.
    """
    classified: Classified = [part for block in blocks for part in _labels_apart(block, classify(block))]
    if page.is_marked:
        classified = _without_controls(
            [(block, [_unless_marked(piece) for piece in found]) for block, found in classified]
        )
    title = fold_page(page.said.headline)
    pieces = [piece for _, found in classified for piece in found]
    if divides_pages(pieces):
        classified = [(block, [_as_border(piece) for piece in found]) for block, found in classified]
        pieces = [piece for _, found in classified for piece in found]
    pieces = sign_letters(pieces)
    plan = decide(pieces, page.said) if split == "auto" else None
    if plan is not None and plan.kind == "article" and _signs(pieces):
        sections = _with_sections(pieces, title)
        drafts, furniture = assemble(sections, 0)
        is_one = page.is_one or (page.is_marked and not _are_signed(drafts))
        return _Parts(as_one(drafts, title) if is_one else drafts, furniture, plan, is_page=True)
    if plan is not None and plan.kind == "page":
        for place in label_places(pieces, plan.level):
            reason = "heading over the headline of an article"
            pieces[place] = pieces[place]._replace(role="column", level=0, reason=reason, is_border=True)
    if split == "auto" and (plan is None or plan.kind == "page"):
        drafts, furniture = _read_page(pieces, plan.level if plan else 0, is_named=is_named)
        if drafts or furniture:
            drafts = as_one(drafts, title) if page.is_one and plan is None else drafts
            return _Parts(drafts, furniture, plan or _SIGNED_PAGE, is_page=True)
    if plan is not None:
        cut = (
            one_article(classified, title)
            if plan.kind == "article"
            else split_markdown(classified, plan.level)
        )
        return _Parts(*cut, plan)
    outside = edges_outside(classified) if split == "auto" else set()
    outside |= {place for place, (block, _) in enumerate(classified) if block.hint in _UNREAD}
    rest = [block for place, (block, _) in enumerate(classified) if place not in outside]
    furniture = [piece for place in sorted(outside) for piece in classified[place][1]]
    whole = whole_text(rest, title, guess=not page.is_marked) if rest else None
    return _Parts([whole] if whole else [], furniture, _NO_PAGE if split == "auto" else _AS_ASKED)


def _labels_apart(block: Block, found: Sequence[Piece]) -> list[tuple[Block, Sequence[Piece]]]:
    """Cut a block behind the label of a text, 正文：, which is furniture."""
    label = found[0]
    if label.reason != TEXT_LABEL or len(found) < 2:  # noqa: PLR2004 (a label and a text)
        return [(block, found)]
    size = found[1].start - block.start
    return [
        (block._replace(end=label.end, text=block.text[:size].rstrip(), hint="furniture"), found[:1]),
        (block._replace(start=found[1].start, text=block.text[size:], gap=0), found[1:]),
    ]


def _as_border(piece: Piece) -> Piece:
    return piece._replace(is_border=True) if piece.role == "masthead" and piece.page else piece


def _unless_marked(piece: Piece) -> Piece:
    """Take a line of some length with a comma for text, where the format marks the heads."""
    is_prose = len(piece.text) > MAX_UNMARKED and ("，" in piece.text or "," in piece.text)
    if piece.role == "head" and is_prose and not (piece.level or piece.is_bold or piece.authors):
        return piece._replace(role="body", reason="no head: the format marks those")
    return piece


def _without_controls(classified: Classified) -> Classified:
    """Take lines without Han between a marked head in Chinese and its text for what a website sets there."""
    cleared: list[tuple[Block, Sequence[Piece]]] = []
    is_below = False
    for block, found in classified:
        first = found[0]
        if is_below and first.role == "head" and not first.level and not _HAN.search(first.text):
            cleared.append((block, [first._replace(role="furniture", reason=NO_WORD), *found[1:]]))
            continue
        is_head = first.level > 0 and _HAN.search(first.text) is not None
        is_below = is_head or (is_below and first.role in FURNITURE)
        cleared.append((block, found))
    return cleared


def _with_sections(pieces: Sequence[Piece], title: str) -> list[Piece]:
    """Make sections of all headings of a signed article but those over it."""
    heads = title_places(pieces, title)
    return [
        piece._replace(role="section", reason="heading inside an article", is_marked=True)
        if piece.level and piece.role == "head" and place not in heads
        else piece
        for place, piece in enumerate(pieces)
    ]


def _signs(pieces: Iterable[Piece]) -> bool:
    return any(piece.role in _EVIDENCE or _shows_page(piece) for piece in pieces)


def _are_signed(drafts: Iterable[Draft]) -> bool:
    """Return whether most drafts behind the first are surely articles: headed, and more than a name signs."""
    texts = sorted((draft for draft in drafts if not draft.is_caption), key=lambda d: d.pieces()[0].start)
    others = texts[1:]
    signed = sum(
        1
        for draft in others
        if draft.heads and draft.body and (draft.datelines or any(piece.roles for piece in draft.bylines))
    )
    return signed * 2 > len(others)


def _give_title(draft: Draft, title: str) -> None:
    """Make sections of the heads that are not the title which the file gives its article."""
    if not title or any(same_words(piece.text, title) for piece in draft.heads):
        return
    shown = [piece for piece in draft.heads if piece.level]
    draft.body = [
        piece._replace(role="section", reason="head below the title of the file") for piece in shown
    ] + draft.body
    draft.heads = [piece for piece in draft.heads if not piece.level]
    draft.heads, moved = [], draft.heads
    draft.body = [piece._replace(role="body") for piece in moved] + draft.body
    draft.body.sort(key=lambda piece: piece.start)


def _source_facts(source: str) -> PageFacts:
    """Read date, paper and page from a path; the paper keeps its characters."""
    folded = fold_page(source)
    facts = read_source(folded)
    return (
        facts if folded is source else replace(facts, publication=unfold(facts.publication, source, folded))
    )


def _read_page(
    pieces: Sequence[Piece], level: int = 0, *, is_named: bool = False
) -> tuple[list[Draft], list[Piece]]:
    """
    Return the articles and the furniture of a newspaper page, nothing for any other text.

    Args:
        level: Of the headings that begin an article, 0 where none are marked.
        is_named: Whether the file's name says that it is a page of a paper.
    """
    if not (level or is_named or _is_newspaper(pieces)):
        return [], []
    drafts, furniture = assemble(pieces, level)
    give_back(drafts)
    drafts, again = join_continued(drafts)
    furniture += again
    drafts = give_heads(drafts)
    is_sure = (
        level
        or is_named
        or any(piece.role in {"continued", "continues"} or _shows_page(piece) for piece in pieces)
    )
    return (part_matters(drafts), furniture) if is_sure or _are_articles(drafts) else ([], [])


def _are_articles(drafts: Sequence[Draft]) -> bool:
    """
    Return whether more than half of the drafts look like articles: headed, and signed or with a dateline.

    And more than a third of the text: essays joined to a book have a byline here
    and a short line there, which are no reason to tear it apart. A page begins
    with a head; where text stands first, or what may be a caption, several
    articles must follow.
    """
    texts = [draft for draft in drafts if not (draft.is_caption or draft.is_continued)]
    whole = [draft for draft in texts if _is_whole(draft)]
    if not texts:
        return True
    opens_headed = bool(texts[0].heads) and not _first(drafts).is_caption
    is_begun = opens_headed or len(whole) >= MIN_HEADLESS
    return is_begun and len(whole) * 2 > len(texts) and _chars(whole) * 3 > _chars(texts)


def _first(drafts: Iterable[Draft]) -> Draft:
    return min(drafts, key=lambda draft: draft.pieces()[0].start)


def _is_whole(draft: Draft) -> bool:
    """Return whether a draft has all that an article has; a long text repeats some of its headline."""
    if not (draft.heads and draft.body and (draft.bylines or draft.datelines)):
        return False
    if _chars([draft]) <= LONG_ARTICLE:
        return True
    lead = "".join("".join(piece.text.split()) for piece in draft.body)[:LONG_LEAD]
    return max(coverage(piece.text, lead) for piece in draft.heads) >= MIN_SAID_AGAIN


def _chars(drafts: Iterable[Draft]) -> int:
    return sum(len(piece.text) for draft in drafts for piece in draft.body)


def _is_newspaper(pieces: Sequence[Piece]) -> bool:
    """
    Tell a newspaper page from notes, essays and chapters.

    On a page somebody signs, or a dateline stands there; where Markdown marks
    the heads, for at least every second headline. A dated masthead is enough.
    """
    if any(map(_shows_page, pieces)):
        return True
    if pieces and all(piece.role in FURNITURE or piece.role in {"caption", "credit"} for piece in pieces):
        return any(piece.role == "caption" for piece in pieces)
    evidence = sum(piece.role in _EVIDENCE for piece in pieces)
    names = sum(1 for piece in pieces if piece.role == "head" and piece.authors and not piece.level)
    evidence += names if names > 1 else 0
    level = headline_level(pieces)
    headings = sum(
        1
        for piece, after in zip_longest(pieces, pieces[1:])
        if 0 < piece.level <= level and not (after and 0 < after.level <= level)
    )
    return evidence > 0 and evidence * 2 >= headings


def _shows_page(piece: Piece) -> bool:
    """Return whether only newspapers have a piece: masthead, page label, controls of an e-edition."""
    if piece.role not in FURNITURE:
        return piece.is_border
    return piece.is_border or is_navigation(piece.reason) or _is_dated_masthead(piece)


def _is_dated_masthead(piece: Piece) -> bool:
    facts = read_masthead(piece.text) if piece.role == "masthead" else None
    return facts is not None and bool(facts.day and (facts.publication or facts.page))


def _page_facts(furniture: Iterable[Piece], known: PageFacts) -> PageFacts:
    """Add what the masthead says where the file's name leaves it open."""
    found = [read_masthead(piece.text) for piece in furniture if piece.role == "masthead"]
    # A dated masthead first: menus of e-editions name other pages too.
    for printed in sorted(found, key=lambda facts: not (facts and facts.day)):
        if printed:
            known = PageFacts(
                max(known.day, printed.day, key=len),
                known.publication or printed.publication,
                known.page or printed.page,
            )
    return known
