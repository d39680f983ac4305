"""Every place of a query with what is before and after it: a concordance (keyword in context)."""

from __future__ import annotations

from collections.abc import Iterator

from searchlib.findings import KwicLine
from searchlib.highlight.marking import Marker, merge_spans
from searchlib.model import Article


def kwic_lines(article: Article, marker: Marker, context: int) -> Iterator[KwicLine]:
    """
    Yield a line for each place of an article, in the order of its fields.

    Args:
        context: Code points on each side; paragraphs' ends read as spaces.
    """
    marked = marker.mark(article)
    for field in marker.fields:
        for text, places in zip(article.texts(field), marked.places[field], strict=True):
            flat = text.replace("\n", " ")
            for start, end in merge_spans((place.start, place.end) for place in places):
                before = flat[max(0, start - context) : start]
                yield KwicLine(
                    article.id,
                    field,
                    start,
                    before,
                    flat[start:end],
                    flat[end : end + context],
                    article.date,
                    article.headline,
                    article.publication,
                    article.source,
                )
