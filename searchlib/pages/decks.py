"""The lines over an article: which is the headline, which the overline, the subtitle, the column's slug."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import add
from typing import NamedTuple

from searchlib.native import engine
from searchlib.pages.lines import is_han, width
from searchlib.pages.shapes import LABEL_CHARS, ends_overline, slug_in, starts_subtitle
from searchlib.pages.stretches import Piece, Role

_SPACE = re.compile(r"[ \t\u3000\x0b]+")
_BRACKETED = re.compile(r"[【\[［](?P<slug>[^】\]］]{2,14})[】\]］]")
_SLUG = re.compile(r"[一-鿿·]{0,8}(?:要闻|简讯|快讯|短讯|时评|观察|视点|聚焦|关注|专栏|专版|特刊)")
_RUN = re.compile(r"[一-鿿㐀-䶿]+|[A-Za-z0-9.%]+")
# With these no clause begins, with those none ends: a space there is a line's end. Characters that also
# begin or end words (和 in 和美, 对 in 应对) tell nothing.
_LIGHT_VERB = re.compile(r"(?:的|进行|予以|加以|作出|做出|得到)")
_WANTS_MORE = re.compile(r"[的、，]$")
PART = re.compile(r"[(（]?[一二三四五六七八九十]{1,2}[)）、]")
"""With this a line begins that says a part of what the headline tells: 一、新建茶园."""
_CONTEXT = 2

DECK_LINES = 3
"""Lines of a deck that has all its parts."""
LEAD_CHARS = 160
"""Characters of the text with which heads are compared: the lead says the headline again."""
LENGTH_COST = 0.03
"""What each character more than in the shortest line costs: secondary lines are set smaller, so longer."""
FULL_LINE = 20
"""Characters at which a headline fills its line."""
OVERFULL_COST = 0.03
"""What each character beyond a full line costs besides."""
MAX_COST = 0.6
"""What length costs at most: a long line that the text says again is still the headline."""
FIRST_BONUS = 0.1
"""What standing first is worth, when little else tells."""
MIDDLE_BONUS = 0.15
"""What standing in the middle of three lines is worth: overline, headline, subtitle."""
MIN_SUPPORT = 0.2
"""Share of a line's pairs of characters, at least, that are in the text if the line speaks of it."""
RELATIVE_SUPPORT = 0.5
"""The same, as a share of what the best line has."""


class Deck(NamedTuple):
    """Headline and the lines about it, joined by a space where there are several."""

    headline: str = ""
    overline: str = ""
    subtitle: str = ""
    column: str = ""
    roles: tuple[Role, ...] = ()


MIN_LETTERS = 4
"""Characters set apart one by one at least, among other words of a head."""
_LETTERS = re.compile(rf"(?<!\S)[\u3400-\u9fff](?:{_SPACE.pattern}[\u3400-\u9fff])+(?!\S)")


def read_deck(heads: Sequence[Piece], body: str) -> Deck:
    """
    Tell the parts of a group of heads.

    Markdown marks the headline by the smallest number of hashes, or by bold
    type. Among lines that are set alike it is the one that is short and that the lead says again: what ends
    with a dash or a colon, or is a mere label, stands over it.
    """
    texts = [close_wrap(piece.text, body) for piece in heads]
    if len(texts) <= 1:
        return Deck(texts[0], roles=("headline",)) if texts else Deck()
    column = ""
    roles: list[Role] = ["overline"] * len(texts)
    candidates = list(range(len(texts)))
    for i in candidates[:-1]:
        if heads[i].level:
            continue
        boxed = _BRACKETED.fullmatch(texts[i])
        slug = boxed["slug"] if boxed else slug_in(texts[i])
        if slug or (_SLUG.fullmatch(texts[i]) and _has_headline(texts[i + 1 :], body)):
            column = slug or texts[i]
            roles[i] = "column"
            candidates.remove(i)
            break
    chosen = _headline(candidates, heads, texts, body)
    for i in candidates:
        roles[i] = "overline" if i < chosen else "headline" if i == chosen else "subtitle"
    over = " ".join(texts[i] for i in candidates if i < chosen)
    under = " ".join(texts[i] for i in candidates if i > chosen)
    return Deck(texts[chosen], over, under, column, tuple(roles))


def _headline(candidates: Sequence[int], heads: Sequence[Piece], texts: Sequence[str], body: str) -> int:
    marked = [i for i in candidates if heads[i].level]
    if marked:
        return min(marked, key=lambda i: (heads[i].level, i))
    if bold := [i for i in candidates if heads[i].is_bold]:
        candidates = bold
    plain = [
        i for i in candidates if i == candidates[-1] or not (heads[i].is_label or _is_overline(texts[i]))
    ]
    plain = [i for i in plain if i == candidates[0] or not starts_subtitle(texts[i])]
    plain = [i for i in plain if i == candidates[0] or not PART.match(texts[i])]
    plain = plain or list(candidates[-1:])
    if len(plain) == 1:
        return plain[0]
    flat = "".join(body.split())
    lead = body[:LEAD_CHARS]
    middle = plain[1] if len(plain) == DECK_LINES else -1
    support = {i: coverage(texts[i], flat) for i in plain}
    plain = _speaking(plain, texts, flat, support)
    widths = {i: width(texts[i]) for i in plain}
    shortest = min(widths.values())

    def weight(i: int) -> float:
        cost = LENGTH_COST * (widths[i] - shortest) + OVERFULL_COST * max(0.0, widths[i] - FULL_LINE)
        said = coverage(texts[i], lead) + support[i] / 2
        return said - min(cost, MAX_COST) + FIRST_BONUS * (i == candidates[0]) + MIDDLE_BONUS * (i == middle)

    return max(plain, key=lambda i: (weight(i), -i))


def _has_headline(texts: Sequence[str], body: str) -> bool:
    """Return whether one of the lines may be the headline: else 国内快讯 is no slug but one itself."""
    flat = "".join(body.split())
    return any(not starts_subtitle(text) and coverage(text, flat) >= MIN_SUPPORT for text in texts)


def _speaking(
    plain: Sequence[int], texts: Sequence[str], body: str, support: Mapping[int, float]
) -> list[int]:
    """
    Leave out lines that say nothing of the text, and those that are in it word for word.

    A headline has words of its own; subtitles are often taken from the text.

    Args:
        support: How much of each line the text says.
    """
    written = [i for i in plain if "".join(texts[i].split()) not in body]
    most = max((support[i] for i in written), default=0.0)
    if most < MIN_SUPPORT:
        written = list(plain)
        most = max(support.values())
    return [i for i in written if support[i] >= most * RELATIVE_SUPPORT]


def _is_overline(text: str) -> bool:
    return ends_overline(text) or len(text) <= LABEL_CHARS


def coverage(head: str, text: str) -> float:
    """
    Return the share of a head's bigrams that a text has too, 0 to 1.

    Numbers and words of other scripts count whole.

    >>> coverage("冬捕开网", "查干湖冬捕昨日开始")
    0.3333333333333333
    """
    kernel = engine().kernel
    try:
        if kernel is not None:
            share: float = kernel.coverage(head, text)
            return share
    except UnicodeEncodeError:  # a surrogate alone
        pass
    pairs = pairs_of(head)
    return len([1 for pair in pairs if pair in text]) / len(pairs) if pairs else 0.0


def pairs_of(head: str) -> set[str]:
    """Return the pairs of Han characters that stand side by side, and numbers and words of other scripts."""
    pairs: set[str] = set()
    for run in _RUN.findall(head):
        pairs.update([run] if run[0].isascii() else map(add, run, run[1:]))
    return pairs


def _close_letters(head: str) -> str:
    """
    Close the spaces between characters that are set apart one by one; wider ones are between two halves.

    >>> [_close_letters(head) for head in ("春 茶 上 市\u3000产 量 翻 番", "社\u3000论", "茶 的 一年")]
    ['春茶上市 产量翻番', '社论', '茶 的 一年']
    """

    def close(run: re.Match[str]) -> str:
        if run.group() != head and len(run.group().split()) < MIN_LETTERS:
            return run.group()
        gaps = [gap.replace("\u3000", "  ") for gap in _SPACE.findall(run.group())]
        narrow = min(map(len, gaps))
        letters = _SPACE.split(run.group())
        after = [" " if len(gap) > narrow else "" for gap in gaps]
        return "".join(map(add, letters, [*after, ""]))

    words = head.split()
    has_letters = any(len(word) == len(after) == 1 for word, after in pairwise(words))
    return _LETTERS.sub(close, head) if has_letters else head


def close_wrap(head: str, body: str) -> str:
    """
    Close the spaces of a head that are line ends; those between its two halves stay.

    A space is a line's end when the body has the characters around it side by
    side, or when the clause before it cannot end there.

    >>> close_wrap("农村生活污水处理 进行排查", ""), close_wrap("靠前帮扶 助力企业发展", "")
    ('农村生活污水处理进行排查', '靠前帮扶 助力企业发展')
    """
    if " " not in head and head.isprintable():
        return head
    head = _close_letters(head.strip())
    parts = _SPACE.split(head)
    healed = parts[0]
    for part in parts[1:]:
        around = healed[-_CONTEXT:] + part[:_CONTEXT]
        touching = (
            healed[-1:].isascii() != part[:1].isascii()
            and part[:1] not in "|/-·"
            and healed[-1:] not in "|/-·"
            and not part[:1].isalpha()
            and not is_han(part[:1])
        )
        wrapped = _LIGHT_VERB.match(part) or _WANTS_MORE.search(healed) or touching
        if wrapped or (len(around) == 2 * _CONTEXT and all(map(is_han, around)) and around in body):
            healed += part
        else:
            healed = f"{healed} {part}"
    return healed
