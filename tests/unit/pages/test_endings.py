"""Lines below a text that do not belong to it: its editors, its source, the page where it continues."""

from __future__ import annotations

import pytest

from searchlib import Article, split_page

HEADLINE = "青峰水渠通到田头"
FIRST = "青峰县今年新修水渠十二公里，沿线三千亩稻田用上了自流水，村民不再为抢水发愁。"
LAST = "县水利局负责人介绍，二期工程将于年底动工，届时还将惠及另外两个乡镇。"
EDITORS = (
    "编辑：李青 校对：高原",
    "初审：李青 复审：高原 终审：王平",
    "一审：李青 二审：高原 三审：王平",
    "编校：李青",
    "审核：高原",
    "策划：李青 统筹：高原",
    "制图：李青",
    "绘图丨李青",
    "策划 | 李青",
    "审核/高原",
)
MARKS = (
    "-END-",
    "END",
    "The End",
    "下转第三版",
    "（转下版）",
    "（接上版）",
    "更多精彩内容请关注青峰日报客户端",
    "点击进入专题",
    "点击查看更多报道>>",
    "点击“阅读原文”查看更多",
    "戳左下角“阅读原文”，报名参加",
    "指导老师：王强",
)
SOURCES = (
    "（本报综合）",
    "（综合）",
    "（本报综合新华社、央视新闻报道）",
    "（综合新华社、央视报道）",
    "本文来源：青峰日报",
    "来源丨青峰发布",
    "图片由受访者提供",
    "（图片由受访者提供）",
    "图/李青",
    "摄影：李青",
)


def split(*paragraphs: str) -> list[Article]:
    """Split a page of paragraphs with empty lines between."""
    return split_page("\n\n".join((HEADLINE, *paragraphs)) + "\n")


@pytest.mark.parametrize("ending", [*EDITORS, *MARKS, *SOURCES])
def test_an_ending_is_no_text_of_a_signed_article(ending: str) -> None:
    """The article keeps its two paragraphs and its reporter."""
    (article,) = split(f"本报讯（记者 周小禾）{FIRST}", LAST, ending)
    assert (article.headline, article.body) == (HEADLINE, f"{FIRST}\n{LAST}")
    assert article.authors == ("周小禾",)


@pytest.mark.parametrize("ending", [*EDITORS, *MARKS])
def test_an_ending_is_no_text_where_nothing_tells_of_a_paper(ending: str) -> None:
    """An essay that nobody signs ends where its text does."""
    (article,) = split(FIRST, LAST, ending)
    assert (article.headline, article.body) == (HEADLINE, f"{FIRST}\n{LAST}")


@pytest.mark.parametrize(
    "line",
    [
        "审核 通过后即可领取补贴。",
        "策划 统筹 推进三项工程，是今年的重点。",
        "制图 测量两个专业今年扩招。",
        "点击查看结果后，他愣住了。",
        "更多人下载了这个软件，客服忙不过来。",
        "综合治理初见成效。",
        "ENDING",
        "图片由红变蓝，说明水质变了。",
    ],
)
def test_a_last_paragraph_that_begins_as_an_ending_is_text(line: str) -> None:
    """What is said behind the word makes it a sentence, not who did the work."""
    (article,) = split(f"本报讯（记者 周小禾）{FIRST}", LAST, line)
    assert article.body == f"{FIRST}\n{LAST}\n{line.replace(' ', '')}"


def test_a_source_above_the_text_and_the_reporter_behind_it_sign_one_article() -> None:
    """Only the second of two reporters begins another article."""
    source, reporter = "本文来源：青峰日报", "青峰日报记者 周小禾"
    (article,) = split(source, FIRST, "渠水流进千家田", LAST, FIRST, reporter)
    assert (article.sections, article.authors) == (("渠水流进千家田",), ("周小禾",))
    assert article.byline == f"{source} {reporter}"


def test_who_reports_before_the_text_is_its_author_beside_who_took_the_pictures() -> None:
    """The photographer is the author where nobody else is named."""
    (signed,) = split(f"本报讯（记者 周小禾）{FIRST}", LAST, "摄影：李青")
    assert signed.authors == ("周小禾",)
    (unsigned,) = split(f"本报讯 {FIRST}", LAST, "摄影：李青")
    assert unsigned.authors == ("李青",)
