"""
A page as every reader makes it: blocks in reading order, each with its text and what the format says of it.

The splitter works on blocks alone and knows no format. A plain text has
blocks with few hints; Markdown and HTML say which are heads; a PDF says how
large they are set; an OCR model says what it took them for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from searchlib.frozen import dataclass, field
from searchlib.model import Span

LINE_WRAP = "\x0b"
"""Is in `Block.text` for a line end inside a paragraph; never in the page itself, where it ends a line."""

Hint = Literal[
    "",
    "text",
    "head",
    "byline",
    "caption",
    "table",
    "list",
    "code",
    "quote",
    "picture",
    "contents",
    "column",
    "dated",
    "furniture",
]
"""What the format, or the model that read the page, says that a block is; empty where it says nothing."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom on the sheet, as shares of its width and height."""


class Block(NamedTuple):
    """
    A stretch of a page that is one line, one paragraph or one head, without the white space around it.

    `text` has one character for each of the page's from `start` to `end`, so a
    place in it is a place on the page. `gap` counts the blank lines above it,
    `level` is that of a heading (0 for none), `lead` is the white space before it,
    `indented` says whether that is as much as before the first line of a
    paragraph. `size` is how large it is set, beside the usual size of the page
    (0 for unknown), `box` where on which `sheet`. `goes_on` marks what goes on with
    the paragraph before it, over the end of a sheet. `title_end` is where what it begins
    with ends that the format sets apart from the rest: bold, or a link.
    """

    start: int
    end: int
    text: str
    gap: int = 0
    level: int = 0
    lead: str = ""
    indented: bool = False
    hint: Hint = ""
    size: float = 0.0
    is_bold: bool = False
    box: Box | None = None
    sheet: int = 0
    goes_on: bool = False
    title_end: int = 0

    def reads(self, text: str) -> Block:
        """Return the block with another text of the same place."""
        return _made(Block, (self[0], self[1], text, *self[3:]))


NO_HINTS = Block(0, 0, "")[7:]
"""What the fields of a block are, from `hint` on, of which the format says nothing."""
_made = tuple.__new__  # a third of what the constructor with its defaults takes


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of its article outside the text: front matter, meta tags, labels."""

    headline: str = ""
    overline: str = ""
    subtitle: str = ""
    column: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    publication: str = ""
    page: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self is not NOTHING_SAID and self != NOTHING_SAID


NOTHING_SAID = Said()


class Origins:
    """
    Where each character of a page was read: a run of places for each block, whose last holds up to the next.

    A run that is a `range` costs nothing for each character.
    """

    def __init__(self, starts: Sequence[int], runs: Sequence[Sequence[int]]) -> None:
        self._starts = starts
        self._runs = runs

    def __getitem__(self, place: int) -> int:
        number = bisect_right(self._starts, place) - 1
        run = self._runs[number]
        return run[min(place - self._starts[number], len(run) - 1)]


@dataclass(frozen=True, slots=True)
class Page:
    """
    A page of blocks.

    `text` is what is read. `places` has for each of its characters, and for its
    end, the place in the file's own text; without it they are the same.
    `has_lines` says whether a block may be one line of a paragraph, `is_broken`
    whether columns or OCR may have left spaces and breaks in the text, `is_marked`
    whether the format marks heads, so that a short line is not one. `is_one` tells
    that the file says it is one article: front matter, a page with its headline as title.
    `folded` is the text as the rules read it, where the blocks' texts are of that.
    """

    text: str
    blocks: Sequence[Block]
    said: Said = NOTHING_SAID
    places: Origins | None = None
    has_lines: bool = True
    is_broken: bool = True
    is_marked: bool = False
    is_one: bool = False
    folded: str | None = None

    def place(self, span: Span) -> Span:
        """Return the range of the file's own text that a range of `text` was read from."""
        if self.places is None:
            return span
        return self.places[span[0]], self.places[span[1]]


class PageBuilder:
    """
    Puts a page together, block by block, and remembers where each character was read.

    >>> builder = PageBuilder()
    >>> builder.add("冬捕", [3, 4], 0, 5, level=2)
    >>> page = builder.page()
    >>> page.text, page.place((0, 2)), page.place((1, 2))
    ('冬捕', (0, 5), (4, 5))
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self._starts: list[int] = []
        self._runs: list[Sequence[int]] = []
        self._blocks: list[Block] = []

    def add(
        self, text: str, places: Sequence[int], begin: int, end: int, *, gap: int = 0, **hints: Any
    ) -> None:
        """
        Add a block.

        Args:
            text: Of the block, without white space around it, not empty.
            places: For each of its characters the place in the file's text.
            begin: Where in the file's text the block begins, marks and all.
            end: Where it ends.
            gap: Blank lines above it.
            hints: Fields of `Block`.
        """
        shown = gap if self._blocks else 0
        start = self._begin(text, gap)
        self._runs.append([begin, *places[1:], end])
        self._blocks.append(Block(start, start + len(text), text, shown, **hints))

    def add_text(
        self,
        text: str,
        begin: int,
        *,
        gap: int = 0,
        lead: str = "",
        indented: bool = False,
        hint: Hint = "",
    ) -> None:
        """Add a block of what is in the file's text from a place on, character by character."""
        shown = gap if self._blocks else 0
        start = self._begin(text, gap)
        end = start + len(text)
        self._runs.append(range(begin, begin + len(text) + 1))
        block = (start, end, text, shown, 0, lead, indented, hint, *NO_HINTS[1:])
        self._blocks.append(_made(Block, block))

    def _begin(self, text: str, gap: int) -> int:
        """Set a text apart from the one before it; return where it begins."""
        if self._blocks:
            separator = "\n" * (1 + min(gap, 3))
            self._parts.append(separator)
            self._size += len(separator)
        start = self._size
        self._starts.append(start)
        self._parts.append(text.replace(LINE_WRAP, "\n"))
        self._size += len(text)
        return start

    def page(self, **settings: Any) -> Page:
        """Return the page; *settings* are fields of `Page`."""
        places = Origins(self._starts or [0], self._runs or [(0,)])
        return Page("".join(self._parts), tuple(self._blocks), places=places, **settings)
