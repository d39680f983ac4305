"""When something goes wrong: what an error may cost, and when the files are to blame for it."""

from __future__ import annotations

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import Article, StoreFormatError
from searchlib.embedded import responding
from searchlib.embedded.codec.sections import SectionFile
from searchlib.embedded.codec.segment import OpenSegment


class Looks:
    """Counts how often files are verified, and refuses to look at every list."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.verified = 0
        real = SectionFile.check

        def check(file: SectionFile) -> None:
            self.verified += 1
            real(file)

        monkeypatch.setattr(SectionFile, "check", check)
        monkeypatch.setattr(OpenSegment, "examine", None)


@pytest.mark.parametrize(
    ("error", "verified"),
    [
        (ValueError("ours"), 1),
        (IndexError("ours"), 1),
        (AttributeError("ours"), 1),
        (MemoryError(), 0),
        (AssertionError("ours"), 0),
        (NotImplementedError(), 0),
        (KeyboardInterrupt(), 0),
    ],
    ids=repr,
)
def test_a_mistake_of_ours_costs_checksums_at_most(
    error: BaseException, verified: int, make_index: MakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once for a commit, and only when damage could lead to such an error; it is raised as it is."""
    index = make_index(Article(id="1", body="湖水"))
    index.search("湖水 OR 江水", sort="newest")
    looks = Looks(monkeypatch)

    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(responding, "rank", fails)
    for _ in range(3):
        with pytest.raises(type(error)) as caught:
            index.search("湖水 OR 江水", sort="newest")
        assert caught.value is error
    assert looks.verified == verified


def test_an_error_of_damaged_bytes_is_named(make_index: MakeIndex) -> None:
    """A byte that was turned over after it was written, under whatever it breaks."""
    index = make_index(*(Article(id=str(n), body="湖水清清" * n) for n in range(1, 30)))
    index.close()
    (segment,) = index.path.glob("*.slseg")
    data = bytearray(segment.read_bytes())
    for place in range(len(data) // 4, len(data) * 3 // 4, 97):
        data[place] ^= 0xFF
    segment.write_bytes(data)
    with searchlib.open(index.path) as opened, pytest.raises(StoreFormatError):
        list(opened.search("湖水 清", limit=None).load())


@pytest.mark.parametrize("wrong", [None, 7, b"x", ["x"]])
def test_wrong_arguments_look_at_no_file(
    wrong: object, make_index: MakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are refused before: `suggest(None)` once took as long as reading the whole index."""
    index = make_index(Article(id="1", body="湖水"))
    looks = Looks(monkeypatch)
    for use in (index.suggest, index.analyze, index.search, index.kwic, index.analyze_query):
        with pytest.raises(TypeError, match="not a str"):
            use(wrong)  # type: ignore[arg-type]
    assert looks.verified == 0
