"""
What OCR models write: MinerU's content_list.json and PaddleOCR's JSON, with what they took each block for.

Their labels are hints: titles are heads, captions belong to pictures, headers,
footers and numbers to the sheet. Their Markdown is read as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from searchlib.ingest.layout import page_of_lines
from searchlib.ingest.reading_order import SetLine
from searchlib.pages.blocks import LINE_WRAP, Hint, Page, PageBuilder
from searchlib.pages.markup import read_marks, read_tags

_LABELS: dict[str, tuple[Hint, int]] = {
    "doc_title": ("head", 1),
    "title": ("head", 1),
    "paragraph_title": ("head", 2),
    "sub_title": ("head", 2),
    "text": ("text", 0),
    "abstract": ("text", 0),
    "content": ("text", 0),
    "plain_text": ("text", 0),
    "list": ("text", 0),
    "reference": ("text", 0),
    "footnote": ("text", 0),
    "vision_footnote": ("text", 0),
    "table": ("table", 0),
    "code": ("code", 0),
    "figure_title": ("caption", 0),
    "figure_caption": ("caption", 0),
    "image_caption": ("caption", 0),
    "chart_title": ("caption", 0),
    "table_title": ("caption", 0),
    "table_caption": ("caption", 0),
    "header": ("furniture", 0),
    "footer": ("furniture", 0),
    "number": ("furniture", 0),
    "page_number": ("furniture", 0),
    "aside_text": ("furniture", 0),
    "header_image": ("furniture", 0),
    "footer_image": ("furniture", 0),
    "seal": ("furniture", 0),
    "discarded": ("furniture", 0),
    "page_footnote": ("text", 0),
}
_ROW_END = re.compile(r"</tr\s*>|<br\s*/?>", re.IGNORECASE)
_ENDS = re.compile(r"[。！？!?…][”’』」\"')）】]*$")
_MINERU_TYPES = frozenset({"text", "image", "table", "equation", "list", "code", "chart", *_LABELS})


def page_of_models(value: Any) -> Page | None:
    """Return the page of blocks that a JSON value is, None when it is something else: records, say."""
    if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
        if all(item.get("type") in _MINERU_TYPES and "page_idx" in item for item in value):
            return _make(_of_mineru(value))
        if all(_paddle_of(item) is not None for item in value):
            return _make(
                block for number, item in enumerate(value) for block in _of_paddle(_paddle_of(item), number)
            )
        if all("bbox" in item and "type" in item and "res" in item for item in value):
            return _make(_of_structure(value))
    if isinstance(value, Mapping):
        if (inner := _paddle_of(value)) is not None:
            return _make(_of_paddle(inner, 0))
        result = value.get("res") if isinstance(value.get("res"), Mapping) else value
        if isinstance(result, Mapping) and "rec_texts" in result:
            return _of_lines(result)
        answer = value.get("result")
        outer = answer if isinstance(answer, Mapping) else value
        results = outer.get("layoutParsingResults")
        if isinstance(results, list) and results:
            pages = [
                _paddle_of(item.get("prunedResult", item)) for item in results if isinstance(item, Mapping)
            ]
            return _make(
                block for number, item in enumerate(pages) if item for block in _of_paddle(item, number)
            )
    return None


_BOX_NUMBERS = 4
Found = tuple[str, Hint, int, int, Any]
"""Text, hint, level, sheet and box of a block."""


def _paddle_of(value: Any) -> Mapping[str, Any] | None:
    if not isinstance(value, Mapping):
        return None
    inner = value.get("res") if isinstance(value.get("res"), Mapping) else value
    return inner if isinstance(inner, Mapping) and isinstance(inner.get("parsing_res_list"), list) else None


def _of_mineru(items: Sequence[Mapping[str, Any]]) -> Iterator[Found]:
    for item in items:
        kind = str(item.get("type"))
        sheet = int(item.get("page_idx") or 0)
        box = item.get("bbox")
        captions = [text for key in item if key.endswith("_caption") for text in _texts(item[key])]
        notes = [text for key in item if key.endswith("_footnote") for text in _texts(item[key])]
        if kind in {"image", "chart"}:
            yield from ((text, "caption", 0, sheet, box) for text in captions + notes)
            continue
        if kind == "table":
            yield from ((text, "text", 0, sheet, box) for text in captions)
            yield from ((text, "table", 0, sheet, box) for text in _texts(item.get("table_body")))
            yield from ((text, "text", 0, sheet, box) for text in notes)
            continue
        hint, level = _LABELS.get(kind, ("text", 0))
        said = int(item.get("text_level") or 0)
        texts = _texts(
            item.get("text") or item.get("list_items") or item.get("code_body") or item.get("content")
        )
        for text in texts:
            yield text, "head" if said else hint, said or level, sheet, box


def _of_paddle(page: Mapping[str, Any] | None, number: int) -> Iterator[Found]:
    if page is None:
        return
    sheet = int(page.get("page_index") or number)
    blocks = [block for block in page["parsing_res_list"] if isinstance(block, Mapping)]
    for block in blocks:
        label = str(block.get("block_label") or block.get("label") or "text")
        text = str(block.get("block_content") or block.get("content") or "")
        hint, level = _LABELS.get(label, ("text", 0))
        if label in {"image", "chart", "formula", "figure"} and not re.search(r"[一-鿿]", text):
            continue
        yield text, hint, level, sheet, block.get("block_bbox") or block.get("bbox")


def _of_structure(items: Sequence[Mapping[str, Any]]) -> Iterator[Found]:
    """Read the list of regions that the first versions of PP-Structure write."""
    for item in items:
        hint, level = _LABELS.get(str(item["type"]).lower(), ("text", 0))
        result = item["res"]
        if isinstance(result, Mapping):
            yield str(result.get("html") or result.get("text") or ""), hint, level, 0, item["bbox"]
        elif isinstance(result, list):
            texts = [str(line.get("text") or "") for line in result if isinstance(line, Mapping)]
            yield "\n".join(texts), hint, level, 0, item["bbox"]


def _of_lines(result: Mapping[str, Any]) -> Page:
    """Make a page of lines that were only recognised, each with its box."""
    lines: list[SetLine] = []
    boxes = result.get("rec_boxes") or result.get("rec_polys") or result.get("dt_polys") or []
    for text, box in zip(result["rec_texts"], boxes, strict=False):
        flat = [float(n) for part in box for n in (part if isinstance(part, (list, tuple)) else [part])]
        xs, ys = (
            (flat[0::2], flat[1::2]) if len(flat) > _BOX_NUMBERS else ([flat[0], flat[2]], [flat[1], flat[3]])
        )
        left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
        lines.append(SetLine(str(text), left, top, right, bottom, bottom - top or 1.0))
    right = max((line.right for line in lines), default=1.0)
    bottom = max((line.bottom for line in lines), default=1.0)
    return page_of_lines(lines, {0: (right, bottom)})


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, Mapping):
        return _texts(value.get("text") or value.get("content"))
    return []


def _make(found: Iterator[Found]) -> Page:
    builder = PageBuilder()
    place = 0
    is_marked = False
    for text, hint, level, sheet, _ in found:
        is_table = hint == "table"
        parts = _ROW_END.split(text) if is_table else _paragraphs(text)
        gap = 1
        for part in parts:
            marked = read_tags(part, 0) if is_table else read_marks(part, 0)
            line = marked.text
            depth = re.match(r"#{1,6}\s+", line)
            line = line[depth.end() :] if depth else line
            if not line:
                continue
            is_marked |= level > 0
            builder.add(
                line,
                list(range(place, place + len(line))),
                place,
                place + len(line),
                gap=gap,
                hint=hint,
                level=level,
                sheet=sheet,
            )
            place += len(line) + 1
            gap = 0
    return builder.page(has_lines=False, is_marked=is_marked)


def _paragraphs(text: str) -> list[str]:
    """Cut the text of a block where a line ends with a sentence; other line ends are the column's."""
    parts: list[str] = []
    for raw in text.split("\n"):
        line = raw.strip()
        if not line:
            continue
        if parts and not _ENDS.search(parts[-1]) and not raw.startswith(("　　", "    ")):
            parts[-1] = f"{parts[-1]}{LINE_WRAP}{line}"
        else:
            parts.append(line)
    return parts
