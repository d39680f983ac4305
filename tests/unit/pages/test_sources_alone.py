"""Where a text is from closes it without brackets too; what a paper prints below its name is no headline."""

from __future__ import annotations

import pytest

from searchlib.pages.splitter import split_page

SPRING = "春茶昨天上市，比去年早了十天。\n茶价也比去年高了一成多，社员们都很高兴。"
DITCH = "一条十五里长的水渠昨天放水，三千亩旱地从此可以种稻。\n明年还要再修一条。"
MASTHEAD = "柳溪日报　1990年10月5日　第3版"


BEHIND = ["据新华社", "据新华社报道", "新华社", "据《东湖晚报》", "据中新社电", "据央视新闻客户端"]
ALONE = [*BEHIND, "综合新华社、人民日报报道", "本报综合"]


@pytest.mark.parametrize(
    ("border", "source"), [*(("\n", text) for text in ALONE), *((" ", text) for text in BEHIND)]
)
def test_source_of_a_text_closes_it(border: str, source: str) -> None:
    """An agency alone on its line, or behind the last sentence, ends the article and is no section of it."""
    page = f"{MASTHEAD}\n\n茶山春色\n{SPRING}{border}{source}\n\n竹坪修成水渠\n{DITCH}{border}{source}\n"
    found = [(a.headline, a.byline, a.body, a.sections) for a in split_page(page)]
    assert found == [("茶山春色", source, SPRING, ()), ("竹坪修成水渠", source, DITCH, ())]


@pytest.mark.parametrize("head", ["新华社社长来访", "据新华社消息改编的戏上演", "综合运动会开幕"])
def test_headline_that_begins_like_a_source_stays_one(head: str) -> None:
    """Only a line that says no more than the source closes a text."""
    assert split_page(f"{MASTHEAD}\n\n{head}\n本报讯（记者林禾）{SPRING}\n")[0].headline == head


LINES = {
    "apart": "星期五\n甲辰年二月初六\n第1234期\n今日四版",
    "blank": "星期五\n\n第1234期",
    "codes": "国内统一刊号CN37-0001 邮发代号23-1\n零售价：1.00元",
    "traditional": "第一千二百三十四號\n今日出版一大張",
    "address": "新闻热线：0535-1234567\nwww.liuxi.example\n总第1234期",
}


@pytest.mark.parametrize("lines", list(LINES.values()), ids=list(LINES))
@pytest.mark.parametrize("is_over", [True, False])
def test_lines_below_the_name_of_a_paper_are_no_headline(lines: str, *, is_over: bool) -> None:
    """Weekday, number, price and code belong to the masthead, over the articles or below them."""
    news = f"茶山春色\n本报讯（记者林禾）{SPRING}\n\n竹坪修成水渠\n本报讯（记者周小禾）{DITCH}"
    day = "2024年3月15日"
    page = f"柳溪日报\n{day}\n{lines}\n\n{news}\n" if is_over else f"柳溪日报\n\n{news}\n\n{lines}\n{day}\n"
    found = [(a.headline, a.overline, a.subtitle, a.date) for a in split_page(page)]
    assert found == [("茶山春色", "", "", "2024-03-15"), ("竹坪修成水渠", "", "", "2024-03-15")]


def test_number_and_weekday_away_from_a_masthead_stay() -> None:
    """星期六 over the weather is a head of its own, with a masthead elsewhere on the page."""
    page = f"{MASTHEAD}\n\n一周天气\n本报讯 这一周都晴。\n星期六\n柳溪多云，最高气温十八度。\n"
    (article,) = split_page(page)
    assert "星期六" in article.body


def test_agency_behind_the_caption_of_a_picture_makes_no_page() -> None:
    """A post in Markdown whose pictures name an agency keeps its paragraphs."""
    text = f"# 茶山春色\n\n{SPRING}\n\n采茶的人在山上。美联社\n\n" + DITCH.replace("\n", "\n\n") + "\n"
    (article,) = split_page(text)
    assert article.byline == ""
    assert article.body.endswith("\n采茶的人在山上。美联社\n" + DITCH)
