"""Pages as other papers, times and programs print them; all texts and people are made up."""

from __future__ import annotations

import pytest

from searchlib import split_page

ONE = "江湾镇果园进入采收旺季，镇里请来三百名短工，预计月底前收完。"
TWO = "东浦社区新开的食堂中午坐满了老人，一荤两素只收八元钱。"
HEADS = ("江湾果园开摘", "东浦食堂开张")


def articles(page: str, source: str = "") -> list[tuple[str, str, tuple[str, ...]]]:
    """Return headline, text and authors of each article that is no caption."""
    found = split_page(page, source=source)
    return [(a.headline, a.body, a.authors) for a in found if a.kind != "photo_caption"]


def two(opening: str) -> str:
    """Return a page of two articles whose texts begin so."""
    return f"{HEADS[0]}\n\n{opening}{ONE}\n\n{HEADS[1]}\n\n{opening}{TWO}\n"


@pytest.mark.parametrize(
    ("opening", "authors"),
    [
        ("【本報訊】", ()),
        ("〔本报东浦廿三日电〕", ()),
        ("【新华社汉口卅日电】", ()),
        ("路透社伦敦五日电：", ()),
        ("（中央社記者林志明高雄8日電）", ("林志明",)),
        ("〔記者林志明、陳怡君／台中報導〕", ("林志明", "陳怡君")),
        ("【澎湃網】（記者 林志明）", ("林志明",)),
        ("大公報訊（記者 林志明 廣州報道）", ("林志明",)),
        ("本报４月６日讯 记者赵强报道：", ("赵强",)),
        ("封面新闻记者 赵强 ", ("赵强",)),
    ],
)
def test_every_kind_of_dateline_begins_an_article(opening: str, authors: tuple[str, ...]) -> None:
    """Of any agency and script, with the day alone, with the reporter and his place."""
    expected = [(head, text, authors) for head, text in zip(HEADS, (ONE, TWO), strict=True)]
    assert articles(two(opening)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "本报记者 赵强 深圳报道",
        "口本报记者 赵强",
        "（赵强 采访整理）",
        "本报记者 赵强《江湾日报》（2024年04月06日 第 03 版）",
    ],
)
def test_a_byline_names_its_writer_alone(line: str) -> None:
    """No place, misread box, task or paper is an author or part of the text."""
    assert articles(f"{HEADS[0]}\n\n{line}\n\n{ONE}\n\n{TWO}\n") == [(HEADS[0], f"{ONE}\n{TWO}", ("赵强",))]


@pytest.mark.parametrize(
    "line",
    [
        "上一版 下一版",
        "放大 缩小 默认",
        "首页 | 要闻 | 体育 | 副刊",
        "江湾日报社版权所有",
        "（完）",
        "【责任编辑：赵强】",
    ],
)
def test_controls_and_end_marks_are_no_text(line: str) -> None:
    """What belongs to the site or to the editors is furniture."""
    assert articles(f"{HEADS[0]}\n\n{ONE}\n\n{TWO}\n\n{line}\n") == [(HEADS[0], f"{ONE}\n{TWO}", ())]


def test_labels_of_columns_end_articles() -> None:
    """Each has the page and the column of its own label."""
    page = f"1958年4月6日江湾日报 第2版\n\n第2版()\n专栏:果乡来信\n\n{HEADS[0]}\n本报讯 {ONE}\n\n\n"
    page += f"第3版()\n专栏:\n\n{HEADS[1]}\n{TWO}\n"
    found = split_page(page)
    assert [(a.headline, a.page, a.column, a.date) for a in found] == [
        (HEADS[0], "2", "果乡来信", "1958-04-06"),
        (HEADS[1], "3", "", "1958-04-06"),
    ]


def test_one_article_in_markdown_keeps_its_sections() -> None:
    """Its headings begin no articles where the text above them is signed, or the file has a title."""
    text = f"# {HEADS[0]}\n\n本报记者 赵强\n\n{ONE}\n\n## 果子去哪儿\n\n{TWO}\n\n## 短工从哪儿来\n\n{ONE}\n"
    [article] = split_page(text, source="a.md")
    assert (article.headline, article.authors) == (HEADS[0], ("赵强",))
    assert article.sections == ("果子去哪儿", "短工从哪儿来")
    titled = (
        f"---\ntitle: {HEADS[0]}\ndate: 2024-04-06\nauthor: 赵强\n---\n\n{ONE}\n\n### 果子去哪儿\n\n{TWO}\n"
    )
    [article] = split_page(titled, source="a.md")
    assert (article.headline, article.date, article.authors) == (HEADS[0], "2024-04-06", ("赵强",))
    assert article.sections == ("果子去哪儿",)


def test_spans_of_markdown_lead_into_the_file() -> None:
    """Marks that were taken out belong to the article that they stand in."""
    text = f"# {HEADS[0]}\n\n这是一项**重大**[突破](a.html)，{ONE}\n"
    [article] = split_page(text, source="a.md")
    assert article.body == f"这是一项重大突破，{ONE}"
    [(start, end)] = article.spans
    assert text[start:end] == text.strip()
