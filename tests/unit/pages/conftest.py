"""
Newspaper pages made of known articles, in five layouts, so that splitting can be measured.

The articles are put together from sentences written for this purpose.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

CAPTIONS = (
    "工人在车间里调试新设备。",
    "孩子们在图书馆里认真阅读。",
    "志愿者为老人送去热腾腾的饺子。",
    "渔民在码头上整理渔网。",
)
FURNITURE = (
    "新闻热线: 010-12345678 广告热线: 010-87654321",
    "今日天气: 多云 12℃~20℃ 北风2~3级",
    "责任编辑 王平 美术编辑 李想",
    "网址: www.example.com",
)
PHOTOGRAPHERS = ("郑 岩", "高晓光")

NAMES = ("张凯", "耿婷婷", "王胜斌", "刘慧", "欧阳明月", "李晓", "周莹莹", "丁霞", "赵黎", "高青苗", "逄锦明")
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
OVERLINES = ("民生实事办到家门口", "小事不小看")
SUBTITLES = ("今年已有两千余人受益", "服务范围还将扩大")
SECTIONS = ("用心办好每一件小事", "让更多人走进来", "一年接着一年干")


@dataclass(frozen=True)
class Story:
    """An article as it was written: whole paragraphs, and by a paragraph's number the head above it."""

    headline: str
    paragraphs: Sequence[str]
    authors: Sequence[str]
    overline: str = ""
    subtitle: str = ""
    sections: dict[int, str] = field(default_factory=dict)

    @property
    def body(self) -> str:
        """The text with its section heads."""
        lines: list[str] = []
        for n, paragraph in enumerate(self.paragraphs):
            if n in self.sections:
                lines.append(self.sections[n])
            lines.append(paragraph)
        return "\n".join(lines)


@dataclass(frozen=True)
class Page:
    """A composed page: the text, the articles on it, the captions and furniture between them."""

    text: str
    stories: Sequence[Story]
    captions: Sequence[str]
    furniture: Sequence[str]


def write_story(rng: random.Random) -> Story:
    """Write an article of three to five paragraphs, with or without overline, subtitle and a section."""
    place, actor = rng.choice(PLACES), rng.choice(ACTORS)
    deed, detail = rng.choice(DEEDS)
    lead = f"昨日,记者从{place}{actor}了解到,{place}{actor}已经{deed}。{detail},受到普遍欢迎。"
    remarks = rng.sample(REMARKS, rng.randrange(2, 5))
    body = [f"{remark}{place}{actor}负责人表示,{detail},今后还会继续下去。" for remark in remarks]
    return Story(
        headline=f"{place}{actor}{deed}",
        paragraphs=[lead, *body],
        authors=rng.sample(NAMES, rng.randrange(1, 4)),
        overline=rng.choice(("", "", *OVERLINES)),
        subtitle=rng.choice(("", "", *SUBTITLES)),
        sections={2: rng.choice(SECTIONS)} if rng.random() < 0.4 else {},
    )


def padded(name: str) -> str:
    """Set a name of two characters as wide as one of three."""
    return f"{name[0]} {name[1]}" if len(name) == 2 else name


def cut(text: str, rng: random.Random) -> list[str]:
    """Break a long paragraph at a column's edge, somewhere inside a sentence."""
    if len(text) < 80 or rng.random() < 0.5:
        return [text]
    place = rng.randrange(45, len(text) - 20)
    while place < len(text) and (
        text[place - 1] in "。！？；：…”" or text[place] in "，。、！？；：…”" or not text[place].strip()
    ):
        place += 1
    if place >= len(text) - 5 or not (
        "\u4e00" <= text[place] <= "\u9fff" and "\u4e00" <= text[place - 1] <= "\u9fff"
    ):
        return [text]
    return [text[:place], text[place:]]


def wrapped(text: str, chars: int) -> str:
    """Set a text as OCR gives it: a space where each line of the column ended."""
    lines = [text[: chars - 2]]
    lines += [text[i : i + chars] for i in range(chars - 2, len(text), chars)]
    return " ".join(line.strip() for line in lines if line.strip())


def markdown_signed(story: Story, rng: random.Random) -> list[str]:
    """One kind of heading, a plain subtitle, names in brackets below."""
    lines = [*filter(None, [story.overline]), f"## {story.headline}", *filter(None, [story.subtitle])]
    return [*lines, *_text(story, rng), f"({' '.join(story.authors)})"]


def markdown_two(story: Story, rng: random.Random) -> list[str]:
    """Two kinds of heading, a dateline, names and paper behind the last sentence or below."""
    lines = [f"## {story.overline}"] if story.overline else []
    lines += [f"# {story.headline}", *([f"## {story.subtitle}"] if story.subtitle else [])]
    text = _text(story, rng)
    text[0] = f"本报12月18日讯 {text[0]}"
    signature = f"(江城日报/江城新闻 记者 {' '.join(story.authors)})"
    if rng.random() < 0.5:
        return [*lines, *text[:-1], text[-1] + signature]
    return [*lines, *text, signature]


def bare_byline(story: Story, rng: random.Random) -> list[str]:
    """Plain heads, byline above the dateline."""
    text = _text(story, rng)
    text[0] = f"本报8月9日讯 {text[0]}"
    byline = f"□江城日报/江城新闻记者 {' '.join(padded(a) for a in story.authors)}"
    return [*_plain_heads(story), f"{byline}\n{text[0]}", *text[1:]]


def bare_signed(story: Story, rng: random.Random) -> list[str]:
    """Plain heads, names in brackets below."""
    return [*_plain_heads(story), *_text(story, rng), f"({' '.join(padded(a) for a in story.authors)})"]


def ocr_columns(story: Story, rng: random.Random) -> list[str]:
    """Narrow columns read by OCR: a space at every line's end, heads between marks."""
    lines: list[str] = [f"❷ {story.overline}"] if story.overline else []
    lines += [line for line in (story.headline, story.subtitle) if line]
    chars = rng.choice((13, 14, 16, 17))
    opening = f"□记者 {' '.join(story.authors)} 报道 本报讯 "
    for n, paragraph in enumerate(story.paragraphs):
        if n in story.sections:
            lines.append(f">>{story.sections[n]}<<")
        lines.append(wrapped(paragraph, chars) if n else opening + wrapped(paragraph, chars))
    return lines


LAYOUTS: dict[str, Callable[[Story, random.Random], list[str]]] = {
    f.__name__: f for f in (markdown_signed, markdown_two, bare_byline, bare_signed, ocr_columns)
}


def compose_page(layout: str, seed: int) -> Page:
    """Put stories on a page in one layout, with captions and furniture between and inside them."""
    rng = random.Random(seed)
    stories: dict[str, Story] = {}
    while len(stories) < 3 + seed % 4:
        story = write_story(rng)
        stories.setdefault(story.headline, story)
    return compose(list(stories.values()), layout, rng)


def compose(stories: Sequence[Story], layout: str, rng: random.Random) -> Page:
    """Put the given stories on a page; see `compose_page`."""
    blocks: list[str] = []
    captions: list[str] = []
    furniture: list[str] = []
    for story in stories:
        lines = LAYOUTS[layout](story, rng)
        if rng.random() < 0.4:
            caption = rng.choice(CAPTIONS)
            line = rng.choice((f"■{caption} {rng.choice(PHOTOGRAPHERS)} 摄", f"图为{caption}"))
            captions.append(caption)
            lines.insert(rng.randrange(len(lines) - 1, len(lines) + 1), f"\n{line}\n")
        blocks += lines
        if rng.random() < 0.3:
            furniture.append(rng.choice(FURNITURE))
            blocks.append(furniture[-1])
    return Page("\n\n" + "\n\n".join(blocks) + "\n", stories, captions, furniture)


def _plain_heads(story: Story) -> list[str]:
    return [
        line for line in (story.overline and f"{story.overline}——", story.headline, story.subtitle) if line
    ]


def _text(story: Story, rng: random.Random) -> list[str]:
    lines: list[str] = []
    for n, paragraph in enumerate(story.paragraphs):
        if n in story.sections:
            lines.append(story.sections[n])
        lines += cut(paragraph, rng)
    return lines


@pytest.fixture(scope="session", params=sorted(LAYOUTS))
def composed_pages(request: pytest.FixtureRequest) -> list[Page]:
    """Twenty pages of one layout; a test that asks for them runs once for each layout."""
    return [compose_page(request.param, seed) for seed in range(20)]
