from collections.abc import Callable, Mapping, Sequence
from mmap import mmap
from typing import Any

from searchlib.pages.blocks import Block
from searchlib.pages.stretches import Piece

VERSION: str
INTERFACE: int

class Tables:
    def __new__(
        cls,
        classes: bytes,
        written: str,
        folded: str,
        several: Sequence[tuple[int, int]],
        marks: str,
        doubles: bytes,
    ) -> Tables: ...

class Segment:
    def __new__(
        cls,
        file: mmap,
        sections: Mapping[str, tuple[int, int, int, str]],
        size: int,
        deleted: Sequence[int],
    ) -> Segment: ...

class Packer:
    def __new__(cls, sample: Sequence[bytes], share: int) -> Packer: ...
    @property
    def table(self) -> bytes: ...
    def pack(self, texts: Sequence[bytes], threads: int) -> list[bytes]: ...

class Unpacker:
    def __new__(cls, file: mmap, offset: int, length: int) -> Unpacker: ...
    def begin(self, packed: bytes) -> tuple[bytes, int]: ...

class Snapshot:
    def __new__(
        cls,
        segments: Sequence[Segment],
        live: int,
        fields: Sequence[tuple[str, float]],
        tables: Tables,
    ) -> Snapshot: ...
    def id_of(self, doc: int) -> str | None: ...

class Plan:
    def __new__(
        cls,
        terms: Sequence[tuple[str, bool, float, int, bool]],
        leaves: Sequence[Sequence[tuple[Sequence[int], int, str]]],
        any_term: bool,
        given: bool,
        groups: Sequence[Sequence[tuple[Sequence[int], Sequence[int]]]],
        runs: Sequence[tuple[Sequence[int], str, Sequence[int]]],
        title: tuple[int, str] | None,
        boosts: Sequence[float],
        passages: bool,
        written: Sequence[tuple[int, int, Sequence[int]]],
    ) -> Plan: ...

class Passing:
    def __new__(cls, each: Any) -> Passing: ...

class Order:
    def __new__(cls, keys: Any) -> Order: ...

def search(
    snapshot: Snapshot,
    plan: Plan,
    least: int,
    wanted: int,
    ask: Callable[[int, int], bool],
    within: tuple[Passing | None, Order | None, Callable[[int], object] | None],
    counts_leaves: bool = False,
    known: Any = None,
) -> tuple[list[tuple[int, float, int]], list[int]]: ...

class PlainReader:
    def __new__(
        cls,
        dictionary: mmap | bytes,
        nodes: int,
        log_total: float,
        plain: str,
        variable: str,
        signs: str,
        written: Sequence[tuple[int, int, Sequence[int]]],
        questions: Sequence[str],
        functions: Sequence[str],
        sure_characters: Sequence[str],
        boosts: Sequence[float],
    ) -> PlainReader: ...

def search_plain(
    reader: PlainReader,
    snapshot: Snapshot,
    query: str,
    how: str,
    forms: Sequence[tuple[str, Sequence[str], bool]] | None,
    offset: int,
    limit: int,
    ask: Callable[[int, int], bool],
    within: tuple[Passing | None, Order | None, Callable[[int], object] | None],
) -> tuple[list[tuple[int, float, str]], bool] | None: ...
def search_text(
    reader: PlainReader,
    snapshot: Snapshot,
    clean: str,
    parts: Sequence[tuple[str, Sequence[str], bool]],
    offset: int,
    limit: int,
    ask: Callable[[int, int], bool],
    within: tuple[Passing | None, Order | None, Callable[[int], object] | None],
) -> list[tuple[int, float, str]] | None: ...
def search_relaxed(
    reader: PlainReader,
    snapshot: Snapshot,
    words: Sequence[tuple[str, Sequence[str] | None]],
    text: str,
    parts: Sequence[tuple[str, Sequence[str], bool]],
    forms_of: Callable[[Sequence[str], Sequence[str]], Sequence[tuple[Sequence[str], bool]]],
    fewest: int,
    offset: int,
    limit: int,
    ask: Callable[[int, int], bool],
    within: tuple[Passing | None, Order | None, Callable[[int], object] | None],
) -> tuple[list[tuple[int, float, str]], int] | None: ...
def count(
    snapshot: Snapshot,
    plan: Plan,
    least: int,
    ask: Callable[[int, int], bool],
    within: tuple[Passing | None, Order | None, Callable[[int], object] | None],
) -> int: ...
def both(first: memoryview[int], second: memoryview[int]) -> bytes: ...
def without(docs: memoryview[int], others: memoryview[int]) -> bytes: ...
def either(sets: Sequence[memoryview[int]]) -> bytes: ...
def holding(snapshot: Snapshot, terms: Sequence[str], pairs: bool) -> bytes: ...
def has_pair(snapshot: Snapshot, pair: str) -> bool: ...
def neighbours(snapshot: Snapshot, left: str | None, right: str | None, most: int) -> str: ...
def pairs_of(snapshot: Snapshot, firsts: str, seconds: str) -> list[str]: ...
def crc32(data: memoryview) -> int: ...
def page_checks(data: memoryview, size: int) -> bytes: ...
def weigh(snapshot: Snapshot, plan: Plan) -> list[tuple[str, float]]: ...
def count_plain(
    reader: PlainReader,
    snapshot: Snapshot,
    query: str,
    how: str,
    forms: Sequence[tuple[str, Sequence[str], bool]] | None,
    ask: Callable[[int, int], bool],
    within: tuple[Passing | None, Order | None, Callable[[int], object] | None],
) -> int | None: ...

class CountingTables:
    def __new__(
        cls,
        dictionary: mmap | bytes,
        nodes: int,
        log_total: float,
        fates: Callable[[Sequence[int]], list[list[int]]],
        kinds: Callable[[Sequence[int]], list[int]],
        resolved: Callable[[bytes], bytes],
        cleaned: Callable[[bytes], bytes],
        run: Callable[[str], tuple[list[str], list[tuple[str, bool, bool]], str]],
    ) -> CountingTables: ...

class CountedTexts: ...

class TextCounter:
    def __new__(cls, tables: CountingTables, fields: int) -> TextCounter: ...
    def stop(self) -> None: ...
    def count(
        self,
        first: int,
        size: int,
        texts: Sequence[tuple[int, int, bytes]],
        bridges: Sequence[tuple[int, int, tuple[int, str, bool, bool], tuple[int, str, bool, bool]]],
        headlines: Sequence[bytes],
    ) -> tuple[CountedTexts, list[int], list[bytes]]: ...

class SegmentTexts:
    def __new__(cls, tables: CountingTables, fields: Sequence[str]) -> SegmentTexts: ...
    def add(self, batch: CountedTexts) -> None: ...
    def units(self) -> int: ...
    def write(
        self,
        write: Callable[[str, str, bytes], object],
        words: str,
        grams: str,
        scales: Sequence[tuple[float, float, bytes]] | None,
        threads: int,
    ) -> None: ...

def merge_texts(
    write: Callable[[str, str, bytes], object],
    sources: Sequence[tuple[mmap, dict[str, tuple[int, int, int, str]], int, int, Sequence[int]]],
    fields: Sequence[str],
    names: tuple[str, str],
    scales: Sequence[tuple[float, float, bytes]],
    threads: int,
    piece: int,
) -> list[tuple[str, str]]: ...

class PlainMarker:
    @staticmethod
    def of(
        reader: PlainReader,
        snapshot: Snapshot,
        query: str,
        how: str,
        forms: Sequence[tuple[str, Sequence[str], bool]] | None,
    ) -> PlainMarker | None: ...
    def snippets(
        self, snapshot: Snapshot, doc: int, count: int
    ) -> list[tuple[str, int, list[tuple[int, int]], str]] | None: ...
    def headline_marks(self, snapshot: Snapshot, doc: int) -> list[tuple[int, int]] | None: ...

class LineReader:
    def __new__(
        cls, chars: Mapping[str, str], words: Mapping[str, Sequence[str]], sizes: Mapping[str, int]
    ) -> LineReader: ...
    def read(self, texts: Sequence[str]) -> bytes: ...

def may_list(texts: Sequence[str], most: int) -> bool: ...

class PageFolder:
    def __new__(cls, written: str, folded: str, words: Sequence[tuple[str, ...]]) -> PageFolder: ...
    def fold(self, text: str) -> tuple[str | None, bool]: ...

class ColumnReader:
    def __new__(cls, rules: Mapping[str, str | float]) -> ColumnReader: ...
    def read(
        self, blocks: Sequence[Block]
    ) -> tuple[bool, tuple[int, float, list[float], float, bytes, bool] | None]: ...

class Healer:
    def __new__(
        cls, rules: Mapping[str, str | float], opens_paragraph: Callable[[str], object]
    ) -> Healer: ...
    def heal(self, pieces: Sequence[Piece]) -> str: ...

def unfold_in_order(value: str, page: str, folded: str) -> str: ...
def coverage(head: str, text: str) -> float: ...
def belonging(own: str, heads: Sequence[str], parts: Sequence[str], places: Sequence[int]) -> list[float]: ...
