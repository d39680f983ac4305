"""`search WORDS...`, the verb that needs no name; `search query WORDS...` is the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click
from click.core import ParameterSource

from searchlib.cli import figures
from searchlib.cli.location import VARIABLE, displayed, find_index, open_index
from searchlib.cli.names import VERBS
from searchlib.cli.parameters import (
    color_option,
    examples,
    filter_options,
    index_option,
    json_option,
    limit_of,
    question_options,
)
from searchlib.cli.routing import Verb
from searchlib.cli.searching import Form, Question, search
from searchlib.cli.streams import say

_GREETING = """
  search 党建 引领                            articles with both words
  search '"党建引领"' -会议 --since 2024-08    a phrase, without a word, from August 2024 on
  search 农业 --sort newest --json            for a program

All options and verbs: search --help"""

_EXAMPLES = examples(
    ("search 党建 引领", "several words need no quotes: articles with both"),
    ("""search '"党建引领"' OR 乡村振兴""", "the shell eats quotes: put a phrase into two pairs"),
    ("search 农业 -会议 headline:丰收", "without 会议; 丰收 in the headline"),
    ("search 查干湖 --since 2023-12 --sort newest -n all", "every hit, by date"),
    ("search 冬捕 --where authors=刘慧 --facet publication", "one author; counts by newspaper"),
    ("search --match any 松原市哪里可以看冬捕", "a question: whatever comes closest"),
    ("search -l 合作社 | xargs grep -l 土豆", "only the sources, for other programs"),
    ("search -- index    (or: search query index)", "to search for a word that is a verb"),
    ("search -- -AI", "what starts with a dash and a letter is an option, except after --"),
)

_VERB_LINES = "\n".join(f"  {name:<8}  {line}" for name, (_, line) in VERBS.items())

_EPILOG = f"""\b
Verbs (each has --help):
{_VERB_LINES}

{_EXAMPLES}

\b
Exit codes:
  0 found   1 nothing found   2 an error   130 interrupted

\b
Environment:
  {VARIABLE}   the index, when there is no -i
  NO_COLOR, FORCE_COLOR   never, always colour; --color goes before both
"""


@click.command("query", cls=Verb, epilog=_EPILOG)
@click.argument("words", nargs=-1)
@index_option
@click.option("-n", "--limit", callback=limit_of, metavar="N|all", help="Hits to show; 10, with -l all.")
@click.option("--offset", type=click.IntRange(min=0), default=0, metavar="N", help="Hits to pass over first.")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance")
@filter_options
@click.option(
    "--facet", "facets", multiple=True, metavar="FIELD", help="Count the values of a field; repeatable."
)
@click.option("--group", type=click.Choice(["reprints"]), help="One hit for an article and its reprints.")
@question_options
@click.option("--snippets", type=click.IntRange(min=0), default=1, metavar="N", help="Passages for each hit.")
@click.option(
    "-l", "--list", "as_list", is_flag=True, help="Print only the sources, or ids where there is none."
)
@click.option("-c", "--count", "as_count", is_flag=True, help="Print only how many articles match.")
@json_option
@click.option("--jsonl", "as_jsonl", is_flag=True, help="Print a JSON object for each hit, one a line.")
@color_option
@click.version_option(package_name="searchlib", prog_name="searchlib")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    words: tuple[str, ...],
    index_dir: str | None,
    limit: int | Literal["all"] | None,
    offset: int,
    snippets: int,
    as_list: bool,
    as_count: bool,
    as_json: bool,
    as_jsonl: bool,
    color: str,
    **question: Any,
) -> int:
    """
    Search Chinese text: what stands in an article is found, the best comes first.

    search WORDS asks the nearest index; search VERB does what the verb says. The first word is a verb only
    when it equals one exactly. Options may stand before or after the words.
    """
    chosen: dict[Form, bool] = {"list": as_list, "count": as_count, "json": as_json, "jsonl": as_jsonl}
    form, *others = [name for name, wanted in chosen.items() if wanted] or ["text"]
    if others:
        raise click.UsageError(f"Choose one of --{form} and --{others[0]}.")
    if question["facets"] and form in {"list", "count", "jsonl"}:
        raise click.UsageError(f"--{form} shows no facets; leave out --{form}, or take --json.")
    if not words and not _asks(ctx):
        return _greet(index_dir)
    return search(Question(" ".join(words), index_dir, form, limit, offset, snippets, color, question))


def _asks(ctx: click.Context) -> bool:
    """Tell whether an option asks something even without words, as --since does."""
    given = (p.name for p in ctx.command.params if p.name not in {"words", "index_dir", "color"})
    return any(name and ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in given)


def _greet(index_dir: str | None) -> int:
    """Answer `search` alone: what the nearest index holds and how to ask it, or how to make one."""
    with open_index(index_dir) as index:
        stats = index.stats()
    place = displayed(find_index(index_dir) or Path())
    say(f"{place}: {figures.counted(stats['articles'], 'article')}, {figures.size(stats['size_bytes'])}")
    say(_GREETING)
    return 0
