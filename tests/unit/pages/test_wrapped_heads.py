"""Heads that were broken over two lines, by a column's edge or by who set the page, are one head."""

from __future__ import annotations

import pytest
from pages_composer import wrapped

from searchlib import split_page

WIDTH = 17
TEA = (
    "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬，比去年早五天，"
    "茶农大会闭幕时说，年会开幕以来人人都忙。"
)
BOOKS = "河湾社区新建的书屋昨晚开放到九点，孩子们放学后可以来这里写作业，周末还有人讲故事给他们听。"
BRIDGE = "北桥加固工程历时七个月，昨天上午恢复通车，桥面加宽了两米，两侧新装了护栏和路灯，行人走得放心。"


def _lines(*paragraphs: str) -> str:
    return "\n\n".join("\n".join(wrapped(paragraph, WIDTH)) for paragraph in paragraphs)


def _headlines(page: str) -> list[str]:
    return [article.headline.replace(" ", "") for article in split_page(page)]


@pytest.mark.parametrize("mark", ["■ ", "●", "◆ ", "□", "★"])
def test_a_head_behind_an_icon_goes_on_behind_the_columns_edge(mark: str) -> None:
    """The icon marks its first line only."""
    heads = "柳溪春茶抢鲜上市今年开采比去年早五天", "河湾社区书屋亮灯到九点孩子们有了好去处", "北桥通车"
    authors = "周小禾", "高原", "王喆"
    page = _lines(
        *(
            paragraph
            for head, author, text in zip(heads, authors, (TEA, BOOKS, BRIDGE), strict=True)
            for paragraph in (f"{mark}{head}", f"本报讯（记者 {author}）{text}")
        )
    )
    assert _headlines(page) == list(heads)
    assert [article.authors for article in split_page(page)] == [(author,) for author in authors]


def test_a_byline_behind_an_icon_is_no_head_that_goes_on() -> None:
    """Names behind an icon sign, though they fill the column."""
    byline = "□ 本报记者 周小禾 高原林"
    page = f"柳溪春茶\n\n{byline}\n{_lines(TEA)}\n\n书屋亮灯\n\n□ 本报记者 高原\n{_lines(BOOKS)}"
    assert [article.authors for article in split_page(page)] == [("周小禾", "高原林"), ("高原",)]


@pytest.mark.parametrize("mark", ["# ", "## ", "### "])
@pytest.mark.parametrize("rest", ["闭幕", "年会开幕", "早五天"])
def test_a_heading_goes_on_behind_the_columns_edge(mark: str, rest: str) -> None:
    """Also where its rest may be a name: the text says it with the heading's end."""
    before = {
        "闭幕": "柳溪镇第四次茶农大会",
        "年会开幕": "北桥茶农说柳溪镇，",
        "早五天": "柳溪镇春茶上市比去年",
    }[rest]
    head = "柳溪河湾北桥三地今年的"[: WIDTH - len(mark) - len(before)] + before
    page = "\n\n".join(
        (
            f"{mark}{head}\n{rest}\n\n{_lines(f'本报讯（记者 周小禾）{TEA}')}",
            f"{mark}河湾社区书屋亮灯\n\n{_lines(f'本报讯（记者 高原）{BOOKS}')}",
            f"{mark}北桥通车\n\n{_lines(f'本报讯（记者 王喆）{BRIDGE}')}",
        )
    )
    assert _headlines(page) == [head + rest, "河湾社区书屋亮灯", "北桥通车"]


def test_names_below_a_heading_as_wide_as_the_column_sign() -> None:
    """No text says them with the heading's end."""
    page = f"## 柳溪镇今年的春茶抢鲜上市早\n周小禾\n\n{_lines(TEA)}\n\n## 书屋亮灯\n高原\n\n{_lines(BOOKS)}"
    assert [article.authors for article in split_page(page)] == [("周小禾",), ("高原",)]


TWO_LINES = """柳溪镇春茶抢鲜上
市比去年早了五天
本报讯（记者 周小禾）柳溪镇茶园进入采摘旺季，春茶抢鲜上市，预计月底前采完第一茬。
镇农技站站长说，下一步将建设两条加工线，带动户均增收两千元。

河湾社区的书屋亮
灯孩子们有好去处
本报讯（记者 高原）河湾社区新建的书屋昨晚亮灯，孩子们放学后可以来这里写作业。

北桥加固工程完工
两侧新装护栏路灯
本报讯（记者 王喆）北桥加固工程历时七个月，昨天上午恢复通车，桥面加宽了两米。
"""


@pytest.mark.parametrize("indent", ["", "　　"])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_long_heads_right_over_their_texts_are_set_in_two_lines(indent: str, between: str) -> None:
    """One text says what stands across, and the others have lines of one length."""
    page = TWO_LINES.replace("本报讯", f"{indent}本报讯").replace("\n\n", between)
    articles = split_page(page)
    assert [article.headline.replace(" ", "") for article in articles] == [
        "柳溪镇春茶抢鲜上市比去年早了五天",
        "河湾社区的书屋亮灯孩子们有好去处",
        "北桥加固工程完工两侧新装护栏路灯",
    ]
    assert [article.overline for article in articles] == [""] * 3


def test_two_heads_of_one_length_stay_apart_where_no_text_says_what_stands_across() -> None:
    """One length alone shows nothing."""
    page = "柳溪镇里茶事正忙\n春茶抢鲜上市早了\n本报讯（记者 周小禾）茶园进入采摘旺季，预计月底前采完第一茬。"
    article = split_page(page)[0]
    assert (article.headline, article.subtitle) == ("柳溪镇里茶事正忙", "春茶抢鲜上市早了")


@pytest.mark.parametrize(
    "lines",
    [
        "不要做河湾的孩子\n不要做柳溪的孩子\n河湾的孩子不要哭，他们说。",
        "@鲜茶：今天又看了一遍北桥演得真好\n@河湾：各位老师不会删帖了\n好@河，大家都这么说。",
        "今年的新版手册并没有改这一节的内容，\n而是在第二节数据的介绍中提了一嘴：\n内容，而是提了一嘴。",
        "第一项工作是春茶抢鲜上\n2. 市场上的价格要看好了才行\n上2. 市场都要看一看。",
        "**来源:** 柳溪新闻网\n**正文:** 网上的书屋\n网正是书屋，大家都来看。",
        "柳溪镇第四次会议纪录\n时　　间　七月二日上午九时\n录时间和地点，都在这里。",
    ],
)
def test_other_lines_over_a_text_stay_as_they_are(lines: str) -> None:
    """Verse, remarks, lists and labels are no heads, even if the text says what stands across."""
    assert split_page(lines, split="never")[0].body == lines


@pytest.mark.parametrize("mark", ["▌", "▍", "▎", "█ ", "┃", "▇"])
def test_a_bar_before_a_head_is_none_of_it(mark: str) -> None:
    """Letters to readers set bars before their heads."""
    page = f"{mark}柳溪春茶抢鲜上市\n\n本报讯（记者 周小禾）{TEA}\n\n{mark}书屋亮灯\n\n本报讯 {BOOKS}\n"
    assert _headlines(page) == ["柳溪春茶抢鲜上市", "书屋亮灯"]


@pytest.mark.parametrize(
    "line", ["责任编辑 王平 电话 0431-85286000 2024年12月18日", "责编：王平 2024年12月18日 星期三"]
)
def test_a_line_of_editors_says_the_day(line: str) -> None:
    """Where no masthead does."""
    page = f"{line}\n\n柳溪春茶抢鲜上市\n\n本报讯（记者 周小禾）{TEA}\n"
    assert [article.date for article in split_page(page)] == ["2024-12-18"]
