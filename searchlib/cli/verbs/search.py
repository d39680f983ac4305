"""`search WORDS...`, the verb that needs no name; `search query WORDS...` is the same."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Literal

import click
from click.core import ParameterSource

from searchlib.cli import quantities
from searchlib.cli.cells import pad, width_of
from searchlib.cli.guides import topics
from searchlib.cli.location import VARIABLE, display_path, find_index, open_index
from searchlib.cli.messages import tell
from searchlib.cli.parameters import (
    ORDERS,
    color_option,
    examples,
    fields_for,
    filter_options,
    index_option,
    json_option,
    keys_of_filters,
    orders_for,
    question_options,
    read_shown,
    sort_of,
)
from searchlib.cli.routing import LITERAL, Verb
from searchlib.cli.searching import Form, Question, search
from searchlib.cli.streams import say
from searchlib.cli.terminal import is_terminal
from searchlib.cli.verb_names import STDIN, VERBS

_GREETING = (
    ("search 党建 引领", "articles with both words"),
    ("search '\"党建引领\"' -会议 --since 2024-08", "a phrase, without a word, from August 2024 on"),
    ("search 农业 --sort newest --json", "for a program"),
)

_EXAMPLES = examples(
    ("search 党建 引领", "several words need no quotes: articles with both"),
    ("""search '"党建引领"' OR 乡村振兴""", "the shell eats quotes: put a phrase into two pairs"),
    ("search 农业 -会议 headline:丰收", "without 会议; 丰收 in the headline"),
    ("search 查干湖 --since 2023-12 --sort newest -n all", "every hit, by date"),
    ("search 冬捕 --where authors=刘慧 --facet publication", "one author; counts by newspaper"),
    ("search --match any 松原市哪里可以看冬捕", "a question: whatever comes closest"),
    ("search -l 合作社 | xargs grep -l 土豆", "only the sources, for other programs"),
    (
        "search --ids 合作社 | xargs search show",
        "whole articles; show takes the files of -l too",
    ),
    ("search - --trec -n 100 < queries.txt > mine.run", "each line a query, or an id, a tab and a query"),
    ("search -- index    (or: search query index)", "to search for a word that is a verb"),
    ("search -- -AI", "what starts with a dash and a letter is an option, except after --"),
)

_VERB_LINES = "\n".join(f"  {name:<10}  {tell(line)}" for name, (_, line) in VERBS.items())

_EPILOG = f"""\b
{tell("Verbs (each has --help):")}
{_VERB_LINES}

{_EXAMPLES}

\b
{tell("Exit codes:")}
  {tell("0 found   1 nothing found   2 an error   130 interrupted")}

\b
{tell("Environment:")}
  {VARIABLE}   {tell("the index, when there is no -i")}
  PAGER          {tell("pages what is longer than the terminal; less when not set")}
  NO_COLOR, FORCE_COLOR   {tell("never, always colour; --color goes before both")}
"""


class _Search(Verb):
    """The command itself; its help ends with the list of guides."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples and what follows them, then the topics of the guides with their titles."""
        super().format_epilog(ctx, formatter)
        titles = topics()
        wide = max(map(len, titles))
        lines = (f"  {topic:<{wide}}  {title}" for topic, title in titles.items())
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n".join(("\b", tell("Guides (search help TOPIC):"), *lines)))


@click.command("query", cls=_Search, epilog=_EPILOG)
@click.argument("words", nargs=-1, shell_complete=fields_for)
@index_option
@click.option(
    "-n",
    "--limit",
    callback=read_shown,
    metavar="N|all",
    help="Hits to show; 10, with -l all; 0 only counts.",
)
@click.option("--offset", type=click.IntRange(min=0), default=0, metavar="N", help="Hits to pass over first.")
@click.option(
    "--sort",
    callback=sort_of,
    shell_complete=orders_for,
    default="relevance",
    metavar="|".join((*ORDERS, "[-]extra.KEY")),
    help="Order of the hits: by date, or by a record's own key, -extra.KEY the greatest first.",
)
@filter_options
@click.option(
    "--facet",
    "facets",
    multiple=True,
    shell_complete=keys_of_filters,
    metavar="FIELD",
    help="Count the values of a field; repeatable.",
)
@click.option("--group", type=click.Choice(["reprints"]), help="One hit for an article and its reprints.")
@question_options
@click.option("--snippets", type=click.IntRange(min=0), default=1, metavar="N", help="Passages for each hit.")
@click.option(
    "-l", "--list", "as_list", is_flag=True, help="Print only the sources, or ids where there is none."
)
@click.option(
    "-0", "--null", "as_null", is_flag=True, help="As --list, each name ended by a NUL byte, for: xargs -0."
)
@click.option("--ids", "as_ids", is_flag=True, help="Print only the ids, for search show and others.")
@click.option("-c", "--count", "as_count", is_flag=True, help="Print only how many articles match.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table for a spreadsheet, a hit a row.")
@json_option
@click.option("--jsonl", "as_jsonl", is_flag=True, help="Print a JSON object for each hit, one a line.")
@click.option("--trec", "as_trec", is_flag=True, help="Print a TREC run: query, Q0, id, rank, score, name.")
@color_option
@click.version_option(None, "-V", "--version", package_name="searchlib", prog_name="searchlib")
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
    as_null: bool,
    as_ids: bool,
    as_count: bool,
    as_csv: bool,
    as_json: bool,
    as_jsonl: bool,
    as_trec: bool,
    color: str,
    **question: Any,
) -> int:
    """
    Search Chinese text: what stands in an article is found, the best comes first.

    search WORDS asks the nearest index; search VERB does what the verb says. The first word is a verb only
    when it equals one exactly. Options may stand before or after the words. A dash alone reads queries from
    standard input, one a line; on a terminal it shows results as you type.
    """
    chosen: dict[Form, bool] = {
        "list": as_list or (as_null and not as_ids),
        "ids": as_ids,
        "csv": as_csv,
        "count": as_count,
        "json": as_json,
        "jsonl": as_jsonl,
        "trec": as_trec,
    }
    form, *others = [name for name, wanted in chosen.items() if wanted] or ["text"]
    if others:
        raise click.UsageError(tell("Choose one of --{} and --{}.", form, others[0]))
    if question["facets"] and form in {"list", "ids", "count", "csv", "jsonl", "trec"}:
        raise click.UsageError(tell("--{} shows no facets; leave out --{}, or take --json.", form, form))
    if not words and not _asks(ctx):
        return _greet(index_dir)
    asked = Question(
        " ".join(words), index_dir, form, limit, offset, snippets, color, question, ends_with_nul=as_null
    )
    if words != (STDIN,) or ctx.meta[LITERAL]:
        return search(asked)
    if form in {"list", "ids", "csv"}:
        raise click.UsageError(
            tell("--{} does not say which query found what; take --jsonl or --trec.", form)
        )
    if form == "text" and is_terminal(sys.stdin) and is_terminal(sys.stdout):
        from searchlib.cli.interactive import interact  # noqa: PLC0415 (an extra)

        return interact(asked)
    from searchlib.cli.batch import search_lines  # noqa: PLC0415 (one question needs no more)

    return search_lines(asked, sys.stdin.buffer)


def _asks(ctx: click.Context) -> bool:
    """Return whether an option asks something even without words, as --since does."""
    given = (p.name for p in ctx.command.params if p.name not in {"words", "index_dir", "color"})
    return any(name and ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in given)


def _greet(index_dir: str | None) -> int:
    """Answer `search` alone: what the nearest index holds and how to ask it, or how to make one."""
    with open_index(index_dir) as index:
        stats = index.stats()
    place = display_path(find_index(index_dir) or Path())
    articles = quantities.count_of(stats["articles"], "article")
    say(f"{place}: {articles}, {quantities.size(stats['size_bytes'])}")
    say()
    wide = max(width_of(line) for line, _ in _GREETING)
    for line, meaning in _GREETING:
        say(f"  {pad(line, wide)}  {tell(meaning)}")
    say()
    say(tell("All options and verbs: search --help"))
    return 0
