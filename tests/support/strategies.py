"""What Hypothesis draws: Chinese text with all its trouble, articles, queries."""

from __future__ import annotations

from hypothesis import strategies as st

from searchlib import Article

HAN = "党建引领基层治理中国农业发展银行的人民一二三十查干湖冬捕节开幕会议月日年上下"
TRADITIONAL = "黨建領導層國農業發銀學後裡麵體臺灣"
KANA = "のカタひら"
PUNCTUATION = "，。、；：？！…—（）【】《》“”‘’「」『』·〈〉,.!?;:()[]\"'-_/&~|@#*\\"
FULL_WIDTH = "ＡＢｃ１２３％．，－　！"
LATIN = "abcGUWiFß"
SIGNS = "%‰+=<>$€℃①²½"
SPACES = " \t\n\r\u3000\u00a0\u200b"
COMBINING = "\u0301\u0308\u3099é\u1100\u1161\u11a8ｶﾞ"
ASTRAL = "𠮷𠀀😀𝟓"
SURROGATES = "\ud800\udfff"

_EVERYTHING = [
    HAN,
    TRADITIONAL,
    KANA,
    PUNCTUATION,
    FULL_WIDTH,
    LATIN,
    "0123456789",
    SIGNS,
    SPACES,
    COMBINING,
    ASTRAL,
]
_PLAIN = [HAN, TRADITIONAL[:6], "，。、《》“”·.,%-", "ab GU", "0123456789", " \n\u3000"]


def _characters(groups: list[str]) -> st.SearchStrategy[str]:
    return st.one_of(*[st.sampled_from(group) for group in groups])


def chinese_text(max_size: int = 40) -> st.SearchStrategy[str]:
    """Draw text of every kind, lone surrogates included."""
    return st.text(_characters([*_EVERYTHING, SURROGATES]), max_size=max_size)


def han_text(max_size: int = 30) -> st.SearchStrategy[str]:
    """Draw runs of Han."""
    return st.text(st.sampled_from(HAN + TRADITIONAL), min_size=1, max_size=max_size)


def plain_text(max_size: int = 30) -> st.SearchStrategy[str]:
    """Draw text such as newspapers print: many like characters, so that phrases nearly match."""
    return st.text(_characters(_PLAIN), max_size=max_size)


def articles(texts: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Article]:
    """Draw articles without ids."""
    text = plain_text() if texts is None else texts
    return st.builds(
        Article,
        headline=text,
        body=text,
        subtitle=text,
        authors=st.lists(text, max_size=2).map(tuple),
        date=st.sampled_from([None, "2024-08-09", "2023", "--08-09"]),
    )


def queries() -> st.SearchStrategy[str]:
    """Draw what somebody might type: words, operators, marks, in no good order."""
    parts = st.one_of(
        st.sampled_from(
            [
                "AND",
                "OR",
                "NOT",
                "ＡＮＤ",
                "NEAR/10",
                " NEAR/s ",
                "ＮＥＡＲ／３",
                '"~2',
                "^2",
                "＾",
                "(",
                ")",
                "（",
                "）",
                '"',
                "“",
                "”",
                "＂",
                "\\",
                "-",
                "+",
                "－",
                "*",
                "~",
                "?",
            ]
        ),
        st.sampled_from(
            ["headline:", "标题：", "date:", "date:2024-08..", "page:A05", "foo:", ":", " ", "\u3000", "\n"]
        ),
        chinese_text(6),
    )
    return st.lists(parts, max_size=12).map("".join)
