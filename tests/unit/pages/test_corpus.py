"""The five pages of the corpus: which articles stand on each, told line by line by a reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from searchlib import Article
from searchlib.pages.splitter import PageSplit, split_text

CORPUS = Path(__file__).parents[3] / "corpus"
EVENING_PAPER = "观海新闻/青岛晚报/掌上青岛"
MORNING_PAPER = "青岛日报/观海新闻"

Row = tuple[str, tuple[str, ...], str | None]
"""Headline (of a caption: its first characters, in brackets), authors, date."""

ARTICLES: dict[str, list[Row]] = {
    "000": [
        ("全市党建引领基层治理工作会议召开", ("范继业", "韩伟绩"), None),
        ("即墨区少先队鼓号操大赛举办", ("周程林", "宫璐璐"), None),
        ("[思孚工业]", ("李云克", "李晓"), None),
        ("区政协视察2024年度重点政协提案办理情况", ("刘云睿", "陈一豪"), None),
        ("我区对农村生活污水处理进行“体检式排查”", ("康晓欢", "袁超", "刘海豹"), None),
    ],
    "001": [
        ("通济:织密民生网 筑牢服务桥", ("王斌凯", "高青苗"), None),
        ("村庄清洁行动“秋冬季战役”见成效", ("王富星",), None),
        ("靠前帮扶 助力企业发展", ("刘海豹",), None),
        ("[曼谷阳光]", (), None),
    ],
    "002": [
        ("群心连心,服务暖民心", ("梁玉鹏",), None),
        ('四名观察员上岗 为营商环境"把脉"', ("丁霞",), None),
        ("防汛应急演练 确保安全度汛", ("张静",), None),
        ("丹青妙笔展红心 翰墨飘香颂党恩", ("周莹",), None),
        ("重温人党誓词 凝聚奋进力量", ("梁玉鹏",), None),
        ("珠海街道和薛家岛街道扎实开展燃气安全专项整治行动", ("董梅雪", "丁霞"), None),
    ],
    "003": [
        ("“党建引领”驱动小区治理新格局", ("刘慧",), "--12-18"),
        ("西海岸新质生产力中心启动运行", ("栾丕炜",), "--12-18"),
        ("深化农业农村改革 助力乡村振兴", ("马丙政",), "--12-18"),
    ],
    "004": [
        ("支部建进小区,网格幸福“满格”", ("刘佳旒",), None),
        ("[崂山区依]", ("王艺璇",), None),
        ("青岛市全国文明城市创建工作现场推进会召开", ("杨琪琪",), "--08-09"),
        ("青岛高水平谋划建设“青岛科创大走廊”", ("耿婷婷", "张凯", "王胜斌"), "--08-09"),
        ("青岛李村商圈入选省级试点智慧商圈", ("张晋",), "--08-09"),
        ("青岛94人获聘专技二三级岗高级专家人才", ("任晓萌",), "--08-09"),
        ("上半年青岛新建改扩建学校开工率达73.33%", ("赵黎",), "--08-09"),
        ("[青岛市文]", ("王雷",), None),
    ],
}

PARTS: list[tuple[str, int, dict[str, Any]]] = [
    ("000", 1, {"subtitle": "曾赞荣讲话 赵豪志孟庆斌出席 张惠主持 韩世军出席即墨分会场会议"}),
    ("001", 1, {"sections": ("解决民思民忧,构建和美家园", "健全民事民议,社区多元共治")}),
    ("001", 3, {"overline": "青岛市生态环境局即墨分局:"}),
    ("002", 2, {"overline": "泊里镇", "dateline": "本报讯", "byline": "记者 丁霞 报道"}),
    ("002", 4, {"overline": "王台街道", "dateline": "本报讯"}),
    (
        "003",
        1,
        {
            "subtitle": "从党组织全覆盖到深化红色物业，市南区激活基层治理“红色引擎”",
            "publication": EVENING_PAPER,
        },
    ),
    ("003", 2, {"overline": "“政务+金融”一站式服务，19家企业现场签约", "publication": EVENING_PAPER}),
    ("003", 3, {"subtitle": "平度市农业农村“改革进行时”新闻发布会举行"}),
    ("004", 1, {"column": "青报观察", "publication": MORNING_PAPER}),
    ("004", 3, {"overline": "坚持创建为民利民靠民 推动创建任务落实落地", "dateline": "本报8月9日讯"}),
    ("004", 4, {"subtitle": "依托崂山区至青岛蓝谷沿线等科创资源集聚优势区域建设"}),
    ("004", 6, {"overline": "线上申报、异地盲评,推行“代表作”评议——"}),
]

JOINS = [
    ("000", 2, "反馈、总结表彰”的工作思路"),
    ("001", 1, "1500把充电桩选址工作。持续推进"),
    ("002", 1, "所列问题并积极解决。"),
    ("002", 6, "报警自动切断装置、存放超量燃气瓶等突出问题"),
    ("003", 1, "483个楼栋(楼栋)成立党小组"),
    ("004", 6, "在省内城市中均居前列。"),
    ("004", 7, "提质试点校与区域内的标杆校差距明显缩小"),
]

LOST = [("003", 2, "专业特色型产业平台，助力\n展新趋势与新机遇。")]

REAL_SPACES = [("001", 1, "“阳光议事桌 幸福合伙人”"), ("002", 4, '"书画展红心 浓墨颂党恩"')]

FURNITURE = {"001": ["(上接一版)"], "002": ["今日天气", "新闻热线", "明日天气"]}


def split(number: str) -> tuple[str, PageSplit]:
    """Split the page whose name begins with a number."""
    (file,) = CORPUS.glob(f"{number}_*.txt")
    text = file.read_text("utf-8")
    return text, split_text(text, source=file.name)


def article(number: str, place: int) -> Article:
    """Return an article by its place on a page, from 1."""
    return split(number)[1].articles[place - 1]


@pytest.mark.parametrize("number", sorted(ARTICLES))
def test_the_articles_of_a_page(number: str) -> None:
    """Headlines, authors and dates, captions included, in reading order."""
    found = [
        (a.headline if a.kind != "photo_caption" else f"[{a.body[:4]}]", a.authors, a.date)
        for a in split(number)[1].articles
    ]
    assert found == ARTICLES[number]


@pytest.mark.parametrize(("number", "place", "parts"), PARTS)
def test_the_parts_of_an_article(number: str, place: int, parts: dict[str, Any]) -> None:
    """Over- and subtitles, sections, columns, bylines as printed."""
    found = article(number, place)
    assert {name: getattr(found, name) for name in parts} == parts


@pytest.mark.parametrize(("number", "place", "words"), JOINS + LOST + REAL_SPACES)
def test_broken_text_is_whole_again(number: str, place: int, words: str) -> None:
    """Cut sentences are joined across captions and weather, not where text is lost; real spaces stay."""
    assert words in article(number, place).body


@pytest.mark.parametrize("number", sorted(FURNITURE))
def test_furniture_is_in_no_article(number: str) -> None:
    """Hotlines, weather and 上接 are nobody's text."""
    text, page = split(number)
    furniture = "".join(text[start:end] for start, end in page.furniture)
    for line in FURNITURE[number]:
        assert line in furniture
        assert not any(line in a.body for a in page.articles)


def test_a_doubled_paragraph_is_kept_once() -> None:
    """The page edge of the third page is printed twice."""
    assert article("003", 2).body.count("实现‘政务+金融’一站式服务") == 1
