"""A question asked and its answer written, in the form that was wanted; read without click."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING, Any, Literal

from searchlib.cli import quantities
from searchlib.cli.location import open_index, openable, place_of
from searchlib.cli.messages import tell
from searchlib.cli.streams import remark, say, shorten
from searchlib.cli.terminal import BOLD, TerminalView, is_terminal, plain
from searchlib.frozen import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from searchlib import Index, Results

DEFAULT_LIMIT = 10

Form = Literal["text", "list", "ids", "count", "csv", "json", "jsonl", "trec"]


@dataclass(frozen=True)
class Question:
    """What is asked, and how the answer is to look."""

    query: str
    index_dir: str | None = None
    form: Form = "text"
    limit: int | Literal["all"] | None = None
    offset: int = 0
    snippets: int = 1
    color: str = "auto"
    options: Mapping[str, Any] = field(default_factory=dict)
    """Whatever else `Index.search` takes."""
    topic: str | None = None
    """The name of this question among many, which its answer repeats."""
    ends_with_nul: bool = False
    """Whether each name of a list is as it is, with a NUL byte behind it, and not a line."""


def search(question: Question) -> int:
    """Ask the index and write the answer; return the exit code."""
    with open_index(question.index_dir) as index:
        results = answer(index, question)
        if question.form == "text" and len(results) and is_terminal(sys.stdout):
            from searchlib.cli.last import remember  # noqa: PLC0415 (a pipe has no use for it)

            asked = {"query": question.query, "options": dict(question.options)}
            remember(place_of(index), [hit.id for hit in results], question.offset, asked)
    return 0 if _is_answer(results, question) else 1


def _is_answer(results: Results, question: Question) -> bool:
    """Return whether there is a page to show; one without hits only counts what was found."""
    return bool(results.total if question.limit == 0 else len(results))


def answer(index: Index, question: Question, about: str = "") -> Results:
    """Ask one question, write its answer and what there is to remark, which begins with *about*."""
    form, limit, offset = question.form, question.limit, question.offset
    if form == "count":
        limit, offset = 1, 0
    elif limit is None:
        limit = "all" if form in {"list", "ids"} else DEFAULT_LIMIT
    results = index.search(
        question.query,
        limit=None if limit == "all" else limit,
        offset=offset,
        snippets=0 if form in {"list", "ids", "count", "trec"} else question.snippets,
        **question.options,
    )
    for said in _remarks(results, question, index):
        remark(tell("{}: {}", about, said) if about else said)
    for line in _lines(results, question, index):
        if question.ends_with_nul:
            sys.stdout.write(f"{line}\0")
        else:
            say(line)
    return results


def _remarks(results: Results, question: Question, index: Index) -> Iterator[str]:
    """Yield whatever the answer does not take literally, and that it is empty."""
    typed, offset = question.query, question.offset
    query = shorten(typed)
    yield from results.hints
    if results.dropped:
        dropped = shorten(", ".join(results.dropped))
        yield tell("no article has all of {}; shown without: {}", query, dropped)
    elif results.relaxed and len(results) and all(hit.missing for hit in results):
        yield tell("no article has all of {}; each says what is missing", query)
    elif results.relaxed:
        yield tell("not every article has all of {}; each says what is missing", query)
    if results.undated:
        undated = quantities.count_of(results.undated, "article")
        yield tell("{} left out of the range: no full date", undated)
    empty = ""
    if not results.total:
        empty = tell("nothing found for {}", query) if typed else "nothing found"
    elif not _is_answer(results, question):
        empty = tell(
            "nothing from {} on: {} found", offset + 1, quantities.count_of(results.total, "article")
        )
    suggestion = ""
    if results.suggestion:
        suggestion = tell(
            "did you mean: {} ({}; {})",
            results.suggestion,
            f"{results.suggestion_total:,}",
            results.suggestion_reason or "",
        )
    if empty or suggestion:
        yield tell("{}; {}", empty, suggestion) if empty and suggestion else empty or suggestion
    if question.topic is None and (results.relaxed or not results.total):
        yield from _meant(results, typed, index)


def _meant(results: Results, query: str, index: Index) -> Iterator[str]:
    """Yield the verb, field or filter that was probably meant, unless the suggestion has it."""
    from searchlib.cli.hints import filters_meant, hints  # noqa: PLC0415 (what is answered needs none)

    for line in hints(query, results.dropped if results.total else None, index.fields):
        if not (results.suggestion and line.rpartition(" ")[2] in results.suggestion):
            yield line
    if not results.total:
        yield from filters_meant(query, index)


def _names(found: Iterable[str], question: Question) -> Iterator[str]:
    """
    Yield the names of files, or ids, each once.

    Another program gets the very name. One that would be several lines, or could
    steer a terminal, is quoted as shells do, unless NUL bytes end the names.
    """
    names = dict.fromkeys(found)
    if is_terminal(sys.stdout):
        yield from map(plain, names)
        return
    quoted = 0
    for name in names:
        line = name if question.ends_with_nul else quote_name(name)
        quoted += line != name
        yield line
    if quoted:
        what = quantities.count_of(quoted, "name")
        remark(
            tell("{} with control characters, shown as shells quote them; --null gives the very names", what)
        )


def quote_name(name: str) -> str:
    r"""
    Return a name as one line without control characters: what has some is quoted as by bash and zsh.

    >>> print(quote_name("a b.txt"), quote_name("a\nb'.txt"))
    a b.txt $'a\nb\'.txt'
    """
    if all(unicodedata.category(char) not in _CONTROLS for char in name):
        return name
    quoted = "".join(map(_quote_char, name))
    return f"$'{quoted}'"


_CONTROLS = {"Cc", "Zl", "Zp"}
"""Control characters, and the ends of lines and paragraphs."""


def _quote_char(char: str) -> str:
    if char in "\\'":
        return f"\\{char}"
    if unicodedata.category(char) not in _CONTROLS:
        return char
    return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(char, f"\\u{ord(char):04x}")


def _lines(results: Results, question: Question, index: Index) -> Iterator[str]:
    """Yield the lines of the answer in the form that was asked for."""
    form, topic = question.form, question.topic
    if form == "count":
        yield str(results.total) if topic is None else f"{plain(topic)}\t{results.total}"
    elif form == "list":
        yield from _names((openable(hit.article.source, index) or hit.id for hit in results), question)
    elif form == "ids":
        yield from _names((hit.id for hit in results), question)
    elif form == "trec":
        from searchlib.evaluation import run_lines  # noqa: PLC0415 (only a run needs it)

        yield from run_lines({topic or "1": [hit.id for hit in results]})
    elif form in {"csv", "json", "jsonl"}:
        yield from _for_programs(results, question)
    elif _is_answer(results, question):
        from searchlib.cli.hits import result_lines  # noqa: PLC0415

        view = TerminalView.of_stdout(question.color)
        if topic is not None:
            yield view.line(f"{topic}: {question.query}", style=BOLD)
        yield from result_lines(results, view, offset=question.offset)
        if topic is not None:
            yield ""


def _for_programs(results: Results, question: Question) -> Iterator[str]:
    """Yield an answer as one object, as an object for each hit, or as a table."""
    from searchlib import answers  # noqa: PLC0415 (a person reads none)

    topic, first = question.topic, question.offset + 1
    if question.form == "json":
        named = {} if topic is None else {"query_id": topic}
        yield answers.json_object({**named, **answers.of_results(results)})
    elif question.form == "csv":
        rows = (answers.row_of_hit(rank, hit) for rank, hit in enumerate(results, start=first))
        yield from (row.rstrip("\r\n") for row in answers.csv_rows([answers.COLUMNS, *rows]))
    else:
        for rank, hit in enumerate(results, start=first):
            place = {"query_id": topic, "query": question.query, "rank": rank}
            yield answers.json_line({**({} if topic is None else place), **answers.of_hit(hit)})
