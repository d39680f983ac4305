"""Headings, sizes and bold letters of Word documents tell where articles begin; all texts are made up."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import searchlib

FIRST = (
    "茶园里的银杏叶黄了，许多游客在周末来到大道上拍照。",
    "镇里负责人表示，落叶将保留到本周五，请游客注意防火。",
)
SECOND = (
    "镇图书馆新设的自习区昨晚投入使用，一百二十个座位很快坐满。",
    "馆长介绍，自习区开放至晚上十一点，下月还将增加插座。",
)
HEADS = ("银杏大道游人如织", "图书馆新自习区启用")
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = (
    f"<w:styles {WORD}><w:docDefaults>"
    "<w:rPrDefault><w:rPr><w:sz w:val='21'/></w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='b1'><w:name w:val='报纸标题'/><w:basedOn w:val='1'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='big'><w:name w:val='大'/>"
    "<w:rPr><w:b/><w:sz w:val='36'/></w:rPr></w:style>"
    "</w:styles>"
)


def paragraph(text: str, *, style: str = "", level: str = "", run: str = "") -> str:
    """Return a paragraph of a document."""
    said = (f"<w:pStyle w:val='{style}'/>" if style else "") + (
        f"<w:outlineLvl w:val='{level}'/>" if level else ""
    )
    return f"<w:p><w:pPr>{said}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def write(path: Path, *paragraphs: str, styles: str = STYLES) -> Path:
    """Write a document."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {WORD}><w:body>{''.join(paragraphs)}</w:body></w:document>"
        )
        archive.writestr("word/styles.xml", styles)
    return path


def read(path: Path) -> list[tuple[str, str]]:
    """Return headlines and texts."""
    return [(article.headline, article.body) for article in searchlib.read(path)]


@pytest.mark.parametrize(
    "how",
    [
        {"style": "1"},
        {"style": "b1"},
        {"style": "big"},
        {"level": "0"},
        {"run": "<w:b/>"},
        {"run": "<w:sz w:val='32'/>"},
        {"run": "<w:b w:val='true'/><w:sz w:val='28'/>"},
    ],
)
def test_what_is_set_as_a_heading_begins_an_article(how: dict[str, str], tmp_path: Path) -> None:
    """By its style, or one that this is based on, its level, or its letters; nobody signs."""
    parts = [
        part
        for head, texts in zip(HEADS, (FIRST, SECOND), strict=True)
        for part in (paragraph(head, **how), *map(paragraph, texts))
    ]
    found = read(write(tmp_path / "a.docx", *parts))
    assert found == [(HEADS[0], "\n".join(FIRST)), (HEADS[1], "\n".join(SECOND))]


@pytest.mark.parametrize(
    "run",
    ["<w:b w:val='0'/>", "<w:i/>", "<w:sz w:val='21'/>", "<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>"],
)
def test_what_is_set_as_the_text_is_no_heading(run: str, tmp_path: Path) -> None:
    """Also what was bold before somebody changed it."""
    parts = [
        paragraph(HEADS[0]),
        *map(paragraph, FIRST),
        paragraph(HEADS[1], run=run),
        *map(paragraph, SECOND),
    ]
    assert len(read(write(tmp_path / "a.docx", *parts))) == 1


def test_what_all_paragraphs_have_sets_none_apart(tmp_path: Path) -> None:
    """All in bold, or all in the style of a heading."""
    for how in ({"run": "<w:b/>"}, {"style": "1"}, {"style": "big"}):
        parts = [paragraph(text, **how) for text in (HEADS[0], *FIRST, "本报记者 周小禾")]
        [(headline, body)] = read(write(tmp_path / "a.docx", *parts))
        assert (headline, body) == (HEADS[0], "\n".join(FIRST))


def test_a_first_paragraph_in_bold_is_text(tmp_path: Path) -> None:
    """It ends as a sentence does; bold words inside a paragraph are no heading either."""
    parts = [
        paragraph(HEADS[0], style="1"),
        paragraph(FIRST[0], run="<w:b/>"),
        paragraph(FIRST[1]).replace(
            "</w:p>", "<w:r><w:rPr><w:b/></w:rPr><w:t>请互相转告。</w:t></w:r></w:p>"
        ),
    ]
    [article] = searchlib.read(write(tmp_path / "a.docx", *parts))
    assert (article.headline, article.sections) == (HEADS[0], ())
    assert article.body == f"{FIRST[0]}\n{FIRST[1]}请互相转告。"


def test_styles_that_are_based_on_one_another_end(tmp_path: Path) -> None:
    """A damaged document; its text is read."""
    turn = (
        f"<w:styles {WORD}><w:style w:styleId='x'><w:basedOn w:val='y'/></w:style>"
        "<w:style w:styleId='y'><w:basedOn w:val='x'/></w:style></w:styles>"
    )
    path = write(tmp_path / "a.docx", *(paragraph(text, style="x") for text in FIRST), styles=turn)
    assert "".join(body for _, body in read(path)) == "\n".join(FIRST)


def test_spans_are_ranges_of_the_document_s_text(tmp_path: Path) -> None:
    """`page_text` returns it, a line for each paragraph."""
    parts = [paragraph(HEADS[0], style="1"), *map(paragraph, FIRST)]
    path = write(tmp_path / "a.docx", *parts)
    [article] = searchlib.read(path)
    text = searchlib.page_text(path)
    assert text == "\n".join((HEADS[0], *FIRST))
    assert "".join(text[begin:end] for begin, end in article.spans).startswith(HEADS[0])
