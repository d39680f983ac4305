"""Minutes and notices, whose title stands over lines with labels; all texts and people are made up."""

from __future__ import annotations

import pytest

from searchlib import split_page

SAID = "会议听取了修桥的报告，大家同意今年秋天动工，钱从集体收入里出，不足的部分向银行借。"
LABELS = (
    "时间：2024年3月5日下午3时\n地点：柳溪镇礼堂\n",
    "时　　间　2024年3月5日（星期二）下午3时\n地　　点　柳溪镇礼堂\n主　　席　周禾\n",
    "時　　間：中華民國113年3月5日\n地　　點：柳溪鎮禮堂\n",
    "日期：2024-03-05\n出席：周禾 李想\n",
    "会议时间: 2024.3.5\n会议地点: 柳溪镇礼堂\n主持人: 周禾\n",
    "地点：柳溪镇礼堂\n时间：二〇二四年三月五日\n",
    "时 间：2024/3/5\n地 点：柳溪镇礼堂\n记 录：李想\n",
    "主持：周禾\n记录：李想\n时间：2024年3月5日\n",
    "编号：第6号\n日　期：2024年3月5日\n",
    "开会时间：2024年3月5日 15:00\n开会地点：柳溪镇礼堂\n",
)


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("name", ["会议纪要", "會議紀錄", "第6次会议记录", "议事录"])
def test_the_name_of_a_meeting_over_labels_is_the_headline(name: str, labels: str) -> None:
    """And the day on which it was is that of its minutes."""
    (article,) = split_page(f"柳溪镇村民委员会{name}\n{labels}{SAID}\n", source="a.txt")
    assert (article.headline, article.date) == (f"柳溪镇村民委员会{name}", "2024-03-05")
    assert article.body.endswith(SAID)


@pytest.mark.parametrize("labels", LABELS)
def test_the_day_of_what_is_to_be_is_no_day_of_a_notice(labels: str) -> None:
    """Its title is one all the same."""
    (article,) = split_page(f"关于柳溪镇停水的通知\n{labels}{SAID}\n", source="a.txt")
    assert (article.headline, article.date) == ("关于柳溪镇停水的通知", None)


@pytest.mark.parametrize(
    "text",
    [
        "那天下午，老周来了。\n老周：桥呢？\n老李：修着呢。\n" + SAID,
        f"桥修好了，\n时间：长\n地点：远\n{SAID}",
    ],
)
def test_a_sentence_over_labels_is_no_title(text: str) -> None:
    """It begins the text."""
    (article,) = split_page(text, source="a.txt")
    assert article.headline == ""
