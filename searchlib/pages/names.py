"""Bylines and signatures: which names they hold, and for which paper they were written."""

from __future__ import annotations

import re
from typing import NamedTuple

from searchlib.pages.lines import LINE_WRAP

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢"
    "安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游"
    "辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应"
    "臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌"
    "奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦"
    "戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展"
    "阴昝智幸奉植衡富尧闭由逄綦矫邴潭冷盖姜泮矣眭郗鄂亢謇詹仉庹宓竺揣笪"
)
"""
The first character of a name, single or compound, simplified script.

Source: the public name lists of the Ministry of Public Security (全国姓名报告) and 百家姓, common knowledge,
the most frequent ones; they cover about 99 % of people.
"""

_COMPOUND = re.compile(
    r"(?:欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|夏侯|端木|南宫|万俟)[一-鿿]{1,2}"
)
_HAN_NAME = re.compile(r"[一-鿿㐀-䶿]{2,4}")
_DOTTED_NAME = re.compile(r"[一-鿿]{1,8}(?:[·•][一-鿿]{1,8}){1,3}")
_NO_NAME = re.compile(r"[的在了和与是]")
_WRITTEN_NAME = re.compile(rf"{_HAN_NAME.pattern}|{_DOTTED_NAME.pattern}|[A-Za-z][A-Za-z.\-]+")
PADDED_CHARS = 2
"""Characters of a name that is padded with a space."""

# The ranks and posts that papers print before 记者; 通讯员 writes for a paper without being of it.
_RANK = r"(?:首席|特约|特派|见习|实习|本报|本刊|本社|高级|资深|全媒体|融媒体?|摄影|文字|驻[一-鿿]{1,4}|主任)*"
_ROLE = re.compile(
    rf"{_RANK}(?:全媒体|融媒体)?(?:记者|通讯员|特约撰稿人|撰稿人?|撰文|作者|评论员|实习生)[:：]?|文字?[:：]"
)
# What stands behind the names: who wrote, who took the picture.
_TASK = re.compile(
    r"(?:摄影报道|图文报道|综合报道|整理报道|文并摄|文[/、][图摄]|图[/、]文|摄影/报道|报\s?道|供稿|整理|执笔"
    r"|(?:(?<=\S\S\s)|^)(?:文[图摄]?|图文)(?=[\s:：]|$))[:：]?"
)
# The same before the names: 文/本报记者 张三 图/李四, 文/图 王五, 作者：赵六.
_LEADING_TASK = re.compile(r"(?:文字?\s*[/、&]?\s*[图摄]|[图摄]\s*[/、&]?\s*文|图文|文)\s*(?:[/／:：|]|\s(?=\S))\s*")
_PHOTOGRAPHER = re.compile(r"[\s、,，;；](?:图片?|摄影?|摄)\s*[/／:：|]")
# Who edited is no author.
_EDITOR = re.compile(r"(?<=\S\s)(?:责任)?(?:编辑|编审|校对|责编)\s*[:：]?\s*(?=[一-鿿])")
_PICTURE = re.compile(r"(?:摄影|图片?提供|供图|摄)")
_SEPARATORS = re.compile(r"[\s、,，;；/|&\x0b]+")
_ORGANISATION = re.compile(r"[一-鿿A-Za-z0-9]{2,12}(?:[/／·、\s][一-鿿A-Za-z0-9]{2,12}){0,4}")
_TELLS_TASK = re.compile(r"(?:报道|文[/、]?图|图[/、]?文|文[/、]摄|整理|供稿)$|^(?:文|图|撰文|编译)[/／:：]")
_PLACE_ENDS = frozenset("省市区县乡镇村街局院校厂店")

_OWN = frozenset({"本报", "本刊", "本社"})
MAX_SIMPLE_NAME = 3
"""Characters of a name with a single surname at most."""
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
        if joined and all(map(_is_sure_name, joined.authors)):
            return joined
    if editor := _EDITOR.search(text):
        text = text[: editor.start()]
    if leading := _LEADING_TASK.match(text):
        photographer = _PHOTOGRAPHER.search(text, leading.end())
        byline = parse_byline(text[leading.end() : photographer.start() if photographer else None].strip())
        return byline and byline._replace(has_role=True)
    roles = list(_ROLE.finditer(text))
    if not roles:
        return _unmarked(text)
    before = _TASK.sub("", text[: roles[0].start()]).strip(" \u3000/、:：")
    if before and (not _ORGANISATION.fullmatch(before) or len(before) > MAX_ORGANISATION):
        return None
    writers: list[str] = []
    photographers: list[str] = []
    ends = [role.start() for role in roles[1:]] + [len(text)]
    for role, end in zip(roles, ends, strict=True):
        found = _signed(text[role.end() : end])
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
    return Byline(authors) if authors and all(map(_is_sure_name, authors)) else None


def _is_sure_name(name: str) -> bool:
    if not _HAN_NAME.fullmatch(name):
        return bool(_DOTTED_NAME.fullmatch(name)) and not _NO_NAME.search(name)
    if len(name) > MAX_SIMPLE_NAME:
        return bool(_COMPOUND.fullmatch(name))
    return name[0] in SURNAMES and name[-1] not in _PLACE_ENDS


def _signed(text: str) -> tuple[list[str], list[str]] | None:
    """Split names by what stands behind them: writers, photographers; None when there is anything else."""
    writers: list[str] = []
    photographers: list[str] = []
    done = 0
    for picture in _PICTURE.finditer(text):
        if text.startswith("报道", picture.end()) or text[max(0, picture.start() - 2) : picture.start()] in {
            "文/",
            "文并",
        }:
            continue
        if picture.group() == "摄" and picture.end() < len(text) and is_name_char(text[picture.end()]):
            continue
        named = text[done : picture.start()]
        # 记者 张三 文 李四 摄: what stands before 文 was written, not taken.
        written, _, taken = named.rpartition("文") if re.search(r"\s文[\s/]", named) else ("", "", named)
        if (authors := names_in(written)) is None or (takers := names_in(taken)) is None:
            return None
        writers += authors
        photographers += takers
        done = picture.end()
    names = names_in(_TASK.sub(" ", text[done:]))
    if names is None:
        return None
    return writers + names, photographers


def is_name_char(char: str) -> bool:
    """Tell whether a character may stand in a name."""
    return "一" <= char <= "鿿" or char in "·•"


def names_in(text: str) -> list[str] | None:
    """
    Return the names of a list of names, None when it holds anything else.

    A name of two characters is padded with a space, to be as wide as one of
    three: 张 凯 -> 张凯.
    """
    names: list[str] = []
    pending = ""
    for token in _SEPARATORS.split(text.strip("()（）:： \u3000")):
        is_given = bool(pending) and len(token) == PADDED_CHARS and bool(_HAN_NAME.fullmatch(token))
        if is_given or (len(token) == 1 and is_name_char(token)):
            pending += token
        elif pending or not _WRITTEN_NAME.fullmatch(token):
            if token:
                return None
        else:
            names += _split_pair(token)
        if len(pending) >= PADDED_CHARS:
            names.append(pending)
            pending = ""
    return None if pending else names


def _split_pair(token: str) -> list[str]:
    """Take two names of two characters apart that were set without a space: 张三李四."""
    first, second = token[:PADDED_CHARS], token[PADDED_CHARS:]
    is_pair = len(second) == PADDED_CHARS and first[0] in SURNAMES and second[0] in SURNAMES
    return [first, second] if is_pair and not _COMPOUND.fullmatch(token) and "·" not in token else [token]


def tells_task(text: str) -> bool:
    """Tell whether names are followed or led by what their bearers did: 文/图, 摄影报道."""
    return bool(_TELLS_TASK.search(text))
