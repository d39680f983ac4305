"""Kinds of files and lines that other sources have, each with invented neighbours."""

from __future__ import annotations

import pytest
from checks import check_covered_once

from searchlib import Article, split_page
from searchlib.pages.front_matter import read_front_matter
from searchlib.pages.paths import read_source
from searchlib.pages.splitter import split_text

HEAD, OTHER = "柳溪春茶抢鲜上市", "河湾社区书屋亮灯"
FIRST = "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬。"
SECOND = "镇农技站站长说，下一步将建设两条加工线，带动户均增收两千元。"
THIRD = "河湾社区新建的书屋昨晚开放到九点，孩子们放学后可以来这里写作业。"
FOURTH = "居民高女士说，过去孩子没有地方看书，现在下楼走几步就到了。"

PRETTY = (
    f'{{\n  "title": "{HEAD}",\n  "date": "2024-03-05T08:00:00+08:00",\n'
    '  "author": "周小禾",\n  "draft": false\n}'
)
BARE = f'"title": "{HEAD}",\n"date": "2024-03-05",\n"author": "周小禾"\n;;;'
KEYS = f"title: {HEAD}\ndate: 2024-03-05\nauthor: 周小禾\n"
DET = "<|det|>[[77, 120, 516, 137]]<|/det|>"


def texts(page: str, source: str) -> list[Article]:
    """Return the articles without captions."""
    return [article for article in split_page(page, source=source) if article.kind != "photo_caption"]


def said(article: Article) -> tuple[object, ...]:
    """Return what most of these tests compare."""
    return article.headline, article.authors, article.date, article.body


@pytest.mark.parametrize("source", ["a.md", "a.txt"])
@pytest.mark.parametrize(
    "matter",
    [
        f'{{"title": "{HEAD}", "date": "2024-03-05", "author": "周小禾", "tags": ["茶"]}}',
        PRETTY,
        f"---\n{PRETTY}\n---",
        f"---json\n{PRETTY}\n---",
        f"```json\n{PRETTY}\n```",
        BARE,
        f";;;\n{BARE}",
        f'{{\n"标题":"{HEAD}",\n"日期":"2024年3月5日",\n"作者":["周小禾"]\n}}',
        f"<!--\n{KEYS}-->",
        f"---\n{KEYS}---",
        f'+++\ntitle = "{HEAD}"\ndate = 2024-03-05\nauthor = "周小禾"\n+++',
        f"---\nTITLE: {HEAD}\nAuthors:\n  - name: 周小禾\n    url: a.example\npubDate: 2024-03-05\n---",
        f"---\nTitle: {HEAD}\nbyline: 周小禾\nPublish Date: 2024-03-05\n---",
        f"---\ntitle: {HEAD}\nauthor: 周小禾\narticle:published_time: 2024-03-05T08:00:00Z\n---",
        f"---\nog:title: {HEAD}\nwriter: [周小禾]\nissueDate: 2024/3/5\n---",
        f"---\n标题: {HEAD}\n記者: 周小禾\n发表时间: 2024-03-05 08:30\n---",
        f'+++\ntitle = "{HEAD}"\npublishedAt = 2024-03-05T08:00:00Z\n[author]\nname = "周小禾"\n+++',
        f'---\n.title = "{HEAD}",\n.date = @date("2024-03-05T08:00"),\n.author = "周小禾",\n.draft=no,\n---',
        f'---\ntitle = "{HEAD}"\ndate = 2024-03-05\nauthor = "周小禾"\n---',
        f"---\ntitle = '{HEAD}';\ndate = Date('2024-03-05');\nauthor = '周小禾';\n---",
        f"---\nTitle = {HEAD}\nDate = 2024-03-05\nAuthor = 周小禾\n---",
        f'{{"Title": "{HEAD}", "releaseDate": "2024-03-05", "authors": [{{"name": "周小禾"}}]}}',
        f"{KEYS}---",
        f"---\npublished: true\ncreated: admin\ntime: 12:30\n{KEYS}---",
        f"Title: {HEAD}\nAuthor: 周小禾\nDate: 2024-03-05\n",
        f"标题：{HEAD}\n作者：周小禾\n字数：1200\n日期：2024-03-05\n正文：",
        f"【標題】{HEAD}\n【作者】周小禾\n【日期】2024-03-05",
        f"标 题: {HEAD}\n时间: 2024-03-05\n作者: 周小禾\n",
    ],
)
def test_what_stands_before_the_text_says_headline_writer_and_date(matter: str, source: str) -> None:
    """Every form of front matter says the same."""
    for head in ("", f"# {HEAD}\n\n"):
        (article,) = texts(f"{matter}\n\n{head}{FIRST}\n\n{SECOND}\n", source)
        assert said(article) == (HEAD, ("周小禾",), "2024-03-05", f"{FIRST}\n{SECOND}")


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "春茶", "date": "2024-03-05"}\n{"title": "书屋", "date": "2024-03-06"}\n',
        f"标题：春茶\n日期：2024-03-05\n{FIRST}\n标题：书屋\n日期：2024-03-06\n{THIRD}\n",
        f"标题党为何屡禁不止：三问\n{FIRST}\n{SECOND}\n",
        f"title: 春茶\n{FIRST}\n",
        "```json\n{}\n```\n\n正文。\n",
    ],
)
def test_what_is_text_is_no_front_matter(text: str) -> None:
    """Records, several articles, a colon in a headline."""
    assert read_front_matter(text)[1] == 0


@pytest.mark.parametrize("source", ["a.md", "a.txt"])
@pytest.mark.parametrize(
    ("first", "then"),
    [
        (
            "{0}------------------------------------------------",
            "{1}------------------------------------------------",
        ),
        ("{0}---", "{1}---"),
        ("<!-- page 1 -->", "<!-- page 2 -->"),
        ("[Page 1]", "[Page 2]"),
        ("=== 第1页 ===", "=== 第2页 ==="),
        ("【第1页】", "【第2页】"),
        ("## 第 1 页", "## 第 2 页"),
        ("Page 1 of 2", "Page 2 of 2"),
        ("[1/2]", "[2/2]"),
        ("-----P1-----", "-----P2-----"),
        ("", "<--- Page Split --->"),
        ("", "<!-- PageBreak -->"),
        ("", "<page_number>1</page_number>"),
        ("", "<PAGE_DIV>"),
        ("", "\\newpage"),
    ],
)
def test_marks_between_sheets_are_no_text_and_cut_no_sentence(first: str, then: str, source: str) -> None:
    """Marks of programs between sheets, also inside a sentence."""
    head = "# " if source == "a.md" else ""
    page = f"{first}\n\n{head}{HEAD}\n\n本报记者 周小禾\n\n{FIRST[:15]}\n\n{then}\n\n"
    page += f"{FIRST[15:]}\n\n{SECOND}\n\n"
    one, two = texts(f"{page}{then}\n\n{head}{OTHER}\n\n本报记者 高原\n\n{THIRD}\n", source)
    assert said(one) == (HEAD, ("周小禾",), None, f"{FIRST}\n{SECOND}")
    assert said(two) == (OTHER, ("高原",), None, THIRD)


@pytest.mark.parametrize("source", ["a.md", "a.mmd", "a.txt"])
@pytest.mark.parametrize(
    "between",
    [
        "",
        f"<|ref|>image<|/ref|>{DET}\n\n",
        f"<|ref|>image<|/ref|>{DET}\n![](images/0.jpg)\n\n",
        f"<|ref|>image<|/ref|>{DET}\n\n<|ref|>image_caption<|/ref|>{DET}\n<center>茶农在采茶。 </center>\n\n",
        f"<|ref|>image<|/ref|>{DET}\n\n<|ref|>image_caption<|/ref|>{DET}\n茶农在采茶。 高原 摄\n\n",
        f"<|ref|>header<|/ref|>{DET}\n柳溪日报\n\n",
        f"<|ref|>page_number<|/ref|>{DET}\n3\n\n",
        "<|ref|>image<|/ref|><|det|>[[1,2,3,4],[5,6,7,8]]<|/det|>\n\n",
    ],
)
def test_blocks_with_their_places_are_read_as_what_a_model_took_them_for(between: str, source: str) -> None:
    """DeepSeek-OCR's grounded blocks, pictures and captions among them."""
    title, text = f"<|ref|>title<|/ref|>{DET}", f"<|ref|>text<|/ref|>{DET}"
    for end in ("\n# ", "\n", "# "):
        one, two = texts(
            f"{title}{end}{HEAD}\n\n{text}\n本报记者 周小禾\n\n{text}\n{FIRST}\n\n"
            f"{between}{text}\n{SECOND}\n\n"
            f"{title}{end}{OTHER}\n\n{text}\n本报记者 高原\n\n{text}\n{THIRD}\n",
            source,
        )
        assert said(one) == (HEAD, ("周小禾",), None, f"{FIRST}\n{SECOND}")
        assert said(two) == (OTHER, ("高原",), None, THIRD)


@pytest.mark.parametrize(
    ("first", "then", "pages"),
    [
        ("A05 民生", "A06 社会", ("A05", "A06")),
        ("A05\u3000民生", "A06\u3000社会", ("A05", "A06")),
        ("A05·民生", "A06·社会", ("A05", "A06")),
        ("A05/本地新闻", "A06/国际新闻", ("A05", "A06")),
        ("民生 A05", "社会 A06", ("A05", "A06")),
        ("05 要闻", "06 综合", ("5", "6")),
        ("民生 05", "社会 06", ("5", "6")),
        ("A5 港聞", "A6 國際", ("A5", "A6")),
        ("A05：民生", "A06：社会", ("A05", "A06")),
        ("【A05 民生】", "【A06 社会】", ("A05", "A06")),
        ("【B02】", "【B03】", ("B02", "B03")),
        ("B02", "B03", ("B02", "B03")),
        ("## A05 民生", "## A06 社会", ("A05", "A06")),
    ],
)
def test_labels_of_several_pages_each_begin_one(first: str, then: str, pages: tuple[str, str]) -> None:
    """Labels without 版 divide a file of several pages."""
    page = f"{first}\n\n{HEAD}\n本报记者 周小禾\n{FIRST}\n\n{then}\n\n{OTHER}\n本报记者 高原\n{THIRD}\n"
    one, two = texts(page, "柳溪日报20240305.md" if first[0] == "#" else "柳溪日报20240305.txt")
    assert [(a.headline, a.page, a.body) for a in (one, two)] == [
        (HEAD, pages[0], FIRST),
        (OTHER, pages[1], THIRD),
    ]


@pytest.mark.parametrize("line", ["05 春茶上市", "G15 沈海高速", "01 背景", "2 号楼"])
def test_a_number_beside_other_words_is_no_page(line: str) -> None:
    """A list, a road, a house."""
    page = f"{HEAD}\n本报记者 周小禾\n{FIRST}\n{line}\n{SECOND}\n"
    (article,) = texts(page, "柳溪日报20240305.txt")
    assert line in article.body


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("柳溪市河东区  周小禾", "河湾县  高原"),
        ("柳溪 周小禾", "河湾 高原"),
        ("江苏柳溪  周小禾", "浙江河湾  高原"),
        ("湖北 周小禾", "湖南 高原"),
        ("湖北·周小禾", "湖南·高原"),
        ("柳溪市民 周小禾", "河湾居民 高原"),
        ("北京读者 周小禾", "上海读者 高原"),
        ("（柳溪市 周小禾）", "（河湾县 高原）"),
        ("周小禾（柳溪，教师）", "高原（河湾，退休职工）"),
        ("河北省柳溪县李庄村 周小禾", "河南省河湾县张村 高原"),
    ],
)
def test_letters_are_signed_with_a_place_and_a_name(one: str, other: str, gap: str) -> None:
    """Readers' letters."""
    heads = "给安全帽查查“身份证”", "路灯何时能亮"
    found = texts(
        f"来论\n\n{heads[0]}{gap}{one}{gap}{FIRST}\n\n{heads[1]}{gap}{other}{gap}{THIRD}\n", "a.txt"
    )
    assert [said(letter) for letter in found] == [
        (heads[0], ("周小禾",), None, FIRST),
        (heads[1], ("高原",), None, THIRD),
    ]


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("柳溪日报 记者 周小禾", ("周小禾",)),
        ("《柳溪日报》记者周小禾", ("周小禾",)),
        ("新京报记者 周小禾 编辑 高原 校对 李青", ("周小禾",)),
        ("中国青年报·中青在线记者 周小禾", ("周小禾",)),
        ("柳溪日报·柳溪网 记者 周小禾", ("周小禾",)),
        ("经济观察报 记者 周小禾 北京报道", ("周小禾",)),
        ("文/羊城晚报全媒体记者 周小禾 图/受访者提供", ("周小禾",)),
        ("■ 柳溪日报 记者 周小禾", ("周小禾",)),
        ("香港文匯報記者 周小禾", ("周小禾",)),
        ("柳溪融媒 记者 周小禾 实习生 高原", ("周小禾", "高原")),
        ("本报记者新疆报道", ()),
    ],
)
def test_a_paper_stands_before_the_post(byline: str, authors: tuple[str, ...]) -> None:
    """The paper before the post, in all its forms."""
    page = f"{HEAD}\n{byline}\n{FIRST}\n{SECOND}\n\n{OTHER}\n{byline}\n{THIRD}\n{FOURTH}\n"
    assert [said(article) for article in texts(page, "a.txt")] == [
        (HEAD, authors, None, f"{FIRST}\n{SECOND}"),
        (OTHER, authors, None, f"{THIRD}\n{FOURTH}"),
    ]


def test_who_gave_a_picture_makes_no_byline_of_its_caption() -> None:
    """A name and 图源 are a caption."""
    page = f"---\ntitle: {HEAD}\n---\n\n### 采摘\n\n{FIRST}\n\n周小禾  图源网络\n\n### 加工\n\n"
    page += f"{SECOND}\n\n高原（图右）  图源网络\n\n### 书屋\n\n{THIRD}\n"
    (article,) = texts(page, "a.md")
    assert article.headline == HEAD


@pytest.mark.parametrize(
    ("path", "day", "page"),
    [
        ("20190708/02/1.txt", "2019-07-08", "2"),
        ("rmrb/20190708/A02/0001.txt", "2019-07-08", "A02"),
        ("2019/07/08/02/01.txt", "2019-07-08", "2"),
        ("201907/08/02/1.txt", "2019-07-08", "2"),
        ("20190708/第02版/1.txt", "2019-07-08", "2"),
        ("2019年7月8日/第二版/1.txt", "2019-07-08", "2"),
        ("2019年/7月/8日/2/1.txt", "2019-07-08", "2"),
        ("20190708/node_02/content_1.txt", "2019-07-08", "2"),
        ("20190708/page02/1.txt", "2019-07-08", "2"),
        ("20190708_02_1.txt", "2019-07-08", "2"),
        ("20190708-02-01.txt", "2019-07-08", "2"),
        ("20190708/12.txt", "2019-07-08", "12"),
        ("2019-07/08/content_1234567.htm", "2019-07-08", ""),
        ("2019-07-08-10-30.txt", "2019-07-08", ""),
    ],
)
def test_the_number_of_an_article_is_not_its_page(path: str, day: str, page: str) -> None:
    """Folders of pages with a file for each article."""
    facts = read_source(path)
    assert (facts.day, facts.page) == (day, page)


@pytest.mark.parametrize(
    "row",
    [
        "#### [首页](a.md) | [新闻](b.md) | [关于](c.md)",
        "[首页](a.md) &nbsp;|&nbsp; [某某教程](b.md) &nbsp;|&nbsp; [下载软件](c.md)",
        "[上一篇](a.md) [目录](b.md) [下一篇](c.md)",
        "**[首页](a)** · **[归档](b)** · **[标签](c)**",
        "[« 上一篇：某某](a) | [下一篇：某某某 »](b)",
        "[![Build](x.svg)](y) [![Star](z.svg)](w)",
        "###### [返回首页](a) [返回顶部](b)",
    ],
)
def test_a_line_of_links_alone_is_no_text_of_markdown(row: str) -> None:
    """Menus in Markdown."""
    (article,) = texts(f"{row}\n\n# {HEAD}\n\n{row}\n\n{FIRST}\n\n{SECOND}\n\n{row}\n", "a.md")
    assert said(article) == (HEAD, (), None, f"{FIRST}\n{SECOND}")


def test_links_in_links_without_end_take_no_time() -> None:
    """A pattern with two ways through a nested link would take more than the age of the page."""
    (article,) = texts(f"# {HEAD}\n\n{'[![a](b)](c)' * 300}(\n\n{FIRST}\n", "a.md")
    assert article.body.endswith(FIRST)


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{FIRST}</p>\n<p>{SECOND}</p>",
        f"<p>{FIRST}<p>{SECOND}",
        f"{FIRST}<br/>\n{SECOND}",
        f'<div>\n {FIRST[:20]}\n <a href="u">\n  {FIRST[20:24]}\n </a>\n {FIRST[24:]}\n <p>\n  {SECOND}\n',
        f"<section><p>{FIRST[:9]}<b>{FIRST[9:12]}</b>{FIRST[12:]}</p><p>{SECOND}</p></section>",
        f'<p>\n{FIRST}\n<p>\n<center>\n<img src="a.jpg"/>\n</center>\n<p>\n{SECOND}',
        f"<blockquote><p>{FIRST}</p></blockquote>\n\n<p>{SECOND}</p>",
        f"<p>{FIRST}</p><p></p><p>&nbsp;</p><p>{SECOND}</p>",
        f"<script>var a=1;</script>\n<p>{FIRST}</p>\n<style>p{{color:red}}</style>\n<p>{SECOND}</p>",
        f'<iframe src="v"></iframe>\n\n{FIRST}\n\n{SECOND}',
    ],
)
def test_html_in_markdown_gives_its_paragraphs(html: str) -> None:
    """Paragraphs in HTML, pretty-printed or not."""
    (article,) = texts(f"# {HEAD}\n\n{html}\n", "a.md")
    assert article.body == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    ("label", "authors", "date"),
    [
        ("日期：Mon, 22 Jun 2020 18:22:47 +0000", (), "2020-06-22"),
        ("Date: 2020-06-22", (), "2020-06-22"),
        ("发布时间：2020-06-22 10:30", (), "2020-06-22"),
        ("- 作者：周小禾\n- 日期：2020/06/22", ("周小禾",), "2020-06-22"),
        ("来源：柳溪日报 | 作者：周小禾 | 日期：2020-06-22", ("周小禾",), "2020-06-22"),
        ("原创 周小禾 柳溪观察 2020-06-22", ("周小禾",), "2020-06-22"),
        ("### 文/周小禾", ("周小禾",), None),
    ],
)
def test_labels_below_a_headline_are_no_text(label: str, authors: tuple[str, ...], date: str | None) -> None:
    """What exports print below a headline."""
    for head in (f"# {HEAD}", f"[{HEAD}](https://a.b/c)\n------"):
        (article,) = texts(f"{head}\n\n{label}\n\n{FIRST}\n\n{SECOND}\n", "a.md")
        assert said(article) == (HEAD, authors, date, f"{FIRST}\n{SECOND}")


def test_an_agency_of_the_web_and_the_day_in_brackets_are_a_dateline() -> None:
    """Digits and Han numerals."""
    for day in ("2021年1月19日", "二零二一年一月十九日"):
        page = f"# {HEAD}\n\n【柳溪网{day}】{FIRST}\n\n{SECOND}\n"
        (article,) = texts(page, "a.md")
        assert said(article) == (HEAD, (), "2021-01-19", f"{FIRST}\n{SECOND}")


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("記者周小禾", ("周小禾",)),
        ("本報記者 陳怡君 通訊員 李青", ("陳怡君", "李青")),
        ("特約記者：陳怡君", ("陳怡君",)),
        ("陳怡君 李青", ("陳怡君", "李青")),
        ("文/陳怡君 攝/李青", ("陳怡君",)),
        ("by 陳怡君", ("陳怡君",)),
        ("眾聞記者", ("眾聞記者",)),
        ("Chan Tai-man", ("Chan Tai-man",)),
        ("[陳怡君](https://a.cn/chen)", ("陳怡君",)),
        ("[陈怡君](/about)、[李青](/qing)", ("陈怡君", "李青")),
        ("陈怡君 <chen@a.cn>", ("陈怡君",)),
        ("Chan Tai-man (chan@a.cn)", ("Chan Tai-man",)),
        ("陈怡君/江城茶业高级工程师", ("陈怡君",)),
        ("陳怡君｜江城茶業首席科學家", ("陳怡君",)),
        ("陈怡君，江城大学讲师", ("陈怡君",)),
        ("陈怡君 江城云架构师", ("陈怡君",)),
        ("陈怡君/李青", ("陈怡君", "李青")),
        ("采茶人（江城茶业）", ("采茶人",)),
        ("[采茶人 (江城茶业)](https://a.cn)", ("采茶人",)),
        ("采茶人（陈怡君）", ("采茶人（陈怡君）",)),
        ("采茶人（翻译）", ("采茶人（翻译）",)),
        ("chen@a.cn", ("chen@a.cn",)),
    ],
)
def test_writers_of_front_matter_keep_their_characters(value: str, authors: tuple[str, ...]) -> None:
    """Posts are taken off, in both scripts, and addresses of pages and of mail."""
    (article,) = texts(f'---\ntitle: {HEAD}\nauthor: "{value}"\n---\n\n{FIRST}\n', "a.md")
    assert article.authors == authors


@pytest.mark.parametrize("head", [HEAD, f"【立此存照】{HEAD}", f"柳溪观察 | {HEAD}", f"{HEAD}？一问到底"])
@pytest.mark.parametrize("form", ["[{}]({})\n------", "[{}]({})\n======", "# [{}]({})"])
def test_a_headline_may_be_a_link_of_any_length(form: str, head: str) -> None:
    """What counts is the text that is shown, not the address."""
    link = form.format(head, "https://example.org/" + "%e7%ab%8b" * 30)
    label = "日期：Thu, 02 Jul 2020 10:40:48 +0000"
    (article,) = texts(f"{link}\n\n{label}\n\n<p>{FIRST}</p>\n<p>{SECOND}</p>\n", "a.md")
    assert said(article) == (head, (), "2020-07-02", f"{FIRST}\n{SECOND}")


@pytest.mark.parametrize(
    "byline", ["文/清远山", "### 文/清远山", "撰文｜清远山", "图文/清远山", "文：清远山"]
)
def test_a_pen_name_needs_no_surname_where_the_line_says_who_wrote(byline: str) -> None:
    """文/图 names no writer."""
    (article,) = texts(f"# {HEAD}\n{byline}\n\n{FIRST}\n\n{SECOND}\n", "a.md")
    assert said(article) == (HEAD, ("清远山",), None, f"{FIRST}\n{SECOND}")
    (article,) = texts(f"# {HEAD}\n文/图\n\n{FIRST}\n\n{SECOND}\n", "a.md")
    assert article.authors == ()


@pytest.mark.parametrize("number", ["{}. ", "{}、", "0{}. ", "【{}】"])
@pytest.mark.parametrize(
    "title", ["# 柳溪早报 2024-03-05", "# 每日资讯", "# 柳溪新闻简报", "---\ntitle: 柳溪早报\n---"]
)
def test_numbered_headlines_are_articles_and_numbered_sections_are_not(title: str, number: str) -> None:
    """A digest has headlines, an essay 背景 and 做法."""
    news = [(HEAD, FIRST), (OTHER, THIRD), ("加工线月底投产见效", SECOND)]
    items = "".join(f"## {number.format(n)}{head}\n\n{text}\n\n" for n, (head, text) in enumerate(news, 1))
    assert [(a.headline, a.body) for a in texts(f"{title}\n\n{items}", "a.md")] == news
    one = f"---\ntitle: 【参考139】增发国债；新规出台\n---\n\n{items}"  # says more than the name of a digest
    assert len(texts(one, "a.md")) == 1
    sections = "".join(
        f"## {number.format(n)}{head}\n\n{text}\n\n"
        for n, (head, text) in enumerate(
            zip(["背景", "做法", "启示"], [FIRST, SECOND, THIRD], strict=True), 1
        )
    )
    assert len(texts(f"# 柳溪镇推进茶产业的实践与思考\n\n{FOURTH}\n\n{sections}", "a.md")) == 1


@pytest.mark.parametrize("title", ["# 每日IT和AI新闻", "# 柳溪早报 2024-03-05"])
@pytest.mark.parametrize("over", ["", "## 柳溪网\n", "## 概览\n共收集到 3 条新闻\n\n## 柳溪网\n"])
@pytest.mark.parametrize(
    ("labels", "date"),
    [
        (
            "**发布时间:** Tue, 05 Mar 2024 07:15:58 GMT\n**链接:** <https://a.b/c>\n**正文:** ",
            "2024-03-05",
        ),
        ("- 时间：2024-03-05 08:00\n- 链接：https://a.b/c\n\n", "2024-03-05"),
        ("> 发布时间：2024年3月5日\n\n", "2024-03-05"),
        ("全文：", None),
    ],
)
def test_news_of_a_digest_have_labels_of_their_own(
    labels: str, date: str | None, over: str, title: str
) -> None:
    """Day, address and 正文： are no text; short headings divide the news."""
    news = [(HEAD, FIRST), (OTHER, THIRD), ("加工线月底投产见效", SECOND)]
    items = "".join(f"### {n}. {head}\n{labels}{text}\n\n" for n, (head, text) in enumerate(news, 1))
    heads = [head for head, _ in news]
    found = [a for a in texts(f"{title}\n\n{over}{items}", "a.md") if a.headline in heads]
    assert [a.body for a in found] == [FIRST, THIRD, SECOND]
    assert date is None or {a.date for a in found} == {date}


@pytest.mark.parametrize(
    "title", ["坍缩", "重返伊甸园", "在科幻世界，人类是一个整体", "写在〈三体〉完成之际"]
)
@pytest.mark.parametrize(
    "form",
    [
        "【{}】",
        "《{}》",
        "〖{}〗",
        "［{}］",
        "「{}」",
        "『{}』",
        "★{}★",
        "=== {} ===",
        "——{}——",
        "\u3000\u3000【{}】",
        "{}",
    ],
)
def test_the_title_of_a_text_may_stand_in_brackets(form: str, title: str) -> None:
    """A text that is no newspaper page; what somebody says or a label is no title."""
    (article,) = texts(f"{form.format(title)}\n\n{THIRD}\n\n{FOURTH}\n", "a.txt")
    assert said(article) == (title, (), None, f"{THIRD}\n{FOURTH}")
    for line in ("“我不去。”", "（一）", "【编者按】"):
        (article,) = texts(f"{line}\n\n{THIRD}\n\n{FOURTH}\n", "a.txt")
        assert article.headline == ""


_TEXT = "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬。"


@pytest.mark.parametrize(
    ("title", "heads"),
    [
        ("柳溪双周进展汇报 第042期·2025年4月8日", ("卷首语", "茶园", "加工线", "人员")),
        ("柳溪工作简况 第009期", ("春茶", "书屋", "道路")),
        ("茶叶合作社总结 第3期", ("产量", "销路", "下月安排")),
    ],
)
def test_a_report_of_short_sections_is_one_article(title: str, heads: tuple[str, ...]) -> None:
    """Its name and number are the headline: the sections have names too short for headlines."""
    text = f"# {title}\n\n" + "".join(f"## {head}\n\n{_TEXT}\n\n" for head in heads)
    (article,) = split_page(text, source="a.md")
    assert article.headline == title


@pytest.mark.parametrize(
    ("top", "middle"),
    [
        (
            "---\ntitle: 晨报第100期\ndate: 2022-01-01\n---\n\n# 晨报 · 第100期",
            "| 日期 | 天气 |\n|---|---|\n| 1日 | 晴 |",
        ),
        ("# 柳溪日报 2024年3月5日", ""),
        ("# 校园晨报", "值班：吴越"),
        ("---\ntitle: 校园晨报\n---", ""),
    ],
)
@pytest.mark.parametrize("sign", ["**本报记者 周小禾**", "**文 / 周小禾**", "（通讯员 周小禾）"])
def test_signed_headings_below_columns_are_articles(top: str, middle: str, sign: str) -> None:
    """The names of columns recur at a level above theirs, and sign nothing."""
    heads = ("柳溪春茶抢鲜上市", "加工线月底投产", "河湾社区书屋亮灯", "老街改造完工")
    parts = [
        f"{'## 校园' if n == 0 else '## 观点' if n == 2 else ''}\n\n### {head}\n\n{sign}\n\n{_TEXT}\n\n"
        for n, head in enumerate(heads)
    ]
    found = split_page(f"{top}\n\n{middle}\n\n" + "".join(parts), source="a.md")
    assert [a.headline for a in found] == list(heads)
    assert {a.authors for a in found} == {("周小禾",)}


@pytest.mark.parametrize(
    "end",
    [
        "作者：周小禾\n译者：[高原](https://a.example/)\n校对：李青",
        "（作者：周小禾）",
        "（记者 周小禾）",
        "（本报记者 周小禾 通讯员 高原）",
        "本报记者 周小禾 报道",
        "来源：柳溪日报 作者：周小禾",
    ],
)
def test_sections_signed_once_at_the_end_are_one_article(end: str) -> None:
    """Nothing stands between the title and the first of them; news of a digest are signed each, or never."""
    sections = "\n\n".join(
        f"### {head}\n\n{text}"
        for head, text in (("怎样开采", FIRST), ("谁来加工", SECOND), ("结束语", THIRD))
    )
    (article,) = texts(f"# {HEAD}\n\n{sections}\n\n{end}\n", "a.md")
    assert (article.headline, article.sections) == (HEAD, ("怎样开采", "谁来加工", "结束语"))


def test_news_of_a_digest_are_articles_though_only_the_last_is_signed() -> None:
    """The heading over them is the name of an issue."""
    sections = "\n\n".join(
        f"## {head}\n\n{text}"
        for head, text in ((HEAD, FIRST), ("加工线月底投产", SECOND), ("社区书屋亮灯", THIRD))
    )
    found = texts(f"# 柳溪日报 2024-03-05\n\n{sections}\n\n（记者 周小禾）\n", "a.md")
    assert [article.headline for article in found] == [HEAD, "加工线月底投产", "社区书屋亮灯"]


@pytest.mark.parametrize("day", ["（一九三七年十月二十五日）", "（2024年3月5日）", "(2024-03-05)"])
def test_a_day_in_brackets_below_a_title_is_of_one_article(day: str) -> None:
    """The headings below it are sections, however long they are."""
    sections = "\n\n".join(
        f"## {head}\n\n{text}"
        for head, text in ((HEAD, FIRST), ("加工线月底投产", SECOND), ("社区书屋亮灯", THIRD))
    )
    (article,) = texts(f"# 在柳溪的谈话\n{day}\n\n{sections}\n", "a.md")
    assert (article.headline, len(article.sections)) == ("在柳溪的谈话", 3)


def test_headings_that_divide_have_several_articles_each() -> None:
    """Of a digest: each heading below one without a text; lists of contents are divided too."""
    items = ((HEAD, FIRST), ("加工线月底投产", SECOND), ("社区书屋亮灯", THIRD), ("老街改造今天完工", FIRST))
    one, two = (
        "\n\n".join(f"### {head}\n\n{text}" for head, text in part) for part in (items[:2], items[2:])
    )
    page = f"## 要闻\n\n{one}\n\n## 社区\n\n{two}\n\n## 今晚停水\n\n{SECOND}\n"
    heads = [head for head, _ in items]
    assert [article.headline for article in texts(page, "a.md")] == [*heads, "今晚停水"]
    contents = (
        f"## 概览\n\n### 要闻\n\n- {heads[0]}\n- {heads[1]}\n\n### 社区\n\n- {heads[2]}\n- {heads[3]}\n\n"
    )
    news = "\n\n".join(f"## {head}\n\n{text}" for head, text in items)
    found = texts(f"# 柳溪早报 2024-03-05\n\n{contents}{news}\n", "a.md")
    assert [article.headline for article in found] == heads


@pytest.mark.parametrize(
    "over",
    [
        "《柳溪新闻》2024年3月5日全部四条，原文完整保留。\n\n",
        "全部四条，原文完整保留。\n\n## 《柳溪新闻》 20240305 19:00\n\n[查看视频](https://a.example/)\n\n",
        "## 《柳溪新闻》 20240305 19:00\n\n[查看视频](https://a.example/)\n\n---\n\n",
        "欢迎关注柳溪日报\n\n## 柳溪日报 2024年3月5日\n\n",
    ],
)
def test_what_an_issue_says_of_itself_is_no_article(over: str) -> None:
    """A sentence over the first headline, and its name once more as a heading."""
    items = ((HEAD, FIRST), ("加工线月底投产", SECOND), ("社区书屋亮灯", THIRD))
    news = "\n\n---\n\n".join(f"## {head}\n\n{text}" for head, text in items)
    found = texts(f'---\ntitle: "柳溪新闻文字稿 · 2024年3月5日"\n---\n\n{over}{news}\n', "a.md")
    assert [(article.headline, article.body) for article in found] == list(items)


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("## 春茶抢鲜上市##", "春茶抢鲜上市"),
        ("### 鲜叶卖给谁？###", "鲜叶卖给谁？"),
        ("## 春茶抢鲜上市 ##", "春茶抢鲜上市"),
        ("# 茶农学 C#", "茶农学 C#"),
        ("## 茶农学 C# ##", "茶农学 C#"),
    ],
)
def test_hashes_that_close_a_heading_are_no_part_of_it(line: str, headline: str) -> None:
    """Behind a Han character they need no space."""
    (article,) = split_page(
        f"{line}\n\n柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地。\n", source="a.md"
    )
    assert article.headline == headline


_PROSE = "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地。"


@pytest.mark.parametrize(
    "text",
    [
        f">\n\n# 春茶\n\n{_PROSE}",
        f">\n> {_PROSE}\n",
        f"# 春茶\n\n{_PROSE}\n\n>\n",
        f"-\n\n# 春茶\n\n{_PROSE}",
        f"1.\n\n{_PROSE}\n\n2.\n",
        f"> >\n\n# 春茶\n\n{_PROSE}",
        f"---\n>\n# 春茶\n{_PROSE}",
        f"# 春茶抢鲜上市\n\n{_PROSE}\n\n>\n\n# 河湾书屋亮灯\n\n{_PROSE}",
        "*\n",
    ],
)
def test_a_mark_without_a_text_is_not_lost(text: str) -> None:
    """At the top and the end, and between two articles, it is furniture."""
    check_covered_once(text, split_text(text, source="a.md"))


@pytest.mark.parametrize("sign", ["> 本报记者 周小禾\n\n", ""])
@pytest.mark.parametrize("columns", [("要闻", "校园", "来论"), ("通知", "社团风采", "人物")])
def test_columns_with_one_article_each_are_no_headlines(columns: tuple[str, ...], sign: str) -> None:
    """## 要闻 over ### and the headline, time after time: the deeper heading is no subtitle."""
    heads = ("图书馆延长开放到晚上十点", "女篮逆转晋级四强", "校服可以更好看一点")
    page = "---\ntitle: 南塘中学日报 2025-03-12\ndate: 2025-03-12\n---\n" + "".join(
        f"\n## {column}\n\n### {head}\n\n{sign}从下周一起，{head}，自习区新添了六十个座位和二十盏台灯。\n"
        for column, head in zip(columns, heads, strict=True)
    )
    articles = split_page(page, source="page.md")
    assert [(a.headline, a.subtitle, a.column) for a in articles] == [
        (head, "", column) for column, head in zip(columns, heads, strict=True)
    ]


def test_contents_of_a_signed_issue_are_no_article() -> None:
    """A heading 目录 over a list of the headlines that follow, in Markdown."""
    heads = ("图书馆延长开放到晚上十点", "女篮逆转晋级四强", "校服可以更好看一点")
    page = (
        "# 南塘中学日报\n\n## 目录\n\n"
        + "".join(f"- [{head}](#{head})\n" for head in heads)
        + "".join(
            f"\n## {head}\n\n*周小禾*\n\n从下周一起，自习区新添了六十个座位和二十盏台灯。\n" for head in heads
        )
    )
    assert [a.headline for a in split_page(page, source="page.md")] == list(heads)


ITEMS = (
    ("图书馆延长开放到晚上十点", "从下周一起，图书馆每晚开放到十点，自习区新添了六十个座位。"),
    ("女篮逆转晋级四强", "昨天下午的联赛上，女篮在落后九分的情况下连追三节，晋级四强。"),
    ("校服可以更好看一点", "新校服发下来的那天，班里议论了整整一个课间，有人嫌颜色太暗。"),
)


@pytest.mark.parametrize(
    "top",
    [
        "# 南塘周刊（第60期）：图书馆延长开放\n\n每周五发布。\n",
        "# 南塘日报(2025-03-12) : 图书馆延长开放\n\n每周五发布。\n",
        "---\ntitle: (2025-03-12) 图书馆延长开放\n---\n",
    ],
)
@pytest.mark.parametrize("number", ["", "{}、", "{}. "])
def test_an_issue_may_be_named_with_the_headline_that_leads_it(top: str, number: str) -> None:
    """Its headings are those of news, though a sentence is below its name."""
    page = top + "".join(f"\n## {number.format(n)}{h}\n\n{t}\n" for n, (h, t) in enumerate(ITEMS, 1))
    assert [a.headline.lstrip("123、. ") for a in split_page(page, source="page.md")] == [h for h, _ in ITEMS]


def test_what_a_digest_says_of_itself_at_both_ends_is_furniture() -> None:
    """Below headings of its own: how to subscribe, who gives money, what was in other issues."""
    page = (
        "# 南塘周刊第60期\n\n## 目录\n\n打开右上角的目录，阅读起来更方便。\n"
        + "".join(f"\n## {h}\n\n{t}\n" for h, t in ITEMS)
        + "\n## 欢迎订阅\n\n每周五早上发到信箱。\n\n## 赞助 & 支持\n\n请我们喝一杯茶。\n"
    )
    assert [(a.headline, a.body) for a in split_page(page, source="page.md")] == list(ITEMS)


def test_a_file_of_several_days_has_an_article_for_each() -> None:
    """Their names and days are all the headings: a list is below each, and the day is its date."""
    page = "".join(
        f"## 南塘每日新闻（2025-03-{10 + n}）\n\n1. {h} https://example.org/{n}\n2. {t}\n\n"
        for n, (h, t) in enumerate(ITEMS)
    )
    articles = split_page(page, source="page.md")
    assert [(a.headline, a.date) for a in articles] == [
        (f"南塘每日新闻（2025-03-{10 + n}）", f"2025-03-{10 + n}") for n in range(3)
    ]


def test_modules_of_mdx_are_no_text() -> None:
    """What is imported and defined below the front matter, up to a blank line."""
    page = f"""---
title: {ITEMS[0][0]}
---

import Link from '@site/link';
import "./style.css";

export const Note = ({{children}}) => (
  <a
    href="#">{{children}}</a>
);

{ITEMS[0][1]}
"""
    (article,) = split_page(page, source="page.mdx")
    assert (article.headline, article.body) == ITEMS[0]


@pytest.mark.parametrize("table", ["taxonomies", "extra", "params"])
def test_a_table_of_front_matter_may_name_the_writers(table: str) -> None:
    """In TOML as Zola and Hugo have it; the file's own key counts before."""
    keys = f'title = "{ITEMS[0][0]}"\ndate = 2025-03-12\n\n[{table}]\nauthors = ["周小禾"]'
    page = f"+++\n{keys}\n+++\n{ITEMS[0][1]}\n"
    (article,) = split_page(page, source="page.md")
    assert (article.headline, article.authors, article.date) == (ITEMS[0][0], ("周小禾",), "2025-03-12")
    own = page.replace("\n\n[", '\nauthor = "高原"\n\n[')
    assert split_page(own, source="page.md")[0].authors == ("高原",)


@pytest.mark.parametrize(
    "sign", ["作者：周小禾　2025-03-12", "**作者：周小禾，2025年3月12日**", "周小禾", "> 周小禾 / 2025-03-12"]
)
def test_a_line_below_the_headline_of_one_article_signs_it(sign: str) -> None:
    """A label before a day, or a name alone; sections follow."""
    sections = f"## 现场\n\n{ITEMS[1][1]}\n\n## 声音\n\n{ITEMS[2][1]}\n"
    page = f"# {ITEMS[0][0]}\n\n{sign}\n\n{ITEMS[0][1]}\n\n{sections}"
    (article,) = split_page(page, source="2025-03-12.md")
    assert (article.authors, article.date) == (("周小禾",), "2025-03-12")
    assert article.body.startswith(ITEMS[0][1])


@pytest.mark.parametrize(
    "line", ['{{< figure src="a.jpg" title="春茶" >}}', "{% asset_img a.jpg 春茶 %}", "{{% notice %}}"]
)
def test_what_a_site_puts_something_in_the_place_of_is_no_text(line: str) -> None:
    """Shortcodes of Hugo, tags of Hexo and Jekyll, alone on a line."""
    page = f"---\ntitle: {ITEMS[0][0]}\n---\n\n{ITEMS[0][1]}\n\n{line}\n\n{ITEMS[1][1]}\n"
    (article,) = split_page(page, source="page.md")
    assert article.body == f"{ITEMS[0][1]}\n{ITEMS[1][1]}"


@pytest.mark.parametrize("form", ["11-{} 周一", "2021-11-{}", "星期一（11月{}日）"])
def test_days_alone_are_no_headlines(form: str) -> None:
    """A list of what was played, day by day, is one article, though its title has a day."""
    days = "".join(f"\n## {form.format(20 + n)}\n\n- {h}：{t}\n" for n, (h, t) in enumerate(ITEMS))
    page = f"---\ntitle: 南塘广播站 2021-11-20 至 11-23 歌单\n---\n{days}"
    assert len(split_page(page, source="page.md")) == 1


@pytest.mark.parametrize("info", ["html", "text", "plaintext", "HTML"])
def test_a_fence_beside_headings_holds_code_and_one_around_all_a_text(info: str) -> None:
    """A model sets it around what it read; an archive keeps the sources of its pages in some."""
    inner = f"# {OTHER}\n\n{SECOND}\n"
    (article,) = texts(f"```{info}\n{inner}```\n", "a.md")
    assert (article.headline, article.body) == (OTHER, SECOND)
    fence = f"### 网页源码\n\n```{info}\n<body>\n\n<!-- {SECOND} -->\n{inner}```\n"
    heads = [HEAD, OTHER, "老街迎来各地客商"]
    page = "".join(f"## {n}. {head}\n\n{FIRST}\n\n{fence}\n---\n\n" for n, head in enumerate(heads, 1))
    found = texts(f"# 柳溪新闻 - 2024年3月5日\n\n**数量：** 3条\n\n---\n\n{page}", "a.md")
    assert [a.headline for a in found] == heads


@pytest.mark.parametrize("info", ["markdown", "md"])
def test_a_fence_of_markdown_holds_a_text_below_a_heading_too(info: str) -> None:
    """What a model wrote is pasted below the name of the issue."""
    inner = f"### {HEAD}\n\n{FIRST}\n\n### {OTHER}\n\n{SECOND}\n"
    found = texts(f"# 柳溪日报 2024-03-05\n\n## 要闻\n\n```{info}\n{inner}```\n", "a.md")
    assert [(a.headline, a.body) for a in found] == [(HEAD, FIRST), (OTHER, SECOND)]


@pytest.mark.parametrize(
    "name", ["南山子_老驴", "这个汤圆没有馅", "采茶iOS", "一个普通的采茶工人", "茶农小周2024", "zhou-xiaohe1"]
)
@pytest.mark.parametrize("form", ["**作者**: [{}](https://a.cn/u)", "作者：{}", "> 作者: {}"])
def test_a_writer_is_called_as_the_label_says(form: str, name: str) -> None:
    """Whatever the name is made of; where a text is from and what a writer studies is no name."""
    page = "".join(
        f"{head}\n--------\n{{}}\n\n{FIRST}\n\n{SECOND}\n\n" for head in ("怎样采春茶", "怎样炒春茶")
    )
    found = texts("# 2018.01\n\n" + page.format(*[form.format(name)] * 2), "2018-01.md")
    assert [(a.headline, a.authors) for a in found] == [("怎样采春茶", (name,)), ("怎样炒春茶", (name,))]
    for other in ("来自网络转载不详", "根据公开资料整理", "周小禾，江城大学茶学专业2010级硕士生"):
        found = texts("# 2018.01\n\n" + page.format(*[form.format(other)] * 2), "2018-01.md")
        assert {name for a in found for name in a.authors} <= {"周小禾"}


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("一九六六年十月二十四日讲话\n", "1966-10-24"),
        ("（一九六七年一月三十日）\n", "1967-01-30"),
        ("1966年10月24日于柳溪\n", "1966-10-24"),
        ("【2024年3月5日】\n", "2024-03-05"),
        ("十月七日\n", None),
        ("3月5日\n", None),
        ("（六六年十月六日）", None),
        ("（三月五日于柳溪）同志们：", None),
    ],
)
def test_a_day_below_the_first_line_says_that_it_is_the_title(line: str, day: str | None) -> None:
    """Alone, with what was then, or in brackets before the text; a day in a sentence does not."""
    title = "高站长谈春茶采摘的三个问题"
    (article,) = texts(f"{title}\n{line}{THIRD}\n{FOURTH}\n{THIRD}\n", "a.txt")
    assert (article.headline, article.date) == (title, day)
    assert article.body.endswith(f"{FOURTH}\n{THIRD}")
    (article,) = texts(f"{title}\n三月五日，茶山下雨\n{THIRD}\n{FOURTH}\n{THIRD}\n", "a.txt")
    assert article.headline == ""


@pytest.mark.parametrize(
    "second", ["——柳溪镇发展茶产业的调查", "在全镇茶农大会上的讲话", "柳溪镇三个村的春茶采摘见闻"]
)
@pytest.mark.parametrize("below", ["", "（一九六七年一月三十日）同志们："])
def test_a_title_may_have_two_lines_over_a_long_text(below: str, second: str) -> None:
    """Labels, numbers and what somebody says make no title, nor do lines that are very short."""
    title = "一片叶子怎样富了一方百姓"
    text = f"{below}{THIRD}{FOURTH}{THIRD}"
    (article,) = texts(f"{title}\n{second}\n{text}\n{THIRD}\n{FOURTH}\n", "a.txt")
    assert (article.headline, article.subtitle) == (title, second)
    assert article.body == f"{text}\n{THIRD}\n{FOURTH}"
    for one, other in (
        ("收件人：柳溪镇各村的茶农", "主题：春茶采摘安排的通知"),
        ("1. 先把茶叶洗干净再说", "2. 放到锅里慢慢地炒"),
        ("“你今天到茶山去了吗”", "“去了，人可真是不少”"),
        ("第一章 茶山的早晨来了", "第一节 上山采茶的路上"),
        ("采茶去", "带上竹篓"),
    ):
        (article,) = texts(f"{one}\n{other}\n{text}\n{THIRD}\n{FOURTH}\n", "a.txt")
        assert article.subtitle == ""
