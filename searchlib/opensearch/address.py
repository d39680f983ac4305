"""
Where an index on a cluster is, and who asks: `opensearch://host:9200,host2:9200/articles`.

Behind a `?` stands what a new index is made with, `shards=3&replicas=1`, and the folder of the user's
own words, `lexicon=DIR`.

A user's name, password or key is never a part of the address, which is shown in messages and kept in
histories: it comes from the environment, or from a file that the environment names.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl

from searchlib.errors import ConfigError
from searchlib.frozen import dataclass, field
from searchlib.message import Message

PLAIN_SCHEME, TLS_SCHEME = "opensearch", "opensearchs"
PORT = 9200

USER = "SEARCHLIB_OPENSEARCH_USER"
PASSWORD = "SEARCHLIB_OPENSEARCH_PASSWORD"  # noqa: S105 (the name of a variable)
KEY = "SEARCHLIB_OPENSEARCH_KEY"
FROM_FILE = "_FILE"
"""Behind the name of a variable: the same from a file, `SEARCHLIB_OPENSEARCH_PASSWORD_FILE`."""
CERTIFICATES = "SEARCHLIB_OPENSEARCH_CA"

_ALLOWED = (
    "a folder, or opensearch://host:9200,host2:9200/INDEX on a cluster (opensearchs:// with TLS); "
    "index names are lower case"
)
_INDEX = re.compile(r"[a-z0-9][a-z0-9_.\-]{0,254}")
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?")
_COUNT = re.compile("[0-9]{1,3}")
_LAST_PORT = 65535


@dataclass(frozen=True)
class Address:
    """An index on a cluster; as text it is what was given, which holds no secret."""

    hosts: tuple[tuple[str, int], ...]
    index: str
    is_tls: bool
    shards: int | None = None
    replicas: int | None = None
    lexicon: str | None = None

    def __str__(self) -> str:
        scheme = TLS_SCHEME if self.is_tls else PLAIN_SCHEME
        return f"{scheme}://{','.join(f'{host}:{port}' for host, port in self.hosts)}/{self.index}"

    @property
    def is_local(self) -> bool:
        """Whether all its hosts are this machine."""
        return all(_is_loopback(host) for host, _ in self.hosts)


@dataclass(frozen=True)
class Credentials:
    """Who asks; nothing of it is ever shown."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    certificates: str | None = None
    """The file of the certificates that sign the nodes' own; None for the system's."""

    def __bool__(self) -> bool:
        return bool(self.user or self.key)


def parse_address(text: str) -> Address:
    """
    Read an address.

    Raises:
        ConfigError: It is of another scheme, or has no host or index, or a user's name in it.

    >>> str(parse_address("opensearch://localhost,other:9201/articles"))
    'opensearch://localhost:9200,other:9201/articles'
    """
    scheme, _, rest = text.partition("://")
    if scheme not in {PLAIN_SCHEME, TLS_SCHEME}:
        raise ConfigError("path", _without_user(text), _ALLOWED)
    if "@" in rest:
        cure = Message(
            "an address without user and password; give them as {} and {} in the environment", USER, PASSWORD
        )
        raise ConfigError("path", _without_user(text), cure)
    rest, _, options = rest.partition("?")
    places, _, index = rest.partition("/")
    index = index.removesuffix("/")
    hosts = [_host(text, place) for place in places.split(",")]
    if not _INDEX.fullmatch(index):
        raise ConfigError("path", text, _ALLOWED)
    return Address(tuple(dict.fromkeys(hosts)), index, scheme == TLS_SCHEME, *_options(text, options))


def _options(text: str, options: str) -> tuple[int | None, int | None, str | None]:
    given = dict(parse_qsl(options, keep_blank_values=True))
    counts = [given.pop(name, None) for name in ("shards", "replicas")]
    lexicon = given.pop("lexicon", None)
    if (
        given
        or any(count is not None and not _COUNT.fullmatch(count) for count in counts)
        or counts[0] == "0"
    ):
        allowed = "behind the ? only shards=1…999, replicas=0…999 and lexicon=DIR, joined by &"
        raise ConfigError("path", text, allowed)
    shards, replicas = (None if count is None else int(count) for count in counts)
    return shards, replicas, lexicon


def _host(text: str, place: str) -> tuple[str, int]:
    match = _HOST.fullmatch(place.strip())
    port = int(match[2] or PORT) if match else 0
    if match is None or not 0 < port <= _LAST_PORT:
        raise ConfigError("path", text, _ALLOWED)
    return match[1], port


def _without_user(text: str) -> str:
    """Return an address as an error may show it."""
    scheme, mark, rest = text.partition("://")
    return f"{scheme}{mark}…@{rest.rpartition('@')[2]}" if "@" in rest else text


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def read_credentials(address: Address, environ: Mapping[str, str] | None = None) -> Credentials:
    """
    Read who asks from the environment, or from the files that it names.

    Raises:
        ConfigError: A file cannot be read, half of it is missing, or it would go over the net in the clear.
    """
    given = os.environ if environ is None else environ
    user, password, key = (_secret(given, name) for name in (USER, PASSWORD, KEY))
    found = Credentials(user, password, key, given.get(CERTIFICATES) or None)
    if bool(user) != bool(password):
        missing = PASSWORD if user else USER
        raise ConfigError(missing, "", Message("a user has a name and a password: set {} as well", missing))
    if found and not address.is_tls and not address.is_local:
        cure = Message("{}://, so that the password or key is not readable on the way", TLS_SCHEME)
        raise ConfigError("path", str(address), cure)
    if found.certificates and not Path(found.certificates).is_file():
        raise ConfigError(CERTIFICATES, found.certificates, "a file of certificates, PEM")
    return found


def _secret(given: Mapping[str, str], name: str) -> str:
    file = given.get(name + FROM_FILE)
    if not file:
        return given.get(name, "")
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(name + FROM_FILE, file, "a file of text that can be read") from error
