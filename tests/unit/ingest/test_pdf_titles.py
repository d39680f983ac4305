"""Titles in bold before the texts of a PDF, as the prints of a digest have them; all texts are made up."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

import searchlib

pytest.importorskip("pypdfium2")
pytest.importorskip("reportlab")

NEWS = (
    ("柳溪春茶抢鲜上市", "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬。"),
    (
        "两条加工线月底投产",
        "镇农技站站长说，下一步将建设两条加工线，带动户均增收，明年还要再开一条，请邻村的人来做工。",
    ),
    ("河湾社区书屋亮灯", "河湾社区新建的书屋昨晚开放到九点，孩子们放学后可以来这里写作业。"),
)
PLAIN, BOLD = "STSong-Light", "STSong-Bold"


def _bold_font() -> None:
    """Register the font of the plain text under the name of a bold one: names are what is read."""
    from reportlab.pdfbase import cidfonts, pdfmetrics  # noqa: PLC0415

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: renamed(each) for key, each in value.items()}
        if isinstance(value, (list, tuple)):
            return type(value)(map(renamed, value))
        return value.replace(PLAIN, BOLD) if isinstance(value, str) else value

    cidfonts.CIDFontInfo[BOLD] = renamed(cidfonts.CIDFontInfo[PLAIN])
    pdfmetrics.registerFont(cidfonts.UnicodeCIDFont(PLAIN))
    bold = cidfonts.UnicodeCIDFont(PLAIN)
    bold.fontName = bold.name = BOLD
    bold.face = copy.copy(bold.face)
    bold.face.name = BOLD
    pdfmetrics.registerFont(bold)


def _draw(
    path: Path, top: str, form: str, wide: int, *, dividers: dict[int, str] | None = None, font: str = BOLD
) -> None:
    """Draw the news one below the other in lines of *wide* characters, their titles in *font*."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    _bold_font()
    canvas = Canvas(str(path))
    y = 760.0
    if top:
        canvas.setFont(PLAIN, 22)
        canvas.drawString(50, y, top)
        y -= 50
    for n, (title, text) in enumerate(NEWS):
        if dividers and n in dividers:
            canvas.setFont(BOLD, 16)
            canvas.drawString(50, y, dividers[n])
            y -= 26
        before, between = form.format(n=n + 1).split("|")
        whole = f"{before}{title}{between}{text}"
        end = len(before) + len(title)
        for start in range(0, len(whole), wide):
            x = 50.0
            for begin, stop, face in (
                (0, len(before), PLAIN),
                (len(before), end, font),
                (end, len(whole), PLAIN),
            ):
                run = whole[max(begin, start) : max(start, min(stop, start + wide))]
                if run:
                    canvas.setFont(face, 12)
                    canvas.drawString(x, y, run)
                    x += sum(12 if ord(char) > 0x2FFF else 6 for char in run)
            y -= 18
        y -= 8
    canvas.save()


@pytest.mark.parametrize("form", ["• |：", "|　", "{n}. |：", "- |。", "{n}、| "])
@pytest.mark.parametrize("wide", [17, 41])
def test_titles_in_bold_begin_articles(form: str, wide: int, tmp_path: Path) -> None:
    """Of an issue that says its name and day."""
    _draw(tmp_path / "a.pdf", "柳溪日报 2024年3月5日", form, wide)
    found = list(searchlib.read(tmp_path / "a.pdf"))
    assert [(article.headline, article.body, article.date) for article in found] == [
        (title, text, "2024-03-05") for title, text in NEWS
    ]


def test_heads_that_divide_are_no_articles(tmp_path: Path) -> None:
    """Larger heads stand over the items, and a file is named after its day."""
    _draw(tmp_path / "2024-03-05.pdf", "", "• |：", 41, dividers={0: "要闻", 2: "社区"})
    found = list(searchlib.read(tmp_path / "2024-03-05.pdf"))
    assert [(article.headline, article.body) for article in found] == list(NEWS)


def test_points_of_an_essay_stay_in_its_text(tmp_path: Path) -> None:
    """They are in bold, but no paper is named."""
    _draw(tmp_path / "a.pdf", "怎样照料一片茶园", "• |：", 40, font=BOLD)
    assert len(list(searchlib.read(tmp_path / "a.pdf"))) == 1


def test_points_of_an_issue_are_articles_without_bold_too(tmp_path: Path) -> None:
    """As in plain text."""
    _draw(tmp_path / "a.pdf", "柳溪日报 2024年3月5日", "• |：", 40, font=PLAIN)
    assert [(article.headline, article.body) for article in searchlib.read(tmp_path / "a.pdf")] == list(NEWS)
