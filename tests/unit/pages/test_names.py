"""Bylines: who wrote, for which paper, and what is no byline."""

from __future__ import annotations

import pytest

from searchlib.pages.bylines import parse_byline
from searchlib.pages.names import names_in


@pytest.mark.parametrize(
    ("printed", "authors"),
    [
        ("江城日报/江城新闻记者 耿婷婷 通讯员 张 凯 王胜斌", ("耿婷婷", "张凯", "王胜斌")),
        ("记者 丁霞 报道", ("丁霞",)),
        ("本报记者 欧阳明月 文/摄", ("欧阳明月",)),
        ("首席记者张三、李四", ("张三", "李四")),
        ("记者 张三李四", ("张三", "李四")),
        ("记者 买买提·艾力", ("买买提·艾力",)),
        ("记者 张三 文 李四 摄", ("张三",)),
        ("新华社记者 李四 摄", ("李四",)),
        ("文/图 本报记者 张三", ("张三",)),
        ("记者 张三 编辑 李四", ("张三",)),
        ("范继业 韩伟绩", ("范继业", "韩伟绩")),
    ],
)
def test_names_are_read_without_posts_and_padding(printed: str, authors: tuple[str, ...]) -> None:
    """Only names remain; who took the picture is no author when somebody else wrote."""
    byline = parse_byline(printed)
    assert byline is not None
    assert byline.authors == authors


@pytest.mark.parametrize(
    "text",
    [
        "",
        "原文",
        "国际",
        "时评",
        "查看 全文",
        "作者简介",
        "作者：简介",
        "相关",
        "泊里镇",
        "王台街道",
        "记者昨日从市教育局获悉",
        "记者 张三 近日走进山村小学的课堂",
        "完",
        "第3版",
    ],
)
def test_other_lines_are_no_bylines(text: str) -> None:
    """A place, a sentence or a note is nobody's name."""
    assert parse_byline(text) is None


def test_the_paper_before_the_post_is_the_publication() -> None:
    """What stands before 记者 names the paper."""
    byline = parse_byline("观海新闻/青岛晚报 记者 刘慧")
    assert byline is not None
    assert byline.publication == "观海新闻/青岛晚报"


def test_our_own_paper_names_none() -> None:
    """本报 says no name."""
    byline = parse_byline("本报记者 刘慧")
    assert byline is not None
    assert byline.publication == ""


def test_a_padded_name_is_one_name() -> None:
    """Two single characters are a name, not two."""
    assert names_in("张 凯 王 强") == ["张凯", "王强"]


def test_a_single_character_left_over_is_no_list_of_names() -> None:
    """A lone character has lost its other half."""
    assert names_in("张凯 王") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("吕华 强", ["吕华强"]),
        ("余涵 燕 梁海华", ["余涵燕", "梁海华"]),
        ("黄 波 田琪东", ["黄波", "田琪东"]),
        ("杨 一凡 苏娜 玉", ["杨一凡", "苏娜玉"]),
    ],
)
def test_a_space_inside_a_name(text: str, names: list[str]) -> None:
    """OCR sets one where a line ends; what is left over belongs to the name before, if no name begins so."""
    assert names_in(text) == names
