"""Tables below a headline, columns without a text, letter-spaced heads; all texts and people are made up."""

from __future__ import annotations

import pytest

from searchlib import split_page

ONE = "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬。"
TWO = "镇农技站站长说，下一步将建设两条加工线，带动户均增收两千元。"
THREE = "河湾社区新建的书屋昨晚开放到九点，孩子们放学后可以来这里写作业。"
TABLES = (
    "| 作者 | 日期 |\n|---|---|\n| 周小禾 | 2024-03-05 |",
    "| 作者 | 周小禾 |\n|---|---|\n| 日期 | 2024-03-05 |",
    "| 日期 | 2024-03-05 |\n| :-- | :-- |\n| 作者 | **周小禾** |\n| 来源 | 柳溪日报 |",
    "|作者|编辑|审核|日期|\n|:-:|:-:|:-:|:-:|\n|周小禾|高原|李青|2024年3月5日|",
    "发布日期 | 作者\n--- | ---\n2024/3/5 | [周小禾](https://example.org/zhou)",
    "| 作 者 | 發佈時間 |\n|---|---|\n| 周小禾 | 2024-03-05 08:30 |",
    "| Author | Date |\n|---|---|\n| 周小禾 | 2024-03-05 |",
)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_below_the_headline_signs(table: str) -> None:
    """Labels in the first row or in the first column; nothing of it is in the text."""
    (article,) = split_page(f"# 柳溪春茶抢鲜上市\n\n{table}\n\n{ONE}\n\n{TWO}", source="a.md")
    assert (article.headline, article.authors, article.date) == (
        "柳溪春茶抢鲜上市",
        ("周小禾",),
        "2024-03-05",
    )
    assert article.body == f"{ONE}\n{TWO}"


def test_each_article_of_a_page_has_its_table() -> None:
    """Then the table signs the one that it is in."""
    news = [("柳溪春茶抢鲜上市", "周小禾", ONE), ("河湾社区书屋亮灯", "高原", THREE)]
    text = "\n\n".join(
        f"# {h}\n\n| 作者 | 日期 |\n|---|---|\n| {a} | 2024-03-05 |\n\n{t}" for h, a, t in news
    )
    found = split_page(text, source="a.md")
    assert [(a.headline, a.authors, a.body) for a in found] == [(h, (a,), t) for h, a, t in news]


@pytest.mark.parametrize(
    "table",
    [
        "| 品种 | 日期 |\n|---|---|\n| 龙井 | 2024-03-05 |",
        "| 作者 | 日期 |\n|---|---|\n| 周小禾 | 2024-03-05 |\n| 高原 | 2024-03-06 |",
        "| 链接 | 编号 |\n|---|---|\n| 茶园 | 12 |",
    ],
)
def test_other_tables_are_text(table: str) -> None:
    """Other words than labels, several rows of values, labels that say nothing of an article."""
    (article,) = split_page(f"# 柳溪春茶抢鲜上市\n\n{table}\n\n{ONE}\n\n{TWO}", source="a.md")
    assert table.split("|")[-3 if table.endswith("|") else -2].strip() in article.body
    assert article.authors == ()


@pytest.mark.parametrize("marks", ["#", "##"])
def test_a_short_heading_without_a_text_names_a_column(marks: str) -> None:
    """It is over headings of its own level; one that nothing follows of a template's is left out."""
    heads = ("要闻", "柳溪春茶抢鲜上市", "两条加工线月底投产", "读书", "社区", "河湾书屋亮灯")
    texts = ("", ONE, TWO, "", "", THREE)
    text = "\n\n".join(f"{marks} {head}\n\n{text}" for head, text in zip(heads, texts, strict=True))
    found = split_page(f"柳溪早报 2024-03-05\n\n{text}", source="a.md")
    assert [(a.column, a.headline) for a in found] == [
        ("要闻", "柳溪春茶抢鲜上市"),
        ("", "两条加工线月底投产"),
        ("社区", "河湾书屋亮灯"),
    ]


@pytest.mark.parametrize(
    ("printed", "headline"),
    [
        ("春 茶 抢 鲜 上 市", "春茶抢鲜上市"),
        ("春　茶　抢　鲜　上　市", "春茶抢鲜上市"),
        ("春 茶 上 市　产 量 翻 番", "春茶上市 产量翻番"),
        ("春 茶 上 市  产 量 翻 番", "春茶上市 产量翻番"),
        ("柳溪 春 茶 上 市", "柳溪 春茶上市"),
        ("春茶上市 产量翻番", "春茶上市 产量翻番"),
        ("听 雨 采茶", "听 雨 采茶"),
        ("茶 与 书", "茶与书"),
    ],
)
def test_a_letter_spaced_headline_is_read_without_the_spaces(printed: str, headline: str) -> None:
    """Wider ones are between its halves; two lone characters among words stay apart."""
    (first, _) = split_page(f"{printed}\n本报讯（记者 周小禾）{ONE}\n\n书屋亮灯\n本报讯（记者 高原）{THREE}")
    assert first.headline == headline


@pytest.mark.parametrize("name", ["社论", "社　论", "短 评", "杂文", "来论", "要闻", "散文"])
@pytest.mark.parametrize("sections", ["", "### 一早\n\n", "### 一早\n\n{}\n\n### 傍晚\n\n"])
def test_the_name_of_a_column_over_one_headline_is_no_headline(name: str, sections: str) -> None:
    """Also where its characters are set apart."""
    text = f"# {name}\n\n## 论春茶之采摘\n\n{ONE}\n\n{sections.format(TWO)}{THREE}"
    (article,) = split_page(text, source="a.md")
    assert (article.headline, "".join(article.column.split())) == ("论春茶之采摘", "".join(name.split()))


@pytest.mark.parametrize("name", ["春茶", "茶园纪事", "简介"])
def test_another_heading_over_one_is_the_headline(name: str) -> None:
    """Then the deeper one is its subtitle, or its first section."""
    (article,) = split_page(f"# {name}\n\n## 论春茶之采摘\n\n{ONE}\n\n{TWO}", source="a.md")
    assert article.headline == name


@pytest.mark.parametrize("tip", ["", "## 提示\n\n镇里的书屋本周照常开放，请带好证件。\n\n"])
@pytest.mark.parametrize("day", ["11-{:02} 周一", "11月{}日", "11月{}日 星期三"])
def test_days_below_the_title_of_a_list_divide_it(day: str, tip: str) -> None:
    """Though the title has a day, and another heading is among them."""
    days = "\n\n".join(f"## {day.format(n)}\n\n{text}" for n, text in enumerate((ONE, TWO, THREE), 8))
    text = f'---\ntitle: "茶园 2021-11-08 至 11-12 值班"\n---\n\n{tip}{days}'
    (article,) = split_page(text, source="a.md")
    assert article.headline == "茶园 2021-11-08 至 11-12 值班"
