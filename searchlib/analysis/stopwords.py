"""
Stop words: the words of a query that ask (什么) or only join the other words (的).

They weigh less than other words, and a search in the default mode does not require
them. A quoted phrase keeps them.

Origin: made for searchlib by one criterion each. A question word asks for the
answer, so the article that answers has no cause to hold it; a function word is a
particle, preposition, conjunction, pronoun or auxiliary of modern Chinese that
occurs as freely in an article on any other subject. Nouns, verbs of content,
numbers and words of place or time are in neither. They are written in
simplified characters, to which words are folded: one list serves both scripts.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchlib.analysis.folding import simplify
from searchlib.lazy import lazy_pattern

QUESTION_WORDS = frozenset(
    """
    什么 甚么 啥 是什么 什么样 什么时候 干什么 做什么 谁 哪 哪里 哪儿 哪个 哪些 哪几个 哪位 哪年 哪种
    哪天 哪家 哪样
    哪一个 哪一 多少 多久 多大 多长 多高 多远 几 几个 几时 怎 怎么 怎样 怎么样 怎么着 怎么办 怎能
    怎会 如何 为什么
    为何 为啥 何 何时 何地 何处 何人 何事 何种 何故 何谓 有何 是否 能否 可否 吗 呢 么
    怎么回事 怎么做 是不是 有没有 能不能 会不会 要不要 可不可以 该不该 好不好
    """.split()  # noqa: SIM905 (words of Chinese read better as a text)
)

FUNCTION_WORDS = frozenset(
    """
    的 地 得 了 着 过 之 所 是 在 有 和 与 及 以及 或 或者 而 而且 但 但是 并 并且 因为 所以
    被 把 对 对于 从 由 于 以 为
    也 都 就 又 还 会 能 可以 其 该 此 这 这个 这些 那 那个 那些 一个 一种
    他 她 它 他们 我 我们 你 您 等 请 请问 吧 啊 呀 嘛
    """.split()  # noqa: SIM905
)

QUESTION_FACTOR = 0.2
"""What is left of a question word's weight: 0 and 0.5 rank within 0.001 of it on what was measured."""

FUNCTION_FACTOR = 0.6
"""What is left of a function word's weight; less costs where texts are quoted, more costs elsewhere."""


STOP_WORDS = QUESTION_WORDS | FUNCTION_WORDS

_COUNTED = "[个位名天年月日号点岁次种部首条只家块篇份句集项届场座所支国本款层轮]"
_ASKS = lazy_pattern(
    f"多少.?|第几{_COUNTED}?|哪[一几些]?{_COUNTED}?|几{_COUNTED}|几(?:周年|个月|小时|分钟|公里|块钱|点钟|年级)|多[久大长高远重深宽快厚]"
)
"""Question words that are made as they are needed: 哪 or 几 with what is counted."""

SURE_CHARACTERS = frozenset("的了是在有和与就也都把被及或而但着吗呢吧啊呀嘛么谁啥哪怎又我你您他她它")
"""
Stop words of one character that are hardly ever part of a name: they are words of their own
also next to another single character. 于, 何, 会 or 之 next to one may be a name (于谦).
"""


def is_stop_word(word: str) -> bool:
    """
    Return whether a word, in either script, only asks or joins.

    >>> is_stop_word("什麼"), is_stop_word("农业")
    (True, False)
    """
    simple = simplify(word)
    return simple in STOP_WORDS or _ASKS.fullmatch(simple) is not None


def is_question_word(word: str) -> bool:
    """
    Return whether a word, in either script, asks.

    >>> is_question_word("哪座"), is_question_word("的")
    (True, False)
    """
    simple = simplify(word)
    return simple in QUESTION_WORDS or _ASKS.fullmatch(simple) is not None


def stopword_weight(word: str) -> float:
    """
    Return what part of its weight a word keeps, from 0 to 1.

    >>> stopword_weight("什么"), stopword_weight("的"), stopword_weight("农业")
    (0.2, 0.6, 1.0)
    """
    if word in QUESTION_WORDS or _ASKS.fullmatch(word):
        return QUESTION_FACTOR
    return FUNCTION_FACTOR if word in FUNCTION_WORDS else 1.0


def stopword_weights(clean: str, places: Sequence[tuple[str, int, int]]) -> list[float]:
    """
    Return what part of its weight each character of a text keeps: that of the word that it is in.

    Where every word is light there is nothing beside which to be light.

    Args:
        clean: The text.
        places: Its words, each with its start and end in the text.
    """
    found = [1.0] * len(clean)
    if all(stopword_weight(word) < 1 for word, *_ in places):
        return found
    for word, start, end in places:
        for place in range(start, end):
            found[place] = min(found[place], stopword_weight(word))
    return found
