"""What is printed beside a byline: labels of writer, source and day, and where a text was printed before."""

from __future__ import annotations

import re
from itertools import zip_longest

from searchlib.pages.bylines import MAX_BYLINE, MAX_ORGANISATION, ORGANISATION, PEN_NAME, Byline, parse_byline
from searchlib.pages.fields import PRINTED_DATE, find_day, with_feed_days
from searchlib.pages.names import LATIN_NAME, is_sure_name

_CALLED = re.compile(rf"(?!本){PEN_NAME.pattern}(?<![报社网台部室刊员])|[A-Za-z][\w.\-]{{1,24}}")
_NICKNAME = re.compile(
    r"(?!本|.*(?:来自|网络|转载|不详|整理|综合|授权|投稿|摘自|[报社网台部室刊]$))"
    r"(?:[一-鿿·]{7,10}|(?=\w*[一-鿿])(?=\S*[A-Za-z\d_\-~])[\w·.\-~]{2,16})"
)
"""What somebody calls himself where a label says that it is a writer: 南山子_老驴, 这个汤圆没有馅."""
_NO_NAME = re.compile("原文(?:链接|地址)?|(?:英文|中文)?链接|[原译]文|博客|主页")
"""What stands as a link behind the name of a writer."""
_BETWEEN_PEN_NAMES = re.compile(r"\s*[、,，;；/／&＆]\s*|\s+(?:and|和|与)\s+")
_WRITERS_POST = re.compile(
    r"(?:[一-鿿]{4,16}|高级|资深|特约|首席|助理|副)"
    r"(?:教授|讲师|主任|院长|研究员|校长|会长|主席|秘书长|馆长|编辑|主编|作家|律师|医师|分析师|评论员)"
    r"|(?:[A-Z][\w'’&\-]* ){0,4}(?:Correspondent|Editor|Writer|Reporter|Columnist|Professor|Journalist)"
)
"""What is said of a writer behind the name: 王小明，北京大学教授; Linette Lai, Political Correspondent."""
_AGENCY = (
    r"《?(?:[一-鿿]{1,8}(?:社|网|日报|晚报|早报|晨报|时报|商报|都市报|电视台|客户端|通讯)|央视(?:新闻)?)》?"
)
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_SOURCE = re.compile(
    rf"(?:据|(?:本报)?综合|来源|摘自|转自|原载|选自)?\s*[:：]?\s*(?P<papers>{_AGENCY}(?:[、/／\s]{_AGENCY}){{0,4}})\s*(?:新闻)?(?:电|消息|报道|供稿|等)*"
)
_DATELINE_BEHIND = re.compile(
    rf"(?P<before>.{{2,16}}?[社网报])[一-鿿]{{2,8}}?(?:{_NUMBER}月)?{_NUMBER}日(?:电|讯)"
)
"""Place and day in brackets that end a text: 据新华社北京5月8日电."""
# What tells that a paper is the source of a text, and no name over one: 据…, 综合…, and agencies.
SOURCE_BEGINS = (
    "据",
    "综合",
    "本报综合",
    *(f"{name}社" for name in ("新华", "中新", "中央", "法新", "路透", "塔斯", "共同", "美联", "合众")),
)
"""With one of these begins a line that names the source of a text."""
_NO_SOURCE = ("据说", "据悉")
# What web pages print under a headline.
_LABEL = re.compile(
    r"(?:^|(?<=[\s|｜/，,；;\d]))(?:(?P<writer>作\s?者|记者|通讯员|撰文|采写|供稿|文字|文|(?P<called>署\s?名|主笔|执笔|写作|(?:特约)?撰稿人?|采访(?:人员|整理)?))"
    r"|(?P<source>(?:稿件|信息|文章|本文)?来源|稿源|出处)"
    r"|(?P<time>(?:发布|发表|更新|原文|刊[发登]|见报|出版|编辑|上传|创建)?(?:时间|日期)|(?:Published|Posted|Updated|Date|Time)(?:\s+(?:on|at))?)|原文(?:链接|地址)?|译者|翻译|选题|定稿|责任编辑|(?:后期|本文|文字|执行|值班|新媒体)?(?:编辑|责编)|编审|校对|审核|阅读量?|点击|浏览"
    r"|字[号体]|版次|分类|标签|栏目|频道|(?P<verb>(?:发[布表]|更新|刊[登发])[于在]?|刊于))"
    r"(?:\s*[:：丨]\s*|(?(writer)\s*[|｜/／]\s*|(?!))|(?(time)\s*[|｜]\s*|(?!))|(?(verb)\s*(?=[12]\d{3}\s*[-年/.])|(?!)))"
)
# What exports of WeChat print: 原创 周小禾 柳溪观察 2024-12-18 08:30 北京.
_ORIGINAL = re.compile(
    r"原创\s*[:：]?\s*(?P<writer>[^\s，。：:]{2,12})(?:\s+(?P<account>[^\s\d，。：:]{2,20}))?"
    r"(?:\s+(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?)?(?:\s*[一-鿿]{2,8})?"
)
# A name in Latin or Cyrillic letters, or a foreign one in Han, and what else is said: 作者：Erica，原文日期….
_FOREIGN_NAME = re.compile(
    r"(?P<name>[A-Z\u00c0-\u024f\u0400-\u042f][\w.'’\-]*"
    r"(?:[ \u3000][A-Za-z\u00c0-\u024f\u0400-\u04ff][\w.'’\-]*){0,4}"
    r"|[一-鿿]{1,6}(?:·[一-鿿A-Z.]{1,8}){1,3})"
    r"(?=$|[，,;；|｜(（\[])"
)
_PAPER_BEFORE = re.compile(
    r"《?(?P<paper>[一-鿿]{2,10}(?:[日晚早晨时商周]报|新闻网?|周刊|在线|电视台))》?[\s|｜/]+(?=\S)"
)
_REST_OF_LABELS = re.compile(
    r"[日T]?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?|[(（【\[]\s*[)）】\]]|[|｜]|(?:^|\s)(?:发[布表]|更新|刊[登发])(?=\s|$)"
)
_DAY_OF_TEXT = r"(?:18|19|20)\d\d\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
_NAMES_OF_TEXT = (
    r"(?!周[一二三四五六日天](?![一-鿿]))[一-鿿]{2,4}(?:(?:、|\s?[·,，&/]\s?|\s)[一-鿿]{2,4}){0,3}"
)
_NAMES_AND_DAY = re.compile(
    rf"(?P<names>{_NAMES_OF_TEXT})(?P<mark>\s*[·•|｜/,，—\-\s]\s*){_DAY_OF_TEXT}"
    rf"|{_DAY_OF_TEXT}(?P<mark_behind>\s*[·•|｜/,，—\-\s]\s*)(?P<names_behind>{_NAMES_OF_TEXT})"
)
_DAY_AND_SOURCE = re.compile(
    rf"{_DAY_OF_TEXT}\s*[|｜·,，]?\s*(?:[^\s，。！？|｜]{{2,12}}\s+)?(?:转[载发]?自|摘自|选自|来自)\s*[:：]?\s*(?P<paper>[^\s，。！？]{{2,16}})"
)
_MIN_NAME_BESIDE_DAY = 3
"""Characters of a name alone that only a space divides from a day: 2024-03-05 高考."""


def parse_names_and_day(text: str) -> Byline | None:
    """
    Read a line of nothing but names and a whole date, as a website prints below a headline.

    >>> parse_names_and_day("周小禾 · 2025-03-12").authors, parse_names_and_day("2024-03-05 高考")
    (('周小禾',), None)
    """
    if len(text) > MAX_BYLINE or not ("20" in text or "19" in text or "18" in text):
        return None
    found = _NAMES_AND_DAY.fullmatch(text)
    names = (found["names"] or found["names_behind"]) if found else ""
    byline = (parse_byline(names) or _ruler(names)) if names else None
    if found is None or byline is None:
        return None
    is_marked = bool((found["mark"] or found["mark_behind"]).strip())
    if not is_marked and len(names) < _MIN_NAME_BESIDE_DAY:
        return None
    return byline._replace(day=find_day(text))


def parse_day_and_source(text: str) -> Byline | None:
    """
    Read a line of nothing but a whole date and where the text is from.

    >>> parse_day_and_source("6/22/2020 6:22 PM 转载自柳溪观察").day
    '2020-06-22'
    """
    if len(text) > MAX_BYLINE or "自" not in text:
        return None
    found = _DAY_AND_SOURCE.fullmatch(with_feed_days(text))
    return Byline((), found["paper"], has_role=True, day=find_day(found.group())) if found else None


def _ruler(name: str) -> Byline | None:
    """Read the name of a ruler, which has no surname: 光绪帝, 慈禧太后."""
    return Byline((name,)) if name.endswith(("帝", "太后")) else None


def begins_label(text: str) -> bool:
    """Return whether a line begins with a label as web pages print them below a headline: 作者：, 译者：."""
    return _LABEL.match(text) is not None


def parse_labelled(text: str) -> Byline | None:
    """
    Read a line of labels, or a date and a byline: 2024-12-18 来源：江城日报 作者：张凯 编辑：李想.

    Returns:
        None when anything else is there, or neither author nor source.

    >>> parse_labelled("2024-12-18 08:30 来源：江城日报 作者：张凯 编辑：李想")
    Byline(authors=('张凯',), publication='江城日报', has_role=True, roles=(), day='2024-12-18', page='')
    """
    if len(text) > MAX_BYLINE or "。" in text:
        return None
    day = find_day(text)
    if text.startswith("原创") and (own := _ORIGINAL.fullmatch(text)):
        return Byline((own["writer"],), own["account"] or "", has_role=True, day=day)
    labels = list(_LABEL.finditer(text))
    rest = _without_day(text[: labels[0].start() if labels else None])
    boxed = rest.lstrip("□■◎● ")
    rest = f"记者 {boxed}" if day and len(boxed) < len(rest) else rest  # 2024-03-05 □ 周小禾
    found = _byline_of(rest) if rest else Byline((), has_role=True)
    if found is None and labels and ORGANISATION.fullmatch(rest):
        found = Byline((), rest, has_role=True)
    if found and labels and labels[0]["verb"] and day:
        found = found._replace(has_role=True)  # 周小禾 发表于 2024-03-05
    if found is None or not (found.has_role and (labels or day)):
        return None
    said = found._replace(day=day)
    for label, after in zip_longest(labels, labels[1:]):
        value = _without_day(text[label.end() : after.start() if after else None])
        value = value.strip(" \u3000\t|｜/，,；;").lstrip("□■◎● ")
        more = _with_label(said, label, value)
        if more is None:
            return None
        said = more
    return said if said.authors or said.publication else None


def _without_day(text: str) -> str:
    return _REST_OF_LABELS.sub(" ", PRINTED_DATE.sub(" ", text)).strip()


def _byline_of(text: str) -> Byline | None:
    """Read a byline, the name of the paper before it or not: 江城晚报　本报记者 张凯."""
    named = _PAPER_BEFORE.match(text)
    byline = parse_byline(text[named.end() :]) if named else None
    if named and byline and byline.has_role:
        return byline._replace(publication=named["paper"])
    return parse_byline(text)


def _with_label(said: Byline, label: re.Match[str], value: str) -> Byline | None:
    """Add what is after a label; None when it is anything else than names or a paper."""
    writer = None
    if label["writer"]:
        post = "".join(label["writer"].split())
        is_any = post == "作者"
        may_be = "，" not in value and "," not in value  # behind a comma is what is said of a writer
        parts = [name.removeprefix("@") for name in _BETWEEN_PEN_NAMES.split(value)]
        told = [name for name in parts if not _NO_NAME.fullmatch(name)]
        names = [name for name in told if not _WRITERS_POST.fullmatch(name)] or told
        if is_any and any(map(LATIN_NAME.fullmatch, names)):
            are_names = all(_CALLED.fullmatch(name) or LATIN_NAME.fullmatch(name) for name in names)
            writer = Byline(tuple(names)) if are_names else None
        else:
            value = "、".join(names) if is_any else f"记者 {value}" if label["called"] else f"{post} {value}"
            writer = parse_byline(value)
            writer = writer._replace(roles=()) if writer and label["called"] else writer
            if (
                writer is None
                and is_any
                and all(_CALLED.fullmatch(name) or (may_be and _NICKNAME.fullmatch(name)) for name in names)
            ):
                writer = Byline(tuple(names))
        if writer is None:
            foreign = _FOREIGN_NAME.match(value)
            return said._replace(authors=(*said.authors, foreign["name"])) if foreign else None
    if writer:
        return said._replace(authors=said.authors + writer.authors, roles=said.roles + writer.roles)
    # 发布时间：2024-03-05 本报记者 周小禾, 来源：江城日报 记者 周小禾.
    is_post = "记者" in value or "通讯员" in value
    named = _byline_of(value) if is_post else None
    if named and named.has_role:
        merged = said._replace(authors=said.authors + named.authors, roles=said.roles + named.roles)
        return merged._replace(publication=named.publication or said.publication)
    if len(value) > MAX_ORGANISATION:
        return None
    return said._replace(publication=value) if label["source"] else said


_CITED = re.compile(
    r"(?:原?[载刊]于?|摘自|选自|转[载自]|据|来源|见)?\s*[:：]?\s*《(?P<paper>[^《》]{2,16})》\s*(?P<rest>[^。！？]{0,60})"
)
_ISSUE_PLACE = re.compile(r"第?\s*[A-Z]?[\d一二三四五六七八九十]{1,4}\s*[版期卷页号]|总第?\s*\d+期")


def parse_citation(text: str) -> Byline | None:
    """
    Read where a text was printed: 原载《柳溪晚报》2024年3月5日第3版，记者 周小禾; None for any other text.

    >>> cited = parse_citation("《柳溪晚报》2024年3月5日，记者 周小禾")
    >>> cited.authors, cited.publication, cited.day
    (('周小禾',), '柳溪晚报', '2024-03-05')
    """
    cited = _CITED.fullmatch(text) if "《" in text else None
    if cited is None:
        return None
    day = find_day(cited["rest"])
    rest = _ISSUE_PLACE.sub(" ", PRINTED_DATE.sub(" ", cited["rest"])).strip(" \u3000，,、;；/")
    byline = parse_byline(rest) if rest else Byline((), has_role=True)
    if byline is None or not (byline.has_role or is_sure_name(rest)):
        return None
    return byline._replace(publication=cited["paper"], day=day, has_role=True)


def source_alone(text: str) -> str:
    """
    Return the agency or papers that a line names as its source and says no more; nothing for any other line.

    >>> source_alone("据新华社"), source_alone("综合新华社、人民日报报道"), source_alone("江城日报")
    ('新华社', '新华社、人民日报', '')
    """
    is_source = len(text) <= MAX_ORGANISATION and text.startswith(SOURCE_BEGINS)
    return parse_source(text) if is_source and not text.startswith(_NO_SOURCE) else ""


def parse_source(text: str) -> str:
    """
    Return the agency or paper that a line names as its source, nothing for any other text.

    >>> parse_source("据新华社"), parse_source("综合新华社、人民日报报道"), parse_source("星期三")
    ('新华社', '新华社、人民日报', '')
    """
    source = _SOURCE.fullmatch(text)
    return source["papers"].replace("《", "").replace("》", "") if source else ""


def source_within(text: str) -> str:
    """
    Return the same of what is in brackets, where a place and a day may be behind the agency.

    >>> source_within("据新华社"), source_within("据新华社北京5月8日电")
    ('新华社', '新华社')
    """
    told = _DATELINE_BEHIND.fullmatch(text)
    return parse_source(told["before"] if told else text)
