"""`search show ID...`: whole articles, or one opened where it is."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searchlib import CorpusError, MissingExtraError, cite, page_text
from searchlib.answers import json_object, of_articles
from searchlib.cli.articles import article_lines
from searchlib.cli.last import articles_called, marks_of
from searchlib.cli.location import open_index, openable
from searchlib.cli.messages import tell
from searchlib.cli.parameters import color_option, examples, ids_for, index_option, json_option
from searchlib.cli.problems import Problem
from searchlib.cli.routing import Verb
from searchlib.cli.streams import say
from searchlib.cli.terminal import TerminalView

if TYPE_CHECKING:
    from searchlib import Article, CitationStyle, Index

_EPILOG = examples(
    ("search show 'corpus/2024-08-09-A01.txt#3'", "the id that stands last under a headline"),
    ("search show @3", "the third hit of the last answer on this terminal, what matched marked"),
    ("search show corpus/2024-08-09-A01.txt", "all articles of a file, in reading order"),
    ("search show --open @3", "its file in $EDITOR, at the line where it begins"),
    ("search show --json 7 | jq '.articles[0].authors'", "with all its fields"),
)
_AT_LINE = frozenset(
    {*("vi", "vim", "nvim", "view", "nano", "emacs", "less", "more"), *("hx", "kak", "micro", "joe")}
)
"""Programs that take +N before a file."""
_WITH_GOTO = frozenset({"code", "codium", "cursor"})


@click.command("show", cls=Verb, epilog=_EPILOG)
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=ids_for)
@index_option
@click.option("--open", "as_open", is_flag=True, help="Open its file in $EDITOR, else in the pager.")
@click.option(
    "--cite", "style", type=click.Choice(["plain", "bibtex", "ris"]), help="Print a citation instead."
)
@json_option
@color_option
def command(
    ids: tuple[str, ...],
    *,
    index_dir: str | None,
    as_open: bool,
    style: CitationStyle | None,
    as_json: bool,
    color: str,
) -> int:
    """
    Print whole articles by their ids, or all of a file; exit 1 when one is not in the index.

    In a hit of the last answer on a terminal the places that matched are marked.
    """
    if as_open and (len(ids) > 1 or style or as_json):
        raise click.UsageError("--open takes one article, and no other form.")
    with open_index(index_dir) as index:
        found = [articles_called(index, wanted) for wanted in dict.fromkeys(ids)]
        articles = [article for some in found for article in some]
        if as_open and articles:
            return _open(articles[0], index)
        if style:
            for article in articles:
                say(cite(article, style).rstrip())
        elif as_json:
            say(json_object(of_articles(articles)))
        else:
            view = TerminalView.of_stdout(color)
            for place, article in enumerate(articles):
                if place:
                    say()
                for line in article_lines(article, view, marks_of(index, article)):
                    say(line)
    return 0 if all(found) else 1


def _open(article: Article, index: Index) -> int:
    """Open the file of an article in the user's editor, at the line where the article begins."""
    file = openable(article.source, index)
    if not file or not Path(file).is_file():
        raise Problem(tell("the file of {} is not there: {}", article.id, article.source or "it has none"))
    line = _line_of(article, file)
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or os.environ.get("PAGER") or "less"
    program, *options = shlex.split(editor)
    name = Path(program).name
    if name in _AT_LINE:
        where = [f"+{line}", file]
    else:
        where = ["--goto", f"{file}:{line}"] if name in _WITH_GOTO else [file]
    return subprocess.run([program, *options, *where], check=False).returncode  # noqa: S603 (the user's)


def _line_of(article: Article, file: str) -> int:
    """Return the line of a file in which an article begins, from 1."""
    if not article.spans:
        return 1
    try:
        return page_text(file).count("\n", 0, article.spans[0][0]) + 1
    except (CorpusError, MissingExtraError):
        return 1
