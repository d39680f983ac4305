"""The compiled kernel and the arrays write a segment: the same bytes, whatever the texts are."""

from __future__ import annotations

import itertools
import os
import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from engine_choice import answered_by
from hypothesis import given
from hypothesis import strategies as st
from strategies import chinese_text
from work import is_linear

import searchlib
from searchlib import Article
from searchlib.analysis import Analyzer
from searchlib.article_json import record_of
from searchlib.embedded.codec import article_store, building, kernel_texts, text_slices
from searchlib.embedded.codec.building import SegmentBuilder
from searchlib.embedded.codec.sections import SectionFile
from searchlib.native import engine

pytestmark = pytest.mark.skipif(engine().kernel is None, reason="the kernel is not built here")

CORPUS = Path(__file__).parents[2] / "corpus"
PIECES = (
    "党建引领基层治理 黨建引領 查干湖冬捕节 结婚的和尚未结婚的 𠮷野家 㐂 龘龘 カタカナ ひら 한국어 ㄅㄆ 鿖 "
    "5G Wi-Fi 89.09% 2024—2028年 1,234.5元 500，2024年 1,3,5号线 1.2024年 2.5月1日 1.2.3 1..5.6 12,34 "
    "3.14‰ 5%.3 -a- a-b_c/d&e x.y.z ab12cd $5 +1 C++ a b café ЖЖ привет ① 10³ ½ ℃ … ㈱ ㍿ ﾊﾞ é ṩ ạ̈ "
    "•  卡尔•马克思 二○二四年 二O年 零o五 <网格> 《书》 〝x〞 — – ~ 5~10 · ， 。 、 ； ： "
    ", . - & / _ % \n \t "
    "\u3000 \u200b \ud800 \udfff \U0010ffff \x00 \U000e0101 \u0301 ٣ ९ ⅷ 卅 " + "a" * 70 + " " + "7" * 70
).split(" ")

pieces = st.one_of(st.sampled_from(PIECES), st.characters(), st.sampled_from(" 1a一"))
odd_text = st.lists(pieces, max_size=12).map("".join)
texts = st.one_of(odd_text, chinese_text())
articles = st.lists(
    st.builds(
        Article,
        headline=texts,
        subtitle=texts,
        body=texts,
        authors=st.lists(odd_text, max_size=2).map(tuple),
        date=st.sampled_from([None, "2024-08-09"]),
        extra=st.fixed_dictionaries({"tags": st.lists(odd_text, max_size=2), "a": odd_text}),
    ),
    min_size=1,
    max_size=4,
)


def written(
    name: str, found: Iterable[Article], own: Sequence[str] = (), threads: int = 1
) -> dict[str, tuple[Any, ...]]:
    """Return the sections of a segment as one engine writes it: bytes, checksum and type of each."""
    with answered_by(name), tempfile.TemporaryDirectory() as folder:
        builder = SegmentBuilder(Analyzer(), own=own, folder=Path(folder), threads=threads)
        assert type(builder._texts).__name__ == {"native": "KernelTexts", "numpy": "ArrayTexts"}[name]
        for number, article in enumerate(found):
            builder.add(f"{number}", record_of(article))
        builder.end_batch()
        builder.write(Path(folder) / "x.slseg", is_kept=False)
        file = SectionFile(Path(folder) / "x.slseg")
        return {one: (*file.section(one)[1:], bytes(file.view(one))) for one in file.names}


def check(found: Sequence[Article], own: Sequence[str] = ()) -> None:
    """Compare both engines."""
    compiled, arrays = (written(name, found, own) for name in ("native", "numpy"))
    assert list(compiled) == list(arrays)
    for name, section in arrays.items():
        assert compiled[name] == section, f"{name}: see searchlib/native/src/counting.rs and building.rs"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "_BATCH_DOCS", 1)
        patch.setattr(kernel_texts, "RUN_BYTES", 300)
        patch.setattr(article_store, "_IN_MEMORY_BYTES", 300)
        for threads in (1, 2):
            assert written("native", found, own, threads) == compiled, "see searchlib/native/src/merging.rs"


@given(found=articles)
def test_both_engines_write_the_same_bytes(found: list[Article]) -> None:
    """Odd scripts, lone surrogates, signs that their neighbours tell, nothing at all; fields of one's own."""
    check(found, ("extra.tags", "extra.a"))


@given(text=st.text(st.sampled_from("0123456789ab,.-&/_%+")), headline=st.text(max_size=8))
def test_letters_and_figures_are_cut_alike(text: str, headline: str) -> None:
    """What the kernel cuts without asking."""
    check([Article(headline=headline, body=text)])


@given(found=articles)
def test_long_texts_are_cut_up_alike(found: list[Article]) -> None:
    """At borders where there are any, else between two units, whose pair counts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_slices, "SLICE_CHARS", 12)
        check(found)


def test_a_text_without_borders_and_frequencies_of_any_size() -> None:
    """Longer than a slice; a word 300,000 times; more rows of counts than a byte holds."""
    many = " ".join(f"第{number}" * number for number in range(300))
    check(
        [Article(body="查干湖" * 400_000), Article(body="的" * 300_000), Article(headline="1 2 3", body=many)]
    )


def test_a_long_line_with_a_sign_is_folded_in_linear_time() -> None:
    """The ends of its sentences are not looked for again and again, which took hundreds of times as long."""
    counter: Any = SegmentBuilder(Analyzer())._texts.counter

    def count(sentences: int) -> None:
        counter.count(0, 1, [(0, 0, ("查干湖冬捕节。" * sentences + "①").encode())], [], [])

    def count_pieces() -> None:
        for _ in range(8):
            count(2_500)

    count(10)  # what is asked of Python once
    assert is_linear(lambda: count(20_000), count_pieces)


def test_the_best_postings_of_long_lists_are_the_same() -> None:
    """Of equal ones the first; in one field and in two, with rare frequencies, in articles of any length."""
    chance = random.Random(20261130)
    words = ["党建", "治理", "水库", "查干湖", "5G", "的"]
    found = [
        Article(
            headline="".join(chance.choices(words, k=chance.choice([0, 0, 1, 3]))),
            body="，".join(chance.choices(words, k=chance.choice([1, 2, 60, 700])))
            + "字" * chance.choice([0, 5000]),
        )
        for _ in range(900)
    ]
    check(found)
    sections = written("native", found)
    lists, rows = (sections[f"text/best{part}"][0] for part in ("_terms", ""))
    assert rows == lists // 4 * 80 > 200


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have many batches, and several segments."""
    monkeypatch.setattr(building, "BATCH_BYTES", 4_000)
    monkeypatch.setattr(building, "_SEGMENT_BYTES", 60_000)


def corpus() -> Iterator[Article]:
    """Yield some hundred articles."""
    for turn in range(5):
        for number, article in enumerate(searchlib.read(CORPUS)):
            yield Article(
                f"{turn}-{number}", article.headline, body=article.body[turn * 7 :], date="2024-08-09"
            )


def files_of(folder: Path, name: str, threads: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Return what an index holds that an engine has written."""
    numbers = itertools.count()
    monkeypatch.setattr(os, "urandom", lambda size: next(numbers).to_bytes(size, "big"))
    monkeypatch.setenv("SEARCHLIB_PROCESSES", f"{threads}")
    with answered_by(name), searchlib.open(folder) as index:
        assert index.add(corpus()).added > 100
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


@pytest.mark.usefixtures("small_batches")
def test_any_number_of_threads_writes_the_bytes_of_the_arrays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several segments of several batches each."""
    arrays = files_of(tmp_path / "arrays", "numpy", 1, monkeypatch)
    assert sum(name.endswith(".slseg") for name in arrays) > 2
    for threads in (1, 2, 4):
        assert files_of(tmp_path / f"{threads}", "native", threads, monkeypatch) == arrays
