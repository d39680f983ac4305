"""From a page's text to its articles: lines, roles, drafts, and last the records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Literal, NamedTuple, get_args

from searchlib.errors import ConfigError
from searchlib.frozen import dataclass, replace
from searchlib.model import Article, Span
from searchlib.pages.around import take_addresses, take_around, take_closings
from searchlib.pages.assembly import assemble
from searchlib.pages.blocks import LINE_WRAP, Block, Page
from searchlib.pages.drafts import Draft
from searchlib.pages.fields import PageFacts, find_day
from searchlib.pages.folded import fold_page, unfold, unfold_article
from searchlib.pages.front_matter import read_front_matter
from searchlib.pages.furniture import EDITORS
from searchlib.pages.issues import (
    OVER_FIRST,
    REPORT,
    contents_of,
    days_below,
    imprint_of,
    over_first,
)
from searchlib.pages.kinds import BELOW_ONE, UNTITLED, Plan, decide, label_places, without_numbers
from searchlib.pages.labelled import take_records
from searchlib.pages.led import take_led
from searchlib.pages.lines import read_lines
from searchlib.pages.listed import take_contents
from searchlib.pages.making import (
    article_without_text,
    make_article,
    parts_of,
    remainder_of,
    spans_of,
    with_said,
)
from searchlib.pages.markdown import SUFFIXES, read_markdown
from searchlib.pages.markdown_headings import looks_marked
from searchlib.pages.mastheads import read_masthead
from searchlib.pages.matters import are_told_below, other_matters
from searchlib.pages.model_marks import is_grounded
from searchlib.pages.newspaper import are_signed, is_dated_masthead, read_page, signs
from searchlib.pages.page_marks import take_marks
from searchlib.pages.page_roles import with_changed, with_roles
from searchlib.pages.paths import read_source, title_of
from searchlib.pages.posts import take_labels, take_title
from searchlib.pages.records_of_papers import said_again
from searchlib.pages.recurring import take_items
from searchlib.pages.reflow import reflow
from searchlib.pages.sizes import with_levels
from searchlib.pages.stretches import Piece, place_of
from searchlib.pages.unpunctuated import take_unpunctuated
from searchlib.pages.unsigned import LEVEL, head_labelled, head_unsigned
from searchlib.pages.whole import (
    as_one,
    edges_outside,
    one_article,
    same_words,
    split_markdown,
    title_places,
    whole_text,
)
from searchlib.pages.wikitext import WIKI_SUFFIXES, looks_wiki, read_wikitext

Split = Literal["auto", "never"]
_SPLITS = get_args(Split)

NO_TITLE = "-"
"""The title of a text whose headings are sections all: no heading is told by it."""
_hint_of = attrgetter("hint")
_DATED = frozenset({OVER_FIRST, EDITORS})
"""With one of these reasons what is furniture may say the page's day."""
_PLAIN = (".txt", ".text")
_JOINABLE: frozenset[str] = frozenset({"", "text", "quote"})
_UNREAD: frozenset[str] = frozenset({"furniture", "picture", "contents"})


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
    return _split(read_text(text, source), source, split).articles


def split_text(text: str, *, source: str = "", split: Split = "auto") -> PageSplit:
    """Split a page's text and say what every part of it was taken for; see `split_page`."""
    return split_blocks(read_text(text, source), source=source, split=split)


def read_text(text: str, source: str = "") -> Page:
    """Read a text as a page of blocks: as Markdown where its name or its heads say so, else line by line."""
    name = source.lower()
    is_marked = name.endswith(SUFFIXES) or (not name.endswith(_PLAIN) and looks_marked(text))
    if is_marked or is_grounded(text) or read_front_matter(text)[1]:
        return read_markdown(text)
    if name.endswith(WIKI_SUFFIXES) or looks_wiki(text):
        return read_wikitext(text)
    folded = fold_page(text)
    return Page(text, tuple(read_lines(folded)), folded=folded)


def split_blocks(page: Page, *, source: str = "", split: Split = "auto") -> PageSplit:
    """
    Split a page of blocks; see `split_page`.

    Spans and pieces are ranges of the file's own text where the page knows it.
    """
    articles, used, furniture, plan, facts = _split(page, source, split)
    used.sort(key=place_of)
    spans = spans_of(furniture, page.text)
    if places := page.places:
        spans = tuple(map(page.place, spans))
        used = [piece.at(places[piece.start], places[piece.end]) for piece in used]
    remainder = remainder_of(furniture, page.text, spans, facts, source)
    return PageSplit(tuple(articles), spans, tuple(used), remainder, plan)


class _Split(NamedTuple):
    """The articles of a page, all its pieces, the furniture among them, and what the page was taken for."""

    articles: list[Article]
    pieces: list[Piece]
    furniture: Sequence[Piece]
    plan: Plan | None
    facts: PageFacts


def _split(page: Page, source: str, split: Split) -> _Split:
    if split not in _SPLITS:
        raise ConfigError("split", split, "it is one of " + ", ".join(_SPLITS))
    text = page.text
    folded = page.folded if page.folded is not None else fold_page(text)
    facts = _source_facts(source)
    blocks, led = _prepare(page, folded, split, has_day=bool(facts.day))
    if not blocks:
        return _Split([], [], (), None, facts)
    drafts, furniture, plan, is_page = _take_apart(blocks, page, split, led, facts)
    issue = fold_page(page.said.headline) if plan.kind == "digest" else ""
    facts = _page_facts([*furniture, *(head for draft in drafts for head in draft.heads)], facts, issue)
    drafts.sort(key=Draft.begin)
    texts = sum(not draft.is_caption for draft in drafts)
    articles: list[Article] = []
    used = list(furniture)
    has_said = bool(page.said)
    for n, draft in enumerate(drafts, 1):
        if has_said and texts == 1 and not draft.is_caption:
            _give_title(draft, fold_page(page.said.headline))
        article, taken = make_article(
            draft,
            facts,
            folded,
            source=source,
            article_id=f"{source}#{n}" if source else "",
            is_page=is_page,
            is_broken=page.is_broken,
            place=page.place if page.places else None,
        )
        if folded is not text:
            article = unfold_article(article, parts_of(draft, taken), text, folded)
        if has_said:
            article = with_said(article, page.said, is_alone=texts == 1)
        elif plan.reason == UNTITLED and not (article.headline or draft.is_caption):
            article = replace(article, headline=title_of(source))
        articles.append(article)
        used += taken
    if not articles and page.said.headline:
        articles.append(article_without_text(page, source))
    return _Split(articles, used, furniture, plan, facts)


def _prepare(page: Page, folded: str, split: Split, *, has_day: bool) -> tuple[list[Block], int]:
    """
    Return the blocks of a page as the rules read them: folded, paragraphs joined, heads with levels.

    And the level of the titles of a digest, where the format sets those apart from their texts.
    """
    blocks: Sequence[Block] = page.blocks
    if folded is not page.text and page.folded is None:
        blocks = [block.reads(_fold_text(block, folded)) for block in blocks]
    blocks = take_marks(blocks, folded)
    if page.said.headline and split == "auto":
        blocks = take_labels(blocks)
    led = 0
    if split == "auto":
        blocks = take_closings(take_addresses(blocks))
        if not (
            page.has_lines and (page.is_marked or page.said)
        ):  # who writes Markdown sets what is behind the text
            blocks = take_around(blocks, has_lines=page.has_lines)
        sized, led = take_led(
            blocks if page.has_lines else with_levels(blocks), page.said, has_day=has_day, is_one=page.is_one
        )
        blocks = sized if led else blocks
        blocks = take_contents(take_records(blocks))
        if not page.is_marked:
            blocks = take_unpunctuated(take_items(blocks, has_day=has_day), has_day=has_day)
    joined = _join(blocks, folded, apart=page.places is not None) if page.has_lines else list(blocks)
    if led:
        return joined, led
    leveled = with_levels(joined)
    return list(leveled if page.said.headline or split != "auto" else take_title(leveled)), led


def _fold_text(block: Block, folded: str) -> str:
    """Return a block's text folded: a stretch of the folded page, where the block has its characters."""
    if block.end - block.start != len(block.text):
        return fold_page(block.text)
    stretch = folded[block.start : block.end]
    return stretch.replace("\n", LINE_WRAP) if LINE_WRAP in block.text else stretch


def _join(blocks: Sequence[Block], text: str, *, apart: bool) -> list[Block]:
    """Join the lines of paragraphs; what the format calls something else than text is between them."""
    if not any(map(_hint_of, blocks)):
        return reflow(blocks, text)
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
_UNSIGNED_PAGE = Plan("page", LEVEL, "headlines over texts of other matters each")
_NO_PAGE = Plan("text", 0, "no heading is marked, and too few lines sign, or tell of a page")
_NO_FACTS = PageFacts()
_AS_ASKED = Plan("text", 0, "taken as one article, as was asked")


def _take_apart(blocks: Sequence[Block], page: Page, split: Split, led: int, facts: PageFacts) -> _Parts:
    """
    Decide what a text is, and take it apart as that.

    Args:
        led: Level of the titles of a digest that the format sets apart, 0 for other texts.
        facts: What the file's name says.
    """
    classified, pieces = with_roles(blocks, is_marked=page.is_marked, may_divide=split == "auto")
    title = fold_page(page.said.headline)
    again = said_again(pieces) if split == "auto" else []
    classified, pieces = with_changed(again, classified, pieces)
    plan = _plan(pieces, page, led) if split == "auto" else None
    if plan is not None:
        changed = [*over_first(pieces, plan, page.said), *days_below(pieces, plan)]
        changed += without_numbers(pieces, plan)
        changed += contents_of(pieces, plan) if plan.kind == "page" else imprint_of(pieces, plan)
        classified, pieces = with_changed(changed, classified, pieces)
    if plan is not None and plan.kind == "article" and (again or signs(pieces)):
        sections = _with_sections(pieces, title)
        drafts, furniture = assemble(sections, 0)
        is_one = page.is_one or bool(again) or (page.is_marked and not are_signed(drafts))
        return _Parts(as_one(drafts, title) if is_one else drafts, furniture, plan, is_page=True)
    if plan is not None and plan.kind == "page":
        for place in label_places(pieces, plan.level):
            reason = "heading over the headline of an article"
            pieces[place] = pieces[place]._replace(role="column", level=0, reason=reason, is_border=True)
    if split == "auto" and (plan is None or plan.kind == "page"):
        drafts, furniture = read_page(
            pieces, plan.level if plan else 0, is_named=bool(facts.day and facts.page), day=facts.day
        )
        if drafts or furniture:
            drafts = as_one(drafts, title) if page.is_one and plan is None else drafts
            return _Parts(drafts, furniture, plan or _SIGNED_PAGE, is_page=True)
    if (
        split == "auto"
        and plan is None
        and not page.said.headline
        and (headed := head_labelled(pieces) or head_unsigned(pieces))
    ):
        return _Parts(*read_page(headed, LEVEL), _UNSIGNED_PAGE, is_page=True)
    if plan is not None:
        cut = (
            one_article(classified, title or (NO_TITLE if plan.reason == UNTITLED else ""))
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


def _plan(pieces: Sequence[Piece], page: Page, led: int) -> Plan | None:
    """Decide what the headings of a text make of it; None where it has none."""
    if led:
        return Plan("digest", led, "titles that are set apart begin their texts")
    plan = decide(pieces, page.said, is_one=page.is_one)
    if plan is not None and plan.reason == BELOW_ONE and not are_told_below(pieces, plan.level):
        return Plan("article", plan.level - 1, "sections that tell what their headings do not")
    if plan is None or page.said.headline or page.is_one or not any(map(is_dated_masthead, pieces)):
        return plan
    if plan.kind == "digest" and not page.is_marked:
        return plan._replace(kind="page")  # the sizes of heads tell of decks, which only a page has
    if plan.kind == "article" and (level := other_matters(pieces)):
        return Plan("page", level, "headings below the name of a paper tell of other matters each")
    return plan


def _with_sections(pieces: Sequence[Piece], title: str) -> list[Piece]:
    """Make sections of all headings of a signed article but those over it."""
    heads = title_places(pieces, title)
    return [
        piece._replace(role="section", reason="heading inside an article", is_marked=True)
        if piece.level and piece.role == "head" and place not in heads
        else piece
        for place, piece in enumerate(pieces)
    ]


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
    draft.body.sort(key=place_of)


def _source_facts(source: str) -> PageFacts:
    """Read date, paper and page from a path; the paper keeps its characters."""
    if not source:
        return _NO_FACTS
    folded = fold_page(source)
    facts = read_source(folded)
    return (
        facts if folded is source else replace(facts, publication=unfold(facts.publication, source, folded))
    )


def _page_facts(furniture: Iterable[Piece], known: PageFacts, issue: str) -> PageFacts:
    """Add what the masthead says where the file's name leaves it open, or the title of a digest's *issue*."""
    found = [
        read_masthead(piece.text) for piece in furniture if piece.role == "masthead" or piece.reason == REPORT
    ]
    found += [PageFacts(find_day(piece.text)) for piece in furniture if piece.reason in _DATED]
    found += [PageFacts(find_day(issue))]
    # A dated masthead first: menus of e-editions name other pages too.
    for printed in sorted(found, key=lambda facts: not (facts and facts.day)):
        if printed:
            known = PageFacts(
                max(known.day, printed.day, key=len),
                known.publication or printed.publication,
                known.page or printed.page,
            )
    return known
