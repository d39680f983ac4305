"""The user's words and synonyms: what is read, what is refused, and what it costs."""

from __future__ import annotations

import os
import random
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from searchlib import CorpusError
from searchlib.embedded.store.lexicon_files import FolderLexicon
from searchlib.expansion import lexicon
from searchlib.expansion.lexicon import FILES, Lexicon
from searchlib.own_words import LexiconCache


def read(folder: Path) -> Lexicon:
    """Read the two files of a folder."""
    return LexiconCache(FolderLexicon(folder)).get()


def _words(count: int) -> list[str]:
    chance = random.Random(count)
    return ["".join(chance.choices("党建引领基层治理查干湖冬捕农业丰收", k=6)) for _ in range(count)]


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _link(path: Path) -> None:
    (path.parent.parent / "secret").write_text("api_key = s3cr3t-0001", "utf-8")
    path.symlink_to("../secret")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
@pytest.mark.parametrize("make", [_pipe, _device, _link, Path.mkdir])
@pytest.mark.parametrize("name", FILES)
def test_what_is_no_plain_file_is_not_read(name: str, make: Any, tmp_path: Path) -> None:
    """A stranger's index neither hangs, nor fills the memory, nor shows a file from elsewhere."""
    (tmp_path / "x.idx").mkdir()
    make(tmp_path / "x.idx" / name)
    with pytest.raises(CorpusError, match=rf"{name}: is a link, a pipe or a device") as caught:
        read(tmp_path / "x.idx")
    assert "s3cr3t" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("words.txt", b"api_key = s3cr3t"),
        ("words.txt", b"s3cr3t s3cr3t"),
        ("words.txt", b"\xffs3cr3t"),
        ("words.txt", b"s" * 201),
        ("synonyms.txt", b"s3cr3t"),
        ("synonyms.txt", b"s3cr3t=>s3cr3t=s3cr3t"),
        ("synonyms.txt", b"s3cr3t\xff"),
        ("synonyms.txt", b"s3cr3t=" + b"s" * 201),
    ],
)
def test_no_error_repeats_a_line(name: str, content: bytes, tmp_path: Path) -> None:
    """Whatever the file is a second name of: the error has the number of the line only."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CorpusError) as caught:
        read(tmp_path)
    assert (caught.value.line, caught.value.excerpt, "s3cr3t" in str(caught.value)) == (1, "", False)
    assert "sss" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_bounds_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long text, many synonyms in one line or in many, and a large file are refused with the bound."""
    many = _words(102)
    for name, text, reason in (
        ("synonyms.txt", "党" * 6_000_000 + "=建", "at most 200 characters"),
        ("synonyms.txt", "=".join(many), "at most 100 synonyms"),
        ("synonyms.txt", "\n".join(f"党建={word}" for word in many), "at most 100 synonyms"),
        ("words.txt", "党" * 201, "at most 200 characters"),
    ):
        (tmp_path / name).write_text(text, "utf-8")
        with pytest.raises(CorpusError, match=reason):
            read(tmp_path)
        (tmp_path / name).unlink()
    (tmp_path / "synonyms.txt").write_text("=".join(many[:101]), "utf-8")
    assert len(read(tmp_path).synonyms[many[0]]) == 100
    monkeypatch.setattr(lexicon, "MAX_FILE_BYTES", 1024**2)
    (tmp_path / "words.txt").write_text("\n".join(_words(60_000)), "utf-8")
    with pytest.raises(CorpusError, match=r"words\.txt: is larger than 1 MiB"):
        read(tmp_path)


def _work(folder: Path, count: int) -> int:
    """Return how many calls it takes to read so many lines of each file and find their texts in one."""
    words = _words(2 * count)
    (folder / "words.txt").write_text("\n".join([*words, *(f"a{word}" for word in words)]), "utf-8")
    pairs = zip(words[:count], words[count:], strict=True)
    (folder / "synonyms.txt").write_text("\n".join(f"{one}={other}b" for one, other in pairs), "utf-8")
    calls = 0

    def count_call(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count_call)
    try:
        found = read(folder)
        assert list(found.words_in("湖" + words[0])) == [(1, 7)]
        assert list(found.synonyms_in("湖" + words[0])) == [(1, 7)]
    finally:
        sys.setprofile(None)
    return calls


def test_the_work_grows_with_the_lines(tmp_path: Path) -> None:
    """Eight times the lines are about eight times the calls, none of them for all lines."""
    small, large = _work(tmp_path, 500), _work(tmp_path, 4000)
    assert 6 * small < large < 10 * small


def test_places_are_those_of_a_regular_expression() -> None:
    """The longest first, from left to right; whole words at the ends, where letters may follow a figure."""
    chance = random.Random(5)
    for _ in range(300):
        texts = frozenset("".join(chance.choices("甲乙a1", k=chance.randint(1, 4))) for _ in range(5))
        text = "".join(chance.choices("甲乙a1-", k=30))
        longest = sorted(texts, key=lambda one: (-len(one), one))
        pattern = "|".join(
            ("(?<![a-z0-9])" if re.match("[0-9]", one) else "(?<![a-z])" if re.match("[a-z]", one) else "")
            + re.escape(one)
            + ("(?![a-z0-9])" if re.search("[a-z0-9]$", one) else "")
            for one in longest
        )
        expected = [match.span() for match in re.finditer(pattern, text)]
        assert list(Lexicon(texts).words_in(text)) == expected
        assert list(Lexicon(synonyms=dict.fromkeys(texts, ())).synonyms_in(text)) == expected
    assert list(Lexicon().words_in("党建")) == []


def test_lines_of_han_are_folded_like_any_other(tmp_path: Path) -> None:
    """In one go or one by one: traditional characters become simplified ones."""
    (tmp_path / "words.txt").write_text("黨建引領\n新質生產力\nＷｉＦｉ\n", "utf-8")
    (tmp_path / "synonyms.txt").write_text("農行＝中國農業銀行\n党建=>黨的建設\n农行=abc\n", "utf-8")
    found = read(tmp_path)
    assert {"党建引领", "新质生产力"} < found.words
    assert found.synonyms["农行"] == ("中国农业银行", "abc")
    assert (found.synonyms["中国农业银行"], found.synonyms["abc"]) == (("农行",), ("农行",))
    assert (found.synonyms["党建"], "党的建设" in found.synonyms) == (("党的建设",), False)
