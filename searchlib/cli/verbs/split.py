"""`search split FILE`: the articles of a file, without an index."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searchlib.answers import json_object, of_articles
from searchlib.cli.aligned import table_lines
from searchlib.cli.articles import SEPARATOR, facts_lines, headline_of
from searchlib.cli.cells import width_of
from searchlib.cli.messages import tell
from searchlib.cli.parameters import color_option, examples, json_option, map_option
from searchlib.cli.quantities import count_of
from searchlib.cli.routing import Verb
from searchlib.cli.streams import remark, say
from searchlib.cli.terminal import BOLD, DIM, TerminalView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searchlib import Article, PageLine

_EPILOG = examples(
    ("search split corpus/2024-08-09-A01.txt", "what the page is taken apart into"),
    ("search split a.txt --why", "line by line: its role, and the reason for it"),
    ("search split a.txt --json | jq -r '.articles[].headline'", "with all fields and the spans in the file"),
)


@click.command("split", cls=Verb, epilog=_EPILOG)
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--why", is_flag=True, help="Show what each line was taken for, and why.")
@map_option
@json_option
@color_option
def command(file: Path, fields: dict[str, str] | None, why: bool, as_json: bool, color: str) -> int:
    """Show the articles of a file in reading order, as `search index` would take them."""
    import searchlib  # noqa: PLC0415 (the readers are loaded when there is something to read)

    if why:
        lines = searchlib.explain_file(file)
        if as_json:
            say(json_object({"lines": [line._asdict() for line in lines]}))
        else:
            for row in _reasons(lines, TerminalView.of_stdout(color)):
                say(row)
        return 0 if lines else 1
    articles = list(searchlib.read(file, map=fields))
    if not articles:
        remark(tell("no article in {}", file))
    if as_json:
        say(json_object(of_articles(articles)))
    elif articles:
        for line in _overview(articles, TerminalView.of_stdout(color)):
            say(line)
    return 0 if articles else 1


def _reasons(lines: Sequence[PageLine], view: TerminalView) -> Iterator[str]:
    """Yield a row for each line with its role and the reason for it, and last what the text was taken for."""
    if not lines:
        return
    rows = [(line.line, line.article or "-", line.hints, line.role, line.reason) for line in lines]
    names = ("line", "article", "hints", "role", "reason")
    if not any(line.hints for line in lines):
        rows = [(line.line, line.article or "-", line.role, line.reason) for line in lines]  # type: ignore[misc]
        names = ("line", "article", "role", "reason")  # type: ignore[assignment]
    table = list(table_lines([tuple(map(tell, names)), *rows]))
    indent = max(map(width_of, table)) + 2
    yield view.style(table[0], DIM)
    for row, line in zip(table[1:], lines, strict=True):
        begins = view.line(line.text, indent=indent)
        yield row + " " * (indent - width_of(row)) + begins[indent:]
    for taken_for in dict.fromkeys(line.taken_for for line in lines):
        yield view.style(taken_for, DIM)


def _overview(articles: Sequence[Article], view: TerminalView) -> Iterator[str]:
    """Yield number, headline, facts and the first line of every article, then how many of each kind."""
    digits = len(str(len(articles)))
    indent = digits + 2
    for number, article in enumerate(articles, start=1):
        headline = view.line(headline_of(article), indent=indent, style=BOLD)
        yield f"{view.style(f'{number:>{digits}}', DIM)}  {headline[indent:]}"
        yield from facts_lines(article, view, count_of(len(article.body), "character"), indent=indent)
        opening = article.body.strip().partition("\n")[0]
        if opening:
            yield view.line(opening, indent=indent)
        yield ""
    kinds = Counter(article.kind for article in articles)
    yield view.line(
        SEPARATOR.join(count_of(kinds[kind], kind.replace("_", " ")) for kind in kinds), style=DIM
    )
