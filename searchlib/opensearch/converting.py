"""
An index cut anew: all its articles into another index, which then takes its place in one step.

Nothing can be written meanwhile; whoever searches sees the old index until the new one is whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from searchlib.analysis import Analyzer
from searchlib.article_json import article_of
from searchlib.model import Repair
from searchlib.opensearch.bulk import Action, batches, send
from searchlib.opensearch.clauses import MATCH_ALL
from searchlib.opensearch.client import Client, Json
from searchlib.opensearch.finding import Finder, record_in
from searchlib.opensearch.home import About, Home
from searchlib.opensearch.mapping import DOC, FILE, ORDER, Layout, describe

_PAGE = 500


def convert(home: Home, about: About, analyzer: Analyzer, own: Mapping[str, float], versions: Json) -> Repair:
    """Cut all articles again with other fields; all or nothing."""
    client = home.client
    count = Finder(client, about.index).count(MATCH_ALL)
    if about.said.get("fingerprint") == analyzer.fingerprint and about.layout.own == own:
        return Repair(kept=count)
    index = home.next_index(about.index)
    said = describe(str(about.said.get("index", "")), analyzer.fingerprint, own, versions)
    _block(client, about.index, is_blocked=True)
    try:
        home.drop(index)
        home.make(index, said, own, alias=False)
        with Finder(client, about.index).moment() as finder:
            for batch in batches(_actions(finder, Layout(own), analyzer)):
                send(client, index, batch)
        client.ask("POST", f"/{index}/_refresh")
        home.replace(about.index, index)
    except BaseException:
        _block(client, about.index, is_blocked=False)
        home.drop(index)
        raise
    return Repair(saved=count)


def _block(client: Client, index: str, *, is_blocked: bool) -> None:
    client.ask("PUT", f"/{index}/_settings", {"index.blocks.write": is_blocked or None})


def _actions(finder: Finder, layout: Layout, analyzer: Analyzer) -> Iterator[Action]:
    """Yield every article as it is to be put in, with its file and its place in the order."""
    after = None
    while True:
        body: Json = {
            "size": _PAGE,
            "query": MATCH_ALL,
            "sort": [{ORDER: "asc"}],
            "track_total_hits": False,
            "_source": [DOC, FILE],
        }
        if after is not None:
            body["search_after"] = after
        hits = finder.ask(body)["hits"]["hits"]
        for hit in hits:
            record = record_in(hit["_source"])
            article = article_of(record)
            file, order = hit["_source"].get(FILE, ""), int(hit["sort"][0])
            yield Action(article.id, layout.document(article, record, analyzer, file, order), version=order)
        if len(hits) < _PAGE:
            return
        after = hits[-1]["sort"]
