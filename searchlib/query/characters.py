"""What single characters mean in a phrase: where a word may go on, numerals of Han, the wildcard."""

from __future__ import annotations

from searchlib.analysis.folding import is_han, simplify

MAX_WORDS = 1024
"""Default maximum number of words, and pieces of runs, of one query: they take about a second."""

DIGITS = frozenset("0123456789")
_IN_NUMBERS = DIGITS | frozenset(".,")
HAN_NUMERALS = "零〇一二三四五六七八九十百千万亿两廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟"
"""The characters that numbers are written with."""
KEPT_CHARACTERS = "乾徵"
"""Characters that fold to others but in some words: 乾 is 干 in 乾燥, not in 乾隆."""
WILDCARD = "*"
"""Stands in a phrase for what may be there: folding leaves no other star."""
GAP_CHARS = 20
"""Maximum number of characters that a `*` inside a word of Han stands for."""


def is_letter(text: str) -> bool:
    """Return whether a text begins with what is a letter for a phrase, without compiling it."""
    char = text[0]
    return (char.isalnum() and not char.isdecimal() and not is_han(char)) or "\u0300" <= char <= "\u036f"


def may_go_on(char: str) -> bool:
    """Return whether a word or a number could go on beside a character: only such an end can be open."""
    return char in DIGITS or is_letter(char)


def is_one_word(phrase: str) -> bool:
    """
    Return whether a phrase is a single word of letters, or a single number, gaps included.

    >>> is_one_word("col*r"), is_one_word("2*4"), is_one_word("5g"), is_one_word("湖a")
    (True, True, False, False)
    """
    chars = phrase.replace(WILDCARD, "")
    return all(map(is_letter, chars)) or all(char in _IN_NUMBERS for char in chars)


def fold_script(phrase: str, kept: tuple[str, ...]) -> str:
    """
    Fold the script of a phrase, but not of the words that keep theirs.

    >>> fold_script("乾隆吃餅乾", ("乾隆",))
    '乾隆吃饼干'
    """
    wanted = list(simplify(phrase))
    for word in kept:
        start = phrase.find(word)
        while start >= 0:
            for place, char in enumerate(word, start):
                wanted[place] = char if char in KEPT_CHARACTERS else wanted[place]
            start = phrase.find(word, start + 1)
    return "".join(wanted)
