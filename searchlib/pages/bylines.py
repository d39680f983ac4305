"""Bylines and signatures: who wrote, who took the picture, and for which paper."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from searchlib.pages.blocks import LINE_WRAP
from searchlib.pages.fields import find_day, page_number
from searchlib.pages.lines import REMEMBERED
from searchlib.pages.names import (
    FREQUENT_SURNAMES,
    LATIN_NAME,
    PLACES,
    SURNAMES,
    is_name_char,
    is_sure_name,
    names_in,
    split_place,
    starts_with_place,
)

# The ranks and posts that papers print before 记者; 通讯员 writes for a paper without being of it.
_RANK = r"(?:首席|特约|特派|见习|实习|本报|本刊|本社|高级|资深|全媒体|融媒体?|摄影|文字|驻[一-鿿]{1,4}|主任)*"
_ROLE = re.compile(
    rf"(?=[首特见实本高资全融摄文驻主记通撰作评]){_RANK}(?:全媒体|融媒体)?(?P<post>记者(?![团站])|通讯员|撰稿人?|撰文|作者|评论员|实习生)[:：]?|文字?[:：]"
)
_MAY_TELL_ROLE = re.compile("[者员文稿生]")
# What is after the names: who wrote, who took the picture.
_TASK = re.compile(
    r"(?:摄影报道|图文报道|综合报道|整理报道|(?:采访|综合|录音|文字)整理|采访|采写|口述|讲述|文并摄|文[/、][图摄]|图[/、]文|摄影/报道|报\s?道|供稿|整理|执笔|编译|撰文|[/／](?:文图|图?文)"
    r"|(?:(?<=\S\S\s)|^)(?:文[图摄]?|图文)(?=[\s:：]|$))[:：]?"
)
_TASK_BEGINS = re.compile("[摄图综整采录文报供执编撰口讲/／]")
# The same before the names: 文/本报记者 张三 图/李四, 文/图 王五, 作者：赵六.
_LEADING_TASK = re.compile(
    r"(?:文字?\s*[/、&]?\s*(?:图|摄影?)|(?:图|摄影?)\s*[/、&]?\s*文|图文|文字?|撰文|采写|采访|编译|口述|讲述|执笔|供稿|(?:采访|综合|录音|文字)?整理|来源)\s*(?:[/／:：|｜丨]|\s(?=\S))\s*"
)
_WRITES_ALONE = re.compile(r"(?:文字?|图文|文图|撰文|采写)\s*[/／|｜丨:：]\s*")
# A name that no surname begins: 文/清远山, 撰文｜慢三.
PEN_NAME = re.compile(r"[一-鿿·]{2,6}")
_PHOTOGRAPHER = re.compile(r"(?<=\S)[\s、,，;；]*(?:(?:图片?|摄影?)\s*[/／:：|｜丨]\s*|(?<=\s)摄影\s+(?=\S))")
# Who edited is no author.
_EDITS = re.compile("编辑|编审|校对|责编|指导")
_EDITOR = re.compile(
    r"(?<=\S)\s+(?:[一-鿿A-Za-z0-9]{1,6}?(?=编辑\s*[:：|｜丨/／]))?(?:责任)?(?:编辑|编审|校对|责编|指导(?:老师|教师)?)"
    r"\s*[:：|｜丨/／]?\s*(?=[一-鿿])"
)
# What another did, behind the first names: 口述/张三 整理/李四.
_NEXT_TASK = re.compile(r"(?<=\S)\s+(?:口述|讲述|整理|执笔|编译|文字|撰文|采写)\s*[/／:：|｜丨]\s*(?=\S)")
_ABOUT_WRITER = re.compile(r"(?P<name>作者[:：]?\s*[一-鿿·]{2,4}?)\s*(?:系|为|是|现为|现任)[^()（）]{2,40}")
_PICTURE = re.compile(r"[/／]?(?:摄影|图片?提供|供图|摄)|[/／]图")
ORGANISATION = re.compile(r"[一-鿿A-Za-z0-9]{2,12}(?:[/／·、\s][一-鿿A-Za-z0-9]{2,12}){0,4}")
_WRITTEN_TOO = re.compile(r"文[/、]?$|文并$")
_WRITTEN = re.compile(r"[\s/／]文[\s/／]")
_POST = re.compile(r"\S{0,14}(?:记者|通讯员)[:：]?")
# Columns of papers, which are called after their reporters.
_COLUMN = re.compile(
    r"(?:本报)?记者(?:观察|手记|调查|视线|走访|探访|体验|直击|连线|来信|沙龙|帮忙|在线|看台"
    r"|札记|日记|暗访|追踪|述评|点评|快评)"
)
# The place behind the names: 记者 周小禾 北京报道, 记者陈怡君/台北报道, 记者王喆 发自广州.
_FROM_PLACE = re.compile(r"[\s、,，/]*(?:发自|发于)\s*[一-鿿]{2,8}(?:\s*(?:的)?报道)?$")
_TOLD_ENDS = frozenset("道电讯")
_TOLD_FROM = re.compile(
    r"(?:^|[\s、,，/;；:：])(?P<token>[一-鿿]{2,14}?)(?P<told>\s*(?:摄影|图文|综合|专题|现场|连线|采访)?报道|专电|电|讯)$"
)
_POSTS_OF = re.compile(r"记者|通讯员|特派员|访员|实习生")
# 《柳溪日报》（2024年03月05日 第 05 版） behind the names.
_PAPER_AND_DAY = re.compile(
    r"\s*《\s*(?P<paper>[一-鿿]{2,12})\s*》\s*[(（]?\s*"
    r"(?P<day>[\d一二三四五六七八九〇十年月日.\-/ ]{8,16}?)\s*"
    r"(?P<page>(?:第\s*)?[A-Z]?\d{1,3}\s*版)?\s*[)）]?$"
)
# A word of a line of posts and names alone; no character of a name is one of another rule.
_PLAIN_WORD = re.compile(
    r"(?:(?:本[报刊社])?(?P<post>记者|通讯员))?"
    r"(?P<name>(?:(?![记通作评实撰摄图综整采录文报供执编校发电讯道社网刊台闻端丨])[一-鿿]){2,3})?"
)
_POST_BEGINS = frozenset("本记通")
_MAY_SIGN = re.compile(r"[·•丨记通作评实撰摄图综整采录文报供执编校/／电讯来发]")
_MAY_TELL_POST = re.compile(r"[\s，,(（].*[授任记长员席委表家师系为位)）]")
_LONG_RUN = re.compile(r"[一-鿿]{5}")
"""More than a name: without a character of `_MAY_SIGN` in the text, it is no byline."""
_NO_BYLINE = re.compile(r"[。！？!?“”\"《》]|(?:记者|通讯员)[和与及][一-鿿]{3}|报道[ \u3000][一-鿿]$")
# 《柳溪日报》记者 周小禾.
_QUOTED_PAPER = re.compile(
    r"(?:^|(?<=[/／\s]))《(?P<paper>[一-鿿·]{2,12})》(?=\s?[一-鿿]{0,6}(?:记者|通讯员|评论员))"
)
# Who gave the pictures and has no name: 图/受访者提供, 供图：市文旅局.
_PICTURE_GIVEN = re.compile(
    r"(?<=\S)[\s、,，;；]+(?:图片?|摄影?|供图|图源)\s*[/／:：|｜]?\s*"
    r"(?:受访[者人单位]{1,2}|采访对象|当事人|[主承]办方|剧组|资料|网络|[一-鿿]{2,10}?(?:[部局社办院校委团]|集团|公司|中心|中国))(?:提供|供图|图片|图)?$"
)
_WRITES = re.compile(r"记\s?者|通\s?讯\s?员|撰|^文\s*[/／:：|｜]")
# 本报记者高原通讯员周小禾: the second post right behind the first name.
_GLUED_POST = re.compile(r"(记者[一-鿿]{2,3}?)(?=(?:特约)?通讯员|实习生)")
_BROKEN_POST = re.compile(r"记\s者|通\s讯\s?员|通讯\s员|本\s报")
# What is said of a writer behind the name: 张凯（江城大学教授）, 张凯，系江城大学教授, 张凯 江城大学教授.
_BEFORE_POST = re.compile(r"[\s，,(（]")
_WRITERS_POST = re.compile(
    r"\s*[(（][^()（）]{2,24}[)）]$|\s*[，,]\s*(?:系|为|现为|现任|单位)[^()（）]{2,40}$"
    r"|\s+[一-鿿]{2,16}(?:教授|主任|书记|局长|院长|研究员|校长|会长|主席|秘书长|馆长|部长|委员|代表|作家|律师|医生|医师"
    r"|工程师|架构师|设计师|分析师|讲师|专家|科学家)$"
)
# The paper of the next reporter: 江城日报记者 张三 东湖晚报记者 李四, 记者张三、东湖晚报记者李四.
_NEXT_PAPER = re.compile(r"(?<=[\s、,，/])[^\s、,，/]{1,12}(?:报|网|社|台|刊|新闻|客户端)$")
_PAPER_ENDS = re.compile(r"[报社网刊台]$|融媒|客户端")
_TELLS_TASK = re.compile(
    r"\s文[\s/／].*摄$|(?:报道|文[/、]?图|图[/、]?文|文[/、]摄|整理|供稿|[/／]文)$|^(?:文|图|撰文|编译|口述|执笔|供稿)[/／:：]"
)
_ROLE_BEHIND = re.compile(r"整理|编译|执笔|撰文|口述")
_POSTS = frozenset({"记者", "通讯员", "评论员", "实习生"})
"""Roles that say more than that somebody wrote."""
_DESK_TOLD = re.compile(r"(?P<desk>[一-鿿]{2,8})讯")
"""What is before 记者高原 in 商报讯 记者高原."""
_OWN_POST = ("本报", "本刊", "本社")
_OWN = frozenset(_OWN_POST)
PHOTOGRAPHER = "摄影"
"""The role of who took the pictures, however a line says it: 摄, 图/, 供图."""
MAX_BYLINE = 90
"""Characters of a byline at most."""
MAX_NAME = 3
"""Characters of a name at most, but for compound surnames."""
MAX_ORGANISATION = 30
"""Characters of what is before 记者 at most: papers that share a newsroom are named together."""


class Byline(NamedTuple):
    """
    Who signs: the writers, or the photographers when nobody else is named; for which paper, if it says.

    `roles` are pairs of a role and a name, as printed: 记者, 通讯员, 摄影, 整理.
    `day` is the date that the line states, ISO or empty; `page` the page.
    """

    authors: tuple[str, ...]
    publication: str = ""
    has_role: bool = False
    roles: tuple[tuple[str, str], ...] = ()
    day: str = ""
    page: str = ""


@lru_cache(maxsize=REMEMBERED)
def parse_byline(text: str) -> Byline | None:
    """
    Read a byline, or return None when the text is not one from end to end.

    Args:
        text: The line without icons and the brackets around it.

    >>> parse_byline("青岛日报/观海新闻记者 耿婷婷 通讯员 张 凯").roles
    (('记者', '耿婷婷'), ('通讯员', '张凯'))
    """
    if not text or len(text) > MAX_BYLINE or _is_too_long(text):
        return None
    return plain_byline(text) or _byline(text)


def _is_too_long(text: str) -> bool:
    """Return whether a text has more than a name in a row, and nothing that tells who its bearers are."""
    return _LONG_RUN.search(text) is not None and not (_MAY_SIGN.search(text) or _MAY_TELL_POST.search(text))


def plain_byline(text: str) -> Byline | None:
    """
    Read a line of nothing but posts and the names of two or three characters that are after each.

    >>> plain_byline("本报记者 周小禾 高原").authors, plain_byline("江城日报记者 周小禾")
    (('周小禾', '高原'), None)
    """
    return _plain(text) if text[:1] in _POST_BEGINS and len(text) <= MAX_BYLINE else None


def _byline(text: str) -> Byline | None:
    if "《" in text and (printed := _PAPER_AND_DAY.search(text)) and printed.start():
        names = text[: printed.start()].strip()
        signed = parse_byline(names) or _read_unmarked(names)
        day = find_day(printed["day"])
        page = page_number(printed["page"]) if printed["page"] else ""
        return (signed and day and signed._replace(publication=printed["paper"], day=day, page=page)) or None
    if "《" in text:
        text = _QUOTED_PAPER.sub(r"\g<paper>", text)
    if _NO_BYLINE.search(text):
        return None
    given = _PICTURE_GIVEN.search(text) if "图" in text and _WRITES.search(text) else None
    if given:
        text = text[: given.start()]
    if LINE_WRAP in text:
        joined = parse_byline(text.replace(LINE_WRAP, ""))
        if joined and all(map(is_sure_name, joined.authors)):
            return joined
    text = text.lstrip("—–")
    if " " in text or not text.isprintable():
        text = _BROKEN_POST.sub(lambda post: "".join(post.group().split()), text)
    if "记者" in text and ("通讯员" in text or "实习生" in text):
        text = _GLUED_POST.sub(r"\1 ", text)
    if _EDITS.search(text) and (editor := _EDITOR.search(text)):
        text = text[: editor.start()]
    text = _without_place(text)
    return _with_tasks(text) or _with_posts(text) or _with_writers_post(text)


def _plain(text: str) -> Byline | None:
    """Read posts, each before its names of two or three characters; None where there is anything else."""
    words = [] if LINE_WRAP in text else text.split()
    roles: list[tuple[str, str]] = []
    post = ""
    for word in words:
        found = _PLAIN_WORD.fullmatch(word)
        post = (found["post"] or post) if found else ""
        if found is None or not post:
            return None
        if name := found["name"]:
            roles.append((post, name))
    authors = tuple(dict.fromkeys(name for _, name in roles))
    if not authors or not PLACES.isdisjoint(authors) or _COLUMN.fullmatch(text):
        return None
    return Byline(authors, has_role=True, roles=tuple(roles))


def _without_place(text: str) -> str:
    """
    Take the place out from which is reported: a token before 报道 that follows names or goes on with one.

    Without a border a name of three characters is more likely than one of two,
    unless a known place follows.
    """
    if "发" in text:
        text = _FROM_PLACE.sub("", text)
    told = _TOLD_FROM.search(text) if text[-1:] in _TOLD_ENDS else None
    if told is None:
        return text
    token, before = told["token"], text[: told.start("token")]
    posts = list(_POSTS_OF.finditer(token))
    since = posts[-1].end() if posts else 0
    name, place = token[since:], ""
    is_first = not _POSTS_OF.sub("", before).strip(" \u3000、,，/:：") or bool(posts)
    is_post_before = _POSTS_OF.search(before) is not None
    if not (posts or is_post_before):
        return text
    alone = before.split()[-1:] if len(name) < MAX_NAME and not starts_with_place(name) else []
    if alone and alone[0] in SURNAMES:
        return text  # 蔡 佳娟报道: a space inside a name
    apart = split_place(name) if len(name) > MAX_NAME else None
    if not is_first and is_post_before and _is_place(name) and not (apart and starts_with_place(apart[1])):
        name, place = "", name
    elif len(name) > MAX_NAME or starts_with_place(name[2:]):
        name, place = split_place(name) or (name, "")
    if not place:
        return text
    return f"{before}{token[:since]}{name}".rstrip(" \u3000、,，/") + " 报道"


def _is_place(token: str) -> bool:
    """Return whether a token between names and 报道 is a place, not one more name."""
    if token in PLACES or token in {"现场", "一线"} or starts_with_place(token):
        return True
    return not (is_sure_name(token) and token[0] in FREQUENT_SURNAMES)


def _without_tasks(text: str, instead: str) -> str:
    return _TASK.sub(instead, text) if _TASK_BEGINS.search(text) else text


def _with_writers_post(text: str) -> Byline | None:
    """Read a byline that tells behind the name what its bearer is: 张凯（江城大学教授）."""
    if told := _ABOUT_WRITER.fullmatch(text):
        return parse_byline(told["name"])
    post = _WRITERS_POST.search(text) if _BEFORE_POST.search(text) else None
    return parse_byline(text[: post.start()].strip()) if post else None


def _with_tasks(text: str) -> Byline | None:
    """Read a byline that tells before the names who wrote and who took the pictures: 文/张三 图/李四."""
    if leading := _LEADING_TASK.match(text):
        rest = _NEXT_TASK.sub(" ", text[leading.end() :].strip())
        byline = parse_byline(rest)
        is_called = PEN_NAME.fullmatch(rest) or LATIN_NAME.fullmatch(rest)
        if byline is None and is_called and _WRITES_ALONE.fullmatch(leading.group()):
            byline = Byline((rest,))
        return byline and byline._replace(has_role=True)
    picture = _PHOTOGRAPHER.search(text) if "图" in text or "摄" in text else None
    takers = names_in(_POST.sub(" ", text[picture.end() :])) if picture else None
    if picture and takers:
        byline = parse_byline(text[: picture.start()].strip())
        roles = tuple((PHOTOGRAPHER, name) for name in takers)
        return byline and byline._replace(has_role=True, roles=byline.roles + roles)
    return None


def _with_posts(text: str) -> Byline | None:
    """Read a byline that tells before the names what their bearers are: 记者 张三 通讯员 李四."""
    may_tell = _MAY_TELL_ROLE.search(text) is not None and not _COLUMN.fullmatch(text)
    posts = list(_ROLE.finditer(text)) if may_tell else []
    if not posts:
        return _read_unmarked(text)
    printed = text[: posts[0].start()]
    before = _without_tasks(printed, "").strip(" \u3000/、:：|｜丨")
    writers: list[str] = []
    touches = printed[-1:].isalnum()
    if desk := _DESK_TOLD.fullmatch(before):
        before = desk["desk"]
    elif before and not touches and (unmarked := _read_unmarked(before)) and not _PAPER_ENDS.search(before):
        writers += unmarked.authors if unmarked else ()
        before = "" if unmarked else before
    is_apart = printed.endswith(("  ", "\u3000"))
    if before and (posts[0].group().startswith(_OWN_POST) or (is_apart and not _PAPER_ENDS.search(before))):
        return None  # 冬捕开网　本报记者 张凯: a headline is before the byline
    if before and not ORGANISATION.fullmatch(before):
        before = "".join(before.split())  # 江城 日报: a line's end inside a name
    if before and (not ORGANISATION.fullmatch(before) or len(before) > MAX_ORGANISATION):
        return None
    photographers: list[str] = []
    roles: list[tuple[str, str]] = []
    ends = [post.start() for post in posts[1:]] + [len(text)]
    for post, end in zip(posts, ends, strict=True):
        found = _split_signed(_NEXT_PAPER.sub("", text[post.end() : end]))
        if found is None:
            return None
        writers += found[0]
        photographers += found[1]
        if post["post"] in _POSTS:
            roles += [(post["post"], name) for name in (*found[0], *found[1])]
        roles += [(PHOTOGRAPHER, name) for name in found[1]]
    named = dict.fromkeys(writers or photographers)
    # 通讯员新疆报道: a place, and no name.
    authors = tuple(name for name in named if name not in PLACES)
    roles = [role for role in roles if role[1] not in PLACES]
    paper = "" if before in _OWN else before
    return Byline(authors, paper, has_role=True, roles=tuple(roles)) if named else None


def _read_unmarked(text: str) -> Byline | None:
    """Read names that no 记者 introduces: each must begin with a surname and be no place."""
    found = _split_signed(text)
    authors = tuple(dict.fromkeys(found[0] or found[1])) if found else ()
    if not (found and authors and all(map(is_sure_name, authors))):
        return None
    roles = [(PHOTOGRAPHER, name) for name in found[1]]
    if task := _ROLE_BEHIND.search(text):
        roles += [(task.group(), name) for name in found[0]]
    return Byline(authors, roles=tuple(roles))


def _split_signed(text: str) -> tuple[list[str], list[str]] | None:
    """Split names by what is after them: writers, photographers; None when there is anything else."""
    writers: list[str] = []
    photographers: list[str] = []
    done = 0
    for picture in _PICTURE.finditer(text) if "摄" in text or "图" in text else ():
        if text.startswith("报道", picture.end()) or _WRITTEN_TOO.search(text[: picture.start()]):
            continue
        if picture.group() == "摄" and picture.end() < len(text) and is_name_char(text[picture.end()]):
            continue
        named = text[done : picture.start()]
        # 记者 张三 文 李四 摄: what is before 文 was written, not taken.
        written, _, taken = named.rpartition("文") if _WRITTEN.search(named) else ("", "", named)
        authors, takers = names_in(written), names_in(taken)
        if authors is None:  # 袁 文 摄 is one name, set wide
            authors, takers = [], names_in(named)
        if takers is None:
            return None
        writers += authors
        photographers += takers
        done = picture.end()
    names = names_in(_without_tasks(text[done:], " "))
    if names is None:
        return None
    writers += names
    if len(writers) > 1:  # 记者陈怡君/台北、高雄连线报道
        writers = writers[:1] + [name for name in writers[1:] if name not in PLACES]
    return writers, photographers


def tells_task(text: str) -> bool:
    """Return whether names are followed or led by what their bearers did: 文/图, 摄影报道."""
    return bool(_TELLS_TASK.search(text))
