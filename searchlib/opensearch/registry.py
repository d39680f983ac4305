"""The list of the files that `sync` knows, in a small index beside that of the articles."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import cast

from searchlib.engine.contract import FileEntry
from searchlib.errors import BackendError, StoreNotFoundError
from searchlib.opensearch.bulk import batches, send
from searchlib.opensearch.clauses import Clause, term
from searchlib.opensearch.client import Client, Json
from searchlib.opensearch.finding import Finder
from searchlib.opensearch.home import About

_PAGE = 1000


class ClusterRegistry:
    """Reads and writes the list; an index that is not there yet has none."""

    def __init__(
        self, client: Client, name: str, about: Callable[[], About], held: Callable[[], set[str]]
    ) -> None:
        """*held* returns the files that the index has articles of."""
        self._client = client
        self._about = about
        self._held = held
        self._name = name

    def read(self) -> dict[str, FileEntry]:
        """Return what is known of each file, by its key."""
        try:
            owner = self._owner()
        except StoreNotFoundError:
            return {}
        found: dict[str, FileEntry] = {key: {"state": None, "articles": 0} for key in self._held()}
        with suppress(StoreNotFoundError):  # nothing was ever synced
            found.update(self._list(owner))
        return found

    def _owner(self) -> str:
        return str(self._about().said.get("index", ""))

    def _list(self, owner: str) -> Iterator[tuple[str, FileEntry]]:
        for hit in self._rows(term("owner", owner)):
            entry = json.loads(hit["_source"]["entry"])
            yield entry["key"], cast("FileEntry", entry["known"])

    def _rows(self, clause: Clause) -> Iterator[Json]:
        body: Json = {"size": _PAGE, "query": clause, "sort": [{"hash": "asc"}]}
        return Finder(self._client, self._name).hits(body)

    def update(self, changes: Mapping[str, FileEntry | None]) -> None:
        """Bring the list up to date; None takes a file off it."""
        if not changes:
            return
        try:
            owner = self._owner()
        except StoreNotFoundError:
            return
        self._make()
        with self._client.patient():
            for batch in batches(_Row(owner, key, entry) for key, entry in changes.items()):
                send(self._client, self._name, batch)
            self._client.ask("POST", f"/{self._name}/_refresh")

    def _make(self) -> None:
        """Make the list's index when there is none."""
        try:
            self._client.ask("GET", f"/{self._name}/_mapping")
        except StoreNotFoundError:
            keyword: Json = {"type": "keyword"}
            body: Json = {
                "settings": {"index.number_of_shards": 1, "index.auto_expand_replicas": "0-1"},
                "mappings": {
                    "dynamic": "strict",
                    "properties": {
                        "owner": keyword,
                        "hash": keyword,
                        "entry": {"type": "keyword", "index": False, "doc_values": False},
                    },
                },
            }
            try:
                self._client.ask("PUT", f"/{self._name}", body)
            except BackendError as error:
                if "resource_already_exists_exception" not in str(error):
                    raise

    def keep_own(self) -> None:
        """Take off the list what another index knew that was in the place before, or was to be."""
        others: Json = {"bool": {"must_not": [term("owner", self._owner())]}}
        with suppress(StoreNotFoundError):
            for batch in batches([_Gone(str(row["_id"])) for row in self._rows(others)]):
                send(self._client, self._name, batch)
            self._client.ask("POST", f"/{self._name}/_refresh")


class _Row:
    """What is known of one file, as the lines of a batch."""

    def __init__(self, owner: str, key: str, entry: FileEntry | None) -> None:
        name = hashlib.blake2b(f"{owner}\0{key}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        self.article_id = key
        action = {"delete" if entry is None else "index": {"_id": name}}
        lines = [json.dumps(action)]
        if entry is not None:
            known = json.dumps({"key": key, "known": entry}, ensure_ascii=True)
            lines.append(json.dumps({"owner": owner, "hash": name, "entry": known}))
        self.lines = "".join(f"{line}\n" for line in lines).encode()


class _Gone:
    """A row that is taken off, as a line of a batch."""

    def __init__(self, name: str) -> None:
        self.article_id = name
        self.lines = json.dumps({"delete": {"_id": name}}).encode() + b"\n"
