"""Broken text made whole."""

from __future__ import annotations

import pytest

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
