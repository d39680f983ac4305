"""Word documents: paragraphs, with their headings, the size of their letters and what is bold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from searchlib.errors import CorpusError
from searchlib.ingest.archives import Blob, Parts
from searchlib.ingest.set_paragraphs import SetParagraph
from searchlib.ingest.xml import parse_xml

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNREAD = frozenset({"rt", "moveFrom", "pPrChange", "rPrChange"})
"""Readings over characters, and what was elsewhere or otherwise while changes were tracked."""
_MARKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_STYLES = "word/styles.xml"
_HEADING = re.compile(r"(?:heading|标题|標題)\s*(?P<level>[1-6])", re.IGNORECASE)
_TITLE = "title"
_OFF = frozenset({"0", "false", "off"})
_BODY_LEVEL = 9
"""The outline level of text."""
_MAX_LEVEL = 6
_MAX_CHAIN = 20
"""Styles at most that are based on one another."""


class _Setting(NamedTuple):
    """What a style or a run says of its letters; None where it says nothing."""

    level: int | None = None
    size: float | None = None
    is_bold: bool | None = None

    def over(self, other: _Setting) -> _Setting:
        """Return the setting with what another says where this says nothing."""
        return _Setting(
            other.level if self.level is None else self.level,
            other.size if self.size is None else self.size,
            other.is_bold if self.is_bold is None else self.is_bold,
        )


_NOTHING = _Setting()


def paragraphs_of_word(blob: Blob) -> list[SetParagraph]:
    """
    Return the paragraphs of a .docx, notes at the end.

    Raises:
        CorpusError: It is no Word document.
    """
    styles = _Styles()
    paragraphs = _Paragraphs(styles)
    with Parts(blob) as parts:
        if _PARTS[0] not in parts.names:
            raise CorpusError(blob.source, "is no Word document: it has no word/document.xml")
        for part in filter(parts.names.__contains__, (_STYLES, *_PARTS)):
            with parts.open(part) as stream:
                parse_xml(stream, blob.source, part, styles if part == _STYLES else paragraphs)
    return [paragraph.shown() for paragraph in paragraphs.found]


class _Settings:
    """Reads elements that say how letters are set, and keeps what they say."""

    def __init__(self) -> None:
        self.setting = _NOTHING

    def take(self, name: str, value: str | None) -> None:
        """Take an element and its value."""
        if name == "sz" and value and value.isdigit():
            self.setting = self.setting._replace(size=int(value) / 2)
        elif name == "b":
            self.setting = self.setting._replace(is_bold=value not in _OFF)
        elif name == "outlineLvl" and value and value.isdigit():
            level = int(value) + 1
            self.setting = self.setting._replace(level=level if level <= _MAX_LEVEL else 0)


class _Styles:
    """What the styles of a document say of paragraphs."""

    def __init__(self) -> None:
        self._own: dict[str, _Setting] = {}
        self._based_on: dict[str, str] = {}
        self._usual = ""
        self._all = _NOTHING
        self._style = ""
        self._read = _Settings()

    def start(self, tag: str, attributes: dict[str, str], /) -> None:
        name, value = _local(tag), _value(attributes)
        if name == "style":
            self._style = _attribute(attributes, "styleId")
            self._read = _Settings()
            is_usual = _attribute(attributes, "default") in {"1", "true"}
            if is_usual and _attribute(attributes, "type") == "paragraph":
                self._usual = self._style
        elif name == "basedOn" and value:
            self._based_on[self._style] = value
        elif name == "name" and self._style and (heading := _HEADING.fullmatch(value or "")):
            self._read.take("outlineLvl", str(int(heading["level"]) - 1))
        elif name == "name" and self._style and (value or "").lower() == _TITLE:
            self._read.take("outlineLvl", "0")
        else:
            self._read.take(name, value)

    def end(self, tag: str, /) -> None:
        name = _local(tag)
        if name == "style":
            self._own[self._style] = self._read.setting
            self._style = ""
        elif name == "rPrDefault":
            self._all = self._read.setting
            self._read = _Settings()

    def data(self, text: str, /) -> None:
        """Styles have no text."""

    def of(self, style: str) -> _Setting:
        """Return what a style says, and those that it is based on; the usual one where none is named."""
        setting, name = _NOTHING, style or self._usual
        for _ in range(_MAX_CHAIN):
            if name not in self._own:
                break
            setting = setting.over(self._own[name])
            name = self._based_on.get(name, "")
        return setting.over(self._all)


class _OpenParagraph:
    """A paragraph that is read: its pieces, and how many of its letters are set in which way."""

    def __init__(self, usual: _Setting) -> None:
        self.pieces: list[str] = []
        self.setting = usual
        self._sizes: Counter[float] = Counter()
        self._bold = self._chars = 0

    def add(self, text: str, setting: _Setting) -> None:
        """Add a text, set in a way of its own where that says so."""
        self.pieces.append(text)
        size = len(text.strip())
        setting = setting.over(self.setting)
        self._sizes[setting.size or 0.0] += size
        self._bold += size if setting.is_bold else 0
        self._chars += size

    def shown(self) -> SetParagraph:
        """Return the paragraph and how most of it is set."""
        size = self._sizes.most_common(1)[0][0] if self._chars else 0.0
        is_bold = self._bold * 2 > self._chars
        return SetParagraph("".join(self.pieces), self.setting.level or 0, size, is_bold)


class _Paragraphs:
    """Collects paragraphs in their order; one in a text box comes behind the one that holds the box."""

    def __init__(self, styles: _Styles) -> None:
        self.found: list[_OpenParagraph] = []
        self._styles = styles
        self._names: list[str] = []
        """Of the elements that are open, the outermost first."""
        self._into: list[_OpenParagraph | None] = [None]
        """Where text goes: each open paragraph, None for a text box outside of any."""
        self._unread = 0
        """How many elements are open that are not read, or are in one that is not."""
        self._settings = 0
        """The same, of settings of a paragraph."""
        self._run = _Settings()

    def start(self, tag: str, attributes: dict[str, str], /) -> None:
        name = _local(tag)
        self._names.append(name)
        if self._unread or name in _UNREAD or tag == _FALLBACK:
            self._unread += 1
        elif self._settings or name == "pPr":
            self._settings += 1
            self._set(name, _value(attributes))
        elif name == "p":
            self.found.append(_OpenParagraph(self._styles.of("")))
            self._into.append(self.found[-1])
        elif name == "txbxContent":
            self._into.append(None)
        elif name == "r":
            self._run = _Settings()
        elif "rPr" in self._names[-2:]:
            self._run.take(name, _value(attributes))
        else:
            self._take(_MARKS.get(name, ""))

    def end(self, _: str, /) -> None:
        name = self._names.pop()
        if self._unread:
            self._unread -= 1
        elif self._settings:
            self._settings -= 1
        elif name in {"p", "txbxContent"}:
            self._into.pop()

    def data(self, text: str, /) -> None:
        if self._names and self._names[-1] == "t" and not self._unread:
            self._take(text)

    def _set(self, name: str, value: str | None) -> None:
        """Take what the settings of a paragraph say; those of its mark say nothing of its letters."""
        paragraph = self._into[-1]
        if paragraph is None or value is None:
            return
        if name == "pStyle":
            paragraph.setting = self._styles.of(value)
        elif name == "outlineLvl":
            own = _Settings()
            own.take(name, value)
            paragraph.setting = own.setting.over(paragraph.setting)

    def _take(self, text: str) -> None:
        paragraph = self._into[-1]
        if paragraph is not None and text:
            paragraph.add(text, self._run.setting)


def _local(tag: str) -> str:
    for space in (_WORD, _WORD_STRICT):
        if tag.startswith(space):
            return tag.removeprefix(space)
    return ""


def _attribute(attributes: Mapping[str, str], name: str) -> str:
    """Return an attribute, the names of which come without the bracket that those of elements have."""
    return attributes.get(_WORD[1:] + name, "") or attributes.get(_WORD_STRICT[1:] + name, "")


def _value(attributes: Mapping[str, str]) -> str | None:
    return _attribute(attributes, "val") or None
