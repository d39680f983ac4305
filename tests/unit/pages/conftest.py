"""
Pages composed of articles written here, in every layout that tests/pages_composer.py knows.

The articles are put together from sentences written for this purpose.
"""

from __future__ import annotations

import random
import zlib

import pytest
from drawn_layouts import draw_layout
from page_layouts import LAYOUTS
from pages_composer import Page, Story, compose_page, dress_story

PLACES = ("江城", "东湖区", "柳林镇", "松花街道", "云台县", "白马社区", "北辰新区", "梅溪乡")
ACTORS = ("图书馆", "供热公司", "农技站", "消防队", "第三小学", "公交集团", "文化馆", "志愿服务队")
DEEDS = (
    ("开办夜间课堂", "每周安排四个晚上,由老师傅讲授木工、剪纸和书法"),
    ("更换老旧管网", "施工队避开早晚高峰,分段开挖、当日回填,尽量少给居民添麻烦"),
    ("推广水稻新品种", "技术员走进田间地头,手把手教农户育秧、插秧和防治病虫害"),
    ("举行消防演练", "参加者学习了使用灭火器、打绳结和低姿逃生的方法"),
    ("增开社区公交", "新线路经过两所学校、三个菜市场和一家医院,首末班车时间也作了延长"),
    ("整理地方戏曲", "老艺人口述唱段,年轻人记谱录音,已经抢救了一百二十多个曲目"),
)
REMARKS = (
    "“过去要走半个钟头,现在出门就到,老人孩子都方便。”居民李大娘说。",
    "下一步,有关部门将听取各方意见,把这项工作做细做实,让更多人受益。",
    "据介绍,这项工作从去年秋天开始筹备,前后开了七次座谈会,征集到意见三百多条。",
    "业内人士认为,办好这样的小事不难,难的是年年坚持、处处用心,不能一阵风。",
    "截至目前,已有两千六百多人次参加,满意率达到98.5%,比去年同期提高了6个百分点。",
)

PAGES = 12
"""Pages of each layout."""
DRAWN_PAGES = 150


def write_story(deed_and_detail: tuple[str, str], rng: random.Random) -> Story:
    """Write an article of three to five paragraphs, with or without overline, subtitle and a section."""
    place, actor = rng.choice(PLACES), rng.choice(ACTORS)
    deed, detail = deed_and_detail
    lead = f"昨日,记者从{place}{actor}了解到,{place}{actor}已经{deed}。{detail},受到普遍欢迎。"
    remarks = rng.sample(REMARKS, rng.randrange(2, 5))
    body = [
        f"{remark}{place}{actor}负责人在第{n}次座谈会上表示,{detail},今后还会继续下去。"
        for n, remark in enumerate(remarks, 1)
    ]
    return dress_story(f"{place}{actor}{deed}", [lead, *body], rng)


def compose(layout: str, seed: int) -> Page:
    """Put three to six stories on a page."""
    rng = random.Random(zlib.crc32(layout.encode()) + seed)
    deeds = rng.sample(DEEDS, 3 + seed % 4)
    return compose_page([write_story(deed, rng) for deed in deeds], LAYOUTS[layout], rng)


@pytest.fixture(scope="session", params=sorted(LAYOUTS))
def composed_pages(request: pytest.FixtureRequest) -> list[Page]:
    """Pages of one layout; a test that asks for them runs once for each layout."""
    return [compose(request.param, seed) for seed in range(PAGES)]


@pytest.fixture(scope="session")
def drawn_pages() -> list[Page]:
    """Pages each of which has a layout of its own, drawn at random."""
    rng = random.Random(1)
    return [
        compose_page([write_story(deed, rng) for deed in rng.sample(DEEDS, 4)], draw_layout(rng), rng)
        for _ in range(DRAWN_PAGES)
    ]
