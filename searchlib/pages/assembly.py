"""
Pieces with roles become articles: what belongs together, and where the next one begins.

An article begins where a head is after a closed article, or before a
byline or a dateline. A head anywhere else is a section of the article that is
open. So nothing is torn apart on the strength of a short line alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice, pairwise

from searchlib.pages.captions import BEHIND_MARK, SOURCE_OF_ALL
from searchlib.pages.decks import PART, coverage
from searchlib.pages.drafts import Draft, breaks_off
from searchlib.pages.furniture import is_advert, names_notice
from searchlib.pages.head_context import with_contents, with_slugs
from searchlib.pages.records_of_papers import PRINTED_DECK
from searchlib.pages.shapes import LABEL_CHARS, MAX_PHOTO_NEWS, shows_picture
from searchlib.pages.stretches import FURNITURE, Piece, Role
from searchlib.pages.styles import (
    SAYS_NOTHING,
    article_gap,
    headline_level,
    lines_are_articles,
    roles_from,
    signs_above,
    that_say_something,
)

MAX_SECTION = 40
"""Characters of a section's head at most; a longer line without a full stop is text."""
MIN_CUT_LEAD = 36
"""Characters from which the last line over a text is no subtitle: the text's first line, cut by an edge."""
MAX_LONE_SENTENCE = 80
"""Characters of a caption at most that shows itself only by its place."""
MAX_LEAD_CAPTION = 40
"""Characters of a caption at most that is where the first paragraph of an article would."""
MAX_OPENING = 8
"""Pieces behind heads at most that decide whether these begin an article: bylines, a dateline, text."""
MIN_ITEMS = 3
"""Sentences in a row behind marks at least that are items: pictures have credits between their captions."""
MIN_NAMED = 2
"""Headlines at least with names right below, for a line there to be a pen name."""
PHOTO_GAP = 2
"""Blank lines, at least, that a picture leaves in the text."""
_PEN_NAME = re.compile(r"[一-鿿]{2,3}(?:\u3000[一-鿿]{2,3})?")
_NAMES_POST = re.compile(r"记者|通讯员")
_KEEPS_CAPTION_OPEN: frozenset[Role] = FURNITURE | {"signature", "credit", "byline"}
_BEGINS_TEXT: frozenset[Role | None] = frozenset({"body", "dateline", "section", "byline"})


def _is_cut_prose(piece: Piece) -> bool:
    return not piece.level and len(piece.text) > MAX_SECTION and ("，" in piece.text or "," in piece.text)


def assemble(pieces: Sequence[Piece], level: int = 0) -> tuple[list[Draft], list[Piece]]:
    """
    Put the pieces of a newspaper page together.

    Args:
        level: Of the headings that begin an article, where it is known.

    Returns:
        The articles in the order in which they begin, and the furniture.
        Every piece is in exactly one of the two.
    """
    assembly = _Assembly(pieces, level)
    assembly.run()
    if assembly.label:
        assembly.furniture.append(assembly.label._replace(role="furniture"))
    return [draft for draft in assembly.drafts if not draft.is_empty()], assembly.furniture


class _Assembly:
    """One walk over a page: the article that is open, and what has been put aside."""

    def __init__(self, pieces: Sequence[Piece], level: int) -> None:
        self.pieces = with_contents(with_slugs(pieces))
        self._roles_from = roles_from(self.pieces)
        self.page = ""
        self.label: Piece | None = None
        self.place = 0
        self.drafts: list[Draft] = []
        self.furniture: list[Piece] = []
        self.current: Draft | None = None
        self.suspended: Draft | None = None
        self.unsigned_caption: Draft | None = None
        self.head_level = level or headline_level(pieces)
        shown = that_say_something(pieces)
        self.signs_above = signs_above(shown)
        self.article_gap = article_gap(shown)
        self.lines_are_articles = lines_are_articles(shown)

    def run(self) -> None:
        takers: dict[Role, Callable[[Piece], None]] = {
            "section": self._take_section,
            "byline": self._take_byline,
            "signature": self._take_signature,
            "credit": self._take_credit,
            "dateline": self._take_dateline,
            "caption": self._take_caption,
            "column": self._take_label,
            **dict.fromkeys(FURNITURE, self._take_furniture),
        }
        while self.place < len(self.pieces):
            piece = self.pieces[self.place]
            if piece.role not in _KEEPS_CAPTION_OPEN:
                self.unsigned_caption = None
            if piece.role == "head":
                self._take_heads()
            else:
                takers.get(piece.role, self._take_text)(piece)
                self.place += 1

    def _following(self, place: int) -> Iterator[Piece]:
        """Yield the pieces from a place on that say something of articles: no furniture, no captions."""
        for i in range(place, len(self.pieces)):
            piece = self.pieces[i]
            if piece.is_border:
                return
            if piece.role not in SAYS_NOTHING:
                yield piece

    def _next_role(self, place: int) -> Role | None:
        return self._roles_from[place] if place < len(self._roles_from) else None

    def _opens_article(self, place: int) -> bool:
        """Return whether a byline or dateline is at a place, with text after it."""
        following = list(islice(self._following(place), MAX_OPENING))
        if not following:
            return False
        first = following[0]
        if first.role in {"byline", "signature"}:
            after = next((piece.role for piece in following if piece.role != first.role), None)
            if after not in _BEGINS_TEXT and self.signs_above[first.role] < 0:
                return False  # it closes the text before it
            if first.role == "signature":
                return not first.is_tail and (after in _BEGINS_TEXT or self.signs_above[first.role] > 0)
        if first.role == "continued":
            return True
        opening = next((piece for piece in following if piece.role != "byline"), None)
        if opening is None or opening.role == "dateline":
            return opening is not None
        return opening.role in {"body", "section", "head", "continued"} and first.role == "byline"

    @property
    def _open(self) -> Draft | None:
        """The article that text may be added to."""
        return self.current if self.current and not self.current.is_closed else None

    def _begin(self, *, is_caption: bool = False, is_continued: bool = False) -> Draft:
        draft = Draft(is_caption=is_caption, is_continued=is_continued, page=self.page)
        if self.label and not is_caption:
            draft.column.append(self.label)
            self.label = None
        self.drafts.append(draft)
        if not draft.is_caption:
            if self._open and self._open.may_go_on():
                self.suspended = self._open
            self.current = draft
        return draft

    def _take_label(self, piece: Piece) -> None:
        """Take the label of a column, which the next article is in; without a border it is this one's."""
        if not piece.is_border and self._open and self._open.heads and not self._open.body:
            self._open.column.append(piece)
            return
        if self.label:
            self.furniture.append(self.label)
        self._close()
        self.label = piece

    def _close(self) -> None:
        """End the article that is open, whatever follows."""
        self.current = self.suspended = None

    def _take_furniture(self, piece: Piece) -> None:
        self.furniture.append(piece)
        if piece.is_border:
            self._close()
            self.page = piece.page or self.page
        if piece.role == "continues" and self.current:
            self.current.is_closed = True
            self.current.to_page = piece.text
        if piece.role == "continued":
            opened = self._open
            if opened is None or opened.body or not opened.heads:
                opened = self._begin(is_continued=True)
            opened.from_page = piece.text

    def _take_caption(self, piece: Piece) -> None:
        if piece.reason == BEHIND_MARK and self._is_item():
            self._take_text(piece._replace(role="body", reason="one of several items, each behind a mark"))
            return
        caption = self._begin(is_caption=True)
        caption.body.append(piece)
        self.unsigned_caption = caption

    def _is_item(self) -> bool:
        """Return whether sentences behind marks are in a row here: news in short, below one headline."""
        around = self.pieces[max(0, self.place - MIN_ITEMS + 1) : self.place + MIN_ITEMS]
        row = 0
        for piece in around:
            row = row + 1 if piece.reason == BEHIND_MARK else 0
            if row == MIN_ITEMS:
                return True
        return False

    def _take_credit(self, piece: Piece) -> None:
        if self.unsigned_caption:
            self.unsigned_caption.bylines.append(piece)
            self.unsigned_caption = None
        elif (
            self.current
            and self.current.body
            and piece.reason != SOURCE_OF_ALL
            and self._is_caption_text(self.current.body[-1], piece)
        ):
            caption = self._begin(is_caption=True)
            text = self.current.body.pop()
            caption.body.append(text._replace(role="caption", reason="text over the photographer's name"))
            caption.bylines.append(piece)
        else:
            (self._open or self.current or self._begin()).bylines.append(piece)

    def _is_caption_text(self, text: Piece, credit: Piece) -> bool:
        stands_alone = self.pieces[self.place - 1] is text and not text.is_tail and not credit.is_tail
        is_lead = (
            self.current is not None and len(self.current.body) == 1 and len(text.text) > MAX_LEAD_CAPTION
        )
        return stands_alone and not is_lead and text.role == "body" and len(text.text) <= MAX_PHOTO_NEWS // 2

    def _take_heads(self) -> None:
        run: list[Piece] = []
        while self.place < len(self.pieces):
            piece = self.pieces[self.place]
            if piece.role == "head" and not piece.level and is_advert(piece.text):
                self._take_advert()
                if run:
                    break
                continue
            if piece.role == "head":
                if run and piece.gap >= self.article_gap > run[0].gap and self._open and self._open.body:
                    break  # a last section without a text, and the next headline
                run.append(piece)
            elif piece.role in FURNITURE - {"continued", "continues"} and not piece.is_border:
                self.furniture.append(piece)
            else:
                break
            self.place += 1
        if not run:
            return
        run, names, sections = self._names_in(run)
        if not run:
            return
        self._place_heads(run, has_names=bool(names))
        if names and self.current:
            self.current.bylines.append(names)
            self.current.body += [
                p._replace(role="section", reason="head below the byline") for p in sections
            ]

    def _take_advert(self) -> None:
        """Take an advertisement for furniture, with the lines right below that are set as heads are."""
        piece = self.pieces[self.place]
        while True:
            reason = "an advertisement"
            self.furniture.append(piece._replace(role="furniture", reason=reason, is_border=True))
            self.place += 1
            if self.place >= len(self.pieces) or "址" in piece.text:
                break
            piece = self.pieces[self.place]
            if piece.role != "head" or piece.gap or piece.level:
                break

    def _names_in(self, run: list[Piece]) -> tuple[list[Piece], Piece | None, list[Piece]]:
        """
        Take lines of names alone out of a run of heads: behind a text or before one, they sign it.

        Returns:
            The heads over the names, these, and the heads below them, which are sections.
        """
        opened = self._open
        after = self._next_role(self.place)
        if opened and opened.body and run[0].authors and not run[0].level and (len(run) > 1 or after is None):
            opened.bylines.append(run.pop(0)._replace(role="byline", reason="names alone, behind the text"))
            opened.is_closed = True
        if after in {"body", "dateline", "continued"}:
            for place, piece in enumerate(run[1:], 1):
                is_below = not (piece.level or (piece.gap and place < len(run) - 1))
                if is_below and (piece.authors or (place == 1 and self._is_pen_name(piece))):
                    names = piece.authors or tuple(piece.text.split())
                    reason = "names alone, between head and text"
                    named = piece._replace(role="byline", authors=names, reason=reason)
                    return run[:place], named, run[place + 1 :]
        return run, None, []

    def _is_pen_name(self, piece: Piece) -> bool:
        """Return whether a line below a headline is a name without a surname, as names are on this page."""
        return not piece.gap and _PEN_NAME.fullmatch(piece.text) is not None and self._has_names_below

    @cached_property
    def _has_names_below(self) -> bool:
        """Whether names alone are right below several headlines of the page."""
        below = sum(
            before.role == piece.role == "head" and bool(piece.authors) and not (piece.level or piece.gap)
            for before, piece in pairwise(self.pieces)
        )
        return below >= MIN_NAMED

    def _place_heads(self, run: list[Piece], *, has_names: bool) -> None:
        opened = self._open
        is_empty = opened is None or not (
            opened.body or opened.bylines or opened.datelines or opened.is_continued
        )
        if opened is None or is_empty:
            self._new_article(run)
            return
        if not opened.body and all(piece.reason == PRINTED_DECK for piece in run):
            opened.heads.extend(run)
            return
        while opened.body and run and _is_cut_prose(run[0]):
            opened.body.append(run.pop(0)._replace(role="body", reason="long, and text stands before it"))
        if run and (has_names or self._begins_article(run)):
            self._new_article(run)
        else:
            self._add_inner_heads(run, opened)

    def _new_article(self, run: Sequence[Piece]) -> None:
        draft = self._open
        if draft is None or draft.is_continued or not draft.is_empty():
            draft = self._begin()
        last = run[-1]
        after = self._next_role(self.place)
        is_prose = (
            not last.level and len(last.text) >= MIN_CUT_LEAD and ("，" in last.text or "," in last.text)
        )
        if len(run) > 1 and is_prose and after == "body":
            draft.heads.extend(run[:-1])
            draft.body.append(last._replace(role="body", reason="first sentence, cut by a column's edge"))
        else:
            draft.heads.extend(run)

    def _begins_article(self, run: Sequence[Piece]) -> bool:
        if self.lines_are_articles or self._opens_article(self.place):
            return True
        levels = [piece.level for piece in run if piece.level]
        if levels:
            return min(levels) <= self.head_level
        if names_notice(run[0].text):
            return True
        if run[0].gap >= self.article_gap > 0:
            return True
        opened = self._open
        return bool(opened and opened.body and breaks_off(opened.body[-1])) and self._stands_between()

    def _stands_between(self) -> bool:
        """Return whether the text here is signed, and headless text goes on behind: the open article's."""
        signed = False
        for piece in self._following(self.place):
            if signed:
                return piece.role == "body"
            if piece.role in {"byline", "dateline"}:
                return False
            signed = piece.role == "signature"
        return False

    def _add_inner_heads(self, run: Sequence[Piece], opened: Draft) -> None:
        if not opened.body and len(run) == 1 and len(run[0].text) < LABEL_CHARS and not opened.column:
            opened.column.append(run[0]._replace(role="column", reason="label between byline and text"))
            return
        for piece in run:
            cut = bool(opened.body) and opened.body[-1].text[-1:] in "，,、"
            if len(piece.text) > MAX_SECTION or (cut and not piece.level):
                opened.body.append(piece._replace(role="body", reason="goes on with the sentence before"))
            else:
                opened.body.append(piece._replace(role="section", reason="head inside an open article"))

    def _take_section(self, piece: Piece) -> None:
        opened = self._open
        if opened is None or (opened.body and self._opens_article(self.place + 1)):
            self._begin().heads.append(piece._replace(role="head"))
        else:
            opened.body.append(piece)

    def _take_byline(self, piece: Piece) -> None:
        opened = self._open
        follower = self._next_role(self.place + 1)
        starts_text = follower == "dateline" or (
            self.place + 1 < len(self.pieces) and self.pieces[self.place + 1].is_tail
        )
        if opened is None and self.unsigned_caption and follower not in {"body", "dateline", "section"}:
            self.unsigned_caption.bylines.append(piece)
            self.unsigned_caption = None
            return
        if opened is None or (opened.body and starts_text and (opened.bylines or opened.datelines)):
            opened = self._begin()
        closes = bool(opened.body) and follower in {"head", "continued", None}
        # A source and the reporter, one above the text and one behind it, sign one article.
        writers = [other for other in opened.bylines if other.authors]
        is_other = closes and (
            not writers if piece.authors else bool(writers) and writers[-1].start < opened.body[0].start
        )
        if opened.bylines and not is_other and (head := self._border_before(opened)):
            opened = self._split_at(opened, head)
        opened.bylines.append(piece)
        if closes:
            opened.is_closed = True

    def _border_before(self, opened: Draft) -> Piece | None:
        """
        Find the head where another article begins, between the last byline and this one.

        An article is signed once, so what is between two bylines holds a border.
        """
        signed = opened.bylines[-1].end
        heads = [p for p in opened.body if p.role == "section" and not p.is_marked and p.start > signed]
        heads = [head for head in heads if not PART.match(head.text)]
        text = [p for p in opened.body if p.role == "body" and p.start > signed]
        best = None
        best_fit = -1.0
        for head in heads:
            after = "".join(p.text for p in text if p.start > head.start)
            before = "".join(p.text for p in text if p.start < head.start)
            fit = coverage(head.text, after) - coverage(head.text, before)
            if after and fit >= best_fit:
                best, best_fit = head, fit
        return best

    def _split_at(self, opened: Draft, head: Piece) -> Draft:
        """Begin an article at a section of the open one."""
        rest = [piece for piece in opened.body if piece.start >= head.start]
        opened.body = [piece for piece in opened.body if piece.start < head.start]
        draft = self._begin()
        while opened.body and opened.body[-1].role == "section" and not opened.body[-1].is_marked:
            rest.insert(0, opened.body.pop())
        while rest and rest[0].role == "section":
            draft.heads.append(rest.pop(0)._replace(role="head", reason="head over a signed text"))
        draft.body = rest
        return draft

    def _take_signature(self, piece: Piece) -> None:
        opened = self._open
        if opened is None and self.unsigned_caption:
            self.unsigned_caption.bylines.append(piece)
            self.unsigned_caption = None
            return
        if opened is None:
            opened = self._begin()
        names_alone = not _NAMES_POST.search(piece.text)
        goes_on = names_alone and self._next_role(self.place + 1) == "body" and not self.suspended
        if piece.is_tail and (opened.bylines or goes_on):
            opened.body.append(piece._replace(role="body", reason="names inside the text"))
            return
        opened.bylines.append(piece)
        opened.is_closed = bool(opened.body)

    def _take_dateline(self, piece: Piece) -> None:
        opened = self._open
        if opened is None:
            opened = self._begin()
        if opened.body:
            opened.body.append(piece._replace(role="body", reason="dateline inside the text"))
        else:
            opened.datelines.append(piece)

    def _take_text(self, piece: Piece) -> None:
        opened = self._open
        if opened is None:
            opened = self._resume(piece)
        opened.body.append(piece)

    def _resume(self, piece: Piece) -> Draft:
        """Find the article for text that follows a closed one without a head."""
        end = self.place + 1
        while end < len(self.pieces) and self.pieces[end].role == "body":
            end += 1
        alone = end == self.place + 1
        after = self._next_role(end)
        text = piece.text
        signed = after == "signature" and len(text) <= MAX_PHOTO_NEWS and (self.current is not None)
        stands_apart = after in {"head", "continued"} or (after is None and piece.gap >= PHOTO_GAP)
        lone = len(text) <= MAX_LONE_SENTENCE and text.find("。") == len(text) - 1 and stands_apart
        if self.suspended and not shows_picture(text):
            self.current, self.suspended = self.suspended, None
            return self.current
        if alone and (shows_picture(text) or signed or lone):
            self.unsigned_caption = self._begin(is_caption=True)
            return self.unsigned_caption
        if self.current and piece.gap < PHOTO_GAP and not self.current.is_continued:
            self.current.is_closed = False
            return self.current
        return self._begin()
