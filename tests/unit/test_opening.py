"""What an index is in its folder: what can be opened, and what others may do meanwhile."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeIndex
from three_articles import FARM, LAKE, PARTY, ids

import searchlib
from searchlib import (
    Article,
    ConfigError,
    Report,
    StoreError,
    StoreFormatError,
    StoreLockedError,
    StoreNotFoundError,
)
from searchlib.embedded.store import committing, folder


def test_a_file_is_no_index(tmp_path: Path) -> None:
    """Whatever is done with it says so, and the file stays."""
    (tmp_path / "a.jsonl").write_text("{}")
    index = searchlib.open(tmp_path / "a.jsonl")
    said = "this is a file; an index is a folder"
    calls: list[Any] = [
        lambda: index.search("湖"),
        index.stats,
        lambda: index.add([LAKE]),
        lambda: list(index),
    ]
    for call in calls:
        with pytest.raises(StoreError, match=said):
            call()
    assert (tmp_path / "a.jsonl").read_text() == "{}"


@pytest.fixture
def index(make_index: MakeIndex) -> searchlib.Index:
    """An index of three articles."""
    return make_index(LAKE, PARTY, FARM)


class TestOpening:
    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        """Nothing is made by looking; the error says what to run."""
        index = searchlib.open(tmp_path / "none.idx")
        assert (len(index), bool(index), index.delete("1")) == (0, True, 0)
        for look in (lambda: index.search("湖"), lambda: index.get("1"), index.stats, lambda: list(index)):
            with pytest.raises(StoreNotFoundError) as caught:
                look()
            assert str(caught.value) == (
                f"{tmp_path / 'none.idx'}: there is no index here; make one with: search index PATH..."
            )
        assert not (tmp_path / "none.idx").exists()

    def test_a_folder_with_other_files(self, tmp_path: Path) -> None:
        """A stranger's folder is neither searched nor written to."""
        (tmp_path / "photo.jpg").write_bytes(b"jpg")
        index = searchlib.open(tmp_path)
        with pytest.raises(StoreNotFoundError, match="this folder holds no index of searchlib"):
            index.search("湖")
        with pytest.raises(
            StoreFormatError, match=r"is no index and not empty \('photo.jpg'\); name another"
        ):
            index.add([LAKE])
        assert [file.name for file in tmp_path.iterdir()] == ["photo.jpg"]

    def test_read_only_refuses_every_write(self, index: searchlib.Index, tmp_path: Path) -> None:
        """It searches, and names the option when asked to write."""
        (tmp_path / "new.txt").write_text("查干湖冬捕节开幕了。", "utf-8")
        reader = searchlib.open(index.path, read_only=True)
        assert reader.search("党建").total == 2
        for write in (
            lambda: reader.add([LAKE]),
            lambda: reader.delete("1"),
            lambda: reader.sync(tmp_path / "new.txt"),
        ):
            with pytest.raises(ConfigError) as caught:
                write()
            assert str(caught.value) == "read_only=True is not allowed: open the index without it to write"
        assert len(index) == 3

    @pytest.mark.parametrize("damage", ["", "{", "[1]", '{"format": 2, "fingerprint": []}', "\x00\x01"])
    def test_a_damaged_searchlib_json(self, index: searchlib.Index, damage: str) -> None:
        """What cannot be read is an error that says how to mend it."""
        index.close()
        (index.path / "searchlib.json").write_text(damage, "utf-8")
        with pytest.raises(StoreFormatError, match=r"json: damaged: it .*: search index --repair -i "):
            searchlib.open(index.path).search("党建")

    def test_another_format(self, index: searchlib.Index) -> None:
        """The error names both numbers."""
        change_meta(index, {"format": 99})
        with pytest.raises(
            StoreFormatError, match="written in format 99, this version reads 2: update searchlib"
        ) as caught:
            searchlib.open(index.path).search("党建")
        assert (caught.value.found, caught.value.supported) == ("99", "2")

    @pytest.mark.parametrize("part", ["settings", "probe", "dictionary"])
    def test_another_fingerprint(self, index: searchlib.Index, part: str) -> None:
        """Words cut by another analysis are never searched, nor added to."""
        meta = json.loads((index.path / "searchlib.json").read_text("utf-8"))
        change_meta(index, {"fingerprint": meta["fingerprint"] | {part: "other"}})
        for use in (
            lambda: searchlib.open(index.path).search("党建"),
            lambda: searchlib.open(index.path).add([LAKE]),
        ):
            with pytest.raises(
                StoreFormatError, match=r"its words were cut by another analysis \(.*other"
            ) as caught:
                use()
            assert f"search index --repair -i {index.path}" in str(caught.value)

    def test_boosts_are_checked_at_once(self, tmp_path: Path) -> None:
        """An unknown field or a wrong type in `open(boosts=)` does not wait for a search."""
        with pytest.raises(
            ConfigError, match="boosts='title' is not allowed: the fields are headline, overline"
        ):
            searchlib.open(tmp_path, boosts={"title": 2})
        with pytest.raises(TypeError, match=r"boosts\['body'\] is a str, not a number"):
            searchlib.open(tmp_path, boosts={"body": "2"})  # type: ignore[dict-item]

    def test_a_closed_index_opens_again(self, index: searchlib.Index) -> None:
        """`close` gives the files back, a later search opens them."""
        index.close()
        assert index.search("党建").total == 2

    def test_opening_runs_no_code_of_strangers(self, index: searchlib.Index, tmp_path: Path) -> None:
        """A planted pickle in the table of contents is never executed."""
        index.close()
        toc = next(index.path.glob("_MAIN_*.toc"))
        planted = b"cos\nmkdir\n(S'" + str(tmp_path / "owned").encode() + b"'\ntR."
        data = toc.read_bytes()
        start = data.index(b"\x80", 20)
        toc.write_bytes(data[:start] + planted + data[start:])
        with pytest.raises(StoreFormatError):
            searchlib.open(index.path).search("党建")
        assert not (tmp_path / "owned").exists()

    def test_a_first_write_that_was_killed_is_made_good_by_the_next(self, tmp_path: Path) -> None:
        """A folder with our description but no commit takes articles."""
        index = searchlib.open(tmp_path / "a.idx")
        index.add([LAKE])
        index.close()
        for file in index.path.iterdir():
            if file.name != "searchlib.json":
                file.unlink()
        again = searchlib.open(index.path)
        assert again.add([PARTY]) == Report(added=1)
        assert ids(again.search("党建")) == ["2"]


def change_meta(index: searchlib.Index, change: dict[str, Any]) -> None:
    """Write something else into what the index says of itself."""
    index.close()
    path = index.path / "searchlib.json"
    meta = json.loads(path.read_text("utf-8")) | change
    del meta["crc32"]
    path.write_text(json.dumps({**meta, "crc32": folder.checksum(meta)}), "utf-8")


class TestManyAtOnce:
    def test_a_second_writer_is_refused(
        self, index: searchlib.Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It waits a while, then says that another process writes; nothing is lost."""
        monkeypatch.setattr(committing, "LOCK_TIMEOUT_S", 0.2)
        other = searchlib.open(index.path)

        def meddling() -> Iterator[Article]:
            yield LAKE

        from whoosh import index as whoosh_index  # noqa: PLC0415

        lock = whoosh_index.open_dir(str(index.path)).lock("WRITELOCK")
        assert lock.acquire(blocking=False)
        try:
            for write in (lambda: other.add(meddling()), lambda: other.delete("1")):
                with pytest.raises(StoreLockedError) as caught:
                    write()
                assert str(caught.value) == (
                    f"{index.path}: another process is writing to it (waited 0.2 s); "
                    "try again when it is done"
                )
        finally:
            lock.release()
        assert other.add([Article(id="4", body="湖")]) == Report(added=1)
        other.close()

    def test_refresh_sees_the_commits_of_others(self, index: searchlib.Index) -> None:
        """One's own writes are seen at once, those of others after `refresh`."""
        other = searchlib.open(index.path)
        assert other.search("新闻").total == 0
        index.add([Article(id="4", body="新闻")])
        assert index.search("新闻").total == 1
        assert other.search("新闻").total == 0
        other.refresh()
        assert other.search("新闻").total == 1
        other.close()

    def test_an_iteration_is_of_one_commit(self, index: searchlib.Index) -> None:
        """Articles that are added during an iteration are not in it."""
        seen = []
        for article in index:
            seen.append(article.id)
            if len(seen) < 3:
                index.add([Article(id=f"new{len(seen)}")])
        assert seen == ["1", "2", "3"]
        assert len(index) == 5

    def test_eight_threads_search_while_one_writes(self, make_index: MakeIndex) -> None:
        """Every answer is one of a commit: its total fits its hits, and no thread fails."""
        index = make_index(Article(id="0", body="湖水0号"))
        failures: list[BaseException] = []
        done = threading.Event()

        def read() -> None:
            try:
                while not done.is_set():
                    results = index.search("湖水", limit=None, sort="newest")
                    assert ids(results) == [str(n) for n in range(len(results))]
                    assert results.total == len(results) >= 1
                    assert index.get("0") is not None
            except BaseException as error:  # noqa: BLE001 (shown below)
                failures.append(error)

        threads = [threading.Thread(target=read) for _ in range(8)]
        for thread in threads:
            thread.start()
        for number in range(1, 9):
            index.add([Article(id=str(number), body=f"湖水{number}号")])
        done.set()
        for thread in threads:
            thread.join(30)
        assert failures == []
        assert index.search("湖水").total == 9

    def test_two_first_writers_lose_nothing(self, tmp_path: Path) -> None:
        """Two that make the same new index at once both get their articles in."""
        failures: list[BaseException] = []
        start = threading.Barrier(4)

        def write(number: int) -> None:
            try:
                with searchlib.open(tmp_path / "new.idx") as index:
                    start.wait(10)
                    index.add([Article(id=str(number), body="湖")])
            except BaseException as error:  # noqa: BLE001 (shown below)
                failures.append(error)

        threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert failures == []
        assert ids(searchlib.open(tmp_path / "new.idx").search("湖")) == ["0", "1", "2", "3"]
