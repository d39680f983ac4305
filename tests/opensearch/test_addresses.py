"""Addresses of clusters: what is read out of them, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchlib
from searchlib import ConfigError
from searchlib.cli.location import (
    display_path,
    find_index,
    home_of,
    key_of,
    named_index,
    open_index,
    openable,
    place_of,
)
from searchlib.opensearch.address import Address, parse_address, read_credentials


def test_an_address_has_hosts_and_an_index() -> None:
    """Ports are 9200 unless said otherwise; the index's options are no part of its name."""
    found = parse_address(
        "opensearchs://a.example:9201,[::1],10.0.0.3/news-2024?shards=3&replicas=0&lexicon=/w"
    )
    assert found == Address(
        (("a.example", 9201), ("[::1]", 9200), ("10.0.0.3", 9200)), "news-2024", True, 3, 0, "/w"
    )
    assert str(found) == "opensearchs://a.example:9201,[::1]:9200,10.0.0.3:9200/news-2024"


@pytest.mark.parametrize(
    "address",
    [
        "opensearch://localhost",
        "opensearch://localhost/",
        "opensearch:///articles",
        "opensearch://localhost:0/articles",
        "opensearch://localhost:99999/articles",
        "opensearch://localhost/Articles",
        "opensearch://localhost/_all",
        "opensearch://localhost/a,b",
        "opensearch://localhost/a*",
        "opensearch://localhost/a?shards=0",
        "opensearch://localhost/a?shards=x",
        "opensearch://localhost/a?refresh=1",
        "elasticsearch://localhost/articles",
        "http://localhost/articles",
    ],
)
def test_what_is_no_address(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that says what one is like, and no folder of that name."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match=r"path=.* is not allowed: .*(opensearch://|shards=)"):
        searchlib.open(address)
    assert list(tmp_path.iterdir()) == []


def test_an_address_with_a_password_is_refused_and_not_shown() -> None:
    """It would stand in histories and logs."""
    with pytest.raises(ConfigError, match="an address without user and password") as caught:
        searchlib.open("opensearch://anna:geheim@localhost/articles")
    assert "geheim" not in str(caught.value) + repr(caught.value.__dict__)


def test_opening_asks_nobody() -> None:
    """The first search does."""
    with searchlib.open("opensearch://nobody.invalid/articles") as index:
        assert repr(index) == "searchlib.open('opensearch://nobody.invalid:9200/articles')"
        with pytest.raises(ConfigError, match="folder"):
            _ = index.path


def test_half_of_a_user_is_an_error() -> None:
    """A name without a password, a file that is not there."""
    address = parse_address("opensearchs://localhost/articles")
    with pytest.raises(ConfigError, match="set SEARCHLIB_OPENSEARCH_PASSWORD as well"):
        read_credentials(address, {"SEARCHLIB_OPENSEARCH_USER": "anna"})
    with pytest.raises(ConfigError, match="a file of text that can be read"):
        read_credentials(address, {"SEARCHLIB_OPENSEARCH_PASSWORD_FILE": "/no/such/file"})
    with pytest.raises(ConfigError, match="a file of certificates"):
        read_credentials(address, {"SEARCHLIB_OPENSEARCH_CA": "/no/such/file"})
    assert repr(read_credentials(address, {"SEARCHLIB_OPENSEARCH_KEY": "geheim"})).count("geheim") == 0


def test_the_command_takes_an_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As it is, and makes no folder of its name; so does a variable."""
    address = "opensearch://localhost:9/articles"
    monkeypatch.chdir(tmp_path)
    assert (named_index(address), find_index(address), display_path(address)) == (address, address, address)
    monkeypatch.setenv("SEARCH_INDEX", address)
    with open_index(None) as index:
        assert (index.location, place_of(index), key_of(address)) == (address, address, address)
        assert home_of(index) == tmp_path
        assert openable("news/a.txt", index) == "news/a.txt"
    assert list(tmp_path.iterdir()) == []
