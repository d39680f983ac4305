"""The words of the pages in English and Chinese: a message is its own key, as in the command."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from searchlib import translated

CHINESE = {
    "Search": "检索",
    "Words to search for": "检索词",
    "Words, “a phrase”, -without": "词语、“原话”、-不含",
    "Suggestions": "提示",
    "Pages": "页面",
    "Articles": "文章",
    "Places": "逐处",
    "Over time": "历时",
    "Help": "帮助",
    "To the answer": "跳到结果",
    "The server does not answer.": "服务器没有应答。",
    "Keys: / search · j k hits · n p marks · u back": "按键：/ 检索 · j k 上下条 · n p 上下处 · u 返回",
    "{} articles": "共 {} 篇",
    "1 article": "共 1 篇",
    "no article": "没有文章",
    "All articles": "全部文章",
    "Order": "顺序",
    "best first": "最相关",
    "newest first": "从新到旧",
    "oldest first": "从旧到新",
    "Take it away": "带走",
    "Reprints together": "合并转载",
    "{} without a full date, outside of the range": "{} 篇日期不全，未计入日期范围",
    "Did you mean:": "您要找的是不是：",
    "No article has all words; shown without: {}": "没有哪篇全有；以下不含：{}",
    "Not every article has all words; each says what is missing": "并非每篇都全有；所缺的词见各篇",
    "Filters": "筛选",
    "Filters chosen": "已选的筛选",
    "Remove this filter": "去掉这项筛选",
    "Range of dates": "日期范围",
    "First date": "起始日期",
    "Last date": "截止日期",
    "from 2024-08": "自 2024-08",
    "to 2024-12": "至 2024-12",
    "Limit to these dates": "限定日期",
    "from {}": "自 {}",
    "until {}": "至 {}",
    "+ {} more": "另有 {} 个",
    "Hits": "结果",
    "missing: {}": "缺：{}",
    ": ": "：",
    ", ": "、",
    "why": "为何",
    "+ {} reprints": "另有 {} 篇转载",
    "Pages of hits": "翻页",
    "‹ previous": "‹ 上一页",
    "next ›": "下一页 ›",
    "{}–{} of {}": "第 {}–{} 条，共 {} 条",
    "Nothing found. Fewer words, or another spelling?": "没有结果。少用几个词，或换个写法？",
    "Nothing further on.": "后面没有了。",
    "There are no articles yet.": "还没有文章。",
    "Articles by {}": "按{}统计篇数",
    "at most {} in a year": "每年至多 {} 篇",
    "at most {} in a month": "每月至多 {} 篇",
    "year": "年",
    "month": "月",
    "publication": "报纸",
    "authors": "作者",
    "column": "栏目",
    "sections": "小标题",
    "kind": "体裁",
    "page": "版",
    "source": "来源",
    "headline": "标题",
    "overline": "引题",
    "subtitle": "副题",
    "body": "正文",
    "byline": "署名",
    "dateline": "电头",
    "date": "日期",
    "id": "编号",
    "record_id": "原编号",
    "article": "文章",
    "brief": "简讯",
    "photo_caption": "图片说明",
    "(article)": "（文章）",
    "(brief)": "（简讯）",
    "(photo_caption)": "（图片说明）",
    "‹ back to the hits": "‹ 返回结果",
    "‹ all articles": "‹ 全部文章",
    "‹ the article": "‹ 返回文章",
    "previous hit": "上一条",
    "next hit": "下一条",
    "its page": "所在版面",
    "{} marks": "{} 处",
    "previous mark": "上一处",
    "next mark": "下一处",
    "All that is known of it": "全部著录",
    "Cite": "引用",
    "copy": "复制",
    "copied": "已复制",
    "copy the link": "复制链接",
    "download": "下载",
    "Plain text (GB/T 7714)": "文本（GB/T 7714）",
    "On the same page ({})": "同版文章（{}）",
    "Articles like this one": "相似的文章",
    "Articles like “{}”": "与“{}”相似的文章",
    "show": "显示",
    "None.": "没有。",
    "Page of “{}”": "“{}”所在版面",
    "The article": "文章",
    "The page as it was printed": "版面原文",
    "Places of “{}”": "“{}”逐处",
    "{} of {} places in {} articles": "{1} 处中的 {0} 处，见于 {2} 篇",
    "{} of more than {} places in {} articles": "{1} 处以上中的 {0} 处，见于 {2} 篇",
    "Type words above to see every place where they are.": "在上面输入词语，逐处查看上下文。",
    "Nothing found in one piece.": "没有连成一体的原文。",
    "before": "前文",
    "word": "词与后文",
    "where": "出处",
    "what precedes": "按前文",
    "what follows": "按后文",
    "more places": "更多",
    "Words, with commas between those to compare (at most five)": "词语；要比较的用逗号隔开（至多五个）",
    "by": "按",
    "as": "以",
    "share of all articles": "占全部文章的比例",
    "number of articles": "篇数",
    "Show": "显示",
    "As a table": "列表",
    "all articles": "全部文章",
    "; {} more without a full date": "；另有 {} 篇没有完整日期",
    "No article with a full date.": "没有日期完整的文章。",
    "Articles that have {}, {} to {}": "含有{}的文章，{} 至 {}",
    "How to search": "怎样检索",
    "Type this": "输入",
    "to find": "查到",
    "Keys": "按键",
    "For programs": "供程序使用",
    "{} articles, {} to {}": "{} 篇，{} 至 {}",
    "articles with both words": "两个词都有的文章",
    "this phrase, exactly as it is written": "与原话一字不差",
    "one or the other": "两者有其一",
    "the first without the second": "有前者而无后者",
    "two words within eight words of each other": "相隔不超过八个词",
    "in the headline": "标题里有",
    "words that begin like this": "以此开头的词",
    "of these months": "这几个月的",
    "to the words of the query": "到检索框",
    "next and previous hit": "下一条、上一条",
    "next and previous mark": "下一处、上一处",
    "back to the hits ": "返回结果",
    "previous and next article of the hits": "结果中的上一篇、下一篇",
    "It takes too long. Try fewer or rarer words.": "检索超时。请减少词语，或换用少见的词。",
    "Too many requests at this moment. Try again in a second.": "此刻请求过多，请稍后再试。",
    "There is no such page.": "没有这一页。",
    "The index is being built; try again soon.": "索引正在建立，请稍后再试。",
    "Something went wrong here.": "服务器出错了。",
    "no more than the first {} are here": "这里只有前 {} 条",
}

_FIELDS = "headline|overline|subtitle|column|sections|body|byline|dateline|authors|publication"
_IN_WHY = re.compile(rf"(?<=[:,] )({_FIELDS})(?= [0-9])")


@dataclass(frozen=True)
class Wording:
    """Says messages in one language."""

    lang: str

    @property
    def is_chinese(self) -> bool:
        """Whether that is Chinese."""
        return self.lang == "zh-CN"

    @property
    def other(self) -> str:
        """The other language."""
        return "en" if self.is_chinese else "zh-CN"

    @property
    def other_name(self) -> str:
        """What the other language calls itself."""
        return "English" if self.is_chinese else "中文"

    def __call__(self, message: str, *values: object) -> str:
        """
        Return a message, *values* in its gaps.

        >>> Wording("zh-CN")("{} articles", "1,200"), Wording("en")("missing: {}", "火星")
        ('共 1,200 篇', 'missing: 火星')
        """
        said = CHINESE.get(message, message) if self.is_chinese else message
        return said.format(*values) if values else said

    def whole(self, message: str) -> str:
        """Return a message of the library, which knows its values."""
        return translated(message) if self.is_chinese else message

    def why(self, why: str) -> str:
        """Return which phrases were found where."""
        if not self.is_chinese:
            return why
        return _IN_WHY.sub(lambda name: CHINESE[name[1]], why).replace("; missing: ", "；缺：")


_ENGLISH, _CHINESE = Wording("en"), Wording("zh-CN")
_LANGUAGE = re.compile(r"\s*([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]*)?\s*(?:;\s*q=([0-9.]{1,5}))?\s*")


def wording_for(chosen: str, accepted: str) -> Wording:
    """
    Return the language that was chosen, else the one that a browser prefers; Chinese when it says none.

    >>> wording_for("", "en-GB,en;q=0.9,zh;q=0.8").lang, wording_for("zh", "en").lang
    ('en', 'zh-CN')
    """
    if chosen[:2] in {"en", "zh"}:
        return _ENGLISH if chosen.startswith("en") else _CHINESE
    weights: Mapping[str, float] = {}
    for part in accepted[:200].split(","):
        found = _LANGUAGE.fullmatch(part)
        if found and found[1].lower() in {"en", "zh"}:
            try:
                weight = float(found[2] or 1)
            except ValueError:
                continue
            weights = {found[1].lower(): weight, **weights}
    return _ENGLISH if weights.get("en", 0.0) > weights.get("zh", 0.0) else _CHINESE
