"""Labels of writers as sites fill them in: several, foreign ones, with their posts, or not at all."""

from __future__ import annotations

import pytest

from searchlib.pages import split_page
from searchlib.pages.names import is_sure_name

TEXT = "茶园进入采摘旺季，茶农说今年的茶叶比去年好。山上人来人往，镇里的茶市也开了。"


@pytest.mark.parametrize(
    ("label", "authors"),
    [
        ("作者: Linette Lai, Political Correspondent", ("Linette Lai",)),
        ("作者：Linette Lai and John Smith", ("Linette Lai", "John Smith")),
        ("作者：Ezra Klein, Columnist", ("Ezra Klein",)),
        ("文／Linette Lai", ("Linette Lai",)),
        ("文：Tan Ah Beng", ("Tan Ah Beng",)),
        ("作者：周小禾，江城大学教授", ("周小禾",)),
        ("作者：周小禾、高原，柳溪中学校长", ("周小禾", "高原")),
        ("作者：周小禾，资深编辑", ("周小禾",)),
        ("作者：周小禾，高原教授", ("周小禾", "高原教授")),
        ("作者：周小禾 和 高原", ("周小禾", "高原")),
        ("作者：周主任", ("周主任",)),
    ],
)
@pytest.mark.parametrize(
    "form", ["# 春茶上市了\n\n{}\n\n日期：2024-03-05\n\n{}\n", "春茶上市了\n{}\n日期：2024-03-05\n{}\n"]
)
def test_a_label_names_its_writers_without_their_posts(
    label: str, authors: tuple[str, ...], form: str
) -> None:
    """In Markdown and in plain text."""
    (article,) = split_page(form.format(label, TEXT), source="a.md" if form[0] == "#" else "a.txt")
    assert (article.authors, article.date, article.body) == (authors, "2024-03-05", TEXT)


@pytest.mark.parametrize("label", ["作者：", "作者:", "记者：", "文:"])
def test_a_label_without_a_value_is_no_text(label: str) -> None:
    """What is below it is still above the text."""
    (article,) = split_page(f"# 春茶上市了\n\n{label}\n\n日期：2024-03-05\n\n{TEXT}\n", source="a.md")
    assert (article.authors, article.date, article.body) == ((), "2024-03-05", TEXT)


@pytest.mark.parametrize("name", ["习明远", "荀玉", "旷小禾", "庾信之", "濮存", "缑明", "撒明", "蔚然"])
def test_rarer_surnames_begin_names(name: str) -> None:
    """They are among the hundred names."""
    assert is_sure_name(name)
    assert not is_sure_name("习惯")
