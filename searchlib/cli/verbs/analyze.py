"""`search analyze TEXT`: how text is cut into words."""

from __future__ import annotations

from dataclasses import asdict

import click

from searchlib.answers import json_object
from searchlib.cli.aligned import table_lines
from searchlib.cli.location import FOLDER, find_index
from searchlib.cli.messages import tell
from searchlib.cli.parameters import examples, index_option, json_option
from searchlib.cli.routing import Verb
from searchlib.cli.streams import remark, say
from searchlib.cli.terminal import plain

_EPILOG = examples(
    ("search analyze 查干湖冬捕节9月开幕", "the words, where they start and end, their positions"),
    ("search analyze --query '标题:党建 -会议'", "how a query is understood"),
    ("search analyze --json 黨建", "the words as the index sees them: folded"),
)

_HEADS = ("text", "start", "end", "position")


@click.command("analyze", cls=Verb, epilog=_EPILOG)
@click.argument("words", nargs=-1, required=True, metavar="TEXT...")
@index_option
@click.option("--query", "as_query", is_flag=True, help="Show how a query is understood: its tree.")
@json_option
def command(words: tuple[str, ...], index_dir: str | None, as_query: bool, as_json: bool) -> int:
    """Show how text is cut into words; no index is needed. Several words are joined by spaces."""
    import searchlib  # noqa: PLC0415 (the engine is loaded when there is something to cut)

    with searchlib.open(find_index(index_dir) or FOLDER) as index:
        if as_query:
            tree, query = index.analyze_query(" ".join(words))
            for line in (
                [json_object({"tree": tree, "query": query})] if as_json else [plain(tree), plain(query)]
            ):
                say(line)
            return 0
        tokens = index.analyze(" ".join(words))
    if as_json:
        say(json_object({"tokens": [asdict(token) for token in tokens]}))
    elif tokens:
        rows = [(token.text, token.start, token.end, token.position) for token in tokens]
        for line in table_lines([tuple(map(tell, _HEADS)), *rows]):
            say(line)
    else:
        remark("no words in this text")
    return 0 if tokens else 1
