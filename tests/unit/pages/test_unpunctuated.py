"""Pages of the 1930s, printed without a punctuation mark; all texts and people are made up."""

from __future__ import annotations

import pytest

from searchlib import split_page

NEWS = (
    ("柳溪春茶上市", "柳溪鎮茶園近日進入採摘旺季鎮長組織工人二百名分批下地預計月底可將第一茬採畢"),
    ("農會議決設廠", "農會昨開常務會議議決於下月添設製茶廠兩所以利鄉民並請縣府撥款補助"),
    ("小學書屋落成", "河灣小學新建書屋已於昨日落成開放至晚間九時止學生均可入內自修"),
)
FORMS = ("{}\n{}\n", "{}\n\u3000\u3000{}\n\n", "{}\n\n{}\n\n", "◎{}\u3000{}\n", "○{}  {}\n\n")
BOOK = (
    "學而第一\n子曰學而時習之不亦說乎有朋自遠方來不亦樂乎人不知而不慍不亦君子乎\n為政第二\n"
    "子曰為政以德譬如北辰居其所而眾星共之子曰詩三百一言以蔽之曰思無邪"
)
DAY = "1935-03-05.txt"


def page(form: str, first: str = "", top: str = "") -> str:
    """Return the news, each in a form; *first* is before the first text."""
    items = (form.format(head, (first if n == 0 else "") + text) for n, (head, text) in enumerate(NEWS))
    return top + "".join(items)


@pytest.mark.parametrize(
    "form", ["{}\n{}\n", "{}\n\u3000\u3000{}\n\n", "{}\n\n{}\n\n", "◎{}\u3000{}\n", "○{}  {}\n\n"]
)
@pytest.mark.parametrize(
    ("source", "first", "top"),
    [
        (DAY, "", ""),
        ("a.txt", "【本報訊】", ""),
        ("a.txt", "中央社柳溪三日電　", ""),
        ("a.txt", "", "民國二十四年三月五日　星期二　柳溪日報　第三版\n\n"),
    ],
)
def test_a_short_line_over_a_long_one_is_a_headline(form: str, source: str, first: str, top: str) -> None:
    """Where a day, a masthead or a dateline tells of a paper."""
    found = split_page(page(form, first, top), source=source)
    assert [a.headline for a in found] == [head for head, _ in NEWS]
    assert [a.body.endswith(text) for a, (_, text) in zip(found, NEWS, strict=True)] == [True] * len(NEWS)


@pytest.mark.parametrize(
    "text",
    [
        page("{}\n{}\n"),
        "\n".join(text for _, text in NEWS),
        BOOK,
        "春眠不覺曉\n處處聞啼鳥\n夜來風雨聲\n花落知多少\n" * 5,
    ],
)
def test_a_text_that_tells_of_no_paper_stays_whole(text: str) -> None:
    """A book without marks has titles over its chapters too."""
    assert len(split_page(text, source="a.txt")) == 1


@pytest.mark.parametrize("text", ["春眠不覺曉\n處處聞啼鳥\n夜來風雨聲\n花落知多少\n" * 5, NEWS[0][1] * 4])
def test_lines_of_one_length_are_no_headlines(text: str) -> None:
    """Though the file is named after a day."""
    assert len(split_page(text, source=DAY)) == 1
