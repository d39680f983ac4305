"""A quick look for a character misses nothing that the pattern behind it finds."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from searchlib.pages import (
    bylines,
    captions,
    fields,
    furniture,
    labelled,
    listed,
    recurring,
    roles,
    shapes,
    signing,
)
from searchlib.pages.blocks import Block
from searchlib.pages.furniture import read_furniture
from searchlib.pages.said_keys import FIELDS

_PLANE = frozenset(map(chr, range(0x10000)))
_CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d",
    ops.CATEGORY_NOT_DIGIT: r"\D",
    ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S",
    ops.CATEGORY_WORD: r"\w",
    ops.CATEGORY_NOT_WORD: r"\W",
}
_SINGLE = {ops.LITERAL, ops.NOT_LITERAL, ops.ANY, ops.IN}


@cache
def _category(pattern: str) -> frozenset[str]:
    return frozenset(re.findall(pattern, "".join(sorted(_PLANE))))


def _class(items: Any) -> frozenset[str]:
    chars: set[str] = set()
    negated = False
    for op, value in items:
        if op is ops.NEGATE:
            negated = True
        elif op is ops.LITERAL:
            chars.add(chr(value))
        elif op is ops.RANGE:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        else:
            chars |= _category(_CATEGORIES[value])
    return _PLANE - chars if negated else frozenset(chars)


def _first(parsed: Any) -> tuple[frozenset[str], bool]:
    """Return the characters with which a match may begin, and whether it may be empty."""
    chars: frozenset[str] = frozenset()
    for op, value in parsed:
        found, is_empty = _first_of(op, value)
        chars |= found
        if not is_empty:
            return chars, False
    return chars, True


def _first_of(op: Any, value: Any) -> tuple[frozenset[str], bool]:
    if op in _SINGLE:
        sets: dict[Any, Callable[[], frozenset[str]]] = {
            ops.LITERAL: lambda: frozenset(chr(value)),
            ops.NOT_LITERAL: lambda: _PLANE - {chr(value)},
            ops.ANY: lambda: _PLANE,
            ops.IN: lambda: _class(value),
        }
        return sets[op](), False
    if op is ops.BRANCH:
        branches = [_first(branch) for branch in value[1]]
        return frozenset().union(*(chars for chars, _ in branches)), any(empty for _, empty in branches)
    if op is ops.SUBPATTERN:
        return _first(value[-1])
    if op in {ops.MAX_REPEAT, ops.MIN_REPEAT}:
        chars, empty = _first(value[2])
        return chars, empty or value[0] == 0
    assert op in {ops.ASSERT, ops.ASSERT_NOT, ops.AT}, op
    return frozenset(), True


def _beginnings(pattern: re.Pattern[str]) -> frozenset[str]:
    chars, may_be_empty = _first(parser.parse(pattern.pattern, pattern.flags))
    assert not may_be_empty, pattern.pattern
    return chars


_LOOKS: dict[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    "bold": (roles._BOLD, roles._BOLD_MARKS.__contains__),
    "label of the text": (roles._TEXT_LABEL, roles._TEXT_LABEL_BEGINS.__contains__),
    "caption": (captions._CAPTION_START, captions.CAPTION_BEGINS.__contains__),
    "signs": (signing.MAY_SIGN, signing._SIGNS.search),
    "opens": (signing.MAY_OPEN, signing._OPENS.search),
    "task of a writer": (bylines._TASK, bylines._TASK_BEGINS.search),
    "post of a writer": (bylines._WRITERS_POST, bylines._BEFORE_POST.search),
    "crumbs": (furniture._CRUMBS, furniture._CRUMBS_BEGIN.__contains__),
    "end of a text": (furniture._ENDING, furniture._ENDING_BEGINS.__contains__),
    "bars": (furniture._BARS, lambda char: char.isspace() or furniture._BAR.search(char)),
    "control": (furniture._CONTROL, lambda char: char.isspace() or char in furniture.CONTROLS_BEGIN),
    "between controls": (furniture._GAPS, lambda char: char.isspace() or char in furniture.CONTROLS_BEGIN),
    "years": (fields.PRINTED_DATE, lambda char: char in "12"),
    "number before a title": (listed._NUMBER_BEFORE, listed._NUMBER_BEGINS.search),
    "entry with a number": (
        listed._NUMBER_BEFORE,
        lambda char: char.isdecimal() or char in listed._ENTRY_BEGINS,
    ),
    "entry with a label": (listed._LABEL_BEFORE, listed._ENTRY_BEGINS.__contains__),
    "boxed item": (recurring._BOXED, recurring._BOX_BEGINS.search),
    "dated item": (fields.DATED, recurring._DATE_BEGINS.search),
    "numbered item": (recurring._NUMBERED, recurring._NUMBER_BEGINS.search),
    "item with an ornament": (recurring._ORNAMENTED, recurring._ORNAMENT_BEGINS.search),
    "item with its text": (recurring.RUN_IN, recurring._ORNAMENT_BEGINS.search),
}


@pytest.mark.parametrize("name", _LOOKS)
def test_a_quick_look_misses_nothing(name: str) -> None:
    """Whatever character a match may begin with is one that the quick look takes."""
    pattern, is_taken = _LOOKS[name]
    assert [char for char in sorted(_beginnings(pattern)) if not is_taken(char)] == []


def _has_always(parsed: Any, taken: frozenset[str]) -> bool:
    """Return whether each match has one of some characters."""
    return any(_is_always(op, value, taken) for op, value in parsed)


def _is_always(op: Any, value: Any, taken: frozenset[str]) -> bool:
    if op in _SINGLE:
        return _first_of(op, value)[0] <= taken
    if op is ops.BRANCH:
        return all(_has_always(branch, taken) for branch in value[1])
    if op is ops.SUBPATTERN:
        return _has_always(value[-1], taken)
    if op in {ops.MAX_REPEAT, ops.MIN_REPEAT}:
        return value[0] > 0 and _has_always(value[2], taken)
    return False


_HELD: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "post of a byline": (bylines._ROLE, bylines._MAY_TELL_ROLE),
    "who took the picture": (bylines._PICTURE, re.compile("[摄图]")),
    "asks to scan": (furniture._SCAN, furniture._MAY_SCAN),
    "number of an issue": (furniture._ISSUE, furniture._MAY_NUMBER),
    "refers to another page": (furniture._REFERENCE, re.compile("见")),
}


@pytest.mark.parametrize("name", _HELD)
def test_a_quick_look_anywhere_misses_nothing(name: str) -> None:
    """Whatever matches has a character that the quick look takes."""
    pattern, look = _HELD[name]
    taken = frozenset(filter(look.fullmatch, _PLANE))
    assert _has_always(parser.parse(pattern.pattern, pattern.flags), taken)
    assert not _has_always(parser.parse(pattern.pattern, pattern.flags), frozenset("茶"))


_SPECIAL = (
    *(
        "本报记者 周小禾",
        "周小禾 摄",
        "柳溪茶园开采（周小禾）",
        "图为茶农采茶。",
        "资料图片",
        "春茶上市 供图",
        "下转第3版",
    ),
    *(
        "柳溪讯 茶园昨日开采，茶农说今年雨水好，比去年早了十天。",
        "柳溪三日电　茶园昨日开采，比去年早了十天。",
    ),
    *(
        "柳溪镇茶园昨日开采。 新华社发",
        "茶园开采。周小禾整理",
        "口本报记者 周小禾",
        "春茶上市　　作者 周小禾",
        "上图 采茶",
    ),
)


def _corpus_lines() -> list[str]:
    """Return the lines of the pages of `corpus/`, without space around them."""
    files = sorted((Path(__file__).parents[3] / "corpus").glob("*.txt"))
    return [line.strip() for file in files for line in file.read_text("utf-8").split("\n")]


def test_a_line_without_signs_is_what_all_rules_take_it_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules for bylines, captions, datelines and signatures find nothing in it."""
    texts = _corpus_lines()
    texts += [text[cut:] for text in texts if text for cut in range(0, len(text), 40)]
    lines = [Block(0, len(text), text) for text in [*_SPECIAL, *texts] if text.strip() == text != ""]
    found = [roles.classify(line) for line in lines]
    quick = sum(not roles._MAY_BE_SPECIAL.search(line.text) for line in lines)
    assert 40 < quick < len(lines) - len(_SPECIAL)
    monkeypatch.setattr(roles, "_MAY_BE_SPECIAL", re.compile(""))
    monkeypatch.setattr(roles, "NOT_PROSE_BEGINS", _PLANE)
    assert [roles.classify(line) for line in lines] == found


_SIGNED = (
    *(
        "作者：周小禾",
        "记者 : 周小禾　来源：柳溪日报",
        "2024-03-05 记者 周小禾",
        "周小禾 发表于 2024-03-05",
        "原创 周小禾 柳溪观察",
    ),
    *("□ 本报记者 周小禾 高原", "通讯员 周小禾", "●　记者 周小禾", "本版记者 第三版"),
    *(
        "茶农采茶。周小禾摄",
        "茶农采茶。（资料图片）",
        "茶农采茶。图片来源：柳溪网",
        "茶农采茶。摄影/周小禾",
    ),
    *(
        "本报3月5号讯 茶园昨日开采。",
        "伦敦四日电　茶园开采，比去年早。",
        "柳溪3月5日讯（记者 周小禾）茶园开采。",
    ),
    *(
        "【本报讯】茶园昨日开采，茶农说今年雨水好。",
        "（柳溪社记者周小禾台北5日电）茶园昨日开采，比去年早十天。",
    ),
    *(
        "柳溪网消息（记者 周小禾）茶园开采。",
        "新浪娱乐讯 据台湾媒体报道，茶园昨日开采。",
    ),
)


def test_a_quick_look_at_who_signs_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Labels, notes, datelines and lines of posts are found without the quick looks too, and no others."""
    texts = _corpus_lines()
    texts += [text[cut : cut + 60] for text in texts if text for cut in range(0, len(text), 30)]
    texts += ["茶农采茶。供图。", "综合报道，茶园昨日开采。"]
    lines = [Block(0, len(text), text) for text in [*_SIGNED, *texts] if text.strip() == text != ""]
    found = [roles.classify(line) for line in lines]
    assert not any(
        len(pieces) == 1 and pieces[0].role in {"head", "body"} for pieces in found[: len(_SIGNED)]
    )
    for module, name in (
        *((signing, "_HAS_LABEL"), (signing, "MAY_CREDIT"), (captions, "MAY_CREDIT"), (signing, "_SIGNS")),
        *((fields, "_TOLD_BY"), (fields, "_DAY_OR_MONTH"), (fields, "_INNER_ENDS")),
    ):
        monkeypatch.setattr(module, name, re.compile(""))
    monkeypatch.setattr(bylines, "_MAY_SIGN", re.compile(""))
    bylines.parse_byline.cache_clear()
    monkeypatch.setattr(roles, "may_open", lambda *_: True)
    for room in (roles, captions):
        monkeypatch.setattr(room, "may_have_note", lambda _: True)
    monkeypatch.setattr(signing, "_may_have_labels", lambda _: True)
    monkeypatch.setattr(signing, "plain_byline", lambda _: None)
    assert [roles.classify(line) for line in lines] == found


def test_a_quick_look_for_icons_misses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is before 记者, or before a space, is no part of the text where the patterns say so."""
    chars = [*sorted(_PLANE), "𠀀", "🔘", "🫂"]
    texts = [f"{char}{rest}" for char in chars for rest in ("记者 周小禾", " 春茶上市", "*本报讯 春茶上市")]
    found = [shapes.icons_end(text) for text in texts]
    assert 600 < sum(map(bool, found)) < len(texts) // 20
    monkeypatch.setattr(shapes, "_MISREAD", frozenset(chars))
    assert [shapes.icons_end(text) for text in texts] == found


_FURNITURE = (
    *("网址：柳溪", "网址:柳溪", "要闻|民生|财经|体育", "要闻·民生·财经·体育", "编辑 周小禾", "柳溪©"),
    *("转头版", "更多内容详见头版", "版权所有", "第三页", "柳溪公网安备", "未经同意不得引用", "增值电信业务"),
    *("互联网新闻信息服务许可证", "点击蓝字", "长按关注", "请点击订阅", "长按二维码", "喜欢此内容的人还看了"),
    *(
        "扫描下方",
        "下载客户端",
        "柳溪日报",
        "二〇二四年三月五日",
        "返回目录",
        "上一篇",
        "收藏，打印，分享到微信",
    ),
)


def test_a_line_without_signs_is_no_furniture(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules for furniture find nothing in it, and every kind of furniture has a sign."""
    texts = _corpus_lines()
    texts += [text[cut : cut + 20] for text in texts if text for cut in range(0, len(text), 20)]
    lines = [*_FURNITURE, *dict.fromkeys(text for text in texts if text)]
    found = [read_furniture(line) for line in lines]
    assert None not in found[: len(_FURNITURE)]
    assert 100 < sum(map(furniture._is_plain, lines)) < len(lines) - len(_FURNITURE)
    monkeypatch.setattr(furniture, "_is_plain", lambda _: False)
    read_furniture.cache_clear()
    assert [read_furniture(line) for line in lines] == found


@pytest.mark.parametrize("key", [key for key in FIELDS if FIELDS[key] == "headline"])
def test_a_quick_look_takes_each_label_of_a_headline(key: str) -> None:
    """Records are found by each of them, in a box and before a colon."""
    for label in (f"【{key}】春茶上市", f"{key.title()}：春茶上市"):
        block = Block(0, len(label), label)
        assert labelled._TITLE_BEGINS.match(label)
        assert FIELDS[labelled._label(block)[0]] == "headline"


_TITLES = ("春茶上市", "水库 开闸", "“柳溪”新渠通水", "第3条路通车", "A股收涨", "桥")
_ENTRIES = ("{}", "1. {}", "{}……3", "【要闻】{}", "· {} 5", "（2）【民生】{}　周小禾")


@pytest.mark.parametrize("entry", _ENTRIES)
def test_a_quick_look_takes_each_title_that_comes_again(entry: str) -> None:
    """Whatever is about a title in the list, and also where it runs over two lines in the text."""
    for title in _TITLES:
        lines = [entry.format(title)] * 3 + ["柳溪镇茶园昨日开采，茶农说今年雨水好。", *title.split(), "路"]
        blocks = [Block(0, len(line), line) for line in lines]
        letters = listed._letters_of(blocks)
        titles = listed._titles(blocks, letters)
        read = [key for key, _ in listed._readings(blocks[0].text, letters[0])]
        assert listed._may_list(blocks) >= any(place > 3 for key in read for place, _ in titles.get(key, ()))
