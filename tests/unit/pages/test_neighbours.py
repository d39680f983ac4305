"""Lines of pages as other papers print them: navigation, labels of pages, boxes, end marks, front matter."""

from __future__ import annotations

import pytest

from searchlib.pages import split_page
from searchlib.pages.bylines import parse_byline
from searchlib.pages.fields import find_day, page_number
from searchlib.pages.front_matter import read_front_matter
from searchlib.pages.furniture import read_furniture
from searchlib.pages.mastheads import read_page_label

TEXT = "南塘村的荷花进入盛花期，村里新修的木栈道直通湖心，周末每天接待游客两千余人。"
MORE = "村委会主任介绍，今年还将添置二十条游船，预计带动三十户村民增收。"


@pytest.mark.parametrize(
    "line",
    [
        "放大+ 缩小- 默认o",
        "数字报首页",
        "分享到微信",
        "点击数：",
        "浏览次数：123",
        "新闻内容",
        "当前位置：首页 > 数字报 > 要闻",
        "您当前的位置：首页 > 要闻 > 正文",
        "上一篇：城东菜市场改造完工",
        "网络支持：北京某某技术有限公司",
        "地址：南塘市人民路1号 邮编：310000",
        "网站地图 | 联系我们 | 关于我们",
        "——完——",
        "（结束）",
        "（本文编辑：高原）",
        "审校：李青",
    ],
)
def test_lines_of_the_site(line: str) -> None:
    """What an e-edition or an editor adds is no text."""
    assert read_furniture(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "上一篇报道引来许多读者留言",
        "地址在人民路1号",
        "南塘村的位置：湖边",
        "评论",
        "位置偏远的山村",
        "完工",
        "点击进入春天",
    ],
)
def test_lines_of_the_text(line: str) -> None:
    """The same words in a headline or in prose stay."""
    assert read_furniture(line) is None


@pytest.mark.parametrize(
    ("line", "page"),
    [
        ("第B01版 财经新闻", "B01"),
        ("03版 要闻", "3"),
        ("04-05版：专题", "4"),
        ("第05-06版:特别报道", "5"),
        ("第5版 | 社会", "5"),
        ("【第05版】", "5"),
        ("第05版：要闻", "5"),
        ("新版公交地图发放", ""),
        ("第3版增订本今日出版", ""),
        ("【出版】", ""),
    ],
)
def test_labels_of_pages(line: str, page: str) -> None:
    """With a name behind a space or a bar, for two pages, in brackets; a headline with 版 is no label."""
    assert read_page_label(line) == page


def test_values_in_full_width_and_of_the_republic() -> None:
    """０３版 is page 3, and 民国一一三年 was not in 1911."""
    assert page_number("第　０３　版") == "3"
    assert find_day("民国一百一十三年三月五日") == "2024-03-05"
    assert find_day("民国113年3月5日") == find_day("民国一一三年三月五日") == "2024-03-05"


@pytest.mark.parametrize("box", "口回曰吕▇|·•*uUCd")
def test_boxes_that_were_misread(box: str) -> None:
    """Whatever one sign stands before 本报记者, the names are the authors."""
    (article,) = split_page(f"南塘荷花节开幕\n\n{box}本报记者 周小禾\n\n{TEXT}\n\n{MORE}\n")
    assert (article.headline, article.authors, article.body) == (
        "南塘荷花节开幕",
        ("周小禾",),
        f"{TEXT}\n{MORE}",
    )


def test_a_byline_with_blanks_around_the_paper() -> None:
    """《 南塘日报 》（ 2024年07月09日 第 03 版） is the paper, the date and the page."""
    byline = parse_byline("本报记者 周小禾 《 南塘日报 》（ 2024年07月09日 第 03 版）")
    assert byline is not None
    assert (byline.authors, byline.publication, byline.page) == (("周小禾",), "南塘日报", "3")


@pytest.mark.parametrize(
    ("text", "headline", "date"),
    [
        ("---\ntitle: 甲\npubDate: 'Jul 09 2024'\n---\n乙", "甲", "2024-07-09"),
        ("---\n标题：甲\n日期：2024-07-09\n---\n乙", "甲", "2024-07-09"),
        ("---\ntitle: 甲\ndate: 2024-07-09\n...\n乙", "甲", "2024-07-09"),
        ("\n---\ntitle: 甲\ndate: 2024-07-09\n---\n乙", "甲", "2024-07-09"),
        ("---\n他说：今天晴。\n---\n乙", "", ""),
    ],
)
def test_front_matter(text: str, headline: str, date: str) -> None:
    """In other dates and colons, with another end, behind a blank line; never prose between rules."""
    said, _ = read_front_matter(text)
    assert (said.headline, said.date) == (headline, date)


@pytest.mark.parametrize(
    "label",
    [
        "〈民生观察〉",
        "<民生观察>",
        "〖民生观察〗",
        "〔民生观察〕",
        "（民生观察）",
        "·民生观察·",
        "★民生观察★",
        "～民生观察～",
    ],
)
def test_the_name_of_a_column_between_marks(label: str) -> None:
    """It is over the first headline of a page, and does not keep the page from being one."""
    page = f"{label}\n荷花盛开\n\n本报讯（记者 周小禾）{TEXT}\n\n夜市开街\n\n本报讯（记者 高原）{MORE}\n"
    first, second = split_page(page)
    assert (first.column, first.headline, first.authors) == ("民生观察", "荷花盛开", ("周小禾",))
    assert (second.column, second.headline) == ("", "夜市开街")


def test_a_pen_name_in_brackets_signs_the_text_before_it() -> None:
    """Round brackets between a text and a headline name no column."""
    page = f"荷花盛开\n\n本报讯 {TEXT}\n\n（新体）\n\n夜市开街\n\n本报讯（记者 高原）{MORE}\n"
    assert [article.column for article in split_page(page)] == ["", ""]


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("青峰报 2024年8月9日 第32期（总第1234期） 第3版", ("青峰报", "2024-08-09", "3")),
        ("总第567期 青峰报 2024年8月9日 A02", ("青峰报", "2024-08-09", "A02")),
        ("青峰日报 2024年8月9日/星期五/责任编辑：王平 电话：0532-82863300", ("青峰日报", "2024-08-09", "")),
    ],
)
def test_a_masthead_with_the_number_of_the_issue_or_a_telephone(
    line: str, facts: tuple[str, str, str]
) -> None:
    """The paper, the day and the page are those of its articles."""
    for page in (f"{line}\n\n荷花盛开\n\n本报讯 {TEXT}\n", f"荷花盛开\n\n本报讯 {TEXT}\n\n{line}\n"):
        (article,) = split_page(page)
        assert (article.publication, article.date, article.page) == facts
        assert article.body == TEXT


def test_the_name_of_a_section_over_one_headline_is_its_column() -> None:
    """Also where each section of a page in Markdown has one article."""
    page = (
        f"# 江湾日报 2024年8月9日\n\n## 民生\n\n### 荷花盛开\n\n{TEXT}\n\n## 社会\n\n### 夜市开街\n\n{MORE}\n"
    )
    found = [(article.column, article.headline) for article in split_page(page, source="a.md")]
    assert found == [("民生", "荷花盛开"), ("社会", "夜市开街")]


@pytest.mark.parametrize("lead", ["〔本報記者周小禾〕", "［本报记者 周小禾］", "〔記者周小禾〕"])
def test_who_reports_in_brackets_before_the_text(lead: str) -> None:
    """In any brackets."""
    (article,) = split_page(f"荷花盛开\n\n{lead}{TEXT}\n\n{MORE}\n")
    assert (article.authors, article.body) == (("周小禾",), f"{TEXT}\n{MORE}")


@pytest.mark.parametrize(
    ("lead", "authors"),
    [
        ("〔中央社記者李美華、陳志強高雄五日專電〕", ("李美華", "陳志強")),
        ("【侨报记者高原3月5日洛杉矶报道】", ("高原",)),
        ("工人日报-中工网讯（记者高原）", ("高原",)),
        ("北京青年报·北青网讯（记者 高原）", ("高原",)),
        ("本报综合新华社消息 ", ()),
        ("■记者 高原 ", ("高原",)),
        ("●本报记者 高原 ", ("高原",)),
        ("◆ 通讯员 高原 周小禾 ", ("高原", "周小禾")),
    ],
)
def test_who_tells_before_the_text(lead: str, authors: tuple[str, ...]) -> None:
    """A day before the place, a paper and its site, a mark before the post: no text, and no caption."""
    (article,) = split_page(f"荷花盛开\n\n{lead}{TEXT}\n\n{MORE}\n")
    assert (article.authors, article.body) == (authors, f"{TEXT}\n{MORE}")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("（中央社記者王小明台北5日電）", ("王小明",)),
        ("〔記者高原／台北報導〕", ("高原",)),
        ("【侨报记者高原3月5日洛杉矶报道】", ("高原",)),
        ("南都讯 记者高原", ("高原",)),
        ("柳溪晚报讯 记者 高原 通讯员 周小禾", ("高原", "周小禾")),
    ],
)
def test_who_tells_on_a_line_of_its_own(line: str, authors: tuple[str, ...]) -> None:
    """The agency or the paper is no author, though its name could be one (南都讯)."""
    (article,) = split_page(f"荷花盛开\n\n{line}\n\n{TEXT}\n\n{MORE}\n")
    assert (article.authors, article.body) == (authors, f"{TEXT}\n{MORE}")


@pytest.mark.parametrize(
    "line",
    [
        "学生记者 周小禾 指导老师 高原",
        "学生记者 周小禾 指导教师：高原",
        "（周小禾 指导老师：高原）",
        "作者：周小禾 指导：高原",
    ],
)
def test_who_guided_a_pupil_is_no_author(line: str) -> None:
    """School papers name the teacher beside who wrote."""
    (article,) = split_page(f"荷花盛开\n\n{line}\n\n{TEXT}\n\n{MORE}\n")
    assert (article.authors, article.body) == (("周小禾",), f"{TEXT}\n{MORE}")


@pytest.mark.parametrize("line", ["记者团 周小禾", "文学社 周小禾", "记者站 周小禾"])
def test_a_society_is_no_author(line: str) -> None:
    """Though 文 is a surname, and 记者 a post."""
    (article,) = split_page(f"荷花盛开\n\n{line}\n\n本报讯 {TEXT}\n\n{MORE}\n")
    assert set(article.authors) <= {"周小禾"}


@pytest.mark.parametrize("form", ["##{}", "###{}", "## {} {{#part}}", "## {} {{: .wide}}", "##{}##"])
def test_headings_that_markdown_parsers_of_some_sites_take(form: str) -> None:
    """Without a space, and with a name for links; neither is in the headline."""
    heads = [form.format(head) for head in ("荷花盛开", "夜市开街")]
    page = f"{heads[0]}\n\n记者 周小禾\n\n{TEXT}\n\n{heads[1]}\n\n记者 高原\n\n{MORE}\n"
    found = [(article.headline, article.body) for article in split_page(page, source="a.md")]
    assert found == [("荷花盛开", TEXT), ("夜市开街", MORE)]


@pytest.mark.parametrize("tags", ["#荷花 #夜市", "#荷花盛开#今天来看", "看完点赞\n#荷花盛开"])
def test_a_word_behind_a_hash_is_text(tags: str) -> None:
    """One hash marks a word that is looked for, unless the first line is nothing else."""
    (article,) = split_page(f"{tags}\n\n{TEXT}\n", source="a.md")
    assert "".join(tags.splitlines()[-1].split()) in f"{article.headline}\n{article.body}"


def test_the_number_of_an_issue_over_the_names_of_its_sections() -> None:
    """Three levels of headings; only the lowest are headlines."""
    page = (
        f"# 第12期\n\n## 校园新闻\n\n### 荷花盛开\n\n记者 周小禾\n\n{TEXT}\n\n"
        f"## 图书馆\n\n### 夜市开街\n\n记者 高原\n\n{MORE}\n"
    )
    found = [(article.column, article.headline) for article in split_page(page, source="a.md")]
    assert [headline for _, headline in found] == ["荷花盛开", "夜市开街"]
    assert [column for column, _ in found] == ["校园新闻", "图书馆"]


@pytest.mark.parametrize("mark", ["- END -", "- 完 -", "- 全文完 -", "* END *"])
def test_an_end_mark_between_hyphens_is_no_item_of_a_list(mark: str) -> None:
    """In Markdown; what it ends has a heading."""
    (article,) = split_page(f"# 荷花盛开\n\n记者 周小禾\n\n{TEXT}\n\n{MORE}\n\n{mark}\n", source="a.md")
    assert article.body == f"{TEXT}\n{MORE}"


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        ("title: >-\n  荷花\n  盛开\nreporter: 周小禾", ("荷花盛开", ("周小禾",))),
        (
            'title: "荷花盛开"\nauthor:\n  - "[[周小禾]]"\n  - "[[people/gao|高原]]"',
            ("荷花盛开", ("周小禾", "高原")),
        ),
        ("title: he-hua\n通讯员: 周小禾\n---\n\n# 荷花盛开", ("荷花盛开", ("周小禾",))),
        ("title: Wi-Fi\nauthor: 周小禾\n---\n\n# 荷花盛开", ("Wi-Fi", ("周小禾",))),
    ],
)
def test_what_front_matter_says_of_an_article(lines: str, facts: tuple[str, tuple[str, ...]]) -> None:
    """Titles over several lines, links of notes, who reports; an address is no title where there is one."""
    end = "" if "---" in lines else "\n---"
    (article,) = split_page(f"---\n{lines}{end}\n\n{TEXT}\n\n{MORE}\n", source="a.md")
    assert (article.headline, article.authors) == facts


@pytest.mark.parametrize(
    "number", ["（一）", "一", "第一节", "一、", "(1)", "【一】", "I", "①", "第一部分", "第 1 章"]
)
def test_numbers_alone_below_the_parts_of_a_text_are_no_headlines(number: str) -> None:
    """They begin anew below each part; a digest has words beside its numbers."""
    others = {"一": "二", "1": "2", "I": "II", "①": "②"}
    mark = next(mark for mark in others if mark in number)
    text = "茶园进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬，比去年早五天。"
    parts = "".join(
        f"## {part}\n\n### {number}\n\n{text}\n\n### {number.replace(mark, others[mark])}\n\n{text}\n\n"
        for part in ("茶园今年的年景", "工人们从哪里来", "往后怎么办")
    )
    assert len(split_page(f"# 柳溪茶农第二次大会宣言\n\n{parts}", source="a.md")) == 1
    named = parts.replace(f"### {number}\n", f"### {number} 柳溪春茶抢鲜上市\n")
    assert len(split_page(f"# 柳溪日报\n\n{named}", source="a.md")) > 1
