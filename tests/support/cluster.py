"""
Real nodes of OpenSearch on loopback, started for a run of the tests and stopped at its end.

They are wanted where `SEARCHLIB_TEST_OPENSEARCH` is set: `1` starts a node, `3` three; an address such
as `127.0.0.1:9200` names nodes that run already.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from searchlib import Index
from searchlib.opensearch.client import Client
from searchlib.opensearch.cluster_backend import OpenSearchBackend

WANTED = "SEARCHLIB_TEST_OPENSEARCH"
SCRIPTS = Path(__file__).parent.parent / "opensearch"
NOT_HAD_HERE = 77
"""What the script ends with where there is no JDK, no Maven or no network."""


@cache
def addresses() -> str:
    """Return the addresses of running nodes, `host:port,host:port`; skip the test where there are none."""
    wanted = os.environ.get(WANTED, "")
    if not wanted:
        pytest.skip(f"set {WANTED}=1 to start a node of OpenSearch (a JDK of 21 or newer, Maven)")
    if ":" in wanted:
        return wanted
    open_nodes = ExitStack()
    atexit.register(open_nodes.close)
    try:
        return open_nodes.enter_context(started(int(wanted))).addresses
    except NoNodesHereError as error:
        pytest.skip(f"no OpenSearch here: {error}")


class NoNodesHereError(Exception):
    """There is no JDK, no Maven or no network; the message says which."""


@dataclass(frozen=True)
class Nodes:
    """Running nodes, numbered from 1 as their names are: `n1`, `n2`."""

    folder: Path
    count: int
    port: int

    @property
    def addresses(self) -> str:
        """Where they answer, `host:port,host:port`."""
        return ",".join(f"127.0.0.1:{self.port + number}" for number in range(self.count))

    @property
    def pids(self) -> list[int]:
        """The process of each."""
        files = (self.folder / f"n{number}" / "pid" for number in range(1, self.count + 1))
        return [int(file.read_text("ascii")) for file in files]

    def kill(self, number: int) -> None:
        """End a node without a word, by its process id."""
        os.kill(self.pids[number - 1], signal.SIGKILL)

    def start_again(self, number: int) -> None:
        """Start a node that was killed, and wait until the cluster is green."""
        self._run("start_cluster.sh", "--node", self.folder, number, self.count, self.port)

    def start(self) -> None:
        """Start all of them, and wait until they are one green cluster."""
        self._run("start_cluster.sh", self.folder, self.count, self.port)

    def stop(self) -> None:
        """Stop them and delete what they hold."""
        if self.folder.is_dir():
            self._run("stop_cluster.sh", self.folder, "--wipe")

    @staticmethod
    def _run(script: str, *arguments: object) -> None:
        done = subprocess.run(
            [str(SCRIPTS / script), *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
            stdin=subprocess.DEVNULL,
        )
        if done.returncode == NOT_HAD_HERE:
            raise NoNodesHereError(done.stderr.strip())
        assert done.returncode == 0, done.stderr


@contextmanager
def started(count: int) -> Iterator[Nodes]:
    """Start some nodes, and stop them at the end of the block."""
    folder = Path(tempfile.mkdtemp(prefix="searchlib-nodes-"))
    folder.chmod(0o755)  # the server refuses root and runs as nobody
    nodes = Nodes(folder / "nodes", count, free_port())
    try:
        nodes.start()
        yield nodes
    finally:
        nodes.stop()
        shutil.rmtree(folder, ignore_errors=True)


def client_of(index: Index) -> Client:
    """Return what sends the requests of an index on a cluster."""
    backend = index._backend
    assert isinstance(backend, OpenSearchBackend)
    return backend._client


def free_port() -> int:
    """Return a port from which on three are free, and those a hundred above: nodes talk there."""
    for port in range(19201 + os.getpid() % 500 * 10, 60_000, 10):
        if all(_is_free(port + offset) for offset in (0, 1, 2, 100, 101, 102)):
            return port
    raise AssertionError("no free ports")


def _is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
