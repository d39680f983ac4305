"""
What a website sets around a text: headlines of other texts below it, notices of cookies, the lead once more.

A list of others has a label of its own, told in many words, and nothing but
short lines behind it up to the end: with a sentence there it is the beginning
of a sidebar, or another article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from searchlib.pages.blocks import Block
from searchlib.pages.furniture import ADDRESS, RIGHTS, SERVICE, is_address_below, is_mail, read_furniture
from searchlib.pages.shapes import in_brackets

_WHICH = (
    r"(?:相关|有关|更多|其[他它余]|推荐|精彩|热门|最新|近期|往期|过往|延伸|拓展|扩展|关联|同类|类似|本期|今日|本周|随机|站内|编辑|小编|[为给]?[您你]"
    r"|猜[您你]|[您你]可能|大家|网友|读者|点击|一周|24小时|同场|看|同系列|系列|上下|人气|好文|下一?篇)"
)
_MORE = r"(?:的|还|也|会|都|正?在|爱|想|感|其[他它]|[您你]|热门|精彩|相关|推荐|更多|最新|精选)"
_WHAT = (
    r"(?:阅读|新闻|报[道导]|文章|链接|连结|推荐|喜欢|回顾|精选|内容|资讯|看过?|加映|专题|话题|热点|消息|排行榜?|看点|热文|好文|博文|帖子"
    r"|影片|视频|故事|信息|主题|兴趣|热读|读物|热搜|热榜|篇)"
)
_OTHERS = re.compile(
    rf"[\W_]*{_WHICH}{_MORE}{{0,4}}{_WHAT}{{1,2}}(?:列表|汇总)?[\W_]*|[\W_]*(?:看更多|更多精彩|同场加映|点击排行)[\W_]*"
)
_MAY_BE_OTHERS = re.compile("[读闻道导章接结荐欢顾选容讯看过映题点息行文子片频事趣物搜榜篇多彩]")
"""One of these characters a label has at least."""
_COOKIE = re.compile(
    r"(?=.*(?:本网?站|本网页|此网站|该网站|我们|我司|[您你]))(?=.*(?:同意|接受|隐私|政策|体验|设定|设置|继续浏览|浏览器)).*cookies?(?![a-z]).*",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"(?:(?:全部|我)?(?:接受|同意|拒绝|知道了|了解|确定|确认|关闭)(?:全部|并继续)?|OK|×|x)", re.IGNORECASE
)
"""What is to be pressed below a notice of cookies."""
_COUNTED = r"(?:阅读|浏览|点击|播放|围观|访问|点?赞|评论|收藏|转发|分享|在看|回复)(?:[量数]|次数)?"
_NUMBER = r"[\d,.]+\s*[万千wkWK]?\+?\s*[次人]?"
_CLOSING = re.compile(
    r"(?:文章|本文|内容)?(?:标签|关键[词字]|话题|分类|Tags?|Categories|Keywords)\s*[:：]\s*[^。！？；]{1,80}"
    rf"|{_COUNTED}\s*[:：]?\s*{_NUMBER}(?:[\s|·/，]*{_COUNTED}\s*[:：]?\s*(?:{_NUMBER})?)*"
    r"|(?:版权|免责|转载|原创)(?:声明|说明|提示)\s*[:：].{4,200}"
    r"|(?:特别|郑重|重要)?声明\s*[:：](?=.*(?:版权|转载|观点|立场|授权)).{4,200}"
    r"|[^。！？]{0,40}转载(?:时?请|须|需|应)(?:务必)?(?:注明|标明)[^。！？]{0,40}[。！]?"
    r"|举报\s*[/／]\s*反馈|返回[^。！？，]{1,8}[，,]\s*查看更多|网友评论\s*仅供其?表达个人看法[^。！？]{0,30}"
    r"|(?:点击)?(?:下载|打开)[^。！？，]{2,16}(?:客户端|APP)[^。！？，]{0,10}|[^。！？]{0,30}不代表本(?:网|站|报|刊|平台)[^。！？]{0,30}"
    r"|\*?\s*(?:本文|以上(?:内容|文章)?)[为系]?(?:原创|投稿)[^。！？]{0,30}|本文(?:来自|转自|转载自|选自|摘自|节选自|源自)[^。！？]{2,40}"
    r"|(?:[【\[]\s*(?:纠错|(?:责任)?编辑\s*[:：][^】\]]{1,12})\s*[】\]]\s*){2,}|本文(?:略?有)?(?:删节|删改|删减|改动)|(?:欢迎|敬请|请)?(?:关注|订阅|添加)"
    r"(?:我们|本[报刊台网]|官方|[^。！？，；]{0,12}(?:公众号|微信|微博|视频号|抖音))[^。！？，；]{0,30}",
    re.IGNORECASE,
)
"""What a website prints below a text: tags, how often it was read, rights, whom to follow."""
_SENTENCE = re.compile("[。！；]")
MAX_LABEL = 16
"""Characters of the label of a list at most."""
MAX_ITEM = 60
"""Characters of a headline in it at most."""
MIN_BEGINNING = 8
"""Characters of two paragraphs that are compared first."""
MIN_LEAD = 24
"""Characters of a lead at least: shorter lines are said again on purpose."""
_SAYS = frozenset({"", "text", "list", "quote"})
MAX_CLOSING = 240
"""Characters at most of a line that closes the page of a website."""
MAX_COOKIE = 400
"""Characters of a notice of cookies at most."""


def take_around(blocks: Sequence[Block], *, has_lines: bool) -> Sequence[Block]:
    """
    Make furniture of notices of cookies, a lead that is printed twice, and other headlines at the end.

    Args:
        has_lines: Whether a block may be a line of a paragraph; a column's edge may have come twice then.
    """
    if not blocks:
        return blocks
    notices = [*_find_notices(blocks), *(() if has_lines else _find_leads(blocks))]
    since = _find_others(blocks)
    if not notices and since is None:
        return blocks
    taken = list(blocks)
    for place in notices:
        taken[place] = taken[place]._replace(hint="furniture", level=0)
    for place in range(len(blocks) if since is None else since, len(blocks)):
        if taken[place].hint not in {"furniture", "picture"}:
            taken[place] = taken[place]._replace(hint="contents", level=0)
    return taken


def take_addresses(blocks: Sequence[Block]) -> Sequence[Block]:
    """Make furniture of the address of a text below a label, and of one of mail beside an imprint."""
    found: set[int] = set()
    for place, (label, below) in enumerate(pairwise(blocks)):
        if "://" in below.text and _is_bare(label, below) and is_address_below(label.text, below.text):
            found |= {place, *_addresses(blocks, place + 1, label.text)}
    for place, block in enumerate(blocks):
        if "@" in block.text and not block.level and block.hint != "list":
            begin = place if is_mail(block.text) else place - 1
            is_named = begin == place or (
                begin >= 0 and _is_bare(blocks[begin], block) and is_mail(blocks[begin].text + block.text)
            )
            if is_named and any(
                other in found or _is_imprint(blocks[other])
                for other in (begin - 1, place + 1)
                if 0 <= other < len(blocks)
            ):
                found |= {begin, place}
    if not found:
        return blocks
    return [
        block._replace(hint="furniture", title_end=0) if place in found else block
        for place, block in enumerate(blocks)
    ]


def take_closings(blocks: Sequence[Block]) -> Sequence[Block]:
    """Make furniture of what a website prints below a text: tags, how often it was read, rights."""
    taken: set[int] = set()
    for place in range(len(blocks) - 1, 0, -1):
        block = blocks[place]
        told = read_furniture(block.text)
        is_service = told is not None and told[1] == SERVICE and "://" not in block.text
        if not block.level and block.hint in _SAYS and (is_service or is_closing(block.text)):
            taken.add(place)
        elif block.hint not in {"furniture", "picture", "contents"} and not told:
            break
    if not taken or not any("。" in block.text for block in blocks[: min(taken)]):
        return blocks
    return [
        block._replace(hint="furniture") if place in taken else block for place, block in enumerate(blocks)
    ]


def is_closing(text: str) -> bool:
    """
    Return whether a line below a text may be no part of it.

    >>> [is_closing(line) for line in ("标签：茶叶 农业", "阅读 1024", "关注茶农生活，帮他们增收。")]
    [True, True, False]
    """
    lines = (in_brackets(text), text) if len(text) <= MAX_CLOSING else ()
    return any(_CLOSING.fullmatch(line) for line in lines if line)


def _addresses(blocks: Sequence[Block], begin: int, label: str) -> Iterator[int]:
    """Yield the places of addresses in a row, of which the first is below its label."""
    yield begin
    for place in range(begin + 1, len(blocks)):
        if blocks[place].hint != blocks[begin].hint or not is_address_below(label, blocks[place].text):
            return
        yield place


def _is_bare(label: Block, below: Block) -> bool:
    """Return whether a line may say what is on the next, both of the text."""
    is_text = not (label.level or below.level or label.hint) and below.hint in {"", "list"}
    return is_text and len(label.text) <= MAX_LABEL * 2


def _is_imprint(block: Block) -> bool:
    told = read_furniture(block.text) if block.hint in {"", "text"} and not block.level else None
    return told is not None and told[1] in {ADDRESS, RIGHTS}


def _find_notices(blocks: Sequence[Block]) -> Iterator[int]:
    """Yield the places of notices of cookies, and of what is to be pressed below each."""
    for place in [place for place, block in enumerate(blocks) if "ookie" in block.text]:
        if len(blocks[place].text) <= MAX_COOKIE and _COOKIE.fullmatch(blocks[place].text):
            yield place
            for below in range(place + 1, len(blocks)):
                if not _ANSWER.fullmatch(blocks[below].text):
                    break
                yield below


def _find_leads(blocks: Sequence[Block]) -> Iterator[int]:
    """Yield the places of paragraphs with which the next begins: a lead set apart, cut off by dots or not."""
    for place, (block, after) in enumerate(pairwise(blocks)):
        if block.text[:MIN_BEGINNING] == after.text[:MIN_BEGINNING] and not (block.hint or block.level):
            lead = block.text.rstrip("….。 ")
            if len(lead) >= MIN_LEAD and after.text.startswith(lead):
                yield place


def _find_others(blocks: Sequence[Block]) -> int | None:
    """Return the place of the label over a list of other headlines that ends the text, None without one."""
    found = None
    items = 0
    for place in range(len(blocks) - 1, 0, -1):
        block = blocks[place]
        text = block.text
        if block.hint in {"furniture", "picture", "contents"}:
            continue
        if len(text) <= MAX_LABEL and items and names_others(text):
            found, items = place, 0
            continue
        if len(text) > MAX_ITEM or _SENTENCE.search(text):
            if read_furniture(text):
                continue
            break
        items += 1
    has_text = found is not None and any("。" in block.text for block in blocks[:found])
    return found if has_text else None


def names_others(text: str) -> bool:
    """
    Return whether a line is the label of a list of other texts.

    >>> [names_others(label) for label in ("相关阅读：", "【猜你喜欢】", "茶园新闻", "看天吃饭")]
    [True, True, False, False]
    """
    bare = in_brackets(text) or text
    return _MAY_BE_OTHERS.search(bare) is not None and _OTHERS.fullmatch(bare) is not None
