"""
Chinese full-text search: what stands in the text is found, the best comes first.

    >>> import searchlib
    >>> with searchlib.open("corpus.idx") as index:  # doctest: +SKIP
    ...     index.sync("corpus/")
    ...     print(index.search("党建引领")[0].headline)

Everything public is a name of this module. Importing it loads no dictionary,
no numpy and no Whoosh: each name is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from sys import modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from searchlib.analytics import Concordance, KwicOrder, Period, Trends
    from searchlib.association import Measure
    from searchlib.bound_query import BoundQuery
    from searchlib.citing import CitationStyle, citation_tags, cite
    from searchlib.cli.messages import translated
    from searchlib.deadline import Cancel
    from searchlib.diagnosis.standing import Before, Better, Lack, WhyNot
    from searchlib.engine.request import Group, Sort
    from searchlib.errors import (
        ArticleNotFoundError,
        BackendError,
        BackendUnavailableError,
        ConfigError,
        CorpusError,
        MissingExtraError,
        PageFormatError,
        QueryError,
        QuerySyntaxError,
        SearchCancelledError,
        SearchlibError,
        SearchTimeoutError,
        StoreError,
        StoreFormatError,
        StoreLockedError,
        StoreNotFoundError,
        UnknownFieldError,
    )
    from searchlib.findings import (
        Collocate,
        Explanation,
        KwicLine,
        NewWord,
        Suggestion,
        TellingWord,
        WordCount,
    )
    from searchlib.index import Index, open  # noqa: A004 (the public face has this name)
    from searchlib.ingest import explain_file, page_text, read
    from searchlib.marks import Mark, Marks
    from searchlib.model import Article, Span, Token
    from searchlib.native import kernel_status
    from searchlib.options import Facets, Match, SearchOptions
    from searchlib.pages import PageLine, split_page
    from searchlib.query import QUERY_FIELDS, quote
    from searchlib.reports import Repair, Report, Skipped
    from searchlib.results import Hit, Results
    from searchlib.snippet import Snippet
    from searchlib.stored_values import FILTER_KEYS
    from searchlib.syncing import Progress

    __version__: str

__all__ = [
    "FILTER_KEYS",
    "QUERY_FIELDS",
    "Article",
    "ArticleNotFoundError",
    "BackendError",
    "BackendUnavailableError",
    "Before",
    "Better",
    "BoundQuery",
    "Cancel",
    "CitationStyle",
    "Collocate",
    "Concordance",
    "ConfigError",
    "CorpusError",
    "Explanation",
    "Facets",
    "Group",
    "Hit",
    "Index",
    "KwicLine",
    "KwicOrder",
    "Lack",
    "Mark",
    "Marks",
    "Match",
    "Measure",
    "MissingExtraError",
    "NewWord",
    "PageFormatError",
    "PageLine",
    "Period",
    "Progress",
    "QueryError",
    "QuerySyntaxError",
    "Repair",
    "Report",
    "Results",
    "SearchCancelledError",
    "SearchOptions",
    "SearchTimeoutError",
    "SearchlibError",
    "Skipped",
    "Snippet",
    "Sort",
    "Span",
    "StoreError",
    "StoreFormatError",
    "StoreLockedError",
    "StoreNotFoundError",
    "Suggestion",
    "TellingWord",
    "Token",
    "Trends",
    "UnknownFieldError",
    "WhyNot",
    "WordCount",
    "citation_tags",
    "cite",
    "explain_file",
    "kernel_status",
    "open",
    "page_text",
    "quote",
    "read",
    "split_page",
    "translated",
]

_HOMES = {
    "analytics": ("Concordance", "KwicOrder", "Period", "Trends"),
    "citing": ("CitationStyle", "citation_tags", "cite"),
    "cli.messages": ("translated",),
    "deadline": ("Cancel",),
    "bound_query": ("BoundQuery",),
    "index": ("Index", "open"),
    "marks": ("Mark", "Marks"),
    "findings": ("Collocate", "Explanation", "KwicLine", "NewWord", "Suggestion", "TellingWord", "WordCount"),
    "model": ("Article", "Span", "Token"),
    "reports": ("Repair", "Report", "Skipped"),
    "pages": ("PageLine", "split_page"),
    "query": ("QUERY_FIELDS", "quote"),
    "association": ("Measure",),
    "engine.request": ("Group", "Sort"),
    "ingest": ("explain_file", "page_text", "read"),
    "native": ("kernel_status",),
    "options": ("Facets", "Match", "SearchOptions"),
    "results": ("Hit", "Results"),
    "snippet": ("Snippet",),
    "stored_values": ("FILTER_KEYS",),
    "diagnosis.standing": ("Before", "Better", "Lack", "WhyNot"),
    "syncing": ("Progress",),
}
_HAS_OPTIONS = {"BoundQuery", "Index", "open"}
"""What shows its options in `help`; the command, which nobody asks for help on these, has no time for it."""

_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # so that a type checker sees a misspelt name

    def __getattr__(name: str) -> Any:
        """Import a public name from its room when it is first asked for (PEP 562)."""
        if name == "__version__":
            from importlib.metadata import version  # noqa: PLC0415 (costs more than our own import)

            return version("searchlib")
        if name not in __all__:
            raise AttributeError(f"module 'searchlib' has no attribute {name!r}")
        value = getattr(import_module(f"searchlib.{_HOME_OF.get(name, 'errors')}"), name)
        if name in _HAS_OPTIONS and ("inspect" in modules or "searchlib.cli" not in modules):
            import_module("searchlib.options").show_options()
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
