"""Pages of dailies of the 1930s and 1940s: their datelines, mastheads and short news."""

from __future__ import annotations

import pytest

from searchlib.pages import split_page
from searchlib.pages.mastheads import read_masthead

MASTHEAD = "柳溪日報　中華民國三十七年三月五日　星期五　第一版"
RICE = (
    "米價又見上漲",
    "本市米市昨日續呈堅俏，北路來源稀少，店胃轉殷，白粳每石喊至四百十萬元，較前日又升十五萬元。",
)
FLOOD = (
    "山洪暴發冲斷公路",
    "連日大雨，山洪暴發，梅嶺至古渡間公路冲斷四處，橋樑兩座亦被冲去，客車停駛。",
)


@pytest.mark.parametrize(
    "opening",
    [
        "（臨溪訊）",
        "（臨溪快訊）",
        "▲臨溪四日電",
        "◎臨溪四日專電",
        "中央社臨溪四日電",
        "中央社南京電",
        "本報臨溪專電",
        "「本報臨溪四日電」",
        "〔特訊〕",
        "（專電）",
        "（本報特寫）",
        "【江東社臨溪航訊】",
    ],
)
def test_a_dateline_of_the_time_begins_an_article(opening: str) -> None:
    """With a place alone in round brackets, behind a mark, right before the text; it is no part of that."""
    page = "\n".join([MASTHEAD, RICE[0], opening + RICE[1], FLOOD[0], opening + FLOOD[1]])
    articles = split_page(page, source="page.txt")
    assert [(a.headline, a.body, a.date) for a in articles] == [
        (*RICE, "1948-03-05"),
        (*FLOOD, "1948-03-05"),
    ]


@pytest.mark.parametrize("opening", ["（停電）", "（全文完）", "“今日訊息”", "▲五日電影票"])
def test_what_is_like_a_dateline_stays_in_the_text(opening: str) -> None:
    """A word in brackets, or one that goes on, tells nothing of where a text was written."""
    (article,) = split_page("\n".join([RICE[0], opening + RICE[1]]))
    assert article.body.lstrip("▲").startswith(opening.lstrip("▲"))


@pytest.mark.parametrize(
    ("line", "day", "paper"),
    [
        ("中华民国卅七年三月五日　柳溪日报　第五千四百三十二号", "1948-03-05", "柳溪日报"),
        ("民国三十七年三月五日 星期五 柳溪日报 第一张第一版", "1948-03-05", "柳溪日报"),
        ("柳溪日报　三十七年三月五日", "1948-03-05", "柳溪日报"),
        ("柳溪日报　一九四八年三月五日", "1948-03-05", "柳溪日报"),
        ("柳溪日报，民国三十七年三月五日，第一版", "1948-03-05", "柳溪日报"),
        ("今日出版两大张 柳溪日报 1948年3月5日", "1948-03-05", "柳溪日报"),
    ],
)
def test_a_masthead_of_the_time(line: str, day: str, paper: str) -> None:
    """With the number of the issue, its sheets, years of the Republic in any form, or as it is cited."""
    facts = read_masthead(line)
    assert facts is not None
    assert (facts.day, facts.publication) == (day, paper)


def test_short_headlines_below_a_papers_day_are_of_news() -> None:
    """In Markdown: a paper and its day are no name of a report, though headlines are as short as sections."""
    news = {"糧價續漲": RICE[1], "山洪斷路": FLOOD[1], "電車加價": RICE[1]}
    page = "# 柳溪日報 民國三十七年三月五日\n" + "".join(f"\n## {h}\n\n{t}\n" for h, t in news.items())
    assert [a.headline for a in split_page(page, source="page.md")] == list(news)


CHECK = (
    "城門提早關閉",
    "警備司令部鑒於冬防緊要，自本晚起各城門一律於十一時關閉，十二時後行人須攜帶身份證，以備查驗。",
)
PLAY = (
    "女中演劇籌募獎金",
    "私立培貞女子中學為籌募清寒學生獎學金，定今明兩晚假大光明戲院公演雷雨，由該校高三學生擔任演員。",
)
NEWS = (RICE, FLOOD, CHECK, PLAY)


@pytest.mark.parametrize("signed", [{0, 2}, {3}, set()])
def test_unsigned_news_of_an_old_page_are_articles(signed: set[int]) -> None:
    """However few have a dateline, and without blank lines between them."""
    lines = [MASTHEAD]
    for place, (head, text) in enumerate(NEWS):
        lines += [head, f"【本報訊】{text}" if place in signed else text]
    assert [(a.headline, a.body) for a in split_page("\n".join(lines))] == list(NEWS)


def test_a_headline_that_begins_as_a_number_does_is_one() -> None:
    """一部人員離此返國 is no part I of an article."""
    part = ("一部人員離此返國", "此間美軍顧問團一部人員二十四人，今晨乘專機離此返國，繼任人選尙未發表。")
    news = (*NEWS[:3], part)
    page = "\n".join([MASTHEAD, *(line for item in news for line in item)])
    assert [(a.headline, a.body) for a in split_page(page)] == list(news)


def test_headlines_of_several_lines_begin_articles() -> None:
    """Sections have one line: two or three over an unsigned text are those of another article."""
    page = f"""米價又見上漲
本報訊 {RICE[1]}
冬防吃緊
城門提早關閉
夜行須帶身份證
{CHECK[1]}
女中演劇籌募獎金
今晚在大光明公演
{PLAY[1]}"""
    articles = split_page(page)
    assert [a.body for a in articles] == [RICE[1], CHECK[1], PLAY[1]]
    assert [f"{a.overline}{a.headline}{a.subtitle}".replace(" ", "") for a in articles[1:]] == [
        "冬防吃緊城門提早關閉夜行須帶身份證",
        "女中演劇籌募獎金今晚在大光明公演",
    ]


def test_headlines_with_columns_behind_them_begin_articles() -> None:
    """街头即景（遇见）: the names of columns in brackets, though the texts say nothing of the headlines."""
    heads = ("永不消散的铁骨柔情（家书）", "要不得的胖词典（随感）", "街头即景（遇见）")
    page = "\n".join(f"{head}\n{text}" for head, (_, text) in zip(heads, NEWS, strict=False))
    found = split_page(page, source="2024-03-05/08.txt")
    assert [a.headline for a in found] == list(heads)


@pytest.mark.parametrize("form", ["△{}", "◎{}", "【{}】", "「{}」", "★{}★"])
def test_headlines_of_a_paper_may_be_short_behind_marks_and_in_boxes(form: str) -> None:
    """Right below the masthead too; half of the texts have a dateline."""
    heads = ("米價又續漲", "山洪冲公路", "城門早關閉", "女中演雷雨")
    lines = [MASTHEAD]
    for place, (head, (_, text)) in enumerate(zip(heads, NEWS, strict=True)):
        lines += [form.format(head), f"【本報訊】{text}" if place % 2 else text]
    articles = split_page("\n".join(lines))
    assert [a.body for a in articles] == [text for _, text in NEWS]
    assert [a.headline.strip("「」") for a in articles] == list(heads)


@pytest.mark.parametrize(
    "printed",
    [
        "（申時社）柳溪四日電",
        "【申時社】柳溪四日下午電",
        "（路透社）倫敦四日電",
        "（國聞社）竹坪通信",
        "（大中社）本市訊",
        "（哈瓦斯社）巴黎四日電",
        "（同盟社）東京三月四日電",
        "（中央社）",
        "中央社柳溪四日電",
    ],
)
def test_agency_alone_in_brackets_is_a_dateline(printed: str) -> None:
    """Papers before 1949 set the agency alone in brackets, place and day behind it, 、 before the text."""
    text = "柳溪縣今年春茶三月初上市、較去年早十日、全縣茶農均已上山。"
    stop = "" if printed.endswith("）") else "、"
    told = f"{printed}{stop}{text}"
    page = f"申江日報　民國廿三年三月五日　第三版\n\n茶市漸旺\n{told}\n\n竹坪修渠\n{told}\n"
    found = [(a.headline, a.dateline, a.body) for a in split_page(page)]
    assert found == [("茶市漸旺", printed, text), ("竹坪修渠", printed, text)]


@pytest.mark.parametrize("slug", ["（文學社）", "（合作社）", "（南社）"])
def test_other_societies_in_brackets_are_text(slug: str) -> None:
    """A society that is no agency begins the text."""
    text = f"{slug}昨日開會、到會四十人、選出新社長一人、並議決明年之事。"
    (article,) = split_page(f"申江日報　民國廿三年三月五日　第三版\n\n茶市漸旺\n{text}\n")
    assert (article.dateline, article.body) == ("", text)
