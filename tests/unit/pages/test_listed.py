"""Issues that list their own articles: the list says where each begins, however the titles are set."""

from __future__ import annotations

import pytest
from checks import patience

from searchlib.pages import explain_page, split_page

A = "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬。"
B = "镇农技站站长说，下一步将建设两条加工线，带动户均增收两千元。"
C = "河湾社区新建的书屋昨晚开放到九点，孩子们放学后可以来这里写作业。"
TITLES = ("春茶采摘忙", "加工线月底投产", "河湾书屋亮灯")
TEXTS = (A, B, C)


def _issue(top: str, entry: str, title: str) -> str:
    """Print an issue: its name, a list of titles, and each title over its text."""
    listed = "\n".join(entry.format(n=n, title=name) for n, name in enumerate(TITLES, 1))
    texts = "\n\n".join(
        title.format(title=name) + "\n\n" + text for name, text in zip(TITLES, TEXTS, strict=True)
    )
    return f"{top}\n\n{listed}\n\n{texts}\n"


@pytest.mark.parametrize(
    ("top", "entry", "title"),
    [
        ("柳溪文摘 第12期\n\n本期目录", "{n}. {title}", "{title}"),
        ("柳溪周刊\n2024年第3期\n目 录", "{title}……………{n}", "{title}"),
        ("柳溪县人民政府公报\n2016年第1号\n目　录", "{title}…………（{n}）", "{title}"),
        ("柳溪通讯 第5期", "[时事] {n}. {title}", "{title}"),
        ("柳溪校报 第30期 本期要目", "· {title}", "{title}"),
        ("柳溪晚报 2023年2月11日 星期六 第02版", "{title}", "{title}"),
        ("柳溪簡報 第7號\n目錄", "{n}、{title}", "{title}"),
        ("柳溪月刊 二〇〇一年第二期", "（{n}）{title}", "{title}"),
        ("柳溪季刊 第9辑\n要目", "{title} / 周小禾", "{title}"),
        (
            "◇ 柳 溪 文 摘 ◇\n第300期 2001年1月5日出版\n本 期 目 录",
            "{n}. {title}………周小禾",
            "        {title}",
        ),
        ("柳溪学刊\n第4卷 第2期\nContents", "{n} {title} ...... {n}", "{title}"),
    ],
)
def test_the_titles_that_an_issue_lists_begin_its_articles(top: str, entry: str, title: str) -> None:
    """Each title that the list names begins an article, with the text below it."""
    found = split_page(_issue(top, entry, title))
    assert [article.headline for article in found] == list(TITLES)
    assert [article.body for article in found] == list(TEXTS)


@pytest.mark.parametrize(
    "top",
    ["柳溪茶业发展规划", "关于茶园的几点想法\n\n周小禾", "制茶手册\n\n目录", "读书笔记"],
)
def test_the_sections_that_one_text_lists_stay_in_it(top: str) -> None:
    """A list is no proof of several articles where nothing says that the text is an issue."""
    found = split_page(_issue(top, "{n}. {title}", "{title}"))
    assert len(found) == 1


@pytest.mark.parametrize("number", ["第{n}章 ", "{n}.1 ", "第{n}节 "])
def test_chapters_are_no_articles(number: str) -> None:
    """Numbered chapters stay in their book, though it has a number in a series."""
    entry = number + "{title}"
    text = _issue("柳溪文库 第3辑\n目录", entry, "{title}")
    for n, title in enumerate(TITLES, 1):
        text = text.replace(f"\n\n{title}\n\n", f"\n\n{number.format(n=n)}{title}\n\n")
    assert len(split_page(text)) == 1


def test_the_writer_that_the_list_names_signs_below_the_title() -> None:
    """A pen name that no surname begins signs, where the list has it behind the title."""
    text = _issue("柳溪文摘 第12期\n目录", "{n}. {title}……………石头", "{title}\n\n·石头·")
    assert [article.authors for article in split_page(text)] == [("石头",)] * len(TITLES)


def test_a_name_in_brackets_over_a_listed_title_is_its_column() -> None:
    """It does not end up as the signature of the article before."""
    text = _issue("柳溪文摘 第12期\n目录", "{n}. {title}", "【时事】\n\n{title}")
    assert [article.column for article in split_page(text)] == ["时事"] * len(TITLES)


def test_a_listed_title_may_run_over_two_lines() -> None:
    """The list has it on one."""
    text = _issue("柳溪文摘 第12期\n目录", "{n}. {title}", "{title}").replace(
        "\n\n加工线月底投产\n", "\n\n加工线月底\n投产\n"
    )
    assert [article.headline for article in split_page(text)] == list(TITLES)


def test_too_few_titles_come_again() -> None:
    """Two titles may be chance, and so may titles of which most do not come again."""
    text = _issue("柳溪文摘 第12期\n目录", "{n}. {title}", "{title}")
    assert not any(
        line.role == "contents" for line in explain_page(text.replace("\n河湾书屋亮灯\n", "\n书屋\n"))
    )


@pytest.mark.parametrize("leader", ["\u3000", " ", "\t", "\u3000 ", "…", "-"])
def test_a_long_leader_is_read_in_one_way(leader: str) -> None:
    """However many spaces it has; a pattern that tries all divisions takes seconds a line."""
    lines = [(f"{first}南区一年打基" + leader * 50)[:50] for first in "甲乙丙丁戊己庚辛壬癸子丑"]
    page = "\n".join(f"{line}三年见实效的思路深化红色物业共建 治理同心" for line in lines)
    issue = _issue("柳溪文摘 第12期\n\n本期目录", "{n}. {title}", "{title}")
    with patience(10):
        articles = split_page(f"{page}\n\n{issue}")
    assert "".join(article.body for article in articles).count("共建") == 12
