"""Does a text contain a phrase? By brute force, from the rules of matching: rows of units are compared."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from searchlib import Article
from searchlib.model import TEXT_FIELDS

TRANSPARENT = frozenset("《》〈〉“”‘’「」『』·・‧﹁﹂﹃﹄\"'")
SIGNS = frozenset("~<>=^`|´¨¯¸−∼〜")  # no punctuation for Unicode, but marks for a reader
HAN = ("CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "IDEOGRAPHIC")
BORDER = "|"
UNIT = re.compile(r"\d+(?:[.,]\d+)*|(?:L[\u0300-\u036f]*)+|.", re.DOTALL)


def is_han(char: str) -> bool:
    """Tell a character that is written without spaces by its name."""
    return unicodedata.name(char, "").startswith(HAN) and unicodedata.category(char)[0] in "LN"


def fate(char: str) -> str:
    """Return the character itself, or `|` for a border, a space, nothing."""
    category = unicodedata.category(char)
    if char in TRANSPARENT or category == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return ""
    if char.isspace():
        return BORDER if char in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029" else " "
    is_mark = category[0] == "P" or category in {"Cc", "Cs"} or char in SIGNS
    return BORDER if is_mark and char not in ".,%‰‱" else char


@lru_cache(maxsize=1 << 15)
def units(text: str, script: Callable[[str], str]) -> tuple[tuple[str, bool], ...]:
    """Return the units of a text, each with whether a space that counts stands before it."""
    chars = script("".join(map(fate, unicodedata.normalize("NFKC", text).casefold())))
    shape = "".join("L" if c.isalpha() and not is_han(c) else c for c in chars)
    row: list[tuple[str, bool]] = []
    before = ""
    for match in UNIT.finditer(shape):
        unit = BORDER if match.group() in ".," else chars[match.start() : match.end()]
        last = row[-1][0] if row else ""
        if unit != " " and not unit == last == BORDER:
            words = not any(u in {"", BORDER} or is_han(u[0]) for u in (unit, last))
            row.append((unit, words and before == " "))
        before = unit
    return tuple(row)


def contains(text: str, phrase: str, *, exact: bool, script: Callable[[str], str]) -> bool:
    """Tell whether *phrase* stands in *text*; without *exact* neither spaces nor the script count."""
    fold, both = (str if exact else script), (phrase, f"\n{text}\n")
    wanted, there = (tuple((unit, spaced and exact) for unit, spaced in units(t, fold)) for t in both)
    return any(unit != BORDER for unit, _ in wanted) and any(
        there[i][0] == wanted[0][0] and there[i + 1 : i + len(wanted)] == wanted[1:]
        for i in range(len(there))
    )


def places(folded: str, phrase: str, *, exact: bool, script: Callable[[str], str]) -> list[tuple[int, int]]:
    """Return where *phrase* stands in a folded text, the borders at its ends left out."""
    fold = str if exact else script
    wanted = [(unit, spaced and exact) for unit, spaced in units(phrase, fold)]
    shape = "".join("L" if c.isalpha() and not is_han(c) else c for c in fold(folded))
    row: list[tuple[tuple[str, bool], int, int]] = [((BORDER, False), 0, 0)]
    for match in UNIT.finditer(shape):
        start, end = match.span()
        if match.group() == "\n":
            row.append(((BORDER, False), start, end))
        elif match.group() != " ":
            row.append(((fold(folded)[start:end], exact and folded[start - 1 : start] == " "), start, end))
    row.append(((BORDER, False), len(folded), len(folded)))
    found = []
    for first in range(len(row)):
        stretch = row[first : first + len(wanted)]
        there = [unit for unit, *_ in stretch]
        if wanted and there and there[0][0] == wanted[0][0] and there[1:] == wanted[1:]:
            inner = [(start, end) for (unit, _), start, end in stretch if unit != BORDER]
            found += [(inner[0][0], inner[-1][1])] if inner else []
    return found


def stretches(text: str, within: int | str) -> list[str]:
    """Return the sentences or paragraphs of a text as it was given, or all of it."""
    paragraphs = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
    ends = {"s": f"。！？!?；;…｡{paragraphs}", "p": paragraphs}
    found = [""]
    for char in text:
        if char in ends.get(str(within), ""):
            found.append("")
        else:
            found[-1] += char
    return found


def holders(articles: list[Article], phrase: str, *, exact: bool, script: Callable[[str], str]) -> set[str]:
    """Return the ids of the articles that contain *phrase* in a field."""
    texts = [(a.id, text) for a in articles for name in TEXT_FIELDS for text in a.texts(name)]
    return {key for key, text in texts if contains(text, phrase, exact=exact, script=script)}
