"""A folder and an index in step."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import searchlib
from searchlib import ConfigError, CorpusError, Report, Skipped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three files with one record each."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, body in (("a", "查干湖"), ("b", "农业"), ("c", "党建")):
        write(folder, name, body)
    return folder


@pytest.fixture
def index(tmp_path: Path) -> searchlib.Index:
    """An index that is not there yet."""
    return searchlib.open(tmp_path / "x.idx")


def write(folder: Path, name: str, *bodies: str) -> Path:
    """Write records with ids of the file's name."""
    path = folder / f"{name}.jsonl"
    lines = [json.dumps({"id": f"{name}{n}", "body": body}) for n, body in enumerate(bodies, 1)]
    path.write_text("\n".join(lines), "utf-8")
    return path


def ids(index: searchlib.Index) -> list[str]:
    """Return all ids."""
    return sorted(article.id for article in index)


def test_what_is_new_is_added(index: searchlib.Index, folder: Path) -> None:
    """The first run brings everything in."""
    assert index.sync(folder) == Report(added=3)
    assert ids(index) == ["a1", "b1", "c1"]


def test_a_second_run_leaves_all_unchanged(index: searchlib.Index, folder: Path) -> None:
    """Files that are what they were are not read."""
    index.sync(folder)
    assert index.sync(folder) == Report(unchanged=3)


def test_every_kind_of_change_at_once(index: searchlib.Index, folder: Path) -> None:
    """Added, updated, removed, unchanged and skipped, in articles."""
    write(folder, "d", "一", "二", "三")
    index.sync(folder)
    write(folder, "a", "冬捕")  # one article becomes another
    (folder / "b.jsonl").unlink()
    write(folder, "d", "一", "二改")  # one stays, one changes, one goes
    write(folder, "e", "新")
    (folder / "f.jsonl").write_text("{", "utf-8")
    report = index.sync(folder)
    assert (report.added, report.updated, report.removed, report.unchanged) == (1, 2, 2, 2)
    assert [Path(skipped.path).name for skipped in report.skipped] == ["f.jsonl"]
    assert ids(index) == ["a1", "c1", "d1", "d2", "e1"]


def test_a_file_that_can_no_longer_be_read_keeps_its_articles(index: searchlib.Index, folder: Path) -> None:
    """It is reported, and what was read before stays."""
    index.sync(folder)
    (folder / "a.jsonl").write_text('{"id": ', "utf-8")
    report = index.sync(folder)
    assert [isinstance(skipped, Skipped) and bool(skipped.reason) for skipped in report.skipped] == [True]
    assert (report.removed, ids(index)) == (0, ["a1", "b1", "c1"])


def test_only_what_a_sync_brought_from_there_is_removed(index: searchlib.Index, folder: Path) -> None:
    """Articles that were added, and files from elsewhere, stay."""
    other = folder.parent / "other"
    other.mkdir()
    write(other, "o", "外")
    index.add([{"id": "mine", "body": "自"}])
    index.sync(folder, other / "o.jsonl")
    (folder / "a.jsonl").unlink()
    (other / "o.jsonl").unlink()
    assert index.sync(folder).removed == 1
    assert ids(index) == ["b1", "c1", "mine", "o1"]


def test_progress_counts_the_files(index: searchlib.Index, folder: Path) -> None:
    """It is called before each file with those done, all, and the path."""
    calls: list[tuple[int, int, str]] = []
    index.sync(folder, progress=lambda *call: calls.append(call))
    assert calls == [(n, 3, str(folder / f"{name}.jsonl")) for n, name in enumerate("abc")]


def test_an_interrupted_sync_keeps_whole_files(index: searchlib.Index, folder: Path) -> None:
    """Control-C before the third file keeps the two before it; the next run goes on from there."""

    def interrupt(done: int, _total: int, _path: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.sync(folder, progress=interrupt)
    assert ids(index) == ["a1", "b1"]
    assert index.sync(folder) == Report(added=1, unchanged=2)


def test_an_interrupted_sync_removes_nothing(index: searchlib.Index, folder: Path) -> None:
    """Files that were not looked at yet are not taken for gone."""
    index.sync(folder)

    def interrupt(done: int, _total: int, _path: str) -> None:
        if done == 1:
            raise KeyboardInterrupt

    write(folder, "a", "改")
    with pytest.raises(KeyboardInterrupt):
        index.sync(folder, progress=interrupt)
    assert ids(index) == ["a1", "b1", "c1"]
    assert index.sync(folder) == Report(unchanged=3)


def test_an_id_that_moves_from_file_to_file_stays_one_article(index: searchlib.Index, folder: Path) -> None:
    """Taken from the old file or the new, in one run, it is there once."""
    index.sync(folder)
    moved = (folder / "c.jsonl").read_text("utf-8")
    (folder / "c.jsonl").unlink()
    (folder / "0.jsonl").write_text(moved, "utf-8")
    index.sync(folder)
    assert ids(index) == ["a1", "b1", "c1"]
    assert index.sync(folder) == Report(unchanged=3)


def test_equal_ids_in_two_files_the_last_file_wins(index: searchlib.Index, folder: Path) -> None:
    """One id is one article, and it settles."""
    (folder / "z.jsonl").write_text('{"id": "a1", "body": "后来"}', "utf-8")
    index.sync(folder)
    article = index.get("a1")
    assert article is not None
    assert article.body == "后来"
    assert len(index) == 3


def test_the_index_is_never_read_as_a_text(folder: Path) -> None:
    """An index inside the folder that it is made of is passed over."""
    index = searchlib.open(folder / "x.idx")
    index.sync(folder)
    assert index.sync(folder) == Report(unchanged=3)


def test_a_path_that_is_not_there(index: searchlib.Index, folder: Path) -> None:
    """Nothing is done when one of the paths is wrong."""
    with pytest.raises(CorpusError, match="nowhere: no such file or folder"):
        index.sync(folder, folder / "nowhere")
    assert len(index) == 0


def test_no_path_at_all(index: searchlib.Index) -> None:
    """At least one must be named."""
    with pytest.raises(ConfigError) as caught:
        index.sync()
    assert str(caught.value) == "paths=() is not allowed: name at least one file or folder"


def test_a_folder_and_its_index_can_move_together(
    index: searchlib.Index, folder: Path, tmp_path: Path
) -> None:
    """Files are known by their place beside the index."""
    index.sync(folder)
    index.close()
    (tmp_path / "new").mkdir()
    moved_folder = folder.rename(tmp_path / "new" / "texts")
    moved = searchlib.open(index.path.rename(tmp_path / "new" / "x.idx"))
    assert moved.sync(moved_folder) == Report(unchanged=3)
    moved.close()


def test_many_batches_are_as_one(
    index: searchlib.Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Committing after every file ends in the same index."""
    monkeypatch.setattr("searchlib.syncing._BATCH_FILES", 1)
    assert index.sync(folder) == Report(added=3)
    (folder / "a.jsonl").unlink()
    assert index.sync(folder) == Report(removed=1, unchanged=2)
    assert ids(index) == ["b1", "c1"]


def test_two_syncs_of_different_folders_know_of_each_other(
    index: searchlib.Index, folder: Path, tmp_path: Path
) -> None:
    """What another sync brought in meanwhile is taken out when its file is gone."""
    (tmp_path / "other").mkdir()
    gone = write(tmp_path / "other", "o", "外")
    index.sync(folder)
    write(folder, "d", "新")
    other = searchlib.open(index.path)

    def meddle(done: int, *_: object) -> None:
        if done == 0:
            other.sync(tmp_path / "other")

    index.sync(folder, progress=meddle)
    gone.unlink()
    assert other.sync(tmp_path / "other").removed == 1


def test_a_read_only_index_is_not_touched(index: searchlib.Index, folder: Path) -> None:
    """A sync that finds nothing new refuses, or writes nothing."""
    index.sync(folder)
    before = (index.path / "searchlib.files.json").stat().st_mtime_ns
    with pytest.raises(ConfigError, match="read_only=True is not allowed"):
        searchlib.open(index.path, read_only=True).sync(folder)
    assert (index.path / "searchlib.files.json").stat().st_mtime_ns == before
