"""
Articles that are put in: cut into documents and sent, by this process and by others beside it.

What is as it was is left alone. Each document has a version, which is the article's place in the order of
coming: a batch that is sent again because its answer was lost, or that a slow node takes in late, changes
nothing that came after it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from searchlib.analysis import Analyzer
from searchlib.article_json import article_of
from searchlib.forks import new_lock
from searchlib.opensearch.bulk import CONFLICT, Action, batches, document_id, send
from searchlib.opensearch.client import Client
from searchlib.opensearch.mapping import DIGEST, FILE, Layout, digest_of
from searchlib.spool import Counts


class Incoming(NamedTuple):
    """An article on its way."""

    article_id: str
    record: bytes
    file: str
    order: int


class _Order:
    """Numbers articles in the order in which they come, over all calls of this process."""

    def __init__(self) -> None:
        self._lock = new_lock()
        self._last = 0

    def next(self) -> int:
        with self._lock:
            self._last = max(self._last + 1, time.time_ns())
            return self._last


ORDER_OF_COMING = _Order()


class _Known(NamedTuple):
    """What is known of an article that is there."""

    digest: str
    file: str
    version: int


class Putting:
    """What is done with a batch of articles; another process gets a copy, with a connection of its own."""

    def __init__(self, client: Client, index: str, layout: Layout, *, is_alias: bool, is_empty: bool) -> None:
        """*is_empty* says that no article can be there already."""
        self._client = client
        self._index = index
        self._layout = layout
        self._is_alias = is_alias
        self._is_empty = is_empty

    def __getstate__(self) -> Mapping[str, Any]:
        return self.__dict__ | {"_client": self._client.address}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.__dict__ |= dict(state) | {"_client": Client(state["_client"])}

    def __call__(self, analyzer: Analyzer, articles: Sequence[Incoming]) -> Counts:
        """Put articles in, each id once, and return what that did."""
        with self._client.patient():
            return self._put(analyzer, articles)

    def _put(self, analyzer: Analyzer, articles: Sequence[Incoming]) -> Counts:
        counts = Counts()
        known = {} if self._is_empty else self._read_known([one.article_id for one in articles])
        coming = {one.article_id: one for one in articles if not _is_there(one, known.get(one.article_id))}
        counts.unchanged = len(articles) - len(coming)
        for batch in batches(self._actions(analyzer, coming, known)):
            statuses = send(self._client, self._index, batch, is_alias=self._is_alias)
            late = []
            for action, status in zip(batch, statuses, strict=True):
                is_new = action.article_id not in known
                counts.added += is_new
                counts.updated += not is_new
                if status == CONFLICT:
                    late.append(action.article_id)
            self._put_again(analyzer, late, coming)
        return counts

    def _put_again(self, analyzer: Analyzer, late: Sequence[str], coming: Mapping[str, Incoming]) -> None:
        """
        Put in what was held to be late, and is not.

        Where an article is there it is one that came after it.
        Where there is none, one was taken out by a client whose clock is ahead.
        """
        if late:
            there = self._read_known(late)
            gone = {article_id: coming[article_id] for article_id in late if article_id not in there}
            for batch in batches(self._actions(analyzer, gone, None)):
                send(self._client, self._index, batch, is_alias=self._is_alias)

    def _actions(
        self, analyzer: Analyzer, coming: Mapping[str, Incoming], known: Mapping[str, _Known] | None
    ) -> Iterator[Action]:
        """Yield what puts articles in, later than those *known*; None puts them in whatever is there."""
        for article_id, record, file, order in coming.values():
            before = (known or {}).get(article_id)
            version = order if before is None else max(order, before.version + 1)
            document = self._layout.document(article_of(record), record, analyzer, file, version)
            yield Action(article_id, document, version=None if known is None else version)

    def _read_known(self, ids: Sequence[str]) -> dict[str, _Known]:
        """Return what is known of each article that is there."""
        names = {document_id(article_id): article_id for article_id in ids}
        answer = self._client.ask(
            "POST",
            f"/{self._index}/_mget",
            {"ids": list(names)},
            params={"_source_includes": f"{DIGEST},{FILE}"},
        )
        found = {}
        for one in answer["docs"]:
            if one.get("found"):
                source = one.get("_source", {})
                found[names[one["_id"]]] = _Known(
                    str(source.get(DIGEST, "")), str(source.get(FILE, "")), int(one["_version"])
                )
        return found


def _is_there(coming: Incoming, known: _Known | None) -> bool:
    """Return whether an article is there as it comes, of the same file."""
    if known is None or known.digest != digest_of(coming.record):
        return False
    return not coming.file or known.file == coming.file
