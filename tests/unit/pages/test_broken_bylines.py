"""Bylines before a text that a column's edge has broken, and brackets that name editors and writers."""

from __future__ import annotations

import pytest
from pages_composer import wrapped

from searchlib import split_page

TEXT = (
    "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬，比去年提前五天，茶农人人都忙。"
)
OTHER = "河湾社区新建的书屋昨晚开放到九点，孩子们放学后可以来这里写作业，周末还有人讲故事给他们听，天天如此。"


def _lines(text: str, size: int) -> str:
    return "\n".join(wrapped(text, size))


@pytest.mark.parametrize("size", range(16, 24))
@pytest.mark.parametrize(
    "before",
    [
        "记者 周小禾 高原 报道 ",
        "［本报记者 周小禾 高原］",
        "【记者周小禾、高原／北京报导】",
        "（记者 周小禾 高原 北京报道）",
        "本报讯（记者 周小禾 高原）",
    ],
)
def test_a_byline_is_read_wherever_the_edge_has_cut_it_or_the_text_behind_it(before: str, size: int) -> None:
    """Names, posts and the first words of the text may be cut by a line end."""
    page = f"春茶抢鲜上市\n\n{_lines(before + TEXT, size)}\n\n书屋亮灯\n\n{_lines(before + OTHER, size)}\n"
    articles = split_page(page)
    assert [article.headline for article in articles] == ["春茶抢鲜上市", "书屋亮灯"]
    assert [article.authors for article in articles] == [("周小禾", "高原")] * 2
    assert [article.body for article in articles] == [TEXT, OTHER]


@pytest.mark.parametrize(
    "byline", ["撰文 周小禾", "周小禾/文", "作者：周小禾", "文/周小禾", "采写：周小禾 高原"]
)
def test_who_wrote_stands_below_a_head_as_long_as_the_column(byline: str) -> None:
    """What names do tells them from the rest of a head."""
    head = "柳溪镇茶园进入采摘旺季今年早"
    page = "\n".join(
        f"{first}\n{byline}\n{_lines('　　' + text, 14)}"
        for first, text in ((head, TEXT), ("书屋亮灯", OTHER))
    )
    articles = split_page(page)
    assert [article.headline for article in articles] == [head, "书屋亮灯"]
    assert all("周小禾" in article.authors for article in articles)


@pytest.mark.parametrize("end", ["\n\n", "\n", ""])
@pytest.mark.parametrize(
    "brackets",
    [
        "（责编：王平 作者：周小禾）",
        "（作者：周小禾 责编：王平）",
        "（编辑：王平；记者：周小禾）",
        "（本文编辑：王平 作者：周小禾）",
        "（编审：王平 责编：高原 作者：周小禾）",
        "【责任编辑：王平 通讯员：周小禾】",
    ],
)
def test_brackets_that_name_editors_and_writers_sign(brackets: str, end: str) -> None:
    """Editors before the writer hide nobody, and are no authors."""
    page = f"春茶抢鲜上市\n\n{TEXT}{end}{brackets}\n\n书屋亮灯\n\n{OTHER}{end}{brackets}\n"
    articles = split_page(page)
    assert [(article.authors, article.body) for article in articles] == [
        (("周小禾",), TEXT),
        (("周小禾",), OTHER),
    ]


@pytest.mark.parametrize(
    "brackets", ["（原标题：记者 周小禾探访茶园）", "（责编：王平）", "（编辑：王平 校对：高原）"]
)
def test_an_original_title_and_editors_alone_sign_nothing(brackets: str) -> None:
    """They end a text."""
    article = split_page(f"春茶抢鲜上市\n\n本报讯 {TEXT}\n\n{brackets}\n")[0]
    assert (article.authors, article.body) == ((), TEXT)


@pytest.mark.parametrize(
    "byline", ["□ 记者 周小禾 高原 本报讯 ", "新华社记者 周小禾 高原 ", "江视新闻记者 周小禾 高原 报道："]
)
@pytest.mark.parametrize("size", range(17, 24))
def test_on_a_page_with_indents_the_first_line_with_a_byline_goes_on_in_the_text(
    byline: str, size: int
) -> None:
    """The text below a byline of its own would be moved in as well."""
    texts = f"今年开春以来{TEXT}", f"上周六晚七点{OTHER}"
    page = "\n\n".join(
        "\n".join((head, _lines(f"　　{byline}{first}", size), _lines(f"　　{second}", size)))
        for head, first, second in (("春茶抢鲜上市", *texts), ("书屋亮灯", *reversed(texts)))
    )
    articles = split_page(page)
    assert [article.authors for article in articles] == [("周小禾", "高原")] * 2
    assert [article.body for article in articles] == ["\n".join(texts), "\n".join(reversed(texts))]
