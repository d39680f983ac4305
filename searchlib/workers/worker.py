"""What a worker process runs: batches come in on its standard input, a socket, and parts go back."""

from __future__ import annotations

import pickle
import signal
import socket
import struct
import sys

from searchlib.analysis import Analyzer
from searchlib.errors import SearchlibError

_LENGTH = struct.Struct("<Q")


class Broken(Exception):  # noqa: N818 (it is not raised to a caller of ours)
    """The other side is gone."""


class Failure(str):
    """In place of a part: what went wrong."""

    __slots__ = ()


def send(to: socket.socket, data: bytes) -> None:
    """Send one message."""
    to.sendall(_LENGTH.pack(len(data)))
    to.sendall(data)


def receive(source: socket.socket) -> bytearray:
    """
    Receive one message.

    Raises:
        Broken: The other side is gone.
    """
    (size,) = _LENGTH.unpack(_receive(source, _LENGTH.size))
    return _receive(source, size)


def _receive(source: socket.socket, size: int) -> bytearray:
    data = bytearray(size)
    view = memoryview(data)
    while view:
        # All in one call: each call more would wait for the interpreter's lock, which analysis holds.
        number = source.recv_into(view, len(view), socket.MSG_WAITALL)
        if not number:
            raise Broken
        view = view[number:]
    return data


def main() -> None:
    """Work at batches until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=sys.stdin.fileno()) as parent:
        try:
            work, engine = pickle.loads(receive(parent))  # noqa: S301 (from the process that started us)
            analyzer = Analyzer(engine)
            send(parent, analyzer.probe.encode())
            while True:
                batch = pickle.loads(receive(parent))  # noqa: S301
                try:
                    answer: object = work(analyzer, batch)
                except SearchlibError as error:
                    answer = error
                except Exception as error:  # noqa: BLE001 (whatever it is, the other side says it)
                    answer = Failure(f"{type(error).__name__}: {error}")
                send(parent, pickle.dumps(answer, protocol=5))
        except (Broken, OSError):
            return
