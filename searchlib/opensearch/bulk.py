"""
Many documents in few requests: by bytes, what was refused for want of room sent again.

A batch that was sent twice, because an answer was lost, does no harm: each document has its id.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

from searchlib.errors import BackendError, BackendUnavailableError
from searchlib.message import Message
from searchlib.opensearch.client import BLOCKED, NAME, Client, Json, pauses

BATCH_BYTES = 8 * 1024 * 1024
"""Larger batches are no faster, and each is held in memory on both sides."""

_BATCH_DOCUMENTS = 2000
_MAX_ID_BYTES = 512
_BUSY = (429, 503)
CONFLICT = 409
"""The status of an action on a document that has another version than it may have."""

_SHOWN = 200
_ANSWERED = "errors,items.*.status,items.*.error.type,items.*.error.reason,items.*._id"


def document_id(article_id: str) -> str:
    """Return the id of an article's document: the article's own, or its hash where that is too long."""
    data = article_id.encode("utf-8", "surrogatepass")
    if len(data) <= _MAX_ID_BYTES - len("=") and article_id.isprintable() and article_id:
        return f"={article_id}"
    return "#" + hashlib.blake2b(data, digest_size=32).hexdigest()


class Lines(Protocol):
    """What a batch is made of."""

    lines: bytes
    article_id: str
    """What an error calls it."""


L = TypeVar("L", bound=Lines)


class Seen(NamedTuple):
    """The state in which a document was seen."""

    number: int
    term: int


class Action:
    """One article to be put in or taken out, as the lines of a batch."""

    __slots__ = ("article_id", "lines")

    def __init__(
        self, article_id: str, document: Json | None, *, version: int | None = None, seen: Seen | None = None
    ) -> None:
        """
        Make one.

        Args:
            document: What is put in; None takes the article out.
            version: Nothing happens where the document has a later one. Sent again it is written again: only
                an answer to a write says that all copies have it.
            seen: Nothing happens where the document has changed since.
        """
        what: Json = {"_id": document_id(article_id)}
        if version is not None:
            what |= {"version": version, "version_type": "external_gte"}
        if seen is not None:
            what |= {"if_seq_no": seen.number, "if_primary_term": seen.term}
        self.article_id = article_id
        self.lines = _line({"delete" if document is None else "index": what})
        if document is not None:
            self.lines += _line(document)


def _line(value: Any) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair
        return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def batches(actions: Iterable[L]) -> Iterator[list[L]]:
    """Put actions together by their bytes."""
    found: list[L] = []
    size = 0
    for action in actions:
        if found and (size + len(action.lines) > BATCH_BYTES or len(found) >= _BATCH_DOCUMENTS):
            yield found
            found, size = [], 0
        found.append(action)
        size += len(action.lines)
    if found:
        yield found


def send(client: Client, index: str, actions: Sequence[Lines], *, is_alias: bool = False) -> list[int]:
    """
    Send one batch and return the status of each of its actions; `CONFLICT` where nothing happened.

    Args:
        is_alias: The name is an alias; where it is gone the cluster must not make an index of its name.

    Raises:
        BackendUnavailableError: The cluster has no room for them, again and again.
        BackendError: A document is refused; the message names its article.
    """
    params: Json = {"filter_path": _ANSWERED} | ({"require_alias": "true"} if is_alias else {})
    statuses: dict[int, int] = {}
    left = list(range(len(actions)))
    for pause in pauses(client.tries):
        body = b"".join(actions[place].lines for place in left)
        answer = client.ask("POST", f"/{index}/_bulk", body, params=params)
        refused: list[int] = []
        for place, item in zip(left, answer["items"], strict=True):
            ((_, told),) = item.items()
            status = int(told["status"])
            if status in _BUSY and told.get("error", {}).get("type") != BLOCKED:
                refused.append(place)
            elif "error" in told and status != CONFLICT:
                raise _refusal(client, actions[place], told["error"])
            statuses[place] = status
        if not refused:
            return [statuses[place] for place in range(len(actions))]
        left = refused
        if pause is not None:
            time.sleep(pause)
    message = Message("{} has no room for more articles now: try again later", client.address)
    raise BackendUnavailableError(NAME, message)


def _refusal(client: Client, action: Lines, error: Json) -> BackendError:
    kind, reason = str(error.get("type", "")), " ".join(str(error.get("reason", "")).split())[:_SHOWN]
    if kind == BLOCKED:
        cure = Message("free disk space on its nodes, or lift the block, and write again")
        return BackendError(NAME, Message("{} is read-only now ({}): {}", client.address, reason, cure))
    if kind == "index_not_found_exception":
        return replaced_error(client)
    return BackendError(
        NAME,
        Message(
            "{} refuses article {}: {}, {}", client.address, repr(action.article_id[:_SHOWN]), kind, reason
        ),
    )


def replaced_error(client: Client) -> BackendError:
    """Return the error of a write to an index that is no longer asked."""
    message = Message(
        "{} was replaced by another index, or deleted, while it was written to: send the articles again",
        client.address,
    )
    return BackendError(NAME, message)
