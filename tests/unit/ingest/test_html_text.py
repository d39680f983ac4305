"""The text of a page of a website among what is set beside it; all texts and people are made up."""

from __future__ import annotations

import pytest

from searchlib.ingest.html import articles_of_html, pages_of_html
from searchlib.model import Article

ONE = "江湾镇果园进入采收旺季，镇里请来三百名短工分片下地，预计月底前收完第一茬，比去年早五天。"
TWO = "镇农技站站长介绍，今年新建了两条分选线，果农在家门口就能把果子卖出去，每斤多卖三角钱。"
THREE = "东浦社区新开的食堂中午坐满了老人，一荤两素只收八元钱，饭后还可以在隔壁的书屋里坐坐。"
MENU = "".join(
    f"<li><a href='/{n}'>{name}</a></li>" for n, name in enumerate(["要闻", "国际", "体育", "财经"])
)
LISTED = "".join(f"<div><a href='/x{n}'>别处的一条新闻标题之{n}</a></div>" for n in range(8))


def read(body: str, title: str = "江湾果园开摘_江湾新闻网", head: str = "") -> list[Article]:
    """Read a page of a website with such a body."""
    text = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return [a for a in articles_of_html(text, "a.html") if a.kind != "photo_caption"]


def around(inner: str) -> str:
    """Set a text into a page whose elements are named after nothing that is known."""
    return (
        f"<div class='k1'><ul>{MENU}</ul></div><div class='k2'><div class='k3'>{inner}</div>"
        f"<div class='k4'><h3>大家都在看</h3>{LISTED}</div></div>"
        "<div class='k5'><p>江湾新闻网版权所有</p></div>"
    )


TEXT = f"<div class='t'><p>{ONE}</p><p>{TWO}</p></div>"


def test_the_text_is_found_by_its_prose() -> None:
    """Menus, lists of other headlines and the imprint are furniture, whatever their elements are called."""
    (article,) = read(around(f"<h1>江湾果园开摘</h1>{TEXT}"))
    assert (article.headline, article.body) == ("江湾果园开摘", f"{ONE}\n{TWO}")


def test_the_headline_is_the_heading_that_the_title_has() -> None:
    """The name of the site is set as `h1` too, and stands first."""
    (article,) = read(f"<div><h1>新闻中心</h1></div>{around(f'<h1>江湾果园开摘</h1>{TEXT}')}")
    assert (article.headline, article.body) == ("江湾果园开摘", f"{ONE}\n{TWO}")


def test_comments_below_are_no_text() -> None:
    """What readers write has sentences too, but under a heading of its own."""
    said = "<p>支持家乡，明年一定去摘果子！</p><p>路太远了，没有车去不了。</p>"
    comments = f"<div class='c'><h3>网友跟贴</h3>{said}</div>"
    (article,) = read(around(f"<h1>江湾果园开摘</h1>{TEXT}{comments}"))
    assert article.body == f"{ONE}\n{TWO}"


def test_several_articles_next_to_one_another_stay() -> None:
    """The longest of them is not taken for the page's only text."""
    rest = "".join(
        f"<div class='a'><h2>{head}</h2><p>{text}</p></div>"
        for head, text in [
            ("江湾果园开摘", (ONE + TWO) * 4),
            ("东浦食堂开张", THREE),
            ("河东新桥通车", THREE),
        ]
    )
    found = read(f"<div class='w'>{rest}</div>", title="江湾新闻网")
    assert [a.headline for a in found] == ["江湾果园开摘", "东浦食堂开张", "河东新桥通车"]


def test_a_lead_that_is_one_link_is_text() -> None:
    """A weekly links each lead to its article: that is no menu."""
    rest = "".join(
        f"<div class='a'><a href='/{n}'><h1>{head}</h1><p>{text}</p></a></div>"
        for n, (head, text) in enumerate([("江湾果园开摘", ONE), ("东浦食堂开张", THREE)])
    )
    found = read(f"<div class='w'>{rest}</div>", title="江湾学生周报 第 9 期")
    assert [(a.headline, a.body) for a in found] == [("江湾果园开摘", ONE), ("东浦食堂开张", THREE)]


@pytest.mark.parametrize(
    "named",
    [
        "<span class='author_name'>学生会新闻部</span>",
        "<div class='byline'>作者：学生会新闻部</div>",
        "<a rel='author' href='/u'>学生会新闻部</a>",
        "<span itemprop='author'>学生会新闻部</span>",
        "<p class='author-info'><span>学生会新闻部</span></p>",
        "<span class='post__author-name'>学生会新闻部</span>",
        "<span class='entry-author vcard'><a href='/u'>学生会新闻部</a></span>",
        "<div class='c-byline__author'>学生会新闻部</div>",
        "<span class='news_reporter'>学生会新闻部</span>",
        "<ul class='authors-list'><li>学生会新闻部</li></ul>",
    ],
)
def test_writers_are_who_the_page_says(named: str) -> None:
    """People and offices alike, below the text, and none of its words."""
    (article,) = read(f"<h1>江湾果园开摘</h1><p>{ONE}</p><div>{named}</div>")
    assert (article.authors, article.body) == (("学生会新闻部",), ONE)


@pytest.mark.parametrize(
    "called", ["author-bio", "comment-author", "co-author-posts", "authorized", "about-author"]
)
def test_what_is_told_of_a_writer_is_no_name(called: str) -> None:
    """The name of an element may have that word for other reasons."""
    (article,) = read(f"<h1>江湾果园开摘</h1><p>{ONE}</p><p class='{called}'>爱写果园的人</p>")
    assert article.authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "<span class='date'>2024/03/05</span>",
        "<div class='post-time'>2024年3月5日 08:30</div>",
        "<div>字号：大 中 小　本文共阅读 953 次　更新时间：2024-03-05 08:30</div>",
        "<div>最后更新: 2024-03-05 09:27:48</div>",
        "<div>2024-03-05 08:30</div>",
    ],
)
def test_the_date_beside_the_headline_is_the_articles(line: str) -> None:
    """By the name of its element, or by what the line says; it is no text."""
    (article,) = read(f"<h1>江湾果园开摘</h1>{line}<p>{ONE}</p><p>{TWO}</p>")
    assert (article.date, article.body) == ("2024-03-05", f"{ONE}\n{TWO}")


def test_one_article_is_not_torn_where_its_page_has_its_headline_as_title() -> None:
    """Short lines and names inside it begin no other; headings are sections."""
    inner = (
        f"<p>{ONE}</p><p>文／赵强</p><h3>分选线进村</h3><p>{TWO}</p>"
        f"<p>东浦食堂</p><p>本报讯（记者 林志明）{THREE}</p>"
    )
    (article,) = read(f"<h1>江湾果园开摘</h1>{inner}")
    assert (article.headline, article.sections[0]) == ("江湾果园开摘", "分选线进村")
    assert THREE in article.body


def test_controls_below_the_headline_are_no_subtitle() -> None:
    """A line without Han beside marked heads is no word of a Chinese text."""
    (article,) = read(f"<h1>江湾果园开摘</h1><div>T + -</div><div>Previous Next</div><p>{ONE}</p>")
    assert (article.headline, article.subtitle, article.body) == ("江湾果园开摘", "", ONE)


@pytest.mark.parametrize("text", ["", "<nav></nav>", "<nav>要闻</nav>", "<h1></h1>"])
def test_a_page_of_nothing_is_read(text: str) -> None:
    """No text at all, or menus only."""
    assert len(list(pages_of_html(text))) <= 1


def test_the_line_with_which_the_title_begins_is_the_headline() -> None:
    """An e-edition sets it bold, without a heading, and the paper's name right behind it in the title."""
    menu = "<div><a href='/'>首页</a> <a href='/b'>版面导航</a></div>"
    text = f"<td><founder-content><p>　　{ONE}</p><p>　　{TWO}</p></founder-content></td>"
    rows = f"<table><tr><td><strong>江湾果园开摘</strong></td></tr><tr>{text}</tr></table>"
    (article,) = read(menu + rows, title="江湾果园开摘-江湾日报数字报")
    assert (article.headline, article.body) == ("江湾果园开摘", f"{ONE}\n{TWO}")


OG = "<meta property='og:title' content='江湾果园开摘'>"


@pytest.mark.parametrize(
    ("title", "head"), [("江湾果园开摘 | 江湾新闻网", ""), ("江湾新闻网", OG), ("江湾果园开摘", OG)]
)
@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_channel_over_the_headline_is_none_and_headings_below_are_sections(
    title: str, head: str, level: int
) -> None:
    """Though all are of one level: the page says which is its title."""
    h = f"h{level}"
    channel = f"<div class='top'><{h}><a href='/c'>乡村</a></{h}></div>"
    text = f"<p>{ONE}</p><{h}>分选线</{h}><p>{TWO}</p><{h}>果农说</{h}><p>{THREE}</p>"
    (article,) = read(f"{channel}<article><{h}>江湾果园开摘</{h}>{text}</article>", title, head)
    assert article.headline == "江湾果园开摘"
    assert article.overline == ""
    assert article.sections == ("分选线", "果农说")
    assert article.body.startswith(ONE)


@pytest.mark.parametrize("title", ["江湾果园开摘", "江湾晚报2024年3月5日", "食堂坐满老人 | 江湾新闻网"])
def test_headlines_of_one_level_are_articles_where_no_title_says_otherwise(title: str) -> None:
    """A page made from a text has its first line as title; a headline over a text names no channel."""
    body = f"<h1>江湾果园开摘</h1><p>{ONE}</p><p>{TWO}</p><h1>食堂坐满老人</h1><p>{THREE}</p>"
    found = read(body, title)
    assert [article.headline for article in found] == ["江湾果园开摘", "食堂坐满老人"]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("作者: 周小禾 发表于: 2024-03-05", ("周小禾",)),
        ("作者：清远山 发布于 2024-03-05", ("清远山",)),
        ("周小禾 发表于 2024年3月5日", ("周小禾",)),
        ("作者: 阿大、阿茶 更新于: 2024-03-05", ("阿大", "阿茶")),
        ("作者：xiaohe_z 刊于：2024-03-05 分类：乡村", ("xiaohe_z",)),
        ("2024-03-05 发布 作者：周小禾", ("周小禾",)),
    ],
)
@pytest.mark.parametrize("place", ["<p class='article-byline'>{}</p>", "<div>{}</div>"])
def test_who_wrote_and_when_on_one_line(place: str, line: str, authors: tuple[str, ...]) -> None:
    """Labels as blogs and websites print them, under the headline or where the page says it is."""
    (article,) = read(around(f"<h1>江湾果园开摘</h1>{place.format(line)}{TEXT}"))
    assert (article.authors, article.date) == (authors, "2024-03-05")
    assert article.body == f"{ONE}\n{TWO}"


@pytest.mark.parametrize(
    ("element", "day"),
    [
        ("<time datetime='2024-03-04T16:00:00.000Z'>2024-03-05</time>", "2024-03-05"),
        (
            "<time datetime='2024-03-04T23:30:00Z' itemprop='datePublished'> 2024年3月5日 </time>",
            "2024-03-05",
        ),
        ("<time datetime='2024-03-05'>昨天</time>", "2024-03-05"),
        ("<time datetime='2024-03-05'><i></i></time><span>2024-03-01</span>", "2024-03-05"),
    ],
)
def test_the_day_that_is_printed_counts(element: str, day: str) -> None:
    """A moment told in UTC may be of the day before."""
    (article,) = read(around(f"<h1>江湾果园开摘</h1><div>{element}</div>{TEXT}"))
    assert article.date == day


def test_the_numbers_of_lines_of_code_are_not_read() -> None:
    """They stand in a column of their own beside the code."""
    numbers = "<td class='gutter'><pre>1<br>2<br></pre></td>"
    code = f"<table><tr>{numbers}<td class='code'><pre>let tea = 1<br>sell(tea)</pre></td></tr></table>"
    (article,) = read(around(f"<h1>江湾果园开摘</h1><div class='t'><p>{ONE}</p>{code}<p>{TWO}</p></div>"))
    assert article.body == f"{ONE}\nlet tea = 1\nsell(tea)\n{TWO}"


def test_the_headline_above_the_text_is_found_though_a_section_begins_it() -> None:
    """By the page's title; who wrote it stands between them."""
    by = "<p class='byline'>作者: 周小禾 发表于: 2024-03-05</p>"
    text = f"<div class='t'><h2>概述</h2><p>{ONE}</p><h2>分选线</h2><p>{TWO}</p></div>"
    (article,) = read(around(f"<h1>江湾果园开摘</h1>{by}{text}"))
    assert (article.headline, article.authors) == ("江湾果园开摘", ("周小禾",))
    assert article.sections == ("概述", "分选线")


@pytest.mark.parametrize(
    ("title", "heads"),
    [
        ("江湾晚报2024-03-05", ["同一张方桌", "茶山一日", "江湾豆腐（风味）"]),
        ("江湾日报 2024年3月5日 第8版", ["老街的钟", "写给茶农的信", "夏日摘果记"]),
        ("江湾日报海外版2024年3月5日", ["果园里的月亮", "两位老朋友", "一封家书"]),
    ],
)
def test_a_page_of_a_paper_has_short_headlines_too(title: str, heads: list[str]) -> None:
    """Essays have them; the title is that of the paper's day."""
    texts = (ONE, TWO, THREE)
    body = "".join(f"<h2>{head}</h2><p>{text}</p>" for head, text in zip(heads, texts, strict=True))
    assert [article.headline for article in read(body, title)] == heads


@pytest.mark.parametrize("title", ["茶园管理办法", "江湾镇工作小结2024-03-05", "江湾日报2024-03-05"])
def test_short_headings_are_sections_of_other_pages(title: str) -> None:
    """And the names of columns are no headlines on any page."""
    body = "".join(
        f"<h2>{head}</h2><p>{text}</p>" for head, text in (("要闻", ONE), ("乡村", TWO), ("社区", THREE))
    )
    assert len(read(body, title)) == 1


@pytest.mark.parametrize(
    "day",
    [
        "June 12, 2024",
        "Jun. 12th, 2024",
        "12 June 2024",
        "Wed, 12 Jun 2024 18:22:47 +0000",
        "2024-06-12",
        "2024年6月12日",
        "2024/6/12 08:30",
        "二〇二四年六月十二日",
    ],
)
@pytest.mark.parametrize("who", ["", "<br>zhaoq", "<br>江湾站<br><a href='/t'>果园</a>"])
@pytest.mark.parametrize("deeper", ["h2", "h5"])
def test_a_heading_that_begins_with_a_day_says_when(day: str, who: str, deeper: str) -> None:
    """And who, right below a higher one; it is no headline, and no title of a section."""
    head = f"<header><h1>江湾果园开摘</h1><{deeper}>{day}{who}</{deeper}></header>"
    text = f"<article>{head}<p>{ONE}</p><h2>分选线</h2><p>{TWO}</p></article>"
    (article,) = read(f"<ul>{MENU}</ul>{text}", "江湾果园开摘 &middot; 江湾新闻网")
    assert (article.headline, article.date) == ("江湾果园开摘", "2024-06-12")
    assert article.body.endswith(f"{ONE}\n分选线\n{TWO}")


def test_headings_of_days_over_texts_are_titles_of_parts() -> None:
    """A log of days has one over each, and none below its title alone."""
    text = f"<h1>江湾果园采收日记</h1><h2>2024-06-12</h2><p>{ONE}</p><h2>2024-06-13</h2><p>{TWO}</p>"
    (article,) = read(text, "江湾果园采收日记")
    assert ONE in article.body
    assert TWO in article.body


@pytest.mark.parametrize("mark", ["·", "•", "»", "-", "|", "_", "–", "--"])
def test_the_part_of_the_title_before_the_name_of_the_site_is_the_headline(mark: str) -> None:
    """A second main heading below it is that of a section."""
    inner = f"<p>{ONE}</p><h1>怎样去摘</h1><p>{TWO}</p><h2>路线</h2><p>{THREE}</p>"
    text = f"<article><h1>江湾果园开摘</h1><section>{inner}</section></article>"
    (article,) = read(text, f"江湾果园开摘 {mark} 江湾新闻网")
    assert (article.headline, article.body) == ("江湾果园开摘", f"{ONE}\n怎样去摘\n{TWO}\n路线\n{THREE}")


def test_where_more_is_to_be_found_is_the_end_of_the_text() -> None:
    """A paragraph most of which is the address of a page; a row of other headlines is not."""
    told = "活动当天会有直播，照片和讲稿以后会放到 <a href='/s'>https://www.example.org/jiangwan/orchard/share</a>"
    (article,) = read(
        around(f"<h1>江湾果园开摘</h1><div class='t'><p>{ONE}</p><p>{TWO}</p><p>{told}</p></div>")
    )
    assert article.body.startswith(f"{ONE}\n{TWO}\n活动当天会有直播")
    others = "<p>相关：<a href='/1'>江湾镇今年的果子卖得怎么样，果农们都笑了</a></p>"
    (article,) = read(around(f"<h1>江湾果园开摘</h1><div class='t'><p>{ONE}</p><p>{TWO}</p>{others}</div>"))
    assert article.body == f"{ONE}\n{TWO}"
