"""Many questions, one a line of standard input, each answered in turn."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from searchlib import CorpusError, QueryError
from searchlib.cli.location import open_index
from searchlib.cli.messages import tell
from searchlib.cli.paging import leave_unpaged
from searchlib.cli.problems import Problem
from searchlib.cli.searching import Question, answer
from searchlib.cli.streams import remark
from searchlib.cli.terminal import is_terminal
from searchlib.message import message_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

FOUND, NOTHING, FAILED = 0, 1, 2


class Topic(NamedTuple):
    """One question: the name it has in the answer, and what is asked."""

    id: str
    query: str


def search_lines(question: Question, lines: Iterable[bytes]) -> int:
    """
    Answer each line as *question* says.

    A line that cannot be asked is named with its number, and the rest goes on.

    Returns:
        The exit code: 0 when something was found, 1 when nothing was, 2 when a line could not be asked.
    """
    if is_terminal(sys.stdin):
        leave_unpaged()  # who types a query wants to see its answer before the next
    code = NOTHING
    ids: set[str] = set()
    with open_index(question.index_dir) as index:
        for number, line in enumerate(lines, start=1):
            about = tell("line {}", number)
            try:
                topic = topic_of(line, number, ids)
                if topic is None:
                    continue
                ids.add(topic.id)
                found = answer(index, replace(question, query=topic.query, topic=topic.id), about)
            except (Problem, QueryError, CorpusError) as error:
                remark(tell("{}: {}", about, message_of(error)))
                code = FAILED
            else:
                code = FOUND if len(found) and code == NOTHING else code
            sys.stdout.flush()  # who asks line by line reads line by line
    if not ids and code == NOTHING:
        remark("no query on standard input")
    return code


def topic_of(line: bytes, number: int, known: Container[str] = ()) -> Topic | None:
    r"""
    Read a line: a query, or an id that is not *known*, a tab and a query; None for a blank line.

    >>> topic_of("q7\t党建 引领\n".encode(), 3), topic_of("党建".encode(), 4)
    (Topic(id='q7', query='党建 引领'), Topic(id='4', query='党建'))
    """
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise Problem("is not UTF-8") from error
    before, tab, after = text.partition("\t")
    name, query = (before.strip(), after.strip()) if tab else (str(number), text.strip())
    if name and query:
        if name in known:
            raise Problem(tell("the id {} has come before", name))
        return Topic(name, query)
    if tab and (name or query):
        raise Problem("has no query after the id" if name else "has no id before the tab")
    return None
