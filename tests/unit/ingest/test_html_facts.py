"""What meta tags and JSON-LD say of who wrote, and of a page of one article; all texts are made up."""

from __future__ import annotations

import json

import pytest
from unit.ingest.test_html_text import ONE, THREE, TWO, read

TITLE = "江湾果园开摘_江湾新闻网"


def linked(author: object, publisher: str = "江湾新闻网") -> str:
    """Return JSON-LD that names an author and who publishes."""
    said = {"@type": "NewsArticle", "headline": "江湾果园开摘", "author": author, "publisher": publisher}
    return f'<script type="application/ld+json">{json.dumps(said, ensure_ascii=False)}</script>'


PERSON = linked({"@type": "Person", "name": "赵强"})
META = '<meta name="author" content="{}">'


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        (META.format("江湾新闻网") + PERSON, ("赵强",)),
        (META.format("https://www.facebook.com/jiangwan") + PERSON, ("赵强",)),
        (META.format("赵强 https://example.org/zhao"), ("赵强",)),
        (META.format("江灣電子報") + linked([{"@type": "person", "name": "赵强"}]), ("赵强",)),
        (linked({"@type": "Organization", "name": "江湾TV"}, "江湾TV") + META.format("赵强"), ("赵强",)),
        (PERSON.replace("开摘", "开\n摘"), ("赵强",)),
        (META.format("新华社"), ()),
        (linked({"@type": "Organization", "name": "江湾TV"}, "江湾TV"), ()),
        (META.format("江湾茶人"), ("江湾茶人",)),
        (META.format("林志明") + '<meta property="og:site_name" content="林志明">', ("林志明",)),
    ],
)
def test_a_person_is_the_author_and_a_site_is_none(head: str, authors: tuple[str, ...]) -> None:
    """JSON-LD tells a person from an organization; an address and the name of a medium are nobody's."""
    (article,) = read(f"<h1>江湾果园开摘</h1><p>{ONE}</p><p>{TWO}</p>", TITLE, head)
    assert article.authors == authors


def test_the_line_below_the_headline_signs_where_only_the_site_is_named() -> None:
    """The name of the site in a meta tag does not stand in its way."""
    text = f"<h1>江湾果园开摘</h1><p>記者赵强／台北報導</p><p>{ONE}</p><p>{TWO}</p>"
    (article,) = read(text, TITLE, META.format("江灣新聞網"))
    assert article.authors == ("赵强",)


@pytest.mark.parametrize("inner", ["{}", "<div><center>{}</center></div>"])
def test_a_form_that_holds_the_page_is_its_text(inner: str) -> None:
    """ASP.NET sets all of a page into one form; other forms are for filling in."""
    form = f"<form id='aspnetForm'><h1>江湾果园开摘</h1><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></form>"
    small = "<form><p>请输入您的邮箱，我们每周给您寄一期。</p></form>"
    (article,) = read(inner.format(form + small), TITLE)
    assert (article.headline, article.body) == ("江湾果园开摘", f"{ONE}\n{TWO}\n{THREE}")


@pytest.mark.parametrize("pasted", ["<html><body><p>{}</p></body></html>", "<p>{}</p></div></body></html>"])
def test_a_page_within_the_page_is_text_in_its_place(pasted: str) -> None:
    """A text that was pasted in as a page of its own does not end the element that it is in."""
    menu = "".join(f"<div><a href='/{n}'>别处的一条新闻标题之{n}</a></div>" for n in range(6))
    inner = f"<h1>江湾果园开摘</h1><div>{pasted.format(ONE)}<p>{TWO}</p></div>"
    (article,) = read(f"<article>{inner}</article><div>{menu}</div>", TITLE)
    assert article.body == f"{ONE}\n{TWO}"


CONTENTS = "<h2>目录</h2><ul><li><a href='#1'>何时开摘</a></li><li><a href='#2'>运货</a></li></ul>"


@pytest.mark.parametrize("contents", ["", CONTENTS])
@pytest.mark.parametrize("over", ["", "<header><h1><a href='/'>江湾新闻网</a></h1></header>"])
def test_headings_right_below_the_title_of_the_page_are_sections(over: str, contents: str) -> None:
    """A list of contents above them makes no issue of it."""
    heads = ("果子何时熟透何时开摘", "怎样分拣和装箱才省工", "运到城里的路怎么走最近")
    text = contents + below(heads)
    (article,) = read(f"{over}<div><h1>江湾果园的一年</h1>{text}</div>", "江湾果园的一年 - 江湾新闻网")
    assert article.headline == "江湾果园的一年"
    assert THREE in article.body


@pytest.mark.parametrize("name", ["江湾周报", "江湾今日要点", "2024-03-05"])
def test_headings_below_the_name_of_an_issue_are_headlines(name: str) -> None:
    """Even where the page has that name as its title."""
    news = below(("江湾果园今年提前开摘", "镇里新建分选线两条", "东浦社区食堂开张了"))
    assert len(read(f"<h1>{name}</h1>{news}", f"{name} - 江湾新闻网")) == 3


def below(heads: tuple[str, ...]) -> str:
    """Return headings with a text each."""
    pairs = zip(heads, (ONE, TWO, THREE), strict=True)
    return "".join(f"<h2>{head}</h2><p>{text}</p>" for head, text in pairs)


def test_lines_in_brackets_do_not_tear_the_article_of_a_page() -> None:
    """A menu has the names of channels as headings; only the page's own title may be that of an issue."""
    menu = "<nav><h2>新闻</h2><h2>体育</h2></nav>"
    items = [("江湾果园今年提前开摘", ONE), ("镇里新建分选线两条", TWO), ("东浦社区食堂开张了", THREE)]
    text = "".join(f"<p>【{head}】</p><p>近日，{text}</p>" for head, text in items)
    (article,) = read(f"{menu}<div><h1>江湾果园开摘</h1><p>{ONE}</p>{text}</div>", TITLE)
    assert article.headline == "江湾果园开摘"
    assert THREE in article.body


def test_what_a_founder_edition_states_in_a_comment() -> None:
    """Elements in the comment `enpproperty`; the name of the paper behind two hyphens is no headline."""
    said = "<date>2024-08-09 00:00:00.0</date><author>赵强</author><title>江湾果园开摘</title>"
    said += "<paper>江湾日报</paper>"
    (article,) = read(
        f"<!--enpproperty {said}--><!--enpcontent--><p>{ONE}</p><p>{TWO}</p><!--/enpcontent-->",
        title="江湾果园开摘--江湾日报",
    )
    assert (article.headline, article.body) == ("江湾果园开摘", f"{ONE}\n{TWO}")
    assert (article.authors, article.date, article.publication) == (("赵强",), "2024-08-09", "江湾日报")


@pytest.mark.parametrize(
    "row",
    [
        "<div><a href='a'>上一篇</a><a href='b'>下一篇</a></div>",
        "<div>分享到：<a>微信</a><a>微博</a></div>",
        "<div>扫一扫在手机打开当前页</div>",
        "<div>评论（3）</div><div>发表评论</div>",
        "<div>相关新闻</div><li><a href='1'>江湾春茶上市</a></li><li><a href='2'>北桥加固完工</a></li>",
    ],
)
def test_rows_around_a_text_are_none_of_it(row: str) -> None:
    """Links that only their elements divide, and the label of a list of links."""
    for page in (
        f"{row}<h1>江湾果园开摘</h1><p>{ONE}</p><p>{TWO}</p>",
        f"<h1>江湾果园开摘</h1><p>{ONE}</p><p>{TWO}</p>{row}",
    ):
        (article,) = read(page)
        assert (article.headline, article.body) == ("江湾果园开摘", f"{ONE}\n{TWO}")


def test_labels_in_elements_side_by_side_are_told_apart() -> None:
    """来源 and 作者 in a `<span>` each."""
    info = "<div><span>2024年08月09日</span><span>来源：江湾日报</span><span>作者：赵强</span></div>"
    (article,) = read(f"<h1>江湾果园开摘</h1>{info}<p>{ONE}</p><p>{TWO}</p>")
    assert (article.publication, article.authors, article.date) == ("江湾日报", ("赵强",), "2024-08-09")


def test_words_that_elements_cut_stay_whole() -> None:
    """A link or a `<span>` inside a headline or a sentence divides nothing."""
    head = "<h1><a href='a'>江湾</a><span>果园</span>开摘</h1>"
    (article,) = read(f"{head}<p>{ONE}</p><p>党<span>建</span><a>引</a>领乡村。</p>")
    assert (article.headline, article.body) == ("江湾果园开摘", f"{ONE}\n党建引领乡村。")
