"""Pages and digests whose texts nobody signs; all texts and people are made up."""

from __future__ import annotations

import pytest

from searchlib import split_page

SIGNED = "本报讯（记者 赵强）江湾镇果园进入采收旺季，镇里请来三百名短工，预计月底前收完第一茬果子。"
ORCHARD = SIGNED.partition("）")[2]
TEXTS = {
    "东浦食堂开张 老人就餐八元": (
        "东浦社区食堂昨天开张，中午坐满了来就餐的老人，一荤两素只收八元钱，"
        "饭后还可以在隔壁的书屋里坐坐，看看当天的报纸。"
    ),
    "河东新桥通车 进城省时半点": (
        "河东新桥今晨六时通车，沿岸五个村的居民进城不用再绕道，"
        "公交公司同时增开两条线路，开进城里的时间比过去省下半个钟头。"
    ),
    "城西泵站检修 三条街道停水": (
        "城西泵站今晚十点起检修，沿线三条街道停水八小时，"
        "供水公司提醒居民提前储水，明早六点前恢复，水压会慢慢升上来。"
    ),
}


def page(*heads: str, first: str = SIGNED) -> str:
    """Return a page of a signed article and unsigned ones."""
    return "\n\n".join([f"江湾果园开摘\n{first}", *(f"{head}\n{TEXTS[head]}" for head in heads)])


@pytest.mark.parametrize("count", [1, 2, 3])
def test_unsigned_news_behind_a_signed_article_are_articles(count: int) -> None:
    """Their heads tell of what their own texts alone speak of."""
    heads = list(TEXTS)[:count]
    found = split_page("江湾日报 2024年3月5日 星期二 A05\n\n" + page(*heads))
    assert [(a.headline, a.body) for a in found] == [
        ("江湾果园开摘", ORCHARD),
        *((head, TEXTS[head]) for head in heads),
    ]


def test_sections_of_one_matter_stay_in_their_article() -> None:
    """The words of their heads stand elsewhere in it too, or they are short."""
    text = (
        "江湾果园开摘\n"
        f"{SIGNED}镇里的果园面积十年里翻了两番，分选线建到了村口。\n\n"
        "分选线建到村口 果园果子卖得更快\n"
        "镇农技站站长介绍，分选线建到村口之后，果园里的果子当天就能装车，比过去卖得更快，每斤多卖三角钱，短工也多了活干。\n\n"
        "短工走进果园 采收旺季不愁人手\n"
        "三百名短工走进果园，采收旺季不再愁人手。镇里给短工安排了住处和三餐，果子收完以后还可以去分选线上做工，一直做到年底。\n"
    )
    found = split_page("江湾日报 2024年3月5日 星期二 A05\n\n" + text)
    assert ([a.headline for a in found], len(found[0].sections)) == (["江湾果园开摘"], 2)


@pytest.mark.parametrize(
    "opening",
    [
        "伦敦四日电　",
        "華盛頓十二日電　",
        "柏林3日专电 ",
        "本市讯 ",
        "江湾娱乐讯 据邻省媒体报道，",
        "江湾科技讯\u00a0 ",
    ],
)
def test_a_place_or_a_desk_alone_is_a_dateline(opening: str) -> None:
    """Dailies of the 1930s name no agency, sites of today only the desk that tells."""
    heads = list(TEXTS)[:2]
    found = split_page("\n\n".join(f"{head}\n　　{opening}{TEXTS[head]}" for head in heads))
    assert [a.headline for a in found] == heads
    assert [a.body[-20:] for a in found] == [TEXTS[head][-20:] for head in heads]


def test_a_dateline_on_a_line_of_its_own() -> None:
    """Between headline and text, each set apart by blank lines."""
    heads = list(TEXTS)[:2]
    found = split_page("\n\n".join(f"{head}\n\n柏林三日電\n\n{TEXTS[head]}" for head in heads))
    assert [(a.headline, a.dateline, a.body) for a in found] == [
        (head, "柏林三日電", TEXTS[head]) for head in heads
    ]


def test_headings_that_only_divide_a_digest_are_no_articles() -> None:
    """摘要 lists what follows, 详细新闻 divides: the items are one level below."""
    items = "\n\n".join(
        f"### {head}\n\n<p>{text}<br></p>\n\n[查看原文](https://example.org)" for head, text in TEXTS.items()
    )
    listed = "\n\n".join(f"{n}.{head}；" for n, head in enumerate(TEXTS, 1))
    contents = f"## 新闻摘要\n\n本期节目主要内容：\n\n{listed}"
    text = f"# 《江湾新闻》 (20240305)\n\n{contents}\n\n## 详细新闻\n\n{items}\n"
    found = split_page(text, source="news/20240305.md")
    assert [(a.headline, a.body, a.date) for a in found] == [
        (head, text, "2024-03-05") for head, text in TEXTS.items()
    ]


def test_numbered_sections_below_numbered_parts_stay_one_article() -> None:
    """Parts that only hold sections divide one article as well: these are numbered."""
    parts = "\n\n".join(f"### （{part}\n\n{ORCHARD}" for part in ("一）人手", "二）车辆", "三）筐"))
    text = f"# 果园怎样开摘\n\n## 一、准备\n\n{parts}\n"
    assert [a.headline for a in split_page(text, source="a.md")] == ["果园怎样开摘"]


def test_front_matter_with_a_title_makes_one_article() -> None:
    """Names and short lines inside it begin no other one."""
    head, other = list(TEXTS)[:2]
    text = (
        f"---\ntitle: {head}\ndate: 2024-03-05\n---\n\n{TEXTS[head]}\n\n东浦读者 林志明\n\n"
        f"{other}\n\n本报讯（记者 赵强）{TEXTS[other]}\n"
    )
    (article,) = split_page(text, source="post.md")
    assert article.headline == head
    assert TEXTS[other] in article.body


@pytest.mark.parametrize("source", ["2024-03-05/05.txt", "江湾日报/2024/03/05/A05.txt"])
def test_a_file_that_is_named_as_a_page_is_one(source: str) -> None:
    """Day and page in its path are what a masthead would say; a note of another name stays whole."""
    heads = list(TEXTS)
    text = "\n\n".join(f"{head}\n{TEXTS[head] * (n + 2)}" for n, head in enumerate(heads))
    assert [a.headline for a in split_page(text, source=source)] == heads
    assert len(split_page(text, source="notes.txt")) == 1


NEWS_ROWS = "\n\n".join(f"{head}\n{text}" for head, text in TEXTS.items())


@pytest.mark.parametrize(
    "source", ["2024-03-05/03.txt", "rmrb/2024/03/05/A05.txt", "20240315_05.txt", "qdrb20240315A05.txt"]
)
@pytest.mark.parametrize("ending", ["\n", "\n\n\n"])
def test_unsigned_news_set_as_the_first_are_articles_of_a_named_page(source: str, ending: str) -> None:
    """Each headline has a blank line above it and its text right below, and nowhere else is one."""
    found = split_page(NEWS_ROWS + ending, source=source)
    assert [(a.headline, a.body) for a in found] == list(TEXTS.items())


@pytest.mark.parametrize(
    "text",
    [
        "江湾果园开摘\n" + ORCHARD + "\n\n怎么卖\n" + ORCHARD + "\n\n谁来摘\n" + ORCHARD,
        "江湾果园开摘\n\n" + "\n\n".join(TEXTS.values()),
    ],
)
def test_short_sections_and_paragraphs_are_no_news(text: str) -> None:
    """Heads of sections are shorter, and blank lines between paragraphs tell of no headline."""
    assert len(split_page(text, source="2024-03-05/03.txt")) == 1


def test_a_command_in_indented_code_is_no_heading() -> None:
    """What begins with # there is a prompt or a comment."""
    text = "怎样上网\n\n" + ORCHARD + "\n\n    # ip link show\n\n" + ORCHARD + "\n\n\t# 第二步\n\n" + ORCHARD
    assert len(split_page(text)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "〔柏林三日電〕",
        "【本报讯】",
        "［新華社江灣四日電］",
        "【中央社江湾廿五日电】",
        "〔本市三月四日訊〕",
        "【路透社柏林三日急电】",
        "【新华社江湾5日电】",
        "［中新社江湾3月5日电］",
    ],
)
def test_a_dateline_in_brackets_on_a_line_of_its_own(line: str) -> None:
    """Between headline and text, on a page that is set without blank lines."""
    heads = list(TEXTS)
    found = split_page("\n".join(f"{head}\n{line}\n{TEXTS[head]}" for head in heads))
    assert [(a.headline, a.dateline, a.body) for a in found] == [(head, line, TEXTS[head]) for head in heads]


@pytest.mark.parametrize("line", ["（据新华社电）", "(新华社柏林3月4日电)", "（本报综合报道）"])
def test_who_told_it_may_stand_behind_a_text(line: str) -> None:
    """It begins no article there."""
    heads = list(TEXTS)
    page = "\n\n".join(f"{head}\n本报讯 {TEXTS[head]}\n{line}" for head in heads)
    assert [article.headline for article in split_page(page)] == heads


LONG = (
    "镇里的人说，这件事已经办了三年，起先只有十几户愿意，"
    "后来看到收成，大家才一家一家跟上来，今年又添了两个村。"
)


@pytest.mark.parametrize("opening", ["本报讯 ", "【新华社江湾四日电】", "〔本市訊〕", "本报记者 赵强报道 "])
@pytest.mark.parametrize("below", ["\n", "\n　　"])
def test_where_each_signed_article_is_one_line_so_is_every_other(opening: str, below: str) -> None:
    """A paper whose records were joined: a headline a line, a text a line."""
    (first, one), (second, two), (third, three) = TEXTS.items()
    page = "\n".join(
        f"{head}{below}{text}{LONG}"
        for head, text in ((first, opening + one), (second, two), (third, opening + three), ("桥头话旧", one))
    )
    found = split_page(page, source="1949/1949-05-04-02.txt")
    assert [article.headline for article in found] == [first, second, third, "桥头话旧"]


def test_paragraphs_below_signed_headlines_have_sections() -> None:
    """Where an article has more than one line, a head inside it is that of a section."""
    (first, one), (second, two), (_, three) = TEXTS.items()
    page = f"{first}\n本报讯 {one}{LONG}\n{LONG}\n桥头话旧\n{two}\n{second}\n本报讯 {three}{LONG}"
    assert [article.headline for article in split_page(page, source="1949-05-04-02.txt")] == [first, second]


BRIEFS = TEXTS | {
    "少年宫合唱团赴省城参赛": (
        "市少年宫合唱团今早坐火车去省城参赛，四十名团员最小的才七岁，带队老师说，"
        "这是他们练了两年以后第一次出门唱歌。"
    ),
    "老城墙脚下挖出宋代水井": (
        "工人在老城墙脚下铺管道时挖出一口水井，考古队看过砖上的字，断定是宋代的，"
        "水井里还有几只完整的陶罐，明天清理。"
    ),
    "渔民放生误捕江豚一头": (
        "渔民昨天清早收网时发现误捕了一头江豚，几个人合力剪开网，把它送回深水，"
        "渔政站的人赶到时江豚已经游远了。"
    ),
}


@pytest.mark.parametrize(
    "form",
    [
        "{}\n{}\n",
        "{}\n\n{}\n\n",
        "{}\n　　{}\n",
        "{}\n    {}\n\n\n",
        "\n{}\n{}\n\n",
        "【{}】\n{}\n\n",
        "[{}]\n{}\n",
        "〈{}〉\n　　{}\n",
    ],
)
@pytest.mark.parametrize("source", ["", "a.md", "briefs.txt"])
def test_a_page_that_nobody_signs_is_split_where_each_text_tells_of_its_own_headline(
    form: str, source: str
) -> None:
    """Nothing else says that it is a page of news."""
    text = "".join(form.format(head, text) for head, text in BRIEFS.items())
    found = split_page(text, source=source)
    assert {article.headline: article.body for article in found} == BRIEFS


def test_two_long_articles_that_nobody_signs_are_two_and_a_round_up_is_one() -> None:
    """What is under two heads of a round-up is a paragraph or two."""
    (one, first), (two, second) = list(BRIEFS.items())[1:3]
    long = "".join(f"{head}\n{text}\n" + f"{LONG}\n" * 6 for head, text in ((one, first), (two, second)))
    assert [article.headline for article in split_page(long)] == [one, two]
    assert len(split_page(f"{one}\n{first}\n{two}\n{second}")) == 1


def test_an_essay_whose_sections_tell_of_its_own_matter_is_one_article() -> None:
    """Their words are in the rest of it."""
    heads = [
        "新桥为什么要修在河东",
        "修桥的钱从哪里来又到哪里去",
        "桥修好以后河东变了样",
        "河东的桥还要修几座",
    ]
    text = "修桥的事河东人盼了三十年，新桥修好以后，河东和城里之间不再隔着一条河，钱花在哪里，大家都看得见。"
    essay = "河东修桥三十年的前前后后\n" + text + "\n" + "".join(f"{h}\n{h}，{text}\n" for h in heads)
    assert len(split_page(essay)) == 1


def test_numbers_before_unsigned_news_and_the_name_over_them_are_no_headline() -> None:
    """The name stands over the first headline alone."""
    numbered = "\n\n".join(f"{n}. {head}\n{text}" for n, (head, text) in enumerate(BRIEFS.items(), 1))
    named = "一周江湾\n\n" + "\n\n".join(f"{head}\n{text}" for head, text in BRIEFS.items())
    for page in (numbered, named):
        assert {article.headline: article.body for article in split_page(page)} == BRIEFS


STORM = {
    "台风青鹭逼近江湾 全市停课一天": (
        "{}青鹭的中心移到江湾东南二百公里，全市中小学停课一天，江湾的渔船全部回港避风，水库提前放水。"
    ),
    "台风青鹭来袭 江湾渡轮全线停航": (
        "{}江湾渡轮因青鹭来袭全线停航，码头上的旅客改乘客车绕道进城，台风过后再开航。"
    ),
    "台风青鹭登陆江湾 三个镇停电": (
        "{}青鹭在江湾登陆，三个镇一度停电，抢修队冒着台风连夜出发，停电的人家已经恢复一半。"
    ),
    "青鹭远去 江湾中小学明天复课": (
        "{}青鹭已经远去，江湾中小学明天复课，台风中受损的操场和围墙由各校自行清理，教室先查过再用。"
    ),
    "江湾清点青鹭台风损失 果园受灾最重": (
        "{}江湾清点青鹭造成的损失，果园受灾最重，台风吹落的果子占到三成，镇里帮果农把落果运去做果酱。"
    ),
}
WHENS = (
    "9月3日，",
    "今（3）日上午，",
    "昨天傍晚，",
    "当地时间3日，",
    "据江湾电视台报道，",
    "江湾市政府3日宣布，日前",
    "截至昨晚八点，",
    "2024年9月3日清晨，",
    "气象台今晨说，",
    "本周以来，",
)


@pytest.mark.parametrize("when", WHENS)
@pytest.mark.parametrize(
    "form", ["{}\n{}\n\n", "{}\n　　{}\n\n", "{}\n\n{}\n\n", "{}\n{}青鹭是今年的第三个台风。\n\n"]
)
def test_news_of_one_storm_are_told_anew_each(form: str, when: str) -> None:
    """Their words are the same; a section would go on from where the last one ended."""
    texts = {head: text.format(when) for head, text in STORM.items()}
    found = split_page("".join(form.format(head, text) for head, text in texts.items()))
    assert [article.headline for article in found] == list(texts)
    assert all(text in article.body for article, text in zip(found, texts.values(), strict=True))


def test_longer_headlines_above_blank_lines_may_be_news() -> None:
    """Up to what a line of a head has at most; the paragraphs below each are set tight."""
    texts = {f"{head}——{text[2:35]}": text.format("9月3日，") for head, text in STORM.items()}
    page = "".join(f"{head}\n{text}\n{text}\n\n" for head, text in texts.items())
    assert [article.headline for article in split_page(page)] == list(texts)


@pytest.mark.parametrize("when", ["", "这时候，", "后来，", "因为风大，", "到了夜里，"])
def test_sections_of_one_story_go_on(when: str) -> None:
    """They are not told anew, though blank lines set them apart."""
    page = "".join(f"{head}\n{text.format(when)}\n\n" for head, text in STORM.items())
    assert len(split_page(page)) == 1
    few = "".join(f"{head}\n{text.format('9月3日，')}\n\n" for head, text in list(STORM.items())[:3])
    assert len(split_page(few, source="notes.txt")) == 1


@pytest.mark.parametrize("form", ["{}？\n{}\n\n", "一、{}\n{}\n\n", "第一节 {}\n{}\n\n"])
def test_questions_and_numbered_sections_are_no_news(form: str) -> None:
    """Whenever their texts say it was."""
    page = "".join(form.format(head, text.format("9月3日，")) for head, text in STORM.items())
    assert len(split_page(page)) == 1


@pytest.mark.parametrize(
    "read_on",
    ["《详全文...》", "《詳全文…》", "【阅读全文】", "(继续阅读全文)", "《看更多》", "［展开全文］"],
)
@pytest.mark.parametrize("before", ["", "\n", "\n\n\n "])
def test_what_leads_to_the_rest_of_a_text_is_no_headline(read_on: str, before: str) -> None:
    """Behind the first words of an article, or below them."""
    page = "".join(f"{head}\n\n{text}{before}{read_on}\n\n" for head, text in BRIEFS.items())
    assert {article.headline: article.body for article in split_page(page)} == BRIEFS
