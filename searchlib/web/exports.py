"""What is taken away: all hits as CSV or JSON lines, a feed, tables, citations."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from itertools import chain, islice
from typing import Any

from anyio import to_thread
from markupsafe import Markup
from starlette.responses import Response, StreamingResponse

from searchlib import ArticleNotFoundError, Hit, SearchlibError, answers, cite
from searchlib.web import interface
from searchlib.web.asked import Asked
from searchlib.web.marked import of_snippet
from searchlib.web.site import PageRequest

MAX_ROWS = 10_000
MAX_ENTRIES = 50
_ROWS_AT_ONCE = 100
_FULL_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MARK = "\ufeff"
"""By which Excel knows UTF-8."""

Stream = Callable[[PageRequest, Iterable[Hit]], Iterator[str]]


def csv(asking: PageRequest, hits: Iterable[Hit]) -> Iterator[str]:
    """Yield the hits as a table; a last row says when there are more."""
    yield _MARK
    yield from answers.csv_rows([answers.COLUMNS])
    for rank, hit in enumerate(hits, start=1):
        if rank > MAX_ROWS:
            yield from answers.csv_rows([[asking.t("no more than the first {} are here", f"{MAX_ROWS:,}")]])
            return
        yield from answers.csv_rows([answers.row_of_hit(rank, hit)])


def jsonl(_: PageRequest, hits: Iterable[Hit]) -> Iterator[str]:
    """Yield the hits as lines of JSON, as `search --jsonl`; a last line says when there are more."""
    for rank, hit in enumerate(hits, start=1):
        if rank > MAX_ROWS:
            yield answers.json_line({"truncated": True, "rows": MAX_ROWS}) + "\n"
            return
        yield answers.json_line(answers.of_hit(hit)) + "\n"


def send_stream(asking: PageRequest, stream: Stream) -> Response:
    """Return an export: one ranking of one commit, read as it is sent."""
    asked = Asked.of(asking.params, besides={"lang", "offset", "limit"})
    options = {**asked.options, "facets": (), "limit": MAX_ROWS + 1, "offset": 0, **asking.bounds}
    lines = stream(asking, asking.site.index.iter_hits(asked.q, **options))
    first = list(islice(lines, _ROWS_AT_ONCE))  # what is wrong with the question shows here
    name = "export.csv" if stream is csv else "export.jsonl"
    media_type = "text/csv; charset=utf-8" if stream is csv else "application/x-ndjson"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_send(first, lines), headers=headers, media_type=media_type)


async def _send(first: list[str], lines: Iterator[str]) -> AsyncIterator[str]:
    """Send the rows, some at a time; each lot is read in a thread."""
    rows = first
    while rows:
        yield "".join(rows)
        rows = await to_thread.run_sync(lambda: list(_until_error(islice(lines, _ROWS_AT_ONCE))))


def _until_error(lines: Iterator[str]) -> Iterator[str]:
    with suppress(SearchlibError):  # it is too late for another answer: the rows end
        yield from lines


_FEED = Markup(
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">\n'
    "<title>{title}</title>\n<id>{here}</id>\n<updated>{updated}</updated>\n"
    '<link rel="self" href="{here}"/>\n<link rel="alternate" type="text/html" href="{page}"/>\n'
    "<author><name>{site}</name></author>\n{entries}</feed>\n"
)
_ENTRY = Markup(
    "<entry>\n<title>{title}</title>\n<id>urn:searchlib:{name}</id>\n<updated>{updated}</updated>\n"
    '<link rel="alternate" type="text/html" href="{link}"/>\n{authors}'
    '<summary type="html">{summary}</summary>\n</entry>\n'
)
_AUTHOR = Markup("<author><name>{}</name></author>\n")
_UNKNOWN = "1970-01-01"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def feed(asking: PageRequest) -> Response:
    """Answer `/feed.atom`: the newest articles of a search."""
    asked = asking.asked
    options = {**asked.options, "sort": "newest", "offset": 0, "limit": MAX_ENTRIES, "facets": ()}
    results = asking.site.index.search(asked.q, **options, **asking.bounds).load()
    dates = [f"{_date(hit)}T00:00:00Z" for hit in results]
    entries = (
        _ENTRY.format(
            title=_xml(hit.headline or hit.id),
            name=blake2b(hit.id.encode("utf-8", "replace"), digest_size=12).hexdigest(),
            updated=date,
            link=asking.whole("article", Asked(q=asked.q).url(id=hit.id)),
            authors=Markup().join(_AUTHOR.format(_xml(author)) for author in hit.article.authors),
            summary=_xml(str(of_snippet(hit.snippet))) if hit.snippet else "",
        )
        for hit, date in zip(results, dates, strict=True)
    )
    here = asked.url(offset=0, sort="")
    text = _FEED.format(
        title=_xml(f"{asked.q} · {asking.site.title}" if asked.q else asking.site.title),
        here=asking.whole("feed.atom", here),
        page=asking.whole("", here),
        updated=max(dates, default=f"{_UNKNOWN}T00:00:00Z"),
        site=_xml(asking.site.title),
        entries=Markup().join(entries),
    )
    return Response(text, media_type="application/atom+xml")


def _date(hit: Hit) -> str:
    date = hit.article.date or ""
    return date if _FULL_DATE.fullmatch(date) else _UNKNOWN


def _csv(name: str, rows: Iterable[Sequence[object]]) -> Response:
    text = "".join(chain([_MARK], answers.csv_rows(rows)))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, headers=headers, media_type="text/csv; charset=utf-8")


def kwic(asking: PageRequest) -> Response:
    """Answer `/kwic.csv`: every place of a query, a row each."""
    asked = asking.asked
    order: Any = asking.param("by") or "relevance"
    options = {**asked.filters, **asked.reading, **asking.bounds}
    lines = asking.site.index.kwic(asked.q, limit=MAX_ROWS, context=60, sort=order, **options)
    return _csv("kwic.csv", chain([answers.PLACE_COLUMNS], map(answers.row_of_place, lines)))


def trend(asking: PageRequest) -> Response:
    """Answer `/trend.csv`: for each period a row, for each query its number and share."""
    from searchlib.web.study_pages import trends_of  # noqa: PLC0415 (one reads the parameters for both)

    trends = trends_of(asking)
    queries = list(trends.counts)
    heads = [trends.by, *chain.from_iterable((query, f"{query} (share)") for query in queries), "all"]
    shares = {query: trends.share(query) for query in queries}
    rows = (
        [
            period,
            *chain.from_iterable((trends.counts[q][n], f"{shares[q][n]:.6f}") for q in queries),
            trends.articles[n],
        ]
        for n, period in enumerate(trends.periods)
    )
    return _csv("trend.csv", chain([heads], rows))


def _cite(asking: PageRequest, style: Any, name: str, media_type: str) -> Response:
    wanted = interface.id_of(asking)
    article = asking.site.index.get(wanted)
    if article is None:
        raise ArticleNotFoundError(wanted)
    text = cite(article, style, url=asking.whole("article", Asked().url(id=wanted)))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, headers=headers, media_type=media_type)


def bibtex(asking: PageRequest) -> Response:
    """Answer `/cite.bib`."""
    return _cite(asking, "bibtex", "cite.bib", "application/x-bibtex; charset=utf-8")


def ris(asking: PageRequest) -> Response:
    """Answer `/cite.ris`."""
    return _cite(asking, "ris", "cite.ris", "application/x-research-info-systems; charset=utf-8")
