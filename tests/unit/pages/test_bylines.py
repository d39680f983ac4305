"""Bylines, signatures, sources: whom a line names, in the forms that papers print."""

from __future__ import annotations

import random
import re

import pytest

from searchlib import Article, split_page
from searchlib.pages import bylines
from searchlib.pages.bylines import parse_byline
from searchlib.pages.names import is_sure_name
from searchlib.pages.printed_labels import parse_labelled

FIRST = "查干湖昨日开网,数千名游客来到现场观看。第一网捕鱼三万公斤,湖面上人山人海,比去年增加了两成。"
SECOND = "图书馆从下月起延长开放时间,每周开放六天。读者表示欢迎,希望服务越办越好,让更多人享受阅读。"

ABOVE = (
    """
本报记者 张凯|本报记者张凯|□ 张凯|◎张凯|文/张凯|文/图 张凯|记者 张凯 文/图
作者：张凯|全媒体记者 张凯|张凯|江城日报·江城新闻客户端记者 张凯|记者张凯报道
本报评论员 张凯|撰文/张凯|文｜张凯|本报驻沈阳记者 张凯|(张凯)|（本报记者 张凯）
本报记者 张凯/文 李想/摄|张凯 文/摄|本报记者 张凯 摄影 李想|采写 本报记者 张凯
编译 张凯|文/本报记者 张凯 图/本报记者 李想|——本报记者 张凯|*本报记者 张凯*|记者丨张凯
摄影/文 张凯|江城融媒记者 张凯|江城日报·江城云记者　　张凯|本报记者张凯/文图|张凯（江城大学教授）
2024-12-18 08:30　来源：江城日报　作者：张凯|来源：江城日报 作者：张凯|江城日报 2024年12月18日 记者 张凯
责任编辑：李想 记者：张凯|整理 张凯|<本报记者 张凯>
张凯/文|供稿：张凯|江城日报 ¦ 记者 张凯|江城记者：张凯    江城编辑：李想|记者 ¦ 张凯 编辑 ¦ 李想
采写 ¦ 江城日报记者 张凯 编辑 ¦ 李想 校对 ¦ 王平
""".replace("\n", "|")
    .strip("|")
    .replace("|", "\0")
    .replace("¦", "|")
    .split("\0")
)
BELOW = (
    """
（张凯）|(记者 张凯)|（江城新闻/江城日报 记者 张凯）|（张凯 文/图）|本报记者 张凯
（作者：张凯）|（来源：江城日报 记者 张凯）|（文/张凯）|（张凯/文）|（张凯 摄影报道）
【记者 张凯】|［记者 张凯］|□张凯|（图/文 张凯）|——本报记者 张凯|（作者：张凯，系江城大学教授）
（张凯 江城大学教授）|（作者张凯为江城大学副教授）
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
LEADS = (
    """
本报讯（记者 张凯）|本报讯 记者张凯报道：|新华社北京1月1日电（记者张凯）|（记者 张凯）
【江城日报讯】（记者 张凯）|1月1日讯（记者 张凯）|记者 张凯 报道 本报讯
中新社北京1月1日电 (记者 张凯)|央视网消息（记者 张凯）：|江城融媒讯（记者 张凯）
本报讯（文/图 记者 张凯）|本 报讯（记者 张凯）|本报讯 记 者张凯 报道|本报讯  记者张凯报道
江城网讯 记者 张凯　|1月1日讯 记者张凯报道
【本报讯】 记者张凯报道|【本报讯 记者 张凯】|【江城日报记者 张凯】|□张凯 报道：
本报记者 张凯　　|本报12月18日讯 记者张凯 报道
**本报讯**（记者 张凯）|**本报讯（记者 张凯）**|江城12月18日讯（记者 张凯）|江城讯（张凯）
本报12月18日江城讯（记者 张凯）|新华社江城（江南）1月1日电（记者张凯）
本市消息（记者 张凯）|江城网报道 （记者 张凯）
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


def parts(*lines: str) -> list[tuple[str, tuple[str, ...], str]]:
    """Split a page and tell headline, authors and body of its articles."""

    def told(article: Article) -> tuple[str, tuple[str, ...], str]:
        return article.headline, article.authors, article.body

    return [told(article) for article in split_page("\n\n".join(lines))]


EXPECTED = [("冬捕昨日开网", ("张凯",), FIRST), ("图书馆延长开放", ("赵强",), SECOND)]


@pytest.mark.parametrize("form", ABOVE)
def test_a_byline_between_head_and_text(form: str) -> None:
    """Who took the pictures is no author where a writer is named."""
    other = form.replace("张凯", "赵强")
    assert parts("冬捕昨日开网", form, FIRST, "图书馆延长开放", other, SECOND) == EXPECTED


@pytest.mark.parametrize("form", BELOW)
def test_a_signature_below_the_text(form: str) -> None:
    """It closes the article: what follows is the next headline."""
    other = form.replace("张凯", "赵强")
    assert parts("冬捕昨日开网", FIRST, form, "图书馆延长开放", SECOND, other) == EXPECTED


@pytest.mark.parametrize("form", BELOW)
def test_a_signature_behind_the_last_sentence(form: str) -> None:
    """The same forms on the last line."""
    other = form.replace("张凯", "赵强")
    assert parts("冬捕昨日开网", FIRST + form, "图书馆延长开放", SECOND + other) == EXPECTED


@pytest.mark.parametrize("form", LEADS)
def test_names_before_the_first_sentence(form: str) -> None:
    """Datelines with names in them, also where OCR set a space."""
    other = form.replace("张凯", "赵强")
    assert parts("冬捕昨日开网", form + FIRST, "图书馆延长开放", other + SECOND) == EXPECTED


@pytest.mark.parametrize(
    "source", ["（新华社）", "（据新华社）", "（综合新华社、人民日报）", "(作者系江城大学教授)"]
)
def test_a_source_closes_an_article_without_an_author(source: str) -> None:
    """It is neither text nor name."""
    found = parts("冬捕昨日开网", FIRST, source, "图书馆延长开放", SECOND, "（赵强）")
    assert found == [("冬捕昨日开网", (), FIRST), EXPECTED[1]]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("记者 赵文 李文凯", ("赵文", "李文凯")),
        ("记者 赵文文 李四 文", ("赵文文", "李四")),
        ("王 文 摄", ("王文",)),
        ("张凯 通讯员 李想 王平", ("张凯", "李想", "王平")),
        ("记者 张三 文 李四 摄", ("张三",)),
        ("江城日报记者 张凯 东湖晚报记者 李想", ("张凯", "李想")),
        ("记者彭子 蔡 佳娟报道", ("彭子", "蔡佳娟")),
        ("记者 王 喆 广州报道", ("王喆",)),
    ],
)
def test_what_stands_about_names_is_told_from_names(line: str, authors: tuple[str, ...]) -> None:
    """文 is a task behind names, and a part of many names."""
    byline = parse_byline(line)
    assert (byline.authors if byline else ()) == authors


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        ("□江城日报记者 张凯 通讯员 李 想 王胜斌", {"记者": ["张凯"], "通讯员": ["李想", "王胜斌"]}),
        ("文/本报记者 张凯 图/本报记者 李想", {"记者": ["张凯"], "摄影": ["李想"]}),
        ("记者 张凯 文 李想 摄", {"记者": ["张凯", "李想"], "摄影": ["李想"]}),
        ("（张凯 整理）", {"整理": ["张凯"]}),
        ("（张凯 李想）", {}),
    ],
)
def test_what_the_writers_are_is_kept(line: str, roles: dict[str, list[str]]) -> None:
    """Roles are kept beside the article, as printed, so that they can be filtered by."""
    (article,) = split_page(f"冬捕昨日开网\n\n{line}\n\n{FIRST}")
    assert article.extra == roles


def test_labels_under_the_headline_state_the_date() -> None:
    """What a web page prints there is the article's, not the page's."""
    line = "2024-12-18 08:30　来源：江城日报　作者：张凯　编辑：李想"
    (article,) = split_page(f"冬捕昨日开网\n\n{line}\n\n{FIRST}")
    assert (article.date, article.publication, article.authors) == ("2024-12-18", "江城日报", ("张凯",))


@pytest.mark.parametrize(
    "line", ["记者观察", "记者手记", "【在希望的田野上·三夏时节】", "高兴就好", "冬捕开网"]
)
def test_columns_and_heads_are_no_bylines(line: str) -> None:
    """记者观察 is a column; a head may begin with a surname."""
    assert parse_byline(line) is None


_WORDS = (
    *("记者", "通讯员", "本报记者", "本社记者", "首席记者", "记 者", "作者", "市民", "特约", "客户端"),
    *("张三", "李四光", "王", "欧阳修", "丁 一", "高原", "第三", "阿·里", "赵钱孙李", "北京", "台北", "来源"),
    *(
        "观察",
        "手记",
        "日报",
        "江城日报",
        "《江城日报》",
        "（江城大学教授）",
        "，系江城大学教授",
        "江城大学教授",
    ),
    *(
        "摄",
        "摄影",
        "文/",
        "图",
        "报道",
        "编辑",
        "校对",
        "整理",
        "采访",
        "讯",
        "电",
        "发自广州",
        "江城水库开闸放水",
    ),
    *("/", "、", ",", "：", "\x0b", "\u3000", "丨"),
)
_PLAIN_WORDS = ("记者", "通讯员", "本报记者", "张三", "李四光", "高原", "王丨", "北京", "记者周小禾", "校对 ")


def test_a_plain_line_is_read_as_all_rules_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names behind their posts, and what is too long for a name, are as the rules for every line say."""
    rng = random.Random(5)
    lines = [
        "".join(
            rng.choice(words) + rng.choice(["", " ", " ", "\u3000", "、"]) for _ in range(rng.randrange(1, 7))
        ).strip()
        for words in [_WORDS, _PLAIN_WORDS] * 2000
    ]
    read = bylines.parse_byline.__wrapped__
    found = [read(line) for line in lines]
    assert 500 < sum(map(bool, found)) < len(lines)
    assert sum(bylines._plain(line) is not None for line in lines if line) > 100
    monkeypatch.setattr(bylines, "_plain", lambda _: None)
    monkeypatch.setattr(bylines, "_LONG_RUN", re.compile("(?!)"))
    bylines.parse_byline.cache_clear()
    assert [read(line) for line in lines] == found


@pytest.mark.parametrize("line", ["历史性囚犯交换涉及记者和活动家", "柳溪举办记者与读者见面会"])
def test_a_headline_about_reporters_is_no_byline(line: str) -> None:
    """记者和 joins two words; 和 is a surname too, with one or two characters behind it."""
    assert parse_byline(line) is None
    assert parse_byline("柳溪日报记者 和晓莹") is not None


@pytest.mark.parametrize("line", ["编辑丨李想", "江城新闻编辑 | 李想", "后期编辑：李想"])
def test_an_editors_line_is_no_text(line: str) -> None:
    """Between the byline and the text, and at the end."""
    for lines in ((line, FIRST, SECOND), (FIRST, SECOND, line)):
        (article,) = split_page("\n\n".join(["查干湖开网", "记者 张凯", *lines]))
        assert (article.authors, article.body) == (("张凯",), f"{FIRST}\n{SECOND}")


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        ("张凯 李想", ("张凯", "李想")),
        ("朱自清", ("朱自清",)),
        ("阿依古丽·买买提", ("阿依古丽·买买提",)),
        ("口述/张凯 整理/李想", ("张凯", "李想")),
        ("高原", ()),
        ("前言", ()),
    ],
)
def test_names_between_the_title_and_the_text_of_an_essay(names: str, authors: tuple[str, ...]) -> None:
    """They sign it; a single word of two characters may be a heading."""
    (article,) = split_page(f"湖上的冬天\n\n{names}\n\n{FIRST}\n\n{SECOND}")
    assert article.authors == authors
    assert article.body == "\n".join([*([] if authors else [names]), FIRST, SECOND])


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("记者林禾、东湖晚报记者周小禾", ("林禾", "周小禾")),
        ("记者林禾，中央人民广播电台记者周小禾", ("林禾", "周小禾")),
        ("柳溪电视台记者林禾/柳溪日报记者周小禾", ("林禾", "周小禾")),
    ],
)
def test_paper_of_the_next_reporter_is_no_author(text: str, authors: tuple[str, ...]) -> None:
    """The paper before the second 记者 is cut off, whatever is between it and the first name."""
    byline = parse_byline(text)
    assert byline is not None
    assert byline.authors == authors


@pytest.mark.parametrize("name", ["Michał Łowicki", "Łukasz Żak", "Иван Петров", "Šime Ánchez"])
def test_labelled_writer_may_have_any_letters(name: str) -> None:
    """A writer behind 作者： may begin with a letter that English lacks."""
    byline = parse_labelled(f"作者：{name}")
    assert byline is not None
    assert byline.authors == (name,)


@pytest.mark.parametrize("word", ["简单的", "谢谢", "安全了", "解决"])
def test_words_that_begin_like_names_are_none(word: str) -> None:
    """A particle at the end, and what is said so often, are no names."""
    assert not is_sure_name(word)


@pytest.mark.parametrize(
    ("line", "author", "day"),
    [
        ("> 周小禾，1894年11月24日", "周小禾", "1894-11-24"),
        ("> 1851年3月5日，周小禾", "周小禾", "1851-03-05"),
        ("周小禾 · 1898-06-11", "周小禾", "1898-06-11"),
        ("> 永昌帝，1898年6月11日", "永昌帝", "1898-06-11"),
        ("永昌帝 1905年6月11日", "永昌帝", "1905-06-11"),
        ("> 永昌太后，1898年6月11日", "永昌太后", "1898-06-11"),
    ],
)
def test_old_texts_are_signed_with_names_and_days_too(line: str, author: str, day: str) -> None:
    """Before 1900, and by rulers, who have no surname."""
    (article,) = split_page(f"# 柳溪书院章程\n{line}\n\n{FIRST}\n\n{SECOND}", source="a.md")
    assert (article.authors, article.date) == ((author,), day)


@pytest.mark.parametrize("line", ["柳溪镇，1898年6月11日", "茶马古道，1905年3月5日"])
def test_a_place_and_a_day_sign_nothing(line: str) -> None:
    """They are when and where."""
    (article,) = split_page(f"# 柳溪书院章程\n> {line}\n\n{FIRST}\n\n{SECOND}", source="a.md")
    assert article.authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "2024-03-05 转载自柳溪观察",
        "2024年3月5日 12:26 转自柳溪观察",
        "3/5/2024 12:26 PM UTC 轉載自柳溪觀察",
        "`3/5/2024 12:26 PM` [转载自柳溪观察](https://example.org/a)",
        "March 5, 2024 | 摘自：柳溪观察",
        "5 Mar 2024 08:30 来自 柳溪观察",
        "Tue, 5 Mar 2024 08:30:00 +0800 转发自柳溪观察",
        "2024/3/5，选自柳溪观察",
        "3/5/2024, 8:30:00 AM 小禾闲谈 转载自柳溪观察",
        "2024-03-05 · 转载自 柳溪观察",
    ],
)
def test_a_day_and_where_a_text_is_from_are_below_its_headline(line: str) -> None:
    """A dateline that tells no year has that of the day."""
    for text, day in ((FIRST, "2024-03-05"), (f"【柳溪社柳溪3月4日电】{FIRST}", "2024-03-04")):
        (article,) = split_page(f"## 冬捕昨日开网\n{line}\n\n{text}\n\n{SECOND}", source="a.md")
        assert (article.headline, article.date) == ("冬捕昨日开网", day)
        assert article.body.startswith(FIRST)


@pytest.mark.parametrize("line", ["3/5/2024, 8:30:00 AM", "March 5, 2024", "Tue, 5 Mar 2024 08:30:00 GMT"])
def test_a_day_in_english_below_a_headline_is_the_articles(line: str) -> None:
    """In Markdown and in a plain text."""
    for form, source in (("## 冬捕昨日开网\n{}\n\n{}\n", "a.md"), ("冬捕昨日开网\n{}\n{}\n", "a.txt")):
        (article,) = split_page(form.format(line, FIRST), source=source)
        assert (article.headline, article.date, article.body) == ("冬捕昨日开网", "2024-03-05", FIRST)
