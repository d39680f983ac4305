"""
A small judged collection, made up: three hundred articles, seventy questions, a hundred misspellings.

    python tests/support/judged_collection.py

writes `tests/data/judged/`: `docs.jsonl`, `queries.jsonl` and `qrels.tsv` as `search eval` reads them, and
`misspelt.tsv`. Nothing is taken from anywhere: places, people and events are made up of the lists below, so
that each question has answers by construction. Its kinds are made so that each constant of the ranking
matters to some of them:

- `long`: a short article about something, and long ones that mention it more often in passing;
- `lead`: the same sentence at the beginning of one article and in the middle of another;
- `late`: all of the question in the middle of one article, and a part of it at the beginning of another;
- `form`: an article about a number written in another way, and a long one that mentions it as typed;
- `literal`: the same in both ways: what was typed comes first;
- `question`: what somebody asks who does not know the words of the answer.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "data" / "judged"

_SEED = 20261129
_FIRST = "青白红黑金银石松柳梅云霞龙凤鹿鹤"
_SECOND = "湾岭坪滩坞浦沟塘桥渡台泉"
_TOPICS = """
渔港扩建 古桥修缮 茶园采摘 灯会筹办 水库清淤 药材交易 龙舟训练 竹编展览
盐田晾晒 花海观光 公交换线 夜校招生 果园嫁接 石雕比赛 温室育苗 古井保护
"""
_FILLERS = (
    "当天天气晴好，前来的人络绎不绝。",
    "有关负责人说，下一步将继续做好服务。",
    "现场秩序井然，志愿者忙着引导车辆。",
    "一位老人说，这些年的变化看得见。",
    "工作人员介绍，各项准备已经就绪。",
    "孩子们拿着风筝，在广场上奔跑。",
    "附近的小店早早开门，生意比往常好。",
    "据了解，类似的安排明年还会继续。",
    "大家边走边聊，不时停下来拍照。",
    "为了安全，入口处设置了检查点。",
    "午后下起小雨，人们纷纷撑开雨伞。",
    "晚上的节目持续了一个多小时。",
)
_HAN = "零一二三四五六七八九"


def place(number: int) -> str:
    """Return the name of a made-up place; each number has its own."""
    return _FIRST[number % len(_FIRST)] + _SECOND[number // len(_FIRST) % len(_SECOND)] + "镇"


def topic(number: int) -> tuple[str, str]:
    """Return what happens in a place: two words."""
    every = _TOPICS.split()
    found = every[number % len(every)]
    return found[:2], found[2:]


def han(number: int) -> str:
    """Write a number of two figures in Han: 二十四."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")


class Writer:
    """Collects articles, questions and judgements."""

    def __init__(self) -> None:
        self._draw = random.Random(_SEED)
        self.articles: list[dict[str, str]] = []
        self.queries: dict[str, str] = {}
        self.grades: list[tuple[str, str, int]] = []

    def filler(self, count: int) -> list[str]:
        """Return sentences that say nothing."""
        return self._draw.choices(_FILLERS, k=count)

    def article(self, article_id: str, headline: str, sentences: list[str]) -> str:
        """Keep an article, three sentences a paragraph."""
        rows = ["".join(sentences[first : first + 3]) for first in range(0, len(sentences), 3)]
        self.articles.append({"id": article_id, "headline": headline, "body": "\n".join(rows)})
        return article_id

    def ask(self, query_id: str, text: str, **grades: int) -> None:
        """Keep a question with the grades of its answers."""
        self.queries[query_id] = text
        self.grades += [(query_id, f"{query_id}-{name}", grade) for name, grade in grades.items()]


def written() -> Writer:
    """Return the whole collection."""
    writer = Writer()
    for number in range(12):
        _long(writer, number)
        _lead(writer, number + 12)
        _late(writer, number + 24)
        _form(writer, number + 36)
        _literal(writer, number + 48)
        _question(writer, number + 60)
    for number, (_, same, alike) in enumerate(_AMBIGUOUS):
        for letter, char in (("s", same), ("l", alike)):
            for copy in range(3):
                sentences = [f"{char}{_NAMES[number]}今日开放。", *writer.filler(5)]
                writer.article(f"name{number}-{letter}{copy}", "简讯", sentences)
    for number in range(72, 132):
        first, second = topic(number)
        sentences = [f"{place(number)}近日开展{first}{second}。", *writer.filler(8)]
        writer.article(f"other-{number}", f"{place(number)}{first}见闻", sentences)
    return writer


def _long(writer: Writer, number: int) -> None:
    where, (first, second) = place(number), topic(number)
    name = f"long{number}"
    writer.article(
        f"{name}-a",
        "近日见闻",
        [f"{where}的{first}开始{second}。", f"{where}居民前来观看{second}。", *writer.filler(2)],
    )
    for letter in "bc":
        mentions = [f"{where}也在其中。", f"{second}只是一部分。"] * 4
        sentences = writer.filler(60)
        for at, mention in enumerate(mentions):
            sentences.insert(7 * at + 3, mention)
        writer.article(f"{name}-{letter}", "一周综述", sentences)
    writer.ask(name, f"{where} {second}", a=2)


def _lead(writer: Writer, number: int) -> None:
    where, (first, second) = place(number), topic(number)
    name = f"lead{number}"
    said = f"{where}合作社组织村民参加{first}{second}。"
    fillers = writer.filler(14)
    writer.article(f"{name}-a", "乡村记事", [*fillers[:9], said, *fillers[9:]])
    writer.article(f"{name}-b", "乡村记事", [said, *fillers])
    writer.ask(name, f"{where}合作社组织村民参加{first}{second}", b=2)


def _late(writer: Writer, number: int) -> None:
    where, (first, second) = place(number), topic(number)
    name = f"late{number}"
    fillers = writer.filler(16)
    whole = f"{where}的技术员在{first}现场讲解{second}的要领。"
    writer.article(f"{name}-b", "田间地头", [*fillers[:10], whole, *fillers[10:]])
    parts = [
        f"{where}的技术员来了。",
        f"大家谈起{first}和{second}。",
        *fillers,
        f"{where}讲解要领。",
        "现场还有技术员。",
    ]
    writer.article(f"{name}-a", "田间地头", parts)
    writer.ask(name, f"{where}技术员{first}现场讲解{second}要领", b=2, a=1)


def _form(writer: Writer, number: int) -> None:
    where = place(number)
    name, count = f"form{number}", number - 15
    sentences = [f"{where}第{count}届文化周开幕。", f"第{count}届文化周将持续三天。", *writer.filler(3)]
    writer.article(f"{name}-b", f"{where}第{count}届文化周开幕", sentences)
    passing = [*writer.filler(20), f"{where}第{han(count)}届文化周同期举行。", *writer.filler(15)]
    writer.article(f"{name}-a", "一周综述", passing)
    for letter in "cd":
        writer.article(f"{name}-{letter}", "节庆消息", [f"{where}文化周开幕。", *writer.filler(6)])
    writer.ask(name, f'"第{han(count)}届"', b=2, a=1)


def _literal(writer: Writer, number: int) -> None:
    where = place(number)
    name, count = f"literal{number}", number - 15
    fillers = writer.filler(9)
    writer.article(f"{name}-b", "赛事消息", [f"{where}举办第{han(count)}届运动会。", *fillers])
    writer.article(f"{name}-a", "赛事消息", [f"{where}举办第{count}届运动会。", *fillers])
    writer.ask(name, f"{where} 第{han(count)}届", b=2, a=1)


def _question(writer: Writer, number: int) -> None:
    where, (first, second) = place(number), topic(number)
    name = f"question{number}"
    answer = f"{where}的{first}{second}安排在东街码头，由老周负责。"
    writer.article(f"{name}-a", f"{where}通知", [*writer.filler(3), answer, *writer.filler(4)])
    writer.article(f"{name}-b", f"{where}风光", [f"{where}四面环山。", *writer.filler(8)])
    writer.article(
        f"{name}-c", f"{second}漫谈", [f"{first}是一门手艺，{second}要有耐心。", *writer.filler(8)]
    )
    writer.ask(name, f"{where}的{first}{second}在哪里，由谁负责？", a=2)


_AMBIGUOUS = (
    ("治", "制", "冶"),
    ("未", "味", "末"),
    ("土", "吐", "士"),
    ("天", "添", "夭"),
    ("人", "仁", "入"),
    ("日", "驲", "曰"),
    ("己", "几", "已"),
    ("千", "迁", "干"),
    ("午", "舞", "牛"),
    ("大", "达", "太"),
)
"""A character that is typed, one that sounds the same, and one that looks alike: the first is likelier."""

_NAMES = ("榆荷", "岚汀", "芷溪", "槿川", "蓼洲", "菱浦", "葭渚", "芦汊", "荻港", "蒲堰")
"""What follows it in a made-up name."""

_SLIPS = (
    # sounds alike, looks alike, missing, too much, twice, the other way round
    ("文化周", "文花周"),
    ("技术员", "技术圆"),
    ("合作社", "合作舍"),
    ("志愿者", "志愿着"),
    ("运动会", "运动回"),
    ("要领", "要另"),
    ("古桥修缮", "古桥修膳"),
    ("药材交易", "药才交易"),
    ("水库清淤", "水库清於"),
    ("花海观光", "花海观先"),
    ("石雕比赛", "石雕此赛"),
    ("温室育苗", "温室盲苗"),
    ("茶园采摘", "荼园采摘"),
    ("夜校招生", "夜校招牛"),
    ("公交换线", "公文换线"),
    ("古井保护", "古井保户"),
    ("渔港扩建", "渔港扩健"),
    ("盐田晾晒", "盐日晾晒"),
    ("竹编展览", "竹偏展览"),
    ("龙舟训练", "尤舟训练"),
    ("果园嫁接", "果园稼接"),
    ("灯会筹办", "灯会筹力"),
    ("负责人", "负责入"),
    ("工作人员", "工作入员"),
    ("东街码头", "东街吗头"),
    ("四面环山", "四面坏山"),
)


def misspelt() -> Iterator[tuple[str, str]]:
    """Yield what is typed and what should be suggested."""
    for right, wrong in _SLIPS:
        yield wrong, right
    topics = _TOPICS.split()
    for number in range(60):  # a character of a topic twice, and two the other way round
        text = topics[number % len(topics)]
        at = number // len(topics)
        yield text[: at + 1] + text[at:], text
    for (typed, same, _), name in zip(_AMBIGUOUS, _NAMES, strict=True):
        yield typed + name, same + name
    for text in topics:
        yield text[0] + text[2] + text[1] + text[3], text


def write(folder: Path = FOLDER) -> None:
    """Write the files."""
    folder.mkdir(parents=True, exist_ok=True)
    writer = written()
    rows = {
        "docs.jsonl": [json.dumps(one, ensure_ascii=False) for one in writer.articles],
        "queries.jsonl": [
            json.dumps({"id": key, "text": text}, ensure_ascii=False) for key, text in writer.queries.items()
        ],
        "qrels.tsv": [f"{query}\t{article}\t{grade}" for query, article, grade in writer.grades],
        "misspelt.tsv": [f"{wrong}\t{right}" for wrong, right in dict.fromkeys(misspelt())],
    }
    for name, lines in rows.items():
        (folder / name).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    write()
