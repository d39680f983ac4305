"""Tables whose columns stay aligned when Chinese stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchlib.cli.cells import pad, width_of
from searchlib.cli.terminal import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def table_lines(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """
    Yield *rows* with aligned columns: numbers to the right, with one decimal unless whole, texts to the left.

    >>> for line in table_lines([("text", "start"), ("查干湖", 0), ("5G", 12)]):
    ...     print(line)
    text    start
    查干湖      0
    5G         12
    """
    texts = [[_text(value) for value in row] for row in rows]
    widths = [max(map(width_of, column)) for column in zip(*texts, strict=True)]
    right = [isinstance(value, (int, float)) for value in rows[-1]]
    for row in texts:
        cells = (
            " " * (width - width_of(text)) + text if to_right else pad(text, width)
            for text, width, to_right in zip(row, widths, right, strict=True)
        )
        yield "  ".join(cells).rstrip()


def _text(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else plain(str(value))


def flatten(content: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """
    Yield the leaves of nested mappings with the path to them.

    >>> list(flatten({"articles": 1200, "versions": {"numpy": "2.4"}}))
    [('articles', '1,200'), ('versions.numpy', '2.4')]
    """
    for key, value in content.items():
        if isinstance(value, dict):
            yield from flatten(value, f"{above}{key}.")
        elif isinstance(value, (list, tuple)):
            yield f"{above}{key}", ", ".join(map(str, value))
        elif isinstance(value, bool):
            yield f"{above}{key}", "yes" if value else "no"
        elif isinstance(value, int):
            yield f"{above}{key}", f"{value:,}"
        else:
            yield f"{above}{key}", "-" if value is None else str(value)
