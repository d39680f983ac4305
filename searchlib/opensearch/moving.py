"""
Articles into a cluster and out of it, in batches.

There is no commit over several batches: a call that was interrupted has written some of its articles.
Called again it writes the others, because an article's id is its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from searchlib.analysis import Analyzer
from searchlib.engine.contract import Noted
from searchlib.errors import BackendError
from searchlib.message import Message
from searchlib.opensearch.bulk import CONFLICT, Action, Seen, batches, send
from searchlib.opensearch.clauses import Clause
from searchlib.opensearch.client import NAME, Client, Json
from searchlib.opensearch.finding import BY_ID, Finder
from searchlib.opensearch.mapping import FILE, ID, Layout
from searchlib.opensearch.putting import ORDER_OF_COMING, Incoming, Putting
from searchlib.spool import Counts, Steps
from searchlib.workers.crew import VARIABLE, Crew, usable_cores

_BATCH_BYTES = 1024 * 1024
"""Records that are worked at in one piece; their documents, six times as large, are one request."""

_BATCH_ARTICLES = 500
_FILES = 1000
_LISTED = 5000
_GONE = 404


class Writer:
    """Writes to one index, in a `with` block, at the end of which all is sent."""

    def __init__(
        self,
        client: Client,
        index: str,
        layout: Layout,
        analyzer: Analyzer,
        *,
        is_alias: bool,
        is_empty: bool,
        noted: Noted | None = None,
    ) -> None:
        """*is_empty* says that no article can be there already."""
        self._client = client
        self._index = index
        self._is_alias = is_alias
        self._is_empty = is_empty
        self._steps = Steps(noted)
        self._done = 0
        self._done_bytes = 0
        self._waiting: list[Incoming] = []
        self._waiting_bytes = 0
        self._old: dict[str, Seen] = {}
        putting = Putting(client, index, layout, is_alias=is_alias, is_empty=is_empty)
        self._crew: Crew[list[Incoming], Counts] = Crew(putting, analyzer, usable_cores(), self._lost_error)
        self.counts = Counts()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._crew:
            if kind is None:
                self._hand_out()
                self._crew.finish()
                self._remove(self._old)

    @staticmethod
    def _lost_error(became: str) -> BackendError:
        said = (
            "a process that helped to write {}: send the articles again. "
            "It may have run out of memory: try with {}=1"
        )
        return BackendError(NAME, Message(said, became, VARIABLE))

    def put(
        self, articles: Iterable[tuple[str, bytes]], file: str = "", held: Mapping[str, Seen] | None = None
    ) -> None:
        """
        Put articles in; one that is there already is replaced.

        Args:
            articles: Ids, each once in a `with` block, and records.
            file: The file they were read from.
            held: The articles that the file has there; those that do not come are taken out in the end,
                unless they came with another file.
        """
        self._old |= held or {}
        for article_id, record in articles:
            self._old.pop(article_id, None)
            self._waiting.append(Incoming(article_id, record, file, ORDER_OF_COMING.next()))
            self._waiting_bytes += len(record)
            if self._waiting_bytes >= _BATCH_BYTES or len(self._waiting) >= _BATCH_ARTICLES:
                self._hand_out()

    def _hand_out(self) -> None:
        if self._waiting:
            self._done += len(self._waiting)
            self._done_bytes += self._waiting_bytes
            self._crew.submit(self._waiting, self.counts.add)
            self._waiting, self._waiting_bytes = [], 0
            self._steps.note(self._done, self._done_bytes)

    def remove(self, ids: Iterable[str]) -> None:
        """Take out the articles with these ids; unknown ones are ignored."""
        self._send(Action(article_id, None) for article_id in dict.fromkeys(ids))

    def remove_where(self, clause: Clause) -> None:
        """Take out all articles that pass, unless somebody changes one meanwhile."""
        self._remove({article_id: seen for article_id, _, seen in self._list(clause)})

    def _remove(self, held: Mapping[str, Seen]) -> None:
        self._send(Action(article_id, None, seen=seen) for article_id, seen in held.items())

    def _send(self, actions: Iterable[Action]) -> None:
        for batch in batches(actions):
            statuses = send(self._client, self._index, batch, is_alias=self._is_alias)
            self.counts.removed += sum(status not in {_GONE, CONFLICT} for status in statuses)

    def held_by(self, files: Sequence[str]) -> Mapping[str, Mapping[str, Seen]]:
        """Return the articles that are there of each of some files."""
        found: dict[str, dict[str, Seen]] = defaultdict(dict)
        if not self._is_empty:
            for start in range(0, len(files), _FILES):
                for article_id, file, seen in self._list({"terms": {FILE: files[start : start + _FILES]}}):
                    found[file][article_id] = seen
        return found

    def _list(self, clause: Clause) -> Iterator[tuple[str, str, Seen]]:
        """Yield the id, the file and the state of each article that passes."""
        finder = Finder(self._client, self._index)
        for hit in list_articles(finder, clause, [ID, FILE], seq_no_primary_term=True):
            fields = hit["fields"]
            seen = Seen(int(hit["_seq_no"]), int(hit["_primary_term"]))
            yield str(fields[ID][0]), str(fields.get(FILE, [""])[0]), seen


def list_articles(finder: Finder, clause: Clause, fields: Sequence[str], **options: object) -> Iterator[Json]:
    """Yield all articles that pass, in the order of their ids, with some fields."""
    body: Json = {
        "size": _LISTED,
        "query": clause,
        "sort": BY_ID,
        "track_total_hits": False,
        "_source": False,
        "docvalue_fields": list(fields),
        **options,
    }
    return finder.hits(body)
