"""Records of a paper say their headline, day and page, and then what the page printed: the headline again."""

from __future__ import annotations

import pytest

from searchlib.pages.splitter import split_page

TEXT = (
    "    新华社柳溪三日电　柳溪县今年的春茶从三月初起陆续上市，比去年早了十天。\n"
    "    全县二十个合作社的社员都上了山，一天采茶三千斤。"
)
BODY = (
    "柳溪县今年的春茶从三月初起陆续上市，比去年早了十天。\n全县二十个合作社的社员都上了山，一天采茶三千斤。"
)


@pytest.mark.parametrize(
    ("head", "printed"),
    [
        ("### 柳溪春茶上市", "    柳溪春茶上市"),
        ("### 柳溪春茶上市  一天采茶三千斤", "    柳溪春茶上市\n    一天采茶三千斤"),
        ("### 柳溪春茶上市——茶乡见闻", "    柳溪春茶上市\n    ——茶乡见闻"),
        ("### 柳溪春茶上市", "    柳溪春茶上市（附图片）"),
        ("### 柳溪春茶上市", "    全县社员齐上山\n    柳溪春茶上市"),
        ("柳溪春茶上市", "    柳溪春茶上市"),
        ("**柳溪春茶上市**", "    柳溪春茶上市"),
    ],
)
def test_headline_said_again_begins_no_article(head: str, printed: str) -> None:
    """Below headline, writer, day and page the page's own lines are one article, in text and Markdown."""
    text = f"{head}\n林禾\n1958-03-05\n第2版()\n专栏：工业战线\n\n{printed}\n{TEXT}\n"
    (article,) = split_page(text)
    assert "柳溪春茶上市" in article.headline
    assert (article.authors, article.date, article.page) == (("林禾",), "1958-03-05", "2")
    assert (article.column, article.dateline, article.body) == ("工业战线", "新华社柳溪三日电", BODY)


def test_pen_name_and_printed_names_sign_once() -> None:
    """A name between headline and day needs no surname; it is read once, though printed twice."""
    text = (
        "### 槐花开过\n潍河\n1990-10-18\n第8版(副刊)\n专栏：\n\n    槐花开过\n    潍河\n    槐花落了一地。\n"
    )
    (article,) = split_page(text)
    assert (article.headline, article.authors, article.body) == ("槐花开过", ("潍河",), "槐花落了一地。")
    assert article.byline == "潍河"


@pytest.mark.parametrize("mark", ["### ", ""])
def test_each_record_of_a_file_has_its_own_day_and_page(mark: str) -> None:
    """Records joined to one file keep their days and pages."""
    text = "\n".join(
        f"{mark}{head}\n\n{day}\n第{page}版()\n专栏：\n\n    {head}\n{TEXT}\n"
        for head, day, page in (
            ("柳溪春茶上市", "1958-03-05", 2),
            ("竹坪修成水渠", "1958-03-06", 1),
            ("青石中学开运动会", "1958-03-09", 4),
        )
    )
    found = [(a.headline, a.date, a.page, a.body) for a in split_page(text)]
    assert found == [
        ("柳溪春茶上市", "1958-03-05", "2", BODY),
        ("竹坪修成水渠", "1958-03-06", "1", BODY),
        ("青石中学开运动会", "1958-03-09", "4", BODY),
    ]


def test_collection_below_its_own_headline_is_one_article() -> None:
    """What a record joins under a headline that the page printed stays joined, with its datelines."""
    text = (
        "### 四方贺春茶节\n\n1990-10-20\n第7版(国际)\n专栏：\n\n    四方贺春茶节\n    竹坪：值得自豪\n"
        "    据新华社竹坪10月15日电（林禾、周小禾）竹坪的客人说，柳溪值得为春茶节自豪。\n"
        "    青石：祝贺圆满成功\n    本报青石10月15日电  记者陈白石报道：青石的客人祝贺春茶节圆满成功。\n"
    )
    (article,) = split_page(text)
    assert article.headline == "四方贺春茶节"
    assert "祝贺春茶节圆满成功" in article.body


@pytest.mark.parametrize(
    "text",
    [
        "# 茶乡手记\n\n## 春茶\n\n春茶上市了，大家都高兴。\n\n## 夏茶\n\n夏茶要到六月才采。",
        "### 冰\n\n冰很厚。\n\n鱼很多。",
    ],
)
def test_text_that_begins_with_words_of_its_heading_is_kept(text: str) -> None:
    """A sentence that says its heading again is text."""
    body = "\n".join(article.body for article in split_page(text))
    assert ("春茶上市了" in body) or ("冰很厚" in body)
