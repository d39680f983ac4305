"""Which engine holds an index: told by the path or the URL that `searchlib.open` gets."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from searchlib.engine.contract import Backend
from searchlib.errors import ConfigError
from searchlib.message import Message

Fields = Mapping[str, float] | None


def check_name(path: str | os.PathLike[str], option: str) -> None:
    """
    See that a path is one that a file can have.

    Raises:
        ConfigError: It has half a character or a NUL; *option* is what it was given as.
        TypeError: It is bytes, or no path.
    """
    if not isinstance(path, (str, os.PathLike)) or isinstance(os.fspath(path), bytes):
        raise TypeError(f"a path is a str or a Path, not {type(path).__name__}")
    try:
        is_name = b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        is_name = False
    if not is_name:
        raise ConfigError(option, path, "a name that a file can have")


def backend_at(path: str | os.PathLike[str] | Backend, *, read_only: bool, fields: Fields) -> Backend:
    """
    Return the engine of an index; nothing is read yet.

    Args:
        path: A folder, a URL such as `memory://`, or an engine, which is returned as it is.

    Raises:
        ConfigError: The URL has a scheme that no engine knows, or no folder can have this name.
        TypeError: It is something else.
    """
    if isinstance(path, str) and "://" in path:
        scheme = path.partition("://")[0]
        if scheme not in _SCHEMES:
            known = ", ".join(f"{name}://" for name in _SCHEMES)
            raise ConfigError("path", path, Message("a folder, or a URL of an engine ({})", known))
        return _SCHEMES[scheme](path, read_only, fields)
    if isinstance(path, (str, os.PathLike)):
        check_name(path, "path")
        from searchlib.embedded.backend import EmbeddedBackend  # noqa: PLC0415 (another engine needs no numpy)

        return EmbeddedBackend(Path(path), read_only=read_only, fields=fields)
    if isinstance(path, (bytes, bytearray, int, type(None))) or not hasattr(path, "search"):
        raise TypeError(f"a path is a str or a Path, not {type(path).__name__}")
    return path


def _in_memory(url: str, read_only: bool, fields: Fields) -> Backend:
    from searchlib.memory.in_memory import MemoryBackend  # noqa: PLC0415 (a folder needs none of it)

    if url != "memory://":
        raise ConfigError("path", url, "memory://, which is a new and empty index")
    return MemoryBackend(read_only=read_only, fields=fields)


def _opensearch(url: str, read_only: bool, fields: Fields) -> Backend:
    from searchlib.opensearch.cluster_backend import OpenSearchBackend  # noqa: PLC0415 (a folder needs no cluster)

    return OpenSearchBackend(url, read_only=read_only, fields=fields)


_SCHEMES: Mapping[str, Callable[[str, bool, Fields], Backend]] = {
    "memory": _in_memory,
    "opensearch": _opensearch,
    "opensearchs": _opensearch,
}
"""What opens the engine of each URL scheme."""
