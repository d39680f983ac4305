"""The dictionary's file: made once, never half, never stale, and jieba's words to the last one."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from math import log
from pathlib import Path

import pytest

from searchlib.analysis.dictionary import Dictionary, digest_of, open_dictionary, pack, parse_words, stamp_of
from searchlib.analysis.words import dictionary_digest, load_cut, load_dictionary

WORDS = "党建 5 n\n建党 5 n\n党 2 n\nT恤 4 n\n党建引领 3 v\n党建引领 4 v\n引 0 v\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A dictionary as jieba has them."""
    path = tmp_path / "dict.txt"
    path.write_text(WORDS, "utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's cache folder."""
    path = tmp_path / "cache"
    path.mkdir()
    return path


def cut(source: Path, folder: Path | None, text: str = "党建引领建") -> list[str] | None:
    """Open the dictionary, cut, and return the words."""
    found = open_dictionary(source, folder)
    return None if found is None else found.cut(text)


def test_it_is_made_once_and_then_opened(source: Path, folder: Path) -> None:
    """The second opening reads the file of the first and writes nothing."""
    assert cut(source, folder) == ["党建引领", "建"]
    (file,) = folder.iterdir()
    before = file.stat().st_ino, file.stat().st_mtime_ns
    assert cut(source, folder) == ["党建引领", "建"]
    assert [(entry.stat().st_ino, entry.stat().st_mtime_ns) for entry in folder.iterdir()] == [before]


def test_its_digest_is_that_of_the_dictionary(source: Path, folder: Path) -> None:
    """Fingerprints hold the hash of the words, which need not be read again for it."""
    found = open_dictionary(source, folder)
    assert found is not None
    assert found.digest == digest_of(WORDS.encode())
    assert found.stamp == stamp_of(source)


def test_a_changed_dictionary_is_read_anew(source: Path, folder: Path) -> None:
    """Even when size and time of change are put back."""
    assert cut(source, folder) == ["党建引领", "建"]
    before = source.stat()
    source.write_text(WORDS.replace("党建引领", "党建引导"), "utf-8")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert cut(source, folder) == ["党建", "引", "领", "建"]
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[:20],
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: b"SLWORDS\x02" + data[8:],
        lambda data: bytes([data[0] ^ 1]) + data[1:],
        lambda data: data[:-5] + bytes([data[-5] ^ 1]) + data[-4:],
        lambda data: data[:80] + bytes([data[80] ^ 128]) + data[81:],
        lambda data: b"\xff" * len(data),
    ],
)
def test_a_damaged_file_is_made_anew(source: Path, folder: Path, damage: Callable[[bytes], bytes]) -> None:
    """Whatever happened to it, its words are never used."""
    assert cut(source, folder) is not None
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert cut(source, folder) == ["党建引领", "建"]
    assert file.read_bytes() == whole


def test_without_a_folder_to_keep_it_there_is_none(source: Path, tmp_path: Path) -> None:
    """The engine cuts then."""
    assert cut(source, None) is None
    assert cut(source, tmp_path / "missing") is None
    assert cut(tmp_path / "missing.txt", tmp_path) is None
    (tmp_path / "broken.txt").write_text("党建 viel n\n", "utf-8")
    assert cut(tmp_path / "broken.txt", tmp_path) is None


def test_an_interrupt_leaves_nothing(source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while it is made: no file, and the next one makes it."""

    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("searchlib.analysis.dictionary.pack", interrupted)
        with pytest.raises(KeyboardInterrupt):
            open_dictionary(source, folder)
    assert list(folder.iterdir()) == []
    assert cut(source, folder) == ["党建引领", "建"]


def test_what_a_killed_writer_left_is_cleared_away(source: Path, folder: Path) -> None:
    """But not what another one is just writing."""
    old, new = folder / "words-old.new", folder / "words-new.new"
    for left in (old, new):
        left.write_bytes(b"half")
    os.utime(old, (0, 0))
    assert cut(source, folder) is not None
    assert (old.exists(), new.exists()) == (False, True)


def test_many_at_once(source: Path, folder: Path) -> None:
    """Each gets its words, and one whole file stays."""
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(cut(source, folder))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["党建引领", "建"]] * 8
    assert len(list(folder.iterdir())) == 1


def test_of_equal_paths_the_longer_word_comes_first() -> None:
    """As jieba's `max` over pairs of value and end has it: 党建|党 and 党|建党 weigh the same."""
    frequencies, total = parse_words("党建 5 n\n建党 5 n\n党 2 n\n".encode())
    assert Dictionary(pack(frequencies, total, (0, 0, 0), "")).cut("党建党") == ["党建", "党"]
    assert log(5) - log(12) + (log(2) - log(12)) == log(2) - log(12) + (log(5) - log(12))


def test_a_dictionary_without_han() -> None:
    """Every character is a word."""
    assert Dictionary(pack({"ab": 1}, 1, (0, 0, 0), "")).cut("党建") == ["党", "建"]


def test_every_word_of_jiebas_dictionary_is_cut_as_jieba_cuts_it() -> None:
    """Each word, and each beside the next one of the dictionary: a tie or a slip anywhere shows."""
    dictionary = load_dictionary()
    assert dictionary is not None, "the cache folder cannot be written to"
    assert dictionary.digest == dictionary_digest()
    reference = load_cut("jieba")
    data = Path(sys.modules["jieba"].__file__ or "").with_name("dict.txt").read_bytes()
    words = sorted(
        word for word in parse_words(data)[0] if all("\u4e00" <= char <= "\u9fd5" for char in word)
    )
    assert len(words) > 300_000
    for first, second in zip(words[::7], words[3::7], strict=False):
        assert dictionary.cut(second + first) == reference(second + first)
