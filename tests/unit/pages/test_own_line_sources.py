"""Lines in brackets: round ones with a place and a day open a text, those that name a source end it."""

from __future__ import annotations

import pytest

from searchlib.pages import split_page

NEWS = {
    "新年度预算案公布 教育拨款增两成": (
        "财政部今日公布新年度预算案，教育拨款比去年增加两成，主要用来修建乡村学校和宿舍，明年三月开工。"
    ),
    "大桥发生连环车祸 三人受伤": (
        "大桥今早发生连环车祸，三辆轿车和一辆货车相撞，三人受轻伤送院，交通堵塞两小时才恢复。"
    ),
    "统考成绩放榜 报考人数创新高": (
        "考试局今日公布统考成绩，今年报考人数创下新高，初中组及格率为九成，高中组为八成半。"
    ),
}


@pytest.mark.parametrize(
    "dateline",
    [
        "（吉隆坡5日讯）",
        "(槟城5日讯)",
        "（新山五日讯）",
        "（本报古晋5日讯）",
        "（亚庇3月5日讯）",
        "（怡保3月5日专讯）",
        "（马六甲廿五日讯）",
        "（关丹25日特讯）",
    ],
)
@pytest.mark.parametrize(
    "form", ["{}\n{}\n{}\n\n", "{}\n{}\n\n{}\n\n", "{}\n{}\n{}\n", "## {}\n\n{}\n\n{}\n\n"]
)
def test_place_and_day_in_round_brackets_open_a_text(dateline: str, form: str) -> None:
    """As papers in Malaysia print them; on the line of the text they did before."""
    page = "".join(form.format(head, dateline, text) for head, text in NEWS.items())
    found = split_page(page, source="a.md" if form[0] == "#" else "a.txt")
    assert [(a.headline, a.dateline, a.body) for a in found] == [(h, dateline, t) for h, t in NEWS.items()]


@pytest.mark.parametrize(
    ("source", "paper"),
    [
        ("（据新华社北京5日电）", "新华社"),
        ("（据新华社北京5月8日电）", "新华社"),
        ("（新华社东京3月5日电）", "新华社"),
        ("(据中新社上海12月1日电)", "中新社"),
        ("（据新华社华盛顿五月八日电）", "新华社"),
        ("（中央社台北25日讯）", "中央社"),
        ("（据《柳溪日报》报道）", "柳溪日报"),
        ("（综合新华社、央视新闻报道）", "新华社、央视新闻"),
    ],
)
@pytest.mark.parametrize("between", ["", "\n"])
def test_a_source_with_place_and_day_ends_a_text(source: str, paper: str, between: str) -> None:
    """On a line of its own, or behind the last sentence."""
    page = "\n\n".join(f"{head}\n{text}{between}{source}" for head, text in NEWS.items())
    found = split_page(page, source="a.txt")
    assert [(a.headline, a.publication, a.body) for a in found] == [(h, paper, t) for h, t in NEWS.items()]


@pytest.mark.parametrize("dateline", ["法新社巴黎十日电", "新华社北京7月3日电", "中央社台北5日电"])
def test_an_agency_without_brackets_opens_a_text(dateline: str) -> None:
    """On its own line below each headline."""
    page = "\n".join(f"{head}\n　　{dateline}\n　　{text}" for head, text in NEWS.items())
    found = split_page(page, source="2024-07-05.txt")
    assert [(a.headline, a.dateline, a.body) for a in found] == [(h, dateline, t) for h, t in NEWS.items()]


@pytest.mark.parametrize("inside", ["（5日停电）", "（右图）", "（据悉）", "（3月5日）"])
def test_other_brackets_neither_open_nor_end_a_text(inside: str) -> None:
    """They are in it."""
    (head, text), *_ = NEWS.items()
    found = split_page(f"{head}\n{text}\n{inside}\n{text}", source="a.txt")
    assert len(found) == 1
    assert inside in found[0].body
