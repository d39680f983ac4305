"""Articles one after another with labels before each, and what labels say of foreign writers."""

from __future__ import annotations

import pytest

from searchlib.pages import split_page, split_text

A = "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬。"
B = "镇农技站站长说，下一步将建设两条加工线，带动户均增收两千元。"


def _records(form: str) -> str:
    values = (("春茶采摘忙", "周小禾", "2024-03-05", A), ("河湾书屋亮灯", "高原", "2024-03-06", B))
    return "\n\n".join(form.format(title=t, writer=w, day=d, text=x) for t, w, d, x in values) + "\n"


@pytest.mark.parametrize(
    "form",
    [
        "标题：{title}\n时间：{day} 08:30\n来源：柳溪网\n作者：{writer}\n正文：\n{text}",
        "标题：{title}\n作者：{writer}\n日期：{day}\n{text}",
        "【标题】{title}\n【作者】{writer}\n【日期】{day}\n【正文】{text}",
        "题目: {title}\n作者: {writer}\n发布时间: {day}\n内容: {text}",
        "标 题：{title}\n作 者：{writer}\n时 间：{day}\n\n　　{text}",
        "標題：{title}\n作者：{writer}\n日期：{day}\n內容：{text}",
        "title: {title}\nauthor: {writer}\ndate: {day}\ncontent: {text}",
        "Title: {title}\nAuthor: {writer}\nDate: {day}\n\n{text}",
        "编号：17\n标题：{title}\n日期：{day}\n作者：{writer}\n关键词：茶叶\n正文：{text}",
        "[标题] {title}\n[作者] {writer}\n[时间] {day}\n{text}\n-----",
        "标题：{title}\n记者：{writer}\n见报日期：{day}\n正文：{text}",
    ],
)
def test_labelled_headlines_begin_articles(form: str) -> None:
    """The other labels say who wrote, and when."""
    found = split_page(_records(form), source="a.txt")
    said = [(a.headline, a.authors, a.date) for a in found]
    assert said == [("春茶采摘忙", ("周小禾",), "2024-03-05"), ("河湾书屋亮灯", ("高原",), "2024-03-06")]
    assert [a.body for a in found] == [A, B]


@pytest.mark.parametrize(
    "text",
    [
        f"标题：怎样写得短\n\n{A}\n\n标题：怎样写得好\n\n{B}",
        f"会议记录\n\n议题：春茶采摘\n{A}\n\n议题：书屋开放\n{B}",
        f"文：{A}\n\n文：{B}",
        f"问：何时采茶？\n答：{A}\n问：何时开放？\n答：{B}",
    ],
)
def test_labels_that_name_no_articles_leave_a_text_whole(text: str) -> None:
    """A labelled headline alone, with nothing beside it that signs, may be a form or an exercise."""
    assert len(split_page(text, source="a.txt")) == 1


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("作者：Erica Sadun，[原文链接](http://a.example/)，原文日期：2017/07/06", "Erica Sadun"),
        ("作者：[Pradeep Kumar][a]", "Pradeep Kumar"),
        ("作者：[Ravi Saive](http://a.example/)", "Ravi Saive"),
        ("作者: J.R.R. Tolkien", "J.R.R. Tolkien"),
        ("作者：Conor O'Brien", "Conor O'Brien"),
        ("作者：Jean-Luc Picard | 译者：周小禾", "Jean-Luc Picard"),
        ("作者：约翰·亨利", "约翰·亨利"),
        ("作者：加布里埃尔·马尔克斯（哥伦比亚）", "加布里埃尔·马尔克斯"),
        ("作者：Mattt，原文日期：2018-07-12", "Mattt"),
        ("来源：柳溪网 作者：Anna de la Cruz", "Anna de la Cruz"),
    ],
)
def test_a_foreign_writer_has_a_label(line: str, name: str) -> None:
    """No surname begins the name, and the label is enough."""
    (article,) = split_page(
        f"# 春茶采摘忙\n\n{line}\n\n{A}\n\n{B}\n\n[a]: http://a.example/\n", source="a.md"
    )
    assert article.authors == (name,)


@pytest.mark.parametrize(
    "line", ["作者：本书写于1998年，现居柳溪", "作者：A1 号机组", "作者：这是一个很长的说明文字"]
)
def test_what_is_no_name_stays_in_the_text(line: str) -> None:
    """A label is no proof where no name stands behind it."""
    (article,) = split_page(f"# 春茶采摘忙\n\n{A}\n\n{line}\n\n{B}", source="a.md")
    assert article.authors == ()


def test_labels_are_furniture_and_nothing_is_lost() -> None:
    """Articles and furniture cover every character but white space."""
    text = _records("标题：{title}\n时间：{day} 08:30\n来源：柳溪网\n作者：{writer}\n正文：\n{text}")
    found = split_text(text, source="a.txt")
    covered: set[int] = set()
    for start, end in (*found.furniture, *(span for article in found.articles for span in article.spans)):
        covered.update(range(start, end))
    assert [text[n] for n in range(len(text)) if n not in covered and not text[n].isspace()] == []


@pytest.mark.parametrize(
    ("labels", "body", "extra"),
    [
        ("摘要：今年春茶早。\n正文：\n{text}", A, {"摘要": "今年春茶早。"}),
        ("摘要：今年春茶早。", "今年春茶早。", {"摘要": "今年春茶早。"}),
        ("编号：17\n序号：3\n{text}", A, {"编号": "17", "序号": "3"}),
        ("責編：王芳\n審核：李明\n內容：{text}", A, {"審核": "李明"}),
        ("text: {text}", A, {}),
        ("【body】{text}", A, {}),
    ],
)
def test_one_article_has_the_labels_of_many(labels: str, body: str, extra: dict[str, str]) -> None:
    """What labels mean does not depend on whether one article has them or each of several."""
    text = f"标题：春茶采摘忙\n日期：2024-03-05\n{labels.format(text=A)}\n"
    (article,) = split_page(text, source="a.txt")
    assert (article.headline, article.date, article.body) == ("春茶采摘忙", "2024-03-05", body)
    assert extra.items() <= article.extra.items()
