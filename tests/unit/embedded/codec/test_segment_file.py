"""The parts of a segment's file, each read back as it was written."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest
from forged_segments import deflate, encode_text
from hypothesis import given
from hypothesis import strategies as st

from searchlib.embedded.codec import article_store as articles_module
from searchlib.embedded.codec import symbols
from searchlib.embedded.codec.article_store import Articles, take_sample, write_articles
from searchlib.embedded.codec.deflated import Deflated
from searchlib.embedded.codec.lists import MAX_UNIVERSE, decode_list, decode_lists, encode_lists, layout
from searchlib.embedded.codec.posting_writer import write_postings
from searchlib.embedded.codec.postings import LONG, MAX_DOCS, Postings
from searchlib.embedded.codec.schema import field_names
from searchlib.embedded.codec.sections import PAGE_CHECKS, PAGE_SIZE, SectionFile, SectionWriter
from searchlib.embedded.codec.term_dict import TermDict, encode, is_packable, pack, unpack
from searchlib.embedded.codec.term_writer import write_terms
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
    read = [(found.tolist(), often.tolist()) for found, often in map(postings.of, range(len(drawn)))]
    assert read == drawn
    for whole, part in zip(postings.all(), (starts, docs, counts), strict=True):
        assert whole.tolist() == part.tolist()


@given(st.integers(1, MAX_UNIVERSE), st.data())
def test_lists_come_back(universe: int, data: st.DataObject) -> None:
    """Whatever layout their sizes ask for, one at a time and all at once, each in the bytes foretold."""
    shares = data.draw(
        st.lists(st.sampled_from([0, 0.0001, 0.002, 0.03, 0.1, 0.4, 1]), min_size=1, max_size=6)
    )
    sizes = np.array([max(1, int(share * universe)) for share in shares])
    generator = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    lists = [np.sort(generator.choice(universe, size, replace=False)) for size in sizes.tolist()]
    coded, starts = encode_lists(np.concatenate(lists), sizes, universe)
    assert np.diff(starts).tolist() == [layout(size, universe)[0] for size in sizes.tolist()]
    for found, start, size in zip(lists, starts.tolist(), sizes.tolist(), strict=False):
        assert decode_list(coded, start, size, universe).tolist() == found.tolist()
    assert decode_lists(coded, sizes, universe).tolist() == np.concatenate(lists).tolist()


def test_every_layout_is_taken() -> None:
    """Plain, two ways of splitting and a bitmap: the lists above meet all of them."""
    taken = {layout(size, universe)[1] for universe in (256, 10_000, 65_536) for size in range(1, universe)}
    assert taken == {16, 8, 4, -1}


def test_chunks_of_lists_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """Encoded and decoded a few numbers at a time, lists are the same."""
    sizes = np.array([1, 300, 2, 40, 9000, 5])
    generator = np.random.default_rng(7)
    numbers = np.concatenate([np.sort(generator.choice(10_000, size, replace=False)) for size in sizes])
    whole, _ = encode_lists(numbers, sizes, 10_000)
    monkeypatch.setattr("searchlib.embedded.codec.lists._CHUNK", 50)
    parts, _ = encode_lists(numbers, sizes, 10_000)
    assert parts.tolist() == whole.tolist()
    assert decode_lists(whole, sizes, 10_000).tolist() == numbers.tolist()


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
    read = TermDict(SectionFile(place), "t")
    assert [term for term, _ in read.from_prefix("")] == ordered
    assert [read.term_of(read.number_of(term)) for term in ordered] == ordered
    assert (read.number_of(other) >= 0) == (other in terms)
    assert [term for term, _ in read.from_prefix(other)] == [t for t in ordered if t.startswith(other)]
    assert [term for term, _ in read.from_prefix(other, only=False)] == [t for t in ordered if t >= other]


@given(st.sets(st.text(max_size=40), min_size=1, max_size=200))
def test_many_terms_are_looked_up(place: Path, terms: set[str]) -> None:
    """In several blocks, in all at once, and whatever they share."""
    place.unlink(missing_ok=True)
    terms |= {f"extra.来源={term}" for term in terms}
    ordered = sorted(terms)
    packed = np.array([pack(term) for term in ordered if is_packable(term)], np.uint64)
    longer = [term for term in ordered if not is_packable(term)]
    with SectionWriter(place) as writer:
        write_terms(writer, "t", packed, [encode(term) for term in longer])
        writer.finish()
    read = TermDict(SectionFile(place), "t")
    numbers = [read.number_of(term) for term in ordered]
    assert sorted(numbers) == list(range(len(read))) == list(range(len(ordered)))
    assert [read.term_of(number) for number in numbers] == ordered
    every = read.every()
    assert [every[number] for number in numbers] == ordered
    assert read.packed.tolist() == packed.tolist()
    strings = [encode(term) for term in longer]
    for first, end in ((0, 1), (1, 2), (3, 19), (15, 33), (0, len(terms)), (len(terms) // 2, len(terms))):
        assert (
            read.slice_packed(*np.minimum([first, end], len(packed)).tolist()).tolist()
            == packed[first:end].tolist()
        )
        start, stop = (len(packed) + min(place, len(strings)) for place in (first, end))
        assert read.strings_between(start, stop) == strings[first:end]
    for term in ordered:
        assert (read.number_of(term + "x") >= 0) == (term + "x" in terms)


@given(
    st.sets(st.text("一二三a", min_size=1, max_size=4)),
    st.lists(st.sets(st.sampled_from("一二三四a")), min_size=1, max_size=3),
)
def test_terms_by_their_characters(place: Path, terms: set[str], places: list[set[str]]) -> None:
    """The short ones that have one of some characters at each place, and no more or perhaps more."""
    short = sorted(filter(is_packable, terms))
    longer = sorted(encode(term) for term in terms if not is_packable(term))
    place.unlink(missing_ok=True)
    with SectionWriter(place) as writer:
        write_terms(writer, "t", np.array([pack(term) for term in short], np.uint64), longer)
        writer.finish()
    read = TermDict(SectionFile(place), "t")
    flags = [np.array([chr(code) in allowed for code in range(0x5000)]) for allowed in places]
    fitting = [
        term
        for term in short
        if len(term) >= len(places)
        and all(char in allowed for char, allowed in zip(term, places, strict=False))
    ]
    assert [read.term_of(number) for number in read.spelt(flags, whole=False)] == fitting
    assert [read.term_of(number) for number in read.spelt(flags, whole=True)] == [
        term for term in fitting if len(term) == len(places)
    ]


@given(st.text(min_size=1, max_size=3).filter(is_packable))
def test_packed_terms_come_back(term: str) -> None:
    """Packing loses nothing."""
    assert unpack(pack(term)) == term


def written(place: Path, texts: list[str]) -> Articles:
    """Return articles that were written and opened again."""
    place.unlink(missing_ok=True)
    records = [encode(text) for text in texts]
    with SectionWriter(place) as writer:
        write_articles(writer, records, take_sample(len(records), records.__getitem__))
        writer.finish()
    return Articles(SectionFile(place))


@given(
    st.lists(st.text(st.characters(), max_size=30), max_size=20),
    st.integers(1, 2000),
    st.integers(2, 200),
    st.booleans(),
)
def test_articles_come_back(place: Path, texts: list[str], times: int, half: int, is_old: bool) -> None:
    """Each by itself, whole and its beginning, whatever block it is in; lone surrogates included."""
    texts = [text * times for text in texts]
    read = written(place, texts)
    if is_old:
        deflate(place)
        read = Articles(SectionFile(place))
    assert [read.text(doc) for doc in reversed(range(len(texts)))] == texts[::-1]
    assert list(read.texts()) == texts
    for doc, text in enumerate(texts):
        begun = read.beginning(doc, 2 * half)
        assert text.startswith(begun)
        assert len(begun) >= min(len(text), half // 2 - 1)


def test_every_character_can_be_read_from_older_formats(place: Path) -> None:
    """What the editions of GB18030 map differently, and lone surrogates, are kept in UTF-8."""
    read = Deflated(SectionFile(place)) if place.exists() else Deflated(written(place, [""])._file)
    for code in range(0x110000):
        data = encode_text(chr(code))
        assert read.text(memoryview(data)) == chr(code)
        contested = 0xD800 <= code < 0xF900 or code in {0x1E3F, 0x20087, 0x241FE}
        contested |= 0x9FB4 <= code <= 0x9FBB or 0xFE10 <= code <= 0xFE19
        contested |= code in {0x20089, 0x200CC, 0x215D7, 0x2298F}
        assert (data[:1] == b"\xff") == contested, hex(code)


def test_a_long_article_is_packed_piece_by_piece(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that Ctrl-C is noticed, and memory is bounded; those before and after it are what they were."""
    texts = ["短", "".join(f"第{number % 977}届查干湖冬捕节\U00020000" for number in range(9_000)), "文"] * 2
    whole = bytes(written(place, texts)._blocks)
    monkeypatch.setattr(articles_module, "_PACKED_AT_ONCE", 1000)
    monkeypatch.setattr(articles_module, "_PIECE_CHARS", 777)
    read = written(place, texts)
    assert list(read.texts()) == texts
    assert len(whole) < len(read._blocks) < 1.01 * len(whole)
    monkeypatch.setattr(symbols, "_OPENED_AT_ONCE", 1002)
    assert list(read.texts()) == texts


def test_a_sample_is_of_the_whole_segment() -> None:
    """At equal distances: all of a small one, a quarter of a larger, three megabytes; books begun."""
    records = [f"{number:05}".encode() * 200 for number in range(60_000)]
    for count, step in ((100, 1), (1_000, 4), (12_000, 4), (24_000, 8), (60_000, 20)):
        assert take_sample(count, records.__getitem__) == (records[:count:step], step)
    books = ["春夏秋冬".encode() * 2_000_000] * 3
    sample, _ = take_sample(len(books), books.__getitem__)
    assert [text.decode() for text in sample] == [("春夏秋冬" * 100_000)[: (1 << 20) // 3]]


def test_a_damaged_block_is_noticed_when_it_is_read(place: Path) -> None:
    """Without anybody asking for the checksums of all sections."""
    written(place, [f"党建引领{number}" * 150 for number in range(50)])
    damaged = bytearray(place.read_bytes())
    damaged[20] ^= 1
    place.write_bytes(damaged)
    read = Articles(SectionFile(place))
    with pytest.raises(StoreFormatError, match=r"block 0 of its articles .*search index --repair"):
        read.text(0)
    assert read.text(49) == "党建引领49" * 150


def test_another_version_is_refused_with_the_cure(place: Path) -> None:
    """The message says both versions and the command."""
    place.unlink(missing_ok=True)
    with SectionWriter(place) as writer:
        writer.finish()
    data = bytearray(place.read_bytes())
    data[7] = data[-1] = 1
    place.write_bytes(data)
    with pytest.raises(
        StoreFormatError,
        match=r"segment format 1, this version reads 3, 4, 5, 6: make the index anew: .*search index",
    ) as raised:
        SectionFile(place)
    assert (raised.value.found, raised.value.supported) == ("1", "3, 4, 5, 6")


@pytest.mark.parametrize("size", [0, 1, PAGE_SIZE - 1, PAGE_SIZE, 3 * PAGE_SIZE + 7])
def test_a_wrong_checksum_of_a_page_is_noticed(place: Path, size: int) -> None:
    """By `check`, also when every section fits its own; what is written fits, however it comes."""
    place.unlink(missing_ok=True)
    with SectionWriter(place) as writer:
        writer.add("a", bytes(range(256)) * (size // 256) + b"x" * (size % 256))
        writer.add_pieces("b", np.dtype(np.uint8), [np.full(7, size % 251, np.uint8)] * 900)
        writer.finish()
    file = SectionFile(place)
    file.check()
    end, whole = file.section(PAGE_CHECKS)[0], place.read_bytes()
    pages = [whole[start : min(start + PAGE_SIZE, end)] for start in range(0, end, PAGE_SIZE)]
    assert file.array(PAGE_CHECKS).tolist() == list(map(zlib.crc32, pages))
    other = place.with_name("other")
    other.unlink(missing_ok=True)
    with SectionWriter(other) as writer:
        writer.add("a", file.array("a"))
        writer.add("b", file.array("b"))
        writer._checks += bytes(4)
        writer.finish()
    with pytest.raises(StoreFormatError, match="a page does not fit"):
        SectionFile(other).check()


def test_fields_are_named_by_their_postings(place: Path) -> None:
    """In the order of the file."""
    place.unlink(missing_ok=True)
    with SectionWriter(place) as writer:
        for name in ("b", "a"):
            write_postings(writer, name, np.array([0, 1]), np.array([0]), np.array([1]))
        writer.finish()
    assert field_names(SectionFile(place)) == ["b", "a"]


def test_every_damaged_byte_is_noticed(tmp_path: Path) -> None:
    """Head, sections, directory and trailer: opening or checking names the file and the cure."""
    path = tmp_path / "segment"
    with SectionWriter(path) as writer:
        writer.add("first", np.arange(5, dtype=np.uint16))
        writer.add("second", b"abc")
        writer.finish()
    whole = path.read_bytes()
    SectionFile(path).check()
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 0x55
        path.write_bytes(damaged)
        with pytest.raises(StoreFormatError, match=r"segment: .*search index --repair"):
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
