"""An index that somebody else has made: it runs no code, leads nowhere else, and fills no memory."""

from __future__ import annotations

import json
import pickle
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import MakeIndex
from forged_segments import deflate, forge

import searchlib
from searchlib import Article, StoreFormatError
from searchlib.embedded.codec import article_store as stored
from searchlib.embedded.codec import deflated
from searchlib.embedded.codec.sections import SectionFile, SectionWriter
from searchlib.embedded.store import manifest

Say = dict[str, Any]


class Planted:
    """A pickle of it makes a folder when somebody opens it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return Path.mkdir, (self._folder,)  # type: ignore[return-value]


@pytest.fixture
def table(make_index: MakeIndex) -> Path:
    """The table of contents of an index."""
    index = make_index(Article(id="1", body="湖"), Article(id="2", body="江"))
    index.close()
    (file,) = index.path.glob("*.toc")
    return file


def signed(whooshs: bytes, said: Any) -> bytes:
    """Return a table with the right checksum, as a stranger can make one."""
    ours = said if isinstance(said, bytes) else json.dumps(said).encode()
    data = whooshs + ours + len(whooshs).to_bytes(8, "little") + len(ours).to_bytes(8, "little")
    return data + zlib.crc32(data).to_bytes(4, "little") + manifest._MAGIC


def parts(file: Path) -> tuple[bytes, Say]:
    """Return Whoosh's part and what ours says."""
    data = file.read_bytes()
    place, length, *_ = manifest._TRAILER.unpack_from(data, len(data) - manifest._TRAILER.size)
    said: Say = json.loads(data[place : place + length])
    return data[:place], said


@pytest.mark.parametrize("place", ["schema", "segments", "in front", "behind", "alone", "ours"])
def test_a_planted_pickle_is_not_opened(place: str, table: Path, tmp_path: Path) -> None:
    """Wherever in the table it stands, with the right checksum or without; the test's pickle would work."""
    trap = tmp_path / "owned"
    planted = pickle.dumps(Planted(trap), 2)
    pickle.loads(planted)  # noqa: S301 (our own: it does what it is for)
    assert trap.is_dir()
    trap.rmdir()
    whooshs, said = parts(table)
    first, last = whooshs.index(b"\x80\x02"), whooshs.rindex(b"\x80")
    variants = {
        "schema": whooshs[:first] + planted + whooshs[first:],
        "segments": whooshs[:last] + planted,
        "in front": planted + whooshs,
        "behind": whooshs + planted,
        "alone": planted,
        "ours": whooshs,
    }
    for data in (
        signed(variants[place], planted if place == "ours" else said),
        variants[place] + table.read_bytes()[len(whooshs) :],
        variants[place],
    ):
        table.write_bytes(data)
        uses: list[Callable[[searchlib.Index], object]] = [
            lambda index: index.search("湖").total,
            len,
            lambda index: index.add([Article(id="3")]),
            lambda index: index.check(),
            lambda index: index.repair(),
        ]
        for use in uses:
            with pytest.MonkeyPatch.context() as patched, searchlib.open(table.parent) as index:
                patched.setattr(pickle, "loads", _refuse)
                try:
                    use(index)
                except StoreFormatError as error:
                    assert "search index" in str(error)  # noqa: PT017 (not always: what is passed over is fine)
            assert not trap.exists()


def _refuse(*_: Any, **__: Any) -> None:
    pytest.fail("somebody unpickles")


LIES: list[Callable[[Say], Any]] = [
    lambda said: {**said, "segments": [["../../etc", 1, []]]},
    lambda said: {**said, "segments": [["/etc/passwd", 1, []]]},
    lambda said: {**said, "segments": [["a\0b", 1, []]]},
    lambda said: {**said, "segments": [[5, 1, []]]},
    lambda said: {**said, "segments": [[said["segments"][0][0], -1, []]]},
    lambda said: {**said, "segments": [[said["segments"][0][0], 2, [2]]]},
    lambda said: {**said, "segments": [[said["segments"][0][0], 2, [True]]]},
    lambda said: {**said, "segments": [[said["segments"][0][0], 2, {"0": 1}]]},
    lambda said: {**said, "segments": [[said["segments"][0][0]]]},
    lambda said: {**said, "segments": 7},
    lambda said: {**said, "generation": 99},
    lambda _: {},
    lambda _: [],
    lambda _: b"[" * 100_000,
    lambda _: b"9" * 5000,
    lambda _: b"\xff\xfe",
]


@pytest.mark.parametrize("lie", range(len(LIES)))
def test_a_table_that_lies_is_an_error(lie: int, table: Path) -> None:
    """Paths out of the folder, what is no number, JSON too deep to hold."""
    whooshs, said = parts(table)
    table.write_bytes(signed(whooshs, LIES[lie](said)))
    with pytest.raises(StoreFormatError, match=r"its table of contents cannot be read.*--repair"):
        searchlib.open(table.parent).search("湖")


def test_a_newer_table_says_what_to_do(table: Path) -> None:
    """It is no damage."""
    whooshs, said = parts(table)
    table.write_bytes(signed(whooshs, {**said, "version": 9}))
    uses: list[Callable[[searchlib.Index], object]] = [lambda i: i.search("湖"), lambda i: i.repair()]
    for use in uses:
        with (
            searchlib.open(table.parent) as index,
            pytest.raises(
                StoreFormatError, match=r"in table format 9, this version reads 1 and 2: .*update searchlib"
            ),
        ):
            use(index)
    assert len(list(table.parent.glob("*.slseg"))) == 1


def test_a_segment_of_another_name_is_noticed(make_index: MakeIndex) -> None:
    """Two segments as large as each other, swapped, would bring deleted articles back."""
    index = make_index(Article(id="1", body="湖水"), Article(id="2", body="江水"))
    index.add([Article(id="3", body="河水"), Article(id="4", body="海水")])
    index.delete("1")
    index.close()
    one, two = index.path.glob("*.slseg")
    between = one.with_suffix(".x")
    one.rename(between)
    two.rename(one)
    between.rename(two)
    with pytest.raises(StoreFormatError, match=r"it is another file, 'MAIN_\w+.slseg'"):
        searchlib.open(index.path).search("水")


def test_a_block_that_blows_up_is_not_opened(make_index: MakeIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a block may open to is bounded, and nothing larger is ever written."""
    monkeypatch.setattr(stored, "MAX_ARTICLE_BYTES", 1_000_000)
    index = make_index(Article(id="1", body="湖" * 300_000))
    with pytest.raises(searchlib.CorpusError, match=r"is larger than [\d,]+ bytes"):
        index.add([Article(body="湖" * 400_000)])
    index.close()
    (segment,) = index.path.glob("*.slseg")
    deflate(segment)
    assert len(stored.Articles(SectionFile(segment)).text(0)) > 300_000
    monkeypatch.setattr(deflated, "MAX_ARTICLE_BYTES", 500_000)
    with pytest.raises(StoreFormatError, match="blown up"):
        stored.Articles(SectionFile(segment)).text(0)


@pytest.mark.parametrize("section", ["lengths/body", "id/alphabet", "ids", "dates"])
def test_a_part_that_is_too_short_is_to_blame(section: str, make_index: MakeIndex) -> None:
    """Whatever error it leads to; found by fuzzing."""
    index = make_index(*[Article(id=f"{n}", body="湖水" * n) for n in range(1, 9)])
    index.add([Article(id="x", body="江水")])
    index.close()
    for segment in index.path.glob("*.slseg"):
        forge(segment, {section: SectionFile(segment).array(section)[:-1]})
    with searchlib.open(index.path) as opened:
        with pytest.raises(StoreFormatError, match=r"its parts do not fit.*--repair"):
            _ = opened.search("湖水 OR 江水", sort="newest")[0].snippets, opened.search("江水").total
        assert len(opened.check()) == 2


@pytest.mark.parametrize(
    "asked",
    [
        lambda index: index.stats(),
        lambda index: index.suggest("wang"),
        lambda index: index.like("article-1"),
    ],
    ids=["stats", "suggest", "like"],
)
def test_whatever_is_asked_the_part_is_named(
    asked: Callable[[searchlib.Index], object], make_index: MakeIndex
) -> None:
    """Strings that lie about what they share; found by fuzzing."""
    index = make_index(Article(id="article-1", body="湖水清清", authors=("王丽敏",)), Article(body="湖水"))
    index.close()
    (segment,) = index.path.glob("*.slseg")
    for name in ("id/strings", "stored_values/strings"):
        forge(segment, {name: np.full_like(SectionFile(segment).array(name), 0xFF)})
    with searchlib.open(index.path) as opened, pytest.raises(StoreFormatError, match="its parts do not fit"):
        asked(opened)


@pytest.mark.parametrize("article", ["[" * 100_000, "{", '{"id": {}}', '{"body": ' + "9" * 5000 + "}", "[1]"])
def test_an_article_that_is_none_is_an_error(article: str, tmp_path: Path, make_index: MakeIndex) -> None:
    """JSON too deep, cut, or of other types, in a block with the right checksum."""
    index = make_index(Article(id="1", body="湖水"))
    index.close()
    (segment,) = index.path.glob("*.slseg")
    with SectionWriter(tmp_path / "x") as file:
        stored.write_articles(file, [article.encode()], ([], 1))
        file.finish()
    planted = SectionFile(tmp_path / "x")
    forge(segment, {name: planted.array(name) for name in planted.names})
    with searchlib.open(index.path) as opened:
        assert opened.search("湖水").total == 1
        for read in (lambda: opened.get("1"), lambda: opened.search("湖水")[0].article, lambda: list(opened)):
            with pytest.raises(StoreFormatError, match=r"its parts do not fit.*--repair"):
                read()
        assert opened.check()
