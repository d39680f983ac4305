"""Lines with their places on a sheet in the order in which they are read; all texts are made up."""

from __future__ import annotations

from searchlib.ingest.layout import page_of_lines
from searchlib.ingest.reading_order import SetLine

SHEET = {0: (595.0, 842.0)}
SIZE = 10.0
LEFT, MIDDLE, RIGHT = 50.0, 220.0, 390.0
"""Left edges of three columns of fifteen characters."""
STEP = 14.0
WHITE = 30.0
"""From the top of a text's last line to that of the head below it."""


def line(text: str, left: float, top: float, size: float = SIZE) -> SetLine:
    """Set a line."""
    return SetLine(text, left, top, left + len(text) * size, top + size * 1.2, size)


def text(head: str, left: float, top: float, *, count: int = 2, chars: int = 15) -> list[SetLine]:
    """Set lines that tell what they are of: 甲一一一…, the last one shorter and with a full stop."""
    numerals = "一二三四五六七八九"[:count]
    lines = [line(head + numeral * (chars - 1), left, top + n * STEP) for n, numeral in enumerate(numerals)]
    lines[-1] = line(f"{head}{numerals[-1] * (chars // 2)}。", left, top + (count - 1) * STEP)
    return lines


def read(*lines: SetLine) -> str:
    """Return the first character of each line in reading order."""
    page = page_of_lines(lines, SHEET)
    return "".join(part[0] for block in page.blocks for part in block.text.split("\x0b"))


def test_a_narrow_head_below_two_columns_is_over_the_text_below_it() -> None:
    """It ends before the second column begins, but the text that follows does not."""
    first = [*text("甲", LEFT, 100), *text("乙", MIDDLE, 100)]
    below = [line("丙题目", LEFT, 145, 18), *text("丁", LEFT, 180, chars=32)]
    assert read(*first, *below) == "甲甲乙乙丙丁丁"


def test_heads_right_below_a_text_are_over_what_follows() -> None:
    """A text over the whole width, and two articles below it whose heads have white below them."""
    above = [line("甲题目", LEFT, 100, 18), *text("甲", LEFT, 125, chars=32)]
    heads = [line("乙题目", LEFT, 157, 18), line("丙题目", MIDDLE, 157, 18)]
    texts = [*text("乙", LEFT, 192), *text("丙", MIDDLE, 192)]
    assert read(*above, *heads, *texts) == "甲甲甲乙乙乙丙丙丙"


def test_texts_in_two_columns_under_heads_over_the_first() -> None:
    """Beside a column with articles of its own; no head reaches into the third column."""
    column = [each for n in range(5) for each in text("子", LEFT, 100 + n * 42, count=3)]
    shared = [
        each
        for number, name in enumerate("甲乙丙")
        for top in [100 + number * 70.0]
        for each in (
            line(f"{name}题目", MIDDLE, top, 16),
            *text(name, MIDDLE, top + 30),
            *text(name.translate(str.maketrans("甲乙丙", "ABC")), RIGHT, top + 30),
        )
    ]
    assert read(*column, *shared) == "子" * 15 + "甲甲甲AA乙乙乙BB丙丙丙CC"


def test_two_columns_with_heads_of_their_own_are_read_one_after_the_other() -> None:
    """No white goes through both."""
    lines = [
        each
        for left, stories in (
            (LEFT, (("甲", 100.0, 2), ("乙", 170.0, 5))),
            (MIDDLE, (("丙", 100.0, 5), ("丁", 215.0, 2))),
        )
        for name, top, count in stories
        for each in (line(f"{name}题目", left, top, 16), *text(name, left, top + 30, count=count))
    ]
    assert read(*lines) == "甲" * 3 + "乙" * 6 + "丙" * 6 + "丁" * 3


def test_who_wrote_is_below_a_centred_head() -> None:
    """Nothing is beside either: white between them makes no columns."""
    lines = [
        line("甲题目", 240, 100, 16),
        line("乙记者", LEFT, 125),
        line("丙" * 45, LEFT + 2 * SIZE, 141),
        line("丁" * 40, LEFT + 2 * SIZE, 155),
        line("戊题目", 240, 190, 16),
    ]
    assert read(*lines) == "甲乙丙丁戊"


def test_lines_that_are_all_first_lines_are_paragraphs() -> None:
    """Another text shows where the column begins."""
    lines = [
        *text("甲", LEFT, 100),
        *text("丁", MIDDLE, 100),
        line("题目", 200, 160, 16),
        line("乙" * 38, LEFT + 2 * SIZE, 186),
        line("丙" * 36, LEFT + 2 * SIZE, 200),
    ]
    texts = [block.text for block in page_of_lines(lines, SHEET).blocks]
    assert texts[-2:] == ["乙" * 38, "丙" * 36]


def test_a_masthead_does_not_go_on_in_the_headline_below_it() -> None:
    """It is set a little smaller: a text does not go on further down, in another column and another size."""
    lines = [
        line("柳溪日报 第三版", 240, 60, 9),
        line("甲题目", LEFT, 100),
        *text("乙", LEFT, 114),
        line("丙题目", MIDDLE, 100),
        *text("丁", MIDDLE, 114),
    ]
    assert page_of_lines(lines, SHEET).blocks[0].text == "柳溪日报 第三版"
