"""Bylines and signatures: who wrote, who took the picture, and for which paper."""

from __future__ import annotations

import re
from typing import NamedTuple

from searchlib.pages.lines import LINE_WRAP
from searchlib.pages.names import is_name_char, is_sure_name, names_in

# The ranks and posts that papers print before 记者; 通讯员 writes for a paper without being of it.
_RANK = r"(?:首席|特约|特派|见习|实习|本报|本刊|本社|高级|资深|全媒体|融媒体?|摄影|文字|驻[一-鿿]{1,4}|主任)*"
_ROLE = re.compile(
    rf"{_RANK}(?:全媒体|融媒体)?(?:记者|通讯员|特约撰稿人|撰稿人?|撰文|作者|评论员|实习生)[:：]?|文字?[:：]"
)
# What stands behind the names: who wrote, who took the picture.
_TASK = re.compile(
    r"(?:摄影报道|图文报道|综合报道|整理报道|文并摄|文[/、][图摄]|图[/、]文|摄影/报道|报\s?道|供稿|整理|执笔|[/／]图?文"
    r"|(?:(?<=\S\S\s)|^)(?:文[图摄]?|图文)(?=[\s:：]|$))[:：]?"
)
# The same before the names: 文/本报记者 张三 图/李四, 文/图 王五, 作者：赵六.
_LEADING_TASK = re.compile(
    r"(?:文字?\s*[/、&]?\s*[图摄]|[图摄]\s*[/、&]?\s*文|图文|文|撰文|采写|编译|来源)\s*(?:[/／:：|｜丨]|\s(?=\S))\s*"
)
_PHOTOGRAPHER = re.compile(r"(?<=\S)[\s、,，;；]*(?:(?:图片?|摄影?)\s*[/／:：|｜丨]\s*|(?<=\s)摄影\s+(?=\S))")
# Who edited is no author.
_EDITOR = re.compile(r"(?<=\S\s)(?:责任)?(?:编辑|编审|校对|责编)\s*[:：]?\s*(?=[一-鿿])")
_PICTURE = re.compile(r"[/／]?(?:摄影|图片?提供|供图|摄)|[/／]图")
_ORGANISATION = re.compile(r"[一-鿿A-Za-z0-9]{2,12}(?:[/／·、\s][一-鿿A-Za-z0-9]{2,12}){0,4}")
_WRITTEN_TOO = re.compile(r"文[/、]?$|文并$")
_WRITTEN = re.compile(r"[\s/／]文[\s/／]")
_POST = re.compile(r"\S{0,14}(?:记者|通讯员)[:：]?")
# Columns of papers, which are called after their reporters.
_COLUMN = re.compile(
    r"(?:本报)?记者(?:观察|手记|调查|视线|走访|探访|体验|直击|连线|来信|沙龙|帮忙|在线|看台"
    r"|札记|日记|暗访|追踪|述评|点评|快评)"
)
_BROKEN_POST = re.compile(r"记\s者|通\s?讯\s?员|本\s报")
# The paper of the next reporter: 江城日报记者 张三 东湖晚报记者 李四.
_NEXT_PAPER = re.compile(r"(?<=\s)\S{1,12}(?:报|网|社|台|刊|新闻|客户端)$")
_PAPER_ENDS = re.compile(r"[报社网刊台]$|融媒|客户端")
_TELLS_TASK = re.compile(r"(?:报道|文[/、]?图|图[/、]?文|文[/、]摄|整理|供稿)$|^(?:文|图|撰文|编译)[/／:：]")
_AGENCY = r"《?[一-鿿]{1,8}(?:社|网|日报|晚报|早报|晨报|时报|商报|都市报|电视台|客户端|通讯)》?"
_SOURCE = re.compile(
    rf"(?:据|综合|来源|摘自|转自|原载|选自)?\s*[:：]?\s*(?P<papers>{_AGENCY}(?:[、/／\s]{_AGENCY}){{0,4}})\s*(?:电|消息|报道|供稿|等)*"
)
_OWN = frozenset({"本报", "本刊", "本社"})
MAX_BYLINE = 90
"""Characters of a byline at most."""
MAX_ORGANISATION = 30
"""Characters of what stands before 记者 at most: papers that share a newsroom are named together."""


class Byline(NamedTuple):
    """Who signs: the writers, or the photographers when nobody else is named; for which paper, if it says."""

    authors: tuple[str, ...]
    publication: str = ""
    has_role: bool = False


def parse_byline(text: str) -> Byline | None:
    """
    Read a byline, or return None when the text is not one from end to end.

    Args:
        text: The line without icons and the brackets around it.

    >>> parse_byline("青岛日报/观海新闻记者 耿婷婷 通讯员 张 凯").authors
    ('耿婷婷', '张凯')
    """
    if not text or len(text) > MAX_BYLINE or re.search(r"[。！？!?“”\"《》]", text):
        return None
    if LINE_WRAP in text:
        joined = parse_byline(text.replace(LINE_WRAP, ""))
        if joined and all(map(is_sure_name, joined.authors)):
            return joined
    text = _BROKEN_POST.sub(lambda post: "".join(post.group().split()), text)
    if editor := _EDITOR.search(text):
        text = text[: editor.start()]
    return _with_tasks(text) or _with_posts(text)


def _with_tasks(text: str) -> Byline | None:
    """Read a byline that tells before the names who wrote and who took the pictures: 文/张三 图/李四."""
    if leading := _LEADING_TASK.match(text):
        byline = parse_byline(text[leading.end() :].strip())
        return byline and byline._replace(has_role=True)
    picture = _PHOTOGRAPHER.search(text)
    if picture and names_in(_POST.sub(" ", text[picture.end() :])):
        byline = parse_byline(text[: picture.start()].strip())
        return byline and byline._replace(has_role=True)
    return None


def _with_posts(text: str) -> Byline | None:
    """Read a byline that tells before the names what their bearers are: 记者 张三 通讯员 李四."""
    roles = list(_ROLE.finditer(text)) if not _COLUMN.fullmatch(text) else []
    if not roles:
        return _unmarked(text)
    before = _TASK.sub("", text[: roles[0].start()]).strip(" \u3000/、:：")
    writers: list[str] = []
    if before and (unmarked := _unmarked(before)) and not _PAPER_ENDS.search(before):
        writers += unmarked.authors
        before = ""
    if before and not _ORGANISATION.fullmatch(before):
        before = "".join(before.split())  # 江城 日报: a line's end inside a name
    if before and (not _ORGANISATION.fullmatch(before) or len(before) > MAX_ORGANISATION):
        return None
    photographers: list[str] = []
    ends = [role.start() for role in roles[1:]] + [len(text)]
    for role, end in zip(roles, ends, strict=True):
        found = _signed(_NEXT_PAPER.sub("", text[role.end() : end]))
        if found is None:
            return None
        writers += found[0]
        photographers += found[1]
    authors = tuple(dict.fromkeys(writers or photographers))
    return Byline(authors, "" if before in _OWN else before, has_role=True) if authors else None


def _unmarked(text: str) -> Byline | None:
    """Read names that no 记者 introduces: each must begin with a surname and be no place."""
    found = _signed(text)
    authors = tuple(dict.fromkeys(found[0] or found[1])) if found else ()
    return Byline(authors) if authors and all(map(is_sure_name, authors)) else None


def _signed(text: str) -> tuple[list[str], list[str]] | None:
    """Split names by what stands behind them: writers, photographers; None when there is anything else."""
    writers: list[str] = []
    photographers: list[str] = []
    done = 0
    for picture in _PICTURE.finditer(text):
        if text.startswith("报道", picture.end()) or _WRITTEN_TOO.search(text[: picture.start()]):
            continue
        if picture.group() == "摄" and picture.end() < len(text) and is_name_char(text[picture.end()]):
            continue
        named = text[done : picture.start()]
        # 记者 张三 文 李四 摄: what stands before 文 was written, not taken.
        written, _, taken = named.rpartition("文") if _WRITTEN.search(named) else ("", "", named)
        authors, takers = names_in(written), names_in(taken)
        if authors is None:  # 袁 文 摄 is one name, set wide
            authors, takers = [], names_in(named)
        if takers is None:
            return None
        writers += authors
        photographers += takers
        done = picture.end()
    names = names_in(_TASK.sub(" ", text[done:]))
    if names is None:
        return None
    return writers + names, photographers


def parse_source(text: str) -> str:
    """
    Return the agency or paper that a text in brackets names as its source, nothing for any other text.

    >>> parse_source("据新华社"), parse_source("综合新华社、人民日报报道"), parse_source("星期三")
    ('新华社', '新华社、人民日报', '')
    """
    source = _SOURCE.fullmatch(text)
    return source["papers"] if source else ""


def tells_task(text: str) -> bool:
    """Tell whether names are followed or led by what their bearers did: 文/图, 摄影报道."""
    return bool(_TELLS_TASK.search(text))
