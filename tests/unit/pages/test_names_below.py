"""Names alone, right below the headlines of a page whose paragraphs are one line each."""

from __future__ import annotations

from searchlib.pages.splitter import split_page

TEXT = (
    "柳溪县今年的春茶从三月初起陆续上市，比去年早了十天，全县二十个合作社的社员都上了山，"
    "一天采茶三千斤，收茶的车队从早到晚没有停过，供销社的门口排起了长队，茶价也比去年高了一成多。"
)


def _page(*articles: tuple[str, str, str]) -> str:
    """Return a page: a masthead, and articles of a headline, a line of names and a text."""
    parts = ["柳溪日报　1990年10月5日　第3版"]
    for head, names, text in articles:
        parts.append("\n".join([head, *filter(None, [names]), *("　　" + line for line in text.split("\n"))]))
    return "\n\n".join(parts) + "\n"


def test_names_are_no_second_line_of_the_headline() -> None:
    """Short headlines over names make no column of a page whose paragraphs are long lines."""
    heads = (
        "柳溪春茶上市比去年早十天",
        "竹坪修成水渠灌田三千亩地",
        "青石中学运动会昨天开幕了",
        "一位乡村教师的星期天见闻",
        "春茶收购价格稳中有所上升",
        "青石桥通车两岸群众都高兴",
        "老茶农说茶要赶在雨前采完",
    )
    names = ("林禾", "周小禾　陈青石", "王志明", "李政", "赵葆青", "何懋绩　陈惠明", "柏生")
    found = split_page(_page(*((head, name, TEXT) for head, name in zip(heads, names, strict=True))))
    assert [(a.headline, a.authors) for a in found] == [
        (head, tuple(name.split("　"))) for head, name in zip(heads, names, strict=True)
    ]


def test_names_over_a_dateline_sign() -> None:
    """A dateline may be between the names and the text; all of the names sign, though it names the first."""
    dated = f"新华社竹坪10月4日电  记者周小禾、 本报记者陈青石报道：{TEXT}"
    found = split_page(_page(("竹坪修成水渠", "周小禾　陈青石", dated), ("春茶上市", "林禾", TEXT)))
    assert [(a.headline, a.authors) for a in found] == [
        ("竹坪修成水渠", ("周小禾", "陈青石")),
        ("春茶上市", ("林禾",)),
    ]


def test_heads_below_the_names_are_sections() -> None:
    """Names are between the headline and the head of the first section."""
    text = f"柳溪蓄力待发\n{TEXT}\n竹坪迅速崛起\n{TEXT}"
    page = _page(("两县：实力雄厚", "张国成　徐宝康", text), ("春茶上市", "林禾", TEXT))
    first, second = split_page(page.replace("　　柳溪蓄力", "柳溪蓄力").replace("　　竹坪迅速", "竹坪迅速"))
    assert (first.headline, first.authors, first.sections) == (
        "两县：实力雄厚",
        ("张国成", "徐宝康"),
        ("柳溪蓄力待发", "竹坪迅速崛起"),
    )
    assert second.headline == "春茶上市"


def test_pen_names_sign_where_names_do() -> None:
    """Where names are below the headlines, two Han there are a pen name; elsewhere a line of the head."""
    found = split_page(
        _page(("春茶上市", "林禾", TEXT), ("竹坪修成水渠", "周小禾", TEXT), ("强与弱的辩证法", "野夫", TEXT))
    )
    assert [a.authors for a in found] == [("林禾",), ("周小禾",), ("野夫",)]
    alone = split_page(_page(("强与弱的辩证法", "野夫", TEXT)))
    assert [a.authors for a in alone] == [()]


def test_one_blank_line_sets_articles_apart_where_paragraphs_have_none() -> None:
    """An unsigned article begins at a headline as long as the signed ones, with a blank line above."""
    page = _page(
        ("柳溪春茶上市", "林禾", f"{TEXT}\n{TEXT}"),
        (
            "坚定不移走自己的路",
            "",
            "正当春茶节在柳溪县热烈进行的时候，我们迎来了又一个丰收的年头。\n茶乡的路越走越宽。",
        ),
        ("竹坪修成水渠", "周小禾", f"{TEXT}\n{TEXT}"),
    )
    assert [a.headline for a in split_page(page)] == ["柳溪春茶上市", "坚定不移走自己的路", "竹坪修成水渠"]


def test_a_last_line_of_a_speech_is_not_set_over_the_next_headline() -> None:
    """干杯！ ends a speech; the headline behind it has a blank line above, as all have."""
    page = _page(("县长的讲话", "林禾", TEXT), ("茶节闭幕", "周小禾", TEXT)).replace(
        "\n\n茶节", "\n　　干杯！\n\n茶节"
    )
    assert [a.headline for a in split_page(page)] == ["县长的讲话", "茶节闭幕"]


def test_sections_with_a_blank_line_above_stay_sections() -> None:
    """Short heads, more than the signed articles, are sections, though a blank line is above each."""
    sections = "\n\n".join(f"{head}\n　　{TEXT}" for head in ("茶", "路", "水", "人"))
    page = _page(("柳溪春茶上市", "林禾", TEXT), ("竹坪修成水渠", "周小禾", TEXT)) + "\n" + sections
    assert [a.headline for a in split_page(page)] == ["柳溪春茶上市", "竹坪修成水渠"]
