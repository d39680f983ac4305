"""
A disk that fails at the n-th operation: what Python does to the files of one folder goes through here.

The operations are: a file or folder made, bytes written, a file or folder forced
to the disk, a file renamed, a file deleted. They are caught where Python hands
them to the operating system, so no code of searchlib's knows of it. For a power
cut it keeps what a disk may have forgotten: bytes that nobody forced to the
disk, and names that changed since their folder was.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import pathlib
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any
from unittest import mock

KILLED = 9
"""The exit code of a process that a fault ends."""

ERRORS = ("full", "fails once", "cut short and full")
DEATHS = ("killed", "killed in a write", "power cut: contents lost", "power cut: contents and names lost")
FAULTS = (*ERRORS, *DEATHS)
"""What can happen at an operation: errors that searchlib sees, and ends of the process."""

_NEED_ROOM = {"make", "write", "sync"}


class Disk:
    """In a `with` block, the *at*-th operation in *folder* meets with *fault*; 0 only counts."""

    def __init__(self, folder: Path, at: int = 0, fault: str = "") -> None:
        self._folder = os.path.abspath(folder)  # noqa: PTH100 (nothing is resolved: the folder may be a link)
        self._at = at
        self._fault = fault
        self.done: list[str] = []
        """The operations so far."""
        self.written: Counter[str] = Counter()
        """The bytes written so far to each file, by its name while it was written."""
        self._patches: list[Any] = []
        self._real_open = io.open
        self._durable: dict[str, bytes] = {}
        self._named: dict[str, bytes | None] = {}
        self._paths: dict[int, str] = {}

    def __enter__(self) -> Disk:
        new: dict[tuple[Any, str], Callable[..., Any]] = {
            (io, "open"): self._open_file,
            (builtins, "open"): self._open_file,
            (os, "open"): self._wrapped_os_open(os.open),
            (os, "fsync"): self._wrapped_fsync(os.fsync),
            (os, "replace"): self._wrapped_rename(os.replace),
            (os, "rename"): self._wrapped_rename(os.rename),
            (os, "link"): self._wrapped_link(os.link),
            (os, "unlink"): self._wrapped_unlink(os.unlink),
            (os, "remove"): self._wrapped_unlink(os.remove),
            (os, "mkdir"): self._wrapped_mkdir(os.mkdir),
        }
        keeper = getattr(pathlib, "_NormalAccessor", None)  # Python 3.10 keeps some there, as they were
        kept = {
            (keeper, name): staticmethod(what)
            for (room, name), what in new.items()
            if getattr(keeper, name, None) is getattr(room, name)
        }
        self._patches = [mock.patch.object(*where, what) for where, what in {**new, **kept}.items()]
        for patch in self._patches:
            patch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for patch in self._patches:
            patch.stop()

    def is_here(self, path: Any) -> bool:
        """Return whether an operation on a path is ours to count; locks are the system's."""
        if not isinstance(path, (str, os.PathLike)):
            return False
        full = os.path.abspath(path)  # noqa: PTH100
        inside = full == self._folder or full.startswith(self._folder + os.sep)
        return inside and not full.endswith(("LOCK", ".lock"))

    def step(
        self, kind: str, path: str, act: Callable[[], Any], half: Callable[[], Any] | None = None
    ) -> Any:
        """Do one operation, or what becomes of it."""
        self.done.append(f"{kind} {Path(path).name}")
        number = len(self.done)
        if number == self._at:
            if self._fault in DEATHS:
                if half is not None and self._fault == "killed in a write":
                    half()
                if self._fault.startswith("power cut"):
                    act()
                    self._lose(names="names" in self._fault)
                os._exit(KILLED)
            if half is not None and self._fault == "cut short and full":
                half()
            raise OSError(*self._error())
        if 0 < self._at < number and kind in _NEED_ROOM and self._fault.endswith("full"):
            raise OSError(*self._error())
        return act()

    def _error(self) -> tuple[int, str]:
        number = errno.EIO if self._fault == "fails once" else errno.ENOSPC
        return number, os.strerror(number)

    def _lose(self, *, names: bool) -> None:
        """Forget what was not forced to the disk: all such bytes, and any of the names."""
        for path, kept in self._durable.items():
            if os.path.exists(path) and self._content(path) != kept:  # noqa: PTH110
                self._put(path, kept)
        chance = random.Random(self._at)
        for path, content in self._named.items():
            if names and chance.random() < 0.5:
                self._put(path, content)

    def _put(self, path: str, content: bytes | None) -> None:
        descriptor = -1
        if content is None:
            Path(path).exists() and _UNLINK(path)
            return
        descriptor = _OPEN(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.write(descriptor, content)
        os.close(descriptor)

    def _content(self, path: str) -> bytes:
        with self._real_open(path, "rb") as file:
            return file.read()

    def _known(self, path: str) -> bytes | None:
        """Return what a power cut would leave of a file's bytes now; None when it is not there."""
        if path in self._durable:
            return self._durable[path]
        return self._content(path) if os.path.isfile(path) else None  # noqa: PTH113

    def _renames(self, path: str) -> None:
        """Remember what a name stood for when its folder was last forced to the disk."""
        self._named.setdefault(path, self._known(path))

    def _open_file(self, file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **options: Any) -> Any:
        if not (set(mode) & set("wxa+") and self.is_here(file)):
            return self._real_open(file, mode, buffering, *rest, **options)
        path = os.path.abspath(file)  # noqa: PTH100

        def make() -> io.FileIO:
            self._renames(path)
            if not os.path.exists(path) or "w" in mode:  # noqa: PTH110
                self._durable[path] = b""
            else:
                self._durable.setdefault(path, self._content(path))
            return _File(path, mode.replace("b", "").replace("t", ""), self)

        raw: io.FileIO = self.step("make", path, make)
        self._paths[raw.fileno()] = path
        buffered = io.BufferedWriter(raw)
        if "b" in mode:
            return buffered
        return io.TextIOWrapper(buffered, encoding=options.get("encoding"))

    def _wrapped_os_open(self, real: Callable[..., int]) -> Callable[..., int]:
        def run(path: Any, flags: int, *rest: Any, **options: Any) -> int:
            descriptor = real(path, flags, *rest, **options)
            self._paths[descriptor] = str(path)
            return descriptor

        return run

    def _wrapped_fsync(self, real: Callable[[int], None]) -> Callable[[int], None]:
        def run(descriptor: int) -> None:
            path = self._paths.get(descriptor, "")
            if not self.is_here(path):
                real(descriptor)
                return

            def sync() -> None:
                if os.path.isdir(path):  # noqa: PTH112
                    self._named.clear()
                else:
                    self._durable[path] = self._content(path)

            self.step("sync", path, sync)

        return run

    def _wrapped_rename(self, real: Callable[..., None]) -> Callable[..., None]:
        def run(source: Any, target: Any, **options: Any) -> None:
            if not self.is_here(target):
                real(source, target, **options)
                return
            old, new = str(source), str(target)

            def rename() -> None:
                self._renames(old)
                self._renames(new)
                if old in self._durable:
                    self._durable[new] = self._durable.pop(old)
                real(source, target, **options)

            self.step("rename", new, rename)

        return run

    def _wrapped_link(self, real: Callable[..., None]) -> Callable[..., None]:
        def run(source: Any, target: Any, **options: Any) -> None:
            if not self.is_here(target):
                real(source, target, **options)
                return
            old, new = str(source), str(target)

            def link() -> None:
                real(source, target, **options)
                self._named.setdefault(new, None)
                if old in self._durable:
                    self._durable[new] = self._durable[old]

            self.step("link", new, link)

        return run

    def _wrapped_unlink(self, real: Callable[..., None]) -> Callable[..., None]:
        def run(path: Any, **options: Any) -> None:
            if not (self.is_here(path) and os.path.lexists(path)):
                real(path, **options)
                return

            def unlink() -> None:
                self._renames(str(path))
                self._durable.pop(str(path), None)
                real(path, **options)

            self.step("delete", str(path), unlink)

        return run

    def _wrapped_mkdir(self, real: Callable[..., None]) -> Callable[..., None]:
        def run(path: Any, *rest: Any, **options: Any) -> None:
            if not self.is_here(path) or os.path.isdir(path):  # noqa: PTH112
                real(path, *rest, **options)
                return
            self.step("make", str(path), lambda: real(path, *rest, **options))

        return run


class _File(io.FileIO):
    """A file whose writes are operations."""

    def __init__(self, path: str, mode: str, disk: Disk) -> None:
        super().__init__(path, mode)
        self._path = path
        self._disk = disk

    def write(self, data: Any) -> int:
        whole = super().write
        size = memoryview(data).nbytes
        half = bytes(data)[: size // 2]
        written: int = self._disk.step("write", self._path, lambda: whole(data), lambda: whole(half))
        self._disk.written[Path(self._path).name] += written
        return written


_OPEN, _UNLINK = os.open, os.unlink
"""As they are before any disk is made."""
