"""Files replaced as a whole, and what is said when that cannot be."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import Article, StoreError, StoreFormatError, StoreNotFoundError, os_errors
from searchlib.embedded.store import disk, folder
from searchlib.embedded.store.disk import place_file, read_file, replace_file
from searchlib.os_errors import explained

NUMBERS = sorted(os_errors._CURES)


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """Nothing stays beside it."""
    path = tmp_path / "a"
    for data in (b"one", b"two"):
        replace_file(path, data)
        assert read_file(path) == data
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_what_cannot_be_written_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old file stays, and the half of the new one goes."""
    path = tmp_path / "a"
    replace_file(path, b"one")

    def fail(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output error"):
        replace_file(path, b"two")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a", b"one")]


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    """Whoever made the folder, no file elsewhere is overwritten."""
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    home = tmp_path / "x.idx"
    home.mkdir()
    (home / "a").symlink_to(tmp_path / "letter.txt")
    with pytest.raises(FileExistsError):
        place_file(home / "a", b"two")
    replace_file(home / "a", b"two")
    assert (tmp_path / "letter.txt").read_text("utf-8") == "dear"
    assert not (home / "a").is_symlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
@pytest.mark.parametrize("name", ["searchlib.json", "*.toc", "*.slseg"])
def test_a_pipe_is_not_waited_for(name: str, make_index: MakeIndex) -> None:
    """What is no file is an error at once."""
    index = make_index(Article(id="1", body="湖"))
    (file,) = index.path.glob(name)
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(StoreFormatError, match="it is no file"):
        searchlib.open(index.path).search("湖")


@pytest.mark.parametrize("number", NUMBERS, ids=errno.errorcode.get)
def test_errors_of_the_system_say_what_to_do(number: int, tmp_path: Path) -> None:
    """The reason, the cure, and that nothing is lost."""
    with pytest.raises(StoreError) as caught, explained(tmp_path, "written"):
        raise OSError(number, os.strerror(number))
    assert str(caught.value) == (
        f"{tmp_path}: cannot be written (what was committed before is safe): {os.strerror(number)}; "
        f"{os_errors._CURES[number]}"
    )
    assert isinstance(caught.value.__cause__, OSError)


def test_a_folder_for_temporary_files_without_room_is_named(
    make_index: MakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not the index that is full."""
    index = make_index()

    class Full:
        def __init__(self, *_: Any, **__: Any) -> None: ...
        def tell(self) -> int:
            return 0

        def close(self) -> None: ...
        def write(self, _: bytes) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", Full)
    with pytest.raises(StoreError, match=r"on its way into the index.*free some space") as caught:
        index.add([Article(id="1")])
    assert caught.value.path == Path(tempfile.gettempdir())


def test_an_index_that_vanishes_is_not_made_anew_in_silence(make_index: MakeIndex) -> None:
    """As when its disk is unplugged: what is open still answers, a write says that it is gone."""
    index = make_index(Article(id="1", body="湖"))
    assert index.search("湖").total == 1
    shutil.rmtree(index.path)
    assert index.search("湖").total == 1
    with pytest.raises(StoreNotFoundError, match="is gone: is the medium still there"):
        index.add([Article(id="2", body="湖")])
    assert not index.path.exists()
    index.refresh()
    with pytest.raises(StoreNotFoundError, match="there is no index here"):
        index.search("湖")
    with pytest.raises(StoreNotFoundError, match="is gone: is the medium still there"):
        index.add([Article(id="2", body="湖")])


def test_an_index_that_is_only_written_to_is_not_made_anew_either(tmp_path: Path) -> None:
    """As by a program that adds and never asks; opened anew, the folder may have a new one."""
    path, text = tmp_path / "x.idx", tmp_path / "a.txt"
    text.write_text("查干湖", "utf-8")
    with searchlib.open(path) as index:
        index.add([Article(id="1", body="湖")])
        path.rename(tmp_path / "elsewhere.idx")
        writes: list[Callable[[], object]] = [
            lambda: index.add([Article(id="2", body="湖")]),
            lambda: index.sync(text),
        ]
        for write in writes:
            with pytest.raises(StoreNotFoundError, match="Open it anew to make another"):
                write()
    assert not path.exists()
    with searchlib.open(path) as index:
        assert index.add([Article(id="2", body="湖")]).added == 1


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_to_an_index_is_one_and_a_link_to_nothing_says_so(
    make_index: MakeIndex, tmp_path: Path
) -> None:
    """No folder is made behind it."""
    real = make_index(Article(id="1", body="湖")).path
    (tmp_path / "link").symlink_to(real)
    (tmp_path / "lost").symlink_to(tmp_path / "nowhere")
    with searchlib.open(tmp_path / "link") as index:
        assert index.add([Article(id="2", body="湖")]).added == 1
        assert index.search("湖").total == 2
    with (
        searchlib.open(tmp_path / "lost") as index,
        pytest.raises(StoreNotFoundError, match="it is a link to"),
    ):
        index.add([Article(id="2", body="湖")])
    assert not (tmp_path / "nowhere").exists()


def _no_link(*_: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_file_is_placed_only_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    """The second is an error and leaves the first, and nothing stays beside; without hard links too."""
    if not links:
        monkeypatch.setattr(os, "link", _no_link)
    path = tmp_path / "a"
    place_file(path, b"one")
    with pytest.raises(FileExistsError):
        place_file(path, b"two")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a", b"one")]


@pytest.mark.skipif(not hasattr(os, "link"), reason="the system has no hard links")
def test_of_two_that_place_a_file_at_once_one_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes between the writing of the other and its name."""
    path = tmp_path / "a"
    link = os.link

    def later(source: Path, target: Path) -> None:
        monkeypatch.setattr(os, "link", link)
        place_file(path, b"two")
        link(source, target)

    monkeypatch.setattr(os, "link", later)
    with pytest.raises(FileExistsError):
        place_file(path, b"one")
    assert path.read_bytes() == b"two"


@pytest.mark.skipif(not hasattr(os, "link"), reason="the system has no hard links")
def test_a_lost_answer_of_a_network_drive_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NFS may link, and then say that the name is there already."""
    link = os.link

    def twice(source: Path, target: Path) -> None:
        link(source, target)
        link(source, target)

    monkeypatch.setattr(os, "link", twice)
    place_file(tmp_path / "a", b"one")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a", b"one")]


def test_a_refused_replacement_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a reader refuses it for the moment that it reads; at last the error is shown."""
    path = tmp_path / "a"
    replace = Path.replace
    refused: list[Path] = []

    def refuse(self: Path, target: Path) -> Path:
        refused.append(target)
        if len(refused) <= 3:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(disk, "_REFUSED_S", 0.0)
    with pytest.raises(PermissionError):
        replace_file(path, b"one")
    assert (len(refused), list(tmp_path.iterdir())) == (1, [])
    monkeypatch.setattr(disk, "_REFUSED_S", 10.0)
    replace_file(path, b"one")
    assert (len(refused), path.read_bytes()) == (4, b"one")


@pytest.mark.skipif(os.name == "nt", reason="Windows forces names to the disk by itself")
def test_the_name_of_a_new_index_is_forced_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And those of the folders made for it; a power cut must not take the first commit with them."""
    forced: list[str] = []
    opened: dict[int, str] = {}
    real_open, real_fsync = os.open, os.fsync

    def noted_open(path: Any, *rest: Any, **options: Any) -> int:
        descriptor = real_open(path, *rest, **options)
        opened[descriptor] = os.path.relpath(path, tmp_path)
        return descriptor

    def noted_fsync(descriptor: int) -> None:
        forced.append(opened.get(descriptor, ""))
        real_fsync(descriptor)

    monkeypatch.setattr(os, "open", noted_open)
    monkeypatch.setattr(os, "fsync", noted_fsync)
    searchlib.open(tmp_path / "a" / "b" / "x.idx").add([Article(id="1", body="湖")])
    assert {".", "a", "a/b", "a/b/x.idx"} <= set(forced)
    forced.clear()
    searchlib.open(tmp_path / "a" / "b" / "x.idx").add([Article(id="2", body="湖")])
    assert not {".", "a", "a/b"} & set(forced)  # once is enough


@pytest.mark.parametrize(
    ("number", "fails"), [(errno.EACCES, False), (errno.EINVAL, False), (errno.EIO, True)]
)
def test_a_parent_that_cannot_be_forced_is_no_error_unless_the_disk_fails(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, fails: bool
) -> None:
    """It may be another's folder, or another file system."""
    sync = disk.sync_folder

    def refuse(path: Path) -> None:
        if path == tmp_path:
            raise OSError(number, os.strerror(number))
        sync(path)

    monkeypatch.setattr(folder, "sync_folder", refuse)
    index = searchlib.open(tmp_path / "x.idx")
    if fails:
        with pytest.raises(StoreError, match="the medium fails"):
            index.add([Article(id="1", body="湖")])
    else:
        assert index.add([Article(id="1", body="湖")]).added == 1
