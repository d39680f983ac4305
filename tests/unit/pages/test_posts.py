"""Posts with front matter, and the labels over their texts; all texts and people are made up."""

from __future__ import annotations

import pytest

from searchlib import split_page

ONE = "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬。"
TWO = "镇农技站站长说，下一步将建设两条加工线，带动户均增收两千元。"
FRONTS = (
    'title: "采茶: 一天"\ndate: 2024-03-05\nauthor:\n    nick: 小禾\n    github_name: xiaohe\n\n---\n',
    'title: "采茶: 一天"\nauthor:\n  github: xiaohe\n  nickname: 小禾\ndate: 2024/3/5\n  \n\n---\n',
    '---\ntitle: "采茶: 一天"\ndate: 2024-03-05\nauthors:\n  - nick: 小禾\n    avatar: a.png\n---\n',
    "title: '采茶: 一天'\ntags:\n  - 茶\nauthor: 小禾\ndate: 2024-03-05\n\n;;;\n",
    'Title: "采茶: 一天"\nAuthor: 小禾\nDate: 2024-03-05\n',
    "标题：'采茶: 一天'\n作者：小禾\n日期：2024-03-05\n",
)


@pytest.mark.parametrize("front", FRONTS)
def test_front_matter_says_title_writer_and_day(front: str) -> None:
    """Blank lines before what closes it, the name of a writer below a key, quotation marks."""
    text = f"{front}\n{ONE}\n\n## 一早\n\n{TWO}\n\n## 傍晚\n\n{ONE}"
    (article,) = split_page(text, source="a.md")
    assert (article.headline, article.authors, article.date) == ("采茶: 一天", ("小禾",), "2024-03-05")
    assert article.body.startswith(ONE)


def test_a_rule_below_two_lines_is_no_end_of_front_matter() -> None:
    """A title alone, with a blank line and a rule, may be the text's own."""
    (article,) = split_page(f"茶园: 一天\n\n---\n\n{ONE}\n\n{TWO}", source="a.md")
    assert ONE in article.body
    assert article.headline in {"", "茶园: 一天"}


LABELS = (
    "> 作者：Erica Sadun，[原文链接](http://a)，原文日期：2016-06-07\n> 译者：[高原](b)；校对：[李青](c)",
    "> 作者：erica sadun，[原文链接](http://a)，原文日期：2016-06-07\n> 译者：[高原](b)；校对：[李青](c)",
    "作者：Erica Sadun，原文链接\n\n译者：高原",
    "作者：erica sadun | 译者：高原",
    "作者：Erica Sadun  来源：柳溪周刊",
    "> 译者：高原；校对：李青；定稿：千叶\n> 作者：Erica Sadun",
)


@pytest.mark.parametrize("sections", ["", "\n\n## 一早\n\n"])
@pytest.mark.parametrize("labels", LABELS)
def test_labels_over_the_text_of_a_post_sign_it(labels: str, sections: str) -> None:
    """A name in Latin letters is one name; links, translators and editors are no writers and no text."""
    text = f'---\ntitle: "采茶一天"\n---\n{labels}\n\n{ONE}{sections}{TWO}\n\n{TWO}'
    (article,) = split_page(text, source="a.md")
    assert [name.lower() for name in article.authors] == ["erica sadun"]
    assert article.body.startswith(ONE)


@pytest.mark.parametrize("line", ["译者：高原", "阅读：12", "作者：这是一个很长的句子，谁也不知道。"])
def test_labels_that_name_no_writer_are_left_as_they_are(line: str) -> None:
    """One of the lines must say who wrote."""
    (article,) = split_page(f"---\ntitle: 采茶一天\n---\n{line}\n\n{ONE}\n\n{TWO}", source="a.md")
    assert article.authors == ()
    assert ONE in article.body


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("作者：gregg mojica", ("gregg mojica",)),
        ("作者：Tom Chen、Jerry Li", ("Tom Chen", "Jerry Li")),
        ("作者：Tom、Jerry", ("Tom", "Jerry")),
        ("作者：周小禾，原文链接", ("周小禾",)),
        ("作者：周小禾 高原", ("周小禾", "高原")),
    ],
)
def test_names_behind_the_label_of_the_writer(line: str, authors: tuple[str, ...]) -> None:
    """Below a headline of the text."""
    (article,) = split_page(f"# 采茶一天\n\n{line}\n\n{ONE}\n\n{TWO}", source="a.md")
    assert article.authors == authors
