"""
Every exception that searchlib raises on purpose, under one root.

Each class carries the data its message is made of, so that a caller need not
parse text. Wrong argument *types* stay `TypeError`; our own bugs stay what
they are.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searchlib.message import Message

if TYPE_CHECKING:
    from reprlib import Repr

_SHOWN_CHARS = 40
"""How much of a long query a message shows on each side of the column."""


_MOST_SHOWN = 200


@cache
def _shortening() -> Repr:
    from reprlib import Repr  # noqa: PLC0415 (only for an error)

    shortening = Repr()
    shortening.maxlevel = 3
    shortening.maxstring = shortening.maxother = _MOST_SHOWN
    shortening.maxlist = shortening.maxtuple = shortening.maxdict = 10
    return shortening


class SearchlibError(Exception):
    """Root of all errors of this package: catch it to catch them all."""

    def __reduce__(self) -> tuple[Any, ...]:
        # A worker process hands its errors back pickled, which would call __init__ with the message alone.
        return _remade, (type(self), self.args), self.__dict__


def _remade(kind: type[SearchlibError], args: tuple[Any, ...]) -> SearchlibError:
    """Return an error as it was before it was pickled, but for its attributes."""
    error = kind.__new__(kind)
    error.args = args
    return error


def _show(value: object) -> str:
    """Return what a message shows of a value: the beginning of it, however much it holds."""
    try:
        return repr(value) if isinstance(value, (int, float)) else _shortening().repr(value)
    except ValueError:  # Python writes no int of thousands of digits
        return f"a {type(value).__name__} too long to show"


class ConfigError(SearchlibError, ValueError):
    """An option has a value that is not allowed; the message names what is."""

    def __init__(self, name: str, value: object, allowed: str) -> None:
        super().__init__(Message("{}={} is not allowed: {}", name, _show(value), Message.of(allowed)))
        self.name = name
        self.value = value
        self.allowed = allowed


class ArticleNotFoundError(ConfigError, KeyError):
    """No article has the id that was asked for."""

    def __init__(self, article_id: str) -> None:
        super().__init__("id", article_id, "no article has this id")
        self.article_id = article_id

    def __str__(self) -> str:
        return str(self.args[0])  # KeyError would show it in quotes


class CorpusError(SearchlibError):
    """A file or record cannot be read as articles."""

    def __init__(self, source: str, reason: str, *, line: int | None = None, excerpt: str = "") -> None:
        said = Message.of(reason)
        if excerpt:
            said = Message("{} ({})", said, repr(excerpt))
        super().__init__(
            Message("{}: {}", source, said)
            if line is None
            else Message("{}, line {}: {}", source, line, said)
        )
        self.source = source
        self.reason = reason
        self.line = line
        self.excerpt = excerpt


class PageFormatError(CorpusError):
    """A page's text is not something that articles can be split from."""


class QueryError(SearchlibError):
    """A query cannot be answered as it is written; `column` counts code points from 1."""

    def __init__(self, query: str, column: int, problem: str, hint: str = "") -> None:
        around = slice(max(0, column - 1 - _SHOWN_CHARS), column - 1 + _SHOWN_CHARS)
        place = (Message.of(problem), column, repr(query[around]))
        super().__init__(
            Message("{} at column {} of the query {}: {}", *place, Message.of(hint))
            if hint
            else Message("{} at column {} of the query {}", *place)
        )
        self.query = query
        self.column = column
        self.problem = problem
        self.hint = hint


class QuerySyntaxError(QueryError):
    """Quotes, brackets or operators of a query do not fit together."""


class UnknownFieldError(QueryError):
    """A field is asked for that articles do not have."""

    def __init__(self, query: str, column: int, field: str, known: tuple[str, ...]) -> None:
        problem = Message("no field {}", repr(field))
        super().__init__(query, column, problem, Message("the fields are {}", ", ".join(known)))
        self.field = field
        self.known = known


class _EndedEarlyError(SearchlibError):
    """A call ended before it was done."""

    def __init__(self, message: str, texts_read: int) -> None:
        super().__init__(Message("{}, {} texts read", Message.of(message), texts_read))
        self.texts_read = texts_read
        """How many texts of articles had been read."""
        self.partial: Any = None
        """What was found so far: lines of `kwic`, words of what counts words; else None."""


class SearchTimeoutError(_EndedEarlyError):
    """The `timeout` of a call was over before it was done."""

    def __init__(self, timeout_s: float, texts_read: int) -> None:
        super().__init__(Message("not done after {} s", f"{timeout_s:g}"), texts_read)
        self.timeout_s = timeout_s


class SearchCancelledError(_EndedEarlyError):
    """The `cancel` event of a call was set before it was done."""

    def __init__(self, texts_read: int) -> None:
        super().__init__("cancelled", texts_read)


class StoreError(SearchlibError):
    """The index on disk cannot be used as it is."""

    def __init__(self, path: Path | str, message: str) -> None:
        super().__init__(Message("{}: {}", path, Message.of(message)))
        self.path = Path(path)


class StoreNotFoundError(StoreError):
    """There is no index at this place."""


class StoreLockedError(StoreError):
    """Another process is writing to the index."""


class StoreFormatError(StoreError):
    """The index was written in a format, or with an analysis, other than this version's."""

    def __init__(self, path: Path | str, message: str, *, found: str, supported: str) -> None:
        super().__init__(path, message)
        self.found = found
        self.supported = supported


class BackendError(SearchlibError):
    """An engine behind the index failed; the cause is kept."""

    def __init__(self, backend: str, message: str) -> None:
        super().__init__(Message("{}: {}", backend, Message.of(message)))
        self.backend = backend


class BackendUnavailableError(BackendError):
    """An engine does not answer."""


class MissingExtraError(BackendError):
    """A package of an extra is needed; the message says how to install it."""

    def __init__(self, backend: str, package: str, extra: str) -> None:
        message = "needs {}; install it with: pip install {} (in a clone of searchlib: pip install '.[{}]')"
        super().__init__(backend, Message(message, package, package, extra))
        self.package = package
        self.extra = extra
