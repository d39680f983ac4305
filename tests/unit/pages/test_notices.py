"""Advertisements and notices among the news of a page; all texts and people are made up."""

from __future__ import annotations

import pytest

from searchlib import split_page

ONE = "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬。"
TWO = "镇农技站站长说，下一步将建设两条加工线，带动户均增收两千元。"
THREE = "河湾社区新建的书屋昨晚开放到九点，孩子们放学后可以来这里写作业。"


def page(between: str) -> list[tuple[str, str, str]]:
    """Return overline, headline and text of two signed news with something between them."""
    text = f"柳溪春茶上市\n本报讯（记者 周小禾）{ONE}\n{between}\n书屋亮灯\n本报讯（记者 高原）{THREE}"
    return [(a.overline, a.headline, a.body) for a in split_page(text)]


NEWS = [("", "柳溪春茶上市", ONE), ("", "书屋亮灯", THREE)]


@pytest.mark.parametrize(
    "advert",
    [
        "柳溪茶叶店新茶上市 电话：0571-88888888 地址：柳溪镇老街18号",
        "\n广告\n柳溪茶庄　新茶上市　价廉物美　电话八八二三\n",
        "\n·廣告·\n柳溪茶莊　新茶上市\n價廉物美　電話八八二三\n",
        "【广告】\n柳溪茶庄新茶上市\n",
    ],
)
def test_an_advertisement_is_in_no_article(advert: str) -> None:
    """Neither does it join the article above, nor is it over the headline below."""
    assert page(advert) == NEWS


@pytest.mark.parametrize("head", ["遗失声明", "拍卖公告", "招聘启事", "讣告", "尋人啟事", "緊要告白"])
@pytest.mark.parametrize("gap", ["\n", ""])
def test_a_notice_is_an_article_of_its_own(head: str, gap: str) -> None:
    """Though nobody signs it, and whatever it speaks of."""
    found = page(f"{gap}{head}\n{TWO}{gap}")
    assert found == [NEWS[0], ("", head, TWO), NEWS[1]]


@pytest.mark.parametrize("line", ["镇政府发表声明", "报名电话：0571-88888888"])
def test_a_line_that_only_speaks_of_one_is_none(line: str) -> None:
    """The heading of a section, and where to ask, stay with the articles."""
    assert [headline for _, headline, _ in page(f"\n{line}\n{TWO}")] == ["柳溪春茶上市", "书屋亮灯"]


@pytest.mark.parametrize("behind", ["", f"\n{TWO}", f"\n\n{TWO}\n{ONE}"])
@pytest.mark.parametrize("advert", ["广告", "柳溪茶叶店新茶上市 电话：0571-88888888 地址：柳溪镇老街18号"])
def test_an_advertisement_may_be_last_or_over_a_text(advert: str, behind: str) -> None:
    """There is no headline behind it."""
    news = f"柳溪春茶上市\n本报讯（记者 周小禾）{ONE}\n\n书屋亮灯\n本报讯（记者 高原）{THREE}"
    assert [a.headline for a in split_page(f"{news}\n\n{advert}{behind}")][:2] == ["柳溪春茶上市", "书屋亮灯"]
