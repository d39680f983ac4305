"""
Newspaper pages composed of known articles, so that splitting can be measured in many layouts.

A `Layout` says how a paper sets its articles: marks and order of the lines
over them, where the names stand, how the text is broken. `compose_page` puts
articles on a page in one layout, with what the page has besides: captions,
furniture, cuts, doubled paragraphs, an article in two pieces. The articles
come from outside: tests/unit/pages/conftest.py writes its own, the benchmark
reads them from a file.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰志海燕晓东建国文波辉健宁雪梅婷浩宇轩然佳琪欣怡子涵思"
)
PLACES = ("北京", "上海", "广州", "成都", "武汉", "西安", "沈阳", "昆明")
PAPER = "江城日报"

CAPTIONS = (
    "工人在车间里调试新设备。",
    "孩子们在图书馆里认真阅读。",
    "志愿者为老人送去热腾腾的饺子。",
    "渔民在码头上整理渔网。",
    "游客在湖边的步道上散步、拍照。",
)
FURNITURE = (
    "新闻热线: 010-12345678 广告热线: 010-87654321",
    "今日天气: 多云 12℃~20℃ 北风2~3级",
    "责任编辑 王平 美术编辑 李想",
    "责编:王平 美编:李想 校对:赵强",
    "网址: www.example.com",
    "■值班主任:王平 ■责任编辑:李想",
)
OVERLINES = ("民生实事办到家门口", "小事不小看", "推动高质量发展再上新台阶——", "聚焦群众身边事:")
SUBTITLES = (
    "今年已有两千余人受益",
    "——来自一线的蹲点报告",
    "服务范围还将扩大",
    "多部门联合出台新举措 群众办事不再来回跑",
)
SECTIONS = (
    "用心办好每一件小事",
    "让更多人走进来",
    "一年接着一年干",
    "从“有没有”到“好不好”",
    "破题:路子怎么走",
)

_SENTENCE_END = "。！？；：…”’）)!?;:"
_NO_LINE_START = "，。、！？；：”’》」』）)…—,.!?;:%"


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


@dataclass(frozen=True)
class Layout:
    r"""
    How a paper sets an article.

    Attributes:
        heads: Marks before overline, headline and subtitle; None leaves the
            line out of every article.
        opening: Lines between the heads and the text; `{by}` are names, `{roles}`
            names with what their bearers are.
        lead: Before the first sentence, on its line.
        tail: Behind the last sentence, on its line.
        closing: Lines below the text.
        middle: A line between two paragraphs.
        names: How names are put together: "space", "comma" or "wide" (two
            characters as wide as three).
        width: Characters to a line at which text is broken hard, 0 for none.
        indent: What stands before the first line of a paragraph.
        gap: What stands between the paragraphs of an article.
        between: What stands between two articles.
        cuts: Share of the long paragraphs cut at a column's edge.
        ocr: Column whose line ends OCR turned into spaces, 0 for none.
        stray: Share of the places between two Han characters with a stray space.
        section: What section heads look like, with `{}` for the head.
        extras: Share of the articles with a caption inside or behind, and of furniture lines.
        wide_digits: Digits full-width.
        doubled: Share of the articles with a paragraph twice.
        split: Share of the pages on which one article stands in two pieces around another.
        tops: Lines over the first article.
        two_lines: Characters from which a headline is set in two lines, 0 for never.
        centred: White space before a bare head or an opening line.
        letter_spaced: A space between the characters of a headline.
        dress: Share of the articles with an overline, and of those with a subtitle.
        sentences: Sentences to a paragraph where texts are set anew, 0 to leave them as they are.
        aside: Behind the headline on its line.
        run_in: What stands before and behind a headline on the text's first line, instead of above it.
        running: A line of the page's head that stands between two lines of an article now and then.
        line_end: What ends every line.
        jumps: Share of the pages whose first article goes on at the end, behind 上接.
    """

    heads: tuple[str | None, str, str | None] = (None, "", None)
    opening: tuple[str, ...] = ()
    lead: tuple[str, ...] = ("",)
    tail: tuple[str, ...] = ("",)
    closing: tuple[str, ...] = ()
    middle: str = ""
    names: str = "space"
    width: int = 0
    indent: str = ""
    gap: str = "\n\n"
    between: str = "\n\n"
    cuts: float = 0.0
    ocr: int = 0
    stray: float = 0.0
    section: str = "{}"
    extras: float = 0.3
    wide_digits: bool = False
    doubled: float = 0.0
    split: float = 0.0
    tops: tuple[str, ...] = ()
    dress: float = 0.5
    sentences: int = 0
    aside: str = ""
    run_in: tuple[str, str] | None = None
    running: str = ""
    line_end: str = "\n"
    jumps: float = 0.0
    two_lines: int = 0
    centred: str = ""
    letter_spaced: bool = False


def make_name(rng: random.Random) -> str:
    """Make a name of two or three characters."""
    return rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2))))


def dress_story(headline: str, paragraphs: Sequence[str], rng: random.Random) -> Story:
    """Give a text what a paper adds to it: names, lines about the headline, heads inside."""
    sections: dict[int, str] = {}
    if len(paragraphs) > 3 and rng.random() < 0.4:
        places = rng.sample(range(1, len(paragraphs)), rng.randrange(1, 3))
        sections = dict(zip(sorted(places), rng.sample(SECTIONS, len(places)), strict=True))
    return Story(
        headline,
        tuple(paragraphs),
        tuple(dict.fromkeys(make_name(rng) for _ in range(rng.randrange(1, 4)))),
        rng.choice(OVERLINES) if rng.random() < 0.5 else "",
        rng.choice(SUBTITLES) if rng.random() < 0.5 else "",
        sections,
    )


def padded(name: str) -> str:
    """Set a name of two characters as wide as one of three."""
    return f"{name[0]} {name[1]}" if len(name) == 2 else name


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Break a text into lines of a width; no line begins with a mark that belongs to the one before."""
    lines: list[str] = []
    rest = indent + text
    while len(rest) > width:
        end = width
        while end < len(rest) and rest[end] in _NO_LINE_START and end < width + 2:
            end += 1
        lines.append(rest[:end])
        rest = rest[end:]
    return [*lines, rest] if rest else lines


def _paragraphs(texts: Sequence[str], sentences: int) -> list[str]:
    """Set texts anew in paragraphs of so many sentences."""
    cut = re.findall(r"[^。！？]+[。！？]*[”’」』）)]*", "".join(texts))
    return ["".join(cut[i : i + sentences]).strip() for i in range(0, len(cut), sentences)]


def cut_in_two(text: str, rng: random.Random) -> list[str]:
    """Break a long paragraph at a column's edge, somewhere between two Han characters inside a sentence."""
    places = [i for i in range(45, len(text) - 20) if "一" <= text[i] <= "鿿" and "一" <= text[i - 1] <= "鿿"]
    if not places:
        return [text]
    place = rng.choice(places)
    return [text[:place], text[place:]]


def compose_page(stories: Sequence[Story], layout: Layout, rng: random.Random) -> Page:
    """Put stories on a page in one layout, with captions and furniture between and inside them."""
    return _Composer(layout, rng).compose(stories)


class _Composer:
    def __init__(self, layout: Layout, rng: random.Random) -> None:
        self.layout = layout
        self.rng = rng
        self.captions: list[str] = []
        self.furniture: list[str] = []
        self.shown: list[Story] = []

    def compose(self, stories: Sequence[Story]) -> Page:
        layout, rng = self.layout, self.rng
        blocks: list[str] = []
        articles = [self._article(story) for story in stories]
        if len(articles) > 1 and rng.random() < layout.split:
            self._interleave(articles, rng.randrange(len(articles) - 1))
        if rng.random() < layout.jumps and len(articles[0]) > 3:
            cut = len(articles[0]) - 1
            articles.append(["（上接第1版）", *articles[0][cut:]])
            articles[0] = [*articles[0][:cut], "（下转第3版）"]
        for lines in articles:
            blocks.append(layout.gap.join(lines))
            if rng.random() < layout.extras:
                self.furniture.append(rng.choice(FURNITURE))
                blocks.append(self.furniture[-1])
        tops = [self._date(top) for top in layout.tops]
        text = layout.between.join([*tops, *blocks])
        text = text.replace("\n", layout.line_end)
        if layout.wide_digits:
            text = text.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
        return Page(text + "\n", tuple(self.shown), tuple(self.captions), tuple(self.furniture))

    def _interleave(self, articles: list[list[str]], n: int) -> None:
        """Set the end of an article behind the next one, where its paragraph is cut."""
        first = articles[n]
        longest = max(range(len(first)), key=lambda i: len(first[i]))
        halves = cut_in_two(first[longest], self.rng) if "\n" not in first[longest] else [first[longest]]
        if len(halves) == 1:
            return
        articles[n] = [*first[:longest], halves[0]]
        articles[n + 1] = [*articles[n + 1], halves[1], *first[longest + 1 :]]

    def _article(self, story: Story) -> list[str]:
        layout, rng = self.layout, self.rng
        marks = layout.heads
        over = story.overline if marks[0] is not None and rng.random() < layout.dress * 2 else ""
        sub = story.subtitle if marks[2] is not None and rng.random() < layout.dress * 2 else ""
        lines = []
        headline = story.headline + self._names(layout.aside, story) if not layout.run_in else ""
        for mark, head in zip(marks, (over, headline, sub), strict=True):
            if head and mark is not None:
                lines += self._head(mark, head)
        if layout.sentences:
            story = replace(story, paragraphs=_paragraphs(story.paragraphs, layout.sentences), sections={})
        sections = story.sections if layout.section else {}
        self.shown.append(Story(story.headline, story.paragraphs, story.authors, over, sub, sections))
        opening = [layout.centred + self._names(form, story) for form in layout.opening]
        text = self._text(story, sections)
        closing = [self._names(form, story) for form in layout.closing]
        if rng.random() < layout.extras:
            caption = rng.choice(CAPTIONS)
            self.captions.append(caption)
            photographer = make_name(rng)
            line = rng.choice(
                (
                    f"■{caption} {padded(photographer)} 摄",
                    f"图为{caption}",
                    f"▲{caption}",
                    f"{caption}（{photographer} 摄）",
                    f"{caption} 本报记者 {photographer} 摄",
                    f"图为{caption}新华社记者 {photographer} 摄",
                )
            )
            text.insert(rng.randrange(1, len(text) + 1), line if "\n\n" in layout.gap else f"\n{line}\n")
        if layout.running and len(text) > 1 and rng.random() < 0.5:
            self.furniture.append(layout.running)
            text.insert(rng.randrange(1, len(text)), layout.running)
        return [*lines, *opening, *text, *closing]

    def _head(self, mark: str, head: str) -> list[str]:
        width = self.layout.width
        if self.layout.letter_spaced and len(head) <= 16:
            head = " ".join(head)
        head = head.removeprefix("——") if mark == "——" else head
        mark = mark if mark.startswith(("#", "**")) else self.layout.centred + mark
        if self.layout.two_lines and not mark and len(head) > self.layout.two_lines:
            return ["\n".join(wrapped(head, max((len(head) + 1) // 2, 8)))]
        rows = wrapped(mark + head, width) if width and len(head) > width else [mark + head]
        return ["\n".join(rows) + ("**" if mark.endswith("**") else "")]

    def _names(self, form: str, story: Story) -> str:
        style = self.layout.names
        names = [padded(name) for name in story.authors] if style == "wide" else list(story.authors)
        by = ("、" if style == "comma" else " ").join(names)
        writer, *others = names
        roles = f"记者 {writer}" + (f" 通讯员 {' '.join(others)}" if others else "")
        return self._date(form).replace("{by}", by).replace("{roles}", roles)

    def _date(self, form: str) -> str:
        rng = self.rng
        form = form.replace("{place}", rng.choice(PLACES))
        return form.replace("{m}", str(rng.randrange(1, 13))).replace("{d}", str(rng.randrange(1, 29)))

    def _text(self, story: Story, sections: dict[int, str]) -> list[str]:
        layout, rng = self.layout, self.rng
        lines: list[str] = []
        last = len(story.paragraphs) - 1
        middle = rng.randrange(1, last + 1) if last > 0 else 0
        twice = rng.randrange(last) if last and rng.random() < layout.doubled else -1
        for n, paragraph in enumerate(story.paragraphs):
            if n in sections:
                lines.append(layout.section.format(sections[n]))
            if layout.middle and n == middle:
                lines.append(self._names(layout.middle, story))
            text = paragraph
            if n == 0:
                text = self._names(rng.choice(layout.lead), story) + text
                if layout.run_in:
                    text = layout.run_in[0] + story.headline + layout.run_in[1] + text
            if n == last:
                text += self._names(rng.choice(layout.tail), story)
            parts = cut_in_two(text, rng) if rng.random() < layout.cuts and len(text) > 80 else [text]
            lines += [self._set(part) for part in parts]
            if n == twice:
                lines.append(self._set(paragraph))
        return lines

    def _set(self, text: str) -> str:
        layout, rng = self.layout, self.rng
        if layout.ocr:
            return " ".join(line.strip() for line in wrapped(text, layout.ocr))
        if layout.stray:
            text = re.sub(
                r"(?<=[一-鿿])(?=[一-鿿])", lambda _: " " if rng.random() < layout.stray else "", text
            )
        if layout.width:
            return "\n".join(wrapped(text, layout.width, layout.indent))
        return layout.indent + text
