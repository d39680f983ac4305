"""
What the keys of a record mean: `标题`, `news_title` and `pubDate` are fields of an article too.

The table is for records and tables only. The names that a query puts before a
colon are others, so that a pasted `来源：` is no filter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

_ALIASES = {
    "headline": """
        headline title heading
        标题 正标题 标题名 标题名称 标题文字 文章名 文章名称 题目 题名 篇名 篇题 主标题 主题目 正题 大标题
        標題 題目 題名 主標題 正題 大標題
        | head header hed subject caption name 题 名称 主题 題 名稱 主題""",
    "body": """
        body content text contents fulltext full maintext bodytext textbody textcontent contenttext plaintext
        rawtext cleantext rawcontent maincontent articlebody paragraphs paragraph paras
        fulltextbody articletext message story para
        正文 内容 全文 文本 正文文本 内文文字 原文 内文 正文内容 内容正文 文字 段落 详细内容 文字内容
        內容 內文 正文內容 詳細內容 文字內容
        | description desc summary abstract excerpt digest lead
        摘要 简介 导语 概要 提要 描述 簡介 導語""",
    "overline": """
        overline kicker eyebrow supertitle pretitle introtitle
        引题 肩题 眉题 上题 上标题 引標題 引題 肩題 眉題""",
    "subtitle": """
        subtitle subhead subheading subheadline deck dek secondtitle secondarytitle vicetitle
        副题 副标题 下题 子标题 副題 副標題""",
    "column": """
        column columnname columntitle
        栏目 专栏 栏目名 栏目名称 欄目 專欄 欄目名稱""",
    "sections": "sections 小标题 小標題",
    "authors": """
        authors author byauthor authorname authornames writer writers creator creators
        作者 作者名 作者姓名 撰稿 撰稿人 撰文 著者
        reporter reporters journalist journalists correspondent correspondents
        记者 记者姓名 通讯员 采写 供稿 by 記者 通訊員""",
    "byline": "byline 署名",
    "dateline": "dateline 电头 電頭",
    "date": """
        date publishdate publisheddate publicationdate pubdate datepublished dateissued issuedate issued
        publishtime publishedtime pubtime publishedat publishat published
        releasedate releasetime printdate
        posttime postdate postedat datetime time timestamp createdat createtime createdate ctime created
        datetimes publishedon publicationtime dateandtime newspaperdate
        日期 日期时间 日期時間 发布日期 发表日期 出版日期
        刊发日期 刊登日期 刊载日期 刊出日期 登载日期 出刊日期
        见报日期 报道日期 报纸日期 发稿日期 发文日期 发行日期
        发布时间 发表时间 出版时间 刊发时间 刊登时间 见报时间 发稿时间 发文时间 创建时间 时间 年月日 刊期
        發布日期 發佈日期 發表日期 刊登日期 見報日期 發稿日期
        發布時間 發佈時間 發表時間 出版時間 刊登時間 見報時間 發稿時間 時間""",
    "publication": """
        publication publicationname newspaper newspapername paper papername journal magazine periodical
        media medianame mediasource outlet publisher sitename sourcename site
        报纸 报纸名称 报纸名 报名 报社 出版物 出版单位
        报刊 报刊名称 刊物 刊名 期刊 期刊名称 媒体 媒体名称 来源 来源媒体
        信息来源 消息来源
        稿件来源 稿源 出处 来源网站 网站 网站名称
        報紙 報紙名稱 報刊 刊物名稱 期刊名稱 媒體 媒體名稱 來源 來源媒體 新聞來源 消息來源 稿件來源 出處""",
    "page": """
        page pageno pagenum pagenumber pagename
        版次 版次号 版面 版号 版 版數 版数 版面号 版序 页码 页 版別 版號 頁碼 頁""",
    "kind": "kind",
    "source": "source",
    "id": """
        id docid documentid articleid newsid recordid itemid uid uuid guid
        编号 序号 文章编号 新闻编号 记录号 文档编号 文号 編號 序號""",
}
"""
Of each field its names, the one that counts first at the front: letters small, without marks between.

Names after the stroke are weak: they count where no other name of the field has a value.
"""

_PREFIXES = (
    "news", "article", "post", "doc", "document", "story", "item", "main", "full", "page", "blog",
    "新闻", "文章", "稿件", "报道", "文档", "资讯", "博客", "新聞", "報道", "報導", "文檔",
)  # fmt: skip
"""What may be put before a name: `news_title`, `文章标题`."""

_BETWEEN = re.compile("[\\s_\\-.:/\u200b-\u200f\u2060\ufeff]+")
_WEAK = 1000
"""Added to the place of a weak name."""


def plain_key(key: str) -> str:
    """
    Return a key as the table has it.

    >>> plain_key(" Publish_Time "), plain_key("发布 时间"), plain_key("pubDate")
    ('publishtime', '发布时间', 'pubdate')
    """
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", key).casefold())


@lru_cache(maxsize=4096)
def field_of(key: str) -> tuple[str, int] | None:
    """
    Return the field that a key names and how late it comes among the names of that field.

    >>> field_of("文章标题")[0], field_of("crawl_time"), field_of("Content")
    ('headline', None, ('body', 1))
    """
    plain = plain_key(key)
    if found := _TABLE.get(plain):
        return found
    for prefix in _PREFIXES:
        if plain.startswith(prefix) and (found := _TABLE.get(plain.removeprefix(prefix))):
            return found
    return None


def is_plain(key: str) -> bool:
    """Return whether a key names a field, no English word before it: `文章标题`, not `news_title`."""
    return plain_key(key) in _TABLE or (not key.isascii() and field_of(key) is not None)


def is_weak(key: str) -> bool:
    """Return whether a key names a field only where nothing else does: `summary`, `name`."""
    found = field_of(key)
    return found is not None and found[1] >= _WEAK


def _table() -> Iterator[tuple[str, tuple[str, int]]]:
    for field, names in _ALIASES.items():
        for strength, part in enumerate(names.split("|")):
            for place, name in enumerate(part.split()):
                yield name, (field, place + strength * _WEAK)


_TABLE: Mapping[str, tuple[str, int]] = dict(reversed(list(_table())))


def keys_by_field(record: Mapping[Any, Any]) -> dict[str, list[str]]:
    """Return for each field the keys of a record that name it, the one that counts first at the front."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for number, key in enumerate(record):
        meant = field_of(key) if isinstance(key, str) else None
        if meant is not None:
            field, place = meant
            found.setdefault(field, []).append((-1 if key == field else place, number, key))
    return {field: [key for *_, key in sorted(keys)] for field, keys in found.items()}
