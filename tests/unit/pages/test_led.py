"""Digests in Markdown whose items begin with titles in bold or as links; all texts and people are made up."""

from __future__ import annotations

import pytest

from searchlib import split_page
from searchlib.pages.furniture import read_furniture
from searchlib.pages.issue_names import names_day, names_digest, names_led_issue

NEWS = (
    ("柳溪春茶抢鲜上市", "柳溪镇茶园昨天进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬。"),
    ("两条加工线月底投产", "镇农技站站长说，下一步将建设两条加工线，带动户均增收两千元。"),
    ("河湾社区书屋亮灯", "河湾社区新建的书屋昨晚开放到九点，孩子们放学后可以来这里写作业。"),
    ("老街改造今天完工", "老街今天完工，三十六家店铺重新开门，第一天就来了不少老主顾。"),
)
FORMS = (
    "- **{title}**：{text}\n",
    "* **{title}** {text}\n\n",
    "+ **{title}。** {text}\n",
    "- **{title}：**{text}\n",
    "{n}. **{title}**\n   {text}\n\n",
    "{n}. **{title}**：{text}\n",
    "**{n}. {title}**\n{text}\n\n",
    "**{han}、{title}**\n\n{text}\n\n",
    "- [{title}](https://example.org/{n}.html)\n\n  {text}\n\n",
    "{n}、[{title}](https://example.org/{n}.html)：{text}\n\n",
    "- __{title}__ — {text}\n",
    "- <b>{title}</b>：{text}\n",
    "- 🍵 **{title}**｜{text}\n",
    "**[{title}](https://example.org/{n}.html)** {text}\n\n",
    "({n}) **{title}**：{text}\n\n",
    "- *{title}*：{text}\n",
    "- 【{title}】{text}\n",
    "{n}. 【{title}】 {text}\n",
)


def digest(form: str, top: str = "") -> str:
    """Return the news, each in a form, below a top."""
    items = (form.format(n=n, han="一二三四"[n - 1], title=a, text=b) for n, (a, b) in enumerate(NEWS, 1))
    return f"{top}\n\n" + "".join(items)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "top", ["# 柳溪日报 2024-03-05", "# 柳溪快讯（2024年3月5日）", "---\ntitle: 2024年3月5日校园简报\n---"]
)
def test_titles_that_are_set_apart_begin_articles(form: str, top: str) -> None:
    """The name of the issue is no article, and the number of an item no part of its headline."""
    found = split_page(digest(form, top), source="a.md")
    assert [(article.headline, article.body) for article in found] == list(NEWS)
    assert {article.date for article in found} == {"2024-03-05"}


@pytest.mark.parametrize("form", FORMS)
def test_a_file_named_after_a_day_is_an_issue(form: str) -> None:
    """It has no title of its own."""
    found = split_page(digest(form), source="2024/2024-03-05.md")
    assert [(article.headline, article.body) for article in found] == list(NEWS)


@pytest.mark.parametrize("heads", [("## 要闻", "## 镇里"), ("## 要闻快讯", "## 社区简讯")])
def test_headings_over_items_divide_them(heads: tuple[str, str]) -> None:
    """They are the columns of the items below them, or nothing; no article."""
    items = [f"- **{title}**：{text}\n" for title, text in NEWS]
    text = (
        f"# 柳溪早报 2024年3月5日\n\n{heads[0]}\n\n{''.join(items[:2])}\n{heads[1]}\n\n{''.join(items[2:])}"
    )
    assert [(a.headline, a.body) for a in split_page(text, source="a.md")] == list(NEWS)


def test_texts_that_begin_as_news_do_are_news() -> None:
    """No name and no day tells it, but datelines and days in most of the texts."""
    starts = ("本报讯（记者 周小禾）", "近日，", "3月5日，", "据镇政府消息，")
    items = [f"- **{title}**：{start}{text}" for start, (title, text) in zip(starts, NEWS, strict=True)]
    found = split_page("\n".join(items), source="a.md")
    assert [article.headline for article in found] == [title for title, _ in NEWS]
    assert found[0].authors == ("周小禾",)


def test_datelines_in_brackets_are_no_titles() -> None:
    """They begin the items of a list as titles do."""
    items = "".join(f"- 【新华社柳溪3月{n}日电】{text}\n" for n, (_, text) in enumerate(NEWS, 1))
    found = split_page(f"# 柳溪日报 2024-03-05\n\n{items}", source="a.md")
    assert not any("新华社" in article.headline for article in found)


def test_parts_of_an_item_stay_in_it() -> None:
    """What is bold one level deeper in the list is text."""
    items = "".join(f"- **{title}**：{text}\n  - **镇里说**：{NEWS[0][1]}\n" for title, text in NEWS)
    found = split_page(f"# 柳溪日报 2024-03-05\n\n{items}", source="a.md")
    assert [article.headline for article in found] == [title for title, _ in NEWS]
    assert all("镇里说" in article.body for article in found)


ADVICE = (
    ("先把茶园的土松一遍", "松土可以让根透气，雨后第二天做最好，太湿的时候不要下地。"),
    ("再看清楚叶子的颜色", "叶色发黄说明缺肥，颜色发暗说明水多，两样都要先停一停。"),
    ("最后记得给茶树修剪", "修剪在采摘以后做，剪口要平，不要在正午的大太阳下面剪。"),
)


@pytest.mark.parametrize(
    ("top", "source"),
    [
        ("# 怎样照料一片茶园\n\n种了三十年茶，我总结了三点。", "a.md"),
        ("---\ntitle: 怎样照料一片茶园\ndate: 2024-03-05\n---", "2024-03-05-tea.md"),
        ("", "tea.md"),
        ("# 怎样照料一片茶园\n\n## 春天\n\n春天要做的事最多，一件一件来，不用急。", "2024-03-05.md"),
    ],
)
@pytest.mark.parametrize("form", ["- **{}**：{}\n", "1. **{}**\n   {}\n\n", "**{}**：{}\n\n"])
def test_advice_of_an_essay_is_no_news(top: str, source: str, form: str) -> None:
    """A text with a title of its own, and one of which nothing says that it is an issue, stay whole."""
    text = f"{top}\n\n" + "".join(form.format(*each) for each in ADVICE)
    found = split_page(text, source=source)
    assert len(found) == 1
    assert all(point in found[0].headline + found[0].body for point, _ in ADVICE)


def test_terms_and_their_meanings_are_no_news() -> None:
    """Titles of news are longer, also in a file named after a day."""
    terms = "".join(
        f"- **{term}**：{text}\n" for term, (_, text) in zip(("松土", "看叶", "修剪"), ADVICE, strict=True)
    )
    assert len(split_page(terms, source="2024-03-05.md")) == 1


def test_items_below_headlines_with_texts_are_lists() -> None:
    """Where headings begin the articles, what is bold in a list is not one."""
    points = "".join(f"- **{point}**：{text}\n" for point, text in ADVICE)
    page = "# 柳溪日报 2024-03-05\n\n" + "".join(f"## {a}\n\n{b}\n\n{points}\n" for a, b in NEWS)
    assert [article.headline for article in split_page(page, source="a.md")] == [title for title, _ in NEWS]


@pytest.mark.parametrize(
    ("title", "is_day"),
    [
        ("柳溪日报 20240305", True),
        ("《柳溪新闻》2024-03-05", True),
        ("3月5日校园简报", True),
        ("柳溪播报（2024年3月5日 星期二）", True),
        ("Vue 3.5 发布", False),
        ("20240305123 号文件", False),
        ("柳溪镇关于做好2024年3月5日植树节活动各项准备工作的通知", False),
    ],
)
def test_a_day_with_a_few_words_names_an_issue(title: str, is_day: bool) -> None:
    """A headline that speaks of a day says more."""
    assert names_day(title) is is_day


@pytest.mark.parametrize(
    ("title", "is_named"),
    [
        ("柳溪月刊：第 2 期（202002）", True),
        ("柳溪月刊 202002", True),
        ("柳溪月刊（总第 12 期）", True),
        ("柳溪月刊 2020年第2期", True),
        ("柳溪月刊 2020 年 2 月号", True),
        ("柳溪月报（2024年3月）", True),
        ("柳溪月刊 二月号", True),
        ("柳溪周报 2024年第12周", True),
        ("柳溪周刊 201813", False),
        ("柳溪月刊的二月号卖得怎么样", False),
    ],
)
def test_the_month_or_the_number_of_the_whole_names_an_issue(title: str, is_named: bool) -> None:
    """As each is printed; below it, lists that each begin with one are items."""
    assert names_digest(title) is is_named
    items = "".join(f"{n:02}、[{a}](https://a.cn/{n})\n\n{b}\n\n" for n, (a, b) in enumerate(NEWS[:2], 1))
    page = (
        f"# {title}\n\n# 序言\n\n{NEWS[2][1]}\n\n# 选茶\n\n{items}# 项目\n\n{items.replace('春茶', '秋茶')}"
    )
    found = [a.headline for a in split_page(page + f"# 荐书\n\n{NEWS[2][1]}\n", source="a.md")]
    assert (found.count(NEWS[1][0]) > 0) is is_named


@pytest.mark.parametrize("label", ["PDF链接", "原文链接", "来源", "Link"])
def test_a_label_and_a_long_address_are_no_text(label: str) -> None:
    """However long the address is."""
    assert read_furniture(f"{label}：https://a.example/{'content/' * 20}a.html") == (
        "furniture",
        "address of a page",
    )


@pytest.mark.parametrize(
    "title",
    [
        "柳溪周刊#48：春茶抢鲜上市",
        "第48期柳溪周报 | 春茶抢鲜上市",
        "2024.03.05 - 春茶抢鲜上市",
        "柳溪快讯 3月5日：春茶抢鲜上市",
        "柳溪晨报 No.12 — 春茶抢鲜上市",
        "柳溪周刊（2024年3月5日）｜春茶",
        "Weekly 12 - 春茶抢鲜上市",
    ],
)
def test_the_name_of_an_issue_may_stand_before_the_headline_that_leads_it(title: str) -> None:
    """With its day or its number, and what divides the two."""
    assert names_led_issue(title)
    for top in (f"# {title}", f"---\ntitle: '{title}'\n---\n\n大家好，这一期有四条消息。"):
        found = split_page(
            digest("{n}、[{title}](https://example.org/{n})\n\n{text}\n\n", top), source="a.md"
        )
        assert [(a.headline, a.body) for a in found if a.headline] == list(NEWS)


@pytest.mark.parametrize(
    "title",
    [
        "柳溪周刊：春茶抢鲜上市",
        "2024年工作总结：经验与不足",
        "第3期学员感言：茶山一日",
        "三联周刊：48小时",
        "周报写作 10 条：茶园",
    ],
)
def test_a_title_with_a_colon_is_that_of_an_article(title: str) -> None:
    """Unless what stands before it is the name of an issue and its day or number."""
    assert not names_led_issue(title)
    assert len(split_page(digest("- **{title}**：{text}\n", f"# {title}"), source="a.md")) == 1


def test_an_address_below_a_title_is_no_title() -> None:
    """Bare, or written as a link; titles may be long in Latin letters, and a link may begin a text."""
    long = "How a small town on the river found a way to sell its tea to the whole world in a week"
    text = (
        f"# 柳溪周刊 第48期\n\n## 茶事\n\n**{NEWS[0][0]}**  \nhttps://example.org/1\n{NEWS[0][1]}\n\n"
        f"**{NEWS[1][0]}**  \n[https://example.org/2](https://example.org/2)\n{NEWS[1][1]}\n\n"
        f"## 乡里\n\n**{long}**\n\n[柳溪](https://example.org/x)是一个小镇，{NEWS[2][1]}\n\n"
        f"## 街上\n\n**{NEWS[3][0]}**\n\n{NEWS[3][1]}\n\n## 订阅\n\n每周六早上发到信箱。\n"
    )
    found = {article.headline: article for article in split_page(text, source="a.md")}
    assert list(found) == [NEWS[0][0], NEWS[1][0], long, NEWS[3][0]]
    assert found[long].column == "乡里"
    assert found[NEWS[3][0]].column == "街上"
    assert NEWS[1][1] in found[NEWS[1][0]].body


def test_links_below_headlines_are_no_items() -> None:
    """A heading for each of them: those are the headlines, and who recommends them begins the text."""
    items = "".join(f"### {a}\n\n[周小禾](https://example.org/{n})：{b}\n\n" for n, (a, b) in enumerate(NEWS))
    found = split_page(f"# 柳溪周刊 第48期\n\n## 茶事\n\n{items}", source="a.md")
    assert [article.headline for article in found] == [title for title, _ in NEWS]


def test_a_heading_over_one_item_divides_too() -> None:
    """It is no headline whose subtitle the item is."""
    text = "".join(
        f"## {name}\n\n" + "".join(f"### {a}\n\n{b}\n\n" for a, b in news)
        for name, news in (("茶事", NEWS[:2]), ("乡里", NEWS[2:3]), ("街上", NEWS[3:]))
    )
    found = split_page(f"# 柳溪周刊 第48期\n\n{text}", source="a.md")
    assert [(a.headline, a.column) for a in found] == [
        (NEWS[0][0], "茶事"),
        (NEWS[1][0], ""),
        (NEWS[2][0], "乡里"),
        (NEWS[3][0], "街上"),
    ]


@pytest.mark.parametrize(
    "line", ["[Rice and tea](https://example.org)", "- [rice-and-tea](https://example.org)"]
)
def test_a_link_in_latin_letters_may_be_all_of_a_text(line: str) -> None:
    """Between a headline in Chinese and its text a website sets its controls; nothing follows here."""
    text = f"### {NEWS[0][0]}\n\n{line}\n\n---\n\n### {NEWS[1][0]}\n\n{NEWS[1][1]}\n\n[原文](https://example.org)\n"
    found = split_page(text, source="2024/2024-03-05.md")
    assert [article.headline for article in found] == [NEWS[0][0], NEWS[1][0]]
    assert "tea" in found[0].body
    assert not found[1].authors


_ADDRESSED = "**{title}**  \n{link}\n{text}\n\n"


@pytest.mark.parametrize(
    "link",
    ["https://example.org/1", "<https://example.org/1>", "[https://example.org/1](https://example.org/1)"],
)
@pytest.mark.parametrize(
    "top", ["", "## 茶事", "---\ndate: 2024/03/05\n---", "> 每周记下看到的事。\n\n## 茶事"]
)
def test_titles_with_the_address_of_a_page_below_each_are_a_digest(link: str, top: str) -> None:
    """Though nothing says what the file is called, or which day it is of."""
    found = split_page(digest(_ADDRESSED.replace("{link}", link), top), source="107.md")
    assert [article.headline for article in found if article.headline] == [title for title, _ in NEWS]
    bodies = [article.body for article in found if article.headline]
    assert all(text in body for body, (_, text) in zip(bodies, NEWS, strict=True))


def test_tools_that_an_article_recommends_stay_in_it() -> None:
    """It has a title of its own, and the address of each below its name."""
    text = digest(_ADDRESSED.replace("{link}", "https://example.org/1"), "# 茶农都在用的四样小工具")
    assert len(split_page(text, source="107.md")) == 1


def test_front_matter_that_says_a_day_and_no_title_is_that_of_an_issue() -> None:
    """As the day in a file's name is."""
    found = split_page(digest("- **{title}**：{text}\n", "---\ndate: 2024-03-05\n---"), source="a.md")
    assert [(article.headline, article.body) for article in found] == list(NEWS)
    assert {article.date for article in found} == {"2024-03-05"}


@pytest.mark.parametrize("label", ["摘要", "内容摘要", "全文摘要："])
def test_an_abstract_is_no_name_of_an_issue(label: str) -> None:
    """A report has one above its lists."""
    lists = digest(
        "- **{title}**：{text}\n", f"# 柳溪镇茶园调查报告之一\n\n## {label}\n\n{NEWS[0][1]}\n\n## 深度分析"
    )
    assert len(split_page(lists, source="diaocha-2024-03-05.md")) == 1
    sections = "".join(f"# {head}\n\n{NEWS[0][1]}\n\n" for head in (label, "背景", "深度分析", "结论"))
    assert len(split_page(sections, source="diaocha-2024-03-05.md")) == 1


def test_a_title_in_latin_letters_right_below_the_name_of_a_column_is_no_control() -> None:
    """It is set in bold."""
    items = digest("**{title}**\n\n{text}\n\n").strip()
    text = f"# 柳溪周刊 第48期\n\n## 茶事\n\n**Tea for the World**\n\n{NEWS[0][1]}\n\n{items}\n"
    assert split_page(text, source="a.md")[0].headline == "Tea for the World"


_LISTED = ("绿茶和红茶怎么选", "最好的采茶机", "投入最少的三件事")


@pytest.mark.parametrize(
    "top",
    [
        "---\ntitle: '005 绿茶和红茶怎么选、最好的采茶机、投入最少的三件事'\n---",
        "# 第5期：绿茶和红茶怎么选、最好的采茶机、投入最少的三件事",
        "# 绿茶和红茶怎么选；采茶机；投入最少的三件事",
        "---\ntitle: 红茶怎么选 | 最好的采茶机 | 最少的三件事\n---",
        "---\ntitle: 绿茶和红茶怎么选、最好的采茶机、最少的三件事、其他\ndate: 2024-03-05\n---\n\n三件事。",
    ],
)
def test_a_title_that_lists_the_headings_is_that_of_an_issue(top: str) -> None:
    """It may tell most of them in fewer words."""
    text = f"{top}\n\n" + "".join(f"## {head}\n\n{NEWS[0][1]}\n\n" for head in _LISTED)
    found = [article.headline for article in split_page(text, source="a.md")]
    assert found[-3:] == list(_LISTED)


@pytest.mark.parametrize(
    ("title", "heads"),
    [
        ("绿茶、红茶、白茶", ("绿茶", "红茶", "白茶")),
        ("茶山三记：绿茶、红茶、白茶", ("绿茶", "红茶", "白茶")),
        ("绿茶和红茶怎么选、最好的采茶机", _LISTED[:2]),
        ("采茶的人、卖茶的人、喝茶的人", _LISTED),
        ("茶园管理办法", _LISTED),
    ],
)
def test_other_titles_with_commas_are_those_of_articles(title: str, heads: tuple[str, ...]) -> None:
    """Short words of an essay's title are its sections."""
    sections = "".join(f"## {head}\n\n{NEWS[0][1]}\n\n" for head in heads)
    assert len(split_page(f"---\ntitle: {title}\n---\n\n{sections}", source="a.md")) == 1


def test_numbers_that_go_on_over_headings_are_those_of_one_list() -> None:
    """However short names and texts are: headings only divide them, and no name of an issue is there."""
    names = ("tea", "bridge", "shelf", "lamp", "pier")
    items = [
        f"{n}、[{name}](https://example.org/{name})：茶农用的小工具\n" for n, name in enumerate(names, 1)
    ]
    page = f"# 小工具\n\n### 茶\n{items[0]}\n{items[1]}\n### 书\n{items[2]}\n### 灯\n{items[3]}\n{items[4]}"
    assert [a.headline for a in split_page(page, source="a.md")] == list(names)
    alike = page.replace("3、", "1、").replace("4、", "1、").replace("5、", "2、")
    assert len(split_page(alike, source="a.md")) == 1


def test_a_few_items_may_have_short_texts() -> None:
    """Not most of them: these would be links in a text."""
    names = (*(title for title, _ in NEWS), "村口小桥今天通车")
    short = "一篇很好的文章，值得一读。"

    def page(brief: int) -> str:
        return "# 茶农周刊第 12 期\n\n" + "".join(
            f"[{name}](https://example.org/{n})\n\n{short if n < brief else NEWS[0][1]}\n\n"
            for n, name in enumerate(names)
        )

    assert [a.headline for a in split_page(page(2), source="a.md")] == list(names)
    assert len(split_page(page(4), source="a.md")) == 1


LED_BY_EDITOR = (
    f"## 卷首语\n\n{NEWS[0][1]}\n\n### 缘起\n\n{NEWS[1][1]}\n\n### 往后\n\n{NEWS[2][1]}",
    f"## 编者的话\n\n{NEWS[0][1]}",
)


@pytest.mark.parametrize("lead", LED_BY_EDITOR)
@pytest.mark.parametrize(
    "over", ["", "[image](https://example.org/a.png)\n\n", "[看图](https://example.org/a)\n\n"]
)
def test_an_editor_may_lead_the_numbered_items(lead: str, over: str) -> None:
    """With sections of its own; and a link to the picture may be between a title and its text."""
    items = [
        f"{n}、[{title}](https://example.org/{n})\n\n{over}{text}" for n, (title, text) in enumerate(NEWS, 1)
    ]
    text = f"# 柳溪周刊第 13 期\n\n{lead}\n\n## 文章\n\n" + "\n\n".join(items)
    found = {article.headline: article.body for article in split_page(text, source="a.md")}
    assert all(text in found.get(title, "") for title, text in NEWS)


def test_numbered_links_without_texts_are_no_items() -> None:
    """They are what to read elsewhere."""
    links = "\n\n".join(f"{n}、[{title}](https://a.org/{n})" for n, (title, _) in enumerate(NEWS, 1))
    lead = f"# 柳溪周刊第 13 期\n\n## 卷首语\n\n{NEWS[0][1]}"
    found = split_page(f"{lead}\n\n## 好文\n\n{links}", source="a.md")
    assert not {title for title, _ in NEWS} & {article.headline for article in found}


@pytest.mark.parametrize("number", ["{}. ", "{:02}. ", "{}、"])
@pytest.mark.parametrize("front", ["---\ntitle: 03-05 柳溪日报\n---", "# 柳溪日报 2024-03-05"])
def test_numbered_headings_are_the_headlines_of_what_begins_in_bold_below(number: str, front: str) -> None:
    """The bold words are points of each."""
    heads = [title for title, _ in NEWS[:3]]
    points = [f"- **{title}的{n}个要点：** {text}\n" for n in range(3) for title, text in NEWS]
    text = "\n\n".join(
        f"### {number.format(n)}{head}\n\n{''.join(points[4 * n - 4 : 4 * n])}"
        for n, head in enumerate(heads, 1)
    )
    found = split_page(f"{front}\n\n{text}", source="a.md")
    assert [article.headline.lstrip("0123456789.、 ") for article in found] == heads


@pytest.mark.parametrize(
    "told",
    [
        "**央视网消息**（新闻联播）：",
        "**央视网消息：**",
        "**本报讯** ",
        "**新华社柳溪3月5日电** ",
        "**柳溪日报讯**（记者 林禾）",
        "**柳溪新闻网报道**：",
    ],
)
def test_dateline_in_bold_is_no_title(told: str) -> None:
    """News of a day below their headings keep these as headlines, though each text begins in bold."""
    listed = "\n\n".join(f"{n}.{title}；" for n, (title, _) in enumerate(NEWS, 1))
    news = "\n\n".join(f"### {title}\n\n{told}{text}" for title, text in NEWS)
    page = f"# 《柳溪联播》（20240305）\n\n## 新闻摘要\n\n{listed}\n\n## 详细新闻\n\n{news}\n"
    found = split_page(page, source="20240305.md")
    assert [article.headline for article in found] == [title for title, _ in NEWS]


ANEW_FORMS = (
    "{n}、[{title}](https://a.org/{n})\n\n{text}\n\n",
    "{n}、[{title}](https://a.org/{n})（英文）\n\n{text}\n\n",
    "{n}. [{title}](https://a.org/{n})\n\n   {text}\n\n",
    "{n}. **{title}**\n   {text}\n\n",
    "**{n}、[{title}](https://a.org/{n})**\n\n{text}\n\n",
    "({n}) [{title}](https://a.org/{n})\n\n{text}\n\n",
    "{n}）**{title}**：{text}\n\n",
    "**{n}. {title}**\n\n{text}\n\n",
    "{n}.[{title}](https://a.org/{n}) {text}\n\n",
    "{n}、__{title}__\n\n![](https://a.org/{n}.png)\n\n{text}\n\n",
)
ESSAY = "采茶的人越来越少，镇里的老人常说起从前的事。那时候一到春天，满山都是唱歌的人，连河对岸也听得见。"


@pytest.mark.parametrize("form", ANEW_FORMS)
def test_lists_that_begin_anew_below_headings_are_those_of_an_issue(form: str) -> None:
    """Beside an editor's essay with points of its own, and quotations that have numbers and no titles."""
    names = ("tea", "bridge", "shelf", "lamp", "pier")
    texts = [text for _, text in NEWS] + [NEWS[0][1]]
    lists = "".join(
        f"## {over}\n\n" + "".join(form.format(n=n, title=names[k], text=texts[k]) for n, k in group)
        for over, group in (("工具", ((1, 0), (2, 1), (3, 2))), ("资源", ((1, 3), (2, 4))))
    )
    lead = f"## 话题：从前的春天\n\n{ESSAY}\n\n### 唱歌\n\n**（1）歌声很远。** {ESSAY}\n\n### 采茶\n\n{ESSAY}"
    page = f"# 柳溪爱好者周刊（第 12 期）：从前的春天\n\n{lead}\n\n{lists}## 言论\n\n1、\n\n{NEWS[1][1]}\n"
    found = [article.headline for article in split_page(page, source="a.md")]
    assert [head.removesuffix("（英文）") for head in found] == ["话题：从前的春天", *names, "言论"]
    assert len(split_page(page.replace("周刊（第 12 期）", "的茶园"), source="a.md")) == 1


OTHER_FORMS = (
    ("- [{title}](https://a.org/{n})\n  {text}\n", "**{title}**\n\n{text}\n\n"),
    ("- **{title}**：{text}\n", "[{title}](https://a.org/{n})\n\n{text}\n\n"),
    ("1. [{title}](https://a.org/{n})\n   {text}\n", "🔥 **{title}**\n- {text}\n\n"),
    ("**{title}**\n\n{text}\n\n", "* [{title}](https://a.org/{n})  \n  {text}\n"),
)


@pytest.mark.parametrize(("here", "there"), OTHER_FORMS)
def test_a_digest_may_have_items_of_two_forms(here: str, there: str) -> None:
    """Each below headings of its own."""
    first = "".join(here.format(n=n, title=title, text=text) for n, (title, text) in enumerate(NEWS))
    second = "".join(
        there.format(n=n, title=f"邻县{title}", text=text) for n, (title, text) in enumerate(NEWS, 5)
    )
    page = f"# 柳溪日报 | 2024/3/5\n\n## 本县\n\n{first}\n---\n\n## 邻县\n\n{second}"
    found = [article.headline for article in split_page(page, source="a.md")]
    assert found == [title for title, _ in NEWS] + [f"邻县{title}" for title, _ in NEWS]


@pytest.mark.parametrize("over", ["资讯", "要闻", "本周快讯", "科技新闻", "今日头条"])
def test_numbered_links_below_what_a_digest_is_called_are_items(over: str) -> None:
    """The issue need not say its name; below other headings they are the links of an essay."""
    items = "".join(f"{n:02}、[{a}](https://a.cn/{n})\n\n{b}\n\n" for n, (a, b) in enumerate(NEWS[:2], 1))
    others = items.replace("春茶", "秋茶")
    page = f"# 序言\n\n{NEWS[2][1]}\n\n# {{}}\n\n{items}# 项目\n\n{others}# 荐书\n\n{NEWS[3][1]}\n"
    found = [a.headline for a in split_page(page.format(over), source="a.md")]
    assert found.count(NEWS[0][0]) + found.count(NEWS[1][0]) >= 2
    essay = [a.headline for a in split_page(page.format("选茶的道理"), source="a.md")]
    assert NEWS[0][0] not in essay
