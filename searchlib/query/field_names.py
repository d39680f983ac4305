"""The fields a query can name, and the names it may use for them."""

from __future__ import annotations

from searchlib.model import TEXT_FIELDS

STORED_FIELDS = ("id", "kind", "page", "source")
"""Fields that are compared as a whole, not searched in."""

ALIASES = {
    **{name: name for name in (*TEXT_FIELDS, *STORED_FIELDS, "date")},
    "title": "headline",
    "content": "body",
    "text": "body",
    "author": "authors",
    "section": "sections",
    "标题": "headline",
    "引题": "overline",
    "肩题": "overline",
    "副题": "subtitle",
    "栏目": "column",
    "小标题": "sections",
    "正文": "body",
    "作者": "authors",
    "记者": "authors",
    "署名": "byline",
    "电头": "dateline",
    "报纸": "publication",
    "日期": "date",
    "版次": "page",
}
"""Names that are before a colon, each with the field it means."""
