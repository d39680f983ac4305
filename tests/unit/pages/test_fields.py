"""Datelines, mastheads and dates in file names."""

from __future__ import annotations

import pytest

from searchlib.pages.fields import PageFacts, article_date, find_dateline
from searchlib.pages.mastheads import read_masthead
from searchlib.pages.paths import read_source


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("2024-12-18-A05.txt", "2024-12-18"),
        ("20241218-A05", "2024-12-18"),
        ("papers/2024/12/18/05.txt", "2024-12-18"),
        ("papers\\2024-12-18\\05.txt", "2024-12-18"),
        ("江城日报2024年12月18日第5版.txt", "2024-12-18"),
        ("papers/2024/a.txt", "2024"),
        ("notes-2023.txt", "2023"),
        ("jcrb20241218_05版.txt", "2024-12-18"),
        ("第2024期.txt", ""),
        ("000_5b04f719013d29ca.txt", ""),
        ("b20241218f.txt", ""),
        ("20240931.txt", ""),
        ("", ""),
    ],
)
def test_a_date_in_the_name_is_the_pages(source: str, day: str) -> None:
    """Digits inside a hash are no date, and neither is a day that no calendar has."""
    assert read_source(source).day == day


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("2024-12-18-A05.txt", "A05"),
        ("A05.txt", "A05"),
        ("江城日报2024年12月18日第5版.txt", "5"),
        ("20241218A05.txt", "A05"),
        ("jcrb-2024-12-18-a05.md", "A05"),
        ("2024_12_18_第三版_要闻.txt", "3"),
        ("papers/2024/12/18/05.txt", "5"),
        ("x-A4.txt", ""),
        ("05.txt", ""),
        ("2024/05.txt", ""),
    ],
)
def test_the_page_is_read_beside_a_date_or_alone(source: str, page: str) -> None:
    """A letter and a number in some other name are not a page."""
    assert read_source(source).page == page


@pytest.mark.parametrize(
    "source", ["江城日报-2024-12-18-A05.txt", "江城日报/2024/12/18/A05.txt", "江城日报20241218.txt"]
)
def test_the_paper_is_read_from_the_name(source: str) -> None:
    """A file or its folder says which paper it is."""
    assert read_source(source).publication == "江城日报"


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("江城日报 2024年12月18日 星期三 A05 要闻", PageFacts("2024-12-18", "江城日报", "A05")),
        ("JIANGCHENG DAILY 江城日报 2024年12月18日", PageFacts("2024-12-18", "江城日报")),
        ("江城日报 2024年12月18日 星期三 要闻 3", PageFacts("2024-12-18", "江城日报", "3")),
        ("江城日报 4", PageFacts("", "江城日报", "4")),
        ("3 国际·体育 2024.12.18 星期三", PageFacts("2024-12-18", "", "3")),
        ("2024年12月18日 星期三 农历甲辰年十一月十八 第12345期 今日8版", PageFacts("2024-12-18")),
        ("二〇二四年十二月十八日 星期三", PageFacts("2024-12-18")),
        ("第03版：要闻", PageFacts(page="3")),
        ("要闻 03", PageFacts(page="3")),
        ("4版 综合新闻", PageFacts(page="4")),
    ],
)
def test_a_masthead_says_date_paper_and_page(line: str, facts: PageFacts) -> None:
    """All are read from one line, pages in one form; how many pages there are today is no page."""
    assert read_masthead(line) == facts


def test_a_paper_alone_on_a_line_is_a_masthead() -> None:
    """Its name in large type."""
    assert read_masthead("江城晚报") == PageFacts(publication="江城晚报")


@pytest.mark.parametrize(
    "line", ["2024年12月18日,全市会议召开", "2024年计划", "江城日报社举行开放日", "A股三大指数上涨"]
)
def test_running_text_is_no_masthead(line: str) -> None:
    """A date or a paper inside a sentence says nothing of the page."""
    assert read_masthead(line) is None


@pytest.mark.parametrize(
    ("text", "printed", "month_day"),
    [
        ("本报8月9日讯 9日上午", "本报8月9日讯", "08-09"),
        ("本报讯 6月25日", "本报讯", ""),
        ("新华社北京8月9日电 今天", "新华社北京8月9日电", "08-09"),
        ("本报北京12月31日电（记者 王平）今天", "本报北京12月31日电", "12-31"),
        ("中新网10月30日电 据港媒报道", "中新网10月30日电", "10-30"),
        ("本报2024年8月9日讯 9日上午", "本报2024年8月9日讯", "2024-08-09"),
        ("本报八月十九日讯 今天", "本报八月十九日讯", "08-19"),
        ("（本报8月9日讯）今天", "（本报8月9日讯）", "08-09"),
        ("武汉5月3日电（记者 王平）今天", "武汉5月3日电", "05-03"),
    ],
)
def test_a_dateline_is_read_as_printed(text: str, printed: str, month_day: str) -> None:
    """The day before 讯 or 电 is the article's; the one behind it is an event's."""
    dateline = find_dateline(text)
    assert dateline is not None
    assert (text[: dateline.end], dateline.month_day) == (printed, month_day)


@pytest.mark.parametrize(
    "text", ["本报告显示", "本报讯息中心成立", "央视网消息（新闻联播）：今年", "日前,大赛举办"]
)
def test_other_beginnings_are_no_dateline(text: str) -> None:
    """The text begins where a dateline's characters only seem to stand."""
    assert find_dateline(text) is None


def test_without_a_year_the_date_has_none() -> None:
    """Nobody guesses a year."""
    assert article_date("08-09", PageFacts()) == "--08-09"


def test_the_page_states_the_year() -> None:
    """Dateline and page together make a whole date."""
    assert article_date("12-17", PageFacts("2024-12-18")) == "2024-12-17"


def test_a_december_dateline_in_january_is_last_years() -> None:
    """The page of New Year prints what was written the year before."""
    assert article_date("12-31", PageFacts("2025-01-01")) == "2024-12-31"


def test_without_a_dateline_the_page_dates_the_article() -> None:
    """What the page says is all that is known."""
    assert (article_date("", PageFacts("2024-12")), article_date("", PageFacts())) == ("2024-12", None)


@pytest.mark.parametrize("source", ["1840-1949/辛亥/宣言.md", "1976-1989/标准.md", "2013—2017年鉴/茶.md"])
def test_years_of_an_era_are_no_day(source: str) -> None:
    """A folder that is named after an era says of no text when it was written."""
    assert read_source(source).day == ""
