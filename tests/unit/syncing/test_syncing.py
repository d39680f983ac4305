"""A folder and an index in step."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from synced_files import write

import searchlib
import searchlib.ingest
from searchlib import Article, ConfigError, CorpusError, Report, Skipped, syncing
from searchlib.embedded.backend import EmbeddedBackend
from searchlib.spool import Spool


def ids(index: searchlib.Index) -> list[str]:
    """Return the ids of all records, each as its file has it."""
    return sorted(article.record_id or article.id for article in index)


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
    """Taken out with the old file and in with the new, in one run, it is there once."""
    index.sync(folder)
    moved = (folder / "c.jsonl").read_text("utf-8")
    (folder / "c.jsonl").unlink()
    (folder / "0.jsonl").write_text(moved, "utf-8")
    index.sync(folder)
    assert ids(index) == ["a1", "b1", "c1"]
    assert index.sync(folder) == Report(unchanged=3)


def test_equal_ids_in_two_files_are_two_articles(index: searchlib.Index, folder: Path) -> None:
    """Source and id together name a record; the order in which the files come does not matter."""
    (folder / "z.jsonl").write_text('{"id": "a1", "body": "后来"}', "utf-8")
    assert index.sync(folder) == Report(added=4)
    bodies = {article.id: article.body for article in index if article.record_id == "a1"}
    assert index.search("", where={"record_id": "a1"}).total == 2
    assert bodies == {"texts/a.jsonl#a1": "查干湖", "texts/z.jsonl#a1": "后来"}
    assert sorted(hit.id for hit in index.search("id:a1")) == sorted(bodies)
    (folder / "z.jsonl").unlink()
    assert (index.sync(folder).removed, index.search("id:a1").total) == (1, 1)


def test_equal_ids_in_one_file_are_numbered(index: searchlib.Index, folder: Path) -> None:
    """No record is lost, whatever the other ids are; the same record without an id twice is one."""
    pairs = zip(["1", "1", "1-2", "1"], "甲乙丙丁", strict=True)
    lines = [{"id": name, "body": body} for name, body in pairs]
    lines += [{"body": "戊"}, {"body": "戊"}]
    (folder / "n.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    index.sync(folder / "n.jsonl")
    found = {article.id.partition("#")[2]: article.body for article in index if article.record_id}
    assert found == {"1": "甲", "1-2": "乙", "1-2-2": "丙", "1-3": "丁"}
    assert len(index) == 5
    assert index.search("id:1").total == 3


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


def test_moved_files_are_told_from_new_ones(index: searchlib.Index, folder: Path) -> None:
    """A file under another name is read for its new name, and counted as moved; a copy is new."""
    (folder / "page.txt").write_text("冬捕开网\n\n本报1月5日讯 查干湖昨日开网。\n", "utf-8")
    index.sync(folder)
    (folder / "deep").mkdir()
    (folder / "page.txt").rename(folder / "deep" / "new.txt")
    (folder / "copy.txt").write_bytes((folder / "deep" / "new.txt").read_bytes())
    report = index.sync(folder)
    assert (report.added, report.removed, report.moved, report.unchanged) == (2, 1, 1, 3)
    assert sorted(a.source for a in index)[-2:] == ["texts/copy.txt", "texts/deep/new.txt"]
    assert index.sync(folder) == Report(unchanged=5)


def test_what_was_skipped_is_kept_with_the_index(index: searchlib.Index, folder: Path) -> None:
    """It is known until the file can be read or is gone, also to a run that finds nothing else to do."""
    (folder / "f.jsonl").write_text('{"body": "乙"}\n{', "utf-8")
    (folder / "g.json").write_text("{", "utf-8")
    index.sync(folder)
    index.sync(folder)
    skipped = index.stats()["skipped"]
    assert list(skipped) == ["texts/f.jsonl", "texts/g.json"]
    assert skipped["texts/f.jsonl"].startswith("line 2: is no JSON: ")
    assert index.stats()["files"] == 4
    (folder / "f.jsonl").write_text('{"body": "甲"}', "utf-8")
    (folder / "g.json").unlink()
    assert index.sync(folder) == Report(added=1, removed=1, unchanged=3)
    assert (index.stats()["skipped"], index.stats()["files"]) == ({}, 4)


def test_a_file_that_is_mended_to_what_it_was_is_no_longer_skipped(
    index: searchlib.Index, folder: Path
) -> None:
    """Its articles had stayed, so nothing is read again, and the reason is forgotten."""
    index.sync(folder)
    before = (folder / "a.jsonl").read_bytes()
    (folder / "a.jsonl").write_text("{", "utf-8")
    index.sync(folder)
    assert list(index.stats()["skipped"]) == ["texts/a.jsonl"]
    (folder / "a.jsonl").write_bytes(before)
    assert index.sync(folder) == Report(unchanged=3)
    assert index.stats()["skipped"] == {}


def test_an_unreadable_file_is_reported(
    index: searchlib.Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No right to read it, no memory to hold it: the others are taken."""
    whole = Path.open

    def refuse(path: Path, *args: Any, **options: Any) -> Any:
        if path.name == "b.jsonl":
            raise PermissionError(13, "Permission denied")
        return whole(path, *args, **options)

    monkeypatch.setattr(Path, "open", refuse)
    report = index.sync(folder)
    assert (report.added, [reason for _, reason in report.skipped]) == (
        2,
        ["cannot be read: Permission denied"],
    )


def test_a_file_that_is_written_to_while_it_is_read(
    index: searchlib.Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read once more; one that never rests is reported, and left as it was before."""
    index.sync(folder)
    write(folder, "a", "改")
    write(folder, "b", "改")
    writes = {"a.jsonl": 1, "b.jsonl": 100}

    def read_file(path: Path, source: str, **options: Any) -> Iterator[Article]:
        yield from searchlib.ingest.read_file(path, source, **options)
        if writes.get(path.name, 0):
            writes[path.name] -= 1
            write(folder, path.stem, f"改了又改{writes[path.name]}")

    monkeypatch.setattr("searchlib.whole_files.read_file", read_file)
    report = index.sync(folder)
    assert [(Path(path).name, reason) for path, reason in report.skipped] == [
        ("b.jsonl", "is written to while it is read; left to the next run")
    ]
    assert {article.record_id: article.body for article in index} == {
        "a1": "改了又改0",
        "b1": "农业",
        "c1": "党建",
    }


def test_another_index_is_passed_over(tmp_path: Path) -> None:
    """Its words, its list of files and what it holds are no articles, at any depth; once read, they go."""
    folder = tmp_path / "in"
    for place in (folder / "one.idx", folder / "deep" / "two.idx"):
        with searchlib.open(place) as other:
            other.add([{"id": "1", "body": "党建"}])
        (place / "words.txt").write_text("党建引领", "utf-8")
        (place / "synonyms.txt").write_text("农行=农业银行", "utf-8")
    (folder / "a.txt").write_text("党建", "utf-8")
    (folder / "searchlib.json").write_text('[{"body": "党建"}]', "utf-8")  # a file of this name is no index
    with searchlib.open(folder / "three.idx") as index:
        assert index.sync(folder) == Report(added=2)
        with pytest.raises(CorpusError, match="is an index of searchlib, whose files hold no articles"):
            index.sync(folder / "one.idx")
    assert len(list(searchlib.read(folder))) == 2


def test_a_commit_of_many_files_looks_at_each_id_once(
    index: searchlib.Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a batch of many small files takes no longer for each file the more there are."""
    (tmp_path / "in").mkdir()
    for number in range(100):
        (tmp_path / "in" / f"{number:03d}.txt").write_text(f"党建 {number}", "utf-8")
    asked: list[int] = []
    ids_of: Callable[[Spool], frozenset[str]] = vars(Spool)["ids"].fget

    def counted(self: Spool) -> frozenset[str]:
        asked.append(1)
        return ids_of(self)

    monkeypatch.setattr(Spool, "ids", property(counted))
    assert index.sync(tmp_path / "in").added == 100
    assert len(asked) <= 100


def test_an_interrupted_commit_is_not_begun_again(
    index: searchlib.Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control-C while a large file is put in ends there; the next run reads it again."""
    put = EmbeddedBackend.put_files
    calls: list[int] = []

    def interrupted(self: EmbeddedBackend, files: Mapping[str, Spool | None], **options: Any) -> Report:
        calls.append(len(files))
        if len(calls) == 1:
            raise KeyboardInterrupt
        return put(self, files, **options)

    monkeypatch.setattr(EmbeddedBackend, "put_files", interrupted)
    with pytest.raises(KeyboardInterrupt):
        index.sync(folder)
    assert calls == [3]
    assert index.sync(folder).added == 3


def test_an_interrupted_sync_commits_no_more_than_a_moment_takes(
    index: searchlib.Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what has been read it keeps a bounded part, and merges nothing."""
    monkeypatch.setattr(syncing, "_HURRY_BYTES", 300)
    write(folder, "b", "长" * 200)
    put = EmbeddedBackend.put_files
    hurried: list[tuple[list[str], bool]] = []

    def seen(self: EmbeddedBackend, files: Mapping[str, Spool | None], **options: Any) -> Report:
        hurried.append(([Path(file).name for file in files], options["hurry"]))
        return put(self, files, **options)

    monkeypatch.setattr(EmbeddedBackend, "put_files", seen)

    def interrupt(done: int, _total: int, _path: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.sync(folder, progress=interrupt)
    assert hurried == [(["a.jsonl"], True)]
    assert index.sync(folder) == Report(added=2, unchanged=1)


def test_what_was_read_for_long_is_committed(
    index: searchlib.Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slow files, as many PDFs are, do not wait for a batch to be full."""
    monkeypatch.setattr(syncing, "_BATCH_S", 0.0)
    put = EmbeddedBackend.put_files
    sizes: list[int] = []

    def seen(self: EmbeddedBackend, files: Mapping[str, Spool | None], **options: Any) -> Report:
        sizes.append(len(files))
        return put(self, files, **options)

    monkeypatch.setattr(EmbeddedBackend, "put_files", seen)
    assert index.sync(folder).added == 3
    assert sizes == [1, 1, 1]


def test_progress_counts_the_articles_of_a_large_file(index: searchlib.Index, tmp_path: Path) -> None:
    """While it is read, and while it is put into the index; each time with the file's path."""
    file = tmp_path / "a.jsonl"
    lines = (json.dumps({"id": str(number), "body": "党建"}) for number in range(2500))
    file.write_text("\n".join(lines), "utf-8")
    steps: list[tuple[int, bool]] = []

    def note(done: int, total: int, path: str) -> None:
        assert (done, total, path) == (0, 1, str(file))
        if isinstance(path, syncing.Step):
            steps.append((path.articles, path.writing))
            assert path.size_bytes > 20 * path.articles

    index.sync(file, progress=note)
    assert steps == [(1000, False), (2000, False), (1000, True), (2000, True)]
