"""What the process runs that reads foreign files: requests come in as lines of JSON, articles go back."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from searchlib.errors import CorpusError, MissingExtraError, SearchlibError
from searchlib.ingest.formats import page_text_here, read_here
from searchlib.ingest.notes import Notes
from searchlib.message import Message, message_of, pack
from searchlib.model import Article

_EMPTY: tuple[object, ...] = ("", None, (), {})
_MAX_SHOWN = 200


def main() -> None:
    """Read files until there are no more requests."""
    with contextlib.suppress(ImportError, ValueError):
        import signal  # noqa: PLC0415

        signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(
        os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
    )  # what a native library prints is no answer
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _limit(request["limits"])
        try:
            _answer(out, {"done": True, "error": _read(request, out)})
        except BrokenPipeError:
            return


def _limit(limits: Mapping[str, Any]) -> None:
    """Bound the memory that this process may take, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 (not on Windows)

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        wanted = int(limits["memory"])
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _read(request: Mapping[str, Any], out: IO[bytes]) -> dict[str, Any] | None:
    """Send the articles of a file; return what is wrong with it, if anything is."""
    source = request["source"]
    notes = _Sending(out) if request["notes"] else None
    try:
        if "text_of" in request:
            text = page_text_here(Path(request["path"]), request["text_of"])
            _answer(out, {"article": {"body": text}})
            return None
        articles = read_here(
            Path(request["path"]),
            source,
            request["split"],
            request["fields"],
            notes,
            ids_by_file=request["ids_by_file"],
            furniture=request["furniture"],
        )
        for article in articles:
            _answer(out, {"article": _record(article)})
    except CorpusError as error:
        return {
            "kind": "corpus",
            "source": error.source,
            "reason": pack(error.reason),
            "line": error.line,
            "excerpt": error.excerpt,
        }
    except MissingExtraError as error:
        return {"kind": "extra", "source": error.backend, "package": error.package, "extra": error.extra}
    except MemoryError:
        memory = int(request["limits"]["memory"]) >> 20
        return {
            "kind": "corpus",
            "source": source,
            "reason": pack(Message("needs more than {} MiB to be read", memory)),
        }
    except SearchlibError as error:
        return {"kind": "corpus", "source": source, "reason": pack(message_of(error))}
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 (whatever a parser raises is an error of the file)
        reason = Message("cannot be read: {}: {}", type(error).__name__, str(error)[:_MAX_SHOWN])
        return {"kind": "corpus", "source": source, "reason": pack(reason)}
    return None


def _record(article: Article) -> dict[str, Any]:
    return {name: value for name, value in article.to_dict().items() if value not in _EMPTY}


def _answer(out: IO[bytes], answer: Mapping[str, Any]) -> None:
    out.write(json.dumps(answer, default=str).encode() + b"\n")
    out.flush()


class _Sending(Notes):
    """Sends notes on instead of keeping them; who takes them bounds them."""

    def __init__(self, out: IO[bytes]) -> None:
        super().__init__()
        self._out = out

    def skip(self, error: CorpusError) -> None:
        """Send why something was left out."""
        self._send("skip", error)

    def remark(self, error: CorpusError) -> None:
        """Send a remark."""
        self._send("remark", error)

    def _send(self, kind: str, error: CorpusError) -> None:
        _answer(
            self._out,
            {"note": kind, "source": error.source, "reason": pack(error.reason), "line": error.line},
        )
