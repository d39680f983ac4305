"""One article in a file of its own: what sites and newsrooms set around the text, in any order."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from searchlib import read, split_page

TITLE = "柳溪春茶抢鲜上市"
TEXT = "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬。"
MORE = "镇农技站站长说，下一步将建设两条加工线，带动户均增收两千元。"
LAST = "河湾社区新建的书屋昨晚开放到九点，孩子们放学后可以来这里写作业。"
BODY = f"{TEXT}\n{MORE}\n{LAST}"
BYLINES = (
    "作者：周小禾",
    "本报记者 周小禾",
    "文 | 周小禾",
    "*周小禾*",
    "□ 周小禾",
    "> 作者：周小禾",
    "编辑：王平 作者：周小禾",
)
DAYS = (
    "2024-03-05",
    "2024年3月5日 星期二",
    "日期：2024.03.05",
    "发布于 2024-03-05",
    "2024-03-05 08:30:00 来源：柳溪日报",
)


@pytest.mark.parametrize(("byline", "day"), [*product(BYLINES, DAYS)])
@pytest.mark.parametrize("is_reversed", [False, True])
def test_lines_below_the_front_matter_say_who_and_when(byline: str, day: str, *, is_reversed: bool) -> None:
    """In any order; they are no text."""
    lines = [day, byline] if is_reversed else [byline, day]
    page = "\n\n".join((f"---\ntitle: {TITLE}\n---", *lines, TEXT, MORE, LAST)) + "\n"
    (article,) = split_page(page, source="a.md")
    assert (article.headline, article.authors, article.date) == (TITLE, ("周小禾",), "2024-03-05")
    assert article.body == BODY


@pytest.mark.parametrize("first", ["高原", "安静", "2024年的春天", "3月5日", "记者"])
def test_a_first_line_of_the_text_below_front_matter_stays(first: str) -> None:
    """A word that may be a name, and a day in words, are text."""
    (article,) = split_page(f"---\ntitle: {TITLE}\n---\n\n{first}\n\n{TEXT}\n\n{MORE}\n", source="a.md")
    assert (article.authors, article.body) == ((), f"{first}\n{TEXT}\n{MORE}")


@pytest.mark.parametrize("source", ["来源：柳溪日报", "本文来源：柳溪日报", "（来源：柳溪日报）"])
@pytest.mark.parametrize("over", ["", f"---\ntitle: {TITLE}\n---\n\n"])
def test_where_a_text_is_from_stands_below_it(source: str, over: str) -> None:
    """Numbered sections between who wrote and where it is from begin no articles."""
    head = "" if over else f"{TITLE}\n\n"
    name = "a.md" if over else "a.txt"
    lines = ["作者：周小禾", TEXT, "一、用心办好小事", MORE, "二、路子怎么走", LAST, source]
    page = over + head + "\n\n".join(lines) + "\n"
    (article,) = split_page(page, source=name)
    assert (article.headline, article.authors) == (TITLE, ("周小禾",))
    assert article.body == f"{TEXT}\n一、用心办好小事\n{MORE}\n二、路子怎么走\n{LAST}"


@pytest.mark.parametrize(
    "closing",
    [
        "标签：茶叶 农业",
        "关键词：春茶、柳溪",
        "Tags: tea, village",
        "阅读 1024",
        "浏览量：3.2万次 点赞 12 评论 3",
        "版权声明：本文为柳溪网原创，转载请注明出处。",
        "本文系柳溪网原创，转载请注明出处",
        "免责声明：以上内容仅供参考，与本站立场无关。",
        "关注我们：柳溪发布",
        "欢迎关注本报官方微信",
        "举报/反馈",
        "返回柳溪网，查看更多",
        "网友评论 仅供其表达个人看法",
        "点击下载柳溪日报客户端",
        "本文来自柳溪日报，作者周禾",
        "（本文有删节）",
        "以上观点不代表本网立场",
        "【纠错】【责任编辑：王平】",
        "新闻热线：0431-85286000",
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_what_a_site_prints_below_a_text_is_none_of_it(closing: str, name: str) -> None:
    """Also two such lines."""
    head = f"# {TITLE}" if name == "a.md" else TITLE
    for end in (closing, f"{closing}\n\n标签：茶叶"):
        (article,) = split_page(f"{head}\n\n{TEXT}\n\n{MORE}\n\n{LAST}\n\n{end}\n", source=name)
        assert article.body == BODY


@pytest.mark.parametrize(
    "line",
    [
        "关注茶农的生活，帮他们增收。",
        "标签：茶叶。",
        "转载是不对的，他说。",
        "阅读让人快乐",
        "关注民生实事落地见效",
        "特别提醒：出行请注意安全",
    ],
)
def test_a_last_sentence_is_text_whatever_it_is_about(line: str) -> None:
    """With a full stop, or without a figure."""
    (article,) = split_page(f"# {TITLE}\n\n{TEXT}\n\n{MORE}\n\n{line}\n", source="a.md")
    assert article.body == f"{TEXT}\n{MORE}\n{line}"


WRITERS = (
    "文 | 周小禾",
    "文/周小禾",
    "文：周小禾",
    "作者 | 周小禾",
    "作者：周小禾",
    "撰文：周小禾",
    "撰稿 | 周小禾",
    "采写：周小禾",
    "供稿：周小禾",
    "□ 周小禾",
    "本报记者 周小禾",
    "柳溪日报记者 周小禾",
    "记者丨周小禾",
    "记者 周小禾 报道",
    "通讯员 周小禾",
    "署名：周小禾",
    "主笔：周小禾",
    "作 者：周小禾",
    "特约撰稿：周小禾",
    "采访人员：周小禾",
    "文字：周小禾",
)
WHEN = (
    "2024-03-05",
    "2024年3月5日",
    "2024/3/5",
    "2024-03-05 08:30",
    "2024年03月05日08:30",
    "日期：2024.03.05",
    "发布于 2024-03-05",
    "发布时间：2024-03-05 08:30",
    "2024-03-05 来源：柳溪日报",
    "（2024年3月5日）",
    "2024-03-05T08:30:00+08:00",
    "刊发日期：2024-03-05",
    "日期 | 2024-03-05",
)


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("when", WHEN)
def test_any_form_of_writer_stands_beside_any_form_of_day(writer: str, when: str) -> None:
    """In either order; a box stands first."""
    lines = [f"{writer} {when}", f"{writer}　{when}"]
    if writer[0] != "□":
        lines += [f"{when} {writer}", f"{when} | {writer}"]
    for line in lines:
        (article,) = split_page(f"{TITLE}\n\n{line}\n\n{TEXT}\n\n{MORE}\n\n{LAST}\n")
        assert (article.headline, article.authors, article.date) == (TITLE, ("周小禾",), "2024-03-05"), line
        assert article.body == BODY, line


def test_a_head_behind_an_icon_with_its_source_is_no_name() -> None:
    """Nothing tells when."""
    first = f"■ 春茶上市 来源：柳溪日报\n\n本报讯（记者 周小禾）{TEXT}"
    page = f"{first}\n\n■ 书屋亮灯\n\n本报讯（记者 高原）{LAST}\n"
    assert [article.authors for article in split_page(page)] == [("周小禾",), ("高原",)]


def test_bold_lines_in_html_without_a_title_are_read(tmp_path: Path) -> None:
    """No title was an error."""
    bold = "".join(
        f"<p><b>{head}</b></p><p>{TEXT}{MORE}</p>"
        for head in ("春茶抢鲜上市", "书屋亮灯到九点", "北桥恢复通车")
    )
    (tmp_path / "a.html").write_text(f"<html><body><article>{bold}</article></body></html>", "utf-8")
    assert TEXT in "".join(article.body for article in read(tmp_path / "a.html"))


@pytest.mark.parametrize("title", [f"**{TITLE}**", TITLE])
@pytest.mark.parametrize(
    "below", ["作者：周小禾", "2024-03-05", "本报记者 周小禾", "发布时间：2024-03-05 08:30"]
)
@pytest.mark.parametrize("mark", ["## ", "### "])
def test_a_first_line_over_who_wrote_is_the_title_and_headings_are_sections(
    title: str, below: str, mark: str
) -> None:
    """Though it is no heading."""
    page = f"{title}\n\n{below}\n\n{TEXT}\n\n{mark}家门口的书屋\n\n{LAST}\n\n{mark}加工线年底投产\n\n{MORE}\n"
    (article,) = split_page(page, source="a.md")
    assert (article.headline, article.sections) == (TITLE, ("家门口的书屋", "加工线年底投产"))
    assert (article.authors, article.date) == ((), "2024-03-05") if "2024" in below else (("周小禾",), None)


def test_a_first_line_over_nobodys_text_is_no_title() -> None:
    """Nothing right below it says who wrote or when: the headings are those of news."""
    heads = "柳溪茶园进入采摘旺季", "河湾社区书屋开放到九点"
    news = "\n\n".join(f"## {head}\n\n{text}" for head, text in zip(heads, (TEXT, LAST), strict=True))
    articles = split_page(f"茶事与书屋\n\n{MORE}\n\n这是开头。\n\n{news}\n", source="a.md")
    assert [article.headline for article in articles] == ["", *heads]


@pytest.mark.parametrize("line", ["【作者】周小禾", "By 周小禾", "署名：周小禾", "文字 周小禾"])
def test_who_wrote_has_many_labels(line: str) -> None:
    """In brackets or in English too."""
    (article,) = split_page(f"{TITLE}\n\n{line}\n\n{TEXT}\n\n{MORE}\n\n{LAST}\n")
    assert (article.headline, article.authors, article.body) == (TITLE, ("周小禾",), BODY)


@pytest.mark.parametrize(
    "line",
    [
        "日期：2024.03.05 柳溪日报记者 周小禾",
        "发布时间：2024-03-05 08:30 本报记者 周小禾",
        "2024-03-05 08:30:00 来源：柳溪日报 本报记者 周小禾",
        "发布于 2024-03-05 撰文：周小禾",
        "采写：周小禾 时间：2024/03/05",
        "□ 周小禾 2024-03-05",
        "2024年3月5日 文 | 周小禾",
        "文/周小禾 发布时间：2024-03-05 08:30",
        "作者 | 周小禾 日期：2024.03.05",
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_one_line_says_who_and_when(line: str, name: str) -> None:
    """Labels before either, or none."""
    head = f"# {TITLE}" if name == "a.md" else TITLE
    (article,) = split_page(f"{head}\n\n{line}\n\n{TEXT}\n\n{MORE}\n\n{LAST}\n", source=name)
    assert (article.headline, article.authors, article.date) == (TITLE, ("周小禾",), "2024-03-05")
    assert article.body == BODY
