"""What is known of one index on a cluster, whether it is there, and how it is made and looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Self

from searchlib.analysis import Analyzer
from searchlib.deadline import NO_DEADLINE, Deadline
from searchlib.embedded.store.folder import versions
from searchlib.errors import BackendError, ConfigError, StoreFormatError, StoreNotFoundError
from searchlib.forks import new_lock
from searchlib.frozen import replace
from searchlib.message import Message
from searchlib.model import FURNITURE, OWN
from searchlib.opensearch.address import Address, parse_address
from searchlib.opensearch.clauses import MATCH_ALL
from searchlib.opensearch.client import Client
from searchlib.opensearch.cluster_figures import Kept
from searchlib.opensearch.counting import values_held
from searchlib.opensearch.home import About, Home
from searchlib.opensearch.mapping import FILE
from searchlib.opensearch.registry import ClusterRegistry
from searchlib.opensearch.view import View
from searchlib.own_fields import check_fields, own_fields


class ClusterIndex:
    """An index on a cluster, with that of its furniture beside it. Safe for many reading threads."""

    def __init__(
        self,
        url: str | Address,
        *,
        read_only: bool,
        fields: Mapping[str, float] | None = None,
        place: str | None = None,
    ) -> None:
        """*place* is the name of the index whose place this one is to take."""
        self._address = url if isinstance(url, Address) else parse_address(url)
        self._client = Client(self._address)
        self.home = Home(self._client, place)
        self._read_only = read_only
        self._asked_fields = None if fields is None else own_fields(fields)
        self._analyzer = Analyzer()
        self._lock = new_lock()
        self._known: About | None = None
        self._kept = Kept()
        self._checked = ""
        self._beside: Self | None = None

    @property
    def name(self) -> str:
        """The address of the index."""
        return str(self._address)

    @property
    def folder(self) -> None:
        """The index is in no folder of this machine."""

    @property
    def analyzer(self) -> Analyzer:
        """The analyzer of the index, known to cut as it was cut."""
        probe = self._analyzer.probe
        if self._checked != probe:
            try:
                said = self.about().said
            except StoreNotFoundError:
                return self._analyzer
            for part, wanted in self._analyzer.fingerprint.items():
                found = str(said.get("fingerprint", {}).get(part))
                if found != wanted:
                    raise self._stale(f"{part} {found}", f"{part} {wanted}")
            self._checked = probe
        return self._analyzer

    def _stale(self, found: str, wanted: str) -> StoreFormatError:
        cure = Message("cut its articles anew with: search index --convert -i {}", self.name)
        message = Message("its words were cut by another analysis ({}, here {}); {}", found, wanted, cure)
        return StoreFormatError(self.name, message, found=found, supported=wanted)

    def about(self, deadline: Deadline = NO_DEADLINE) -> About:
        """Return what is known of the index, read when it is first asked for."""
        with self._lock:
            if self._known is None:
                about = self.home.read(deadline)
                self._check_fields(about.layout.own)
                self._known = about
            return self._known

    def _check_fields(self, made: Mapping[str, float]) -> None:
        """See that the fields asked for are those that the index was made with."""
        check_fields(made, self._asked_fields, self.name)

    def _view(self, deadline: Deadline = NO_DEADLINE) -> View:
        about = self.about(deadline)
        with self._lock:
            if self._kept.is_old:
                self._kept = Kept()
            kept = self._kept
        return View(self._client, replace(about, index=self.home.name), self.analyzer, kept, deadline)

    @property
    def own_fields(self) -> Mapping[str, float]:
        """The text fields of the index's own, with their weights; those asked for when it is new."""
        try:
            return self.about().layout.own
        except StoreNotFoundError:
            return self._asked_fields or {}

    @property
    def commit(self) -> str:
        """What names the state of the index: another after each write that is findable."""
        about = self.about()
        told = self._client.ask("GET", f"/{self.home.name}/_stats/docs", params={"level": "shards"})
        shards = told["indices"][about.index]["shards"]
        last = (max(copy["seq_no"]["max_seq_no"] for copy in shards[number]) for number in sorted(shards))
        return f"{about.said.get('index', '')}-{about.index}-{'.'.join(map(str, last))}"

    @property
    def files(self) -> ClusterRegistry:
        """The list of files, in an index beside it."""
        name = f"{self.home.place}.files"
        return ClusterRegistry(self._client, name, self.about, self._files_with_articles)

    def _files_with_articles(self) -> set[str]:
        return {file for file, _ in values_held(self._view().finder, FILE)}

    def furniture(self) -> Self | None:
        """Return the index of the furniture, beside this one; None where there is none."""
        if self._address.index.endswith(f".{FURNITURE}"):
            return None
        beside = self._beside or self.beside_for_furniture({})
        self._beside = beside if beside.is_there() else None
        return self._beside

    def beside_for_furniture(self, own: Mapping[str, float]) -> Self:
        """Return the index of the furniture, which need not be there, with text fields of its own."""
        name, place = (f"{index}.{FURNITURE}" for index in (self._address.index, self.home.place))
        self._beside = self._other_index(name, own, place)
        return self._beside

    def _other_index(self, index: str, own: Mapping[str, float] | None, place: str) -> Self:
        """Return another index of the same cluster."""
        keys = None if own is None else {name.removeprefix(OWN): weight for name, weight in own.items()}
        address = replace(self._address, index=index)
        return type(self)(address, read_only=self._read_only, fields=keys or None, place=place)

    def count(self) -> int:
        """Return the number of articles; 0 when the index has not been made yet."""
        try:
            return self._view().finder.count(MATCH_ALL)
        except StoreNotFoundError:
            return 0

    def check_writable(self) -> None:
        """Refuse when the index was opened read-only."""
        if self._read_only:
            raise ConfigError("read_only", value=True, allowed="open the index without it to write")

    def create(self) -> None:
        """Make an empty index when there is none."""
        with suppress(StoreNotFoundError):
            self.about()
            return
        self.check_writable()
        self.home.create(self._analyzer.fingerprint, self._asked_fields or {}, versions())

    def is_there(self) -> bool:
        """Return whether the index has been made."""
        try:
            self.about()
        except StoreNotFoundError:
            return False
        return True

    def refresh(self) -> None:
        """Look at the index again: it may be another, with other figures."""
        with suppress(StoreNotFoundError, BackendError):
            self.home.refresh()
        with self._lock:
            self._known = None
            self._kept = Kept()
            self._checked = ""
        if self._beside is not None:
            self._beside.refresh()

    def close(self) -> None:
        """Give the connections back; a later call opens them again."""
        self._client.close()
        with self._lock:
            self._known = None
            self._checked = ""
        if self._beside is not None:
            self._beside.close()
