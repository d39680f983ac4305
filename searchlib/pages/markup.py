"""
The marks inside a line of Markdown or HTML taken out, each character that is left with its place.

Emphasis, links, notes and pictures cut no word: `**重大**突破` reads 重大突破.
CommonMark opens emphasis only at a border of words as Latin script has them;
between Han characters there is none, so here a pair of marks is enough. `2*3*4`
and `get_file_name` stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

WORTH_A_LOOK = re.compile(r"[*_\[<&\\=~`!^$]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(`+)(?P<kept>[^`]+?)\1(?!`)")
_PICTURE = re.compile(
    r"!\[\[[^\[\]]*\]\]|!\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])"
)
_NOTE = re.compile(r"\[\^[^\[\]\s]+\]:?")
_WIKI = re.compile(r"\[\[(?:[^\[\]|]*\||:?[a-z]{2,3}:(?=[^\[\]|]+\]\]))?(?P<kept>[^\[\]|]+)\]\]")
"""A link of a wiki: what it shows, else the page that it leads to, without the language: [[zh:柳溪]]."""
_LINK = re.compile(
    r"\[(?P<kept>(?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?(?:[^()\s]|\([^()]*\))*>?(?:\s+[\"'“][^()]*)?\s*\)"
)
_REFERENCE = re.compile(r"\[(?P<kept>[^\[\]]+)\]\[[^\[\]\s]{0,40}\]")
_AUTOLINK = re.compile(r"<(?P<kept>(?:https?://|mailto:)[^<>\s]+)>")
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<\|[^<>|]*\|>")
_HIGHLIGHT = re.compile(r"==(?=\S)(?P<kept>[^=]+?)(?<=\S)==")
_STRUCK = re.compile(r"~~(?=\S)(?P<kept>[^~]+?)(?<=\S)~~")
_STRONG = re.compile(r"(?P<mark>\*{2,3})(?=[^\s*])(?P<kept>(?:[^*]|\*(?!\*))*?[^\s*])(?P=mark)(?!\*)")
_EMPHASIS = re.compile(
    r"(?<![*\w])\*(?=[^\s*])(?P<kept>[^*]*?[^\s*])\*(?!\*)|(?<=[^\x00-\x7f])\*(?=[^\s*])(?P<han>[^*]*?[^\s*])\*(?![*0-9A-Za-z])"
)
_UNDERLINED = re.compile(
    r"(?<![A-Za-z0-9_])(?P<mark>_{1,3})(?=[^\s_])(?P<kept>(?:[^_]|(?<=\w)_(?=\w))*?[^\s_])(?P=mark)(?![A-Za-z0-9_])"
)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,10}|#\d{1,7}|#x[0-9A-Fa-f]{1,6});")
_MAY_TITLE = re.compile(r"\*|_|\]\(|<[bs]|【")
_TITLE = re.compile(
    r"\s*[^\w\s*\[<(（【|]{0,3}\s*(?:(?:第?\d{1,3}\s*[.、．)）:：]|[(（]\d{1,3}[)）])\s*)?"
    r"(?:\*\*[^*]+\*\*|__[^_]+__|\*[^*\s][^*]*\*|_[^_\s][^_]*_|<(?P<tag>b|strong)>[^<]+</(?P=tag)>|【[^【】]{4,60}】(?=[^【】]+$)"
    r"|(?:\*\*)?\[(?:[^\[\]]|\[[^\[\]]*\])+\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*\)(?:\*\*)?)"
)
"""What a paragraph begins with that is emphasised, boxed or a link."""
_KEPT = (_AUTOLINK, _LINK, _REFERENCE, _WIKI, _HIGHLIGHT, _STRUCK, _STRONG, _UNDERLINED, _EMPHASIS)
_DELIMITERS = {
    _WIKI: "[[",
    _LINK: "](",
    _REFERENCE: "][",
    _HIGHLIGHT: "==",
    _STRUCK: "~~",
    _STRONG: "**",
    _UNDERLINED: "_",
    _EMPHASIS: "*",
    _AUTOLINK: "<",
}
_BLOCK_TAG = (
    r"(?:p|div|li|h[1-6]|tr|blockquote|table|tbody|thead|figure|figcaption|section|article|ul|ol|dl|dt|dd|center|summary|details"
    r"|header|footer|main|nav|aside|pre|form|address)"
)
HTML_BREAKS = re.compile(
    rf"<(?:br|hr)\s*/?>|</{_BLOCK_TAG}\s*>|(?=<(?:p|div|h[1-6]|section|article|blockquote|figure|center|li)\b)",
    re.IGNORECASE,
)
_BLOCK_EDGE = re.compile(
    rf"</?(?:{_BLOCK_TAG}|td|th|br|hr|img|iframe|video|audio|script|style)\b", re.IGNORECASE
)
_FIRST_TAG = re.compile(r"\s*</?[A-Za-z][^<>]*>")
_LAST_TAG = re.compile(r"</?[A-Za-z][^<>]*>\s*$")
_WRAP = re.compile(r"(?<![!-~])[ \t]*\n\s*|[ \t]*\n\s*(?![!-~])")
_SPACED_WRAP = re.compile(r"[ \t]*\n\s*")
MAX_LINK_LINES = 4
"""Lines at most over which the words of one link go."""


class Marked:
    """A text with the place of each of its characters; marks are taken out one kind after another."""

    def __init__(self, text: str, places: Sequence[int]) -> None:
        self.text = text
        self.places = places

    def drop(self, pattern: re.Pattern[str], instead: str = "") -> None:
        """Take out all that a pattern matches but for its group `kept`; put *instead* in its place."""
        parts: list[str] = []
        places: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            start, end = match.span()
            name = match.lastgroup
            begins, ends = match.span(name) if name and name != "mark" else (end, end)
            if "kept" in pattern.groupindex and match.group("kept") is not None:
                begins, ends = match.span("kept")
            parts += [self.text[done:start], instead if begins == ends else "", self.text[begins:ends]]
            places += self.places[done:start]
            if instead and begins == ends:
                places.append(self.places[start])
            places += self.places[begins:ends]
            done = end
        if done:
            self.text = "".join([*parts, self.text[done:]])
            places += self.places[done:]
            self.places = places

    def resolve(self) -> None:
        """Write references such as &amp; as the characters that they stand for."""
        parts: list[str] = []
        places: list[int] = []
        done = 0
        for match in _ENTITY.finditer(self.text):
            made = unescape(match.group())
            if made == match.group():
                continue
            start = match.start()
            parts += [self.text[done:start], made]
            places += self.places[done:start]
            places += [self.places[start]] * len(made)
            done = match.end()
        if done:
            self.text = "".join([*parts, self.text[done:]])
            places += self.places[done:]
            self.places = places

    def strip(self) -> None:
        """Take the white space off both ends."""
        right = len(self.text.rstrip())
        left = len(self.text) - len(self.text.lstrip())
        if left or right < len(self.text):
            self.text, self.places = self.text[left:right], self.places[left:right]


def read_marks(text: str, begin: int) -> Marked:
    """
    Take the marks of Markdown out of a line.

    Args:
        begin: Where the line begins in the file's text.

    >>> read_marks("一项**重大**[突破](a.html)", 0).text
    '一项重大突破'
    """
    marked = Marked(text, range(begin, begin + len(text)))
    if WORTH_A_LOOK.search(text):
        escapes: dict[str, str] = {}
        _protect(marked, escapes)
        _drop_marks(marked)
        if "&" in marked.text:
            marked.resolve()
        if escapes:
            marked.text = marked.text.translate({ord(private): char for private, char in escapes.items()})
    marked.strip()
    return marked


def _drop_marks(marked: Marked) -> None:
    """Take out pictures, notes, tags and emphasis; a kind whose delimiter is not there is not looked for."""
    if "![" in marked.text:
        marked.drop(_PICTURE)
    if "[^" in marked.text:
        marked.drop(_NOTE)
    for _ in range(_DEEPEST):
        before = marked.text
        for pattern in _KEPT:
            if _DELIMITERS[pattern] in marked.text:
                marked.drop(pattern)
        if marked.text == before:
            break
    if "<" in marked.text:
        marked.drop(_TAG)


_DEEPEST = 4
"""Marks inside marks that are taken out at most."""
_PRIVATE = 0xF0000
"""Where the characters begin that stand for escaped ones and for code while marks are looked for."""


def _protect(marked: Marked, escapes: dict[str, str]) -> None:
    """Put private characters in the place of escaped marks and of the marks inside code."""

    def stand_in(char: str) -> str:
        private = chr(_PRIVATE + ord(char))
        escapes[private] = char
        return private

    if "\\" in marked.text:
        parts: list[str] = []
        places: list[int] = []
        done = 0
        for match in _ESCAPED.finditer(marked.text):
            parts += [marked.text[done : match.start()], stand_in(match.group(1))]
            places += [*marked.places[done : match.start()], marked.places[match.start()]]
            done = match.end()
        marked.text = "".join([*parts, marked.text[done:]])
        places += marked.places[done:]
        marked.places = places
    if "`" in marked.text:
        code = [match.span("kept") for match in _CODE.finditer(marked.text)]
        for start, end in code:
            inner = "".join(
                stand_in(char) if WORTH_A_LOOK.match(char) else char for char in marked.text[start:end]
            )
            marked.text = marked.text[:start] + inner + marked.text[end:]
        marked.drop(_CODE)


def read_tags(text: str, begin: int) -> Marked:
    """Take the tags and references of HTML out of a text; a cell's end is a space."""
    marked = Marked(text, range(begin, begin + len(text)))
    marked.drop(_CELL_END, " ")
    marked.drop(_TAG)
    marked.resolve()
    marked.strip()
    return marked


_CELL_END = re.compile(r"</t[dh]\s*>\s*(?=<t[dh])", re.IGNORECASE)


def find_title_end(text: str) -> int:
    """Return where the bold words or the link end that begin a paragraph, without the marks; 0 for none."""
    title = _TITLE.match(text) if _MAY_TITLE.search(text) else None
    return len(read_marks(title.group(), 0).text) if title else 0


def unwrap(marked: Marked) -> None:
    """Take line breaks out: nothing is in their place between Han characters, else a space."""
    marked.drop(_WRAP)
    marked.drop(_SPACED_WRAP, " ")


def lines_of_link(lines: Sequence[str]) -> int:
    """
    Return over how many lines goes what the first begins: the words of a link may be broken at its end.

    >>> lines_of_link(["看 [茶园", "导览](a.html)。", "二"]), lines_of_link(["看 [茶园", "导览。"])
    (2, 1)
    """
    done = 1
    while lines[done - 1].rfind("[") > lines[done - 1].rfind("]"):
        for place in range(done, len(lines)):
            words, closed, _ = lines[place].partition("](")
            if "[" in words or "]" in words or not lines[place].strip():
                return done
            if closed:
                done = place + 1
                break
        else:
            return done
    return done


def goes_on(line: str, after: str) -> bool:
    """Return whether a line of HTML goes on in the next: a tag that sets no block is at its end."""
    last, first = _LAST_TAG.search(line), _FIRST_TAG.match(after)
    if not (line.strip() and after.strip() and (last or first)):
        return False
    return not any(tag and _BLOCK_EDGE.match(tag.group().strip()) for tag in (last, first))
