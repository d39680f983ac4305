"""Looking for damage, and saving what is whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import Article, Repair, StoreFormatError, StoreNotFoundError
from searchlib.embedded.codec.sections import SectionFile
from searchlib.embedded.store import folder


@pytest.fixture
def index(make_index: MakeIndex, tmp_path: Path) -> searchlib.Index:
    """An index of a file's articles in several blocks, and of one that was added."""
    lines = [
        json.dumps({"id": f"{n:03d}", "body": f"查干湖{n}" + f"冬捕节{n * 7919}。" * 200}) for n in range(60)
    ]
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.jsonl").write_text("\n".join(lines), "utf-8")
    index = make_index()
    index.sync(tmp_path / "texts")
    index.add([Article(id="x", body="湖水")])
    index.delete(hit.id for hit in index.search("id:005"))
    index.close()
    return index


def damage(path: Path, section: str) -> Path:
    """Change a byte in the middle of a section of the largest segment, and return its file."""
    file = max(path.glob("*.slseg"), key=lambda file: file.stat().st_size)
    offset, length, *_ = SectionFile(file)._directory[section]
    data = bytearray(file.read_bytes())
    data[offset + length // 2] ^= 1
    file.write_bytes(data)
    return file


def test_a_whole_index_is_left_alone(index: searchlib.Index) -> None:
    """Nothing is written."""
    before = {file.name: file.read_bytes() for file in index.path.iterdir() if file.stat().st_size}
    assert index.check() == ()
    assert index.repair() == Repair(kept=60)
    assert {file.name: file.read_bytes() for file in index.path.iterdir() if file.stat().st_size} == before


def test_a_damaged_dictionary_costs_no_article(index: searchlib.Index) -> None:
    """Articles are cut and written anew; deleted ones stay deleted."""
    damage(index.path, "text/rest")
    with pytest.raises(StoreFormatError, match=r"slseg: damaged: section text/rest .*search index --repair"):
        index.search("查干湖")
    (problem,) = index.check()
    assert "section text/rest does not fit its checksum" in problem
    repaired = index.repair()
    assert (repaired.kept, repaired.saved, repaired.lost) == (1, 59, 0)
    assert (index.check(), index.search("查干湖").total, len(index)) == ((), 59, 60)
    assert index.search("id:005").total == 0


def test_what_is_lost_is_said_and_comes_back_with_the_next_sync(
    index: searchlib.Index, tmp_path: Path
) -> None:
    """A block of articles cannot be opened; the damaged file is kept, the others are saved."""
    file = damage(index.path, "articles/blocks")
    repaired = index.repair()
    assert repaired.lost > 0
    assert repaired.kept + repaired.saved + repaired.lost == 60
    assert any(f"{repaired.lost} articles are lost; the damaged file is kept" in p for p in repaired.problems)
    assert (index.path / f"searchlib.damaged.{file.name}").exists()
    assert (len(index), index.check()) == (60 - repaired.lost, ())
    report = index.sync(tmp_path / "texts")
    assert report.added == repaired.lost + 1  # 005 too: its file still has it
    assert (report.removed, len(index)) == (0, 61)


def test_without_its_table_an_index_is_put_together_again(index: searchlib.Index, tmp_path: Path) -> None:
    """Nothing is written over it before; what had been deleted is back, and that is said."""
    (table,) = index.path.glob("*.toc")
    table.unlink()
    for use in (lambda: index.add([Article(id="y")]), lambda: index.search("湖"), lambda: len(index)):
        with pytest.raises(StoreFormatError, match=r"its table of contents .* is missing"):
            use()
    repaired = index.repair()
    assert (repaired.kept, repaired.saved, repaired.lost) == (61, 0, 0)
    assert "they are back" in repaired.problems[-1]
    assert (len(index), index.check()) == (61, ())
    assert index.sync(tmp_path / "texts").unchanged == 60


@pytest.mark.parametrize("name", ["searchlib.json", "searchlib.files.json"])
def test_a_damaged_description_or_list_is_made_anew(
    name: str, index: searchlib.Index, tmp_path: Path
) -> None:
    """No article is lost, and the next sync reads every file."""
    (index.path / name).write_text("{", "utf-8")
    with pytest.raises(StoreFormatError, match=rf"{name}: damaged: .*--repair"):
        index.sync(tmp_path / "texts")
    repaired = index.repair()
    assert (repaired.kept + repaired.saved, repaired.lost, index.check()) == (60, 0, ())
    (tmp_path / "texts" / "a.jsonl").unlink()
    assert index.sync(tmp_path / "texts").removed == 59


def test_a_lost_list_of_files_costs_nothing(index: searchlib.Index, tmp_path: Path) -> None:
    """The index knows where its articles are from: what is gone goes."""
    (index.path / "searchlib.files.json").unlink()
    assert index.check() == ()
    (tmp_path / "texts" / "a.jsonl").unlink()
    assert index.sync(tmp_path / "texts").removed == 59


def test_the_list_of_another_index_is_noticed(
    index: searchlib.Index, make_index: MakeIndex, tmp_path: Path
) -> None:
    """Else its files would pass for unchanged."""
    other = make_index()
    other.sync(tmp_path / "texts")
    (index.path / "searchlib.files.json").write_bytes((other.path / "searchlib.files.json").read_bytes())
    with pytest.raises(StoreFormatError, match="it is the list of another index"):
        index.sync(tmp_path / "texts")


def test_words_cut_by_another_analysis_are_cut_anew(index: searchlib.Index) -> None:
    """The articles are there: an index of another dictionary needs no files to come back."""
    folder.write_meta(index.path, {"settings": "other"})
    with pytest.raises(StoreFormatError, match=r"another analysis .*search index --repair"):
        searchlib.open(index.path).search("湖")
    with searchlib.open(index.path) as opened:
        assert opened.repair().saved == 60
        assert (opened.search("湖").total, len(opened), opened.check()) == (60, 60, ())


def test_there_must_be_an_index(tmp_path: Path) -> None:
    """Nothing is made by looking."""
    with searchlib.open(tmp_path / "none.idx") as index:
        for look in (index.check, index.repair):
            with pytest.raises(StoreNotFoundError, match="there is no index here"):
                look()
    assert not (tmp_path / "none.idx").exists()


def test_a_missing_segment_is_named(index: searchlib.Index) -> None:
    """Others are kept."""
    file = max(index.path.glob("*.slseg"), key=lambda file: file.stat().st_size)
    file.unlink()
    with pytest.raises(StoreFormatError, match=f"its file {file.name} is missing"):
        index.search("湖")
    repaired = index.repair()
    assert (repaired.kept, repaired.lost, len(index), index.check()) == (1, 59, 1, ())
