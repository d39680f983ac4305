"""The parts of a segment's file, each read back as it was written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.codec.articles import Articles, ArticleWriter
from searchlib.codec.postings import LONG, MAX_DOCS, Postings, write_postings
from searchlib.codec.sections import SectionFile, SectionWriter
from searchlib.codec.terms import Terms, encode, is_packable, pack, unpack, write_terms
from searchlib.errors import StoreFormatError


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a path that each example may write anew."""
    return tmp_path_factory.mktemp("codec") / "segment"


@st.composite
def lists(draw: st.DrawFn) -> list[tuple[list[int], list[int]]]:
    """Draw documents and counts of a few terms: short and long lists, near and far, rare and frequent."""
    drawn = []
    for _ in range(draw(st.integers(1, 4))):
        seed = draw(st.integers(0, 2**32 - 1))
        size = draw(st.sampled_from([1, 2, LONG - 1, LONG, LONG + 1, 700]))
        generator = np.random.default_rng(seed)
        docs = np.sort(generator.choice(draw(st.sampled_from([1000, MAX_DOCS])), size, replace=False))
        counts = generator.choice([1, 1, 2, 3, 4, 15, 16, 300, 70_000], size)
        drawn.append((docs.tolist(), counts.tolist()))
    return drawn


@given(lists())
def test_postings_come_back(place: Path, drawn: list[tuple[list[int], list[int]]]) -> None:
    """One list at a time and all at once."""
    place.unlink(missing_ok=True)
    starts = np.cumsum([0] + [len(docs) for docs, _ in drawn])
    docs = np.concatenate([np.array(docs) for docs, _ in drawn])
    counts = np.concatenate([np.array(counts) for _, counts in drawn])
    with SectionWriter(place) as writer:
        write_postings(writer, "f", starts, docs, counts)
        writer.finish()
    postings = Postings(SectionFile(place), "f")
    read = [(postings.docs(term).tolist(), postings.counts(term).tolist()) for term in range(len(drawn))]
    assert read == drawn
    for whole, part in zip(postings.all(), (starts, docs, counts), strict=True):
        assert whole.tolist() == part.tolist()


TERMS = st.text(st.sampled_from("党建引领ab1\U00020000\ud800\0"), min_size=1, max_size=6)


@given(st.sets(TERMS, max_size=30), TERMS)
def test_terms_come_back_in_the_order_of_their_bytes(place: Path, terms: set[str], other: str) -> None:
    """Numbers lead to terms and back; a prefix finds what begins with it, and a stranger is not found."""
    place.unlink(missing_ok=True)
    ordered = sorted(terms)
    packed = np.array([pack(term) for term in ordered if is_packable(term)], np.uint64)
    with SectionWriter(place) as writer:
        write_terms(writer, "t", packed, [encode(term) for term in ordered if not is_packable(term)])
        writer.finish()
    read = Terms(SectionFile(place), "t")
    assert [term for term, _ in read.from_prefix("")] == ordered
    assert [read.term_of(read.number_of(term)) for term in ordered] == ordered
    assert (read.number_of(other) >= 0) == (other in terms)
    assert [term for term, _ in read.from_prefix(other)] == [t for t in ordered if t.startswith(other)]
    assert [term for term, _ in read.from_prefix(other, only=False)] == [t for t in ordered if t >= other]


@given(st.text(min_size=1, max_size=3).filter(is_packable))
def test_packed_terms_come_back(term: str) -> None:
    """Packing loses nothing."""
    assert unpack(pack(term)) == term


@given(st.lists(st.text(st.characters(), max_size=30), max_size=20), st.integers(1, 2000))
def test_articles_come_back(place: Path, texts: list[str], times: int) -> None:
    """Each by itself, whatever block it stands in; lone surrogates included."""
    place.unlink(missing_ok=True)
    articles = ArticleWriter()
    for text in texts:
        articles.add(text * times)
    with SectionWriter(place) as writer:
        articles.write(writer)
        writer.finish()
    read = Articles(SectionFile(place))
    assert [read.text(doc) for doc in reversed(range(len(texts)))] == [text * times for text in texts[::-1]]


def test_every_damaged_byte_is_noticed(tmp_path: Path) -> None:
    """Head, sections, directory and trailer: opening or checking names the file and the cure."""
    path = tmp_path / "segment"
    with SectionWriter(path) as writer:
        writer.add("first", np.arange(5, dtype=np.uint16))
        writer.add("second", b"abc")
        writer.finish()
    whole = path.read_bytes()
    SectionFile(path).check()
    padding = set(range(18, 24)) | set(range(27, 32))
    for place in sorted(set(range(len(whole))) - padding):
        damaged = bytearray(whole)
        damaged[place] ^= 0x55
        path.write_bytes(damaged)
        with pytest.raises(StoreFormatError, match=r"segment: .*make the index anew"):
            SectionFile(path).check()
    for size in (0, 5, 20, len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(StoreFormatError, match="cut short"):
            SectionFile(path)


def test_a_file_that_is_not_finished_does_not_stay(tmp_path: Path) -> None:
    """An error while writing leaves nothing behind."""
    path = tmp_path / "segment"

    def fail() -> None:
        with SectionWriter(path) as writer:
            writer.add("first", b"abc")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        fail()
    assert not path.exists()
