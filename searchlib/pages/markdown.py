"""
Markdown to a page of blocks: heads with levels, paragraphs without marks, pictures, tables, front matter.

markdown-it-py tells the structure; the marks inside a line are ours (marks.py),
because offsets stay right and emphasis works between Han characters. What OCR
models write into their Markdown is read as what it is: pictures in `<div>`,
tables in HTML, `<|ref|>title<|/ref|>` before a block.
"""

from __future__ import annotations

import re
from functools import cache
from io import StringIO
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from searchlib.frozen import replace
from searchlib.pages.blocks import Hint, Page, PageBuilder
from searchlib.pages.folded import fold_page
from searchlib.pages.front_matter import read_front_matter
from searchlib.pages.lines import is_indent
from searchlib.pages.markdown_headings import (
    end_of_mark,
    is_indented_code,
    is_link,
    is_row_of_links,
    level_of,
    with_spaces,
    without_closing,
)
from searchlib.pages.markup import (
    HTML_BREAKS,
    MAX_LINK_LINES,
    WORTH_A_LOOK,
    Marked,
    find_title_end,
    goes_on,
    lines_of_link,
    read_marks,
    read_tags,
    unwrap,
)
from searchlib.pages.model_marks import MODEL_HINTS, MODEL_MARK
from searchlib.pages.shapes import not_a_head
from searchlib.pages.tables import cells_of, labels_in

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SUFFIXES = (".md", ".markdown", ".mkd", ".mdx", ".qmd", ".mmd")
_STRUCTURE = re.compile(
    r"\n[ \t]*(?:[>=|:<]|-(?!(?<=\n\n-)--+[ \t]*$)|[*+](?:[ \t]|$)|[*_](?:[ \t]*[*_]){2}[*_ \t]*$|`{3}|~{3}"
    r"|\d{1,9}[.)](?:[ \t]|$))",
    re.MULTILINE,
)
"""
A line that begins so is no heading with hashes and no paragraph, or changes what the one above is.

Dashes below a blank line are a rule, and do neither.
"""
_SLUG_TITLE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")
"""A title of front matter that is an address, and not what is read: spring-tea."""
_QUOTE_MARK = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_SHORTCODE = re.compile(r"(?:\{\{[<%][^{}]*[%>]\}\}\s*|\{%[^{}]*%\}\s*)+")
"""A line of nothing but what a program that makes a site puts something in the place of."""
_MODULE = re.compile(
    r"\s*(?:import\s[^\n]*['\"];?[ \t]*(?=\r?\n|$)"
    r"|export\s+(?:const|let|var|default|function|async)\b(?:[^\n]|\n(?![ \t]*\r?\n))*(?:\n|$))"
)
"""What MDX imports, or defines up to a blank line."""
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?!\S{1,4}[ \t]+[-*+]\s*$)(?:\[[ xX]\][ \t]+)?")
_DEEP = 2
"""Depth of lists from which items are parts of an item."""
_ONLY_MARKS = re.compile(r"(?:[\s>]|[-*+](?=[\s>]|$)|[0-9]{1,9}[.)](?=[\s>]|$))*")
_HELD = frozenset({"heading_open", "paragraph_open", "html_block", "fence", "hr", "table_open"})
"""Blocks that have their lines to themselves; quotes and lists have blocks inside."""
_DIVIDES = frozenset({"heading_open", "hr"})
_PICTURE_TAG = re.compile(r"<img\b|<svg\b|<video\b|<figure\b", re.IGNORECASE)
_CENTRED = re.compile(r"text-align:\s*center|align=[\"']?center|<center\b", re.IGNORECASE)
_UNSEEN_BLOCK = re.compile(r"\s*<(?P<tag>script|style|template|iframe)\b", re.IGNORECASE)
_UNSEEN_PART = re.compile(r"<(?P<tag>script|style)\b[^<>]*>.*?</(?P=tag)\s*>", re.IGNORECASE | re.DOTALL)
_HTML_HEAD = re.compile(r"<h(?P<level>[1-6])\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_ONLY_TAGS = re.compile(r"(?:\s|<[^<>]*>)*")
_TEXTS = frozenset({"markdown", "md"})
_CONTAINERS = frozenset({*_TEXTS, "text", "html", "plaintext"})
"""What models set around what they read or wrote; beside headings most of these are code."""
_TABLE_RULE = re.compile(r"[\s|:\-]+")
_CELL_BORDER = re.compile(r"\s*(?<!\\)\|\s*")
_DEFINITION = re.compile(r"[ \t]{0,3}\[[^\]^]+\]:[ \t]*\S+")
_MAY_BE_MARKED = re.compile(rf"{WORTH_A_LOOK.pattern}|[{{【]")
"""What a line of a paragraph has at least that is not all text: a mark, a box, {{< shortcode >}}."""


def read_markdown(text: str) -> Page:
    r"""
    Read a Markdown text as a page of blocks.

    Source:
        CommonMark 0.31 and tables of GitHub's Markdown, as markdown-it-py reads them.

    >>> page = read_markdown("---\ntitle: 春茶\n---\n# 春茶\n\n茶园**进入**采摘旺季。")
    >>> page.said.headline, [(block.text, block.level) for block in page.blocks if not block.hint]
    ('春茶', [('春茶', 1), ('茶园进入采摘旺季。', 0)])
    """
    said, begin = read_front_matter(text)
    reader = _Reader(text)
    if begin:
        reader.add_program(0, begin)
    while module := _MODULE.match(text, begin):
        reader.add_program(begin, module.end())
        begin = module.end()
    reader.read(begin)
    page = reader.builder.page(said=said, is_marked=reader.is_marked, is_one=bool(said.headline))
    if _SLUG_TITLE.fullmatch(said.headline) and any(block.level == 1 for block in page.blocks):
        page = replace(page, said=replace(said, headline=""))
    return page


class _RawLine(NamedTuple):
    start: int
    end: int
    text: str


_made = tuple.__new__  # a third of what the constructor takes


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 (30 ms, and only for Markdown)

    parser = MarkdownIt("commonmark").enable("table")
    parser.disable(["reference", "code"])
    return parser


class _Reader:
    """Walks over the structure of a Markdown text and adds its blocks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.builder = PageBuilder()
        self.is_marked = False
        self._next_hint: Hint = ""
        self._after_picture = False
        self._lines: list[_RawLine] = []

    def add_program(self, begin: int, end: int) -> None:
        """Add what is at the top for the program that makes a site of it: front matter, modules of MDX."""
        inner = self.text[begin:end].strip("\ufeff \t\r\n")
        start = self.text.find(inner, begin)
        self.builder.add_text(inner, start, hint="furniture")

    def read(self, begin: int, end: int | None = None) -> None:
        """Read a stretch of the text, the whole rest of it or what a fence holds."""
        source = self.text[begin:end]
        outer = self._lines
        raws = StringIO(source, newline="").readlines()
        edges = list(accumulate(map(len, raws), initial=begin))
        self._lines = [_made(_RawLine, line) for line in zip(edges, edges[1:], raws, strict=False)]
        flat = source.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
        flat = with_spaces(flat)
        if _STRUCTURE.search(f"\n{flat}"):
            tokens: list[Token] = []
            parser = _parser()
            parser.block.parse(flat.replace("\0", "\ufffd"), parser, {}, tokens)
            self._walk(tokens)
        else:
            self._walk_plain(flat)
        self._lines = outer

    def _walk_plain(self, flat: str) -> None:
        """Add headings, paragraphs and rules of dashes where there is nothing else: as the parser, faster."""
        in_paragraph = False
        done = 0
        for number, text in enumerate(flat.split("\n")):
            if not text:
                in_paragraph = False
                continue
            level = level_of(text, in_paragraph=in_paragraph)
            is_text = text.strip(" \t") != ""
            is_rule = text.startswith("---") and not (in_paragraph or text.strip("- \t"))
            if number < done:
                pass
            elif level and not is_indented_code(text):
                self._line(number, level=level)
            elif is_rule:
                self._add_raw(number, "furniture")
            elif is_text:
                done = self._paragraph_line(number)
            in_paragraph = is_text and not (level or is_rule)

    def _walk(self, tokens: list[Token]) -> None:  # noqa: C901, PLR0912 (one kind of block after another)
        quotes = items = done = 0
        before = ""
        wraps = not any(token.type == "heading_open" for token in tokens)
        for token in tokens:
            kind = token.type
            if kind == "blockquote_open":
                quotes += 1
            elif kind == "blockquote_close":
                quotes -= 1
            elif kind == "list_item_open":
                items += 1
            elif kind == "list_item_close":
                items -= 1
            if not token.map or not token.block:
                continue
            first, last = token.map
            if kind in _HELD:
                divides = not quotes and (kind in _DIVIDES or before in _DIVIDES)
                self._add_passed_over(done, first, is_edge=done == 0 or divides)
                before = kind
                done = max(done, last)
            if kind == "heading_open" and not items and is_indented_code(self._lines[first].text):
                self._paragraph_line(first)
            elif kind == "heading_open":
                self._heading(first, last, int(token.tag[1]), is_underlined=token.markup in {"-", "="})
            elif kind == "paragraph_open":
                number = first
                while number < last:
                    number = self._paragraph_line(number, quoted=quotes > 0, depth=items)
            elif kind == "html_block":
                self._html(first, last)
            elif kind == "fence":
                self._fence(token, first, last, wraps=wraps)
            elif kind == "hr":
                self._add_raw(first, "furniture")
            elif kind == "table_open":
                self._table(first, last)
        self._add_passed_over(done, len(self._lines), is_edge=True)

    def _add_passed_over(self, first: int, last: int, *, is_edge: bool) -> None:
        """
        Add the lines that the parser made no block of: it follows quotes and lists 20 deep.

        Marks without a text are between the paragraphs of an article, but not at the top and the end, nor
        next to headings and rules, where one may end.
        """
        for number in range(first, last):
            if not _ONLY_MARKS.fullmatch(self._lines[number].text):
                self._paragraph_line(number, quoted=True, depth=_DEEP)
            elif is_edge:
                self._add_raw(number, "furniture")

    def _gap(self, number: int) -> int:
        """Count the blank lines above a line."""
        gap = 0
        while number - gap > 0 and not self._lines[number - gap - 1].text.strip("\r\n \t\u3000>"):
            gap += 1
        return gap

    def _add(self, marked: Marked, line: _RawLine, number: int, **hints: object) -> None:
        marked.strip()
        if not marked.text:
            self._add_raw(number, "picture")
            return
        inner = line.text.strip()
        start = line.start + line.text.find(inner)
        if not hints.get("hint") and self._next_hint:
            hints["hint"] = self._next_hint
            if self._next_hint == "head" and not hints.get("level"):
                hints |= {"level": 2, "hint": ""}
            self._next_hint = ""
        self._after_picture = False
        self.builder.add(
            marked.text, marked.places, start, start + len(inner), gap=self._gap(number), **hints
        )

    def _add_raw(self, number: int, hint: Hint) -> None:
        """Add a line as it is, which is no text: a rule, a picture, a mark."""
        line = self._lines[number]
        inner = line.text.strip()
        if not inner:
            return
        start = line.start + line.text.find(inner)
        self._after_picture = hint == "picture"
        shown: Hint = "furniture" if hint == "furniture" else "picture"
        self.builder.add_text(inner, start, gap=self._gap(number), hint=shown)

    def _heading(self, first: int, last: int, level: int, *, is_underlined: bool) -> None:
        line = self._lines[first]
        if is_underlined:
            text = read_marks(line.text, line.start).text.strip()
            may_be = is_link(line.text.strip()) or not not_a_head(fold_page(text))
            is_head = last == first + 2 and bool(text) and may_be
            for number in range(first, last - 1):
                if is_head:
                    self._line(number, level=level)
                else:
                    self._paragraph_line(number)
            self._add_raw(last - 1, "furniture")
            return
        self._line(first, level=level)

    def _line(self, number: int, *, level: int, begin: int = 0) -> None:
        line = self._lines[number]
        bare = _QUOTE_MARK.match(line.text)
        since = bare.end() if bare else begin
        since = end_of_mark(line.text, since)
        text = without_closing(line.text[since:].rstrip())
        if is_row_of_links(text):
            self._add(read_marks(text, line.start + since), line, number, hint="furniture")
            return
        self.is_marked = True
        self._add(read_marks(text, line.start + since), line, number, level=level)

    def _paragraph_line(self, number: int, *, quoted: bool = False, depth: int = 0) -> int:
        """Add a line of a paragraph, with the next where a link goes on in it; return which follows."""
        line, lines = self._lines[number], 1
        if not (quoted or depth or self._next_hint or _MAY_BE_MARKED.search(line.text)):
            self._add_plain(line, number)
            return number + 1
        if "[" in line.text and not quoted:
            lines = lines_of_link([each.text for each in self._lines[number : number + MAX_LINK_LINES]])
            if lines > 1:
                joined = self._lines[number : number + lines]
                line = _RawLine(line.start, joined[-1].end, "".join(part.text for part in joined))
        self._add_line(line, number, quoted=quoted, depth=depth)
        return number + lines

    def _add_line(self, line: _RawLine, number: int, *, quoted: bool, depth: int) -> None:
        text = line.text
        since = 0
        if (model := MODEL_MARK.match(text)) and text[: model.end()].strip():
            self._next_hint = MODEL_HINTS.get(model["role"].strip(), "")
            if not text[model.end() :].strip():
                hint = self._next_hint
                self._add_raw(number, "furniture")
                self._next_hint = hint
                return
            since = model.end()
            if (end := end_of_mark(text, since)) > since:
                self._line(number, level=text[since:end].count("#"), begin=end)
                return
        if quoted and (mark := _QUOTE_MARK.match(text, since)):
            since = mark.end()
        if depth and (bullet := _BULLET.match(text, since)) and _has_text(text[bullet.end() :]):
            since = bullet.end()
        if _DEFINITION.fullmatch(text.strip()) or _SHORTCODE.fullmatch(text.strip()):
            self._add_raw(number, "furniture")
            return
        rest = text[since:]
        if is_row_of_links(rest.strip()):
            self._add(read_marks(rest, line.start + since), line, number, hint="furniture")
            return
        if "<" in rest and (HTML_BREAKS.search(rest) or _PICTURE_TAG.search(rest)):
            self._add_tagged(line, since, number)
            return
        lead = rest[: len(rest) - len(rest.lstrip())]
        marked = read_marks(rest, line.start + since)
        if "\n" in rest.strip():
            unwrap(marked)
        is_plain = not (quoted or depth >= _DEEP or "\n" in rest.strip())
        title_end = find_title_end(rest) if is_plain else 0
        self._add(
            marked,
            line,
            number,
            lead=lead,
            indented=is_indent(lead),
            title_end=title_end,
            hint="list" if depth else "",
        )

    def _add_plain(self, line: _RawLine, number: int) -> None:
        """Add a line that is text from end to end."""
        text = line.text.strip()
        if text:
            lead = "" if line.text[0] == text[0] else line.text[: line.text.find(text)]
            self._after_picture = False
            self.builder.add_text(
                text, line.start + len(lead), gap=self._gap(number), lead=lead, indented=is_indent(lead)
            )

    def _html(self, first: int, last: int) -> None:
        if _UNSEEN_BLOCK.match(self._lines[first].text):
            for number in range(first, last):
                self._add_raw(number, "furniture")
            return
        number = first
        while number < last:
            end = number + 1
            while end < last and goes_on(self._lines[end - 1].text, self._lines[end].text):
                end += 1
            joined = self._lines[number:end]
            line = _RawLine(joined[0].start, joined[-1].end, "".join(part.text for part in joined))
            if not line.text.strip():
                pass
            elif not _UNSEEN_PART.sub("", line.text).strip():
                self._add_raw(number, "furniture")
            elif _ONLY_TAGS.fullmatch(line.text):
                for each in range(number, end):
                    self._add_raw(each, "picture" if _PICTURE_TAG.search(line.text) else "furniture")
            elif "<" in line.text or "&" in line.text:
                self._add_tagged(line, 0, number)
            else:
                self._paragraph_line(number)
            number = end

    def _add_tagged(self, line: _RawLine, since: int, number: int) -> None:
        """Add the paragraphs of a line of HTML."""
        is_table = "<td" in line.text or "<th" in line.text
        gap = self._gap(number)
        was_picture = self._after_picture
        done = since
        ends = [match.end() for match in HTML_BREAKS.finditer(line.text, since)]
        for end in [*ends, len(line.text)]:
            raw = line.text[done:end]
            start = line.start + done
            done = end
            inner = raw.strip()
            if not inner:
                continue
            start += raw.find(inner)
            places = (start, start + len(inner))
            marked = read_tags(inner, start) if is_table else read_marks(inner, start)
            if not is_table:
                if "<" in marked.text:
                    marked.drop(_UNSEEN_PART)
                    marked.drop(_ANY_TAG)
                if "\n" in marked.text:
                    unwrap(marked)
                marked.strip()
            heading = _HTML_HEAD.search(inner)
            if not marked.text:
                is_picture = _PICTURE_TAG.search(inner) is not None
                self.builder.add_text(inner, start, gap=gap, hint="picture" if is_picture else "furniture")
                was_picture = is_picture or was_picture
            else:
                said, self._next_hint = self._next_hint, ""
                is_caption = said == "caption" or (was_picture and _CENTRED.search(inner) is not None)
                hint: Hint = "table" if is_table else "caption" if is_caption else ""
                level = int(heading["level"]) if heading else 0
                self.is_marked |= level > 0
                self.builder.add(marked.text, marked.places, *places, gap=gap, hint=hint, level=level)
            gap = 0
        self._after_picture = was_picture and not _has_text(_ANY_TAG.sub("", line.text))

    def _fence(self, token: Token, first: int, last: int, *, wraps: bool) -> None:
        """Add what a fence holds: a text where models set it around what they read, else code."""
        is_closed = last - first > 1 and self._lines[last - 1].text.strip().strip("`~") == ""
        inner_last = last - 1 if is_closed else last
        self._add_raw(first, "furniture")
        info = token.info.strip().lower()
        if info in (_CONTAINERS if wraps else _TEXTS) and first + 1 < inner_last:
            self.read(self._lines[first + 1].start, self._lines[inner_last - 1].end)
        else:
            for number in range(first + 1, inner_last):
                line = self._lines[number]
                inner = line.text.strip()
                if inner:
                    self.builder.add_text(inner, line.start + line.text.find(inner), hint="code")
        if is_closed:
            self._add_raw(last - 1, "furniture")

    def _table(self, first: int, last: int) -> None:
        """Add the rows of a table; one that says who wrote and when is lines of labels."""
        rows = [cells_of(line.text) for line in self._lines[first:last]]
        labels = labels_in(rows)
        for number, label in zip(range(first, last), labels or [()] * len(rows), strict=True):
            line = self._lines[number]
            if not labels or _TABLE_RULE.fullmatch(line.text):
                self._row(number)
            elif not label:
                self._add_raw(number, "furniture")
            else:
                inner = line.text.strip()
                start = line.start + line.text.find(inner)
                said = "\u3000".join(label)
                self.builder.add(said, [start] * len(said), start, start + len(inner), gap=self._gap(number))

    def _row(self, number: int) -> None:
        line = self._lines[number]
        if _TABLE_RULE.fullmatch(line.text):
            self._add_raw(number, "furniture")
            return
        inner = line.text.strip()
        start = line.start + line.text.find(inner)
        marked = read_marks(inner, start)
        marked.drop(_CELL_BORDER, " ")
        marked.strip()
        if marked.text:
            self._add(marked, line, number, hint="table")


def _has_text(text: str) -> bool:
    return any(char.isalnum() for char in text)
