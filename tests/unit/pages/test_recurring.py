"""Digests in plain text: boxed, numbered and dated headlines that come again and again."""

from __future__ import annotations

import pytest

from searchlib.pages import split_page

NEWS = (
    ("柳溪春茶抢鲜上市", "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬。"),
    ("两条加工线月底投产", "镇农技站站长说，下一步将建设两条加工线，带动户均增收两千元。"),
    ("河湾社区书屋亮灯", "河湾社区新建的书屋昨晚开放到九点，孩子们放学后可以来这里写作业。"),
    ("老街改造今天完工！", "老街今天完工，三十六家店铺重新开门，第一天就来了不少老主顾。"),
)


def _digest(top: str, form: str, between: str = "\n\n") -> str:
    items = [
        form.format(n=n, han="一二三四"[n - 1], title=title, text=text, day=f"2024-03-{n:02}")
        for n, (title, text) in enumerate(NEWS, 1)
    ]
    return "\n\n".join(filter(None, (top, between.join(items))))


@pytest.mark.parametrize(
    ("top", "form"),
    [
        ("柳溪快讯 2024年3月5日", "【{title}】{text}"),
        ("", "【{title}】{text}"),
        ("柳溪一周", "【{title}】 {text}"),
        ("今日要闻", "【{title}】：{text}"),
        ("每日简讯（2024年3月5日）", "{n}、{title}\n{text}"),
        ("柳溪早报 2024年3月5日 星期二", "{n}. {title}\n{text}"),
        ("柳溪要闻速览", "（{n}）{title}\n{text}"),
        ("本周新闻", "{han}、{title}\n\n{text}"),
        ("柳溪晚报 2024年3月5日 第3版", "{n}）{title}\n　　{text}"),
        ("", "{day} {title}\n{text}"),
        ("柳溪新闻摘录", "{day}　{title}\n　　{text}"),
        ("", "[{day}] {title}\n{text}"),
        ("镇里的事", "{day} 08:30 | {title}\n{text}"),
        ("", "[视频]{title}\n{text}"),
        ("", "【快讯】{title}\n　　{text}"),
        ("柳溪电视台", "〔图文〕 {title}\n\n{text}"),
    ],
)
def test_headlines_set_alike_begin_articles(top: str, form: str) -> None:
    """What is printed over them is no article."""
    found = split_page(_digest(top, form))
    assert [(article.headline, article.body) for article in found] == list(NEWS)


def test_each_headline_has_the_day_before_it() -> None:
    """It is the date of its article."""
    found = split_page(_digest("柳溪新闻摘录", "{day} {title}\n{text}"))
    assert [article.date for article in found] == [f"2024-03-{n:02}" for n in range(1, len(NEWS) + 1)]


def test_the_day_of_a_digest_is_that_of_its_articles() -> None:
    """No masthead says it, but the name of the digest."""
    found = split_page(_digest("柳溪快讯 2024年3月5日", "【{title}】{text}"))
    assert {article.date for article in found} == {"2024-03-05"}


@pytest.mark.parametrize(
    "text",
    [
        _digest("关于发展茶业的几点意见", "{n}、{title}\n{text}"),
        _digest("读书笔记", "{han}、{title}\n{text}"),
        "柳溪快讯\n\n" + "\n\n".join(f"{n}、{NEWS[0][1]}" for n in range(1, 5)),
        "工作日志\n\n" + "\n\n".join(f"2024-03-0{n} 晴\n{text}" for n, (_, text) in enumerate(NEWS, 1)),
        "\n\n".join(f"【注】{text}" for _, text in NEWS),
        "柳溪快讯\n\n1、背景\n" + NEWS[0][1] + "\n\n2、做法\n" + NEWS[1][1] + "\n\n3、结果\n" + NEWS[2][1],
        "【柳溪春茶抢鲜上市】" + NEWS[0][1] + "\n\n" + NEWS[1][1] + "\n\n" + NEWS[2][1],
        "常见问题\n\n" + "\n\n".join(f"{n}. {title}吗？" for n, (title, _) in enumerate(NEWS, 1)),
        "2024年3月5日 大事\n\n" + "\n\n".join(text for _, text in NEWS),
        _digest("", "{n}、{title}\n{text}"),
        "柳溪快讯 2024年3月5日\n\n"
        "题目要求排序，我们先来看\n（1）引出了茶园的话题和来\n历，"
        + NEWS[0][1]
        + "再看后面\n（2）分析原因的几个句子它\n们说，"
        + NEWS[1][1]
        + "最后就是\n（3）得出结论的那一个句子\n也就是"
        + NEWS[2][1],
    ],
)
def test_other_lists_stay_one_text(text: str) -> None:
    """Sections of a report, steps, notes and diaries are numbered and dated too."""
    assert len(split_page(text)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "高一（3）班 周小禾",
        "高二(1)班　周小禾",
        "初三5班 周小禾",
        "三年级二班 周小禾",
        "2019级中文系 周小禾",
        "文学社 周小禾",
        "校记者团　周小禾",
        "柳溪中学 周小禾",
        "外国语学院 周小禾",
        "广播站 周小禾",
    ],
)
def test_who_writes_in_a_school_paper_signs(line: str) -> None:
    """The class or the club before the name makes the line a byline."""
    page = "\n\n".join(f"{title}\n{line}\n{text}" for title, text in NEWS[:3])
    found = split_page("青藤报 2024年3月5日 星期二 第1版\n\n" + page)
    assert [(article.headline, article.authors) for article in found] == [
        (title, ("周小禾",)) for title, _ in NEWS[:3]
    ]


@pytest.mark.parametrize(
    "line", ["点击上方蓝字关注我们", "长按二维码关注柳溪观察", "喜欢此内容的人还喜欢", "请点击蓝字订阅"]
)
def test_what_accounts_print_of_themselves_is_no_text(line: str) -> None:
    """It stands between the headline and the text, or behind it."""
    text = f"{NEWS[0][0]}\n原创 周小禾 柳溪观察 2024-03-05 18:30\n\n{line}\n\n{NEWS[0][1]}\n\n{NEWS[1][1]}"
    (article,) = split_page(text)
    assert (article.headline, article.body) == (NEWS[0][0], f"{NEWS[0][1]}\n{NEWS[1][1]}")


@pytest.mark.parametrize(
    ("top", "form"),
    [
        ("青藤小报　第3期", "★{title}★\n\n{text}"),
        ("柳溪簡訊 2024年3月5日", "◎{title}\n　　{text}"),
        ("柳溪周报", "■ {title}\n{text}"),
        ("主曆二〇二四年三月五日　　第123期\n溪　聲　週　報", "◎{title}\n{text}"),
        ("今日快讯", "▲{title}\n\n{text}"),
    ],
)
def test_headlines_behind_an_ornament_begin_articles_of_an_issue(top: str, form: str) -> None:
    """The same ornament is before each."""
    found = split_page(_digest(top, form))
    assert [(article.headline, article.body) for article in found] == list(NEWS)


@pytest.mark.parametrize(
    "form",
    [
        "[{title}]\n　　{text}",
        "〔{title}〕\n{text}",
        "［{title}］\n　　{text}",
        "【{title}】\n{text}",
        "○{title}\n　　{text}",
        "◎{title}　{text}",
        "●{title}：{text}",
        "◆ {title}　　{text}",
        "{n}、{title}\n{text}",
    ],
)
@pytest.mark.parametrize(("top", "source"), [("", "1948/1948-03-05.txt"), ("柳溪日報 1948年3月5日", "a.txt")])
def test_marks_and_brackets_begin_articles_of_a_day(form: str, top: str, source: str) -> None:
    """The name of the file, or of the issue, says that it is one."""
    found = split_page(_digest(top, form, "\n"), source=source)
    assert [(article.headline, article.body) for article in found] == list(NEWS)


@pytest.mark.parametrize(
    "lines",
    [
        [
            f"【新华社{place}{day}日电】"
            for place, day in zip(("柳溪", "河湾", "江湾", "东浦"), "三四五六", strict=True)
        ],
        [f"【路透社柳溪城{day}日電】" for day in "三四五六"],
        [f"【中央社{place}廿五日電】" for place in ("柳溪", "河湾", "江湾", "东浦")],
        ["【本报柳溪通讯员专电】"] * 4,
        [f"〔柳溪三月{day}日電〕\n" for day in "三四五六"],
    ],
)
def test_datelines_in_brackets_are_no_headlines(lines: list[str]) -> None:
    """They stand before the texts of a page that is set without blank lines."""
    page = "\n".join(f"{title}\n{line}{text}" for line, (title, text) in zip(lines, NEWS, strict=True))
    found = split_page(page, source="1948-03-05-02.txt")
    assert [(article.headline, article.body) for article in found] == list(NEWS)


@pytest.mark.parametrize("form", ["◎{title}　{text}", "[{title}]\n{text}", "●{title}：{text}"])
def test_marks_and_brackets_of_other_texts_stay_in_them(form: str) -> None:
    """Nothing says that it is an issue."""
    assert len(split_page(_digest("种茶三十年", form, "\n"), source="a.txt")) == 1


@pytest.mark.parametrize("mark", "■◆●")
def test_sections_behind_an_ornament_stay_in_their_article(mark: str) -> None:
    """Nothing says that the text is an issue."""
    assert len(split_page(_digest("柳溪镇的春天", mark + "{title}\n{text}"))) == 1


@pytest.mark.parametrize(
    "cited",
    [
        "（原载《柳溪晚报》2024年3月5日，记者 周小禾）",
        "（《柳溪晚报》2024年3月5日第3版 记者 周小禾）",
        "（摘自《柳溪晚报》2024年3月5日 作者：周小禾）",
        "（据《柳溪晚报》2024.3.5 本报记者 周小禾）",
        "（来源：《柳溪晚报》2024-03-05 通讯员 周小禾）",
        "【转自《柳溪晚报》2024年3月5日，记者周小禾】",
    ],
)
def test_a_clipping_says_where_it_was_printed(cited: str) -> None:
    """Paper, day and reporter stand in brackets below each."""
    text = "茶业剪报\n\n" + "\n\n\n".join(f"{title}\n\n　　{text}\n\n{cited}" for title, text in NEWS[:3])
    found = split_page(text)
    said = [(a.headline, a.authors, a.publication, a.date) for a in found]
    assert said == [(title, ("周小禾",), "柳溪晚报", "2024-03-05") for title, _ in NEWS[:3]]


_BULLETS = (
    "- {title}：{text}",
    "* {title}: {text}",
    "• {title}：{text}",
    "{n}、{title}：{text}",
    "（{n}）{title}：{text}",
)


@pytest.mark.parametrize(
    "form", [*_BULLETS, "{n}. {title}： {text}", "·{title}：{text}", "— {title}：{text}"]
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(("top", "source"), [("柳溪快讯 2024年3月5日", "a.txt"), ("", "2024/2024-03-05.txt")])
def test_bullets_and_numbers_with_a_colon_begin_articles(
    form: str, between: str, top: str, source: str
) -> None:
    """In an issue, by its name or the day in the file's."""
    found = split_page(_digest(top, form, between), source=source)
    assert [(article.headline, article.body) for article in found] == list(NEWS)
    assert {article.date for article in found} == {"2024-03-05"}


@pytest.mark.parametrize("form", _BULLETS)
@pytest.mark.parametrize(
    ("top", "source"),
    [
        ("柳溪镇工作小结", "2024-03-05.txt"),
        ("镇里几件事", "a.txt"),
        ("", "notes.txt"),
        ("茶园管理办法（2024年3月起试行），请各村照此办理，有问题及时报告。", "2024-03-05.txt"),
    ],
)
def test_a_list_of_a_report_is_none(form: str, top: str, source: str) -> None:
    """Though a day is in the name of its file."""
    assert len(split_page(_digest(top, form), source=source)) == 1


@pytest.mark.parametrize("form", ["- {who}：{text}", "{n}、{who}：{text}"])
def test_who_speaks_is_no_headline(form: str) -> None:
    """Names and labels are shorter than headlines."""
    lines = [
        form.format(n=n, who=who, text=text)
        for n, (who, (_, text)) in enumerate(zip(("周小禾", "高原", "江湾镇", "时间"), NEWS, strict=True), 1)
    ]
    assert len(split_page("\n".join(lines), source="2024-03-05.txt")) == 1


@pytest.mark.parametrize(
    ("tag", "ending"), [("【问题】", "怎么办？"), ("", ""), ("（旁白）", "，镇上的人都来了。")]
)
def test_a_tag_before_questions_or_sentences_begins_no_article(tag: str, ending: str) -> None:
    """Only headlines behind one tag are those of a digest."""
    text = "\n".join(f"{tag}{title.rstrip('！')}{ending}\n{text[:24]}。" for title, text in NEWS[:3])
    assert len(split_page(text)) == 1


_OLD = (
    ("江灣果市", "本月初旬江灣果市大盛四鄉之人挑擔入市者日以千計每擔售洋一元二角較上年貴至二角云"),
    ("東浦米價", "東浦米價近日步漲每石售洋五元有奇貧民苦之聞米業中人將集議平糶未知能否果行也"),
    ("縣署示諭", "縣署昨出示諭禁止夜間燃放爆竹違者帶案究罰不貸仰各鋪戶人等一體知悉毋違特示"),
    ("失竊送案", "某姓家前夜被竊失去衣物數件經捕房偵緝昨在城門口拿獲竊犯一名送案訊究"),
    ("演劇募捐", "本埠紳商發起演劇募捐賑濟水災難民昨在會館演劇一日所得票資悉數充賑云"),
)


@pytest.mark.parametrize("box", ["[{}]", "【{}】", "〔{}〕", "［{}］", "[{}] [  本館謹啓]"])
@pytest.mark.parametrize("mark", ["Page {}", "--- 第{}页 ---"])
def test_boxes_on_the_sheets_of_an_old_paper_are_headlines(box: str, mark: str) -> None:
    """Its texts have no marks, its headlines few characters; the number of the file is no heading."""
    lines = [f"{box.format(title)} \n　　{text} \n" for title, text in _OLD]
    sheets = [f"{mark.format(n)}\n\n{''.join(part)}" for n, part in enumerate((lines[:3], lines[3:]), 1)]
    found = split_page("\n\n".join(["# 1901 - 12 - 3344", *sheets]), source="1901-12-3344.txt")
    assert [(article.headline, article.body) for article in found] == list(_OLD)
    assert len(split_page("".join(lines))) == 1
