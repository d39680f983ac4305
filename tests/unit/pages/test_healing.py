"""Broken text made whole."""

from __future__ import annotations

import textwrap
from itertools import chain

import pytest

from searchlib.pages import split_page
from searchlib.pages.healing import heal
from searchlib.pages.lines import INDENT, read_lines
from searchlib.pages.reflow import reflow
from searchlib.pages.stretches import Piece, Role

COLUMN = (
    "月亮湾路社区坚持以民生需求为 导向,在巩固老关系的同时,结识 新朋友。社区以双报到工作为契 机,打造服务品牌。"
)


def _paragraph(text: str, role: Role = "body") -> Piece:
    return Piece(0, len(text), text, role, "", lead_width=INDENT)


def healed(*texts: str) -> str:
    """Heal paragraphs that are nothing special."""
    return heal([_paragraph(text) for text in texts])


def test_spaces_of_line_ends_are_taken_out() -> None:
    """Columns read by OCR have a space where each line ended."""
    assert healed(COLUMN) == COLUMN.replace(" ", "")


def test_a_title_of_two_parts_keeps_its_space() -> None:
    """Inside quotation marks a space is the author's."""
    text = "曼谷阳光社区通过“阳光议事桌 幸福合伙人”等活动,大大提升群众参与度,形成良好氛围。"
    assert healed(text) == text


def test_a_number_cut_by_a_line_is_whole_again() -> None:
    """Digits on both sides of a line's end belong together, words do not."""
    text = "京广线普速列车停运,从四月1 9日起恢复运行,具体时间请听 车站广播,或者打服务电话查询。"
    assert "四月19日" in healed(text)


def test_latin_words_stay_apart() -> None:
    """A space between Latin letters is kept."""
    assert healed("使用 Wi Fi 网络") == "使用 Wi Fi 网络"


def test_a_sentence_cut_by_an_edge_is_joined() -> None:
    """A paragraph that ends inside a sentence goes on with the next."""
    assert healed("开展物业服务", "品质提升攻坚行动。") == "开展物业服务品质提升攻坚行动。"


def test_whole_paragraphs_stay_apart() -> None:
    """A full stop ends a paragraph."""
    assert healed("开网了。", "鱼很多。") == "开网了。\n鱼很多。"


def test_a_lost_full_stop_does_not_join_what_begins_anew() -> None:
    """同时 and the like begin a paragraph of their own."""
    assert healed("提升群众的获得感", "截至目前,已有三百人参加。").count("\n") == 1


def test_the_last_line_of_a_column_ends_a_paragraph_when_it_is_short() -> None:
    """OCR may lose the full stop; the line shows that the paragraph ended."""
    assert healed(COLUMN.removesuffix("。"), "社区书记介绍说。").count("\n") == 1


def test_a_doubled_paragraph_is_kept_once() -> None:
    """A column's edge printed twice is one paragraph."""
    paragraph = "实现一站式服务,并积极做好入驻企业专业人才招引、产业基金扶持服务。"
    assert healed(paragraph, paragraph, "随后揭牌。") == f"{paragraph}\n随后揭牌。"


def test_the_same_end_of_two_cut_sentences_is_kept_twice() -> None:
    """What goes on with a sentence is no doubled paragraph, though it stands elsewhere too."""
    end = "负责人表示,今后还会继续听取各方意见,把这件小事做细做实。"
    assert healed("江城图书馆", end, "东湖文化馆", end) == f"江城图书馆{end}\n东湖文化馆{end}"


def test_a_short_paragraph_may_stand_twice() -> None:
    """An exclamation is no doubled column."""
    assert healed("干杯!", "干杯!") == "干杯!\n干杯!"


def test_heads_are_never_joined() -> None:
    """A section's head stands alone, whatever comes before it."""
    paragraphs = [
        _paragraph("提升群众的满"),
        _paragraph("纾民困 解民忧", "section"),
        _paragraph("社区很忙。"),
    ]
    assert heal(paragraphs) == "提升群众的满\n纾民困 解民忧\n社区很忙。"


def test_lines_broken_at_a_width_are_one_paragraph() -> None:
    """Lines of one length without sentences' ends are a paragraph's lines."""
    text = (
        "查干湖冬捕正式开网,数千名游客来到现场观看这一古老的渔猎方式,第一网捕鱼三万公斤,创下历年之最,"
        "渔把头说今年的鱼情很好,大家都很高兴,今后还要办好冬捕节"
    )
    page = "\n".join(text[i : i + 12] for i in range(0, len(text), 12))
    assert len(reflow(read_lines(page), page)) == 1


def test_verse_is_not_broken_prose() -> None:
    """Short lines of one length that end their sentences stay lines."""
    page = "\n".join(["床前明月光,疑是地上霜。", "举头望明月,低头思故乡。"] * 5)
    assert len(reflow(read_lines(page), page)) == 10


@pytest.mark.parametrize("space", ["\u200b", "\ufeff", " \u200b ", "\u200b\u3000\u200b"])
def test_spaces_without_width_at_the_edges(space: str) -> None:
    """They are white space too, though Python strips them not."""
    assert healed(f"{space}冰很厚 , 鱼很多。{space}") == "冰很厚,鱼很多。"


SENTENCES = (
    "查干湖位于吉林省西北部，是全国十大淡水湖之一，每年冬季这里都要举行盛大的冬捕活动。",
    "镇农技站的技术员每天早晨都要沿着茶垄走上一圈，查看新芽的长势和墒情，再把数据记进本子里。",
    "新建的书屋昨晚开放到九点，孩子们放学后可以来这里写作业，家长也不必再为接送的事情发愁。",
    "粮库今天开始收粮，农户凭预约号进场，从检验到结算不超过一个小时，当天就能拿到全部货款。",
    "渔把头带领六十多名渔工凌晨四点出发，历时八个多小时才把两千米长的大网全部拖出冰面来。",
)


@pytest.mark.parametrize("width", range(13, 41))
@pytest.mark.parametrize(
    ("head", "indent"), [("", ""), ("", "　　"), ("湖上传来好消息\n\n", ""), ("湖上传来好消息\n", "")]
)
def test_short_texts_of_several_paragraphs_are_joined(width: int, head: str, indent: str) -> None:
    """At every width, from two paragraphs of two lines on; the last lines are shorter and end a sentence."""
    for first in range(len(SENTENCES)):
        paragraphs = [SENTENCES[first] + SENTENCES[first - 1], SENTENCES[first - 2]]
        lines = [textwrap.wrap(indent + text, width, drop_whitespace=False) for text in paragraphs]
        if not indent and len(lines[0][-1]) >= width - 2:
            continue  # nothing tells a full line from the last one of a paragraph
        (article,) = split_page(head + "\n".join(chain.from_iterable(lines)))
        assert (article.headline, article.body) == (head.strip(), "\n".join(paragraphs))


@pytest.mark.parametrize(
    "text",
    [
        "五月的花海，用青春拥抱时代。\n八月的收获，用汗水浇灌未来。\n冬天的故事，等你来说。",
        "关于召开春季运动会的通知\n关于组织义务植树的通知\n关于清明节放假的通知\n关于征集校史资料的启事",
        "他们说了很久的话。\n“没有，只在照片上见过它的样子。”\n“那就一起去看看。”",
        "风从湖面上吹过来的时候\n我正数着岸边的石头\n一颗\n两颗\n直到天黑",
        "甲方：江城市第一建筑工程有限公司\n乙方：柳溪镇人民政府经济发展办公室\n丙方：河湾社区居民委员会服务中心\n丁方：江城市公共资源交易服务中心",
        "1、打开软件并登录自己的账号信息\n2、点击右上角的系统设置按钮图标\n3、选择导出全部的历史数据记录表\n4、保存到本地磁盘的备份文件夹里",
        "关于召开年度春季运动会的有关通知\n关于组织参加义务植树活动的通知书\n关于清明节期间放假安排的有关通知\n关于公开征集学校历史资料的启事等",
        "第一名 柳溪镇中心小学三年级二班\n第二名 河湾社区希望小学四年级一班\n第三名 镇实验小学五年级",
    ],
)
def test_lines_of_few_that_no_edge_cut_stay_lines(text: str) -> None:
    """Verse, dialogue, lists and slogans are no paragraphs of prose."""
    assert "\n".join(filter(None, [split_page(text)[0].headline, split_page(text)[0].body])) == text
