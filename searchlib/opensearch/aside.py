"""
Another index in the making: filled beside the one that is asked, then put in its place in one step.

Until then it has an alias `articles.new-` and a token, by which what a killed process left is known.
Whoever begins clears such leftovers away; one who is still at work finds the alias gone, and gives up.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from searchlib.analysis import Analyzer
from searchlib.article_json import article_of
from searchlib.errors import BackendError, SearchlibError, StoreNotFoundError
from searchlib.message import Message
from searchlib.model import FURNITURE
from searchlib.opensearch.bulk import Action, batches, replaced_error, send
from searchlib.opensearch.client import NAME, Client, Json
from searchlib.opensearch.cluster_index import ClusterIndex
from searchlib.opensearch.finding import Finder, record_in
from searchlib.opensearch.mapping import DOC, FILE, Layout


def name_beside(place: str) -> str:
    """Return a name for an index that is to take a place."""
    return f"{place}.new-{secrets.token_hex(4)}"


def clear_away(client: Client, place: str) -> None:
    """Delete the indexes that were to take a place and never did."""
    begun = re.compile(rf"{re.escape(place)}\.new-[0-9a-f]{{8}}(\.{FURNITURE})?")
    found = client.ask("GET", f"/{place}-*,{place}.{FURNITURE}-*/_alias")
    for index, told in found.items():
        if any(map(begun.fullmatch, told.get("aliases", {}))):
            with suppress(StoreNotFoundError):
                client.ask("DELETE", f"/{index}")


@contextmanager
def succession(
    old: ClusterIndex, new: ClusterIndex, analyzer: Analyzer, stays: Callable[[str], bool]
) -> Iterator[None]:
    """
    Make an index with the articles of another that stay; at the end of the block it takes the place.

    Args:
        stays: Says of a file whether its articles stay. Those of no file do.

    Raises:
        BackendError: The old one was written to meanwhile, or another client fills one too; all is as it was.
    """
    clear_away(old.home.client, old.home.place)
    before = old.commit if old.is_there() else None
    try:
        new.create()
        if before is not None:
            _copy(old, new, analyzer, stays)
            new.files.update({file: known for file, known in old.files.read().items() if stays(file)})
            if (furniture := old.furniture()) is not None:
                beside = new.beside_for_furniture(new.own_fields)
                beside.create()
                _copy(furniture, beside, analyzer, stays)
        yield
        _give_way(old, new, before)
    except BaseException as error:
        with suppress(SearchlibError):
            for made in filter(None, (new.furniture(), new)):
                _delete(made)
        if isinstance(error, StoreNotFoundError):  # cleared away by another
            raise replaced_error(old.home.client) from error
        raise
    finally:
        new.close()


def _give_way(old: ClusterIndex, new: ClusterIndex, before: str | None) -> None:
    """Put an index and its furniture in the place of another, unless that was written to."""
    client = old.home.client
    old.refresh()
    if before is None:
        if old.is_there():
            raise _meanwhile_error(client)
        _take_over(old, new)
        return
    index = old.about().index
    _block(client, index, is_blocked=True)
    is_done = False
    try:
        if old.commit != before:
            raise _meanwhile_error(client)
        _take_over(old, new)
        is_done = True
    finally:
        if not is_done:
            _block(client, index, is_blocked=False)


def _take_over(old: ClusterIndex, new: ClusterIndex) -> None:
    leaving = filter(None, (old if old.is_there() else None, old.furniture()))
    actions: list[Json] = [{"remove_index": {"index": gone.about().index}} for gone in leaving]
    for made in filter(None, (new, new.furniture())):
        index = made.about().index
        actions += (
            {"add": {"index": index, "alias": made.home.place}},
            {"remove": {"index": index, "alias": made.home.name}},
        )
    client = old.home.client
    try:
        client.ask("POST", "/_aliases", {"actions": actions})
    except StoreNotFoundError as error:
        raise replaced_error(client) from error


def _delete(made: ClusterIndex) -> None:
    """
    Delete an unfinished index, which is found by the alias that was made for it alone.

    An index of the same number may be another client's by now.
    """
    made.refresh()
    if made.is_there():
        made.home.client.ask("DELETE", f"/{made.about().index}")


def _copy(old: ClusterIndex, new: ClusterIndex, analyzer: Analyzer, stays: Callable[[str], bool]) -> None:
    """Cut articles again, those of no file and of files that stay, into another index."""
    home, layout = new.home, new.about().layout
    with Finder(home.client, old.about().index).moment() as finder:
        for batch in batches(_actions(finder, layout, analyzer, stays)):
            send(home.client, home.name, batch, is_alias=True)
    home.refresh()


def _actions(
    finder: Finder, layout: Layout, analyzer: Analyzer, stays: Callable[[str], bool]
) -> Iterator[Action]:
    """Yield articles as they are to be put in, each with its file and its place in the order."""
    for hit in finder.all_hits([DOC, FILE]):
        file, order = hit["_source"].get(FILE, ""), int(hit["sort"][0])
        if not file or stays(file):
            record = record_in(hit["_source"])
            article = article_of(record)
            document = layout.document(article, record, analyzer, file, order)
            yield Action(article.id, document, version=order)


def _meanwhile_error(client: Client) -> BackendError:
    """Return the error of an index that somebody wrote to while another was filled to take its place."""
    message = Message(
        "{} was written to while another index was filled to take its place; "
        "nothing has changed: try again when nobody writes",
        client.address,
    )
    return BackendError(NAME, message)


def _block(client: Client, index: str, *, is_blocked: bool) -> None:
    """Have an index take nothing in, or take it in again."""
    with suppress(StoreNotFoundError):
        client.ask("PUT", f"/{index}/_settings", {"index.blocks.write": is_blocked or None})
