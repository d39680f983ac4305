"""Headlines that no heading element marks: large type, and cards made alike."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchlib

NEWS = (
    (
        "柳溪春茶抢鲜上市",
        "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬。",
    ),
    (
        "两条加工线月底投产",
        "镇农技站站长说，下一步将建设两条加工线，带动户均增收两千元，明年还要再开一条。",
    ),
    (
        "河湾社区书屋亮灯",
        "河湾社区新建的书屋昨晚开放到九点，孩子们放学后可以来这里写作业。",
    ),
)


def _read(folder: Path, body: str, title: str = "柳溪晚报电子版") -> list[searchlib.Article]:
    (folder / "a.html").write_text(
        f"<html><head><title>{title}</title></head><body>{body}</body></html>", "utf-8"
    )
    return list(searchlib.read(folder / "a.html"))


@pytest.mark.parametrize(
    "head",
    [
        "<font size=5>{}</font>",
        "<font size='+2' color=red><b>{}</b></font>",
        "<span style='font-size: 24px'>{}</span>",
        "<span style='font-size:18pt;font-weight:bold'>{}</span>",
        "<div style='font-size: x-large'>{}</div>",
        "<big>{}</big>",
        "<div style='text-align:center;font-size:1.6em'>{}</div>",
        "<strong style='font-size:150%'>{}</strong>",
    ],
)
def test_large_type_is_a_headline(tmp_path: Path, head: str) -> None:
    """The title of the page names the site alone."""
    title, text = NEWS[0]
    rows = (head.format(title), f"{text}<br>{NEWS[1][1]}")
    (article,) = _read(tmp_path, "<table>" + "".join(f"<tr><td>{row}</td></tr>" for row in rows) + "</table>")
    assert article.headline == title


@pytest.mark.parametrize(
    "card",
    [
        "<div class=item><div class=t>{title}</div><div class=c><p>{text}</p></div></div>",
        "<div class=item><p>{title}</p><p>{text}</p></div>",
        "<li class=news><a href=1>{title}</a><p>{text}</p></li>",
        "<table><tr><td>{title}</td></tr><tr><td>2024-03-05 柳溪网</td></tr><tr><td>{text}</td></tr></table>",
        "<section><span>{title}</span><br><div>{text}</div></section>",
        "<dl><dt>{title}</dt><dd>{text}</dd></dl>",
    ],
)
def test_cards_made_alike_are_articles(tmp_path: Path, card: str) -> None:
    """The first line of each is its headline."""
    found = _read(tmp_path, "<div>" + "".join(card.format(title=t, text=x) for t, x in NEWS) + "</div>")
    assert [article.headline for article in found] == [title for title, _ in NEWS]


@pytest.mark.parametrize(
    "body",
    [
        "<h1>柳溪一日</h1>" + "".join(f"<div class=c><p>{t}</p><p>{x}</p></div>" for t, x in NEWS),
        "".join(f"<p>{x}</p>" for _, x in NEWS),
        "".join(f"<div class=p><p>{x}</p></div>" for _, x in NEWS),
        "".join(f"<p>{x}{x}{x}</p>" for _, x in NEWS)
        + "".join(f"<div class=comment><p>网友{n}</p><p>{x}</p></div>" for n, (_, x) in enumerate(NEWS)),
        "".join(f"<div class=comment><p>网友{n}</p><p>{x}</p></div>" for n, (_, x) in enumerate(NEWS)),
        "<div class=a><p>{}</p><p>{}</p></div>".format(*NEWS[0]) + f"<div class=b><p>{NEWS[1][1]}</p></div>",
    ],
)
def test_other_elements_made_alike_stay_one_article(tmp_path: Path, body: str) -> None:
    """Paragraphs, comments, and sections below a heading are made alike too."""
    assert len(_read(tmp_path, body, "柳溪一日")) == 1


def test_front_matter_without_a_text_is_an_article(tmp_path: Path) -> None:
    """Its headline and what sums it up are found."""
    (tmp_path / "a.md").write_text(
        "---\ntitle: 春茶抢鲜上市\ndate: 2024-03-05\nsummary: 早熟品种提前五天开采。\n---\n", "utf-8"
    )
    (article,) = searchlib.read(tmp_path / "a.md")
    assert (article.headline, article.body, article.date) == (
        "春茶抢鲜上市",
        "早熟品种提前五天开采。",
        "2024-03-05",
    )


@pytest.mark.parametrize(
    "head", ["<b>{}</b><br>", "<p><strong>{}</strong></p>", "<div style='font-weight:bold'>{}</div>"]
)
@pytest.mark.parametrize("is_issue", [True, False])
def test_bold_lines_are_headlines_on_an_issue(tmp_path: Path, head: str, *, is_issue: bool) -> None:
    """On other pages they are sections."""
    top = "<p>柳溪每日新闻 2019年3月5日</p>" if is_issue else "<p>柳溪镇的春天</p>"
    body = top + "".join(f"{head.format(title)}{text}<br><br>" for title, text in NEWS)
    found = _read(tmp_path, body, "柳溪")
    assert [article.headline for article in found] == [t for t, _ in NEWS] if is_issue else len(found) == 1


def test_each_headline_has_the_day_below_it(tmp_path: Path) -> None:
    """A list of news of a school prints when each was put up, and how often it was read."""
    cards = (
        f"<div><h3>{title}</h3><p>发布时间：2024-03-0{n} 浏览次数：{n}7</p><p>{text}</p></div>"
        for n, (title, text) in enumerate(NEWS, 1)
    )
    found = _read(tmp_path, "<h1>校园要闻</h1>" + "".join(cards), "校园要闻-柳溪大学")
    assert [article.date for article in found] == ["2024-03-01", "2024-03-02", "2024-03-03"]


def test_the_only_heading_is_the_headline_where_the_title_is_nowhere_on_the_page(tmp_path: Path) -> None:
    """Books and exports call their pages by number."""
    title, text = NEWS[0]
    body = f"<p>时事</p><h2>{title}</h2><p class=author>周小禾</p><p>{text}</p><p>{NEWS[1][1]}</p>"
    (article,) = _read(tmp_path, body, "第3章")
    assert (article.headline, article.authors) == (title, ("周小禾",))


@pytest.mark.parametrize(
    "form",
    [
        "<li><strong>{}</strong>：{}</li>",
        "<li><b>{}</b> {}</li>",
        "<dt>{}</dt><dd>{}</dd>",
        "<p><b>{}</b>：{}</p>",
        "<p><a href='a.html'>{}</a>　{}</p>",
        "<li><a href='a.html'><b>{}</b></a><br>{}</li>",
        "<p><span style='font-weight:bold'>{}：</span>{}</p>",
        "<div><strong>{}</strong></div><div>{}</div>",
        "<td><strong>{}</strong></td><td>{}</td>",
        "<li>\n<strong>{}</strong>\n：{}\n</li>",
    ],
)
def test_titles_that_are_set_apart_begin_articles(form: str, tmp_path: Path) -> None:
    """In an issue: bold words or a link before a text, terms of a list of definitions."""
    found = _read(tmp_path, "".join(form.format(*each) for each in NEWS), "柳溪日报 2024-03-05")
    assert [(article.headline, article.body) for article in found] == list(NEWS)


@pytest.mark.parametrize("form", ["<li><strong>{}</strong>：{}</li>", "<dt>{}</dt><dd>{}</dd>"])
def test_titles_inside_one_article_stay_in_it(form: str, tmp_path: Path) -> None:
    """The page has a title that is no issue's."""
    assert len(_read(tmp_path, "".join(form.format(*each) for each in NEWS), "怎样照料一片茶园")) == 1


@pytest.mark.parametrize(
    "over", ["<h1>今日要闻</h1>", "<h1>柳溪日报</h1><h2>2024年3月5日</h2>", "<h2>校园</h2>"]
)
@pytest.mark.parametrize("tag", ["<div class=tag>{}</div>", "<p><span>{}</span></p>", ""])
def test_cards_below_the_name_of_an_issue(tmp_path: Path, over: str, tag: str) -> None:
    """One heading over them all is no headline, the name of a column over each is neither."""
    cards = "".join(
        f"<div class=card>{tag.format(column)}<div class=t>{title}</div><p>{text}</p></div>"
        for column, (title, text) in zip(("农业", "要闻", "社区"), NEWS, strict=True)
    )
    articles = _read(tmp_path, over + cards)
    assert [(a.headline, a.body) for a in articles] == list(NEWS)


def test_names_and_a_day_below_a_headline_sign_it(tmp_path: Path) -> None:
    """周小禾 · 2024-03-05, as cards print it, without a label."""
    cards = "".join(
        f"<div><h3>{title}</h3><div>周小禾 · 2024-03-0{day}</div><p>{text}</p></div>"
        for day, (title, text) in enumerate(NEWS, 3)
    )
    articles = _read(tmp_path, f"<h1>今日要闻</h1>{cards}")
    assert [(a.headline, a.body, a.authors, a.date) for a in articles] == [
        (title, text, ("周小禾",), f"2024-03-0{day}") for day, (title, text) in enumerate(NEWS, 3)
    ]


@pytest.mark.parametrize("deck", ["", "<h2>三百名茶农昨天下地</h2>"])
@pytest.mark.parametrize("place", ["<article>{}</article>", "<div class=body>{}</div>"])
def test_a_heading_over_a_day_is_that_of_one_article(tmp_path: Path, deck: str, place: str) -> None:
    """The page's title names the site alone; headings inside the text are those of pictures or sections."""
    text = "".join(f"<h2>{head}</h2><p>{text}</p>" for head, text in NEWS[1:])
    page = f"<div><h1>{NEWS[0][0]}</h1>{deck}<div>日期: <span>2024年3月5日</span></div></div>"
    (article,) = _read(tmp_path, page + place.format(f"<p>{NEWS[0][1]}</p>{text}"), "柳溪镇·校园采风")
    assert (article.headline, article.date) == (NEWS[0][0], "2024-03-05")


def test_a_papers_name_over_a_day_is_over_several_articles(tmp_path: Path) -> None:
    """The same page with the name of an issue in the place of a headline."""
    text = "".join(f"<h2>{head}</h2><p>{text}</p>" for head, text in NEWS)
    articles = _read(tmp_path, f"<h1>柳溪中学校园日报</h1><p>2024年3月5日</p><div>{text}</div>", "柳溪中学")
    assert [(a.headline, a.body, a.date) for a in articles] == [(*item, "2024-03-05") for item in NEWS]


@pytest.mark.parametrize("over", ["", "<ul><li>首页</li><li>新闻</li></ul>", "<p>柳溪人自己的网站</p>"])
@pytest.mark.parametrize(
    "mark", ["<h1><a href='/'>{}</a></h1>", "<div id=top><h1><a href='/'>{}</a></h1></div>"]
)
def test_the_name_of_the_site_in_a_main_heading_is_no_article(tmp_path: Path, over: str, mark: str) -> None:
    """It is a link, and the headline is another main heading, which is not linked."""
    title, text = NEWS[0]
    (article,) = _read(
        tmp_path, f"{mark.format('柳溪晚报')}{over}<h1>{title}</h1><p>{text}</p><p>{NEWS[1][1]}</p>", title
    )
    assert (article.headline, article.body) == (title, f"{text}\n{NEWS[1][1]}")


def test_linked_headlines_over_texts_are_articles(tmp_path: Path) -> None:
    """Also where only the first of them is a link."""
    (one, first), (two, second), _ = NEWS
    body = f"<h1><a href='1'>{one}</a></h1><p>{first}</p><h1>{two}</h1><p>{second}</p>"
    assert [article.headline for article in _read(tmp_path, body)] == [one, two]
