"""
The index itself: is it there, what does it say of itself, and how is it made.

It is an alias for an index with a number, `articles` for `articles-1`, so that another can take its
place in one step (`aside`). An index of the plain name is taken as well.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress

from searchlib.deadline import NO_DEADLINE, Deadline
from searchlib.errors import BackendError, BackendUnavailableError, StoreFormatError, StoreNotFoundError
from searchlib.frozen import dataclass
from searchlib.message import Message
from searchlib.opensearch.client import NAME, Client, Json, pauses
from searchlib.opensearch.mapping import FORMAT, META, Layout, describe, settings

_NUMBER = re.compile("-([0-9]{1,9})")


@dataclass(frozen=True)
class About:
    """What is known of an index that is there."""

    index: str
    """The name of the index behind the alias."""
    layout: Layout
    said: Json
    """What it says of itself: its format, fingerprint, fields and versions."""


class Home:
    """Finds and makes the index of one address."""

    def __init__(self, client: Client, place: str | None = None) -> None:
        """*place* is the name of the index whose place it is to take; None where it has its own."""
        self.client = client
        self.name = client.address.index
        self.place = place or self.name

    def read(self, deadline: Deadline = NO_DEADLINE) -> About:
        """
        Return what is known of the index.

        Raises:
            StoreNotFoundError: It is not there.
            StoreFormatError: It is another program's, or of another format.
        """
        found = self.client.ask("GET", f"/{self.name}/_mapping", deadline=deadline)
        if len(found) != 1:
            names = ", ".join(sorted(found)) or "none"
            message = Message(
                "{} must be one index and is an alias of several: {}", self.client.address, names
            )
            raise BackendError(NAME, message)
        ((index, told),) = found.items()
        said = told.get("mappings", {}).get("_meta", {}).get(META)
        where = str(self.client.address)
        if not isinstance(said, dict):
            message = Message("this index was not made by searchlib; name another")
            raise StoreFormatError(where, message, found="another index", supported="an index of searchlib")
        if said.get("format") != FORMAT:
            found_format = said.get("format")
            cure = Message("read it with the release that wrote it, or write it again from an export")
            message = Message(
                "written in format {}, this version reads {}: {}", repr(found_format), FORMAT, cure
            )
            raise StoreFormatError(where, message, found=str(found_format), supported=str(FORMAT))
        return About(index, Layout(said.get("fields", {})), said)

    def create(self, fingerprint: Mapping[str, str], own: Mapping[str, float], versions: Json) -> About:
        """Make the index, unless another client has just made it, and return what is known of it."""
        about = describe(secrets.token_hex(8), fingerprint, own, versions)
        with suppress(StoreNotFoundError):
            return self.read()
        number = 1 if self.place == self.name else max(self._numbers(), default=0) + 1
        self._make(f"{self.place}-{number}", about, own)
        return self.read()

    def _numbers(self) -> Iterator[int]:
        """Yield the numbers of the indexes that have the place, had it or are to have it."""
        for index in self.client.ask("GET", f"/{self.place}-*/_alias"):
            if match := _NUMBER.fullmatch(index.removeprefix(self.place)):
                yield int(match[1])

    def _make(self, index: str, about: Json, own: Mapping[str, float]) -> None:
        """Make an index; when another client was faster, its index is taken."""
        address = self.client.address
        body: Json = {
            "settings": settings(address.shards, address.replicas),
            "mappings": Layout(own).mapping(about),
            "aliases": {self.name: {}, f"{self.place}.{about['index']}": {}},
        }
        try:
            self.client.ask("PUT", f"/{index}", body, params={"wait_for_active_shards": "1"})
        except BackendError as error:
            if "resource_already_exists_exception" not in str(error):
                raise

    def written_by(self, about: About) -> str | None:
        """
        Return the alias that no other index has or will have; None where an index was made otherwise.

        What is written by it goes into this index or nowhere: of the name of one that is gone the cluster
        would make another.
        """
        alias = f"{self.place}.{about.said.get('index', '')}"
        found = self.client.ask("GET", f"/{about.index}/_alias")
        return alias if alias in found.get(about.index, {}).get("aliases", {}) else None

    def refresh(self) -> None:
        """
        Make all that was written findable, on every copy: one that fails to would not do so later either.

        Raises:
            BackendUnavailableError: A shard does not do so, again and again.
        """
        for pause in pauses(self.client.tries):
            told = self.client.ask("POST", f"/{self.name}/_refresh")
            if not told.get("_shards", {}).get("failed"):
                return
            if pause is not None:
                time.sleep(pause)
        message = Message(
            "{} is overloaded or not ready ({}): try again later",
            self.client.address,
            Message("what was written is not findable yet"),
        )
        raise BackendUnavailableError(NAME, message)
