"""
What OCR writes with the places of its lines: hOCR, ALTO, PAGE XML, Tesseract's TSV.

Each names regions in reading order and their lines; the page is made of these
as of the lines of a PDF. Not for what OCR models write: see ocr_models.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from statistics import median
from xml.etree import ElementTree as ET

from searchlib.ingest.layout import page_of_lines
from searchlib.ingest.reading_order import SetLine
from searchlib.ingest.xml import xml_tree
from searchlib.pages.blocks import Hint, Page

_BOX = re.compile(r"\bbbox\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)")
_SIZE = re.compile(r"\bx_(?:f?size)\s+([\d.]+)")
_LATIN = re.compile(r"[A-Za-z0-9]$")
_STARTS_LATIN = re.compile(r"[A-Za-z0-9]")
_TSV_HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
_WORD_LEVEL = 5
_TSV_CELLS = 12
_PAGE_HINTS: dict[str, Hint] = {
    "heading": "head",
    "header": "furniture",
    "footer": "furniture",
    "page-number": "furniture",
    "caption": "caption",
    "footnote": "text",
}

Sheets = dict[int, tuple[float, float]]


def is_hocr(text: str) -> bool:
    """Return whether an HTML text is hOCR."""
    return "ocr_page" in text and ("ocrx_word" in text or "ocr_line" in text)


def is_layout_xml(head: str) -> bool:
    """Return whether an XML text begins as ALTO or PAGE does."""
    return re.search(r"<(?:\w+:)?(?:alto|PcGts)[\s>]", head[:4000]) is not None


def is_tesseract_tsv(first: str) -> bool:
    """Return whether the first line of a table is that of Tesseract's TSV."""
    return first.strip().startswith(_TSV_HEAD[:40])


def _words(parts: Iterable[str]) -> str:
    """Join the words of a line: Han characters without a space."""
    text = ""
    for part in parts:
        if text and _LATIN.search(text) and _STARTS_LATIN.match(part):
            text += " "
        text += part
    return text


def _make(lines: list[SetLine], sheets: Sheets) -> Page:
    """Give the lines of a region one size: boxes are drawn about what is printed, 一 is low."""
    groups: dict[int, list[SetLine]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(line)
    for group in groups.values():
        size = median(line.size for line in group)
        for line in group:
            line.size = size
    return page_of_lines(lines, sheets, is_ordered=True)


def page_of_hocr(text: str) -> Page:
    """
    Read hOCR.

    Source:
        hOCR 1.2, sections 3 and 5: ocr_page, ocr_carea, ocr_par, ocr_line, ocrx_word, bbox, x_size.
    """
    reader = _Hocr()
    reader.feed(text)
    reader.close()
    reader.end_line()
    return _make(reader.lines, reader.sheets)


class _Hocr(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[SetLine] = []
        self.sheets: Sheets = {}
        self._group = 0
        self._hint: Hint = ""
        self._words: list[str] = []
        self._word: list[str] | None = None
        self._in_line = False
        self._box = (0.0, 0.0, 0.0, 0.0)
        self._size = 0.0
        self._bold = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        kinds = named.get("class", "").split()
        title = named.get("title", "")
        found = _BOX.search(title)
        box = tuple(map(float, found.groups())) if found else (0.0, 0.0, 0.0, 0.0)
        if "ocr_page" in kinds:
            self.end_line()
            self.sheets[len(self.sheets)] = (box[2] or 1.0, box[3] or 1.0)
        elif "ocr_par" in kinds or "ocr_carea" in kinds:
            self.end_line()
            self._group += 1
            self._hint = ""
        elif kinds and kinds[0] in {"ocr_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"}:
            self.end_line()
            self._in_line = True
            hints: dict[str, Hint] = {
                "ocr_header": "furniture",
                "ocr_footer": "furniture",
                "ocr_caption": "caption",
            }
            self._hint = hints.get(kinds[0], "")
            self._box = box  # type: ignore[assignment]
            size = _SIZE.search(title)
            self._size = float(size.group(1)) if size else box[3] - box[1]
        elif "ocrx_word" in kinds:
            self._word = []
        elif tag in {"strong", "b"}:
            self._bold = True

    def handle_endtag(self, tag: str) -> None:
        if self._word is not None and tag == "span":
            word = "".join(self._word).strip()
            if word:
                self._words.append(word)
            self._word = None

    def handle_data(self, data: str) -> None:
        if self._word is not None:
            self._word.append(data)
        elif self._in_line and data.strip():
            self._words.append(data.strip())

    def end_line(self) -> None:
        """Keep the line that is open."""
        text = _words(self._words)
        if text:
            sheet = max(0, len(self.sheets) - 1)
            self.lines.append(
                SetLine(text, *self._box, self._size or 1.0, sheet, self._bold, self._hint, 0, self._group)
            )
        self._words = []
        self._in_line = self._bold = False


def page_of_layout_xml(data: bytes, source: str) -> Page:
    """Read ALTO or PAGE XML, told by its root."""
    root = xml_tree(io.BytesIO(data), source, "page")
    return _alto(root) if _local(root) == "alto" else _page_xml(root)


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(element: ET.Element, name: str) -> Iterator[ET.Element]:
    return (each for each in element.iter() if _local(each) == name)


def _number(element: ET.Element, name: str) -> float:
    try:
        return float(element.get(name) or 0)
    except ValueError:
        return 0.0


def _alto(root: ET.Element) -> Page:
    """
    Read ALTO.

    Source:
        ALTO 4: Page, PrintSpace, TextBlock, TextLine, String with CONTENT, SUBS_CONTENT, HYP.
    """
    sizes = {style.get("ID"): _number(style, "FONTSIZE") for style in _all(root, "TextStyle")}
    bolds = {style.get("ID") for style in _all(root, "TextStyle") if "bold" in (style.get("FONTSTYLE") or "")}
    lines: list[SetLine] = []
    sheets: Sheets = {}
    group = 0
    for number, page in enumerate(_all(root, "Page")):
        sheets[number] = (_number(page, "WIDTH") or 1.0, _number(page, "HEIGHT") or 1.0)
        margins = {
            id(each)
            for name in ("TopMargin", "BottomMargin")
            for part in _all(page, name)
            for each in part.iter()
        }
        for block in _all(page, "TextBlock"):
            group += 1
            for line in _all(block, "TextLine"):
                strings = list(_all(line, "String"))
                text = _words(string.get("CONTENT") or "" for string in strings)
                if next(_all(line, "HYP"), None) is not None and not text.endswith("-"):
                    text += "-"
                styles = [
                    ref
                    for each in (line, block, *strings[:1])
                    for ref in (each.get("STYLEREFS") or "").split()
                ]
                size = next((sizes[ref] for ref in styles if sizes.get(ref)), 0.0) or _number(line, "HEIGHT")
                left, top = _number(line, "HPOS"), _number(line, "VPOS")
                lines.append(
                    SetLine(
                        text,
                        left,
                        top,
                        left + _number(line, "WIDTH"),
                        top + _number(line, "HEIGHT"),
                        size or 1.0,
                        number,
                        any(ref in bolds for ref in styles),
                        "furniture" if id(line) in margins else "",
                        0,
                        group,
                    )
                )
    return _make(lines, sheets)


def _page_xml(root: ET.Element) -> Page:
    """
    Read PAGE XML.

    Source:
        PAGE 2019-07-15: TextRegion with its type, TextLine, TextEquiv, ReadingOrder.
    """
    lines: list[SetLine] = []
    sheets: Sheets = {}
    group = 0
    for number, page in enumerate(_all(root, "Page")):
        sheets[number] = (_number(page, "imageWidth") or 1.0, _number(page, "imageHeight") or 1.0)
        order = {
            ref.get("regionRef"): place
            for place, ref in enumerate(
                sorted(_all(page, "RegionRefIndexed"), key=lambda ref: int(ref.get("index") or 0))
            )
        }
        regions = list(_all(page, "TextRegion"))
        regions.sort(key=lambda region: order.get(region.get("id"), len(order)))
        for region in regions:
            group += 1
            hint = _PAGE_HINTS.get(region.get("type") or "", "")
            for line in (child for child in region if _local(child) == "TextLine"):
                points = _points(line)
                text = next(
                    (
                        unicode.text or ""
                        for equiv in line
                        if _local(equiv) == "TextEquiv"
                        for unicode in _all(equiv, "Unicode")
                    ),
                    "",
                )
                left, top = min(x for x, _ in points), min(y for _, y in points)
                right, bottom = max(x for x, _ in points), max(y for _, y in points)
                style = next(_all(line, "TextStyle"), None)
                size = _number(style, "fontSize") if style is not None else 0.0
                lines.append(
                    SetLine(
                        text,
                        left,
                        top,
                        right,
                        bottom,
                        size or bottom - top or 1.0,
                        number,
                        hint=hint,
                        group=group,
                    )
                )
    return _make(lines, sheets)


def _points(line: ET.Element) -> list[tuple[float, float]]:
    coords = next((each for each in line if _local(each) == "Coords"), None)
    pairs = (coords.get("points") or "").split() if coords is not None else []
    points = [(float(x), float(y)) for x, _, y in (pair.partition(",") for pair in pairs) if y]
    return points or [(0.0, 0.0)]


def page_of_tsv(lines: Iterable[str]) -> Page:
    """
    Read the TSV of Tesseract.

    Source:
        Tesseract 5, `tesseract IMAGE OUT tsv`: a word a row below its page, block, paragraph and line.
    """
    found: dict[tuple[int, int, int, int], tuple[list[str], list[float]]] = {}
    sheets: Sheets = {}
    for row in lines:
        cells = row.rstrip("\r\n").split("\t")
        if len(cells) < _TSV_CELLS or not cells[0].isdigit():
            continue
        level, page, block, paragraph, number = map(int, cells[:5])
        left, top, width, height = map(float, cells[6:10])
        if level == 1:
            sheets[page] = (width or 1.0, height or 1.0)
        if level == _WORD_LEVEL and cells[11].strip():
            words, box = found.setdefault((page, block, paragraph, number), ([], [left, top, 0.0, 0.0]))
            words.append(cells[11].strip())
            box[:] = [
                min(box[0], left),
                min(box[1], top),
                max(box[2], left + width),
                max(box[3], top + height),
            ]
    groups = {key: place for place, key in enumerate(dict.fromkeys(key[:3] for key in found), 1)}
    made = [
        SetLine(
            _words(words),
            box[0],
            box[1],
            box[2],
            box[3],
            box[3] - box[1] or 1.0,
            key[0],
            group=groups[key[:3]],
        )
        for key, (words, box) in found.items()
    ]
    return _make(made, sheets)
