"""What a website sets around a text, and what stands over one that nobody signs; all texts are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchlib
from searchlib import split_page
from searchlib.pages.splitter import split_text

HEADLINE = "柳溪春茶抢鲜上市"
TEXT = "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬。"
MORE = "镇农技站站长说，下一步将建设两条加工线，带动户均增收两千元。"
OTHERS = "河湾社区书屋昨晚亮灯\n老街改造今天完工\n夜班公交增至五条线路\n"


@pytest.mark.parametrize(
    "label",
    [
        "相关阅读",
        "相關新聞",
        "【延伸閱讀】",
        "热门推荐：",
        "▶ 猜你喜欢",
        "往期回顾",
        "看更多",
        "你可能還想看",
        "大家都在看",
        "編輯精選",
        "同場加映",
        "更多報導>>",
        "本期其他文章",
        "人气排行榜",
        "最新消息",
    ],
)
@pytest.mark.parametrize("begin", ["", "本报讯（记者 高原）"])
def test_a_list_of_other_headlines_behind_a_text_is_none_of_it(label: str, begin: str) -> None:
    """Whatever its label is; the page keeps it as furniture."""
    found = split_text(f"{HEADLINE}\n{begin}{TEXT}\n{MORE}\n{label}\n{OTHERS}")
    assert [(a.headline, a.body) for a in found.articles] == [(HEADLINE, f"{TEXT}\n{MORE}")]
    assert found.remainder is not None
    assert "夜班公交增至五条线路" in found.remainder.body


@pytest.mark.parametrize(
    "behind",
    [
        f"相关链接\n{MORE}",
        "茶园新闻\n河湾社区书屋昨晚亮灯\n老街改造今天完工",
        "看天吃饭\n靠山吃山\n靠水吃水",
        f"{MORE}\n延伸阅读",
        f"相关报道\n老街改造今天完工\n{MORE}",
    ],
)
def test_a_sidebar_and_other_short_lines_stay_in_the_text(behind: str) -> None:
    """A sentence behind the label, a label of another kind, or nothing below it: no list of others."""
    found = split_page(f"{HEADLINE}\n{TEXT}\n{behind}")
    said = [a.headline + "".join(str(s) for s in a.sections) + a.body for a in found]
    assert all(line in "".join(said) for line in behind.split("\n"))


@pytest.mark.parametrize(
    "notice",
    [
        "本網站使用 Cookie 以提供您更好的使用體驗，繼續瀏覽即表示您同意我們的隱私權政策。",
        "我們使用Cookies改善您的體驗，點擊「接受」即表示同意。\n接受",
        "为了让您获得更好的浏览体验，本站使用 cookies，详见隐私政策。\n我知道了",
    ],
)
def test_notices_of_cookies_are_none_of_the_text(notice: str) -> None:
    """Above it or below."""
    for text in (f"{HEADLINE}\n{notice}\n{TEXT}\n{MORE}", f"{HEADLINE}\n{TEXT}\n{MORE}\n{notice}"):
        assert [a.body for a in split_page(text)] == [f"{TEXT}\n{MORE}"]
    own = "网站用 Cookie 记下访问者，浏览器厂商说，这项技术三年后停用。"
    assert own in split_page(f"{HEADLINE}\n{TEXT}\n{own}")[0].body


@pytest.mark.parametrize(
    "row", ["A- A A+", "小中大", "字級：小 中 大 特大", "字体：小 中 大", "【大 中 小】"]
)
def test_how_large_a_site_may_set_its_letters_is_furniture(row: str) -> None:
    """In any of the ways in which the row is set."""
    assert [a.body for a in split_page(f"{HEADLINE}\n{row}\n{TEXT}\n{MORE}")] == [f"{TEXT}\n{MORE}"]


@pytest.mark.parametrize(
    "label",
    ["社论", "短評", "社　论", "今日社评", "时评", "本报评论", "编者按", "编后", "星期评论", "卷首语"],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_the_bare_name_of_a_column_is_over_an_article_that_nobody_signs(label: str, between: str) -> None:
    """Its headline is the line below; several are several articles."""
    one = between.join([label, "让春茶走得更远", f"　　{TEXT}", f"　　{MORE}"])
    found = split_page(one)
    assert [(a.column.replace("　", "").replace(" ", ""), a.headline, a.body) for a in found] == [
        (label.replace("　", ""), "让春茶走得更远", f"{TEXT}\n{MORE}")
    ]
    two = between.join([one, "短评", "书屋的灯为谁亮着", MORE])
    assert [a.headline for a in split_page(two)] == ["让春茶走得更远", "书屋的灯为谁亮着"]


@pytest.mark.parametrize(
    "line", ["本报评论员", "□本报评论员", "■ 本刊评论员", "本报特约评论员", "新华社评论员", "江城日报评论员"]
)
def test_who_gives_the_papers_opinion_signs_without_a_name(line: str) -> None:
    """Below the headline; a name behind it is the writer's."""
    page = f"让春茶走得更远\n{{}}\n{TEXT}\n{MORE}\n\n{HEADLINE}\n本报讯（记者 高原）{TEXT}"
    first, second = split_page(page.format(line))
    assert (first.headline, first.authors, first.body) == (
        "让春茶走得更远",
        (line.strip("□■ "),),
        f"{TEXT}\n{MORE}",
    )
    assert second.authors == ("高原",)
    assert split_page(page.format(f"{line} 周小禾"))[0].authors == ("周小禾",)


@pytest.mark.parametrize(
    "dateline",
    [
        "【綜合報道】",
        "【综合报道】",
        "〔綜合外電〕",
        "（综合报道）",
        "国际在线报道：",
        "国际在线消息：",
        "东湖在线报道 ",
    ],
)
def test_what_a_desk_put_together_begins_an_article(dateline: str) -> None:
    """Without an agency in the brackets, or with one that is a site."""
    found = split_page(f"{HEADLINE}\n{dateline}{TEXT}\n\n河湾社区书屋亮灯\n{dateline}{MORE}")
    assert [(a.headline, a.body) for a in found] == [(HEADLINE, TEXT), ("河湾社区书屋亮灯", MORE)]


@pytest.mark.parametrize(
    "heads",
    [
        ["1. 引言", "2. 正题", "3. 总结"],
        ["1 引言", "2 内容摘要", "3 细说"],
        ["概述", "细说", "总结"],
        ["采茶的机器", "选茶的机器", "结语"],
    ],
)
@pytest.mark.parametrize("mark", ["#", "##"])
def test_sections_of_a_text_whose_title_is_the_files_name_are_one_article(
    heads: list[str], mark: str
) -> None:
    """Names of first and last sections tell; the number before the title is not part of it."""
    lead = "本文说的是茶园里的机器。\n\n"
    text = lead + "".join(f"{mark} {head}\n\n{TEXT}\n\n" for head in heads)
    (article,) = split_page(text, source="notes/017.柳溪茶园的机器.md")
    assert (article.headline, len(article.sections)) == ("柳溪茶园的机器", 3)
    (article,) = split_page(text, source="2024-03-05.md")
    assert article.headline == ""


def test_news_below_a_preface_are_articles() -> None:
    """The headlines of an issue are longer than sections are."""
    heads = ["前言", "柳溪镇今年春茶抢鲜上市比去年早五天", "河湾社区书屋昨晚亮灯到九点孩子多了"]
    text = "".join(f"## {head}\n\n{TEXT}\n\n" for head in heads)
    assert [article.headline for article in split_page(text, source="周报.md")] == heads


@pytest.mark.parametrize(
    "dateline",
    [
        "【本报汛】",
        "本报訉",
        "木报讯",
        "奉报讯 ",
        "〖本报讯〗",
        "新华杜北京3月5日电",
        "（中央杜台北五日電）",
        "木报3月5日讯 ",
    ],
)
def test_signs_that_ocr_misread_in_a_dateline_are_known(dateline: str) -> None:
    """At the beginning of a text; what is printed stays as it was read."""
    found = split_page(f"{HEADLINE}\n{dateline}{TEXT}\n\n河湾社区书屋亮灯\n{dateline}{MORE}")
    assert [(a.headline, a.dateline, a.body) for a in found] == [
        (HEADLINE, dateline.strip(), TEXT),
        ("河湾社区书屋亮灯", dateline.strip(), MORE),
    ]
    own = "上报汛情以后，木报箱旁的值班员又打了一次电话。"
    assert split_page(f"{HEADLINE}\n{own}\n{MORE}")[0].body == f"{own}\n{MORE}"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("本 报 记 者 高 原", ("高原",)),
        ("本报记者高原通讯员周小禾", ("高原", "周小禾")),
        ("记者高原特约通讯员周小禾", ("高原", "周小禾")),
        ("本报记者高原实习生李青", ("高原", "李青")),
        ("本报记者高原摄影报导", ("高原",)),
        ("社會中心／高原報導", ("高原",)),
        ("娛樂組／周小禾報導", ("周小禾",)),
        ("政治中心/高原、李青報導", ("高原", "李青")),
        ("國際中心／綜合報導", ()),
        ("編輯中心／綜合報導", ()),
    ],
)
def test_bylines_set_close_or_wide_and_the_desks_of_sites(line: str, authors: tuple[str, ...]) -> None:
    """Each is a line of its own below the headline."""
    found = split_page(f"{HEADLINE}\n{line}\n{TEXT}\n{MORE}\n\n河湾社区书屋亮灯\n{line}\n{TEXT}")
    assert [(a.headline, a.authors, a.body) for a in found] == [
        (HEADLINE, authors, f"{TEXT}\n{MORE}"),
        ("河湾社区书屋亮灯", authors, TEXT),
    ]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2024-03-05", "2024-03-05"),
        ("2024年3月5日 08:30", "2024-03-05"),
        ("2024/3/5（星期二）08:30:15", "2024-03-05"),
    ],
)
def test_a_day_alone_below_the_title_and_a_name_behind_a_dash_sign_a_text(line: str, day: str) -> None:
    """Also where nothing tells of a paper; a quotation behind a dash is text."""
    (article,) = split_page(f"{HEADLINE}\n{line}\n{TEXT}\n{MORE}\n——周小禾")
    assert (article.date, article.authors, article.body) == (day, ("周小禾",), f"{TEXT}\n{MORE}")
    (article,) = split_page(f"{HEADLINE}\n{TEXT}\n——茶园里人人都这么说")
    assert article.body.endswith("——茶园里人人都这么说")


@pytest.mark.parametrize(
    "parts", ["一、新建茶园 二、开放书屋", "一、新建茶园\n二、开放书屋", "（一）新建茶园\n（二）开放书屋"]
)
def test_parts_that_a_headline_lists_are_no_headline(parts: str) -> None:
    """They are printed between it and the text."""
    page = f"江城日报 2024年3月5日 第1版\n市政府为民办实事\n{parts}\n本报讯（记者 高原）{TEXT}"
    (article,) = split_page(page)
    assert (article.headline, article.subtitle) == ("市政府为民办实事", parts.replace("\n", " "))


@pytest.mark.parametrize(
    ("writer", "authors"),
    [
        ("@zhouxh", ("zhouxh",)),
        ("[@zhouxh](https://a.cn/zhouxh)", ("zhouxh",)),
        ("@周小禾、@高原", ("周小禾", "高原")),
        ("＠周小禾", ("周小禾",)),
    ],
)
def test_the_mark_before_the_name_of_an_account_is_none_of_the_name(
    writer: str, authors: tuple[str, ...]
) -> None:
    """A label says that the account is the writer's."""
    text = f"# {HEADLINE}\n\n一点看法\n\n作者：{writer}\n\n---\n\n{TEXT}\n\n## 加工线\n\n{MORE}\n"
    assert [a.authors for a in split_page(text, source="a.md")] == [authors]


def test_the_category_that_an_agency_prints_before_a_headline_stays() -> None:
    """In round brackets it is printed with the headline."""
    text = "\n\n".join(
        f"（国际）{head}\n　　新华社江城1月2日电　{MORE}"
        for head in ("柳溪春茶远销", "河湾书屋开门", "老街迎来客商")
    )
    assert all(a.headline.startswith("（国际）") for a in split_page(text))


@pytest.mark.parametrize("lead", [TEXT, TEXT[:28] + "……", TEXT[:28] + "...", TEXT.rstrip("。")])
def test_a_lead_that_is_printed_twice_is_in_the_text_once(tmp_path: Path, lead: str) -> None:
    """Sites set it apart over the text; a short line that comes again is meant so."""
    page = f"<title>{HEADLINE}</title><h1>{HEADLINE}</h1><div><p>{{}}</p><p>{{}}</p><p>{MORE}</p></div>"
    (tmp_path / "a.html").write_text(page.format(lead, TEXT), "utf-8")
    (article,) = searchlib.read(tmp_path / "a.html")
    assert (article.headline, article.body) == (HEADLINE, f"{TEXT}\n{MORE}")
    (tmp_path / "a.html").write_text(page.format("采茶去，采茶去。", "采茶去，采茶去。"), "utf-8")
    (article,) = searchlib.read(tmp_path / "a.html")
    assert article.body.count("采茶去，采茶去。") == 2


@pytest.mark.parametrize(
    "label",
    [
        "原文链接：",
        "原始網址 Original URL：",
        "原文連結：",
        "来源网址：",
        "Source:",
        "新闻地址：",
        "本文链接",
        "Original Link:",
    ],
)
@pytest.mark.parametrize(
    "address", ["<https://a.cn/1.htm>", "[https://a.cn/1](https://a.cn/1)", "https://a.cn/1"]
)
def test_a_label_and_the_address_of_the_text_below_it_are_none_of_it(label: str, address: str) -> None:
    """On a line of its own or on two; so is an address of mail beside it, and rights."""
    imprint = f"{label}\n{address}\n\n© a.cn\n\n電子郵件 Email:\nnews@a.cn\n\n{label}{address}\n"
    (article,) = split_page(f"# {HEADLINE}\n\n{TEXT}\n\n{MORE}\n\n{imprint}", source="a.md")
    assert article.body == f"{TEXT}\n{MORE}"


@pytest.mark.parametrize(
    "told",
    [
        "本仓库地址：\nhttps://a.cn/1",
        "项目链接：\nhttps://a.cn/1",
        "原问题链接：\nhttps://a.cn/1",
        "来源网址：\n见 https://a.cn/1 第二段",
        "报名邮箱：news@a.cn",
        "邮箱：news@a.cn",
        "电子邮件：\nnews@a.cn",
        "更多内容\nhttps://a.cn/1",
    ],
)
def test_addresses_that_a_text_tells_stay_in_it(told: str) -> None:
    """They are not those of the text itself, and no imprint is beside them."""
    (article,) = split_page(f"# {HEADLINE}\n\n{TEXT}\n\n{told}\n\n{MORE}\n", source="a.md")
    assert told.partition("\n")[0] in article.body
    assert told.rpartition("\n")[2] in article.body


def test_a_list_of_nothing_but_addresses_goes_with_its_label() -> None:
    """With a word beside an address it is told in the text."""
    text = f"# {HEADLINE}\n\n{TEXT}\n\n相关链接：\n- [https://a.cn/1](https://a.cn/1)\n- <https://a.cn/2>\n"
    (article,) = split_page(f"{text}- 茶园地图 https://a.cn/3\n", source="a.md")
    assert article.body == f"{TEXT}\n茶园地图 https://a.cn/3"


def test_an_item_of_a_feed_that_tells_nothing_but_its_address_stays(tmp_path: Path) -> None:
    """The address is then its text."""
    item = "<item><title>{}</title><description>{}</description></item>"
    inner = "&lt;p&gt;{}&lt;/p&gt;&lt;p&gt;原文链接：https://a.cn/1&lt;/p&gt;"
    items = item.format(HEADLINE, inner.format(TEXT)) + item.format("河湾书屋亮灯", inner.format(""))
    (tmp_path / "a.xml").write_text(f"<rss><channel><title>茶讯</title>{items}</channel></rss>", "utf-8")
    assert [(a.headline, a.body) for a in searchlib.read(tmp_path / "a.xml")] == [
        (HEADLINE, TEXT),
        ("河湾书屋亮灯", "原文链接：https://a.cn/1"),
    ]
