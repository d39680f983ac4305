"""
The index itself: is it there, what does it say of itself, and how is it made.

It is an alias for an index with a number, `articles` for `articles-1`, so that another can take its
place in one step. An index of the plain name is taken as well.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from searchlib.deadline import NO_DEADLINE, Deadline
from searchlib.errors import BackendError, StoreFormatError, StoreNotFoundError
from searchlib.message import Message
from searchlib.opensearch.client import NAME, Client, Json
from searchlib.opensearch.mapping import FORMAT, META, Layout, describe, settings

_NUMBER = re.compile(r"-([0-9]{1,9})\Z")


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

    def __init__(self, client: Client) -> None:
        self.client = client
        self.name = client.address.index

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
        self.make(self.numbered(1), about, own, alias=True)
        return self.read()

    def numbered(self, number: int) -> str:
        """Return the name of the index with a number."""
        return f"{self.name}-{number}"

    def next_index(self, index: str) -> str:
        """Return the name of the index that is to take the place of another."""
        match = _NUMBER.search(index) if index.startswith(f"{self.name}-") else None
        return self.numbered(int(match[1]) + 1 if match else 1)

    def make(self, index: str, about: Json, own: Mapping[str, float], *, alias: bool) -> None:
        """Make an index; when another client was faster, its index is taken."""
        address = self.client.address
        body: Json = {
            "settings": settings(address.shards, address.replicas),
            "mappings": Layout(own).mapping(about),
        }
        if alias:
            body["aliases"] = {self.name: {}}
        try:
            self.client.ask("PUT", f"/{index}", body, params={"wait_for_active_shards": "1"})
        except BackendError as error:
            if "resource_already_exists_exception" not in str(error):
                raise

    def replace(self, old: str, new: str) -> None:
        """Put one index in the place of another, in one step, and delete the old one."""
        actions: list[Json] = [
            {"remove_index": {"index": old}},
            {"add": {"index": new, "alias": self.name}},
        ]
        self.client.ask("POST", "/_aliases", {"actions": actions})

    def drop(self, index: str) -> None:
        """Delete an index that nobody asks, if it is there."""
        with suppress(StoreNotFoundError):
            self.client.ask("DELETE", f"/{index}")

    def refresh(self) -> None:
        """Make all that was written findable."""
        self.client.ask("POST", f"/{self.name}/_refresh")
