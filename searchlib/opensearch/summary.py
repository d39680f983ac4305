"""What an index on a cluster and the cluster itself say of their state."""

from __future__ import annotations

from typing import Any

from searchlib.analysis import Analyzer
from searchlib.dates import date_of
from searchlib.message import Message
from searchlib.model import OWN
from searchlib.opensearch.clauses import MATCH_ALL
from searchlib.opensearch.client import Client
from searchlib.opensearch.counting import values_of_key
from searchlib.opensearch.finding import Finder
from searchlib.opensearch.home import About
from searchlib.opensearch.mapping import DATE
from searchlib.opensearch.registry import ClusterRegistry
from searchlib.stored_values import VALUE_SEPARATOR


def summary(
    client: Client, about: About, finder: Finder, registry: ClusterRegistry, analyzer: Analyzer
) -> dict[str, Any]:
    """Return the figures of an index, ready for JSON."""
    files = registry.read()
    reasons = {key: entry.get("skipped") or entry.get("partly") for key, entry in files.items()}
    skipped = {key: reason for key, reason in reasons.items() if reason}
    aggregations = {"dated": {"stats": {"field": DATE}}}
    answer = finder.ask({"size": 0, "track_total_hits": True, "query": MATCH_ALL, "aggs": aggregations})
    articles = int(answer["hits"]["total"]["value"])
    dated = answer["aggregations"]["dated"]
    kinds = {
        value.partition(VALUE_SEPARATOR)[2]: count
        for value, count in values_of_key(finder, "kind", MATCH_ALL)
    }
    store = client.ask("GET", f"/{about.index}/_stats/store")
    health = client.ask("GET", f"/_cluster/health/{about.index}")
    root = client.ask("GET", "/")
    fingerprint = about.said.get("fingerprint", {})
    return {
        "path": str(client.address),
        "articles": articles,
        "undated": articles - int(dated["count"]),
        "first_date": date_of(dated["min"]) if dated["min"] else None,
        "last_date": date_of(dated["max"]) if dated["max"] else None,
        "files": sum(entry["articles"] > 0 or key not in skipped for key, entry in files.items()),
        "skipped": skipped,
        "size_bytes": int(store["_all"]["total"]["store"]["size_in_bytes"]),
        "kinds": dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
        "format": about.said.get("format"),
        "fields": {name.removeprefix(OWN): weight for name, weight in about.layout.own.items()},
        "fingerprint": fingerprint,
        "fingerprint_matches": fingerprint == analyzer.fingerprint,
        "versions": about.said.get("versions", {}),
        "engine": f"opensearch {root['version']['number']}; words by {analyzer.engine}",
        "cluster": {
            "name": root.get("cluster_name"),
            "index": about.index,
            "status": health["status"],
            "nodes": health["number_of_data_nodes"],
            "primary_shards": health["active_primary_shards"],
            "shards": health["active_shards"],
        },
    }


def problems(client: Client, index: str) -> list[str]:
    """Return what is wrong with an index, a line each."""
    health = client.ask("GET", f"/_cluster/health/{index}")
    found: list[str] = []
    missing = int(health["unassigned_shards"])
    if health["status"] == "red":
        found.append(
            Message("{}: some articles cannot be found, {} shards have no node", client.address, missing)
        )
    elif health["status"] == "yellow":
        said = "{}: {} copies of shards have no node: another node lost may lose articles"
        found.append(Message(said, client.address, missing))
    blocks = client.ask("GET", f"/{index}/_settings/index.blocks.*", params={"flat_settings": "true"})
    for name, told in blocks.items():
        for setting, value in told.get("settings", {}).items():
            if str(value) == "true":
                found.append(
                    Message("{}: {} of {} is set, nothing can be written", client.address, setting, name)
                )
    return found
