"""What holds of any page's parts and of any passage, for the laws in `property/` and for `fuzz/`."""

from __future__ import annotations

import re
import signal
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from itertools import pairwise

from searchlib import Article, Snippet
from searchlib.analysis import fold, simplify
from searchlib.highlight.fragments import cells
from searchlib.highlight.selection import MAX_CELLS
from searchlib.model import Span
from searchlib.pages.splitter import PageSplit
from searchlib.query.nodes import Query, phrases_to_mark

_BLANK_QUOTE = re.compile(r"(?m)^[ \t]*>[ \t>]*\r?$")


def ranges(split: PageSplit) -> list[Span]:
    """Every range that was given to an article or to the furniture."""
    return [*split.furniture, *(span for article in split.articles for span in article.spans)]


def check_covered_once(text: str, split: PageSplit) -> None:
    """
    Assert that every character but white space is in exactly one article or in the furniture.

    `>` alone is a blank line of a quotation in Markdown.
    """
    done = 0
    for start, end in sorted(ranges(split)):
        assert done <= start < end <= len(text)
        assert not _BLANK_QUOTE.sub("", text[done:start]).strip(), text[done:start]
        done = end
    assert not _BLANK_QUOTE.sub("", text[done:]).strip(), text[done:]


def check_in_order(articles: Iterable[Article]) -> None:
    """Assert that an article's ranges neither touch nor go back."""
    for article in articles:
        flat = [place for span in article.spans for place in span]
        assert flat == sorted(set(flat))


def check_pieces(split: PageSplit) -> None:
    """Assert that the roles are told for every part of the page, from top to bottom."""
    places = [(piece.start, piece.end) for piece in split.pieces]
    assert all(before[1] <= after[0] for before, after in pairwise(places))


def check_snippet(snippet: Snippet, article: Article, wanted: set[str]) -> None:
    """Assert that a passage stands where it says, fits, and marks what is asked for."""
    end = snippet.start + len(snippet.text)
    assert snippet.text in {text[snippet.start : end] for text in article.texts(snippet.field)}
    assert cells(snippet.text) <= MAX_CELLS
    check_marks(snippet.text, snippet.marks, wanted)


def check_marks(text: str, marks: tuple[Span, ...], wanted: set[str]) -> None:
    """Assert that marks ascend, stand apart, lie inside, and that each holds something asked for."""
    done = -1
    for start, end in marks:
        assert done < start < end <= len(text)
        done = end
        folded = simplify(fold(text[start:end])).replace(" ", "")
        assert any(phrase in folded for phrase in wanted), (text[start:end], wanted)


def wanted_by(tree: Query) -> set[str]:
    """Return the texts of which a mark must hold one."""
    return {simplify(phrase.text).strip("\n ").replace(" ", "") for phrase in phrases_to_mark(tree)}


class _Page(HTMLParser):
    """What a browser makes of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"{tag}{attrs or ''}")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.tags.append(f"!{data}")


def check_html(snippet: Snippet) -> None:
    """Assert that a browser sees the text and the marks, and nothing else."""
    page = _Page()
    page.feed(snippet.to_html())
    page.close()
    assert page.text == snippet.text
    assert page.tags == ["mark", "/mark"] * len(snippet.marks)


def steering(text: str) -> set[str]:
    """Return the characters that steer a terminal."""
    return {char for char in text if unicodedata.category(char) in {"Cc", "Cf"} and char != "\n"}


@contextmanager
def patience(seconds: int) -> Iterator[None]:
    """
    Let nothing last for ever, where the system has timers.

    What counts is the processor's time, the same on a busy machine; who only waits gets ten times as long.

    Raises:
        TimeoutError: The block took longer.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(*_: object) -> None:
        raise TimeoutError(f"it took more than {seconds} s")

    timers = {
        signal.SIGPROF: (signal.ITIMER_PROF, seconds),
        signal.SIGALRM: (signal.ITIMER_REAL, 10 * seconds),
    }
    old = {number: signal.signal(number, late) for number in timers}
    for timer, after_s in timers.values():
        signal.setitimer(timer, after_s)
    try:
        yield
    finally:
        for number, (timer, _) in timers.items():
            signal.setitimer(timer, 0)
            signal.signal(number, old[number])
