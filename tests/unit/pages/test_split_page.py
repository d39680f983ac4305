"""Pages and their articles: what begins one, what belongs to it, what to none."""

from __future__ import annotations

import pytest

from searchlib import Article, ConfigError, split_page
from searchlib.pages import explain_page
from searchlib.pages.splitter import split_text

BODY = "查干湖昨日开网,数千名游客来到现场观看。第一网捕鱼三万公斤。"
CUT = "查干湖冬捕节今日开幕。第一网昨日正式"
SECOND = "图书馆从下月起延长开放时间,每周开放六天。读者表示欢迎。"


def page(*lines: str) -> str:
    """Lines with an empty one between them, as most pages have them."""
    return "\n\n".join(lines)


def only(*lines: str, source: str = "") -> Article:
    """Split a page of one article."""
    (article,) = split_page(page(*lines), source=source)
    return article


def headlines(*lines: str) -> list[str]:
    """Name the articles of a page."""
    return [article.headline for article in split_page(page(*lines))]


@pytest.mark.parametrize("text", ["", "\n\n \t\n", "\u3000"])
def test_an_empty_text_has_no_articles(text: str) -> None:
    """White space is nothing."""
    assert split_page(text) == []


def test_an_essay_stays_whole() -> None:
    """Short lines alone begin no articles; the first is the title."""
    article = only("湖边的冬天", "第一章 冰", "冰很厚。", "第二章 鱼", "鱼很多。")
    assert (article.headline, article.body) == ("湖边的冬天", "第一章 冰\n冰很厚。\n第二章 鱼\n鱼很多。")


def test_never_takes_a_page_as_one_article() -> None:
    """The option rules out what the page looks like."""
    text = page("冬捕开网", BODY, "(王平)", "图书馆开放", SECOND, "(李想)")
    assert len(split_page(text, split="never")) == 1


def test_no_other_way_of_splitting_is_taken_in_silence() -> None:
    """A misspelt option is an error that names the right ones."""
    with pytest.raises(ConfigError, match="split='nevver' is not allowed: it is one of auto, never"):
        split_page("", split="nevver")  # type: ignore[arg-type]


def test_markdown_that_is_no_page_is_split_at_its_headings() -> None:
    """A heading over a deeper one, without text of its own, is a column."""
    articles = split_page("# 笔记\n\n## 冰\n\n冰很厚。\n\n## 鱼\n\n鱼很多。")
    assert [(a.column, a.headline, a.body) for a in articles] == [
        ("笔记", "冰", "冰很厚。"),
        ("", "鱼", "鱼很多。"),
    ]


def test_html_in_markdown_is_taken_out() -> None:
    """Paragraphs of a day file are marked with tags, not with lines."""
    (article,) = split_page("### 冰\n\n<p><strong>江城</strong>消息：冰很厚。</p><p>鱼很多。</p>")
    assert article.body == "江城消息：冰很厚。\n鱼很多。"


def test_signatures_close_articles() -> None:
    """Names in brackets end an article; the next head begins another."""
    found = split_page(page("冬捕开网", BODY, "(王 平 李想)", "图书馆延长开放", SECOND, "(赵强)"))
    assert [(a.headline, a.body, a.authors, a.byline) for a in found] == [
        ("冬捕开网", BODY, ("王平", "李想"), "(王 平 李想)"),
        ("图书馆延长开放", SECOND, ("赵强",), "(赵强)"),
    ]


def test_bylines_open_articles() -> None:
    """A head before a byline begins an article, though nothing closed the last."""
    found = split_page(page("冬捕开网", "□记者 王平", BODY, "图书馆延长开放", "□记者 赵强", SECOND))
    assert [(a.headline, a.body, a.authors) for a in found] == [
        ("冬捕开网", BODY, ("王平",)),
        ("图书馆延长开放", SECOND, ("赵强",)),
    ]


def test_a_head_in_an_open_article_is_a_section() -> None:
    """It is told in `sections` and stays in the text."""
    article = only("冬捕开网", BODY, "鱼从哪里来", SECOND, "(王平)")
    assert (article.sections, article.body) == (("鱼从哪里来",), f"{BODY}\n鱼从哪里来\n{SECOND}")


def test_marked_heads_are_sections() -> None:
    """The marks are dropped, the space between two halves is kept."""
    article = only("冬捕开网", ">>破冰下网<< 鱼从哪里来", "□记者 王平", BODY)
    assert article.sections == ("破冰下网 鱼从哪里来",)


def test_byline_and_dateline_before_the_text_are_no_body() -> None:
    """All three on one line."""
    article = only("冬捕开网", f"□记者 王平 报道 本报1月5日讯 {BODY}")
    assert (article.byline, article.dateline, article.date, article.body) == (
        "记者 王平 报道",
        "本报1月5日讯",
        "--01-05",
        BODY,
    )


def test_names_in_brackets_behind_the_dateline_sign() -> None:
    """本报讯(记者 …) has its byline inside."""
    article = only("冬捕开网", f"本报讯(记者 王平 通讯员 李想){BODY}")
    assert (article.authors, article.body) == (("王平", "李想"), BODY)


def test_a_signature_behind_the_last_sentence_is_no_body() -> None:
    """Paper and names in brackets end the paragraph."""
    article = only("冬捕开网", f"本报讯 {BODY}(江城日报 记者 王平)")
    assert (article.authors, article.publication, article.body) == (("王平",), "江城日报", BODY)


def test_the_paper_of_the_byline_is_the_publication() -> None:
    """What stands before 记者."""
    assert only("冬捕开网", "□江城日报/江城新闻记者 王平", BODY).publication == "江城日报/江城新闻"


def test_the_masthead_dates_the_page_and_is_in_no_article() -> None:
    """Date, paper and number of the page."""
    article = only("江城日报 2024年12月18日 星期三 A05", "冬捕开网", "□记者 王平", BODY)
    assert (article.date, article.publication, article.page) == ("2024-12-18", "江城日报", "A05")
    assert "星期三" not in article.headline + article.overline + article.body


def test_the_files_name_dates_and_numbers_the_articles() -> None:
    """Ids count from 1 in the order of the page."""
    text = page("冬捕开网", BODY, "(王平)", "图书馆延长开放", f"本报12月17日讯 {SECOND}", "(赵强)")
    found = split_page(text, source="2024-12-18-A05.txt")
    assert [(a.id, a.date, a.page, a.source) for a in found] == [
        ("2024-12-18-A05.txt#1", "2024-12-18", "A05", "2024-12-18-A05.txt"),
        ("2024-12-18-A05.txt#2", "2024-12-17", "A05", "2024-12-18-A05.txt"),
    ]


def test_without_a_source_there_is_no_id() -> None:
    """Ids are then made of the content, elsewhere."""
    assert only("冬捕开网", BODY, "(王平)").id == ""


@pytest.mark.parametrize(
    "caption",
    [
        "■渔民在湖面上收网。 王 雷 摄",
        "图为渔民在湖面上收网。",
        "▲渔民在湖面上收网。",
        "渔民在湖面上收网。（记者 王雷 摄）",
    ],
)
def test_an_article_goes_on_behind_a_caption(caption: str) -> None:
    """The sentence that the picture cut is whole again, the caption stands alone."""
    found = split_page(page("冬捕开网", "□记者 王平", CUT, caption, "开网。", "湖面上人山人海。"))
    assert [(a.kind, a.body) for a in found if a.kind != "photo_caption"] == [
        ("brief", f"{CUT}开网。\n湖面上人山人海。")
    ]
    assert ["渔民在湖面上收网。" in a.body for a in found if a.kind == "photo_caption"] == [True]


def test_the_photographer_signs_the_caption() -> None:
    """And is no author of the text around it."""
    found = split_page(page("冬捕开网", "□记者 王平", BODY, "■渔民收网。 王 雷 摄", SECOND))
    assert [(a.kind, a.authors) for a in found] == [("brief", ("王平",)), ("photo_caption", ("王雷",))]


def test_photo_news_between_articles_is_a_caption() -> None:
    """A signed paragraph without a head that says what the picture shows."""
    news = "江城电机公司产品远销多个国家,赢得客户认可。图为工人在调试设备。"
    found = split_page(page("冬捕开网", BODY, "(王平)\n\n", news, "(李想)", "图书馆开放", SECOND, "(赵强)"))
    assert [(a.kind, a.authors) for a in found] == [
        ("brief", ("王平",)),
        ("photo_caption", ("李想",)),
        ("brief", ("赵强",)),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "今日天气: 晴 20℃~33℃ 南风3~5级",
        "新闻热线: 0532-87139933 广告热线: 0532-87139926",
        "责任编辑 王平 美术编辑 李想",
        "www.example.com",
        "►►下转A03版",
        "第3版",
        "——",
    ],
)
def test_furniture_inside_an_article_is_left_out(line: str) -> None:
    """The sentence that it cut is whole again."""
    split = split_text(page("冬捕开网", "□记者 王平", CUT, line, "开网。"))
    assert [a.body for a in split.articles] == [f"{CUT}开网。"]
    assert len(split.furniture) == 1


def test_continued_text_finds_its_headline_on_the_page() -> None:
    """The head stands before another article's head and fits the continued text better."""
    found = split_page(
        page(
            "东湖街道:织密服务网",
            "查干湖冬捕开网",
            BODY,
            "(王平)",
            "(上接一版)",
            "东湖街道今年新建服务站十二处,织密便民服务网络,居民出门就能办事。",
            "(赵强)",
        )
    )
    assert [(a.headline, a.authors) for a in found] == [
        ("东湖街道:织密服务网", ("赵强",)),
        ("查干湖冬捕开网", ("王平",)),
    ]


def test_continued_text_without_a_head_is_an_article_of_its_own() -> None:
    """It belongs neither to what stands before nor to what follows."""
    assert headlines("冬捕开网", BODY, "(王平)", f"(上接一版){SECOND}", "(赵强)") == ["冬捕开网", ""]


def test_text_continued_elsewhere_ends_its_article() -> None:
    """下转 closes, and is furniture."""
    found = split_page(page("冬捕开网", "□记者 王平", f"{BODY}(下转第三版)", "图书馆开放", SECOND))
    assert [(a.headline, a.body) for a in found] == [("冬捕开网", BODY), ("图书馆开放", SECOND)]


def test_a_label_between_byline_and_text_is_the_column() -> None:
    """The slug of a regular feature stands where no head would."""
    assert only("冬捕开网", "□记者 王平", "江城观察", BODY).column == "江城观察"


def test_icons_are_dropped_from_heads() -> None:
    """A label behind an icon stands over the headline."""
    article = only("❷ 柳林镇", "X(冬捕开网迎来八方游客", "□记者 王平", BODY)
    assert (article.overline, article.headline) == ("柳林镇", "冬捕开网迎来八方游客")


def test_spans_take_the_pieces_of_the_article_and_leave_out_the_rest() -> None:
    """An article cut by a caption has two ranges."""
    text = page("冬捕开网", "□记者 王平", CUT, "■渔民收网。 王雷 摄", "开网。")
    article, caption = split_page(text)
    assert [text[start:end] for start, end in article.spans] == [text[: text.index("\n\n■")], "开网。"]
    assert [text[start:end] for start, end in caption.spans] == ["■渔民收网。 王雷 摄"]


def test_every_piece_has_a_role_and_a_reason() -> None:
    """What `split --why` shows."""
    split = split_text(page("柳林镇", "冬捕开网", "□记者 王平", BODY, "第3版"))
    assert [piece.role for piece in split.pieces] == ["overline", "headline", "byline", "body", "masthead"]
    assert all(piece.reason for piece in split.pieces)


@pytest.mark.parametrize(
    ("text", "source", "taken_for"),
    [
        ("冬捕开网\n\n□记者 王平\n\n" + BODY, "a.txt", "page: datelines, bylines, a masthead"),
        (BODY, "a.txt", "text: no heading is marked"),
        ("# 冬捕开网\n\n" + BODY, "a.md", "article: one heading"),
        ("# 要闻\n\n## 冬捕开网\n\n文一。\n\n## 渔歌响起\n\n文二。\n", "a.md", "digest: headings below one"),
    ],
)
def test_a_text_says_what_it_was_taken_for(text: str, source: str, taken_for: str) -> None:
    """The decision that comes first, with its reason."""
    lines = list(explain_page(text, source=source))
    assert {line.taken_for for line in lines} == {lines[0].taken_for}
    assert lines[0].taken_for.startswith(taken_for)


def test_a_text_may_be_taken_as_one_article_as_asked() -> None:
    """`split="never"` is a reason too."""
    assert next(explain_page(BODY, split="never")).taken_for == "text: taken as one article, as was asked"


_LAST = "渔民说今年的鱼比往年多。"


@pytest.mark.parametrize(
    "mark",
    [
        *[">" * depth for depth in (1, 19, 20, 21, 22, 60, 3000)],
        *["> " * depth for depth in (20, 21, 40)],
        *["- " * depth for depth in (10, 11, 21, 40)],
        "1. " * 25,
        "> - " * 12,
        "- > " * 12,
        "* + - " * 9,
        ">>>\n" + ">" * 30,
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_no_text_is_lost_however_deep_it_is_quoted(mark: str, line_end: str) -> None:
    """The parser of Markdown follows quotes and lists 20 deep, and makes nothing of what is deeper."""
    text = f"## 冬捕开网\n\n{BODY}\n\n{mark}{_LAST}\n\n## 渔歌响起\n\n文二，湖上起了风。\n".replace(
        "\n", line_end
    )
    found = "\n".join(f"{article.headline}\n{article.body}" for article in split_page(text))
    assert [part for part in (BODY, _LAST, "渔歌响起", "文二") if part not in found] == []
    lines = list(explain_page(text))
    assert "".join("".join(line.text.split()) for line in lines) == "".join(text.split())


@pytest.mark.parametrize(
    "mark", [">", ">>", "> >", "-", "*", "+", "1.", "2)", "| |", "| | |", "> -", "- >", "> *\n>"]
)
@pytest.mark.parametrize("place", ["before", "between", "behind"])
def test_a_mark_without_a_text_is_a_line_of_its_own(mark: str, place: str) -> None:
    """Nothing of a page is passed over by the reasons, and a mark is no text of an article."""
    parts = {"before": [mark, BODY, _LAST], "between": [BODY, mark, _LAST], "behind": [BODY, _LAST, mark]}
    text = "# 冬捕开网\n\n" + "\n\n".join(parts[place])
    lines = list(explain_page(text, source="a.md"))
    assert "".join("".join(line.text.split()) for line in lines) == "".join(text.split())
    bare = "# 冬捕开网\n\n" + "\n\n".join(part for part in parts[place] if part != mark)
    assert [a.body for a in split_page(text, source="a.md")] == [
        a.body for a in split_page(bare, source="a.md")
    ]


FISH = "查干湖渔场今年投放鱼苗四百万尾,渔民说湖里的鱼一年比一年多。查干湖渔场今年冬捕"
REST = "的收成也一年比一年好,渔场的鱼苗来自查干湖的育苗基地。"
BOOKS = "图书馆从下月起延长开放时间,每周开放六天,读者表示欢迎。"


@pytest.mark.parametrize("signed", [True, False])
def test_an_article_goes_on_behind_another(signed: bool) -> None:
    """A cut sentence finds its end behind the article that stands between, signed below or above."""
    names = ("(赵强)", "(王平)") if signed else ("□记者 赵强", "□记者 王平")
    if signed:
        lines = ("湖里的鱼", FISH, "图书馆延长开放", BOOKS, names[0], REST, names[1])
    else:
        lines = ("湖里的鱼", names[1], FISH, "图书馆延长开放", names[0], BOOKS, REST)
    found = split_page(page(*lines))
    assert [(a.headline, a.body, a.authors) for a in found] == [
        ("湖里的鱼", FISH + REST, ("王平",)),
        ("图书馆延长开放", BOOKS, ("赵强",)),
    ]


def test_a_byline_in_the_middle_signs_one_article() -> None:
    """Between two bylines stands a border: the head over the text of the second."""
    found = split_page(
        page("冬捕开网", BODY, "□记者 王平", "渔民很高兴。", "图书馆开放", SECOND, "□记者 赵强", BOOKS)
    )
    assert [(a.headline, a.authors) for a in found] == [("冬捕开网", ("王平",)), ("图书馆开放", ("赵强",))]


def test_a_head_in_two_lines_is_one() -> None:
    """Two lines between blank ones, without one between them."""
    assert headlines("查干湖冬捕节昨日开幕\n数千游客到现场观看", "□记者 王平", BODY) == [
        "查干湖冬捕节昨日开幕 数千游客到现场观看"
    ]


def test_bold_lines_are_heads_and_bylines() -> None:
    """The asterisks of Markdown belong to the line and are not read."""
    text = page("**冬捕开网**", "**本报记者 王平**", BODY)
    (article,) = split_page(text)
    assert (article.headline, article.authors, article.spans) == ("冬捕开网", ("王平",), ((0, len(text)),))


def test_a_chapter_with_a_byline_in_it_stays_whole() -> None:
    """Articles joined to a book: a short line and a name here and there tear nothing apart."""
    lines = ["原标题:湖边的冬天", BODY, SECOND, "曼城又取得一场大胜", BODY, "(记者 王平)", SECOND, BODY]
    (article,) = split_page("\n".join(lines))
    assert article.body == "\n".join(lines)


def test_a_chapter_that_begins_with_a_sentence_stays_whole() -> None:
    """What may be a caption by its place is no reason to take a text for a page."""
    lines = ["渔民在湖边的冰面上歇息，等着下一网出水。", "冬捕开网", "□记者 王平", BODY, SECOND]
    (article,) = split_page("\n".join(lines))
    assert article.body == "\n".join(lines)


def test_a_list_of_contents_is_no_article() -> None:
    """It says the headings that follow, and little else."""
    text = "# 日报\n\n## 摘要\n\n1.冬捕开网;\n\n2.图书馆开放;\n\n3.秋粮入仓。\n\n"
    text += "".join(f"### {head}\n\n{BODY}\n\n" for head in ("冬捕开网", "图书馆开放", "秋粮入仓"))
    split = split_text(text, source="20241218.md")
    assert [(a.headline, a.date) for a in split.articles] == [
        ("冬捕开网", "2024-12-18"),
        ("图书馆开放", "2024-12-18"),
        ("秋粮入仓", "2024-12-18"),
    ]
    assert {piece.role for piece in split.pieces if piece.start < text.index("###")} == {"contents"}


def test_a_headline_on_the_first_line_of_its_text() -> None:
    """Briefs in a row have their headlines bold or in brackets before the text."""
    text = page(f"**冬捕开网** {BODY}（王平）", f"【图书馆延长开放】{SECOND}（李想）")
    found = [(a.headline, a.body, a.authors) for a in split_page(text)]
    assert found == [("冬捕开网", BODY, ("王平",)), ("图书馆延长开放", SECOND, ("李想",))]


def test_a_headline_with_the_byline_behind_it() -> None:
    """White space or a box stands between the two."""
    text = page("冬捕开网　□本报记者 王平", BODY, "图书馆延长开放  本报记者 李想", SECOND)
    found = [(a.headline, a.body, a.authors) for a in split_page(text)]
    assert found == [("冬捕开网", BODY, ("王平",)), ("图书馆延长开放", SECOND, ("李想",))]


def test_both_parts_of_a_continued_article_are_one() -> None:
    """A file of several pages has 下转 on one and 上接 on another; the headline printed again starts none."""
    first, second = (
        "查干湖冬捕节昨日在前郭县开幕,第一网鱼引来了众多游客和摄影爱好者,直到傍晚,湖面上",
        "人山人海,查干湖的冬捕节每年都是如此。",
    )
    for again in ([], ["冬捕节开幕"]):
        text = page(
            "查干湖冬捕节开幕",
            "□记者 王平",
            first,
            "（下转3版）",
            "图书馆延长开放",
            "□记者 李想",
            SECOND,
            *again,
            "（上接1版）",
            second,
        )
        result = split_text(text)
        assert [(a.headline, a.body) for a in result.articles] == [
            ("查干湖冬捕节开幕", first + second),
            ("图书馆延长开放", SECOND),
        ]
        furniture = "\n\n".join(text[start:end] for start, end in result.furniture)
        assert furniture.split() == ["（下转3版）", *again, "（上接1版）"]


def test_text_from_another_page_is_not_joined_to_what_leaves_this_one() -> None:
    """What comes from page 3 did not go to page 3, and other words are another article."""
    for since in ("（上接3版）", "（上接2版）"):
        text = page(
            "冬捕节开幕",
            "□记者 王平",
            CUT,
            "（下转3版）",
            "图书馆延长开放",
            "□记者 李想",
            SECOND,
            since,
            "供热管网更换完毕。",
        )
        assert [a.body for a in split_page(text)][-1] == "供热管网更换完毕。"


def test_a_last_line_before_the_signature_is_text() -> None:
    """A question that ends a text is set like a head, but what follows the names is the next headline."""
    text = page("冬捕开网", BODY, "你来看过吗？", "（王平）", "图书馆延长开放", SECOND, "（李想）")
    assert [a.headline for a in split_page(text)] == ["冬捕开网", "图书馆延长开放"]


def test_names_in_brackets_over_the_texts() -> None:
    """Where the page has them there, they open articles."""
    text = page("冬捕开网", "（王平）", BODY, "图书馆延长开放", "（李想）", SECOND)
    assert [(a.headline, a.authors) for a in split_page(text)] == [
        ("冬捕开网", ("王平",)),
        ("图书馆延长开放", ("李想",)),
    ]


def test_a_bold_headline_stands_beside_plain_lines_of_its_deck() -> None:
    """Bold type marks the headline; the line over it is no first half of it."""
    (article,) = split_page(page("新时代 新征程\n**查干湖冬捕节昨日开幕**", "本报记者 王平", BODY))
    assert (article.overline, article.headline) == ("新时代 新征程", "查干湖冬捕节昨日开幕")


def test_a_slug_in_brackets_is_the_column_of_the_article_below() -> None:
    """It ends the article above and is no article of its own."""
    found = split_page(page("# 冬捕开网", "□记者 王平", BODY, "[社会]", "# 图书馆开放", "□记者 赵强", SECOND))
    assert [(a.column, a.headline) for a in found] == [("", "冬捕开网"), ("社会", "图书馆开放")]


def test_questions_of_an_interview_are_text() -> None:
    """A short question without a full stop is no head."""
    article = only("冬捕开网", "□记者 王平", BODY, "问：湖里的鱼多吗？", "答：很多。")
    assert article.sections == ()


def test_an_unsigned_article_begins_where_blank_lines_set_it_apart() -> None:
    """The page's signed articles show how many blank lines stand above a headline."""
    above = "\n\n\n\n"
    signed = [page(head, "□记者 王平", BODY) for head in ("冬捕开网", "冰湖旅游升温", "渔民丰收")]
    text = above.join([*signed, page("图书馆开放", SECOND)])
    assert [a.headline for a in split_page(text)] == ["冬捕开网", "冰湖旅游升温", "渔民丰收", "图书馆开放"]
