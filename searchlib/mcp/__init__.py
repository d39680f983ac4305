"""
The archive as tools for a language model: `search mcp` speaks the Model Context Protocol on its streams.

Six tools, read-only, over the very objects of `--json`: search, get_article, kwic, trend, suggest, why_not.
The room knows searchlib by its public names only. It needs the extra `mcp`, the protocol's own SDK.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchlib import MissingExtraError

if TYPE_CHECKING:
    from searchlib import Index

__all__ = ["server"]


def server(index: Index, *, max_seconds: float = 20.0) -> Any:
    """
    Return the server of an index, an `mcp.server.MCPServer`; `run()` serves standard input and output.

    Args:
        max_seconds: How long one search may take.

    Raises:
        MissingExtraError: The SDK is not installed.
    """
    try:
        from searchlib.mcp.tools import make_server  # noqa: PLC0415 (an extra)
    except ImportError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise MissingExtraError("search mcp", "mcp", "mcp") from error
    return make_server(index, max_seconds)
