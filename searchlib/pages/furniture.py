"""Lines that belong to the page and to no article: weather, hotlines, editors, page numbers, 上接, 下转."""

from __future__ import annotations

import re
from functools import lru_cache

from searchlib.pages.lines import REMEMBERED, begins_prose, is_word
from searchlib.pages.mastheads import read_masthead, read_page_name
from searchlib.pages.shapes import in_brackets
from searchlib.pages.stretches import Role

_PAGE_REF = r"(?:(?:第\s*)?[A-Z]?\s*[\d一二三四五六七八九十]{1,3}\s*版|头版|[上前下]一?版)"
_CONTINUED = re.compile(
    rf"[>►▶]{{0,3}}(?P<open>[(（\[【])?\s*(?:紧接|上接|接)\s*{_PAGE_REF}[^()（）。，]{{0,40}}[)）\]】]?\s*"
)
_CONTINUES = re.compile(
    rf"[>►▶]{{0,3}}[(（\[【]?\s*(?:下转|转)\s*{_PAGE_REF}[^()（）。，]{{0,12}}[)）\]】]?$"
)
_CONTINUES_AT_END = re.compile(rf"[(（\[【]\s*下转\s*{_PAGE_REF}[^()（）。，]{{0,12}}[)）\]】]$")

# What a paper prints of itself. 电话 and 热线 alone may be an article's own: 报名电话, 咨询热线.
_OWN_SERVICE = (
    r"(?:本报|本社|新闻|广告|发行|订阅|订报|投递|投稿|报料|爆料|读者|监督|服务|总编室|编辑部|办公室|值班)+"
    r"(?:热线|电话|专线|信箱|邮箱|地址|QQ|微信)"
)
_IMPRINT = (
    r"网\s*站|网\s*址|官\s*网|电子[报版]|数字报|邮\s*编|邮政编码|社\s*址|报社地址|国内统一(?:连续出版物|刊)号"
    r"|邮发代号|承印|印\s*刷|定\s*价|零\s*售"
)
_SERVICE = re.compile(rf"(?:{_OWN_SERVICE}|{_IMPRINT})\s*[:：]")
_ISSUE = re.compile(
    r"(?:国内统一(?:连续出版物|刊)号|邮发代号)[\s:：]*[A-Z\d]|社\s*址\s*[:：]|第?\s*\d{2,6}\s*期\s*(?:总第?|[(（]总)|总第?\s*\d{3,6}\s*期"
    r"|今日\s*[\d一二三四五六七八九十]{1,3}\s*版"
)
_REFERENCE = re.compile(
    rf"[►▶>※★☆]{{0,3}}[(（]?(?:[一-鿿]{{0,6}}(?:报道|图片|全文|内容|评论|消息))?(?:详|刊|请|均)?见\s*{_PAGE_REF}[)）]?"
)
_SCAN = re.compile(
    r"扫(?:描|码|一扫)|.{0,8}二维码"
    r"|(?:(?:了解|获取)?更多[^。，]{0,8}[,，]?(?:请|敬请|可|尽在)?|欢迎|请)?(?:关注|下载|登录|尽在).{0,10}(?:公众号|微信|微博|客户端|APP)"
)
_ACCOUNT = re.compile(
    r"(?:请?(?:点击|长按|识别|轻触|戳)[^。，]{0,8}(?:蓝字|关注|订阅|二维码)[^。，]{0,12}|喜欢此内容的人还(?:喜欢|看了)"
    r"|请?(?:点击|戳)(?:文末|左下角|下方|底部)?[“‘「『\"]?阅读原文[”’」』\"]?[^。]{0,16}"
    r"|请?点击(?:进入|查看|阅读|观看|下载)[^。，]{0,6}"
    r"(?:专题|专区|专栏|详情|全文|原文|更多|往期|视频|直播|链接|大图|图集|附件|报道|新闻)[^。，]{0,4})[!！~>》]*"
)
"""What accounts of WeChat print of themselves over a text and below it."""
_ACCOUNT_STARTS = frozenset("请点长识轻戳喜")
IMPRINT = "title or imprint of the paper"
EDITORS = "editors of the page"
ASKS = "asks to scan or to follow"
SERVICE = "telephone, address or imprint of the paper"
"""Why a line is furniture: what the paper is, who made the page, what an account says of itself."""
_LATIN_TITLE = re.compile(
    r"[A-Z][A-Z ]*(?:DAILY|NEWS|TIMES|POST|EVENING|MORNING|WEEKLY)(?: [A-Z]+)?", re.IGNORECASE
)
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)[\w./\-?=&%#~]+|[\w.\-]+@[\w\-]+\.[\w.]+")

_ADDRESS_LINE = re.compile(
    r"(?:[A-Za-z]{0,6}[一-鿿]{0,6}(?:链接|连结|链结|地址|网址|出处|来源)(?:[(（][^()（）]{1,12}[)）])?(?:\s*(?:Original\s)?(?:URL|Link))?"
    r"|(?:Original\s)?(?:URL|Link)|Source(?:\sURL)?)\s*[:：]?\s*<?https?://\S+>?",
    re.IGNORECASE,
)
_OF_THIS_PAGE = re.compile(
    r"(?:[本此该]文|原(?=[文始网址链连])|来源|转载|文章|新闻|报道|消息|全文|网页|相关|永久|source|original)(?!\s*[:：])",
    re.IGNORECASE,
)
_MAIL_LINE = re.compile(
    r"(?:(?:电子)?(?:邮件|邮箱|信箱)(?:地址)?|电邮(?:地址)?|E-?mail)(?:\s*/?\s*E-?mail)?\s*[:：]\s*<?[\w.\-+]+@[\w\-]+(?:\.[\w\-]+)+>?",
    re.IGNORECASE,
)
_DEGREES = r"\d\s*(?:℃|°C|度)\s*[~～—\-至到]"
_WEATHER = re.compile(
    rf"(?:今日|明日|今天|明天|今夜|今晚|后天|市区|本市)?天气(?:预报)?\s*[:：]|.{{0,24}}{_DEGREES}"
    r"|[^，]{0,24}\d\s*(?:℃|°C)[^，]{0,24}\d\s*(?:℃|°C)"
)
_SKY = re.compile(r"[晴阴雨雪雾霾风云]")
_MAY_SCAN = re.compile("[扫码注载录尽]")
_MAY_NUMBER = re.compile("[号址期今]")
"""What a line has at least that asks to scan or to follow, and one with the number of an issue."""

_EDITOR = (
    r"(?:本版|本文|栏目|值班|责任|责|美术|美|版式|图片|文字|执行|首席|见习|组版|视觉){0,2}"
    r"(?:编辑|编委|编|版式|排版|统筹|监制|签发|终审|审校|检校|校对|校|主编|主任|总监|编审|审读|制版|设计)"
)
_MARKED_EDITOR = (
    r"(?:(?:指导|辅导)(?:老师|教师)|[一-鿿A-Za-z0-9]{2,8}编辑|[初复一二三]审|编校|审核|审稿|策划"
    r"|绘?制图|绘图)"
)
"""Who has a hand in a page under words that a text may begin with too, unless a mark is behind them."""
_EDITORS = re.compile(
    rf"[□■●◎◆▲]?\s*(?:{_EDITOR}\s*[:：/|｜丨\s]|{_MARKED_EDITOR}\s*[:：/|｜丨])\s*[一-鿿][^。，,！？“”]*$"
)
_NAMES_WRITER = re.compile(r"(?:作者|记者|通讯员|撰文|撰稿|采写)\s*[:：\s]\s*[一-鿿]")
_PAGE_NUMBER = re.compile(
    r"[-—–·.\s]*(?:[A-Z]?\d{1,3}\s*版?|第\s*[A-Z\d一二三四五六七八九十]{1,3}\s*[版页])[-—–·.\s]*"
)
# What a line must hold at least, to be looked at more closely.
_SIGNS = re.compile(r"[:：℃°码版页>›»|｜丨·/©@扫CcIi]")
# Each alternative begins with a character of its own: then the engine looks for those alone.
_SIGN_WORDS = re.compile(
    "关注|下载|点击|备案|安备|未经|举报|许可证|业务|刊号|代号|蓝字|订阅|阅读原文|此内容|年[^，]{1,5}月|报$|文[.…]*》$|多[.…]*》$"
)
EDITORS_BEGIN = frozenset("本栏值责美版图文执首见组视编排统监签终审检校主总制设")
_SPACE = re.compile(r"\s")
_FIGURE = re.compile(r"\d")
_HAS_NUMBER = re.compile(r"[\d一二三四五六七八九十头]")
_MAY_BE_PAPERS = re.compile("[:：℃度码扫址@版总A-Z]|°C|天气|关注|下载|刊号|代号|[a-z]{3}")
_BEHIND_EDITOR = re.compile(r"[/|｜丨\s]")
_MAY_EDIT = re.compile("[编校版排统监签终审主总设制视美核策绘]")
_MASTHEAD_SIGNS = re.compile(r"18|19|20|[版年报A-Z]|周刊|新闻")
# What an e-edition says of its own pages: 上一篇 下一篇, 放大 缩小 默认, 返回目录, 版面导航, PDF下载.
_STEP = r"[34789<>«»←→]?\s*(?:上|下|前|后)\s?[一1]?\s?(?:篇|版|期|页|条|则|章|张)\s*[34789<>«»←→]?"
_CONTROL = re.compile(
    rf"(?:{_STEP}|(?:字[号体级]\s*[:：]?\s*)?(?:放大|缩小|默认|特?大|中|小|小中大|大中小|[Aa][+＋\-－]?)(?:字[号体])?[+＋\-－oO○]?|字[号体级]|返回(?:本?(?:目录|首页|列表|新闻列表|版面|顶部|主页|上级|本期|上页|本版))?"
    r"|(?:本版|版面|标题|文章|本期|报纸|日期|往期|期刊|全文)*(?:导航|目录|概览|列表|检索|搜索|回顾|浏览|索引)|(?:本版)?(?:新闻|文章)列表|(?:PDF|pdf)\s?(?:下载|版|阅读|浏览)?|下载\s?(?:PDF|pdf)|(?:版面)?图片?下载|(?:高清)?版面图"
    r"|(?:用手机)?扫一扫.{0,6}(?:打开|浏览|分享|查看).{0,8}|(?:发表|网友|查看|暂无)评论|(?:评论|回复|点赞|收藏|转发)[(（]\d+[)）]|收藏(?:本文)?|打印(?:本[页文稿])?|推荐|朗读|语音(?:播报)?|评论|更多(?:功能|精彩)?|分享(?:(?:到|至)\s*[:：]?\s*(?:微信|微博|朋友圈|QQ空间|QQ)?)?|转发|点赞|纠错|复制(?:链接|全文)?|关闭(?:窗口|本页)?|我要?(?:评论|投稿)"
    r"|语音阅读|手机(?:版|看报)|微信|微博|朋友圈|扫码阅读|(?:数字报|电子报|报纸)?首页|主页|设为首页|加入收藏|登录|注册|繁体|简体|无障碍(?:阅读)?|长者(?:版|模式)|日历|按日期检索|检索|(?:查看|阅读|展开)(?:全文|原文)|新闻内容|(?:点击|浏览|阅读)(?:数|量|次数)\s*[:：]?\s*\d*次?|网站地图|联系我们|关于我们|免责声明|隐私(?:政策|声明)|广告服务|友情链接|人才招聘|原文(?:链接|地址)|收起)\s*[:：]?"
)
_STEP_TO = re.compile(rf"{_STEP}[:：]\s*\S.{{0,60}}")
"""上一篇：… with the headline of the next article of the site."""
_COLONS = re.compile(r"[:：]")
_CRUMBS_BEGIN = frozenset("您现当所位首")
_CRUMBS = re.compile(r"您?(?:现在的?|当前的?|所在的?)*位置\s*[:：].*[>›»]|首页\s*[>›»].*[>›»]")
_CHANNEL = re.compile(r"[一-鿿]{2,6}|APP|English")
_BAR = re.compile(r"[|｜>»·/]")
_BARS = re.compile(r"\s*[|｜>»·/]\s*")
_GAPS = re.compile(r"[\s|｜>»·/\[\]【】()（）、,，]+")
CONTROLS_BEGIN = frozenset(
    "|｜>»·/[]【】()（）、,，34789<«←→上下前后字放缩默大中小返本版标文报日往期全导目概列检搜回浏索新"
    "AaPp图特高发暂用收打推朗语评更分转点纠复关我手微朋扫数电首主设加登注繁简无长按查阅展网联免隐广友人原"
)
"""With one of these a row of controls begins: a control, or what is between two."""
_FIRST_CONTROL = re.compile(rf"(?:{_GAPS.pattern})?(?:{_CONTROL.pattern})(?={_GAPS.pattern}|$)")
_RIGHTS = re.compile(
    r"版权所有|版权声明|Copyright|©|All\s*Rights?\s*Reserved|ICP\s*[备证]|备案[号证]|公网安备|未经.{0,10}(?:授权|许可|同意).{0,10}(?:不得|禁止|严禁|请勿)"
    r"|(?:违法|不良).{0,6}信息举报|(?:技术|网络)(?:支持|开发|服务)\s*[:：]|地址\s*[:：].{2,40}邮\s*编|互联网新闻信息服务许可证|增值电信业务",
    re.IGNORECASE,
)
_MAY_BE_RIGHTS = re.compile(r"[版©备公未违不技网地互增CcIi]")
_END_MARK = re.compile(r"(?:全文|本文|采访)?(?:完(?:毕)?|结束)|(?:未完)?待续|END|The End", re.IGNORECASE)
_READ_ON = re.compile(
    r"(?:详[见看]?|[查续]?看|阅?读|(?:继续)?阅读|展开|点[击选按]?[一-鿿]{0,2})(?:全文|下文|内文|原文|更多)\s*[.…]*"
)
"""What a site sets behind the first words of an article, in brackets: 《详全文…》."""
_ENDING_BEGINS = frozenset("-—–*ETet")
_ENDING = re.compile(r"[-—–*]+\s*(?:全文)?(?:完|END)\s*[-—–*]+|(?:THE\s)?END", re.IGNORECASE)
_ORIGINAL_TITLE = re.compile(r"(?:原标题|原题|题图)\s*[:：]\s*\S.{0,60}")
_TASK = re.compile(r"(?:责任?编辑?|编辑|校对|审核|监制|播报人?|朗读|制图|来源编辑)\s*[:：]\s*\S.{0,60}")
_TAIL_MARK = re.compile(r"[(（\[［【《](?P<inner>[^()（）\[\]［］【】《》]{1,64})[)）\]］】》]$")
_COLUMN_LABEL = re.compile(r"(?:专栏|栏目)\s*[:：]\s*(?P<name>[^，。；！？]{0,20})")
SHORT_CONTROL = 2
"""Characters of a word at most that may be an article's own, unless others are next to it: 评论, 目录."""
_SURE_CONTROLS = frozenset({"返回", "放大", "缩小", "打印", "纠错"})
MIN_CHANNELS = 3
"""Names between bars at least that make a row of channels."""
MAX_FURNITURE = 120
"""Characters of a line of furniture at most."""
MAX_ADDRESS = 400
"""Characters of a label and an address at most."""
MAX_MARK = 40
"""Characters of 下转 with its page and brackets at most."""
MAX_WEATHER = 80
"""Characters of a weather line at most; a longer one is a report on the weather."""


NO_WORD = "no word of the text: controls or an ornament"
"""Why a line without Han beside marked heads is furniture."""


_NOTICE = re.compile(
    r"(?:[一-鿿]{0,8}(?:遗失|挂失|作废|注销|减资|清算|债权|拍卖|招标|中标|招租|招聘|招生|结婚|订婚|离婚|迁址|开业|更正|道歉|鸣谢|寻人"
    r"|寻物|招领|律师|通缉|免责|严正|紧要|重要|悬赏|征婚|转让|停水|停电|紧急))?(?:声明|公告|启事|通告|告白|讣告|布告|敬告)"
)
_NOTICE_ENDS = frozenset("明告事白")
_ADVERT = re.compile(
    r"(?=.*(?:电话|热线|手机|微信|订购)\s*[:：]?\s*[\d一二三四五六七八九〇零－-]{4,})(?=.*(?:地址|店址|总店|分店|门市)\s*[:：]).+"
)


def names_notice(text: str) -> bool:
    """
    Return whether a line is over what somebody had printed for money: 遗失声明, 拍卖公告.

    >>> names_notice("遗失声明"), names_notice("国务院发表声明")
    (True, False)
    """
    return text[-1:] in _NOTICE_ENDS and _NOTICE.fullmatch(text) is not None


def is_advert(text: str) -> bool:
    """Return whether a line is an advertisement: the word alone, or where to buy and whom to call."""
    if text in {"广告", "·广告·", "【广告】", "(广告)", "（广告）"}:
        return True
    return (
        "。" not in text and "址" in text and len(text) <= MAX_FURNITURE and _ADVERT.match(text) is not None
    )


def has_words(text: str) -> bool:
    """Return whether there is any letter, digit or Han character."""
    return is_word(text[0]) or any(map(is_word, text))


ADDRESS = "address of a page"
RIGHTS = "rights or registration of the site"


def is_address(text: str) -> bool:
    """Return whether a line is a label and the address of a page, and nothing else."""
    return len(text) <= MAX_ADDRESS and _ADDRESS_LINE.fullmatch(text) is not None


def is_address_below(label: str, address: str) -> bool:
    """
    Return whether a line says that the next is the address of this text, and it is.

    >>> [is_address_below(label, "https://a.cn/1") for label in ("原文链接：", "本仓库地址：")]
    [True, False]
    """
    return _OF_THIS_PAGE.match(label) is not None and address[:1] in "<hH" and is_address(label + address)


def is_mail(text: str) -> bool:
    """Return whether a line is a label without a purpose, and an address of mail: not 报名邮箱：a@b.cn."""
    return len(text) <= MAX_FURNITURE and _MAIL_LINE.fullmatch(text) is not None


EMPTY_LABEL = "label without a value"
_EMPTY_LABEL = re.compile(r"(?:作者|记者|通讯员|撰文|文)\s*[:：]")
"""Who wrote, left open: a form that nobody filled in."""


@lru_cache(maxsize=REMEMBERED)
def read_furniture(text: str) -> tuple[Role, str] | None:  # noqa: C901 (one kind after another)
    """
    Return role and reason of a line that is furniture, None for any other.

    >>> read_furniture("今日天气: 晴 20℃~33℃ 南风3~5级")
    ('furniture', 'weather line')
    """
    if "://" in text and is_address(text):
        return "furniture", ADDRESS
    if text[-1] in ":：" and _EMPTY_LABEL.fullmatch(text):
        return "furniture", EMPTY_LABEL
    if len(text) > MAX_FURNITURE or _is_plain(text):
        return None
    if "转" in text and _CONTINUES.fullmatch(text):
        return "continues", "下转: goes on on another page"
    has_number = _HAS_NUMBER.search(text) is not None
    if has_number and (_PAGE_NUMBER.fullmatch(text) or read_page_name(text)):
        return "masthead", "page number"
    if text[0] in _ENDING_BEGINS and _ENDING.fullmatch(text):
        return "furniture", "end mark or editors in brackets"
    wrapped = text[1:-1] if text[0] + text[-1] == "《》" else in_brackets(text)
    if wrapped and is_end_mark(wrapped):
        return "furniture", "end mark or editors in brackets"
    reason = _editions_line(text)
    if not reason and (not has_words(text) or _may_be_papers(text)):
        reason = _paper_line(text)
    if reason and not (reason == IMPRINT and has_number and (facts := read_masthead(text)) and facts.day):
        return "furniture", reason
    if (has_number or "报" in text) and _MASTHEAD_SIGNS.search(text) and read_masthead(text):
        return "masthead", "masthead: date, paper or page and little else"
    return None


def _is_plain(text: str) -> bool:
    """Return whether a line begins as prose does and has nothing that furniture has at least."""
    if "。" in text:
        return begins_prose(text) and "://" not in text
    is_figure = text[0].isdecimal() and "，" in text
    if not (begins_prose(text) or is_figure) or _SIGNS.search(text) or _SIGN_WORDS.search(text):
        return False
    if (text[0] in EDITORS_BEGIN and _SPACE.search(text)) or _may_be_controls(text):
        return False
    return _FIGURE.search(text) is None or ("，" in text and "度" not in text)


def _editions_line(text: str) -> str:
    """Return why a line belongs to the pages of an e-edition or a website: controls, channels, rights."""
    if len(text) > MAX_FURNITURE or "。" in text:
        return ""
    first = text[0]
    if (first in CONTROLS_BEGIN and _COLONS.search(text) and _STEP_TO.fullmatch(text)) or (
        first in _CRUMBS_BEGIN and _CRUMBS.match(text)
    ):
        return "controls of an e-edition"
    if _MAY_BE_RIGHTS.search(text) and _RIGHTS.search(text):
        return RIGHTS
    if first in _ACCOUNT_STARTS and _ACCOUNT.fullmatch(text):
        return ASKS
    tokens = [token for token in _GAPS.split(text) if token] if _may_be_controls(text) else []
    is_first = bool(tokens) and _CONTROL.fullmatch(tokens[0]) is not None
    if (is_first and all(map(_CONTROL.fullmatch, tokens))) or (len(tokens) > 1 and _CONTROL.fullmatch(text)):
        is_alone = len(tokens) == 1 and len(tokens[0]) <= SHORT_CONTROL and tokens[0] not in _SURE_CONTROLS
        return "" if is_alone else "controls of an e-edition"
    if not _BAR.search(text):
        return ""
    names = _BARS.split(text)
    channels = len(names) >= MIN_CHANNELS and all(map(_CHANNEL.fullmatch, names))
    if channels and (len(names) > MIN_CHANNELS or any(map(_CONTROL.fullmatch, names))):
        return "row of channels"
    return ""


def _may_be_controls(text: str) -> bool:
    """Return whether a line begins with a control, or is one."""
    if text[0] not in CONTROLS_BEGIN:
        return False
    return _FIRST_CONTROL.match(text) is not None or _CONTROL.fullmatch(text) is not None


def is_navigation(reason: str) -> bool:
    """Return whether a reason of furniture is that the line controls the pages of an e-edition."""
    return reason in {"controls of an e-edition", "row of channels"}


def is_sure_furniture(reason: str) -> bool:
    """Return whether a reason of furniture holds in any text, not on the pages of papers alone."""
    return is_navigation(reason) or reason in {
        NO_WORD,
        RIGHTS,
        "end mark or editors in brackets",
        "ornament without a word",
        ADDRESS,
        EMPTY_LABEL,
    }


def is_end_mark(text: str) -> bool:
    """Return whether what brackets hold ends a text and is no part of it: 完, 责编：…, 原标题：…."""
    return bool(
        _END_MARK.fullmatch(text)
        or _READ_ON.fullmatch(text)
        or _ORIGINAL_TITLE.fullmatch(text)
        or (any(tells.fullmatch(text) for tells in (_EDITORS, _TASK)) and not _NAMES_WRITER.search(text))
    )


def end_mark(text: str) -> int:
    """Return where the mark in brackets begins that ends a text, -1 when there is none."""
    since = max(0, len(text) - MAX_FURNITURE // 2)
    mark = _TAIL_MARK.search(text, since) if text[-1] in ")）]］】》" else None
    return mark.start() if mark and is_end_mark(mark["inner"].strip()) else -1


def column_label(text: str) -> str | None:
    """Return the name that a label 专栏: gives, empty where it gives none; None for any other line."""
    label = _COLUMN_LABEL.fullmatch(text) if text[:2] in {"专栏", "栏目"} else None
    return label["name"].strip() if label else None


def _may_be_papers(text: str) -> bool:
    """Return whether a line has what each that `_paper_line` takes has at least."""
    if _MAY_BE_PAPERS.search(text):
        return True
    return _BEHIND_EDITOR.search(text) is not None and _MAY_EDIT.search(text) is not None


def _paper_line(text: str) -> str:
    if not has_words(text):
        return "ornament without a word"
    if "。" in text:
        return ""
    if "见" in text and _REFERENCE.fullmatch(text):
        return "refers to another page"
    if len(text) <= MAX_MARK and _MAY_SCAN.search(text) and _SCAN.match(text):
        return ASKS
    if _LATIN_TITLE.fullmatch(text) or (
        "，" not in text and _MAY_NUMBER.search(text) and _ISSUE.search(text)
    ):
        return IMPRINT
    if _SERVICE.match(text) or _WEB_ADDRESS.fullmatch(text):
        return SERVICE
    if len(text) <= MAX_WEATHER and _SKY.search(text) and _WEATHER.match(text):
        return "weather line"
    return EDITORS if _EDITORS.match(text) else ""


def end_of_continuation(text: str) -> int:
    """
    Return where the mark 上接 ends with which a line begins, 0 when there is none.

    Text may follow it only behind brackets.
    """
    mark = _CONTINUED.match(text) if "接" in text[:MAX_MARK] else None
    return mark.end() if mark and (mark["open"] or mark.end() == len(text)) else 0


def continues_start(text: str) -> int:
    """Return where the mark 下转 begins with which a line ends, -1 when there is none."""
    since = max(0, len(text) - MAX_MARK)
    mark = _CONTINUES_AT_END.search(text, since) if text.find("转", since) >= 0 else None
    return mark.start() if mark else -1
