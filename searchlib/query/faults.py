"""What does not fit together in a query: an error that points, or, leniently, a note of what was mended."""

from __future__ import annotations

from searchlib.errors import QuerySyntaxError
from searchlib.message import Message

LEFT_OUT = "left out"


class Faults:
    """
    The faults of one query.

    Strict reading ends with the first one. Lenient reading, for interfaces that search while the query is
    being typed, notes each in `repaired` and goes on.
    """

    def __init__(self, typed: str, *, lenient: bool) -> None:
        self._typed = typed
        self._lenient = lenient
        self._repaired: dict[str, None] = {}

    @property
    def repaired(self) -> tuple[str, ...]:
        """A line for each fault, with what was done about it."""
        return tuple(self._repaired)

    def add(self, start: int, problem: str, hint: str = "", *, repair: str = LEFT_OUT) -> None:
        """
        Note a fault at an offset of the query; *repair* says what the caller does about it.

        Raises:
            QuerySyntaxError: The query is read strictly; *hint* is its cure.
        """
        if not self._lenient:
            raise QuerySyntaxError(self._typed, start + 1, problem, hint)
        said = Message("{} at column {}: {}", Message.of(problem), start + 1, Message.of(repair))
        self._repaired[said] = None
