"""`search -` on a terminal: results as you type, keys to choose, open and page."""

from __future__ import annotations

import asyncio
import contextlib
import os
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from searchlib import MissingExtraError, SearchlibError
from searchlib.cli.articles import article_lines
from searchlib.cli.cells import width_of
from searchlib.cli.hits import footer, hit_lines
from searchlib.cli.last import remember
from searchlib.cli.location import open_index, place_of
from searchlib.cli.messages import retell, tell
from searchlib.cli.paging import leave_unpaged
from searchlib.cli.searching import DEFAULT_LIMIT
from searchlib.cli.terminal import DIM, MARK, MAX_WIDTH, TerminalView, wants_color
from searchlib.message import message_of

if TYPE_CHECKING:
    from searchlib import Index, Marks, Results
    from searchlib.cli.searching import Question

PAUSE_S = 0.03
"""How long no key must be pressed before the index is asked: less than between two keys of a fast typist."""

_FURNITURE_ROWS = 2
_ESCAPE_S = 0.05


class Answer(NamedTuple):
    """What came of a query: a page of hits, or why there is none."""

    query: str
    offset: int
    results: Results | None
    problem: str = ""


class Session:
    """What is typed, found, chosen and open; knows nothing of keys and of drawing."""

    def __init__(self, index: Index, question: Question) -> None:
        self._index = index
        self._options = dict(question.options)
        self._snippets = question.snippets
        self._limit = None if question.limit == "all" else question.limit or DEFAULT_LIMIT
        self.color = wants_color(question.color, os.environ, is_terminal=True)
        self.answer = Answer("", 0, None)
        self.chosen = 0
        self.is_open = False
        self._top = 0
        self._scroll: int | None = 0
        self._marks: Marks | None = None

    def ask(self, query: str, offset: int = 0) -> Answer:
        """Ask the index; safe in another thread."""
        if not query.strip():
            return Answer(query, 0, None)
        try:
            results = self._index.search(
                query,
                limit=self._limit,
                offset=offset,
                snippets=self._snippets,
                lenient=True,
                **self._options,
            )
            _ = results.total, results.suggestion  # counted and looked for here, not while drawing
        except SearchlibError as error:
            return Answer(query, 0, None, message_of(error))
        return Answer(query, offset, results)

    def show(self, answer: Answer) -> None:
        """Take an answer, the first hit chosen."""
        self.answer, self.chosen, self.is_open, self._top = answer, 0, False, 0

    def move(self, rows: int) -> None:
        """Choose another hit, or scroll the open article."""
        if self.is_open:
            self._scroll = max(0, (self._scroll or 0) + rows)
        else:
            self.chosen = min(max(0, self.chosen + rows), max(0, self._count - 1))

    def open(self) -> None:
        """Open the chosen hit where the query first marks it."""
        self.is_open, self._scroll, self._marks = self._count > 0, None, None
        if self.is_open:
            article = self._hits[self.chosen].article
            with contextlib.suppress(SearchlibError):  # it is shown without marks then
                self._marks = self._index.marks(self.answer.query, article, lenient=True, **self._options)

    def other_page(self, step: int) -> int | None:
        """Return the offset of the next or the previous page, None when there is none."""
        results = self.answer.results
        if results is None or self._limit is None:
            return None
        offset = self.answer.offset + step * self._limit
        return max(0, offset) if offset + self._limit > 0 and offset < results.total else None

    def lines(self, columns: int, rows: int) -> list[str]:
        """Return what is shown between the query and the last row, at most *rows* lines."""
        view = TerminalView(self.color, min(columns, MAX_WIDTH) - 2)
        if self.is_open:
            lines = list(article_lines(self._hits[self.chosen].article, view, self._marks))
            if self._scroll is None:
                first = next((row for row, line in enumerate(lines) if f"\x1b[{MARK}m" in line), 0)
                self._scroll = 0 if first < rows else first - rows // 3
            self._scroll = min(self._scroll, max(0, len(lines) - rows))
            return lines[self._scroll : self._scroll + rows]
        lines = []
        first = last = 0
        digits = len(str(self.answer.offset + self._count))
        for place, hit in enumerate(self._hits):
            sign = "> " if place == self.chosen else "  "
            block = list(hit_lines(hit, view, f"{self.answer.offset + place + 1:>{digits}}"))
            if place == self.chosen:
                first, last = len(lines), len(lines) + len(block)
            lines += [f"{sign}{block[0]}", *(f"  {line}" for line in block[1:]), ""]
        self._top = min(first, max(self._top, last - rows))  # its headline before all
        return lines[self._top : self._top + rows]

    def status(self, columns: int) -> str:
        """Return the last row: what was found, and the keys."""
        answer, view = self.answer, TerminalView(self.color, columns)
        if answer.problem:
            said = retell(answer.problem)
        elif answer.results is None:
            said = ""
        elif self._count:
            said = footer(answer.results, answer.offset)
        elif answer.results.suggestion:
            said = tell("nothing found; did you mean: {}", answer.results.suggestion)
        else:
            said = tell("nothing found for {}", answer.query)
        if answer.results is not None and self._count:
            changed = []
            if answer.results.dropped:
                changed.append(tell("shown without: {}", ", ".join(answer.results.dropped)))
            if answer.results.suggestion:
                changed.append(tell("did you mean: {}", answer.results.suggestion))
            said = "   ".join([said, *changed])
        keys = tell("↑↓ PgUp PgDn · Esc back") if self.is_open else tell("↑↓ Enter PgUp PgDn · Esc quit")
        read = [] if answer.results is None else [*answer.results.repaired, *answer.results.hints]
        told_of = [said, *map(retell, read[:1]), keys]
        return view.line("   ".join(part for part in told_of if part), style=DIM)

    def keep(self) -> None:
        """Let `search show @3` know what was seen last."""
        if self._count:
            asked = {"query": self.answer.query, "options": self._options}
            remember(place_of(self._index), [hit.id for hit in self._hits], self.answer.offset, asked)

    @property
    def _hits(self) -> Any:
        return self.answer.results if self.answer.results is not None else ()

    @property
    def _count(self) -> int:
        return len(self._hits)


def interact(question: Question) -> int:
    """
    Search as the query is typed, until the screen is left.

    Raises:
        MissingExtraError: prompt_toolkit is not installed.
    """
    try:
        import_module("prompt_toolkit")
    except ImportError as error:
        raise MissingExtraError("search - on a terminal", "prompt_toolkit", "interactive") from error
    with open_index(question.index_dir) as index:
        _ = len(index)  # an index that cannot be read is said before the screen changes
        session = Session(index, question)
        leave_unpaged()
        _application(session).run()
        session.keep()
    return 0


def _application(session: Session) -> Any:
    """Put the session on the screen."""
    from prompt_toolkit.application import Application, get_app  # noqa: PLC0415 (an extra)
    from prompt_toolkit.buffer import Buffer  # noqa: PLC0415
    from prompt_toolkit.formatted_text import ANSI  # noqa: PLC0415
    from prompt_toolkit.layout import HSplit, Layout, VSplit, Window  # noqa: PLC0415
    from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl  # noqa: PLC0415

    def draw() -> ANSI:
        size = get_app().output.get_size()
        return ANSI("\n".join(session.lines(size.columns, size.rows - _FURNITURE_ROWS)))

    async def ask(query: str, offset: int) -> None:
        answer = await asyncio.to_thread(session.ask, query, offset)
        if query == typed.text:
            session.show(answer)
            get_app().invalidate()

    async def ask_soon(query: str) -> None:
        await asyncio.sleep(PAUSE_S)
        if query == typed.text:
            await ask(query, 0)

    def turn(step: int) -> None:
        offset = session.other_page(step)
        if offset is not None:
            get_app().create_background_task(ask(typed.text, offset))

    typed = Buffer(multiline=False)

    def take_change(_buffer: Buffer) -> None:
        get_app().create_background_task(ask_soon(typed.text))

    typed.on_text_changed += take_change
    prompt = tell("search> ")
    query = VSplit(
        [
            Window(FormattedTextControl(prompt), width=width_of(prompt), height=1),
            Window(BufferControl(typed), height=1),
        ]
    )
    status = FormattedTextControl(lambda: ANSI(session.status(get_app().output.get_size().columns)))
    body = HSplit([query, Window(FormattedTextControl(draw)), Window(status, height=1)])
    app: Application[None] = Application(
        Layout(body), key_bindings=_keys(session, turn), full_screen=True, mouse_support=False
    )
    app.ttimeoutlen = _ESCAPE_S
    return app


def _keys(session: Session, turn: Any) -> Any:
    from prompt_toolkit.filters import Condition  # noqa: PLC0415
    from prompt_toolkit.key_binding import KeyBindings  # noqa: PLC0415

    keys = KeyBindings()
    is_open = Condition(lambda: session.is_open)

    @keys.add("c-c")
    @keys.add("c-q")
    @keys.add("escape", eager=True, filter=~is_open)
    def _quit(event: Any) -> None:
        event.app.exit()

    @keys.add("escape", eager=True, filter=is_open)
    def _back(_event: Any) -> None:
        session.is_open = False

    @keys.add("enter")
    def _open(_event: Any) -> None:
        session.open()

    for key, step in (("up", -1), ("down", 1)):
        keys.add(key)(lambda _event, step=step: session.move(step))
    for key, step in (("pageup", -1), ("pagedown", 1)):
        keys.add(key, filter=~is_open)(lambda _event, step=step: turn(step))

        def scroll(event: Any, step: int = step) -> None:
            session.move(step * (event.app.output.get_size().rows - _FURNITURE_ROWS - 1))

        keys.add(key, filter=is_open)(scroll)
    return keys
