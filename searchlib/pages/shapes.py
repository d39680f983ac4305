"""How a single line is set: as a head, between marks, behind an icon, or as text that breaks off."""

from __future__ import annotations

import re
from functools import lru_cache

from searchlib.pages.blocks import LINE_WRAP
from searchlib.pages.lines import MIN_COLUMN, REMEMBERED, SLACK, is_han

_ICON = r"[①-⓿▀-➿┃⬀-⯿\U0001f300-\U0001faff\ufe0f]"
_ICONS_BEFORE = re.compile(rf"(?:{_ICON}|[●•▪·※*+>》〉]{{1,3}}(?=[\s▀-◿])|\*\*(?=[本据新记]))+\s*")
# OCR reads the box before a byline as a character: 口本报记者, N本报讯.
_MISREAD = frozenset("口囗回曰吕凵ロ□▇〇○Nn1lIiDdOo0UuCQ|·•*▪※+>》〉\ufe0f")
"""With one of these, or an icon, begins what is before a text and no part of it."""
MAY_BE_ICON = "①-⯿\U0001f300-\U0010ffff" + "".join(map(re.escape, sorted(_MISREAD)))
"""Characters of a class, one of which is before a text and no part of it."""
_MISREAD_BOX = re.compile(
    r"[口囗回曰吕凵ロ□▇〇○Nn1lIiDdOo0UuCQ|·•*]\s?(?=(?:本[报刊社台网]|记者|通讯员|特约|实习)[^，。]{1,40}$|本报讯)"
)
BOX_LIKE = frozenset("口囗回曰吕凵〇")
"""The Han characters that OCR reads for a box."""
_ICONS_BEHIND = re.compile(rf"\s*{_ICON}+$")
# OCR reads a box or a logo as a letter and a bracket that never closes.
_BROKEN_LOGO = re.compile(r"[A-Za-z]{0,2}[(（\[](?=[^()（）\[\]]+$)\s*")
_MARK_BEFORE = re.compile(r"\s*(?:>>|》》|≫|▶|►)\s*")
_MARK_BEHIND = re.compile(r"\s*(?:<<|《《|≪|◀|◄)")

_ENDS_PROSE = re.compile(r"(?:[。；;，,、]|。[”’』」\"')）]+)$")
_PAUSES = frozenset("；;，,、")
_ENDS_SENTENCE = re.compile(r"[。！？!?…；;：:][”’』」\"')）】]*$")
STOPS = frozenset("。！？!?…；;：:")
BEHIND_STOP = frozenset("”’』」\"')）】")
_STARTS_PROSE = re.compile(
    r"(?:日前|近日|昨日|昨天|今日|今天|连日来|近年来|今年以来|据悉|据了解|据介绍|截至目前|此外|同时|另外|随后|目前"
    r"|下一步|接下来|(?:\d{1,2}月)?\d{1,2}日(?:[上下]午)?)[，,]"
)
# Where a text was taken from, or what else is said about it: 央视网消息：, 来源：, 编者按：.
_NAMES_SOURCE = re.compile(
    r"(?:据[一-鿿]{0,8}|[一-鿿]{1,7}[网社报台刊视闻]|综合|最新)(?:消息|讯|电|报道)\s*(?:[(（][^()（）]*[)）])?\s*[:：]"
    r"|(?:本文|稿件|文章|图片|资料|信息)?(?:来源|来自|转自|摘自)"
    r"|(?:编者按|导语|核心提示|电话|地址|邮箱|传真|原标题|声明|注)\s*[:：]"
)
# Who speaks in an interview: 问：, 记者：, A:.
_SPEAKER = re.compile(r"(?:问|答|记者|主持人|[QA])\s*[:：]")
_OVERLINE_END = re.compile(r"(?:——|—|[:：]|……)$")
_SUBTITLE_START = re.compile(r"(?:——|—)")
_IN_BRACKETS = re.compile(r"[(（【\[［<〈]\s*([^()（）]+?)\s*[)）】\]］>〉]")
_BRACKETS = frozenset("(（【[［<〈")
_SLUG = re.compile(
    r"(?P<mark>[·•★◆■●~～]{1,3}|[(（【\[［<〈〖〔])\s*(?P<name>[一-鿿·]{2,6})\s*(?(mark)(?:(?P=mark)|[)）】\]］>〉〗〕]))"
)
_SLUG_BEGINS = frozenset("·•★◆■●~～(（【[［<〈〖〔")
_SHOWS_PICTURE = re.compile(r"(?:[。！？;；\s]|^)[上下左右]?图为[^。]{4,60}。?$")

_PAIRED = re.compile(r"[“‘「『《（(【”’」』》）)】\"]")
MAX_ENDING = 12
"""Characters at the end of a text in which is looked for the end of a sentence."""
MIN_OCR_LINES = 3
"""Lines of a paragraph that show where they ended: two spaces may be chance, not at regular distances."""
MIN_COLUMN_TEXT = 40
"""Characters of a text at least that shows by its spaces in what column it was set."""
MAX_HEAD = 80
"""Characters of a head at most: longer lines without a full stop are text, cut by an edge."""
MAX_LINE = 300
"""Characters of a line at most in which marks of a head are looked for, so that no line takes long."""
TOO_LONG, SENTENCE = "too long for a head", "sentence"
"""Why most lines are no head."""
MAX_MARKED_HEAD = 50
"""Characters of a head between section marks at most."""
MAX_WRAPPED_HEAD = 60
"""Characters of a head at most that runs over a line's end; longer ones are the lines of a paragraph."""
LABEL_CHARS = 6
"""Characters of a label at most, such as a place or an office over the headline."""
MAX_PHOTO_NEWS = 400
"""Characters of photo news at most: one paragraph that ends with what the picture shows."""


def icons_end(text: str) -> int:
    """Return where the text begins behind icons such as □, ■ or ❷; 0 without any."""
    first = text[:1]
    if not ("①" <= first <= "⯿" or first >= "\U0001f300" or first in _MISREAD):
        return 0
    if misread := _MISREAD_BOX.match(text):
        return misread.end()
    if is_han(text[:1]):
        return 0
    icons = _ICONS_BEFORE.match(text)
    return icons.end() if icons else 0


def begins_with_sign(text: str) -> bool:
    """Return whether a line begins with an icon, or with the logo that OCR made letters of: `X(`."""
    return icons_end(text) > 0 or _BROKEN_LOGO.match(text) is not None


def in_brackets(text: str) -> str:
    """Return what is in the brackets that are the whole line, else nothing."""
    brackets = _IN_BRACKETS.fullmatch(text) if text[:1] in _BRACKETS else None
    return brackets.group(1) if brackets else ""


def slug_in(text: str) -> str:
    """
    Return the name of a column that is set between marks, nothing for any other line.

    >>> [slug_in(text) for text in ("【民生】", "·民生观察·", "〈法治〉", "（上）", "（据新华社电）")]
    ['民生', '民生观察', '法治', '', '据新华社电']
    """
    slug = _SLUG.fullmatch(text) if text[:1] in _SLUG_BEGINS else None
    return slug["name"] if slug else ""


def clean_head(text: str) -> str:
    """
    Take icons, section marks and broken logos off a head.

    >>> clean_head(">>开展党建共建<< 惠民生"), clean_head("❷ 泊里镇")
    ('开展党建共建 惠民生', '泊里镇')
    """
    bare = text
    if len(text) > MAX_LINE or (is_han(text[0]) and is_han(text[-1])):
        return text
    if mark := _MARK_BEFORE.match(text):
        bare = _MARK_BEHIND.sub("", text[mark.end() :])
    bare = bare[icons_end(bare) :]
    if logo := _BROKEN_LOGO.match(bare):
        bare = bare[logo.end() :]
    last = bare[-1:]
    if not (last.isascii() or is_han(last)):
        bare = _ICONS_BEHIND.sub("", bare)
    return bare.strip() or text


def is_marked_head(text: str) -> bool:
    """Return whether a line begins with the mark of a head inside an article, such as >>."""
    if not _MARK_BEFORE.match(text):
        return False
    bare = clean_head(text)
    return len(bare) <= MAX_MARKED_HEAD and not _ENDS_PROSE.search(bare)


@lru_cache(maxsize=REMEMBERED)
def not_a_head(text: str) -> str:
    """
    Say why a line cannot be a head; nothing when it can.

    >>> not_a_head("均居前列。"), not_a_head("青岛李村商圈入选省级试点智慧商圈")
    ('sentence', '')
    """
    if len(text) > MAX_HEAD or (LINE_WRAP in text and len(text) > MAX_WRAPPED_HEAD):
        return TOO_LONG
    if "。" in text or text[-1:] in _PAUSES:
        return SENTENCE
    if not is_han(text[:1]) and (in_brackets(text) or not any(is_han(c) or c.isalpha() for c in text)):
        return "in brackets or without words"
    if _is_in_columns(text):
        return "its spaces are the ends of a column's lines"
    has_colon = ":" in text or "：" in text
    if ("，" in text or "," in text) and _STARTS_PROSE.match(text):
        return "begins like a report"
    if (has_colon or "来" in text or "自" in text) and _NAMES_SOURCE.match(text):
        return "begins like a report"
    if has_colon and _SPEAKER.match(text):
        return "says who speaks"
    is_cut = _PAIRED.search(text) and _leaves_open(text)
    return "breaks off inside a quotation or bracket" if is_cut else ""


def _is_in_columns(text: str) -> bool:
    """Return whether spaces are at regular distances in a text with commas: OCR read a column's lines."""
    if len(text) < MIN_COLUMN_TEXT or not ("，" in text or "," in text or "、" in text):
        return False
    lengths = [len(line) for line in text.split(" ")[:-1]]
    return (
        len(lengths) >= MIN_OCR_LINES
        and min(lengths) >= MIN_COLUMN
        and max(lengths) - min(lengths) <= SLACK * 2
    )


def _leaves_open(text: str) -> bool:
    """Return whether a quotation or bracket opens in a line and does not close there, or closes only."""
    opened = sum(text.count(c) for c in "“‘「『《（(【")
    closed = sum(text.count(c) for c in "”’」』》）)】")
    return opened != closed or text.count('"') % 2 == 1


def ends_overline(text: str) -> bool:
    """Return whether a line ends as only a line over a headline does: with a dash or a colon."""
    return bool(_OVERLINE_END.search(text))


def starts_subtitle(text: str) -> bool:
    """Return whether a line begins as only a line below a headline does: with a dash."""
    return bool(_SUBTITLE_START.match(text))


def is_unfinished(text: str) -> bool:
    """Return whether a paragraph ends where no sentence ends."""
    last = text[-1:]
    if last not in BEHIND_STOP:
        return last not in STOPS
    return not _ENDS_SENTENCE.search(text, max(0, len(text) - MAX_ENDING))


def shows_picture(text: str) -> bool:
    """Return whether a paragraph ends by saying what the picture over it shows (图为)."""
    return len(text) <= MAX_PHOTO_NEWS and bool(_SHOWS_PICTURE.search(text))
