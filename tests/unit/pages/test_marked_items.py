"""Sentences behind marks: captions of pictures, or news in short."""

from __future__ import annotations

import pytest

from searchlib.pages.splitter import split_page

PAGE = "柳溪日报 1990年10月5日 第3版\n\n"
NEWS = "春茶上市\n本报讯（记者林禾）春茶昨日上市，比去年早了十天。"


@pytest.mark.parametrize("mark", "▲●■◆")
def test_sentences_in_a_row_behind_marks_are_news_in_short(mark: str) -> None:
    """Three sentences behind marks below one headline are its text, not captions of pictures."""
    items = ["县长三日会见了来访的茶商代表团一行。", "竹坪的水渠昨日通水。", "本县中学昨日举行春季运动会。"]
    listed = "\n".join(mark + item for item in items)
    text = f"{PAGE}县内简讯\n{listed}\n\n{NEWS}"
    found = [(article.kind, article.headline, article.body) for article in split_page(text)]
    assert found[0][1:] == ("县内简讯", "\n".join(items))
    assert [kind for kind, _, _ in found] == ["brief", "brief"]


def test_captions_in_a_row_that_name_pictures_stay_captions() -> None:
    """图为 behind each mark tells of pictures, however many there are."""
    shown = "\n".join(f"▲图为{what}。" for what in ("采茶的社员", "水渠通水的那一天", "百米赛跑"))
    text = f"{PAGE}{NEWS}\n\n{shown}"
    assert [a.kind for a in split_page(text)] == ["brief"] + ["photo_caption"] * 3


@pytest.mark.parametrize("tag", ["center", 'p align="center"'])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_centred_line_below_a_picture_is_its_caption(tag: str, gap: str) -> None:
    """Whatever HTML sets a line in the middle, below a picture in Markdown it is no text."""
    shown = f"![](a.png){gap}<{tag}>采茶的社员</{tag.split(maxsplit=1)[0]}>"
    text = f"# 茶山春色\n\n茶山上人来人往。\n\n{shown}\n\n茶价也涨了。\n"
    found = [(a.kind, a.body) for a in split_page(text, source="a.md")]
    assert found == [("article", "茶山上人来人往。\n茶价也涨了。"), ("photo_caption", "采茶的社员")]
