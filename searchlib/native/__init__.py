"""
Here is a plan of a query, or a batch of texts: what does the compiled kernel make of it?

The kernel is an extension in Rust, which is there where the installation could
build it. It reads the segments that `embedded` writes, and answers plain queries to
the last bit as the arrays do; whatever it does not cover goes by the arrays. It counts
and encodes the texts of new segments, with the same bytes as the arrays, and looks at
pages character by character for `pages`. Not for reading queries or for what only
Python knows: `embedded` makes the plans.
"""

from __future__ import annotations

import os
import zlib
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from searchlib.errors import ConfigError
from searchlib.message import Message

INTERFACE = 29
"""What the extension must say of itself: one that was built from other sources is not used."""

_ENGINES = ("native", "numpy")
_REASON = "not_built.txt"


class Engine(NamedTuple):
    """What answers queries and counts texts, `native` or `numpy`, and why it is not the other."""

    name: str
    reason: str
    kernel: ModuleType | None = None


@lru_cache(maxsize=1)
def engine() -> Engine:
    """
    Return what answers queries; SEARCHLIB_ENGINE chooses.

    Raises:
        ConfigError: SEARCHLIB_ENGINE has another value, or asks for a kernel that is not there.
    """
    wanted = os.environ.get("SEARCHLIB_ENGINE") or ""
    if wanted and wanted not in _ENGINES:
        raise ConfigError("SEARCHLIB_ENGINE", wanted, "native or numpy")
    if wanted == "numpy":
        return Engine("numpy", Message("{} says so", "SEARCHLIB_ENGINE"))
    found = _load()
    if wanted and found.kernel is None:
        reason = Message("numpy, as the kernel is not there: {}", Message.of(found.reason))
        raise ConfigError("SEARCHLIB_ENGINE", wanted, reason)
    return found


def kernel_status() -> str:
    """
    Return what answers queries in this process, and why: the compiled kernel, or numpy.

    Raises:
        ConfigError: As `engine`.

    >>> kernel_status().partition(":")[0] in {"native", "numpy"}
    True
    """
    found = engine()
    return Message("{}: {}", found.name, Message.of(found.reason))


def crc32(data: memoryview) -> int:
    """
    Return the checksum of some bytes: by the kernel, in a tenth of the time that zlib takes on many machines.

    >>> crc32(memoryview(b"searchlib")) == zlib.crc32(b"searchlib")
    True
    """
    kernel = engine().kernel
    found: int = zlib.crc32(data) if kernel is None else kernel.crc32(data)
    return found


def page_checks(data: bytes | memoryview, size: int) -> bytes:
    """
    Return the checksum of each page of *size* bytes, and of what is left of the last one, in four bytes each.

    >>> page_checks(b"searchlib", 6) == page_checks(b"search", 6) + page_checks(b"lib", 6)
    True
    """
    kernel = engine().kernel
    if kernel is None:
        starts = range(0, len(data), size)
        return b"".join(zlib.crc32(data[at : at + size]).to_bytes(4, "little") for at in starts)
    found: bytes = kernel.page_checks(memoryview(data).toreadonly(), size)
    return found


def _load() -> Engine:
    try:
        kernel = import_module("searchlib.native._kernel")
    except ImportError as error:
        return Engine("numpy", _why_not(error))
    if getattr(kernel, "INTERFACE", None) != INTERFACE:
        return Engine("numpy", "the kernel was built from other sources; install searchlib again")
    return Engine("native", Message("kernel {}", kernel.VERSION), kernel)


def _why_not(error: ImportError) -> str:
    """Return why there is no extension: the build left its reason."""
    try:
        reason = (Path(__file__).parent / _REASON).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        reason = ""
    if isinstance(error, ModuleNotFoundError):
        return Message("no compiled kernel: {}", Message.of(reason or "it was not built"))
    return Message("the kernel cannot be loaded: {}", error)
