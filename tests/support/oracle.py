"""Does a text contain a phrase? By brute force, from the rules of matching: rows of units are compared."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from searchlib import Article
from searchlib.analysis.script_table import RADICALS
from searchlib.model import TEXT_FIELDS

TRANSPARENT = frozenset("《》〈〉“”‘’「」『』·・‧﹁﹂﹃﹄\"'〝〞〟‵′«»‹›„‟‚‛⹂❛❜❝❞❟❠⟨⟩⟪⟫🙶🙷🙸")
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc")
SIGNS = frozenset("~<>=^`|´¨¯¸−∼〜⁄∕")  # no punctuation for Unicode, but marks for a reader
HAN = ("CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "IDEOGRAPHIC")
BORDER = "|"
UNIT = re.compile(r"\d+(?:[.,]\d+)*|(?:L[\u0300-\u036f]*)+|.", re.DOTALL)


def is_han(char: str) -> bool:
    """Tell a character that is written without spaces by its name."""
    return unicodedata.name(char, "").startswith(HAN) and unicodedata.category(char)[0] in "LN"


def fate(char: str) -> str:
    """Return the character itself, or `|` for a border, a space, nothing."""
    category = unicodedata.category(char)
    if char in TRANSPARENT or char in INVISIBLE or category == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return ""
    if "❶" <= char <= "➓" or "⓫" <= char <= "⓿":
        return str(int(unicodedata.numeric(char)))
    if char.isspace():
        return BORDER if char in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029" else " "
    is_mark = category[0] == "P" or category in {"Cc", "Cs"} or char in SIGNS
    return BORDER if is_mark and char not in ".,%‰‱" else char


def figure(char: str) -> str:
    """Return what kind of figure a character is: plain, raised, a fraction, enclosed; or none."""
    if not char or char in "0123456789０１２３４５６７８９":
        return "plain" if char else ""
    tag = unicodedata.decomposition(char).partition(" ")[0]
    if (
        unicodedata.category(char) != "No"
        or unicodedata.normalize("NFKC", char)[0] not in f"(0123456789{char}"
    ):
        return ""
    kinds = {"<super>": "raised", "<sub>": "raised", "<fraction>": "fraction"}
    return kinds.get(tag, "enclosed" if tag or char in "❶❷" else "")


def told(text: str) -> str:
    """Write the signs that their neighbours tell as what they are."""
    text = "".join(RADICALS.get(char, char) for char in text)
    row = "[0-9０-９]+(?:[,，.．][0-9０-９]+)+"
    text = re.sub(row, lambda match: numbers(match.group(), text[match.end() : match.end() + 4]), text)
    found = "(?<=[一二三四五六七八九十百千〇零])[○◯OＯ0０]{1,4}"
    text = re.sub(found, lambda match: zeros(match, text), text)
    return "".join(told_at(text, place) for place in range(len(text)))


def told_at(text: str, place: int) -> str:
    """Write one character as what it is, after a border where its neighbour is another figure."""
    char, after = text[place], text[place + 1 : place + 2]
    before = text[place - 1] if place else ""
    sides = [bool(side) and is_han(unicodedata.normalize("NFKC", side)[0]) for side in (before, after)]
    letters = [bool(re.match("[A-Za-zＡ-Ｚ]", side)) for side in (before, after)]
    here, last = figure(char), figure(before)
    apart = bool(here and last) and (here != last or here in {"enclosed", "fraction"})
    apart |= last not in {"", "plain"} and char in ",，.．"
    apart |= here not in {"", "plain"} and before != "" and before in ",，.．"
    if char in "•∙⋅．⸱⸳᛫ꞏ" and (all(sides) or (char != "．" and any(sides) and any(letters))):
        return ""
    if char in "≪≫" and any(sides):
        return ""
    if char in "′″‴‵‶‷⁗" and (last == "plain" or (re.match("[A-Za-z]", before) and not sides[1])):
        return BORDER
    if char in "○◯" and re.match("[一二三四五六七八九]年", text[place + 1 :]):
        return "〇"
    return BORDER * apart + char


def numbers(row: str, behind: str) -> str:
    """Write figures with commas and points between them, a border for each that belongs to no number."""
    half = unicodedata.normalize("NFKC", row)
    is_good = bool(re.fullmatch(r"[1-9]\d?\d?(,\d\d\d)+(\.\d+)?", half))
    for mark, text, good in (("，", row, is_good and not re.search("[0-9,]", row)), (",", half, is_good)):
        if mark in text and not good:
            *parts, last = text.split(mark)
            return BORDER.join([*(numbers(part, "") for part in parts), numbers(last, behind)])
    behind = unicodedata.normalize("NFKC", behind)
    is_year = re.fullmatch(r"\d\d?\.\d{4}", half) and behind[:1] == "年"
    is_month = re.fullmatch(r"\d\d?\.(0?[1-9]|1[012])", half) and re.match(r"月\d\d?[日号]", behind)
    return half.replace(".", BORDER) if is_year or is_month else half


def zeros(match: re.Match[str], text: str) -> str:
    """Write circles and zeros behind a numeral as zeros where they are."""
    behind, before = text[match.end() : match.end() + 1], text[: match.start()]
    many = len(match.group())
    if set(match.group()) <= set("○◯") or re.match("[一二三四五六七八九十百千年后後]", behind):
        return "〇" * many
    is_row = re.search("[一二三四五六七八九〇零○◯OＯ0０]{2}$", before[-2:])
    return "〇" * many if is_row and not re.match("[0-9A-Za-z]|\\d", behind) else match.group()


@lru_cache(maxsize=1 << 15)
def units(text: str, script: Callable[[str], str]) -> tuple[tuple[str, bool], ...]:
    """Return the units of a text, each with whether a space that counts stands before it."""
    chars = script("".join(map(fate, unicodedata.normalize("NFKC", told(text)).casefold())))
    chars = re.sub(r"\d+(?:\.\d+){2,}", lambda match: match.group().replace(".", BORDER), chars)
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
    """Return whether *phrase* stands in *text*; without *exact* neither spaces nor the script count."""
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
