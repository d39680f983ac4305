from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.errors import CorpusError
from searchlib.ingest.encodings import _CURE, decode
from searchlib.ingest.euc_tw import decode_euc_tw
from searchlib.ingest.notes import Notes
from searchlib.ingest.plausibility import plausibility

SIMPLIFIED = (
    "查干湖冬捕今天开始，渔民在冰面上开网。",
    "坚持党建引领，推进基层治理现代化；",
    "记者从省政府了解到，今年全省粮食总产量再创新高。",
    "中国科学院计算技术研究所发布了C919的数据：",
    "“他说的话，我们都记得。”",
    "8月9日，9.09%的企业完成了改造。",
)
TRADITIONAL = (
    "臺灣的報紙今天報導，這個問題還沒有結果。",
    "他們說：「學校的經費要由國會決定」，",
    "這是一個關於電腦與網路的故事；",
    "中華民國九十年，政府對外發表聲明。",
    "香港的天氣比昨天還要熱，",
)
SIMPLIFIED_ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "gbk",
    "gb18030",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
)
TRADITIONAL_ENCODINGS = (
    "utf-8",
    "gb18030",
    "big5",
    "cp950",
    "big5hkscs",
    "utf-16-le",
    "utf-16-be",
    "utf-32-be",
)


def texts(sentences: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Draw texts of two sentences and more."""
    return st.lists(st.sampled_from(sentences), min_size=2).map("\n".join)


def refusal(data: bytes) -> str:
    """Return the message with which *data* is refused."""
    with pytest.raises(CorpusError) as caught:
        decode(data, "a.txt")
    return str(caught.value)


@pytest.mark.parametrize("encoding", SIMPLIFIED_ENCODINGS)
@given(text=texts(SIMPLIFIED))
def test_simplified_text_comes_back_from_every_encoding(encoding: str, text: str) -> None:
    """Simplified text of two sentences or more is decoded from each encoding that holds it."""
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("encoding", TRADITIONAL_ENCODINGS)
@given(text=texts(TRADITIONAL))
def test_traditional_text_comes_back_from_every_encoding(encoding: str, text: str) -> None:
    """Traditional text of two sentences or more is decoded from each encoding that holds it."""
    assert decode(text.encode(encoding), "a.txt") == text


def test_euc_tw_is_told_from_gb18030() -> None:
    """EUC-TW, whose bytes are GB18030 too, is decoded because its text is the more plausible."""
    written_by_iconv = "ead7fda4cefbdeded7cbc4f4c5b2dedef0d2a1a2ddd5d4b6d9c2f7eef5e4caf4c8b4e1b8ceaaa1a4"
    assert decode(bytes.fromhex(written_by_iconv), "a.txt") == "臺灣的報紙今天報導，這個問題還沒有結果。"


def test_euc_tw_of_the_second_plane_has_a_shift() -> None:
    """A character of plane 2 is written in four bytes."""
    assert decode_euc_tw(bytes.fromhex("8ea2a1a1c4e3")) == "乂中"


def test_euc_tw_of_a_higher_plane_is_an_error() -> None:
    """A plane that Big5 does not cover is refused, not replaced."""
    with pytest.raises(UnicodeDecodeError, match="illegal multibyte sequence"):
        decode_euc_tw(bytes.fromhex("c4e38ea3a1a1"))


def test_chinese_in_utf_16_without_a_nul_byte_is_decoded() -> None:
    """A line of Han characters alone has no NUL byte in UTF-16, and is still told from GB18030."""
    text = "坚持党建引领推进基层治理现代化"
    data = text.encode("utf-16-be")
    assert (b"\0" in data, decode(data, "a.txt")) == (False, text)


def test_latin_text_in_utf_16_without_a_mark_is_decoded() -> None:
    """Plain ASCII in UTF-16 is known by where its NUL bytes stand."""
    assert decode("DateTime,Bid,Ask\n".encode("utf-16-be"), "a.txt") == "DateTime,Bid,Ask\n"


def test_a_character_of_four_bytes_is_kept() -> None:
    """GB18030 reaches the characters beyond the first plane."""
    text = "新发现的汉字𠮷和𡈽在古籍中出现，专家说这很重要。"
    assert decode(text.encode("gb18030"), "a.txt") == text


@pytest.mark.parametrize("text", ["一", "模式", "一下"])
def test_a_word_of_gb18030_is_no_utf_8_by_chance(text: str) -> None:
    """Its bytes are two letters of another script, which nobody writes alone."""
    assert decode(text.encode("gb18030"), "a.txt") == text


@pytest.mark.parametrize("text", ["да", "και", "é", "Zürich", "ła"])
def test_a_word_of_another_script_stays_utf_8(text: str) -> None:
    """Its bytes are characters of GB18030 that are not frequent."""
    assert decode(text.encode(), "a.txt") == text


def test_cantonese_is_no_less_chinese() -> None:
    """Its own words are outside of what other Chinese uses."""
    assert decode("啲嘢喺邊度".encode("big5hkscs"), "a.txt") == "啲嘢喺邊度"


def test_line_ends_become_line_feeds() -> None:
    """All three line ends are one after decoding."""
    assert decode("甲\r\n乙\r丙\n".encode(), "a.txt") == "甲\n乙\n丙\n"


def test_the_mark_is_no_part_of_the_text() -> None:
    """A byte order mark is dropped, GB18030's too."""
    text = "坚持党建引领，推进基层治理。"
    assert decode(("\ufeff" + text).encode("gb18030"), "a.txt") == text


def test_nothing_is_an_empty_text() -> None:
    """A file of no bytes is a text of no characters."""
    assert decode(b"", "a.txt") == ""


def test_a_declaration_settles_a_short_text() -> None:
    """A Greek word that GB18030 reads as well; with the encoding declared it is Chinese."""
    declared = b'<meta charset="gb2312">' + "嵇铄的".encode("gbk")
    assert decode(declared, "a.txt") == '<meta charset="gb2312">嵇铄的'


def test_a_wrong_declaration_does_not_overrule_the_text() -> None:
    """GB18030 that calls itself Big5 is read as what it is."""
    text = '<?xml version="1.0" encoding="big5"?>坚持党建引领，推进基层治理现代化。'
    assert decode(text.encode("gb18030"), "a.txt") == text


def test_western_text_is_left_to_the_detector() -> None:
    """A French text in Windows-1252 is neither Chinese nor refused."""
    text = "Le président a déclaré que les négociations étaient terminées après une très longue journée."
    assert decode(text.encode("cp1252"), "a.txt") == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n", "is a PDF; take its text out first, for example with pdftotext"),
        (b"PK\x03\x04\x14\0", "is a ZIP archive or an Office document; unpack it or save it as plain text"),
        (b"\x89PNG\r\n\x1a\n\0", "is an image; take its text out first with OCR"),
        (b"\x1f\x8b\x08", "is a compressed file; unpack it first"),
        (
            b"abc\0\x01\x02\0\xff",
            "holds NUL bytes, the first at byte 3, and is no UTF-16 or UTF-32: it is no text; leave it out",
        ),
        (b"\x01\x02abc", "holds 2 control characters: it is no text; leave it out"),
        (
            codecs.BOM_UTF16_LE + b"\x2d\x4e\0",
            "is marked as UTF-16-LE, but broken at byte 4; save it again as UTF-8",
        ),
        (
            b"\xff\xfa\x81\xff\x9f",
            f"is in no encoding that can be told; {_CURE}",
        ),
    ],
)
def test_what_is_no_text_is_refused_with_its_cure(data: bytes, reason: str) -> None:
    """Each kind of file that is no text has its own reason, which says what to do."""
    assert refusal(data) == f"a.txt: {reason}"


@pytest.mark.parametrize(("encoding", "name"), [("utf-8", "UTF-8"), ("gb18030", "GB18030")])
def test_a_broken_character_is_named_by_its_place(encoding: str, name: str) -> None:
    """One broken byte costs a character and a remark, many of them the file; both name the byte."""
    start = "坚持党建引领，推进基层治理现代化。"
    data = start.encode(encoding) + b"\xff" + start.encode(encoding)
    notes = Notes()
    assert decode(data, "a.txt", notes) == f"{start}\ufffd{start}"
    place = len(start.encode(encoding))
    remark = f"a.txt: is {name}, but broken at byte {place}; 1 of its characters read as U+FFFD"
    assert [str(error) for error in notes.remarks("a.txt")] == [remark]
    with pytest.warns(UnicodeWarning, match=f"broken at byte {place}"):
        decode(data, "a.txt")
    cure = f"repair it, or drop what is broken with: iconv -c -f {name} -t UTF-8"
    broken = b"a\xff".join([start.encode(encoding)] * 9)
    assert refusal(broken) == f"a.txt: is {name}, but broken at byte {place + 1}; {cure}"


GB18030_WITHOUT_PROSE = [
    "测试",
    "目录",
    "练习",
    "鲤",
    "说明书",
    "陈堃 李玥 王喆",
    "周珺瑶\n吴宇晗\n何沐萱",
    "赵沐涵　１３８００１３８０００",
    "┌──┬──┐\n│姓名│成绩│\n└──┴──┘",
    "★☆★☆\n开业大吉\n★☆★☆",
    "━━━━━━\n通知\n━━━━━━",
    "nǐ hǎo 你好",
    "ㄅ ㄆ ㄇ ㄈ",
    "ㄅㄆㄇㄈㄉㄊㄋㄌ",
    "さくら さくら 樱花啊樱花",
    "カタカナ 片假名",
    "①苹果 ②香蕉 ③葡萄",
    "α粒子、β射线",
    "ＡＢＣＤ　１２３４",
    "80㎡ 住宅",
    "芍药 牡丹 蔷薇 茉莉 鸢尾",
    "鱼香肉丝 28元\n宫保鸡丁 32元",
    "■□■□\n菜单",
    "Ⅲ期 Ⅳ期",
    "→ 出口 ← 入口",
]


@pytest.mark.parametrize("text", GB18030_WITHOUT_PROSE)
def test_gb18030_without_prose_is_read(text: str) -> None:
    """Names, tables, signs and a few characters are read though no frequent character is among them."""
    assert decode(text.encode("gb18030"), "a.txt") == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("euc_jp", "さくらの花が咲く季節になりました。"),
        ("cp932", "さくらの花が咲く季節になりました。"),
        ("euc_kr", "한국어 문서입니다. 안녕하세요 여러분"),
        ("cp1251", "Привет, как дела? Сегодня хорошая погода."),
        ("koi8_r", "Привет как дела"),
        ("cp1252", "Ünïcödé Straße größer"),
        ("big5", "陳怡君 林志豪 黃雅婷"),
        ("big5", "會議紀錄"),
        ("big5", "中山大王不工之"),
    ],
)
def test_other_encodings_are_not_taken_for_it(encoding: str, text: str) -> None:
    """They are read as what they are, or refused."""
    with suppress(CorpusError):
        assert decode(text.encode(encoding), "a.txt") == text


def test_the_euro_of_windows_and_the_end_mark_of_dos() -> None:
    """Byte 80 in GBK is the euro sign; 1A at the end is no text, inside it is left."""
    price = "票价".encode("gbk") + b"\x8020" + "，学生半价，团体另议。".encode("gbk")
    assert decode(price, "a.txt") == "票价€20，学生半价，团体另议。"
    assert decode("坚持党建引领".encode() + b"\r\n\x1a", "a.txt") == "坚持党建引领\n"
    assert (
        decode("坚持党建引领".encode() + b"\x1a\x1a\0\0".replace(b"\0", b"\x1a"), "a.txt") == "坚持党建引领"
    )
    assert decode("坚持\x1a党建引领".encode(), "a.txt") == "坚持\x1a党建引领"


@given(st.binary())
def test_any_bytes_are_a_text_or_a_corpus_error(data: bytes) -> None:
    """No bytes make the reader fail in another way, and no text keeps a carriage return."""
    with suppress(CorpusError):
        assert "\r" not in decode(data, "a.txt")


def test_private_use_counts_against_a_text() -> None:
    """Private use, unassigned and replacement characters weigh three times as much as a good one."""
    assert (plausibility("的"), plausibility("\ue000"), plausibility("\ufffd")) == (1.0, -3.0, -3.0)


def test_ascii_says_nothing_unless_asked_for() -> None:
    """Markup around a text does not change how plausible it is."""
    assert plausibility("<p>的</p>") == plausibility("的")
    assert plausibility("abc", count_ascii=True) == 1.0


@pytest.mark.parametrize("size", [64, 4096])
def test_blocks_of_nul_bytes_around_a_text_are_left_out(size: int) -> None:
    """A program that broke off left them; inside one they say that it is no text."""
    text = "查干湖冬捕昨天开网，渔民凿开了第一个冰洞。"
    padding = bytes(size)
    for data in (padding + text.encode(), text.encode() + padding, padding + text.encode("gb18030")):
        assert decode(data, "a.txt") == text
    with pytest.raises(CorpusError, match="NUL bytes"):
        decode(text.encode() + padding + text.encode() + padding, "a.txt")
