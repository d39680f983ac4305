"""One newspaper page of three articles in the forms that scanners, models and papers give it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any, NamedTuple

MASTHEAD = "柳溪日报 2024年3月5日 星期二 第05版"
CAPTION = ("茶农在山坡上采摘春茶。", "高原 摄")


class Story(NamedTuple):
    """A headline, the dateline with its reporter, and the paragraphs of the text."""

    headline: str
    opening: str
    author: str
    paragraphs: tuple[str, ...]


STORIES = (
    Story(
        "柳溪春茶抢鲜上市",
        "本报3月4日讯（记者 周小禾）",
        "周小禾",
        (
            "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬。早晨六点，茶垄间已经站满了背着竹篓的采茶工。",
            "镇农技站站长说，今年气温回升得快，开采比去年提前了五天。下一步镇里将建设两条加工线，带动户均增收两千元。",
        ),
    ),
    Story(
        "河湾社区书屋亮灯",
        "本报3月4日讯（记者 高秀兰）",
        "高秀兰",
        (
            "河湾社区新建的书屋昨晚开放到九点，孩子们放学后可以来这里写作业。书屋里有三千多册图书，都是居民捐来的旧书。",
            "社区干部说，书屋每周安排两位退休教师值班，陪孩子们读书，周末还要请人来讲镇上的老故事。",
        ),
    ),
    Story(
        "北桥加固完工通车",
        "本报3月3日讯（通讯员 李青）",
        "李青",
        (
            "经过四个月的施工，北桥加固工程昨天完工，公交车重新从桥上通过。桥面加宽了一米，两侧新装了护栏和路灯。",
            "工程队的负责人说，施工避开了早晚高峰，夜里浇筑，白天养护，没有让居民绕过一天的远路。",
        ),
    ),
)
LINE_CHARS = 19
"""Characters to a line of a column."""


def lines_of(text: str, *, indented: bool = True) -> list[str]:
    """Break a paragraph at the column's width."""
    text = ("\u3000\u3000" if indented else "") + text
    return [text[start : start + LINE_CHARS] for start in range(0, len(text), LINE_CHARS)]


class Placed(NamedTuple):
    """A line with its place from the top left in points, its size, and what it is."""

    text: str
    left: float
    top: float
    size: float
    kind: str
    region: int


WIDTH, HEIGHT = 500.0, 700.0
SIZE, LEADING = 10.0, 16.0


def placed() -> list[Placed]:
    """Set the page: a running head, the first story over two columns, the others in one column each."""
    lines = [Placed(MASTHEAD, 40, 20, 9, "header", 1)]
    region = 2
    first = STORIES[0]
    lines.append(Placed(first.headline, 140, 60, 24, "head", region))
    body = [
        line
        for n, p in enumerate(first.paragraphs)
        for line in lines_of((first.opening if not n else "") + p)
    ]
    half = (len(body) + 1) // 2
    for column, part in enumerate((body[:half], body[half:])):
        region += 1
        lines += [
            Placed(line, 40 + column * 220, 110 + n * LEADING, SIZE, "text", region)
            for n, line in enumerate(part)
        ]
    top = 110 + half * LEADING + 20
    region += 1
    lines.append(Placed("".join((CAPTION[0], "　", CAPTION[1])), 60, top, 8, "caption", region))
    for column, story in enumerate(STORIES[1:]):
        region += 1
        left = 40 + column * 220
        lines.append(Placed(story.headline, left + 10, top + 40, 18, "head", region))
        region += 1
        body = [
            line
            for n, p in enumerate(story.paragraphs)
            for line in lines_of((story.opening if not n else "") + p)
        ]
        lines += [
            Placed(line, left, top + 70 + n * LEADING, SIZE, "text", region) for n, line in enumerate(body)
        ]
    return lines


def _shown(line: Placed) -> tuple[str, float, float]:
    """Return the text without its indent, where it begins and where it ends."""
    bare = line.text.lstrip("\u3000")
    left = line.left + (len(line.text) - len(bare)) * line.size
    return bare, left, left + len(bare) * line.size


def as_pdf() -> bytes:
    """Draw the page."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 (for the tests alone)
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    file = BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT))
    for line in placed():
        text, left, _ = _shown(line)
        canvas.setFont("STSong-Light", line.size)
        canvas.drawString(left, HEIGHT - line.top - line.size, text)
    canvas.save()
    return file.getvalue()


def _regions() -> list[list[Placed]]:
    regions: dict[int, list[Placed]] = {}
    for line in placed():
        regions.setdefault(line.region, []).append(line)
    return list(regions.values())


def as_hocr() -> bytes:
    """Write what Tesseract writes as hOCR, a word for each character and number."""
    parts = [f"<div class='ocr_page' title='image \"a.png\"; bbox 0 0 {WIDTH:.0f} {HEIGHT:.0f}'>"]
    for region in _regions():
        parts.append("<div class='ocr_carea'><p class='ocr_par'>")
        for line in region:
            text, left, right = _shown(line)
            kind = (
                "ocr_header"
                if line.kind == "header"
                else "ocr_caption"
                if line.kind == "caption"
                else "ocr_line"
            )
            box = f"bbox {left:.0f} {line.top:.0f} {right:.0f} {line.top + line.size:.0f}"
            parts.append(f"<span class='{kind}' title=\"{box}; x_size {line.size}\">")
            parts += [
                f"<span class='ocrx_word' title='{box}; x_wconf 95'>{html.escape(word)}</span> "
                for word in re.findall(r"[0-9A-Za-z]+|\S", text)
            ]
            parts.append("</span>")
        parts.append("</p></div>")
    return f"<html><body>{''.join(parts)}</div></body></html>".encode()


def as_alto() -> bytes:
    """Write ALTO."""
    parts = []
    for region in _regions():
        rows = []
        for line in region:
            text, left, right = _shown(line)
            place = (
                f'HPOS="{left:.0f}" VPOS="{line.top:.0f}" WIDTH="{right - left:.0f}" HEIGHT="{line.size:.0f}"'
            )
            rows.append(f'<TextLine {place}><String CONTENT="{html.escape(text)}" {place}/></TextLine>')
        block = f"<TextBlock>{''.join(rows)}</TextBlock>"
        name = "TopMargin" if region[0].kind == "header" else ""
        parts.append(f"<{name}>{block}</{name}>" if name else f"<PrintSpace>{block}</PrintSpace>")
    page = f'<Page WIDTH="{WIDTH:.0f}" HEIGHT="{HEIGHT:.0f}">{"".join(parts)}</Page>'
    name = 'xmlns="http://www.loc.gov/standards/alto/ns-v4#"'
    return f'<?xml version="1.0" encoding="UTF-8"?><alto {name}><Layout>{page}</Layout></alto>'.encode()


def as_page_xml() -> bytes:
    """Write PAGE XML."""
    kinds = {"header": "header", "head": "heading", "caption": "caption", "text": "paragraph"}
    parts = []
    for number, region in enumerate(_regions()):
        rows = []
        for line in region:
            text, left, right = _shown(line)
            low, high = line.top, line.top + line.size
            points = " ".join(
                f"{x:.0f},{y:.0f}" for x, y in ((left, low), (right, low), (right, high), (left, high))
            )
            said = f"<TextEquiv><Unicode>{html.escape(text)}</Unicode></TextEquiv>"
            rows.append(f'<TextLine><Coords points="{points}"/>{said}</TextLine>')
        parts.append(
            f'<TextRegion id="r{number}" type="{kinds[region[0].kind]}">{"".join(rows)}</TextRegion>'
        )
    page = f'<Page imageWidth="{WIDTH:.0f}" imageHeight="{HEIGHT:.0f}">{"".join(parts)}</Page>'
    name = 'xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"'
    return f'<?xml version="1.0" encoding="UTF-8"?><PcGts {name}>{page}</PcGts>'.encode()


def as_tsv() -> bytes:
    """Write Tesseract's TSV."""
    head = "level page_num block_num par_num line_num word_num left top width height conf text"
    rows: list[list[Any]] = [head.split(), [1, 1, 0, 0, 0, 0, 0, 0, WIDTH, HEIGHT, -1, ""]]
    for number, region in enumerate(_regions(), 1):
        for place, line in enumerate(region, 1):
            text, left, right = _shown(line)
            rows.append([5, 1, number, 1, place, 1, left, line.top, right - left, line.size, 95, text])
    return "\n".join("\t".join(map(str, row)) for row in rows).encode()


def _blocks() -> list[tuple[str, str]]:
    """Return the blocks that a model makes of the page, with their kind."""
    blocks = [("header", MASTHEAD)]
    for number, story in enumerate(STORIES):
        blocks.append(("head", story.headline))
        blocks += [("text", (story.opening if not n else "") + p) for n, p in enumerate(story.paragraphs)]
        if not number:
            blocks.append(("caption", "　".join(CAPTION)))
    return blocks


def as_mineru() -> bytes:
    """Write MinerU's content_list.json."""
    items: list[dict[str, Any]] = []
    for kind, text in _blocks():
        if kind == "caption":
            items.append(
                {"type": "image", "img_path": "images/1.jpg", "image_caption": [text], "page_idx": 0}
            )
        else:
            item: dict[str, Any] = {
                "type": "header" if kind == "header" else "text",
                "text": text,
                "page_idx": 0,
            }
            items.append(item | ({"text_level": 1} if kind == "head" else {}))
    return json.dumps(items, ensure_ascii=False).encode()


def as_mineru_markdown() -> bytes:
    """Write MinerU's Markdown."""
    made = {"head": "# {}", "header": "{}", "text": "{}", "caption": "![](images/1.jpg)\n{}"}
    return "\n\n".join(made[kind].format(text) for kind, text in _blocks()).encode()


def as_paddle() -> bytes:
    """Write the JSON of PP-Structure and PaddleOCR-VL."""
    labels = {"head": "paragraph_title", "header": "header", "text": "text", "caption": "figure_title"}
    blocks = [
        {"block_label": labels[kind], "block_content": text, "block_bbox": [0, n * 20, 400, n * 20 + 18]}
        for n, (kind, text) in enumerate(_blocks())
    ]
    return json.dumps({"input_path": "a.png", "parsing_res_list": blocks}, ensure_ascii=False).encode()


def as_paddle_markdown() -> bytes:
    """Write the Markdown of PaddleOCR-VL: pictures and their captions in HTML."""
    made = {
        "head": "## {}",
        "header": "{}",
        "text": "{}",
        "caption": '<div style="text-align: center;"><img src="imgs/1.jpg" alt="Image" /></div>\n\n'
        '<div style="text-align: center;">{}</div>',
    }
    return "\n\n".join(made[kind].format(text) for kind, text in _blocks()).encode()


def as_html() -> bytes:
    """Write a web page."""
    made = {
        "head": "<h2>{}</h2>",
        "header": "<div class='top'>{}</div>",
        "text": "<p>\u3000\u3000{}</p>",
        "caption": "<figure><img src='1.jpg'><figcaption>{}</figcaption></figure>",
    }
    body = "".join(made[kind].format(html.escape(text)) for kind, text in _blocks())
    menu = "<ul class='nav'><li><a href='1'>第04版：综合</a></li><li><a href='2'>第06版：体育</a></li></ul>"
    return f"<html><head><title>柳溪日报数字报</title></head><body>{menu}{body}</body></html>".encode()


FORMS: dict[str, Callable[[], bytes]] = {
    "a.pdf": as_pdf,
    "a.hocr": as_hocr,
    "a.xml": as_alto,
    "page.xml": as_page_xml,
    "a.tsv": as_tsv,
    "a_content_list.json": as_mineru,
    "mineru.md": as_mineru_markdown,
    "a_res.json": as_paddle,
    "paddle.md": as_paddle_markdown,
    "a.html": as_html,
}
