"""
Requests to a cluster: tried again where that helps, and their failures as our errors, one clear line each.

A request goes to another address when one does not answer, after a pause that grows. All that is
written has ids of its own, so that whatever is sent twice is there once.
"""

from __future__ import annotations

import random
import re
import ssl
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from searchlib.deadline import NO_DEADLINE, Deadline
from searchlib.errors import (
    BackendError,
    BackendUnavailableError,
    MissingExtraError,
    QueryError,
    StoreNotFoundError,
)
from searchlib.forks import new_lock
from searchlib.message import Message
from searchlib.opensearch.address import (
    CERTIFICATES,
    KEY,
    PASSWORD,
    PLAIN_SCHEME,
    TLS_SCHEME,
    USER,
    Address,
    Credentials,
    read_credentials,
)

NAME = "opensearch"
OLDEST = (3, 2)
"""The first release with the query `combined_fields`, by which articles are chosen for ranking."""

TIMEOUT_S = 30.0
"""How long one request may take unless a search has less time."""

PAUSE_S = 0.2
MAX_PAUSE_S = 5.0
"""Before the second try, and at most before a further one: each pause is twice as long as the one before."""

TRIES = 6
"""Of a question: a node may be lost for about 5 seconds."""

PATIENT_TRIES = 20
"""Of what is written: about a minute, as a busy cluster takes that long to elect another manager."""

BLOCKED = "cluster_block_exception"
"""The kind of refusal of a cluster that takes nothing in: no second try helps before somebody mends it."""

_OF_A_LOST_NODE = frozenset(
    {
        "connect_transport_exception",
        "no_shard_available_action_exception",
        "node_closed_exception",
        "node_disconnected_exception",
        "node_not_connected_exception",
        "receive_timeout_transport_exception",
    }
)
"""What the node that was asked says when another one goes away in the middle of it."""

_CONNECTIONS = 32
"""To each address: more threads wait for each other's requests."""

_NO_TLS = re.compile("WRONG_VERSION_NUMBER|RECORD_LAYER_FAILURE|UNKNOWN_PROTOCOL|HTTP_REQUEST")
_REFUSED = re.compile(r"certificate verify failed: ([^(]{1,200}?)\.? \(")

_BUSY = (429, 502, 503, 504)
_SHOWN = 200

Json = dict[str, Any]


class Client:
    """Sends requests of one index; safe for many threads. It connects when it is first asked."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._credentials: Credentials | None = None
        self._transport: Any = None
        self._lock = new_lock()
        self._writers = 0

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        params: Mapping[str, Any] | None = None,
        deadline: Deadline = NO_DEADLINE,
        tries: int | None = None,
    ) -> Json:
        """
        Send a request and return the answer.

        Raises:
            BackendUnavailableError: No address answers, or the cluster is overloaded all the time.
            StoreNotFoundError: There is no such index.
            BackendError: The cluster refuses; the message says why.
        """
        transport = self._open()
        return self._try(
            lambda timeout: transport.perform_request(
                method, path, params={**(params or {}), "request_timeout": timeout}, body=body
            ),
            deadline,
            tries or self.tries,
        )

    @property
    def tries(self) -> int:
        """How often a request is sent at most."""
        return PATIENT_TRIES if self._writers else TRIES

    @contextmanager
    def patient(self) -> Iterator[None]:
        """Wait longer for a lost node until the block ends: a write that failed is sent again as a whole."""
        with self._lock:
            self._writers += 1
        try:
            yield
        finally:
            with self._lock:
                self._writers -= 1

    def _try(self, send: Callable[[float], Any], deadline: Deadline, tries: int) -> Json:
        from opensearchpy.exceptions import OpenSearchException  # noqa: PLC0415 (an extra)

        for pause in pauses(tries):
            deadline.check(texts=0)
            left = deadline.remaining_s
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # what the cluster finds old is its operator's affair
                    found = send(TIMEOUT_S if left is None else max(0.1, min(left, TIMEOUT_S)))
                return found if isinstance(found, dict) else {"answer": found}
            except OpenSearchException as error:
                deadline.check(texts=0)
                if pause is None or not _may_pass(error):
                    raise self._as_ours(error) from error
            time.sleep(pause)
        raise AssertionError("a request without a try")

    def _open(self) -> Any:
        with self._lock:
            if self._transport is None:
                transport = self._connect()
                self._check_version(transport)
                self._transport = transport
            return self._transport

    def _connect(self) -> Any:
        try:
            from opensearchpy import OpenSearch  # noqa: PLC0415 (an extra)
        except ImportError as error:
            raise MissingExtraError(NAME, "opensearch-py", NAME) from error
        address, who = self.address, read_credentials(self.address)
        self._credentials = who
        options: dict[str, Any] = {"use_ssl": address.is_tls}
        if address.is_tls:
            options |= {"verify_certs": True, "ssl_show_warn": False}
            if who.certificates:
                options["ca_certs"] = who.certificates
        if who.user:
            options["http_auth"] = (who.user, who.password)
        elif who.key:
            options["headers"] = {"Authorization": f"Bearer {who.key}"}
        return OpenSearch(
            [{"host": host.strip("[]"), "port": port} for host, port in address.hosts],
            http_compress=not address.is_local,
            timeout=TIMEOUT_S,
            max_retries=len(address.hosts) - 1,
            retry_on_timeout=True,
            pool_maxsize=_CONNECTIONS,
            **options,
        ).transport

    def _check_version(self, transport: Any) -> None:
        about = self._try(
            lambda timeout: transport.perform_request("GET", "/", params={"request_timeout": timeout}),
            NO_DEADLINE,
            TRIES,
        )
        version = about.get("version", {})
        number = str(version.get("number", "?")) if isinstance(version, dict) else "?"
        distribution = str(version.get("distribution", "")) if isinstance(version, dict) else ""
        wanted = ".".join(map(str, OLDEST))
        if distribution != NAME:
            message = Message(
                "what answers at {} is not an OpenSearch cluster of version {} or newer", self.address, wanted
            )
            raise BackendError(NAME, message)
        if _version(number) < OLDEST:
            message = Message(
                "{} runs version {}; upgrade the cluster to {} or newer", self.address, number, wanted
            )
            raise BackendError(NAME, message)

    def close(self) -> None:
        """Give the connections back."""
        with self._lock:
            if self._transport is not None:
                self._transport.close()
                self._transport = None

    def _as_ours(self, error: Exception) -> Exception:
        """Return our error for one of opensearch-py."""
        from opensearchpy import exceptions as theirs  # noqa: PLC0415 (an extra)

        address = self.address
        if isinstance(error, theirs.SSLError) or _is_of_tls(error):
            return BackendUnavailableError(NAME, _of_tls(address, error))
        if isinstance(error, theirs.ConnectionTimeout):
            message = Message("{} does not answer in time: is the cluster overloaded?", address)
            return BackendUnavailableError(NAME, message)
        if isinstance(error, theirs.ConnectionError):
            if not address.is_tls and "Connection aborted" in str(getattr(error, "info", "")):
                message = Message(
                    "{} closes connections without an answer: if its nodes speak TLS, write {}://",
                    address,
                    TLS_SCHEME,
                )
                return BackendUnavailableError(NAME, message)
            message = Message(
                "{} cannot be reached: see whether a node runs at one of these addresses", address
            )
            return BackendUnavailableError(NAME, message)
        status = getattr(error, "status_code", None)
        kind, reason = _reason_of(error)
        return self._as_error(status, kind, reason)

    def _as_error(self, status: object, kind: str, reason: str) -> Exception:
        address = self.address
        if kind == BLOCKED:
            cure = Message("free disk space on its nodes, or lift the block, and write again")
            return BackendError(NAME, Message("{} is read-only now ({}): {}", address, reason, cure))
        if status == 401:  # noqa: PLR2004
            cure = Message("set {} and {}, or {}", USER, PASSWORD, KEY)
            if self._credentials:
                return BackendError(
                    NAME, Message("{} refuses this user and password, or this key: {}", address, cure)
                )
            return BackendError(NAME, Message("{} asks who you are: {}", address, cure))
        if status == 403:  # noqa: PLR2004
            return BackendError(NAME, Message("this user may not do that at {}: {}", address, reason))
        if kind == "index_not_found_exception":
            message = Message("there is no index here; make one with: search index PATH...")
            return StoreNotFoundError(str(address), message)
        if "too_many" in kind and "clause" in (kind + reason):
            return QueryError("", 1, "more words than the cluster takes at once", "ask for fewer")
        if status in _BUSY or kind in _OF_A_LOST_NODE:
            message = Message("{} is overloaded or not ready ({}): try again later", address, reason)
            return BackendUnavailableError(NAME, message)
        return BackendError(NAME, Message("{} refuses a request ({}, {}): {}", address, status, kind, reason))


def pauses(tries: int) -> Iterator[float | None]:
    """Yield for each try the seconds to wait after it when it fails; None after the last."""
    pause = PAUSE_S
    for _ in range(tries - 1):
        yield pause * random.uniform(0.5, 1.0)  # noqa: S311 (so that clients do not come all at once)
        pause = min(2 * pause, MAX_PAUSE_S)
    yield None


def _may_pass(error: Exception) -> bool:
    """Return whether what failed may work a moment later, or at another address."""
    from opensearchpy import exceptions as theirs  # noqa: PLC0415 (an extra)

    if isinstance(error, theirs.SSLError) or _is_of_tls(error):
        return False
    if isinstance(error, theirs.ConnectionError):
        return not _is_unknown(error)
    kind = _reason_of(error)[0]
    return kind in _OF_A_LOST_NODE or (getattr(error, "status_code", None) in _BUSY and kind != BLOCKED)


def _is_of_tls(error: BaseException) -> bool:
    info = getattr(error, "info", None)
    return (
        isinstance(info, ssl.SSLError)
        or "CERTIFICATE_VERIFY_FAILED" in str(info)
        or "SSLError" in type(info).__name__
    )


def _of_tls(address: Address, error: Exception) -> Message:
    """Return what is wrong with a certificate, or that there is no TLS at all."""
    said = str(getattr(error, "info", "") or error)
    if _NO_TLS.search(said):
        return Message("{} does not speak TLS: write {}:// for it", address, PLAIN_SCHEME)
    match = _REFUSED.search(said)
    reason = match[1] if match else "TLS"
    if "match" in reason:
        return Message("the certificate of {} is for other hosts ({})", address, reason)
    return Message(
        "the certificate of {} is not trusted ({}): name its authority's in {}", address, reason, CERTIFICATES
    )


def _is_unknown(error: BaseException) -> bool:
    """Return whether no address has the name, which no second try changes."""
    return "NameResolutionError" in repr(getattr(error, "info", ""))


def _reason_of(error: Exception) -> tuple[str, str]:
    """Return the kind of a refusal and its reason, shortened: a cluster may repeat whole articles."""
    info = getattr(error, "info", None)
    said = info.get("error") if isinstance(info, dict) else None
    if not isinstance(said, dict):
        return str(getattr(error, "error", "")), str(said or getattr(error, "error", ""))[:_SHOWN]
    causes = [said.get("caused_by"), *(said.get("root_cause") or []), said]
    reasons = [one for one in causes if isinstance(one, dict) and one.get("reason")]
    chosen = reasons[-1] if reasons else said
    deepest = _deepest(said)
    kind = str(deepest.get("type", said.get("type", "")))
    reason = str(deepest.get("reason", chosen.get("reason", "")))
    return kind, " ".join(reason.split())[:_SHOWN]


def _deepest(said: Json) -> Json:
    """Return the first cause of an error: of a search that fails, what a shard said."""
    failed = said.get("failed_shards")
    if isinstance(failed, list) and failed and isinstance(failed[0], dict):
        reason = failed[0].get("reason")
        if isinstance(reason, dict):
            return _deepest(reason)
    cause = said.get("caused_by")
    return _deepest(cause) if isinstance(cause, dict) and cause.get("type") else said


def _version(number: str) -> tuple[int, ...]:
    parts = number.split("-", maxsplit=1)[0].split(".")[:2]
    return tuple(int(part) if part.isdigit() else 0 for part in parts)
