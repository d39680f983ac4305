"""`search words`: what the articles have for words that the dictionary does not know."""

from __future__ import annotations

from dataclasses import astuple

import click

from searchlib.answers import json_object, of_telling_words, of_word_list
from searchlib.cli.aligned import table_lines
from searchlib.cli.location import open_index
from searchlib.cli.messages import tell
from searchlib.cli.parameters import examples, index_option, json_option
from searchlib.cli.routing import Verb
from searchlib.cli.streams import remark, say, shorten
from searchlib.cli.terminal import plain

_EPILOG = examples(
    ("search words", "the hundred best, with how often each stands"),
    (
        "search words -n 20 >> .search/words.txt",
        "twenty of them as words of your own (look through them first)",
    ),
    ("search words --of 乡村振兴 -n 20", "what the articles on 乡村振兴 have that others have not"),
    ("search words --list --of date:2024", "the most frequent words of the articles of a year"),
)

_MIN_COUNT = 5
_HEADS = ("word", "articles", "of all")
_LIST_HEADS = ("word", "count", "articles", "per million")


@click.command("words", cls=Verb, epilog=_EPILOG)
@index_option
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=100, metavar="N", help="At most so many; 100."
)
@click.option(
    "--min-count", type=click.IntRange(min=2), metavar="N", help="Only new words that stand so often; 5."
)
@click.option("--list", "as_list", is_flag=True, help="All words instead, the most frequent first.")
@click.option(
    "--of",
    "query",
    metavar="QUERY",
    help="The most telling words of what a query finds instead; with --list all of them.",
)
@json_option
def command(
    *,
    index_dir: str | None,
    limit: int,
    min_count: int | None,
    as_list: bool,
    query: str | None,
    as_json: bool,
) -> int:
    """
    Propose words that the articles have and the dictionary has not, the best first.

    Each line is a word and, as a remark, how often it stands: as it is, it is fit for words.txt in the
    index's folder. With --of QUERY, the words that tell what the query finds from all other articles: in how
    many of the best thousand, in how many of all, and the log-likelihood of that.

    With --list every word, the most frequent first: how often, in how many articles, and how often in a
    million words, by which parts of an archive are compared. All articles are read.
    """
    if as_list:
        return _list(query or "", index_dir, limit, min_count or 1, as_json=as_json)
    if query is not None:
        if min_count is not None:
            raise click.UsageError("--min-count is for new words; leave out --of.")
        return _telling(query, index_dir, limit, as_json=as_json)
    with open_index(index_dir) as index:
        found = index.new_words(limit, min_count=min_count or _MIN_COUNT)
    if as_json:
        say(json_object({"words": [{"text": word.text, "count": word.count} for word in found]}))
    else:
        for word in found:
            say(f"{plain(word.text)}  # {word.count}")
    if not found:
        remark("no new words stand often enough")
    return 0 if found else 1


def _list(query: str, index_dir: str | None, limit: int, min_count: int, *, as_json: bool) -> int:
    with open_index(index_dir) as index:
        found = index.word_list(query, limit=limit, min_count=min_count)
    if as_json:
        say(json_object(of_word_list(query, found)))
    elif found:
        for line in table_lines([tuple(map(tell, _LIST_HEADS)), *map(astuple, found)]):
            say(line)
    else:
        remark(tell("nothing found for {}", shorten(query)))
    return 0 if found else 1


def _telling(query: str, index_dir: str | None, limit: int, *, as_json: bool) -> int:
    with open_index(index_dir) as index:
        found = index.telling_words(query, limit=limit)
    if as_json:
        say(json_object(of_telling_words(query, found)))
    elif found:
        for line in table_lines([(*map(tell, _HEADS), "log_likelihood"), *map(astuple, found)]):
            say(line)
    else:
        remark(tell("nothing tells what {} finds from other articles", shorten(query)))
    return 0 if found else 1
