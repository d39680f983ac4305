"""How to ask, and the keys."""

from __future__ import annotations

from starlette.responses import Response

from searchlib.web.asked import Asked
from searchlib.web.labels import count
from searchlib.web.site import PageRequest

_QUERIES = (
    ("党建 引领", "articles with both words"),
    ('"乡村振兴"', "this phrase, exactly as it is written"),
    ("春节 OR 元宵", "one or the other"),
    ("农业 -会议", "the first without the second"),
    ("经济 NEAR/8 增长", "two words within eight words of each other"),
    ("headline:开幕", "in the headline"),
    ("post*", "words that begin like this"),
    ("冬捕 date:2023-12..2024-02", "of these months"),
)
_KEYS = (
    ("/", "to the words of the query"),
    ("j k", "next and previous hit"),
    ("n p", "next and previous mark"),
    ("[ ]", "previous and next article of the hits"),
    ("u", "back to the hits "),
)


def help_page(asking: PageRequest) -> Response:
    """Answer `/help`: what can be typed, each row a link that asks it."""
    t = asking.t
    stats = asking.site.index.stats()
    about = t("{} articles, {} to {}", count(stats["articles"]), stats["first_date"], stats["last_date"])
    return asking.page(
        "help.html",
        "help",
        rows=[
            {"query": query, "meaning": t(meaning), "url": Asked(q=query, lang=asking.asked.lang).url()}
            for query, meaning in _QUERIES
        ],
        keys=[(key, t(meaning)) for key, meaning in _KEYS],
        about=about if stats["articles"] else "",
    )
