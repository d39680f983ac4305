"""What the style of a page says about its heads: where they end, and what they begin."""

from __future__ import annotations

import pytest

from searchlib import split_page

COLUMN = 20
"""Characters to a line of the broken text."""
FISH = "查干湖昨日开网，数千名游客来到现场观看，第一网捕鱼三万公斤，渔民把鱼装上马车运往岸边的集市。"
BOOKS = "图书馆从下月起延长开放时间，每周开放六天，读者对此表示欢迎，馆里还要添置三百张新的阅览座位。"
GRAIN = "粮库今年收购新粮二十万吨，农户卖粮不再排队，当天就能拿到现款，仓库里装上了新的烘干机和风机。"
SAID_AGAIN = "查干湖冬捕开网，游客来到冰面。"
LONG = "渔民把鱼装上马车运往岸边的集市。" * 100


def page(*lines: str) -> str:
    """Lines with an empty one between them."""
    return "\n\n".join(lines)


def broken(*paragraphs: str, indent: str = "　　") -> str:
    """Paragraphs in a narrow column, each moved in by two characters."""
    lines = []
    for paragraph in paragraphs:
        text = f"{indent}{paragraph}"
        lines += [text[i : i + COLUMN] for i in range(0, len(text), COLUMN)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (SAID_AGAIN + LONG, 2),
        (LONG + SAID_AGAIN, 1),
        (LONG[:1100] + SAID_AGAIN + LONG[1100:], 1),
        (LONG[:900] + SAID_AGAIN + LONG[900:], 2),
        (LONG[:1400], 2),
    ],
    ids=["first", "last", "behind 1,000", "before 1,000", "short"],
)
def test_the_first_part_of_a_long_text_says_its_headline_again(text: str, count: int) -> None:
    """A short line and a byline over 1,500 characters that speak of something else are part of a book."""
    article = page("查干湖冬捕开网", "□记者 王平", text)
    assert len(split_page(page(article, article))) == count


@pytest.mark.parametrize("after", ["王 平", "——数千游客到现场观看", "（上接1版）"])
@pytest.mark.parametrize("head", ["# 查干湖冬捕节昨日开幕数千名游客到冰面"])
def test_a_heading_as_wide_as_the_column_takes_no_byline_or_subtitle_in(head: str, after: str) -> None:
    """Where headings are cut at the column's edge, a line goes on with one only if it is not one of these."""
    assert len(head) == COLUMN
    text = f"{head}\n{after}\n{broken(FISH, BOOKS, GRAIN)}\n\n# 粮库收粮\n□记者 李想\n{broken(GRAIN, FISH)}"
    assert split_page(text)[0].headline == head[2:]


@pytest.mark.parametrize("after", ["数千名游客到现场观看", "第一网捕鱼三万公斤"])
def test_a_bold_headline_is_not_joined_with_the_line_below(after: str) -> None:
    """The asterisks end the headline; what follows is its subtitle."""
    (article,) = split_page(page(f"**查干湖冬捕节昨日开幕**\n{after}", "本报记者 王平", FISH))
    assert (article.headline, article.subtitle) == ("查干湖冬捕节昨日开幕", after)


@pytest.mark.parametrize(
    ("head", "after", "headline"),
    [
        (
            "# 查干湖冬捕节昨日开幕数千名游客到冰面观看",
            "的盛大场面",
            "查干湖冬捕节昨日开幕数千名游客到冰面观看的盛大场面",
        ),
        ("# 查干湖冬捕节昨日开幕", "数千名游客观看", "查干湖冬捕节昨日开幕"),
        (
            "# 查干湖冬捕节昨日在前郭县开幕数千名游客到冰上观看",
            "渔民喜迎盛况",
            "查干湖冬捕节昨日在前郭县开幕数千名游客到冰上观看",
        ),
        (
            "# 查干湖冬捕节昨日在前郭县开幕数千名游客冒着严寒到冰面观看",
            "渔民喜迎盛况",
            "查干湖冬捕节昨日在前郭县开幕数千名游客冒着严寒到冰面观看",
        ),
    ],
    ids=["at the edge", "short", "a little beyond", "beyond"],
)
def test_a_heading_is_cut_only_at_the_columns_edge(head: str, after: str, headline: str) -> None:
    """A shorter one had room, and a longer one was never broken."""
    text = f"{head}\n{after}\n□记者 王平\n{broken(FISH, BOOKS, GRAIN)}"
    text += f"\n\n# 粮库收粮\n□记者 李想\n{broken(GRAIN, FISH)}"
    assert split_page(text)[0].headline == headline


def test_no_heading_is_cut_on_a_page_where_another_runs_over_the_edge() -> None:
    """One that was not broken shows that none was."""
    cut = "# 查干湖冬捕节昨日开幕数千名游客到冰面观看\n渔民喜迎盛况"
    over = "# 国家粮库今年收购新粮二十万吨农户卖粮不再排队当天拿到现款"
    text = f"{cut}\n□记者 王平\n{broken(FISH, BOOKS, GRAIN)}\n\n{over}\n□记者 李想\n{broken(GRAIN, FISH)}"
    assert split_page(text)[0].headline == "查干湖冬捕节昨日开幕数千名游客到冰面观看"


def test_a_byline_before_continued_text_opens_an_article() -> None:
    """上接 behind head and byline is where the text begins on this page."""
    text = page("冬捕开网", FISH, "图书馆开放", "□记者 赵强", "（上接1版）", BOOKS)
    assert [a.headline for a in split_page(f"{page('粮库收粮', '□记者 李想', GRAIN)}\n\n{text}")][
        -1
    ] == "图书馆开放"


def test_a_dateline_cut_by_the_lines_end_goes_on() -> None:
    """The line behind a full one that begins with a dateline is the rest of its sentence."""
    dateline = "本报12月18日讯（记者 王平 通讯员 李想 赵强国）"
    text = f"查干湖冬捕开网\n{broken(dateline + FISH, BOOKS, GRAIN)}"
    (article,) = split_page(text)
    assert article.body == f"{FISH}\n{BOOKS}\n{GRAIN}"
    assert article.authors == ("王平", "李想", "赵强国")


def test_a_dateline_cut_by_the_lines_end_ends_a_full_head() -> None:
    """Its bracket is still open at the end of the line, and yet it begins the text."""
    head = "查干湖冬捕节昨日开幕数千名游客到冰面观看"
    dateline = "本报12月18日讯（记者 王平 通讯员 李想 赵强国）"
    text = f"{head}\n{broken(dateline + FISH, BOOKS, GRAIN, indent='')}"
    (article,) = split_page(text)
    assert (article.headline, article.authors) == (head, ("王平", "李想", "赵强国"))


def test_a_caption_between_broken_lines_stands_alone() -> None:
    """It takes in neither the full line above nor the one below, though no indent sets them apart."""
    above = "渔民把鱼装上马车，沿着冰面上新开的大路运往湖岸边上热闹的集市，当天就全部卖光了。"
    caption = "图为渔民们昨日在冰面上收网。江城报王雷摄"
    below = "数千名游客来到现场观看，不少人当场买鱼，渔民们说今年的鱼又大又肥，明年还要再多织几张新网。"
    assert len(above) % COLUMN == len(caption) % COLUMN == 0
    lines = [
        text[i : i + COLUMN]
        for text in (above, below, above, caption, below, above, below)
        for i in range(0, len(text), COLUMN)
    ]
    found = split_page("\n".join(["查干湖冬捕开网", "□记者 王平", *lines]))
    assert not any(caption in article.body and above in article.body for article in found)
    assert not any(caption + below in article.body for article in found)


@pytest.mark.parametrize(
    ("seconds", "are_decks"),
    [
        (("渔民今年喜迎丰收", "读者们都纷纷点赞", "各地农民笑逐颜开"), True),
        (("数千名游客来到现场观看", "读者们对此事都表示欢迎", "农户卖粮当天就能拿现款"), False),
    ],
    ids=["uneven", "even"],
)
def test_lengths_tell_subtitles_from_second_lines(seconds: tuple[str, ...], *, are_decks: bool) -> None:
    """Two lines cut to fill both are about equally long, on the whole page."""
    heads = ("查干湖冬捕节昨日已经开幕", "市图书馆下月起延长开放", "国家粮库今年收购新粮食")
    text = page(
        *(
            page(f"{head}\n{second}", "□记者 王平", body)
            for head, second, body in zip(heads, seconds, (FISH, BOOKS, GRAIN), strict=True)
        )
    )
    found = [(a.headline, a.subtitle) for a in split_page(text)]
    joined = [(f"{head} {second}", "") for head, second in zip(heads, seconds, strict=True)]
    assert found == (list(zip(heads, seconds, strict=True)) if are_decks else joined)


@pytest.mark.parametrize(
    "head",
    [
        "【新闻特写】春茶上市 茶农笑开颜",
        "【专题报道】竹坪水渠通水",
        "【本报特稿】一位茶农的春天",
        "【现场特写】“真香！”",
    ],
)
def test_kind_of_text_in_brackets_begins_a_headline(head: str) -> None:
    """Before a sentence 【新闻特写】 is a dateline; before a line without one it is of the headline."""
    text = "春茶昨天上市，比去年早了十天。"
    page = f"柳溪日报　1990年10月5日　第3版\n\n{head}\n{text}\n\n茶价上涨\n【新闻特写】{text}\n"
    found = [(a.headline, a.dateline, a.body) for a in split_page(page)]
    assert found == [(head, "", text), ("茶价上涨", "【新闻特写】", text)]
